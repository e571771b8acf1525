"""Notes and handovers over HTTP: a day is written down, handed over and signed for."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from uuid import UUID

import httpx
import pytest

from tests.api.conftest import Api, Person


@dataclass(frozen=True)
class Home:
    """A home with a resident; a carer and a nurse, both employed; a relative who may read notes."""

    site: str
    resident: str
    carer: Person
    nurse: Person
    relative: Person
    call: Callable[..., httpx.Response]


@pytest.fixture(scope="module")
def home(api: Api, make_person: Callable[..., Person], make_org: Callable[..., UUID]) -> Home:
    org = make_org("lakeside")
    site = api.sql("select tests.make_site(%s)", org)
    resident = api.sql("select tests.make_resident(%s, %s, 'Ruth')", org, site)
    carer, nurse, relative = (make_person(role, org) for role in ("carer", "nurse", "family"))
    for person in (carer, nurse):
        api.sql(
            """insert into public.staff_members (org_id, user_id, job_title, employed_during)
               values (%s, %s, 'Care', '[2020-01-01,)')""",
            org,
            person.user_id,
        )
    api.sql("select tests.share_resident(%s, %s, %s, 'daily_notes')", org, resident, relative.user_id)

    def call(who: Person, name: str, **body: object) -> httpx.Response:
        return httpx.post(f"{api.url}/rest/v1/rpc/{name}", json=body, headers=who.headers(api), timeout=60)

    return Home(str(site), str(resident), carer, nurse, relative, call)


def test_a_day_is_handed_over(home: Home) -> None:
    note = {
        "p_resident_id": home.resident,
        "p_kind": "fluid_intake",
        "p_measured_value": 200,
        "p_note": "Tea",
    }
    home.call(
        home.carer, "record_daily_note", **note, p_is_shared=True, p_is_for_handover=True
    ).raise_for_status()
    refused = home.call(home.carer, "record_daily_note", **(note | {"p_measured_value": 5001}))
    assert (refused.status_code, refused.json()["code"]) == (400, "invalid_input")
    assert '"field": "p_measured_value"' in refused.json()["details"]

    seen = home.call(home.relative, "list_resident_notes", p_resident_id=home.resident, p_purpose="treatment")
    assert [(each["note"], each["unit"], each["recorded_by"]) for each in seen.json()] == [
        ("Tea", "mL", None)
    ]

    # It was entered a moment ago: the period ends in a minute.
    ends_at = home.call(home.carer, "build_handover", p_site_id=home.site).json()["ends_at"]
    built = home.call(home.carer, "build_handover", p_site_id=home.site).json()
    assert built["starts_at"] == ends_at
    first = home.call(home.nurse, "list_handovers", p_site_id=home.site).json()[-1]["id"]
    items = home.call(home.nurse, "list_handover_items", p_handover_id=first, p_purpose="treatment").json()
    assert [(each["source"], each["note"]) for each in items] == [("daily_note", "Tea")]

    signed = home.call(home.nurse, "acknowledge_handover", p_handover_id=first)
    assert signed.json()["item_count"] == 1
    again = home.call(home.nurse, "acknowledge_handover", p_handover_id=first)
    assert again.json() == signed.json()
    late = home.call(home.carer, "add_handover_item", p_handover_id=first, p_note="One more thing")
    assert (late.status_code, late.json()["code"]) == (409, "conflict")


def test_nothing_is_added_while_it_is_signed_for(home: Home) -> None:
    """Whatever the order, what was signed for is what is in it."""
    handover = home.call(home.carer, "build_handover", p_site_id=home.site).json()["id"]

    def act(number: int) -> httpx.Response:
        if number == 2:
            return home.call(home.nurse, "acknowledge_handover", p_handover_id=handover)
        return home.call(home.carer, "add_handover_item", p_handover_id=handover, p_note="Something")

    with ThreadPoolExecutor(5) as pool:
        answers = list(pool.map(act, range(5)))
    signed = answers[2].json()["item_count"]
    items = home.call(home.carer, "list_handover_items", p_handover_id=handover, p_purpose="treatment").json()
    assert len(items) == signed
    assert sum(each.status_code == 200 for each in answers) == signed + 1


def test_two_who_build_at_once_build_the_same(home: Home) -> None:
    period = {"p_starts_at": "2026-01-01T07:00:00Z", "p_ends_at": "2026-01-01T19:00:00Z"}
    with ThreadPoolExecutor(4) as pool:
        answers = list(
            pool.map(
                lambda _: home.call(home.carer, "build_handover", p_site_id=home.site, **period), range(4)
            )
        )
    assert {each.status_code for each in answers} == {200}
    assert len({each.json()["id"] for each in answers}) == 1
