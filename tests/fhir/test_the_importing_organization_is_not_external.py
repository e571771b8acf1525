"""Among the Organization resources of an export is the organization that imports it; `--self` says which."""

from __future__ import annotations

from uuid import UUID

from carebase.fhir import Counts
from tests.fhir import people
from tests.fhir.conftest import Clinic, Inbox


def provider_of_service(clinic: Clinic) -> UUID | None:
    """The external organization of the only encounter."""
    found: UUID | None = clinic.row("select external_organization_id as id from public.encounters")["id"]
    return found


def test_the_organization_itself_is_no_external_one(clinic: Clinic, inbox: Inbox) -> None:
    resources = [people.organization("us"), people.patient(), people.encounter(at="Organization/us")]
    path = inbox.lines(resources)
    report = clinic.load(path, tenant_id="us")
    assert len(report.findings) == 0
    assert report.counts["Organization"] == Counts(unchanged=1)
    assert clinic.rows("select * from public.external_organizations") == []
    assert provider_of_service(clinic) is None
    assert clinic.load(path).counts["Organization"] == Counts(unchanged=1)


def test_that_it_is_the_organization_itself_may_be_said_later(clinic: Clinic, inbox: Inbox) -> None:
    path = inbox.lines([people.organization("us"), people.patient(), people.encounter(at="Organization/us")])
    clinic.load(path)
    assert provider_of_service(clinic) is not None
    report = clinic.load(path, tenant_id="us")
    assert report.counts["Encounter"] == Counts(updated=1)
    assert provider_of_service(clinic) is None
    assert clinic.load(path).counts["Encounter"] == Counts(unchanged=1)
