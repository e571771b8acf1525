"""Whatever people change at once: nobody's words are lost unseen (C-012 to C-015, C-017)."""

from __future__ import annotations

import random
import threading
from typing import Any
from uuid import UUID, uuid4

import psycopg
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.edits.conftest import FIELDS, Lead, Office

VALUES = {
    "name": st.sampled_from(["one", "two", "three"]),
    "meeting_frequency": st.sampled_from(["weekly", "fortnightly", "monthly"]),
    "max_members": st.integers(3, 30),
    "is_active": st.booleans(),
}
CHANGES = st.lists(st.sampled_from(FIELDS), min_size=1, unique=True).flatmap(
    lambda fields: st.fixed_dictionaries({field: VALUES[field] for field in fields})
)
# Who, from which of the states that there have been, changes what; by values or by version.
STEPS = st.lists(st.tuples(st.integers(0, 5), st.integers(0, 20), CHANGES, st.booleans()), max_size=12)


def merged(
    theirs: dict[str, Any], base: dict[str, Any] | None, changes: dict[str, Any]
) -> tuple[dict[str, Any], list[str]]:
    """The rule in plain words: what is the row afterwards, and which fields are in conflict."""
    row, conflicts = dict(theirs), []
    for field, wanted in changes.items():
        if theirs[field] == wanted:
            continue
        if base is not None and theirs[field] == base[field]:
            row[field] = wanted
        elif field == "max_members":
            row[field] = max(theirs[field], wanted)
        else:
            conflicts.append(field)
    return row, sorted(conflicts)


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
def test_any_history_is_what_the_rule_says(office: Office, steps: list[Any]) -> None:
    circle = office.make_circle()
    states = [office.read(circle)]
    for who, moment, changes, by_version in steps:
        read = states[moment % len(states)]
        now = states[-1]
        if by_version:
            base = read if read["version"] == now["version"] else None
            answer = office.leads[who].merge(office.conn, circle, changes, version=read["version"])
        else:
            base = {field: read[field] for field in changes}
            answer = office.leads[who].merge(office.conn, circle, changes, base=base)
        expected, conflicts = merged({field: now[field] for field in FIELDS}, base, changes)
        found = office.read(circle)
        assert {field: found[field] for field in FIELDS} == expected
        assert [conflict["field"] for conflict in answer["conflicts"]] == conflicts
        for conflict in answer["conflicts"]:
            field = conflict["field"]
            assert conflict["theirs"] == now[field]
            assert conflict["yours"] == changes[field]
            assert conflict["base"] == (base[field] if base else None)
        assert answer["row_values"] == found
        assert answer["is_changed"] == (found["version"] > now["version"])
        states.append(found)


def test_everybody_adds_a_word_to_one_text_at_once(office: Office) -> None:
    """Six people on connections of their own; who is told of a conflict reads again and tries again."""
    circle = office.make_circle()
    failed: list[BaseException] = []

    def add(lead: Lead, words: list[str]) -> None:
        try:
            with psycopg.connect(office.url, autocommit=True) as conn:
                for word in words:
                    append(conn, lead, circle, word)
        except BaseException as error:  # a thread's failure is the test's
            failed.append(error)

    words = [[f"{number}{letter}" for letter in "abcdefgh"] for number in range(len(office.leads))]
    threads = [threading.Thread(target=add, args=each) for each in zip(office.leads, words, strict=True)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(120)
    assert failed == []
    assert sorted(office.read(circle)["name"].split()) == sorted(
        ["0", *(word for own in words for word in own)]
    )


def append(conn: psycopg.Connection[Any], lead: Lead, circle: UUID, word: str) -> None:
    """As a frontend does: with what it read before, and the same request again if it is not sure."""
    known = lead.merge(conn, circle, {"is_active": True}, base={"is_active": True})["row_values"]["name"]
    while True:
        key = uuid4()
        for _ in range(random.choice((1, 2))):
            answer = lead.merge(conn, circle, {"name": f"{known} {word}"}, base={"name": known}, key=key)
        if not answer["conflicts"]:
            return
        known = answer["conflicts"][0]["theirs"]
        if word in known.split():
            return  # the first of the two was heard, and somebody went on from there
