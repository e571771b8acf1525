"""A FHIR reference names a resource in one of several ways; what names nothing we could look up is empty."""

from __future__ import annotations

import pytest

from carebase.fhir.elements import Element
from carebase.fhir.npi import NPI_SYSTEM
from carebase.fhir.problems import Refused
from carebase.fhir.references import identity_from, read_target
from tests.fhir.people import MALFORMED_NPI, NPI

UUID = "urn:uuid:0c3151bd-1cbf-4d64-b04d-cd9187a4c6e0"


@pytest.mark.parametrize(
    ("reference", "target"),
    [
        ("Patient/a-1.b", {"url": "Patient/a-1.b", "type": "Patient", "id": "a-1.b"}),
        ("Patient/1/_history/4", {"url": "Patient/1", "type": "Patient", "id": "1"}),
        (
            "https://x.example/fhir/Patient/1",
            {"url": "https://x.example/fhir/Patient/1", "type": "Patient", "id": "1"},
        ),
        (UUID, {"url": UUID}),
        (f"Practitioner?identifier={NPI_SYSTEM}|{NPI}", {"npi": NPI}),
        (f"Practitioner?identifier={NPI_SYSTEM}%7C{NPI}", {"npi": NPI}),
        (f"Practitioner?identifier={NPI_SYSTEM}|{MALFORMED_NPI}", {}),
        ("Practitioner?name=x", {}),
        ("#contained", {}),
        ("patient/1", {}),
        ("Patient/1/2", {}),
        ("Patient/" + "1" * 65, {}),
    ],
)
def test_literal_references(reference: str, target: dict[str, str]) -> None:
    assert read_target(Element({"reference": reference})) == target


@pytest.mark.parametrize(
    ("identifier", "target"),
    [
        ({"system": NPI_SYSTEM, "value": NPI}, {"npi": NPI}),
        ({"system": NPI_SYSTEM, "value": MALFORMED_NPI}, {}),
        ({"system": NPI_SYSTEM}, {}),
        ({"system": "urn:other", "value": NPI}, {}),
    ],
)
def test_logical_references(identifier: dict[str, str], target: dict[str, str]) -> None:
    assert read_target(Element({"identifier": identifier})) == target


@pytest.mark.parametrize("reference", [5, [], "a\x00b", "x" * 1001])
def test_what_is_no_reference_is_refused(reference: object) -> None:
    with pytest.raises(Refused, match=r"^subject\.reference "):
        read_target(Element({"reference": reference}, "subject"))


@pytest.mark.parametrize(
    ("full_url", "identity"),
    [
        (UUID, (None, UUID)),
        ("https://x.example/fhir/Patient/1", ("Patient", "1")),
        ("urn:uuid:nonsense", None),
        ("urn:oid:1.2.3", None),
        ("https://x.example/", None),
    ],
)
def test_identity_of_an_entry_without_id(full_url: str, identity: tuple[str | None, str] | None) -> None:
    assert identity_from(full_url) == identity
