"""A nurse's daily check-in over HTTP, as a frontend calls it, and everyone who is refused."""

from __future__ import annotations

import json
from collections.abc import Callable
from uuid import UUID

import httpx
import pytest
from postgrest.exceptions import APIError

from tests.api.conftest import Api, Person

CHECKIN = {"p_work_setting": "home_health", "p_stress_level": 7, "p_energy_level": 4}


@pytest.fixture(scope="module")
def lakeside(make_org: Callable[..., UUID]) -> UUID:
    return make_org("lakeside")


@pytest.fixture(scope="module")
def nadia(make_person: Callable[..., Person], give_consent: Callable[..., Person], lakeside: UUID) -> Person:
    """A nurse who may be contacted."""
    return give_consent(make_person("nurse", lakeside), "may_be_contacted")


@pytest.fixture(scope="module")
def hana(make_person: Callable[..., Person], make_org: Callable[..., UUID]) -> Person:
    """A nurse of another organization, which has the feature too."""
    return make_person("nurse", make_org("harbor"))


def refused(call: Callable[[], object]) -> APIError:
    with pytest.raises(APIError) as caught:
        call()
    return caught.value


def test_a_nurse_checks_in_and_reads_it_back(nadia: Person) -> None:
    made = nadia.client.rpc("submit_daily_checkin", CHECKIN).execute().data
    assert made["user_id"] == str(nadia.user_id)
    assert made["org_id"] == str(nadia.org_id)
    assert (made["stress_level"], made["energy_level"], made["is_shared"]) == (7, 4, False)
    mine = nadia.client.rpc("get_my_checkins", {}).execute().data
    assert [row["id"] for row in mine] == [made["id"]]
    assert not mine[0]["is_anonymous"]
    rows = nadia.client.table("provider_daily_checkins").select("*").execute().data
    assert [{name: row[name] for name in mine[0].keys() & row.keys()} for row in rows] == [
        {name: value for name, value in mine[0].items() if name != "is_anonymous"}
    ]


def test_again_on_the_same_day_updates_it(nadia: Person) -> None:
    first = nadia.client.rpc("submit_daily_checkin", CHECKIN).execute().data
    second = nadia.client.rpc("submit_daily_checkin", {**CHECKIN, "p_stress_level": 3}).execute().data
    assert second["id"] == first["id"]
    assert second["stress_level"] == 3
    assert second["version"] == first["version"] + 1
    assert len(nadia.client.rpc("get_my_checkins", {}).execute().data) == 1


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("p_stress_level", 0),
        ("p_stress_level", 11),
        ("p_stress_level", None),
        ("p_energy_level", -1),
        ("p_patients_contacted_today", 501),
        ("p_difficult_patient_calls", -1),
        ("p_overtime_hours", 24.01),
        ("p_missed_break", None),
        ("p_is_shared", None),
        ("p_work_setting", None),
    ],
)
def test_a_wrong_value_is_named(nadia: Person, field: str, value: object) -> None:
    error = refused(lambda: nadia.client.rpc("submit_daily_checkin", {**CHECKIN, field: value}).execute())
    assert error.code == "invalid_input"
    assert json.loads(error.details or "")["field"] == field
    assert error.message


def test_the_status_of_a_wrong_value_is_400(http: httpx.Client, api: Api, nadia: Person) -> None:
    answer = http.post(
        "/rest/v1/rpc/submit_daily_checkin",
        json={**CHECKIN, "p_stress_level": 99},
        headers=nadia.headers(api),
    )
    assert answer.status_code == 400
    assert answer.json()["code"] == "invalid_input"


@pytest.mark.parametrize("value", ["abc", 1e99, {"a": 1}, [1, 2], "1; drop table provider_daily_checkins"])
def test_a_value_of_the_wrong_type_is_a_clean_400(
    http: httpx.Client, api: Api, nadia: Person, value: object
) -> None:
    answer = http.post(
        "/rest/v1/rpc/submit_daily_checkin",
        json={**CHECKIN, "p_stress_level": value},
        headers=nadia.headers(api),
    )
    assert answer.status_code == 400
    assert answer.json()["code"].startswith("22")


