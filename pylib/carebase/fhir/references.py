"""From one resource to another: what a FHIR reference names, before anybody looks whether it exists.

A reference is kept as up to four values, of which the merge uses what it can: `url` is looked up among the
`fullUrl`s of the same Bundle; `type` and `id` among everything imported; `npi` among the practitioners of the
organization.
"""

from __future__ import annotations

import re

from carebase.fhir.elements import Element
from carebase.fhir.npi import NPI_SYSTEM, is_npi

Target = dict[str, str]

FHIR_ID = re.compile(r"[A-Za-z0-9.\-]{1,64}", re.ASCII)
LONGEST_URL = 1000
_UUID = re.compile(r"urn:uuid:[0-9A-Fa-f-]{36}", re.ASCII)
_LITERAL = re.compile(
    r"(?P<url>(?:https?://[^\s?#]+/)?(?P<type>[A-Z][A-Za-z]{1,63})/(?P<id>[A-Za-z0-9.\-]{1,64}))(?:/_history/[^/]+)?",
    re.ASCII,
)
_CONDITIONAL = re.compile(
    rf"Practitioner\?identifier={re.escape(NPI_SYSTEM)}(?:\||%7[Cc])(?P<npi>[0-9]+)", re.ASCII
)


def read_target(reference: Element) -> Target:
    """What a Reference element names; empty if that is nothing to be looked up, such as `#contained`.

    Raises:
        Refused: it is not a Reference at all.

    Example:
        >>> read_target(Element({"reference": "https://ehr.example/fhir/Patient/f1/_history/2"}))
        {'url': 'https://ehr.example/fhir/Patient/f1', 'type': 'Patient', 'id': 'f1'}
    """
    text = reference.text("reference", LONGEST_URL)
    if text is None:
        identifier = reference.child("identifier")
        return _by_npi(identifier) if identifier else {}
    if text.startswith("urn:"):
        return {"url": text}
    if match := _LITERAL.fullmatch(text):
        return match.groupdict()
    if match := _CONDITIONAL.fullmatch(text):
        return match.groupdict() if is_npi(match["npi"]) else {}
    return {}


def identity_from(full_url: str) -> tuple[str | None, str] | None:
    """Type and id of a Bundle entry whose resource has no `id`, by its `fullUrl`; None if that says neither.

    A `urn:uuid:` is an id by itself.
    """
    if _UUID.fullmatch(full_url):
        return None, full_url
    match = _LITERAL.fullmatch(full_url)
    return (match["type"], match["id"]) if match else None


def _by_npi(identifier: Element) -> Target:
    if identifier.value.get("system") != NPI_SYSTEM:
        return {}
    value = identifier.text("value", LONGEST_URL)
    return {"npi": value} if value and is_npi(value) else {}
