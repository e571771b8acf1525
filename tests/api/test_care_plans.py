"""Care plans and tasks over HTTP, as a frontend calls them, and two who do the same at once."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import httpx
import pytest

from tests.api.conftest import Api, Person

WORDS = {"needs": "Walks with a frame", "goals": "Walks to lunch", "interventions": "One carer beside her"}


@dataclass(frozen=True)
class Home:
    """A care home, who works there, and who lives there."""

    site: str
    resident: str
    nurse: Person
    manager: Person
    carers: list[Person]
    relative: Person


@pytest.fixture(scope="module")
def home(api: Api, make_org: Callable[..., UUID], make_person: Callable[..., Person]) -> Home:
    org = make_org("lakeside")
    nurse, manager = make_person("nurse", org), make_person("manager", org)
    carers = [make_person("carer", org) for _ in range(2)]
    relative = make_person("family", org)
    for person in (nurse, manager, *carers):
        api.sql(
            """insert into public.staff_members (org_id, user_id, job_title, employed_during)
            values (%s, %s, 'Care', '[2020-01-01,)')""",
            org,
            person.user_id,
        )
    site = api.sql("select tests.make_site(%s)", org)
    resident = api.sql("select tests.make_resident(%s, %s, 'Ruth')", org, site)
    api.sql("select tests.share_resident(%s, %s, %s, 'care_plan')", org, resident, relative.user_id)
    return Home(str(site), str(resident), nurse, manager, carers, relative)


@pytest.fixture
def call(api: Api, http: httpx.Client) -> Callable[..., httpx.Response]:
    def post(who: Person, name: str, **arguments: Any) -> httpx.Response:
        return http.post(f"/rest/v1/rpc/{name}", headers=who.headers(api), json=arguments)

    return post


def code(answer: httpx.Response) -> str:
    return str(answer.json()["code"])


def at_once(*calls: Callable[[], httpx.Response]) -> list[httpx.Response]:
    with ThreadPoolExecutor(len(calls)) as pool:
        return [future.result() for future in [pool.submit(each) for each in calls]]


def test_a_plan_from_draft_to_review(
    api: Api, http: httpx.Client, home: Home, call: Callable[..., httpx.Response]
) -> None:
    started = call(
        home.nurse,
        "start_care_plan",
        p_resident_id=home.resident,
        p_plan_type="mobility",
        p_risk_level="low",
        p_content=WORDS | {"goals": ""},
    ).json()
    version = started["id"]
    read = {"p_version_id": version, "p_base": {"goals": "", "risk_level": "low"}}
    saved = at_once(
        lambda: call(home.nurse, "save_care_plan_draft", **read, p_changes={"goals": "Walks to lunch"}),
        lambda: call(home.manager, "save_care_plan_draft", **read, p_changes={"risk_level": "high"}),
    )
    assert [each.json()["conflicts"] for each in saved] == [[], []]

    stale = call(home.nurse, "publish_care_plan", p_version_id=version, p_version=1)
    assert (stale.status_code, code(stale)) == (409, "conflict")
    published = at_once(
        *(
            lambda who=who: call(who, "publish_care_plan", p_version_id=version, p_version=3)
            for who in (home.nurse, home.manager)
        )
    )
    assert sorted(each.status_code for each in published) == [200, 409]

    opened = call(
        home.relative, "open_care_plan_versions", p_ids=[version], p_purpose="patient_request"
    ).json()
    assert opened == [{"id": version, "content": WORDS}]
    assert call(home.carers[0], "acknowledge_care_plan", p_version_id=version).status_code == 200
    refused = call(home.relative, "acknowledge_care_plan", p_version_id=version)
    assert (refused.status_code, code(refused)) == (403, "permission_denied")
    [review] = http.get(
        "/rest/v1/care_plan_reviews", params={"select": "id,status"}, headers=home.nurse.headers(api)
    ).json()
    done = call(home.nurse, "complete_care_plan_review", p_review_id=review["id"], p_outcome="unchanged")
    assert done.json()["status"] == "completed"


def test_one_of_two_gets_the_task(api: Api, home: Home, call: Callable[..., httpx.Response]) -> None:
    plan = call(
        home.nurse, "start_care_plan", p_resident_id=home.resident, p_plan_type="skin", p_risk_level="high"
    ).json()["care_plan_id"]
    today = str(api.sql("select (now() at time zone app.site_zone(org_id, id))::date from public.sites"))
    added = call(
        home.nurse,
        "add_care_plan_task",
        p_care_plan_id=plan,
        p_task_kind="repositioning",
        p_instructions="Turn her",
        p_first_on=today,
        p_first_time="00:00",
        p_rule="FREQ=HOURLY;INTERVAL=6",
    )
    assert added.status_code == 200, added.text
    window = {
        "p_site_id": home.site,
        "p_from": str(api.sql("select now() - interval '1 day'")),
        "p_to": str(api.sql("select now() + interval '1 day'")),
        "p_purpose": "treatment",
    }
    listed = call(home.carers[0], "list_shift_tasks", **window).json()
    assert [each["instructions"] for each in listed] == ["Turn her"] * len(listed)
    pages = [call(home.carers[0], "list_shift_tasks", **window, p_limit=2).json()]
    while pages[-1]:
        last = pages[-1][-1]["id"]
        pages.append(call(home.carers[0], "list_shift_tasks", **window, p_limit=2, p_after=last).json())
    assert [each["id"] for page in pages for each in page] == [each["id"] for each in listed]

    task = {"p_occurrence_id": listed[0]["id"]}
    taken = at_once(*(lambda who=who: call(who, "take_task", **task) for who in home.carers))
    assert sorted(each.status_code for each in taken) == [200, 409]
    winner, loser = home.carers if taken[0].status_code == 200 else reversed(home.carers)
    assert code(call(loser, "complete_task", **task)) == "permission_denied"
    assert call(winner, "complete_task", **task).json()["status"] == "completed"
    assert call(winner, "complete_task", **task).status_code == 200
    assert code(call(winner, "skip_task", **task, p_reason="declined")) == "conflict"
    assert call(home.relative, "list_shift_tasks", **window).status_code == 403


def test_what_is_wrong_is_named(home: Home, call: Callable[..., httpx.Response]) -> None:
    wrong = call(
        home.nurse,
        "list_shift_tasks",
        p_site_id=home.site,
        p_from="2026-01-01T00:00Z",
        p_to="2026-02-01T00:00Z",
        p_purpose="treatment",
    )
    assert (wrong.status_code, code(wrong)) == (400, "invalid_input")
    assert "p_to" in wrong.text
