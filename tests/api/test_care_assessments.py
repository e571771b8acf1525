"""Assessments over HTTP: what a frontend sends and gets, what it is refused, and two at once."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from uuid import UUID, uuid4

import httpx
import psycopg
import pytest

from tests.api.conftest import Api, Person

AT_REST = {
    "respiration_rate": 16,
    "spo2": 98,
    "air_or_oxygen": "air",
    "systolic_blood_pressure": 120,
    "pulse": 70,
    "consciousness": "alert",
    "temperature": 37.0,
}


@dataclass(frozen=True)
class Home:
    """A home with a nurse and a resident, and a stranger's nurse."""

    nurse: Person
    stranger: Person
    resident: str
    call: Callable[..., httpx.Response]

    def measure(self, who: Person, **given: object) -> httpx.Response:
        answers = [
            {"link_id": item, ("code" if isinstance(value, str) else "value"): value}
            for item, value in (AT_REST | given).items()
        ]
        body = {"p_resident_id": self.resident, "p_instrument_code": "news2", "p_answers": answers}
        return self.call(who, "record_assessment", **body)


@pytest.fixture(scope="module")
def home(api: Api, make_person: Callable[..., Person], make_org: Callable[..., UUID]) -> Home:
    org = make_org("lakeside")
    nurse = make_person("nurse", org)
    stranger = make_person("nurse", make_org("harbor"))
    site = api.sql("select tests.make_site(%s)", org)
    resident = api.sql("select tests.make_resident(%s, %s, 'Ruth')", org, site)

    def call(who: Person, name: str, **body: object) -> httpx.Response:
        return httpx.post(f"{api.url}/rest/v1/rpc/{name}", json=body, headers=who.headers(api), timeout=60)

    return Home(nurse, stranger, str(resident), call)


def test_it_is_scored_kept_and_opened(home: Home) -> None:
    made = home.measure(home.nurse, pulse=131, temperature=38.1).json()
    assert (made["total"], made["band"], made["severity"], made["spo2_scale"]) == (4, "low_medium", 1, 1)
    assert made["answers"].startswith("\\x01")
    listed = home.call(
        home.nurse, "list_resident_assessments", p_resident_id=home.resident, p_purpose="treatment"
    ).json()
    assert {"link_id": "pulse", "value": 131} in listed[0]["answers"]
    assert {"link_id": "spo2_scale", "code": "scale_1"} in listed[0]["answers"]


def test_a_wrong_value_is_named_and_not_repeated(home: Home) -> None:
    refused = home.measure(home.nurse, pulse=999)
    assert refused.status_code == 400
    assert refused.json()["code"] == "invalid_input"
    assert '"link_id": "pulse"' in refused.json()["details"]
    assert "999" not in refused.text


@pytest.mark.parametrize(
    ("who", "resident", "status"),
    [("stranger", "hers", 404), ("nurse", "nobody", 404)],
    ids=["another organization", "nobody"],
)
def test_who_is_not_there_is_not_found(home: Home, who: str, resident: str, status: int) -> None:
    refused = home.call(
        getattr(home, who),
        "record_assessment",
        p_resident_id=home.resident if resident == "hers" else str(uuid4()),
        p_instrument_code="must",
        p_scores={"overall_risk": 0},
    )
    assert (refused.status_code, refused.json()["code"]) == (status, "not_found")


def test_nobody_enters_a_total(api: Api, home: Home) -> None:
    row = {"resident_id": home.resident, "instrument_code": "news2", "total": 0}
    refused = httpx.post(
        f"{api.url}/rest/v1/assessments", json=row, headers=home.nurse.headers(api), timeout=60
    )
    assert refused.status_code == 403


def test_an_assessment_is_corrected_once_by_one_of_two(home: Home) -> None:
    wrong = home.measure(home.nurse, pulse=91).json()["id"]

    def correct(_: int) -> httpx.Response:
        return home.call(
            home.nurse,
            "record_assessment",
            p_resident_id=home.resident,
            p_instrument_code="news2",
            p_answers=[
                {"link_id": item, ("code" if isinstance(value, str) else "value"): value}
                for item, value in AT_REST.items()
            ],
            p_corrects_id=wrong,
        )

    with ThreadPoolExecutor(2) as pool:
        answers = list(pool.map(correct, range(2)))
    assert sorted(answer.status_code for answer in answers) == [200, 409]


def test_of_two_at_once_the_schedule_follows_the_newest(api: Api, home: Home) -> None:
    """Both are under way before either has moved the schedule; the one that looked later decides."""
    with ThreadPoolExecutor(2) as pool:
        list(pool.map(lambda pulse: home.measure(home.nurse, pulse=pulse).raise_for_status(), (70, 131)))
    with psycopg.connect(api.db_url) as conn:
        row = conn.execute(
            """select schedules.next_due_at - newest.assessed_at, newest.total,
                 newest.assessed_at = schedules.last_assessed_at
               from public.assessment_schedules as schedules
               cross join lateral app.newest_assessment(
                 schedules.org_id, schedules.resident_id, 'news2'
               ) as newest
               where schedules.resident_id = %s and schedules.instrument_code = 'news2'""",
            (home.resident,),
        ).fetchone()
    assert row
    apart, total, is_last = row
    assert is_last
    assert apart.total_seconds() == (12 * 3600 if total == 0 else 3600)
