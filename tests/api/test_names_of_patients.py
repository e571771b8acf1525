"""Who patients are is stored sealed: how a frontend lists, finds and opens them, and who gets nothing."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID, uuid4

import httpx
import pytest

from tests.api.conftest import Api, Person

ADA, MAX, HAL, GONE = (uuid4() for _ in range(4))
KNOWN = """
with made as (
  insert into public.patients (id, family_name, given_names, birth_date, gender)
  values (%s, app.plain(%s::text), app.plain(jsonb_build_array(%s::text)), app.plain(%s::date), 'female')
  returning id
)
insert into public.org_patients (org_id, patient_id, medical_record_number)
select %s, %s, app.plain(%s::text) returning patient_id
"""


@pytest.fixture(scope="module")
def orgs(api: Api, make_org: Callable[..., UUID]) -> tuple[UUID, UUID]:
    """Lakeside knows Ada, Max and Gina, who was removed; Harbor knows Hal."""
    lakeside, harbor = make_org("lakeside"), make_org("harbor")
    for patient_id, given, family, born, org in (
        (ADA, "Ada", "Moss", "1950-02-03", lakeside),
        (MAX, "Max", "Birch", "1961-07-08", lakeside),
        (GONE, "Gina", "Moss", "1950-02-03", lakeside),
        (HAL, "Hal", "Moss", "1950-02-03", harbor),
    ):
        api.sql(KNOWN, patient_id, family, given, born, org, patient_id, f"MRN-{given}")
    api.sql("update public.patients set deleted_at = now() where id = %s returning id", GONE)
    return lakeside, harbor


Opener = Callable[..., list[dict[str, Any]]]


@pytest.fixture(scope="module")
def call(make_person: Callable[..., Person]) -> Opener:
    """What an RPC gives somebody of that role, one person for each."""
    people: dict[tuple[str, UUID], Person] = {}

    def ask(role: str, org_id: UUID, function: str, **arguments: Any) -> list[dict[str, Any]]:
        if (role, org_id) not in people:
            people[role, org_id] = make_person(role, org_id)
        found: Any = people[role, org_id].client.rpc(function, arguments).execute().data
        return sorted(found, key=lambda row: str(row))

    return ask


def test_a_nurse_lists_her_patients(
    api: Api, orgs: tuple[UUID, UUID], make_person: Callable[..., Person]
) -> None:
    nurse = make_person("nurse", orgs[0])
    rows: Any = nurse.client.table("patients").select("id, family_name, is_active").execute().data
    assert {row["id"] for row in rows} == {str(ADA), str(MAX)}
    assert all(row["family_name"].startswith("\\x01") for row in rows)
    asked = {"p_ids": [row["id"] for row in rows], "p_purpose": "treatment"}
    opened: Any = nurse.client.rpc("open_patients", asked).execute().data
    assert {
        (row["family_name"], row["given_names"][0], row["birth_date"], row["gender"]) for row in opened
    } == {
        ("Moss", "Ada", "1950-02-03", "female"),
        ("Birch", "Max", "1961-07-08", "female"),
    }
    found = api.sql(
        """select array_agg(subject_ids) from public.audit_events
           where operation = 'open' and actor_id = %s and purpose = 'treatment' and org_id = %s""",
        nurse.user_id,
        orgs[0],
    )
    assert isinstance(found, list)
    assert len(found) == 1
    assert set(found[0]) == {ADA, MAX}


def test_the_front_desk_finds_by_family_name_and_birth_date(orgs: tuple[UUID, UUID], call: Opener) -> None:
    by_name = call(
        "scheduler", orgs[0], "find_patients_by_family_name", p_family_name="MOSS ", p_purpose="operations"
    )
    assert [(row["id"], row["given_names"], row["gender"]) for row in by_name] == [(str(ADA), ["Ada"], None)]
    by_day = call(
        "scheduler", orgs[0], "find_patients_by_birth_date", p_birth_date="1961-07-08", p_purpose="operations"
    )
    assert [row["family_name"] for row in by_day] == ["Birch"]


def test_billing_opens_names_and_the_number_but_not_gender(orgs: tuple[UUID, UUID], call: Opener) -> None:
    ids = [str(ADA)]
    [person] = call("billing", orgs[0], "open_patients", p_ids=ids, p_purpose="payment")
    assert (person["family_name"], person["gender"]) == ("Moss", None)
    [record] = call("billing", orgs[0], "open_org_patients", p_ids=ids, p_purpose="payment")
    assert record["medical_record_number"] == "MRN-Ada"
    assert call("scheduler", orgs[0], "open_org_patients", p_ids=ids, p_purpose="operations") == []


@pytest.mark.parametrize("role", ["carer", "patient", "family", "compliance_lead", "org_owner"])
def test_who_may_not_see_patients_opens_none(role: str, orgs: tuple[UUID, UUID], call: Opener) -> None:
    assert call(role, orgs[0], "open_patients", p_ids=[str(ADA)], p_purpose="treatment") == []
    name = {"p_family_name": "Moss", "p_purpose": "treatment"}
    assert call(role, orgs[0], "find_patients_by_family_name", **name) == []


def test_a_nurse_of_another_organization_gets_her_own_only(orgs: tuple[UUID, UUID], call: Opener) -> None:
    assert call("nurse", orgs[1], "open_patients", p_ids=[str(ADA)], p_purpose="treatment") == []
    found = call(
        "nurse", orgs[1], "find_patients_by_family_name", p_family_name="Moss", p_purpose="treatment"
    )
    assert [row["id"] for row in found] == [str(HAL)]


def test_who_was_removed_neither_opens_nor_is_found(orgs: tuple[UUID, UUID], call: Opener) -> None:
    assert call("nurse", orgs[0], "open_patients", p_ids=[str(GONE)], p_purpose="treatment") == []
    day = {"p_birth_date": "1950-02-03", "p_purpose": "treatment"}
    assert [row["id"] for row in call("nurse", orgs[0], "find_patients_by_birth_date", **day)] == [str(ADA)]


@pytest.mark.parametrize("function", ["open_patients", "open_org_patients"])
def test_the_signed_out_and_the_purposeless_are_refused(
    function: str,
    api: Api,
    http: httpx.Client,
    orgs: tuple[UUID, UUID],
    make_person: Callable[..., Person],
) -> None:
    path, body = f"/rest/v1/rpc/{function}", {"p_ids": [str(ADA)], "p_purpose": "treatment"}
    assert http.post(path, json=body).status_code == 401
    headers = make_person("nurse", orgs[0]).headers(api)
    for purpose in (None, "curiosity"):
        answer = http.post(path, json=body | {"p_purpose": purpose}, headers=headers)
        assert answer.status_code == 400, answer.text
        assert "Moss" not in answer.text