def test_flag_off_is_a_clear_403(
    http: httpx.Client, api: Api, make_person: Callable[..., Person], make_org: Callable[..., UUID]
) -> None:
    person = make_person("nurse", make_org("without-the-hub", has_resilience_hub=False))
    for name, body in (
        ("submit_daily_checkin", CHECKIN),
        ("get_my_checkins", {}),
        ("get_team_checkin_summary", {}),
    ):
        answer = http.post(f"/rest/v1/rpc/{name}", json=body, headers=person.headers(api))
        assert answer.status_code == 403, name
        assert answer.json()["code"] == "feature_disabled"
        assert json.loads(answer.json()["details"]) == {"feature": "resilience_hub"}
    table = http.post(
        "/rest/v1/provider_daily_checkins",
        json={"work_setting": "clinic", "stress_level": 1, "energy_level": 1},
        headers=person.headers(api),
    )
    assert (table.status_code, table.json()["code"]) == (403, "feature_disabled")


def test_another_organizations_nurse_sees_and_changes_nothing(nadia: Person, hana: Person) -> None:
    made = nadia.client.rpc("submit_daily_checkin", {**CHECKIN, "p_is_shared": True}).execute().data
    table = hana.client.table("provider_daily_checkins")
    assert table.select("*").execute().data == []
    assert table.select("*").eq("id", made["id"]).execute().data == []
    assert table.update({"stress_level": 1}).eq("id", made["id"]).execute().data == []
    assert hana.client.rpc("get_my_checkins", {}).execute().data == []
    assert nadia.client.rpc("get_my_checkins", {}).execute().data == [made]


@pytest.mark.parametrize("column", ["org_id", "user_id", "practitioner_id", "checkin_date", "id", "version"])
def test_nobody_files_a_checkin_under_another_name_or_day(nadia: Person, hana: Person, column: str) -> None:
    values = {
        "org_id": str(nadia.org_id),
        "user_id": str(nadia.user_id),
        "practitioner_id": str(nadia.user_id),
        "checkin_date": "2026-01-01",
        "id": str(nadia.user_id),
        "version": 7,
    }
    row = {"work_setting": "clinic", "stress_level": 1, "energy_level": 1, column: values[column]}
    error = refused(lambda: hana.client.table("provider_daily_checkins").insert(row).execute())
    assert error.code == "42501"


def test_an_administrator_reads_what_is_shared_and_writes_nothing(
    nadia: Person, make_person: Callable[..., Person], lakeside: UUID
) -> None:
    admin = make_person("admin", lakeside)
    table = admin.client.table("provider_daily_checkins")

    def shared() -> list[dict[str, object]]:
        data = admin.client.rpc("get_shared_checkins", {"p_purpose": "operations"}).execute().data
        assert isinstance(data, list)
        return data

    nadia.client.rpc("submit_daily_checkin", {**CHECKIN, "p_is_shared": False}).execute()
    assert shared() == []
    made = nadia.client.rpc("submit_daily_checkin", {**CHECKIN, "p_is_shared": True}).execute().data
    assert [row["id"] for row in shared()] == [made["id"]]
    assert not {"user_id", "created_at", "created_by"} & shared()[0].keys()
    assert table.select("*").execute().data == []
    assert table.update({"stress_level": 1}).eq("id", made["id"]).execute().data == []
    assert refused(lambda: table.delete().eq("id", made["id"]).execute()).code == "42501"
    row = {"work_setting": "clinic", "stress_level": 1, "energy_level": 1}
    assert refused(lambda: table.insert(row).execute()).code == "permission_denied"
    assert (
        refused(lambda: admin.client.rpc("submit_daily_checkin", CHECKIN).execute()).code
        == "permission_denied"
    )
    assert nadia.client.rpc("get_my_checkins", {}).execute().data == [made]


