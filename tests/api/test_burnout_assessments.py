"""A nurse assesses herself over HTTP, by answers, by results and by FHIR; what comes out goes back in."""

from __future__ import annotations

import json
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from uuid import UUID

import httpx
import pytest
from fhir.resources.R4B import get_fhir_model_class

from tests.api.conftest import Api, Person

CODES = ["cbi", "mbi", "olbi", "single_item_burnout"]
RESULTS = {
    "p_emotional_exhaustion_score": 85,
    "p_depersonalization_score": 75,
    "p_personal_accomplishment_score": 20,
}
SCORE = "https://carebase.example.com/fhir/StructureDefinition/instrument-score"
Call = Callable[..., httpx.Response]


@pytest.fixture(scope="module")
def lakeside(make_org: Callable[..., UUID]) -> UUID:
    return make_org("lakeside")


@pytest.fixture(scope="module")
def take_part(api: Api) -> Callable[[Person], Person]:
    """Somebody opts in."""

    def opt_in(person: Person) -> Person:
        api.sql("select tests.give_consent(%s, %s, 'anonymous')", person.org_id, person.user_id)
        return person

    return opt_in


@pytest.fixture(scope="module")
def nadia(
    make_person: Callable[..., Person], lakeside: UUID, take_part: Callable[[Person], Person]
) -> Person:
    return take_part(make_person("nurse", lakeside))


@pytest.fixture(scope="module")
def nora(make_person: Callable[..., Person], lakeside: UUID, take_part: Callable[[Person], Person]) -> Person:
    """A colleague, who takes part too."""
    return take_part(make_person("nurse", lakeside))


@pytest.fixture
def call(api: Api, http: httpx.Client) -> Call:
    def ask(person: Person, function: str, **arguments: Any) -> httpx.Response:
        return http.post(f"/rest/v1/rpc/{function}", json=arguments, headers=person.headers(api))

    return ask


def answered(questionnaire: dict[str, Any], place: int = 1) -> dict[str, Any]:
    """A response as a form filler makes it: the same place among the options of every item."""
    return {
        "resourceType": "QuestionnaireResponse",
        "status": "completed",
        "questionnaire": f"{questionnaire['url']}|{questionnaire['version']}",
        "item": [
            {
                "linkId": item["linkId"],
                "answer": [{"valueCoding": item["answerOption"][place]["valueCoding"]}],
            }
            for item in questionnaire["item"]
        ],
    }


def refused(answer: httpx.Response) -> tuple[int, str]:
    return answer.status_code, answer.json()["code"]


def test_calculate_burnout_risk(call: Call, nadia: Person) -> None:
    answer = call(nadia, "calculate_burnout_risk", **RESULTS)
    assert answer.json() == [{"composite_burnout_score": 80.5, "risk_level": "critical"}]


@pytest.mark.parametrize("code", CODES)
def test_what_is_published_is_fhir(call: Call, nadia: Person, code: str) -> None:
    questionnaire = call(nadia, "get_questionnaire", p_code=code).json()
    get_fhir_model_class("Questionnaire").model_validate(questionnaire)
    assert questionnaire["status"] == "active"
    assert questionnaire["copyright"]
    named = {each["url"].rsplit("/", 1)[1] for each in questionnaire["extension"]}
    assert named == {"instrument-license", "instrument-citation", "instrument-scale"}


def test_the_list_says_whose_each_is(call: Call, nadia: Person) -> None:
    listed = {
        row["code"]: row for row in call(nadia, "list_instruments").json() if row["subject_type"] != "Patient"
    }
    assert sorted(listed) == CODES
    assert {code: row["license_kind"] for code, row in listed.items()} == {
        "cbi": "free",
        "mbi": "proprietary",
        "olbi": "attribution",
        "single_item_burnout": "attribution",
    }
    assert all(row["citation"] and row["license_text"] for row in listed.values())


def test_maslach_results_are_kept_and_read_back(call: Call, nadia: Person) -> None:
    made = call(nadia, "submit_burnout_assessment", **RESULTS).json()
    assert (made["composite_burnout_score"], made["risk_level"]) == (80.5, "critical")
    assert made["user_id"] == str(nadia.user_id)
    assert made["answers"] is None
    mine = call(nadia, "get_burnout_assessments").json()
    assert made in mine
    assert nadia.client.table("provider_burnout_assessments").select("*").eq(
        "id", made["id"]
    ).execute().data == [made]


