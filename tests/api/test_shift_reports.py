"""How a shift was staffed, and one's own data as a file, over HTTP as a frontend has them."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from uuid import UUID

import httpx
import pytest

from tests.api.conftest import Api, Person

NIGHT = {
    "p_shift": "night",
    "p_patient_count": 9,
    "p_acuity": 5,
    "p_unsafe_reasons": ["too_few_nurses", "missed_breaks"],
    "p_unit_patient_count": 27,
    "p_unit_nurse_count": 3,
}


def call(
    api: Api, person: Person, name: str, body: Mapping[str, object] | None = None, **headers: str
) -> httpx.Response:
    return httpx.post(
        f"{api.url}/rest/v1/rpc/{name}",
        json=dict(body or {}),
        headers={**person.headers(api), **headers},
        timeout=60,
    )


def reports(api: Api, person: Person) -> list[dict[str, object]]:
    answer = httpx.get(f"{api.url}/rest/v1/shift_reports", headers=person.headers(api), timeout=60)
    assert answer.status_code == 200, answer.text
    rows: list[dict[str, object]] = answer.json()
    return rows


def messages(api: Api, person: Person) -> int:
    found = api.sql(
        "select count(*)::integer from public.notification_queue"
        " where template_key = 'staffing.unsafe' and recipient_id = %s",
        person.user_id,
    )
    assert isinstance(found, int)
    return found


@pytest.fixture(scope="module")
def lakeside(make_org: Callable[..., UUID]) -> UUID:
    return make_org("lakeside")


@pytest.fixture(scope="module")
def nurse(make_person: Callable[..., Person], lakeside: UUID) -> Person:
    return make_person("nurse", lakeside)


@pytest.fixture(scope="module")
def manager(make_person: Callable[..., Person], lakeside: UUID) -> Person:
    return make_person("manager", lakeside)


def test_a_report_goes_to_who_leads_and_the_answer_comes_back(
    api: Api,
    make_person: Callable[..., Person],
    make_org: Callable[..., UUID],
    nurse: Person,
    manager: Person,
) -> None:
    made = call(api, nurse, "submit_shift_report", NIGHT).json()
    assert made["is_unsafe"]
    mended = call(api, nurse, "submit_shift_report", {**NIGHT, "p_patient_count": 10}).json()
    assert (mended["id"], mended["patient_count"], mended["version"]) == (made["id"], 10, 2)

    assert [row["id"] for row in reports(api, manager)] == [made["id"]]
    assert messages(api, manager) == 2, "once in the application and once by mail"
    [week] = call(api, manager, "get_shift_workload").json()
    assert (week["unsafe_count"], week["unanswered_count"], week["patients_per_nurse"]) == (1, 1, 9.0)

    stranger = make_person("admin", make_org("harbor"))
    assert reports(api, stranger) == []
    for who, status in ((stranger, 404), (nurse, 403)):
        refused = call(api, who, "answer_shift_report", {"p_id": made["id"], "p_answer": "passed_on"})
        assert refused.status_code == status, refused.text

    answered = call(api, manager, "answer_shift_report", {"p_id": made["id"], "p_answer": "staff_added"})
    assert answered.status_code == 200, answered.text
    [mine] = reports(api, nurse)
    assert (mine["answer"], mine["answered_by"]) == ("staff_added", str(manager.user_id))
    late = call(api, nurse, "submit_shift_report", NIGHT)
    assert (late.status_code, late.json()["code"]) == (409, "conflict")


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"p_patient_count": 201}, "p_patient_count"),
        ({"p_acuity": 0}, "p_acuity"),
        ({"p_unit_nurse_count": 0}, "p_unit_nurse_count"),
        ({"p_shift_date": "2020-01-01"}, "p_shift_date"),
        ({"p_unsafe_reasons": ["skill_mix"] * 101}, "p_unsafe_reasons"),
        ({"p_site_id": "00000000-0000-4000-8000-000000000000"}, "p_site_id"),
    ],
)
def test_what_cannot_be_is_refused_and_says_where(
    api: Api, nurse: Person, changes: Mapping[str, object], field: str
) -> None:
    refused = call(api, nurse, "submit_shift_report", {**NIGHT, "p_shift": "day", **changes})
    assert (refused.status_code, refused.json()["code"]) == (400, "invalid_input")
    assert json.loads(refused.json()["details"])["field"] == field


def test_a_second_tap_makes_no_second_report(
    api: Api, make_person: Callable[..., Person], lakeside: UUID, manager: Person
) -> None:
    nurse = make_person("nurse", lakeside)
    before = messages(api, manager)
    with ThreadPoolExecutor(8) as pool:
        taps = list(pool.map(lambda _: call(api, nurse, "submit_shift_report", NIGHT), range(8)))
    assert {tap.status_code for tap in taps} == {200}
    assert len({tap.json()["id"] for tap in taps}) == 1
    assert messages(api, manager) == before + 2, "however often it was sent"


def test_two_who_lead_answer_at_once_and_one_is_told_so(
    api: Api, make_person: Callable[..., Person], lakeside: UUID
) -> None:
    nurse = make_person("nurse", lakeside)
    report = call(api, nurse, "submit_shift_report", NIGHT).json()
    leads = [make_person(role, lakeside) for role in ("admin", "care_manager")]
    answers = ["staff_added", "no_change"]
    with ThreadPoolExecutor(2) as pool:
        sent = list(
            pool.map(
                lambda lead, answer: call(
                    api, lead, "answer_shift_report", {"p_id": report["id"], "p_answer": answer}
                ),
                leads,
                answers,
            )
        )
    assert sorted(answer.status_code for answer in sent) == [200, 409]
    won = next(answer.json()["answer"] for answer in sent if answer.status_code == 200)
    assert reports(api, nurse)[0]["answer"] == won


def test_own_data_is_a_table_that_a_spreadsheet_opens(
    api: Api, make_person: Callable[..., Person], give_consent: Callable[..., Person], lakeside: UUID
) -> None:
    nurse = give_consent(make_person("nurse", lakeside), "anonymous")
    checkin = {"p_work_setting": "home_health", "p_stress_level": 9, "p_energy_level": 2}
    assert call(api, nurse, "submit_daily_checkin", checkin).status_code == 200
    assert call(api, nurse, "submit_shift_report", NIGHT).status_code == 200

    answer = call(api, nurse, "export_my_resilience_rows", Accept="text/csv")
    assert answer.headers["content-type"].startswith("text/csv")
    rows = list(csv.DictReader(io.StringIO(answer.text)))
    assert list(rows[0]) == ["table_name", "row_number", "column_name", "value"]
    cells = {(row["table_name"], row["row_number"], row["column_name"]): row["value"] for row in rows}
    assert cells["provider_anonymous_checkins", "1", "stress_level"] == "9"
    assert cells["shift_reports", "1", "patient_count"] == "9"

    document = call(api, nurse, "export_my_resilience_data").json()["tables"]
    for table, rows_of_it in document.items():
        for number, row in enumerate(rows_of_it, start=1):
            for column, value in row.items():
                assert ((table, str(number), column) in cells) is (value is not None)
    stranger = make_person("nurse", lakeside)
    assert len(call(api, stranger, "export_my_resilience_rows", Accept="text/csv").text.splitlines()) <= 1


def test_streak_and_benchmark_are_ones_own(
    api: Api, make_person: Callable[..., Person], give_consent: Callable[..., Person], lakeside: UUID
) -> None:
    nurse = give_consent(make_person("nurse", lakeside), "aggregate_only")
    checkin = {"p_work_setting": "clinic", "p_stress_level": 3, "p_energy_level": 7}
    assert call(api, nurse, "submit_daily_checkin", checkin).status_code == 200
    [streak] = call(api, nurse, "get_my_checkin_streak").json()
    assert streak == {
        "checkin_count": 1,
        "week_count": 1,
        "current_weeks": 1,
        "longest_weeks": 1,
        "is_this_week_done": True,
    }
    assert call(api, nurse, "get_my_benchmark").json() == []
