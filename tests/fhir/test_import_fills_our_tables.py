"""Resources become rows that know each other, whatever order and form they come in."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest

from carebase.fhir import Counts, ImportReport
from tests.fhir import people
from tests.fhir.conftest import Clinic, Inbox
from tests.sealed import opened

PATIENT_UUID = "urn:uuid:0c3151bd-1cbf-4d64-b04d-cd9187a4c6e0"
PRACTITIONER_UUID = "urn:uuid:cc0a9bb4-2a4c-4f7b-9d4e-6a3f2f1d0e11"

Codes = Callable[[ImportReport], list[tuple[str | None, str]]]

ENCOUNTERS = f"""
select {opened("family_name")} as patient, fhir_practitioners.family_name as provider,
  external_organizations.name as organization, encounters.*
from public.encounters
join public.patients on patients.id = encounters.patient_id
left join public.fhir_practitioners on fhir_practitioners.id = encounters.provider_id
left join public.external_organizations on external_organizations.id = encounters.external_organization_id
"""


def inserted(report: ImportReport) -> list[int]:
    """In the order Organization, Practitioner, Patient, PractitionerRole, Encounter."""
    return [counts.inserted for counts in report.counts.values()]


def test_one_of_each(clinic: Clinic, inbox: Inbox) -> None:
    report = clinic.load(inbox.lines(people.everything()))
    assert report.counts == {name: Counts(inserted=1) for name in report.counts}
    assert len(report.findings) == 0
    encounter = clinic.row(ENCOUNTERS)
    assert (encounter["patient"], encounter["provider"]) == ("Sampleton", "Testperson")
    assert encounter["organization"] == "Sample Hospital"
    assert (encounter["status"], encounter["class_code"]) == ("finished", "AMB")
    assert encounter["date_of_service"] == date(2026, 3, 1)
    person = clinic.row(
        f"select {opened('given_names')} as given, {opened('gender')} as gender,"
        f" {opened('birth_date')}::date as born from public.patients"
    )
    assert list(person.values()) == ['["Ada", "B."]', "female", date(1950, 2, 3)]
    giver = clinic.row("select * from public.fhir_practitioners")
    assert (giver["npi"], giver["name_prefix"]) == (people.NPI, "Dr.")
    assert clinic.row("select specialties from public.practitioner_roles") == {"specialties": ["Geriatrics"]}
    assert clinic.row("select count(*) from app.fhir_links") == {"count": 5}


@pytest.mark.parametrize(
    ("subject", "entry"),
    [
        (PATIENT_UUID, {"fullUrl": PATIENT_UUID}),
        ("Patient/pa1", {"fullUrl": PATIENT_UUID}),
        ("Patient/pa1", {"fullUrl": "https://x.example/fhir/Patient/pa1"}),
        ("Patient/pa1", {}),
        ("https://x.example/fhir/Patient/pa1", {"fullUrl": "https://x.example/fhir/Patient/pa1"}),
        ("https://x.example/fhir/Patient/pa1/_history/3", {}),
        ("https://x.example/by-number/17", {"fullUrl": "https://x.example/by-number/17"}),
    ],
)
def test_references_in_a_bundle(clinic: Clinic, inbox: Inbox, subject: str, entry: dict[str, Any]) -> None:
    bundle = [{"resource": people.encounter(of=subject)}, {**entry, "resource": people.patient()}]
    report = clinic.load(inbox.bundle(bundle))
    expected = [0, 0, 1, 0, 1]
    if "by-number" in subject:
        assert [finding.code for finding in report.findings] == ["patient_unknown"]
        expected = [0, 0, 1, 0, 0]
    assert inserted(report) == expected


def test_resources_of_a_transaction_have_no_ids(clinic: Clinic, inbox: Inbox) -> None:
    entries = [
        {"fullUrl": url, "resource": {key: value for key, value in resource.items() if key != "id"}}
        for url, resource in (
            (PATIENT_UUID, people.patient()),
            (PRACTITIONER_UUID, people.practitioner()),
            (
                "urn:uuid:6d1b2c3a-0000-4000-8000-000000000001",
                people.encounter(of=PATIENT_UUID, by=PRACTITIONER_UUID),
            ),
        )
    ]
    path = inbox.bundle(entries)
    assert inserted(clinic.load(path)) == [0, 1, 1, 0, 1]
    assert clinic.row(ENCOUNTERS)["provider"] == "Testperson"
    again = clinic.load(path)
    assert [counts.unchanged for counts in again.counts.values()] == [0, 1, 1, 0, 1]


def test_a_full_url_means_nothing_outside_its_bundle(clinic: Clinic, inbox: Inbox, codes: Codes) -> None:
    theirs = inbox.bundle([{"fullUrl": PATIENT_UUID, "resource": people.patient()}], "theirs.json")
    ours = inbox.bundle([{"resource": people.encounter(of=PATIENT_UUID)}], "ours.json")
    assert codes(clinic.load(theirs, ours)) == [("en1", "patient_unknown")]


def test_earlier_imports_are_known(clinic: Clinic, inbox: Inbox) -> None:
    clinic.load(inbox.lines([people.patient(), people.practitioner(), people.organization()]))
    report = clinic.load(inbox.single(people.encounter(by="Practitioner/pr1", at="Organization/or1")))
    assert inserted(report) == [0, 0, 0, 0, 1]
    assert len(report.findings) == 0


def test_another_organizations_people_are_not(clinic: Clinic, inbox: Inbox, codes: Codes) -> None:
    clinic.load(inbox.single(people.patient()), into="hillside")
    assert codes(clinic.load(inbox.single(people.encounter()))) == [("en1", "patient_unknown")]


def test_a_participant_may_be_named_by_role_or_npi(clinic: Clinic, inbox: Inbox) -> None:
    by_npi = {"identifier": {"system": "http://hl7.org/fhir/sid/us-npi", "value": people.NPI}}
    report = clinic.load(
        inbox.lines(
            [
                people.patient(),
                people.practitioner(npi=people.NPI),
                people.role(),
                people.encounter("by-role", by="PractitionerRole/ro1"),
                people.encounter("by-npi", participant=[{"individual": by_npi}]),
            ]
        )
    )
    assert len(report.findings) == 0
    assert [row["provider"] for row in clinic.rows(ENCOUNTERS)] == ["Testperson", "Testperson"]


def test_the_primary_performer_is_the_provider(clinic: Clinic, inbox: Inbox) -> None:
    def took_part(reference: str, *codes: str) -> dict[str, Any]:
        kinds = [{"coding": [{"code": code} for code in codes]}]
        return {"type": kinds, "individual": {"reference": reference}}

    participants = [
        {"type": [{"text": "nobody"}]},
        took_part("RelatedPerson/daughter"),
        took_part("Practitioner/gone", "ATND"),
        took_part("Practitioner/first", "CON"),
        took_part("Practitioner/main", "PART", "PPRF"),
    ]
    report = clinic.load(
        inbox.lines(
            [
                people.patient(),
                people.practitioner("first", name=[{"family": "First"}]),
                people.practitioner("main", name=[{"family": "Main"}]),
                people.encounter("ranked", participant=participants),
                people.encounter("in-order", participant=participants[:4]),
            ]
        )
    )
    assert len(report.findings) == 0
    assert sorted(row["provider"] for row in clinic.rows(ENCOUNTERS)) == ["First", "Main"]


def test_what_is_not_known_is_refused_or_left_out(clinic: Clinic, inbox: Inbox, codes: Codes) -> None:
    report = clinic.load(
        inbox.lines(
            [
                people.patient(),
                people.patient("refused", gender="f"),
                people.practitioner(),
                people.encounter("of-nobody", of="Patient/nobody"),
                people.encounter("of-refused", of="Patient/refused"),
                people.encounter("of-group", of="Group/pa1"),
                people.encounter("by-nobody", by="Practitioner/nobody", at="Organization/nowhere"),
                people.encounter("reversed", period={"start": "2026-01-02", "end": "2026-01-01"}),
                people.role("of-nobody", of="Practitioner/nobody"),
                people.role("nowhere", at="Organization/nowhere"),
                people.role("reversed", period={"start": "2026-01-02T06:00:00Z", "end": "2026-01-01"}),
            ]
        )
    )
    assert codes(report) == [
        ("refused", "value_invalid"),
        ("of-nobody", "practitioner_unknown"),
        ("nowhere", "organization_unknown"),
        ("reversed", "period_reversed"),
        ("of-nobody", "patient_unknown"),
        ("of-refused", "patient_unknown"),
        ("of-group", "patient_unknown"),
        ("by-nobody", "provider_unknown"),
        ("by-nobody", "organization_unknown"),
        ("reversed", "period_reversed"),
    ]
    assert inserted(report) == [0, 1, 1, 1, 1]
    assert (report.refused, report.findings.warnings) == (7, 3)
    assert clinic.row(ENCOUNTERS)["provider_id"] is None
    assert {"app.fhir_links": 4}["app.fhir_links"] == clinic.row("select count(*) from app.fhir_links")[
        "count"
    ]


def test_days_are_the_organizations(clinic: Clinic, inbox: Inbox) -> None:
    periods = {
        "late": {"start": "2026-03-02T05:30:00Z", "end": "2026-03-02T06:30:00Z"},
        "whole-day": {"start": "2026-07-01", "end": "2026-07-01"},
        "some-month": {"start": "2026-07"},
        "ended": {"end": "2026-07-01T12:00:00+02:00"},
        "unknown": {},
    }
    resources = [people.encounter(key, period=period) for key, period in periods.items()]
    assert clinic.load(inbox.lines([people.patient(), *resources])).refused == 0
    found = {
        row["fhir_id"]: (row["date_of_service"], row["start"], row["end"])
        for row in clinic.rows(
            "select fhir_id, date_of_service, lower(took_place_during) as start,"
            " upper(took_place_during) as end"
            " from public.encounters join app.fhir_links on local_id = encounters.id"
        )
    }
    assert found == {
        "late": (
            date(2026, 3, 1),
            datetime(2026, 3, 2, 5, 30, tzinfo=UTC),
            datetime(2026, 3, 2, 6, 30, tzinfo=UTC),
        ),
        "whole-day": (
            date(2026, 7, 1),
            datetime(2026, 7, 1, 5, tzinfo=UTC),
            datetime(2026, 7, 2, 5, tzinfo=UTC),
        ),
        "some-month": (None, datetime(2026, 7, 1, 5, tzinfo=UTC), None),
        "ended": (None, None, datetime(2026, 7, 1, 10, tzinfo=UTC)),
        "unknown": (None, None, None),
    }


def test_people_keep_what_is_known_of_them(clinic: Clinic, inbox: Inbox, codes: Codes) -> None:
    record = {"type": {"coding": [{"code": "MR"}]}, "value": "MR-1"}
    former = {"use": "old", "type": {"coding": [{"code": "MR"}]}, "value": "MR-0"}
    names = [
        {"use": "maiden", "family": "Maiden"},
        {"use": "nickname", "text": "Addie"},
        {"use": "official", "family": "Now"},
    ]
    path = inbox.lines(
        [
            people.patient("a", name=names, birthDate="1950-02", identifier=[former, record], active=False),
            people.patient("b", name=[{"text": "Only A. Text"}], birthDate="1950", deceasedBoolean=True),
            people.patient("c", name=[], deceasedDateTime="2020-05"),
            people.patient(
                "d", name=[{"given": ["Given", None, " "]}], deceasedDateTime="2020-05-01T12:00:00+02:00"
            ),
        ]
    )
    assert codes(clinic.load(path)) == [("c", "precision_lost")]
    assert clinic.load(path).counts["Patient"] == Counts(unchanged=4)
    found = clinic.rows(
        f"select fhir_id, {opened('family_name')} as family_name, {opened('given_names')}::jsonb as given,"
        f" {opened('birth_date')}::date as born, birth_date_precision, is_deceased,"
        f" {opened('deceased_at')}::timestamptz as died,"
        f" {opened('medical_record_number', 'org_patients')} as number,"
        " org_patients.is_active from public.patients join public.org_patients"
        " on patient_id = patients.id join app.fhir_links on local_id = patient_id order by fhir_id"
    )
    born = date(1950, 2, 3)
    assert [tuple(row.values()) for row in found] == [
        ("a", "Now", None, date(1950, 2, 1), "month", False, None, "MR-1", False),
        ("b", "Only A. Text", None, date(1950, 1, 1), "year", True, None, None, True),
        ("c", None, None, born, "day", True, None, None, True),
        ("d", None, ["Given"], born, "day", True, datetime(2020, 5, 1, 10, tzinfo=UTC), None, True),
    ]


def test_a_malformed_npi_is_left_out(clinic: Clinic, inbox: Inbox, codes: Codes) -> None:
    report = clinic.load(inbox.single(people.practitioner(npi=people.MALFORMED_NPI)))
    assert codes(report) == [("pr1", "npi_malformed")]
    assert (report.refused, report.findings.warnings) == (0, 1)
    assert clinic.row("select npi, family_name from public.fhir_practitioners") == {
        "npi": None,
        "family_name": "Testperson",
    }
    assert people.MALFORMED_NPI not in str(list(report.findings))


def test_full_validation_refuses_what_is_not_loaded_too(clinic: Clinic, inbox: Inbox, codes: Codes) -> None:
    path = inbox.lines([people.patient("good"), people.patient("bad", maritalStatus="Sampleton", extra=1)])
    assert len(clinic.load(path, dry_run=True).findings) == 0
    report = clinic.load(path, validation="full")
    assert codes(report) == [("bad", "not_conformant")]
    (finding,) = report.findings
    assert "maritalStatus" in finding.reason
    assert "Sampleton" not in finding.reason