@pytest.mark.parametrize("code", ["cbi", "olbi", "single_item_burnout"])
def test_a_response_comes_back_equal_and_goes_in_again(call: Call, nadia: Person, code: str) -> None:
    questionnaire = call(nadia, "get_questionnaire", p_code=code).json()
    made = call(nadia, "submit_questionnaire_response", p_response=answered(questionnaire)).json()
    response = call(nadia, "get_questionnaire_response", p_assessment_id=made["id"]).json()
    get_fhir_model_class("QuestionnaireResponse").model_validate(response)
    given = {each["linkId"]: each["answer"] for each in answered(questionnaire)["item"]}
    assert {each["linkId"]: each["answer"] for each in response["item"]} == given
    assert [each["text"] for each in response["item"]] == [each["text"] for each in questionnaire["item"]]
    assert response["questionnaire"] == f"{questionnaire['url']}|{questionnaire['version']}"

    again = call(nadia, "submit_questionnaire_response", p_response=response).json()
    assert (again["id"], again["version"]) == (made["id"], made["version"] + 1)
    assert call(nadia, "get_questionnaire_response", p_assessment_id=made["id"]).json() == response
    assert again["answers"] != made["answers"], "sealed anew"
    assert again["answers"].startswith("\\x01")


def test_answers_by_rpc_and_by_fhir_are_the_same(call: Call, nora: Person) -> None:
    questionnaire = call(nora, "get_questionnaire", p_code="olbi").json()
    response = answered(questionnaire, 2)
    by_fhir = call(nora, "submit_questionnaire_response", p_response=response).json()
    listed = [
        {"link_id": each["linkId"], "code": each["answer"][0]["valueCoding"]["code"]}
        for each in response["item"]
    ]
    by_rpc = call(nora, "submit_instrument_assessment", p_instrument_code="olbi", p_answers=listed).json()
    theirs = ("id", "headline_score", "headline_band", "composite_burnout_score", "risk_level")
    assert {name: by_rpc[name] for name in theirs} == {name: by_fhir[name] for name in theirs}
    # Disagreeing throughout: four of each eight count 3, four are reversed to 2.
    assert (by_rpc["headline_score"], by_rpc["headline_band"]) == (50, "high")


def test_maslach_results_travel_as_fhir_without_items(call: Call, nora: Person) -> None:
    made = call(nora, "submit_burnout_assessment", **RESULTS).json()
    response = call(nora, "get_questionnaire_response", p_assessment_id=made["id"]).json()
    get_fhir_model_class("QuestionnaireResponse").model_validate(response)
    assert "item" not in response
    assert [part["url"] for part in response["extension"]] == [SCORE] * 3
    again = call(nora, "submit_questionnaire_response", p_response=response).json()
    assert (again["id"], again["composite_burnout_score"]) == (made["id"], 80.5)
    response["extension"].append(response["extension"][0])
    answer = call(nora, "submit_questionnaire_response", p_response=response)
    assert refused(answer) == (400, "invalid_input")


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"resourceType": "Patient"}, "invalid_input"),
        ({"status": "in-progress"}, "invalid_input"),
        ({"questionnaire": "https://example.com/other"}, "not_found"),
        (
            {"questionnaire": "https://carebase.example.com/fhir/Questionnaire/single_item_burnout|0.1"},
            "not_found",
        ),
        ({"questionnaire": None}, "not_found"),
        ({"item": []}, "invalid_input"),
        ({"item": {}}, "invalid_input"),
        ({"item": [{"linkId": "1", "answer": [{"valueInteger": 2}]}]}, "invalid_input"),
        (
            {"item": [{"linkId": "1", "answer": [{"valueCoding": {"system": "urn:x", "code": "2"}}]}]},
            "invalid_input",
        ),
        ({"item": [{"linkId": "1", "answer": [{"valueCoding": {"code": "2"}}] * 2}]}, "invalid_input"),
        ({"item": [{"linkId": "1", "answer": [{"valueCoding": {"code": "2"}}]}] * 2}, "invalid_input"),
        ({"subject": {"reference": "Practitioner/00000000-0000-0000-0000-000000000000"}}, "invalid_input"),
        ({"author": {"reference": "Patient/1"}}, "invalid_input"),
    ],
)
def test_a_wrong_response_is_refused(call: Call, nora: Person, changed: dict[str, Any], code: str) -> None:
    good = answered(call(nora, "get_questionnaire", p_code="single_item_burnout").json())
    answer = call(nora, "submit_questionnaire_response", p_response=good | changed)
    assert answer.json()["code"] == code, answer.text
    assert answer.status_code == (404 if code == "not_found" else 400)


