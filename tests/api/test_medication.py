"""Medication over HTTP: an order, a round, two signatures, and what is said when something may not be."""

from __future__ import annotations

import json
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import httpx
import pytest

from tests.api.conftest import Api, Person

TABLES = (
    "medication_administrations",
    "medication_discrepancies",
    "medication_doses",
    "medication_effects",
    "medication_order_events",
    "medication_orders",
    "medication_stock",
    "medication_stock_counts",
    "medication_stock_movements",
)


@dataclass(frozen=True)
class Home:
    """A home with a nurse and a carer, a resident, and a manager of another organization."""

    api: Api
    site: UUID
    resident: UUID
    nurse: Person
    carer: Person
    stranger: Person

    def call(self, who: Person | None, name: str, **body: object) -> httpx.Response:
        headers = who.headers(self.api) if who else {"apikey": self.api.publishable_key}
        return httpx.post(f"{self.api.url}/rest/v1/rpc/{name}", json=body, headers=headers, timeout=60)

    def order(self, **body: object) -> dict[str, object]:
        answer = self.call(
            self.nurse,
            "create_medication_order",
            **{
                "p_resident_id": str(self.resident),
                "p_name": "Paracetamol 500 mg",
                "p_dose": "Two tablets",
                "p_route": "oral",
                "p_dose_quantity": 2,
                "p_unit": "tablet",
                "p_prescriber": "Dr Hale",
                "p_request_key": str(uuid4()),
            }
            | body,
        )
        assert answer.status_code == 200, answer.text
        made: dict[str, object] = answer.json()
        return made


@pytest.fixture(scope="module")
def home(api: Api, make_person: Callable[..., Person], make_org: Callable[..., UUID]) -> Home:
    org, other = make_org("lakeside"), make_org("harbor")
    nurse, carer, stranger = (
        make_person("nurse", org),
        make_person("carer", org),
        make_person("manager", other),
    )
    for person in (nurse, carer, stranger):
        api.sql(
            """insert into public.staff_members (org_id, user_id, job_title, employed_during)
               values (%s, %s, 'Care', '[2020-01-01,)')""",
            person.org_id,
            person.user_id,
        )
    # A carer witnesses who has learnt to give medicines.
    api.sql(
        """with courses as (
             insert into public.training_courses (org_id, code, title)
             values (%s, 'medication', 'Giving medicines') returning org_id, id
           )
           insert into public.training_records (org_id, user_id, course_id, completed_on)
           select org_id, %s, id, current_date - 1 from courses""",
        org,
        carer.user_id,
    )
    site = api.sql("select tests.make_site(%s)", org)
    resident = api.sql("select tests.make_resident(%s, %s, 'Ruth')", org, site)
    assert isinstance(site, UUID)
    assert isinstance(resident, UUID)
    return Home(api, site, resident, nurse, carer, stranger)


def details(answer: httpx.Response) -> dict[str, str]:
    found: dict[str, str] = json.loads(answer.json()["details"])
    return found


def test_a_round_from_the_order_to_what_was_given(home: Home) -> None:
    now = datetime.now(UTC)
    # By the clocks of the home, a few minutes ahead.
    soon = home.api.sql(
        """select to_char((now() + interval '5 minutes') at time zone time_zone, 'HH24:MI')
           from public.organizations where id = %s""",
        home.nurse.org_id,
    )
    home.order(p_times_of_day=[soon])
    window = {
        "p_from": (now - timedelta(hours=1)).isoformat(),
        "p_to": (now + timedelta(hours=1)).isoformat(),
    }
    asked = {"p_site_id": str(home.site), "p_purpose": "treatment"} | window
    [due] = home.call(home.carer, "list_medication_round", **asked).json()
    assert (due["preferred_name"], due["status"]) == ("Ruth", "planned")
    assert due["details"] == {"name": "Paracetamol 500 mg", "dose": "Two tablets", "prescriber": "Dr Hale"}

    body = {"p_dose_id": due["dose_id"], "p_status": "given", "p_request_key": str(uuid4())}
    # The first answer was lost; the frontend asks again, both arrive at once.
    with ThreadPoolExecutor(2) as pool:
        answers = list(pool.map(lambda _: home.call(home.carer, "record_administration", **body), range(2)))
    assert [answer.status_code for answer in answers] == [200, 200], [answer.text for answer in answers]
    assert answers[0].json()["id"] == answers[1].json()["id"]
    again = home.call(home.nurse, "record_administration", **body | {"p_request_key": str(uuid4())})
    assert (again.status_code, again.json()["code"], details(again)) == (409, "conflict", {"status": "given"})
    [done] = home.call(home.nurse, "list_medication_round", **asked).json()
    assert (done["status"], done["administered_by"]) == ("given", str(home.carer.user_id))

    assert home.call(home.stranger, "list_medication_round", **asked).json() == []
    theirs = home.call(home.stranger, "record_administration", **body | {"p_request_key": str(uuid4())})
    assert (theirs.status_code, theirs.json()["code"]) == (404, "not_found")


