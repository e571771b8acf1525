"""The same input again leaves every row as it is; a changed one changes what differs, and only that."""

from __future__ import annotations

from dataclasses import asdict

from carebase.fhir import Counts, ImportReport
from carebase.fhir.examples import example_paths
from carebase.project import Project
from tests.fhir import people
from tests.fhir.conftest import Clinic, Inbox
from tests.sealed import opened


def outcomes(report: ImportReport) -> dict[str, int]:
    """Numbers over all types, without zeros."""
    total: dict[str, int] = {}
    for counts in report.counts.values():
        for name, number in asdict(counts).items():
            if number:
                total[name] = total.get(name, 0) + number
    return total


def test_the_same_again(clinic: Clinic, inbox: Inbox) -> None:
    path = inbox.lines(
        [
            *people.everything(),
            people.practitioner("same-npi", npi=people.NPI, name=[{"family": "Othername"}]),
            people.practitioner("bad-npi", npi=people.MALFORMED_NPI),
            people.encounter("refused", of="Patient/nobody"),
        ]
    )
    first = clinic.load(path)
    before = clinic.contents()
    again = clinic.load(path)
    assert clinic.contents() == before
    assert outcomes(first) == {"inserted": 6, "linked": 1, "refused": 1}
    assert outcomes(again) == {"unchanged": 7, "refused": 1}
    assert list(again.findings) == list(first.findings)


def test_only_what_differs_is_changed(clinic: Clinic, inbox: Inbox) -> None:
    clinic.load(inbox.lines(people.everything()))
    changed = [
        people.patient(birthDate="1950-02-04"),
        people.practitioner(npi=people.NPI, active=False),
        people.encounter(by="Practitioner/pr1", at="Organization/or1", status="cancelled"),
        people.organization(name="Renamed"),
        people.role(at="Organization/or1", specialty=[{"text": "Geriatrics"}]),
    ]
    report = clinic.load(inbox.lines(changed))
    assert {name for name, counts in report.counts.items() if counts == Counts(updated=1)} == {
        "Patient",
        "Practitioner",
        "Encounter",
        "Organization",
    }
    assert report.counts["PractitionerRole"] == Counts(unchanged=1)
    versions = {
        table: clinic.row(f"select version from {table}")["version"]
        for table in (
            "public.patients",
            "public.org_patients",
            "public.fhir_practitioners",
            "public.org_practitioners",
        )
    }
    assert list(versions.values()) == [2, 1, 1, 2]
    assert clinic.row("select is_active from public.org_practitioners") == {"is_active": False}


def test_what_the_organization_set_itself_stays(clinic: Clinic, inbox: Inbox) -> None:
    path = inbox.lines([people.patient(), people.practitioner()])
    clinic.load(path)
    clinic.execute(
        "update public.org_patients set medical_record_number = app.plain('ours'), is_active = false"
    )
    clinic.execute("update public.org_practitioners set is_active = false")
    assert outcomes(clinic.load(path)) == {"unchanged": 2}


def test_what_was_removed_stays_removed(clinic: Clinic, inbox: Inbox) -> None:
    path = inbox.lines([people.patient()])
    clinic.load(path)
    clinic.execute("update public.org_patients set deleted_at = now()")
    report = clinic.load(path)
    assert [finding.code for finding in report.findings] == ["removed"]
    assert clinic.row("select count(*) from public.org_patients where deleted_at is not null") == {"count": 1}


def test_of_several_versions_the_latest_counts(clinic: Clinic, inbox: Inbox) -> None:
    def version(day: int, family: str) -> people.Resource:
        return people.patient(meta={"lastUpdated": f"2026-01-0{day}T00:00:00Z"}, name=[{"family": family}])

    report = clinic.load(
        inbox.lines([version(2, "Second"), version(3, "Third"), people.patient(meta={"lastUpdated": "?"})]),
        inbox.lines(
            [version(1, "First"), people.practitioner(), people.practitioner(name=[])], "more.ndjson"
        ),
    )
    assert outcomes(report) == {"inserted": 2, "superseded": 4}
    assert clinic.row(f"select {opened('family_name')} as name from public.patients") == {"name": "Third"}
    assert clinic.row("select family_name from public.fhir_practitioners") == {"family_name": None}


def test_a_dry_run_reports_the_same_and_changes_nothing(clinic: Clinic, inbox: Inbox) -> None:
    path = inbox.lines([*people.everything(), people.encounter("refused", of="Patient/nobody")])
    before = clinic.contents()
    dry = clinic.load(path, dry_run=True)
    assert clinic.contents() == before
    real = clinic.load(path)
    assert dry.counts == real.counts
    assert list(dry.findings) == list(real.findings)
    assert (dry.dry_run, real.dry_run) == (True, False)


def test_the_examples_of_the_standard_load_without_exception(clinic: Clinic, project: Project) -> None:
    paths = example_paths(project)
    report = clinic.load(*paths, validation="full")
    assert {name: counts.inserted for name, counts in report.counts.items()} == {
        "Organization": 13,
        "Practitioner": 14,
        "Patient": 22,
        "PractitionerRole": 1,
        "Encounter": 10,
    }
    assert len(report.findings) == 0
    assert report.files == len(paths) == 60
    before = clinic.contents()
    assert outcomes(clinic.load(*paths)) == {"unchanged": 60}
    assert clinic.contents() == before