def test_shared_checkins_come_in_pages(
    api: Api,
    make_org: Callable[..., UUID],
    make_person: Callable[..., Person],
    give_consent: Callable[..., Person],
) -> None:
    org_id = make_org("pages")
    manager = make_person("care_manager", org_id)
    for _ in range(2):
        nurse = give_consent(make_person("nurse", org_id), "may_be_contacted")
        api.sql(
            """insert into public.provider_daily_checkins
                 (org_id, user_id, practitioner_id, checkin_date, work_setting, stress_level, energy_level,
                  is_shared)
               select %s, %s, tests.practitioner_of(%s), current_date - day, 'clinic', 6, 5, true
               from generate_series(2, 4) as day""",
            org_id,
            nurse.user_id,
            nurse.user_id,
        )
    found: list[dict[str, str]] = []
    for _ in range(4):
        wanted = {"p_purpose": "operations", "p_limit": 2, "p_before": found[-1]["id"] if found else None}
        page = manager.client.rpc("get_shared_checkins", wanted).execute().data
        found += page
    assert len({row["id"] for row in found}) == len(found) == 6
    days = [row["checkin_date"] for row in found]
    assert days == sorted(days, reverse=True)


def test_anonymous_is_refused_everywhere(http: httpx.Client) -> None:
    for name, body in (
        ("submit_daily_checkin", CHECKIN),
        ("get_my_checkins", {}),
        ("get_team_checkin_summary", {}),
    ):
        assert http.post(f"/rest/v1/rpc/{name}", json=body).status_code == 401, name
    assert http.get("/rest/v1/provider_daily_checkins").status_code == 401
    row = {"work_setting": "clinic", "stress_level": 1, "energy_level": 1}
    assert http.post("/rest/v1/provider_daily_checkins", json=row).status_code == 401


def test_a_forged_or_foreign_token_is_refused(http: httpx.Client, api: Api, nadia: Person) -> None:
    head, body, signature = nadia.token.split(".")
    for token in (f"{head}.{body}.{signature[::-1]}", f"{head}.{body}.", "nonsense", nadia.token + "x"):
        answer = http.get(
            "/rest/v1/provider_daily_checkins",
            headers={"apikey": api.publishable_key, "Authorization": f"Bearer {token}"},
        )
        assert answer.status_code == 401, token[-10:]


def test_a_manager_sees_the_team_and_names_nobody(
    api: Api, make_person: Callable[..., Person], make_org: Callable[..., UUID]
) -> None:
    org_id = make_org("summary")
    manager = make_person("care_manager", org_id)
    nurses = [make_person("nurse", org_id) for _ in range(5)]
    api.sql(
        """insert into public.provider_daily_checkins
             (org_id, user_id, practitioner_id, checkin_date, work_setting, stress_level, energy_level)
           select %s, user_id, tests.practitioner_of(user_id), current_date - day, 'clinic', 6, 5
           from unnest(%s::uuid[]) with ordinality as nurses (user_id, ordinal), generate_series(5, 6) as day
           where day = 5 or ordinal < 5""",
        org_id,
        [nurse.user_id for nurse in nurses],
    )
    api.sql("select tests.close_days(%s)", org_id)
    days = manager.client.rpc("get_team_checkin_summary", {}).execute().data
    assert len(days) == 14
    figures = [day for day in days if day["people_count"] is not None]
    assert [(day["people_count"], day["average_stress_level"]) for day in figures] == [(5, 6)]
    assert set(days[0]) == {
        "checkin_date",
        "is_open",
        "is_suppressed",
        "people_count",
        "average_stress_level",
        "average_energy_level",
        "average_patients_contacted",
        "average_overtime_hours",
        "missed_break_percent",
        "checkins_per_provider_week",
    }
    assert manager.client.table("provider_daily_checkins").select("*").execute().data == []
    assert (
        refused(lambda: nurses[0].client.rpc("get_team_checkin_summary", {}).execute()).code
        == "permission_denied"
    )


def test_a_revoked_role_acts_on_the_next_request(
    api: Api,
    make_person: Callable[..., Person],
    make_org: Callable[..., UUID],
    give_consent: Callable[..., Person],
) -> None:
    nurse = give_consent(make_person("nurse", make_org("revoking")))
    nurse.client.rpc("submit_daily_checkin", CHECKIN).execute()
    api.sql("update public.role_assignments set deleted_at = now() where user_id = %s", nurse.user_id)
    assert nurse.client.table("provider_daily_checkins").select("*").execute().data == []
    assert refused(lambda: nurse.client.rpc("get_my_checkins", {}).execute()).code == "permission_denied"
