"""Consent, anonymity and own data over HTTP, as a frontend has them, and as somebody curious tries them."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from uuid import UUID

import httpx
import pytest

from tests.api.conftest import Api, Person

CHECKIN = {"p_work_setting": "home_health", "p_stress_level": 9, "p_energy_level": 2}
NEWEST = {"p_policy_version": 2}
FORMER = {"p_policy_version": 1}


def call(api: Api, person: Person, name: str, body: Mapping[str, object] | None = None) -> httpx.Response:
    return httpx.post(
        f"{api.url}/rest/v1/rpc/{name}", json=dict(body or {}), headers=person.headers(api), timeout=60
    )


@pytest.fixture(scope="module")
def lakeside(make_org: Callable[..., UUID]) -> UUID:
    return make_org("lakeside")


def test_the_way_of_a_nurse_from_the_text_to_the_last_row(
    api: Api, make_person: Callable[..., Person], lakeside: UUID
) -> None:
    nurse = make_person("nurse", lakeside)
    policies = nurse.client.table("resilience_policies").select("version").order("version").execute().data
    assert policies == [{"version": 1}, {"version": 2}]
    assert call(api, nurse, "get_my_participation").json() == {
        "level": None,
        "policy_version": None,
        "newest_policy_version": 2,
        "is_current": False,
        "given_at": None,
    }

    refused = call(api, nurse, "submit_daily_checkin", CHECKIN)
    assert (refused.status_code, refused.json()["code"]) == (403, "consent_required")
    assert json.loads(refused.json()["details"]) == {"policy_version": 2}
    assert "give_resilience_consent" in refused.json()["hint"]
    assert call(api, nurse, "give_resilience_consent", FORMER).status_code == 409

    given = call(api, nurse, "give_resilience_consent", NEWEST).json()
    assert (given["level"], given["is_current"]) == ("aggregate_only", True)
    assert call(api, nurse, "give_resilience_consent", NEWEST).json() == given
    assert call(api, nurse, "submit_daily_checkin", CHECKIN).status_code == 200
    taken = call(api, nurse, "export_my_resilience_data").json()
    assert taken["user_id"] == str(nurse.user_id)
    assert [row["stress_level"] for row in taken["tables"]["provider_daily_checkins"]] == [9]

    assert call(api, nurse, "withdraw_resilience_consent").json()["level"] is None
    assert call(api, nurse, "submit_daily_checkin", CHECKIN).json()["code"] == "consent_required"
    assert len(call(api, nurse, "get_my_checkins").json()) == 1
    assert call(api, nurse, "delete_my_resilience_data", {"p_confirm": "ok"}).status_code == 400
    gone = call(api, nurse, "delete_my_resilience_data", {"p_confirm": "delete everything"})
    assert gone.status_code in (200, 204)
    left = call(api, nurse, "export_my_resilience_data").json()["tables"]
    assert set(map(len, left.values())) == {0}


@pytest.fixture(scope="module")
def unnamed(
    make_person: Callable[..., Person], give_consent: Callable[..., Person], lakeside: UUID
) -> Person:
    return give_consent(make_person("nurse", lakeside), "anonymous")


def test_nothing_of_an_anonymous_checkin_is_on_any_road(
    api: Api, make_person: Callable[..., Person], lakeside: UUID, unnamed: Person
) -> None:
    made = call(api, unnamed, "submit_daily_checkin", CHECKIN).json()
    assert made["is_anonymous"] is True
    assert {made[name] for name in ("user_id", "practitioner_id", "created_at", "updated_at", "version")} == {
        None
    }
    assert call(api, unnamed, "get_my_checkins").json() == [made]

    leaders = [make_person(role, lakeside) for role in ("org_owner", "admin", "wellness_officer")]
    colleague = make_person("nurse", lakeside)
    for person in [*leaders, colleague]:
        headers = person.headers(api)
        for path in (
            "provider_anonymous_checkins",
            "anonymity_keys",
            "rpc/author_tag",
            "rpc/my_anonymous_checkins",
        ):
            for profile in ("public", "app"):
                answer = httpx.get(
                    f"{api.url}/rest/v1/{path}", headers={**headers, "Accept-Profile": profile}, timeout=60
                )
                assert answer.status_code in (404, 406), (path, profile, answer.text)
        roads = ("provider_daily_checkins", "provider_consents", "audit_events", "provider_checkin_days")
        for road in roads:
            answer = httpx.get(f"{api.url}/rest/v1/{road}?select=*", headers=headers, timeout=60)
            for word in (made["id"], str(unnamed.user_id)):
                # Who was let in, and as what, is theirs to read; check-ins are not.
                rows = [row for row in answer.json() if "checkin" in str(row) or "consent" in str(row)]
                assert word not in json.dumps(rows), road
        assert call(api, person, "get_my_checkins").json() == []


def test_named_and_unnamed_calls_leave_the_same_sign_of_life(
    api: Api, make_person: Callable[..., Person], give_consent: Callable[..., Person], lakeside: UUID
) -> None:
    """What leaders see of sessions says that somebody was there, as it does of everybody else."""
    admin = make_person("admin", lakeside)
    seen = []
    for level in ("anonymous", "aggregate_only"):
        nurse = give_consent(make_person("nurse", lakeside), level)
        before = call(api, admin, "get_member_sessions").json()
        assert call(api, nurse, "submit_daily_checkin", CHECKIN).status_code == 200
        after = call(api, admin, "get_member_sessions").json()
        seen.append((len(after) - len(before), sorted(after[0].keys())))
    assert seen[0] == seen[1]


def test_a_summary_read_with_get_writes_nothing(api: Api, unnamed: Person) -> None:
    """Reading never counts a day: the job does."""
    answer = httpx.get(
        f"{api.url}/rest/v1/rpc/get_my_participation", headers=unnamed.headers(api), timeout=60
    )
    assert answer.json()["level"] == "anonymous"
    assert api.sql("select count(*) from public.provider_checkin_days where org_id = %s", unnamed.org_id) == 0
