"""The rota as a frontend drives it: refusals name their reason, planners learn of changes."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import httpx
import psycopg
import pytest

from tests.api.conftest import Api, Person

NOW = datetime.now(UTC)
MONDAY = (NOW - timedelta(days=NOW.weekday())).replace(hour=0, minute=0, second=0, microsecond=0)
WEEK = MONDAY + timedelta(days=14)


@dataclass(frozen=True)
class Home:
    site: UUID
    mona: Person
    carl: Person
    cleo: Person


@pytest.fixture(scope="module")
def home(api: Api, make_org: Callable[..., UUID], make_person: Callable[..., Person]) -> Home:
    org = make_org("lakeside", has_resilience_hub=False)
    api.sql("update public.organizations set time_zone = 'UTC' where id = %s", org)
    api.sql(
        """insert into public.organization_feature_flags (org_id, feature_key, is_enabled)
           values (%s, 'care_homes', true)""",
        org,
    )
    site = api.sql("select tests.make_site(%s, 'The Elms')", org)
    assert isinstance(site, UUID)
    people = [make_person(role, org) for role in ("manager", "carer", "carer")]
    for carer in people[1:]:
        api.sql(
            """insert into public.staff_members (org_id, user_id, job_title, employed_during)
               values (%s, %s, 'Carer', '[2020-01-01,)')""",
            org,
            carer.user_id,
        )
    return Home(site, *people)


@pytest.fixture
def call(api: Api, http: httpx.Client) -> Callable[..., httpx.Response]:
    def post(who: Person, name: str, **arguments: object) -> httpx.Response:
        body = json.dumps(arguments, default=str)
        headers = {**who.headers(api), "Content-Type": "application/json"}
        return http.post(f"/rest/v1/rpc/{name}", content=body, headers=headers)

    return post


def reason(answer: httpx.Response) -> Any:
    assert answer.status_code == 409, answer.text
    return json.loads(answer.json()["details"])["reason"]


def test_a_week_from_the_template_to_the_claim(
    api: Api, home: Home, call: Callable[..., httpx.Response], http: httpx.Client
) -> None:
    made = call(
        home.mona,
        "create_shift_template",
        p_site_id=home.site,
        p_name="Early",
        p_skill="care",
        p_starts_local="07:00",
        p_ends_local="19:00",
        p_weekdays=[1, 2],
        p_needed_count=1,
    )
    assert made.status_code == 200, made.text
    assert call(home.mona, "plan_rota", p_site_id=home.site, p_week=WEEK.date()).json()["status"] == "draft"
    roster = call(home.mona, "list_roster_week", p_site_id=home.site, p_week=WEEK.date()).json()
    monday, tuesday = (shift["shift_id"] for shift in roster)

    # Whoever listens learns which rota to read again, and nothing else.
    with psycopg.connect(api.db_url, autocommit=True) as listener:
        listener.execute("listen carebase_changes")
        assigned = call(home.mona, "assign_shift", p_shift_id=monday, p_user_id=home.carl.user_id)
        assert assigned.status_code == 200, assigned.text
        heard = [json.loads(notice.payload) for notice in listener.notifies(timeout=5, stop_after=1)]
    assert [each["topic"] for each in heard] == [f"org:{home.mona.org_id}:rota_weeks"]
    assert set(heard[0]["payload"]) == {"id", "version"}

    # Conflicts before saving: all of them; when saving: the first, and all of them.
    asked = call(home.mona, "check_assignment", p_shift_id=monday, p_user_id=home.cleo.user_id)
    assert [each["reason"] for each in asked.json()] == ["full"]
    assert reason(call(home.mona, "assign_shift", p_shift_id=monday, p_user_id=home.cleo.user_id)) == "full"
    assert reason(call(home.mona, "offer_shift", p_shift_id=tuesday)) == "draft"

    # Nobody else sees a draft, by any way.
    assert call(home.carl, "list_roster_week", p_site_id=home.site, p_week=WEEK.date()).json() == []
    shifts = http.get("/rest/v1/shifts?select=id", headers=home.carl.headers(api))
    assert shifts.json() == []

    published = call(home.mona, "publish_rota", p_site_id=home.site, p_week=WEEK.date())
    assert published.json()["status"] == "published"
    told = "select count(*) from public.notification_queue where recipient_id = %s"
    assert api.sql(told, home.carl.user_id) == 1
    assert api.sql(told, home.cleo.user_id) == 0
    mine = http.get(
        "/rest/v1/shift_assignments?select=shift_id,user_id", headers=home.carl.headers(api)
    ).json()
    assert mine == [{"shift_id": monday, "user_id": str(home.carl.user_id)}]

    offer = call(home.mona, "offer_shift", p_shift_id=tuesday).json()
    claimed = call(home.cleo, "claim_shift", p_offer_id=offer["id"])
    assert claimed.status_code == 200, claimed.text
    assert reason(call(home.carl, "claim_shift", p_offer_id=offer["id"])) == "taken"

    mix = call(home.mona, "get_skill_mix", p_site_id=home.site, p_from=WEEK.date(), p_to=WEEK.date()).json()
    assert [(each["needed_count"], each["assigned_count"], each["staff_count"]) for each in mix] == [
        (1, 1, 1)
    ]


def test_two_planners_edit_one_shift(
    api: Api, home: Home, call: Callable[..., httpx.Response], http: httpx.Client
) -> None:
    start = MONDAY + timedelta(days=30, hours=8)
    body = {
        "site_id": str(home.site),
        "starts_at": start.isoformat(),
        "ends_at": (start + timedelta(hours=8)).isoformat(),
        "skill": "care",
    }
    headers = {**home.mona.headers(api), "Prefer": "return=representation"}
    [shift] = http.post("/rest/v1/shifts", json=body, headers=headers).json()
    assert shift["shift_on"] == str(start.date())
    for changes, base in (
        ({"needed_count": 2}, {"needed_count": 1}),
        ({"break_minutes": 30}, {"break_minutes": 0}),
    ):
        merged = call(home.mona, "merge_shifts", p_id=shift["id"], p_changes=changes, p_base=base).json()
        assert merged["conflicts"] == []
    late = call(
        home.mona, "merge_shifts", p_id=shift["id"], p_changes={"needed_count": 3}, p_base={"needed_count": 1}
    ).json()
    assert [each["field"] for each in late["conflicts"]] == ["needed_count"]
    assert late["row_values"]["needed_count"] == 2
    assert late["row_values"]["break_minutes"] == 30


def test_who_works_does_not_plan(
    api: Api, home: Home, call: Callable[..., httpx.Response], http: httpx.Client
) -> None:
    refused = call(home.carl, "plan_rota", p_site_id=home.site, p_week=WEEK.date())
    assert (refused.status_code, refused.json()["code"]) == (403, "permission_denied")
    written = http.post(
        "/rest/v1/shifts",
        json={
            "site_id": str(home.site),
            "starts_at": WEEK.isoformat(),
            "ends_at": (WEEK + timedelta(hours=8)).isoformat(),
            "skill": "care",
        },
        headers=home.carl.headers(api),
    )
    assert written.status_code == 403


def test_a_page_learns_who_works_here_and_whether_the_rota_has_changed(
    api: Api, home: Home, call: Callable[..., httpx.Response]
) -> None:
    staff = call(home.carl, "list_site_staff", p_site_id=home.site)
    assert staff.status_code == 200, staff.text
    assert {each["user_id"]: each["roles"] for each in staff.json()} == {
        str(person.user_id): ["carer"] for person in (home.carl, home.cleo)
    }
    week = {"p_site_id": home.site, "p_week": (WEEK + timedelta(days=30)).date()}

    def state() -> Any:
        answer = call(home.mona, "get_rota_state", **week)
        assert answer.status_code == 200, answer.text
        return answer.json()

    assert state() == []
    name = {"p_name": "Late", "p_skill": "care", "p_starts_local": "14:00", "p_ends_local": "22:00"}
    assert call(home.mona, "create_shift_template", p_site_id=home.site, **name).status_code == 200
    assert call(home.mona, "plan_rota", **week).status_code == 200
    before = state()
    assert [row["status"] for row in before] == ["draft"]
    assert state() == before
    [shift, *_] = call(home.mona, "list_roster_week", **week).json()
    offered = call(home.mona, "assign_shift", p_shift_id=shift["shift_id"], p_user_id=str(home.cleo.user_id))
    assert offered.status_code == 200, offered.text
    assert state() != before
