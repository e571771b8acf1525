"""Questions and workload over HTTP, as a frontend calls them."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from uuid import UUID, uuid4

import httpx
import psycopg
import pytest

from tests.api.conftest import Api, Person


@pytest.fixture(scope="module")
def lakeside(make_org: Callable[..., UUID]) -> UUID:
    return make_org("lakeside")


@pytest.fixture(scope="module")
def nadia(make_person: Callable[..., Person], lakeside: UUID) -> Person:
    return make_person("nurse", lakeside)


@pytest.fixture(scope="module")
def nora(make_person: Callable[..., Person], lakeside: UUID) -> Person:
    return make_person("nurse", lakeside)


@pytest.fixture
def call(api: Api, http: httpx.Client) -> Callable[..., Any]:
    """`call(person, "claim_nurse_question", p_question_id=…)`: the answer, or the code it is refused with."""

    def run(person: Person, name: str, **arguments: Any) -> Any:
        answer = http.post(f"/rest/v1/rpc/{name}", headers=person.headers(api), json=arguments)
        return answer.json() if answer.is_success else (answer.status_code, answer.json()["code"])

    return run


Call = Callable[..., Any]


def test_a_question_from_asking_to_answering(call: Call, nadia: Person, nora: Person) -> None:
    asked = call(nora, "ask_nurse_question", p_question_text="May I drive?")
    before = call(nadia, "get_my_workload")[0]["questions_today"]
    assert asked in [question["id"] for question in call(nadia, "get_nurse_questions")]
    claimed_at = call(nadia, "claim_nurse_question", p_question_id=asked)
    assert call(nadia, "claim_nurse_question", p_question_id=asked) == claimed_at
    assert call(nora, "claim_nurse_question", p_question_id=asked) == (409, "conflict")
    assert call(nora, "answer_nurse_question", p_question_id=asked) == (404, "not_found")
    answered_at = call(nadia, "answer_nurse_question", p_question_id=asked)
    assert call(nadia, "answer_nurse_question", p_question_id=asked) == answered_at
    assert asked not in [question["id"] for question in call(nora, "get_nurse_questions")]
    assert call(nadia, "get_my_workload")[0]["questions_today"] == before + 1
    assert call(nadia, "get_nurse_question_volume", p_user_id=str(nadia.user_id), p_days=0) == before + 1


def test_of_many_who_claim_at_once_one_has_it(call: Call, nadia: Person, nora: Person) -> None:
    for _ in range(5):
        asked = call(nora, "ask_nurse_question", p_question_text="Which one first?")
        with ThreadPoolExecutor(2) as pool:
            claims = [
                pool.submit(call, who, "claim_nurse_question", p_question_id=asked) for who in (nadia, nora)
            ]
        answers = [claim.result() for claim in claims]
        assert answers.count((409, "conflict")) == 1, answers


def test_who_claims_second_waits_for_what_becomes_of_the_first(
    api: Api, call: Call, nadia: Person, nora: Person
) -> None:
    """The first has claimed and not committed; it gives up, and the second has the question."""
    asked = call(nora, "ask_nurse_question", p_question_text="And now?")
    with psycopg.connect(api.db_url) as first, ThreadPoolExecutor(1) as pool:
        first.execute(
            "update public.nurse_questions set claimed_by = %s, claimed_at = now() where id = %s",
            (nora.user_id, asked),
        )
        second = pool.submit(call, nadia, "claim_nurse_question", p_question_id=asked)
        first.rollback()
        assert isinstance(second.result(timeout=20), str)


def test_pages_of_questions(
    call: Call, make_person: Callable[..., Person], make_org: Callable[..., UUID]
) -> None:
    nurse = make_person("nurse", make_org("harbor"))
    asked = [call(nurse, "ask_nurse_question", p_question_text=str(n)) for n in range(5)]
    for question in asked[::2]:
        call(nurse, "claim_nurse_question", p_question_id=question)
    seen: list[str] = []
    while page := call(nurse, "get_nurse_questions", p_limit=2, **({"p_before": seen[-1]} if seen else {})):
        assert len(page) <= 2
        seen += [question["id"] for question in page]
    assert seen == asked[::-1]
    mine = call(nurse, "get_nurse_questions", p_is_mine=True)
    assert [question["id"] for question in mine] == asked[::-2]


@pytest.mark.parametrize(
    ("name", "arguments"),
    [
        ("ask_nurse_question", {"p_question_text": ""}),
        ("ask_nurse_question", {"p_question_text": "x" * 2001}),
        ("get_nurse_questions", {"p_limit": 0}),
        ("get_nurse_questions", {"p_limit": 501}),
        ("get_nurse_questions", {"p_purpose": None}),
        ("get_my_prompts", {"p_limit": 501}),
        ("claim_nurse_question", {"p_question_id": None}),
        ("answer_nurse_question", {"p_question_id": None}),
        ("get_nurse_question_volume", {"p_user_id": None, "p_days": 1}),
        ("get_nurse_question_volume", {"p_user_id": str(uuid4()), "p_days": 367}),
        ("get_nurse_question_volume", {"p_user_id": str(uuid4()), "p_days": -1}),
    ],
)
def test_wrong_input_is_refused(call: Call, nadia: Person, name: str, arguments: dict[str, Any]) -> None:
    assert call(nadia, name, **arguments) == (400, "invalid_input")


def test_who_did_not_agree_is_nobody(
    api: Api, call: Call, make_person: Callable[..., Person], lakeside: UUID, nadia: Person, nora: Person
) -> None:
    admin = make_person("admin", lakeside)
    ask = {"p_user_id": str(nora.user_id), "p_days": 7}
    refused = (404, "not_found")
    assert call(admin, "get_nurse_question_volume", **ask) == refused
    assert call(admin, "get_nurse_question_volume", p_user_id=str(uuid4()), p_days=7) == refused
    assert call(nadia, "get_nurse_question_volume", **ask) == refused
    api.sql("select tests.give_consent(%s, %s, 'may_be_contacted')", lakeside, nora.user_id)
    assert isinstance(call(admin, "get_nurse_question_volume", **ask), int)
    assert call(nadia, "get_nurse_question_volume", **ask) == refused, "a colleague has no business there"


@pytest.mark.parametrize(
    "name",
    ["get_my_workload", "get_my_risk", "check_intervention_needed", "get_my_prompts", "get_nurse_questions"],
)
def test_without_the_feature_there_is_none(
    call: Call, make_person: Callable[..., Person], make_org: Callable[..., UUID], name: str
) -> None:
    nurse = make_person("nurse", make_org(f"plain-{name.replace('_', '-')}", has_resilience_hub=False))
    assert call(nurse, name) == (403, "feature_disabled")


def test_kept_figures_are_right_and_say_how_old_they_are(
    api: Api, lakeside: UUID, make_person: Callable[..., Person]
) -> None:
    """A person without consent has no stress in them; a second refresh runs beside readers."""
    named, silent = make_person("nurse", lakeside), make_person("nurse", lakeside)
    today = api.sql("select app.organization_day(%s)", lakeside)
    patient = api.sql("insert into public.patients default values returning id")
    api.sql("insert into public.org_patients (org_id, patient_id) values (%s, %s)", lakeside, patient)
    api.sql("select tests.give_consent(%s, %s)", lakeside, named.user_id)
    for person in (named, silent):
        for _ in range(3):
            api.sql(
                """insert into public.encounters
                     (org_id, patient_id, provider_id, status, class_code, date_of_service)
                   values (%s, %s, tests.practitioner_of(%s), 'finished', 'AMB', %s)""",
                lakeside,
                patient,
                person.user_id,
                today,
            )
        api.sql(
            """insert into public.provider_daily_checkins
                 (org_id, user_id, practitioner_id, checkin_date, work_setting, stress_level, energy_level)
               select %s, %s, tests.practitioner_of(%s), %s::date - n, 'clinic', 6 + n, 5
               from generate_series(0, 1) as n""",
            lakeside,
            person.user_id,
            person.user_id,
            today,
        )
    assert api.sql("select app.workload_metrics_age()") is None
    for _ in range(2):
        count = api.sql("select app.job_refresh_workload_metrics()")
        found = [
            api.sql(
                """select array[encounters_this_month, avg_stress_last_7_days, latest_burnout_score]
                   from app.provider_workload_metrics
                   where org_id = %s and practitioner_id = tests.practitioner_of(%s)""",
                lakeside,
                person.user_id,
            )
            for person in (named, silent)
        ]
        assert found == [[3, pytest.approx(6.5), None], [3, None, None]]
        assert count == api.sql("select count(*) from public.org_practitioners where deleted_at is null")
    assert api.sql("select app.workload_metrics_age() < interval '1 minute'")
