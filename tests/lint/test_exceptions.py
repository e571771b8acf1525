"""What is accepted is listed with its reason; what the list says in vain, or wrongly, is said."""

from __future__ import annotations

import pytest

from carebase.lint.exceptions import EVERYWHERE, load_exceptions, sift
from carebase.lint.findings import Finding
from carebase.problems import UsageProblem
from tests.lint.conftest import House

ENTRY = """
[[exception]]
tool = "advisors"
rule = "unused_index"
reason = "Nobody has asked this database anything yet."
"""
FINDING = Finding(
    "sql/care/tables/notes.sql", 2, "advisors", "unused_index", "Not used.", subject="public.notes"
)


def test_a_listed_finding_is_accepted_and_no_other(house: House) -> None:
    house.write(EVERYWHERE, ENTRY)
    other = Finding("sql/care/tables/notes.sql", 2, "advisors", "no_primary_key", "No key.")
    sifted = sift([FINDING, other], load_exceptions(house.project), ["advisors"])
    assert (sifted.findings, sifted.accepted) == ([other], 1)


@pytest.mark.parametrize(
    ("narrowed", "accepted"),
    [
        ('files = "sql/care/*"', 1),
        ('files = "sql/base/*"', 0),
        ('subject = "public.notes"', 1),
        ('subject = "public.residents"', 0),
        ('message = "*used."', 1),
        ('message = "*used"', 0),
    ],
)
def test_an_entry_can_be_narrowed(narrowed: str, accepted: int, house: House) -> None:
    house.write(EVERYWHERE, ENTRY + narrowed)
    assert sift([FINDING], load_exceptions(house.project), []).accepted == accepted


def test_an_entry_that_matches_nothing_is_a_finding_at_its_line(house: House) -> None:
    house.write(EVERYWHERE, "# The list.\n" + ENTRY)
    unused = sift([], load_exceptions(house.project), ["advisors"]).findings
    assert [(finding.rule, finding.file, finding.line) for finding in unused] == [("unused", EVERYWHERE, 3)]


def test_an_entry_for_a_tool_that_did_not_look_is_left_alone(house: House) -> None:
    house.write(EVERYWHERE, ENTRY)
    assert sift([], load_exceptions(house.project), ["pgrls"]).findings == []


def test_the_list_of_a_room_speaks_of_that_room_only(house: House) -> None:
    house.write("sql/base/lint-exceptions.toml", ENTRY)
    entries = load_exceptions(house.project)
    sifted = sift([FINDING], entries, ["advisors"])
    assert {finding.file for finding in sifted.findings} == {FINDING.file, "sql/base/lint-exceptions.toml"}
    house.write("sql/care/lint-exceptions.toml", ENTRY)
    assert sift([FINDING], load_exceptions(house.project), []).accepted == 1


def test_what_no_file_declares_is_accepted_by_any_list(house: House) -> None:
    house.write("sql/base/lint-exceptions.toml", ENTRY)
    partition = Finding("sql", 0, "advisors", "unused_index", "Not used.", subject="app.events_2026_11")
    assert sift([partition], load_exceptions(house.project), []).accepted == 1


def test_no_list_is_an_empty_list(house: House) -> None:
    assert load_exceptions(house.project) == []


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("[[exception]", "not valid TOML"),
        ('\n\n[[exception]]\ntool = "x"\nrule = "y"', "line 3: reason"),
        ('[[exception]]\ntool = "x"\nrule = "y"\nreason = "because"', "line 1: reason"),
        (ENTRY + 'file = "x"', "line 2: file"),
        ('[exceptions]\na = "b"', "exceptions"),
    ],
    ids=["broken", "no reason", "short reason", "unknown key", "unknown table"],
)
def test_a_list_that_is_wrong_says_where(text: str, says: str, house: House) -> None:
    house.write(EVERYWHERE, text)
    with pytest.raises(UsageProblem, match=says):
        load_exceptions(house.project)