def test_a_wrong_item_is_named_and_its_answer_is_not(call: Call, nora: Person) -> None:
    answers = [{"link_id": "1", "code": "nobody may read this"}]
    answer = call(
        nora, "submit_instrument_assessment", p_instrument_code="single_item_burnout", p_answers=answers
    )
    assert refused(answer) == (400, "invalid_input")
    assert json.loads(answer.json()["details"]) == {"field": "p_answers", "link_id": "1"}
    assert "nobody may read this" not in answer.text


def test_who_does_not_take_part_is_told_so(
    call: Call, make_person: Callable[..., Person], lakeside: UUID
) -> None:
    person = make_person("nurse", lakeside)
    assert refused(call(person, "submit_burnout_assessment", **RESULTS)) == (403, "consent_required")


def test_the_feature_is_asked_for(
    call: Call, make_person: Callable[..., Person], make_org: Callable[..., UUID]
) -> None:
    person = make_person("nurse", make_org("without-the-hub", has_resilience_hub=False))
    for function, arguments in (
        ("calculate_burnout_risk", RESULTS),
        ("submit_burnout_assessment", RESULTS),
        ("submit_instrument_assessment", {"p_instrument_code": "olbi", "p_answers": []}),
        ("submit_questionnaire_response", {"p_response": {}}),
        ("get_questionnaire_response", {"p_assessment_id": str(person.user_id)}),
        ("get_burnout_assessments", {}),
        ("open_provider_burnout_assessments", {"p_ids": [], "p_purpose": "treatment"}),
    ):
        assert refused(call(person, function, **arguments)) == (403, "feature_disabled"), function
    assert call(person, "get_questionnaire", p_code="cbi").status_code == 200, "reading asks for no feature"


def test_leads_and_other_organizations_see_nothing(
    call: Call,
    nadia: Person,
    make_person: Callable[..., Person],
    make_org: Callable[..., UUID],
    lakeside: UUID,
) -> None:
    made = call(nadia, "submit_burnout_assessment", **RESULTS).json()
    others = [make_person(role, lakeside) for role in ("admin", "manager", "care_manager")]
    for person in (*others, make_person("nurse", make_org("harbor"))):
        for table in ("provider_burnout_assessments", "provider_assessment_scores"):
            assert person.client.table(table).select("*").execute().data == []
        assert call(person, "get_burnout_assessments").json() == []
        answer = call(person, "get_questionnaire_response", p_assessment_id=made["id"])
        assert refused(answer) == (404, "not_found")
        opened = call(person, "open_provider_burnout_assessments", p_ids=[made["id"]], p_purpose="operations")
        assert opened.json() == []


@pytest.mark.parametrize("method", ["POST", "PATCH", "DELETE"])
def test_nobody_writes_past_the_rpcs(http: httpx.Client, api: Api, nadia: Person, method: str) -> None:
    for table, row in (
        ("provider_burnout_assessments", {"headline_score": 1}),
        ("provider_assessment_scores", {"score": 1}),
    ):
        answer = http.request(
            method,
            f"/rest/v1/{table}?user_id=eq.{nadia.user_id}",
            json=row,
            headers=nadia.headers(api),
        )
        assert answer.status_code == 403, answer.text


def test_six_at_once_leave_one_assessment(
    api: Api,
    make_person: Callable[..., Person],
    lakeside: UUID,
    take_part: Callable[[Person], Person],
) -> None:
    person = take_part(make_person("nurse", lakeside))

    def submit(code: int) -> int:
        body = {
            "p_instrument_code": "single_item_burnout",
            "p_answers": [{"link_id": "1", "code": str(code)}],
        }
        return httpx.post(
            f"{api.url}/rest/v1/rpc/submit_instrument_assessment",
            json=body,
            headers=person.headers(api),
            timeout=30,
        ).status_code

    with ThreadPoolExecutor(6) as pool:
        assert list(pool.map(submit, [1, 2, 3, 4, 5, 5])) == [200] * 6
    rows: Any = person.client.table("provider_burnout_assessments").select("*").execute().data
    scores: Any = person.client.table("provider_assessment_scores").select("*").execute().data
    [kept], [score] = rows, scores
    assert kept["version"] == 6
    response: Any = (
        person.client.rpc("get_questionnaire_response", {"p_assessment_id": kept["id"]}).execute().data
    )
    answer = response["item"][0]["answer"][0]["valueCoding"]["code"]
    assert score["score"] == int(answer)
    assert kept["headline_score"] == (int(answer) - 1) * 25
