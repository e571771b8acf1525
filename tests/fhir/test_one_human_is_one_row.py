"""A practitioner is one row, whoever imports them; nobody's import changes a person whom others know."""

from __future__ import annotations

from collections.abc import Callable
from uuid import uuid4

from carebase.fhir import Counts, ImportReport
from tests.fhir import people
from tests.fhir.conftest import Clinic, Inbox

Codes = Callable[[ImportReport], list[tuple[str | None, str]]]

OURS = people.practitioner("ours", npi=people.NPI, name=[{"family": "Asweknow"}])
THEIRS = people.practitioner("theirs", npi=people.NPI, name=[{"family": "Astheyknow"}], active=False)


def persons(clinic: Clinic) -> list[tuple[str | None, str | None, int]]:
    found = clinic.rows(
        "select npi, family_name, version from public.fhir_practitioners order by family_name"
    )
    return [(row["npi"], row["family_name"], row["version"]) for row in found]


def test_a_second_organization_is_linked_to_the_same_person(
    clinic: Clinic, inbox: Inbox, codes: Codes
) -> None:
    clinic.load(inbox.single(OURS))
    report = clinic.load(inbox.single(THEIRS), into="hillside")
    assert report.counts["Practitioner"] == Counts(linked=1)
    assert codes(report) == [("theirs", "person_shared")]
    assert persons(clinic) == [(people.NPI, "Asweknow", 1)]
    standing = clinic.rows(
        "select slug, org_practitioners.is_active from public.org_practitioners"
        " join public.organizations on organizations.id = org_id order by slug"
    )
    assert [tuple(row.values()) for row in standing] == [("hillside", False), ("lakeside", True)]
    assert clinic.load(inbox.single(THEIRS), into="hillside").counts["Practitioner"] == Counts(unchanged=1)


def test_nor_may_the_first_change_them_from_then_on(clinic: Clinic, inbox: Inbox, codes: Codes) -> None:
    clinic.load(inbox.single(OURS))
    clinic.load(inbox.single(THEIRS), into="hillside")
    report = clinic.load(inbox.single({**OURS, "name": [{"family": "Renamed"}]}))
    assert report.counts["Practitioner"] == Counts(unchanged=1)
    assert codes(report) == [("ours", "person_shared")]
    assert persons(clinic) == [(people.NPI, "Asweknow", 1)]


def test_who_has_claimed_a_record_owns_it(clinic: Clinic, inbox: Inbox, codes: Codes) -> None:
    path = inbox.lines([OURS, people.patient()])
    clinic.load(path)
    for table in ("fhir_practitioners", "patients"):
        user = uuid4()
        clinic.execute("insert into auth.users (id, email) values (%s, %s)", user, f"{user}@example.com")
        clinic.execute(f"update public.{table} set user_id = %s", user)
    before = clinic.contents()
    report = clinic.load(inbox.lines([{**OURS, "name": []}, people.patient(birthDate="1999-01-01")]))
    assert codes(report) == [("ours", "person_shared"), ("pa1", "person_shared")]
    assert clinic.contents() == before


def test_patients_are_never_taken_for_another_organizations(clinic: Clinic, inbox: Inbox) -> None:
    path = inbox.single(people.patient())
    clinic.load(path)
    assert clinic.load(path, into="hillside").counts["Patient"] == Counts(inserted=1)
    assert clinic.row("select count(*) from public.patients") == {"count": 2}


def test_two_ids_of_one_npi_are_one_person(clinic: Clinic, inbox: Inbox) -> None:
    path = inbox.lines([OURS, THEIRS])
    assert clinic.load(path).counts["Practitioner"] == Counts(inserted=1, linked=1)
    assert persons(clinic) == [(people.NPI, "Astheyknow", 1)]
    assert clinic.load(path).counts["Practitioner"] == Counts(unchanged=2)
    assert persons(clinic) == [(people.NPI, "Astheyknow", 1)]


def test_an_npi_may_come_later(clinic: Clinic, inbox: Inbox) -> None:
    clinic.load(inbox.single({**OURS, "identifier": []}))
    report = clinic.load(inbox.lines([OURS, THEIRS]))
    assert report.counts["Practitioner"] == Counts(updated=1, unchanged=1)
    assert [person[:2] for person in persons(clinic)] == [(people.NPI, "Astheyknow")]


def test_an_npi_that_another_person_has_is_not_taken_over(clinic: Clinic, inbox: Inbox, codes: Codes) -> None:
    clinic.load(inbox.lines([OURS, people.practitioner("late")]))
    path = inbox.lines([people.practitioner("late", npi=people.NPI)])
    report = clinic.load(path)
    assert codes(report) == [("late", "npi_taken")]
    assert persons(clinic) == [(people.NPI, "Asweknow", 1), (None, "Testperson", 1)]


def test_one_npi_goes_to_one_of_two_who_claim_it(clinic: Clinic, inbox: Inbox, codes: Codes) -> None:
    clinic.load(inbox.lines([people.practitioner("one"), people.practitioner("two")]))
    path = inbox.lines(
        [people.practitioner("two", npi=people.NPI), people.practitioner("one", npi=people.NPI)]
    )
    assert codes(clinic.load(path)) == [("two", "npi_taken")]
    before = clinic.contents()
    assert codes(clinic.load(path)) == [("two", "npi_taken")]
    assert clinic.contents() == before
    holder = clinic.row(
        "select fhir_id from app.fhir_links join public.fhir_practitioners on id = local_id where npi <> ''"
    )
    assert holder == {"fhir_id": "one"}


def test_an_npi_once_known_stays(clinic: Clinic, inbox: Inbox, codes: Codes) -> None:
    clinic.load(inbox.single(OURS))
    report = clinic.load(
        inbox.single({**OURS, "identifier": people.practitioner(npi=people.OTHER_NPI)["identifier"]})
    )
    assert codes(report) == [("ours", "npi_differs")]
    assert persons(clinic) == [(people.NPI, "Asweknow", 1)]


def test_a_person_whom_nobody_knows_yet_is_found_by_npi(clinic: Clinic, inbox: Inbox) -> None:
    clinic.execute(
        "insert into public.fhir_practitioners (npi, family_name) values (%s, 'Registered')", people.NPI
    )
    path = inbox.single(OURS)
    assert clinic.load(path).counts["Practitioner"] == Counts(updated=1)
    assert clinic.load(path).counts["Practitioner"] == Counts(unchanged=1)
    assert persons(clinic) == [(people.NPI, "Asweknow", 2)]