def test_too_soon_says_when(home: Home) -> None:
    order = home.order(
        p_is_as_needed=True, p_indication="Pain", p_min_interval_minutes=240, p_max_quantity_24_hours=8
    )
    body = {"p_order_id": order["id"], "p_reason": "Her knee hurts"}
    given = home.call(home.carer, "record_as_needed", **body, p_request_key=str(uuid4()))
    assert given.status_code == 200, given.text
    soon = home.call(home.carer, "record_as_needed", **body, p_request_key=str(uuid4()))
    assert (soon.status_code, soon.json()["code"], details(soon)["reason"]) == (
        409,
        "conflict",
        "minimum_interval",
    )
    possible = datetime.fromisoformat(details(soon)["possible_at"])
    assert possible == datetime.fromisoformat(given.json()["occurred_at"]) + timedelta(hours=4)
    [listed] = home.call(
        home.carer, "list_as_needed_orders", p_resident_id=str(home.resident), p_purpose="treatment"
    ).json()
    assert datetime.fromisoformat(listed["possible_at"]) == possible
    helped = home.call(
        home.nurse, "record_effect", p_administration_id=given.json()["id"], p_effect="effective"
    )
    assert (helped.status_code, helped.json()["effect"]) == (200, "effective")


def test_two_people_sign_for_a_controlled_drug(home: Home) -> None:
    stock = home.call(
        home.nurse,
        "create_medication_stock",
        p_resident_id=str(home.resident),
        p_name="Morphine 10 mg",
        p_unit="tablet",
        p_is_controlled=True,
    ).json()["id"]
    received = home.call(
        home.nurse,
        "record_stock_movement",
        p_stock_id=stock,
        p_kind="received",
        p_quantity=2,
        p_request_key=str(uuid4()),
    ).json()
    alone = home.call(home.nurse, "witness_stock_movement", p_id=received["id"])
    assert (alone.status_code, alone.json()["code"]) == (403, "permission_denied")
    signed = home.call(home.carer, "witness_stock_movement", p_id=received["id"]).json()
    assert (signed["entry_number"], signed["quantity_after"]) == (1, 2)

    order = home.order(
        p_name="Morphine 10 mg",
        p_dose_quantity=1,
        p_is_as_needed=True,
        p_indication="Pain",
        p_min_interval_minutes=60,
        p_max_quantity_24_hours=4,
        p_is_controlled=True,
        p_stock_id=stock,
    )
    given = home.call(
        home.carer, "record_as_needed", p_order_id=order["id"], p_reason="Pain", p_request_key=str(uuid4())
    ).json()
    assert given["status"] == "awaiting_witness"
    witnessed = home.call(home.nurse, "witness_administration", p_id=given["id"]).json()
    assert (witnessed["status"], witnessed["witnessed_by"]) == ("given", str(home.nurse.user_id))
    register = httpx.get(
        f"{home.api.url}/rest/v1/medication_stock_movements",
        params={"stock_id": f"eq.{stock}", "select": "kind,quantity,quantity_after", "order": "entry_number"},
        headers=home.carer.headers(home.api),
        timeout=60,
    ).json()
    assert register == [
        {"kind": "received", "quantity": 2, "quantity_after": 2},
        {"kind": "administered", "quantity": -1, "quantity_after": 1},
    ]
    counted = home.call(
        home.carer, "record_stock_count", p_stock_id=stock, p_counted_quantity=0, p_request_key=str(uuid4())
    ).json()
    assert (counted["difference"], counted["status"]) == (-1, "awaiting_witness")


def test_nobody_writes_the_tables(home: Home) -> None:
    """What is recorded is recorded by calls that ask who signs."""
    for table in TABLES:
        for method in ("POST", "PATCH", "DELETE"):
            answer = httpx.request(
                method,
                f"{home.api.url}/rest/v1/{table}?site_id=eq.{home.site}",
                json={"site_id": str(home.site)},
                headers=home.nurse.headers(home.api),
                timeout=60,
            )
            assert answer.status_code == 403, (table, method, answer.text)


def test_what_is_missing_is_named(home: Home) -> None:
    for body, field in (
        ({"p_times_of_day": []}, "p_times_of_day"),
        ({"p_times_of_day": ["08:00"], "p_weekdays": [8]}, "p_weekdays"),
        ({"p_times_of_day": ["08:00"], "p_dose_quantity": 0}, "p_dose_quantity"),
        ({"p_times_of_day": ["08:00"], "p_name": ""}, "name"),
        ({"p_times_of_day": ["08:00"], "p_is_controlled": True}, "p_stock_id"),
        ({"p_is_as_needed": True, "p_indication": "Pain"}, "p_min_interval_minutes"),
    ):
        answer = home.call(
            home.nurse,
            "create_medication_order",
            **{
                "p_resident_id": str(home.resident),
                "p_name": "X",
                "p_dose": "One",
                "p_route": "oral",
                "p_dose_quantity": 1,
                "p_unit": "tablet",
                "p_prescriber": "Dr Hale",
                "p_request_key": str(uuid4()),
            }
            | body,
        )
        assert (answer.status_code, answer.json()["code"]) == (400, "invalid_input"), (body, answer.text)
        assert details(answer)["field"] == field
