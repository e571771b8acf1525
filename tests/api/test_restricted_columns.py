"""Restricted columns as a frontend meets them: what is refused, how, and how they are read instead."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID, uuid4

import httpx
import pytest

from tests.api.conftest import Api, Person


@pytest.fixture(scope="module")
def patient(api: Api, make_org: Callable[..., UUID]) -> tuple[UUID, UUID]:
    """An organization and its one patient."""
    org_id, patient_id = make_org("columns"), uuid4()
    api.sql(
        "insert into public.patients (id, family_name, gender) values (%s, 'Pat', 'female') returning id",
        patient_id,
    )
    api.sql(
        "insert into public.org_patients (org_id, patient_id) values (%s, %s) returning org_id",
        org_id,
        patient_id,
    )
    return org_id, patient_id


def test_the_front_desk_reads_the_name_and_a_nurse_also_the_rest(
    patient: tuple[UUID, UUID], make_person: Callable[..., Person]
) -> None:
    org_id, patient_id = patient
    seen = {}
    for role in ("nurse", "scheduler", "carer"):
        client = make_person(role, org_id).client
        named = client.table("patients").select("id, family_name").execute().data
        opened = client.rpc("get_patients_restricted", {"p_ids": [str(patient_id)]}).execute().data
        seen[role] = (named, opened)
    name = [{"id": str(patient_id), "family_name": "Pat"}]
    rest = [{"id": str(patient_id), "gender": "female", "is_deceased": False, "deceased_at": None}]
    assert seen == {"nurse": (name, rest), "scheduler": (name, []), "carer": ([], [])}


@pytest.mark.parametrize(
    "query", ["select=*", "select=id,gender", "select=id&gender=eq.female", "select=id&order=gender"]
)
def test_asking_for_them_in_a_select_is_refused_to_everyone(
    query: str,
    api: Api,
    http: httpx.Client,
    patient: tuple[UUID, UUID],
    make_person: Callable[..., Person],
) -> None:
    nurse = make_person("nurse", patient[0])
    answer = http.get(f"/rest/v1/patients?{query}", headers=nurse.headers(api))
    assert (answer.status_code, answer.json()["code"]) == (403, "42501")
    assert answer.json()["message"] == "permission denied for table patients"


def test_too_many_ids_are_refused(
    api: Api, http: httpx.Client, patient: tuple[UUID, UUID], make_person: Callable[..., Person]
) -> None:
    answer = http.post(
        "/rest/v1/rpc/get_patients_restricted",
        headers=make_person("nurse", patient[0]).headers(api),
        json={"p_ids": [str(uuid4()) for _ in range(1001)]},
    )
    assert (answer.status_code, answer.json()["code"]) == (400, "invalid_input")


def test_anonymous_callers_are_refused(http: httpx.Client) -> None:
    assert http.post("/rest/v1/rpc/get_patients_restricted", json={"p_ids": []}).status_code == 401
