"""Training and supervision over HTTP: what a compliance lead, a manager and a carer's frontend call."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from uuid import UUID, uuid4

import httpx
import pytest

from tests.api.conftest import Api, Person

DONE = (date.today() - timedelta(days=3)).isoformat()


@dataclass(frozen=True)
class Home:
    """A home with a carer and a manager, and the compliance lead of its organization."""

    api: Api
    site: str
    people: dict[str, Person] = field(repr=False)

    def call(self, who: str, name: str, **body: object) -> httpx.Response:
        headers = self.people[who].headers(self.api)
        return httpx.post(f"{self.api.url}/rest/v1/rpc/{name}", json=body, headers=headers, timeout=60)

    def table(self, who: str, method: str, name: str, json: object = None) -> httpx.Response:
        headers = {**self.people[who].headers(self.api), "prefer": "return=representation"}
        return httpx.request(method, f"{self.api.url}/rest/v1/{name}", json=json, headers=headers, timeout=60)


@pytest.fixture(scope="module")
def home(api: Api, make_person: Callable[..., Person], make_org: Callable[..., UUID]) -> Home:
    org = make_org("lakeside")
    site = api.sql("select tests.make_site(%s, 'The Elms')", org)
    people = {
        "cora": make_person("carer", org),
        "mona": make_person("manager", org),
        "lea": make_person("compliance_lead", org),
        "hugo": make_person("compliance_lead", make_org("harbor")),
    }
    for name, person in people.items():
        api.sql(
            """insert into public.staff_members (org_id, user_id, job_title, employed_during)
               values (%s, %s, 'Staff', '[2020-01-01,)')""",
            person.org_id,
            person.user_id,
        )
        if name in ("cora", "mona"):
            api.sql(
                "update public.role_assignments set site_id = %s where user_id = %s", site, person.user_id
            )
    return Home(api, str(site), people)


def test_from_the_matrix_to_the_rota(home: Home) -> None:
    """What is required, what is missing, what was done, and who sees it."""
    made = home.table(
        "lea", "POST", "training_courses", {"code": "first_aid", "title": "First aid", "validity_months": 36}
    )
    assert made.status_code == 201, made.text
    course = made.json()[0]["id"]
    required = home.table(
        "lea",
        "POST",
        "training_requirements",
        {"course_id": course, "role": "carer", "blocks_rostering": True},
    )
    assert required.status_code == 201, required.text
    cora = str(home.people["cora"].user_id)

    def gaps() -> dict[str, list[str]]:
        answer = home.call("mona", "get_training_matrix", p_site_id=home.site)
        assert answer.status_code == 200, answer.text
        return {row["user_id"]: row["gaps"] for row in answer.json()}

    assert gaps()[cora] == ["first_aid"]
    [figures] = home.call("mona", "get_compliance_figures").json()
    assert (figures["required_count"], figures["missing_count"], figures["compliant_percent"]) == (1, 1, 0)
    recorded = home.call("lea", "record_training", p_user_id=cora, p_course_id=course, p_completed_on=DONE)
    assert recorded.status_code == 200, recorded.text
    assert gaps()[cora] == []
    [figures] = home.call("mona", "get_compliance_figures").json()
    assert (figures["missing_count"], figures["compliant_percent"]) == (0, 100)
    [mine] = home.call("cora", "get_staff_compliance").json()
    assert (mine["code"], mine["standing"]) == ("first_aid", "valid")
    assert len(home.call("mona", "get_staff_training", p_user_id=cora).json()) == 1
    assert home.call("hugo", "get_staff_training", p_user_id=cora).json()["code"] == "not_found"
    assert home.call("cora", "get_training_matrix", p_site_id=home.site).status_code == 403


def test_a_supervision_is_held_read_and_acknowledged(home: Home) -> None:
    held = home.call(
        "mona",
        "record_supervision",
        p_user_id=str(home.people["cora"].user_id),
        p_site_id=home.site,
        p_kind="appraisal",
        p_held_on=DONE,
        p_notes="Wants to lead a shift.",
    )
    assert held.status_code == 200, held.text
    opened = home.call("cora", "open_supervisions", p_ids=[held.json()], p_purpose="operations").json()
    assert [each["notes"] for each in opened] == ["Wants to lead a shift."]
    assert home.call("lea", "open_supervisions", p_ids=[held.json()], p_purpose="operations").json() == []
    assert home.call("cora", "acknowledge_supervision", p_id=held.json()).status_code == 200
    [given] = home.call("mona", "get_given_supervisions", p_purpose="operations").json()
    assert (given["notes"], given["acknowledged_at"] is not None) == ("Wants to lead a shift.", True)


@pytest.mark.parametrize(
    ("name", "body"),
    [
        ("record_training", {"p_user_id": None, "p_course_id": None, "p_completed_on": None}),
        (
            "record_staff_check",
            {
                "p_user_id": str(uuid4()),
                "p_kind": "references",
                "p_status": "withdrawn",
                "p_checked_on": DONE,
            },
        ),
        ("get_compliance_figures", {"p_limit": 0}),
        ("get_due_supervisions", {"p_days": -1}),
    ],
)
def test_bad_input_is_named(home: Home, name: str, body: dict[str, object]) -> None:
    answer = home.call("lea", name, **body)
    assert (answer.status_code, answer.json()["code"]) == (400, "invalid_input"), answer.text
    assert "field" in answer.json()["details"]


def test_anonymous_and_flag_off(api: Api, home: Home, http: httpx.Client) -> None:
    calls: dict[str, dict[str, object]] = {
        "get_staff_compliance": {},
        "get_compliance_figures": {},
        "get_training_matrix": {"p_site_id": home.site},
        "acknowledge_supervision": {"p_id": str(uuid4())},
    }
    for name, body in calls.items():
        assert http.post(f"/rest/v1/rpc/{name}", json=body).status_code == 401, name
    api.sql(
        """insert into public.organization_feature_flags (org_id, feature_key, is_enabled)
           values (%s, 'care_homes', false)""",
        home.people["mona"].org_id,
    )
    for name, body in calls.items():
        answer = home.call("mona", name, **body)
        assert (answer.status_code, answer.json()["code"]) == (403, "feature_disabled"), name
