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
        """insert into public.patients (id, family_name, gender, is_deceased, deceased_at)
           values (%s, 'Pat', 'female', true, '2026-01-02T03:04:05Z') returning id""",
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
        asked = {"p_ids": [str(patient_id)]}
        opened = client.rpc("open_patients", {**asked, "p_purpose": "treatment"}).execute().data
        clear = client.rpc("get_patients_restricted", asked).execute().data
        seen[role] = (opened, clear)
    name = {"id": str(patient_id), "family_name": "Pat", "given_names": None, "birth_date": None}
    rest = {"gender": "female", "deceased_at": "2026-01-02T03:04:05+00:00"}
    assert seen == {
        "nurse": ([name | rest], [{"id": str(patient_id), "is_deceased": True}]),
        "scheduler": ([name | dict.fromkeys(rest)], []),
        "carer": ([], []),
    }


@pytest.mark.parametrize(
    "query",
    [
        "select=*",
        "select=id,gender",
        "select=id&is_deceased=is.true",
        "select=id&order=is_deceased",
        "select=id,birth_date_index",
    ],
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
