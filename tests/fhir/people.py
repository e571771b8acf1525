"""Made-up people and what they do, as FHIR resources; every builder gives a small valid one."""

from __future__ import annotations

from typing import Any

from carebase.fhir.npi import NPI_SYSTEM
from carebase.seeds.npi import made_up_npi

Resource = dict[str, Any]

NPI = "1234567893"
OTHER_NPI = made_up_npi(1)
MALFORMED_NPI = "1234567890"


def practitioner(key: str = "pr1", npi: str | None = None, **elements: Any) -> Resource:
    """Someone who gives care."""
    identifiers = [{"system": NPI_SYSTEM, "value": npi}] if npi else []
    name = {"family": "Testperson", "given": ["Prim"], "prefix": ["Dr."]}
    return _resource("Practitioner", key, {"identifier": identifiers, "name": [name], **elements})


def patient(key: str = "pa1", **elements: Any) -> Resource:
    """Someone who receives care."""
    name = {"use": "official", "family": "Sampleton", "given": ["Ada", "B."]}
    return _resource(
        "Patient", key, {"name": [name], "gender": "female", "birthDate": "1950-02-03", **elements}
    )


def organization(key: str = "or1", **elements: Any) -> Resource:
    """An organization that the tenant deals with."""
    return _resource("Organization", key, {"name": "Sample Hospital", **elements})


def role(key: str = "ro1", of: str = "Practitioner/pr1", at: str | None = None, **elements: Any) -> Resource:
    """What a practitioner does somewhere."""
    where = {"organization": {"reference": at}} if at else {}
    return _resource("PractitionerRole", key, {"practitioner": {"reference": of}, **where, **elements})


def encounter(
    key: str = "en1", of: str = "Patient/pa1", by: str | None = None, at: str | None = None, **elements: Any
) -> Resource:
    """A contact of a patient."""
    given: Resource = {"status": "finished", "class": {"code": "AMB"}, "subject": {"reference": of}}
    if by:
        given["participant"] = [{"individual": {"reference": by}}]
    if at:
        given["serviceProvider"] = {"reference": at}
    return _resource("Encounter", key, {**given, **elements})


def everything() -> list[Resource]:
    """One of each, knowing each other; references come before what they lead to."""
    return [
        encounter(
            by="Practitioner/pr1", at="Organization/or1", period={"start": "2026-03-01T09:00:00-06:00"}
        ),
        role(at="Organization/or1", specialty=[{"text": "Geriatrics"}]),
        patient(),
        practitioner(npi=NPI),
        organization(),
    ]


def _resource(name: str, key: str, elements: Resource) -> Resource:
    return {"resourceType": name, "id": key, **elements}
