"""From a FHIR resource to the values that our tables keep of it, one function per resource type.

Limits are those of the tables' constraints: what passes here never fails there. FHIR allows several names,
our tables hold one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from carebase.fhir.elements import Element
from carebase.fhir.npi import NPI_SYSTEM, is_npi
from carebase.fhir.problems import Refused, invalid
from carebase.fhir.references import Target, read_target
from carebase.fhir.times import read_date, read_date_time

GENDERS = ("male", "female", "other", "unknown")
ENCOUNTER_STATUSES = (
    "planned",
    "arrived",
    "triaged",
    "in-progress",
    "onleave",
    "finished",
    "cancelled",
    "entered-in-error",
    "unknown",
)

_ID = 1000
_CODE = 100
_TITLE = 50
_FAMILY_NAME = 200
_GIVEN_NAMES = (20, 500)
_DISPLAY = 500
_SPECIALTIES = (50, 5000)
_PROVIDERS = ("Practitioner", "PractitionerRole")
_MOST_PROVIDERS = 20
# Primary performer and attender in the code system v3-ParticipationType.
_PRIMARY = ("PPRF", "ATND")


@dataclass(slots=True)
class Shaped:
    """What is kept of a resource: values by column, references by role, and what could not be kept.

    Of several references in one role, the first that is known counts.
    """

    values: dict[str, Any]
    targets: dict[str, list[Target]] = field(default_factory=dict)
    warnings: list[Refused] = field(default_factory=list)


def shape_organization(resource: Element) -> Shaped:
    """Name, kind and whether it still exists."""
    kind = resource.first("type")
    return Shaped(
        {
            "name": resource.text("name", _DISPLAY),
            "type_code": _coded(kind)[0] if kind else None,
            "is_active": resource.flag("active"),
        }
    )


def shape_practitioner(resource: Element) -> Shaped:
    """Name, gender, qualifications and NPI; a malformed NPI is left out with a warning."""
    warnings: list[Refused] = []
    npi = None
    for identifier in resource.children("identifier"):
        if identifier.value.get("system") != NPI_SYSTEM or npi:
            continue
        value = identifier.text("value", _ID)
        if value and is_npi(value):
            npi = value
        elif value:
            warnings.append(
                Refused("npi_malformed", f"{identifier.at('value')} is no NPI; loaded without it")
            )
    codes = (item.child("code") for item in resource.children("qualification"))
    values = {
        **_name(resource, with_titles=True),
        "npi": npi,
        "gender": resource.code("gender", GENDERS),
        "specialties": _displays((code for code in codes if code), resource.at("qualification")),
        "is_active": resource.flag("active"),
    }
    return Shaped(values, warnings=warnings)


def shape_patient(resource: Element) -> Shaped:
    """Name, gender, birth date, death and medical record number."""
    warnings: list[Refused] = []
    born = read_date(resource, "birthDate")
    died = read_date_time(resource, "deceasedDateTime")
    if died and died.precision != "instant":
        warnings.append(
            Refused("precision_lost", "deceasedDateTime has no time of day; loaded as deceased only")
        )
    values = {
        **_name(resource, with_titles=False),
        "gender": resource.code("gender", GENDERS),
        "birth_date": born.text if born else None,
        "birth_date_precision": born.precision if born else "day",
        "is_deceased": bool(resource.flag("deceasedBoolean") or died),
        "deceased_at": died.text if died and died.precision == "instant" else None,
        "medical_record_number": _medical_record_number(resource),
        "is_active": resource.flag("active"),
    }
    return Shaped(values, warnings=warnings)


def shape_practitioner_role(resource: Element) -> Shaped:
    """Who does what, where, in which specialties and when."""
    role = resource.first("code")
    code, display = _coded(role) if role else (None, None)
    values = {
        "role_code": code,
        "role_display": display,
        "specialties": _displays(resource.children("specialty"), resource.at("specialty")),
        "is_active": resource.flag("active"),
        **_period(resource),
    }
    return Shaped(
        values,
        _targets(
            practitioner=[_required(resource, "practitioner")], organization=[resource.child("organization")]
        ),
    )


def shape_encounter(resource: Element) -> Shaped:
    """Whom, by whom, where, when, and how it stands."""
    status = resource.code("status", ENCOUNTER_STATUSES)
    if status is None:
        raise invalid("status", "is missing")
    class_code = _required(resource, "class").text("code", _CODE)
    if class_code is None:
        raise invalid("class.code", "is missing")
    values = {"status": status, "class_code": class_code, **_period(resource)}
    return Shaped(
        values,
        _targets(
            patient=[_required(resource, "subject")],
            provider=_providers(resource),
            organization=[resource.child("serviceProvider")],
        ),
    )


SHAPES: dict[str, Callable[[Element], Shaped]] = {
    "Organization": shape_organization,
    "Practitioner": shape_practitioner,
    "Patient": shape_patient,
    "PractitionerRole": shape_practitioner_role,
    "Encounter": shape_encounter,
}


def _required(resource: Element, key: str) -> Element:
    found = resource.child(key)
    if found is None:
        raise invalid(key, "is missing")
    return found


def _targets(**references: Sequence[Element | None]) -> dict[str, list[Target]]:
    found = {role: [read_target(each) for each in several if each] for role, several in references.items()}
    return {role: targets for role, targets in found.items() if targets}


def _name(resource: Element, *, with_titles: bool) -> dict[str, Any]:
    """The official name if there is one, else the usual one, else the first that is not a former one."""
    rank = {"official": 0, "usual": 1, None: 2, "old": 8, "maiden": 9}
    names = sorted(resource.children("name"), key=lambda name: rank.get(_use(name), 3))
    if not names:
        return {"family_name": None, "given_names": []}
    name = names[0]
    given = name.texts("given", _GIVEN_NAMES[1])
    _check_total(given, _GIVEN_NAMES, name.at("given"))
    family = name.text("family", _FAMILY_NAME)
    if not family and not given:
        family = name.text("text", _FAMILY_NAME)
    parts: dict[str, Any] = {"family_name": family, "given_names": given}
    if with_titles:
        for column, key in (("name_prefix", "prefix"), ("name_suffix", "suffix")):
            title = " ".join(name.texts(key, _TITLE)) or None
            if title and len(title) > _TITLE:
                raise invalid(name.at(key), f"is longer than {_TITLE} characters")
            parts[column] = title
    return parts


def _use(name: Element) -> str | None:
    use = name.value.get("use")
    return use if isinstance(use, str) else None


def _medical_record_number(resource: Element) -> str | None:
    for identifier in resource.children("identifier"):
        kind = identifier.child("type")
        if kind and any(coding.value.get("code") == "MR" for coding in kind.children("coding")):
            number = identifier.text("value", _CODE)
            if number and identifier.value.get("use") != "old":
                return number
    return None


def _coded(concept: Element) -> tuple[str | None, str | None]:
    """Code and display of a CodeableConcept."""
    coding = concept.first("coding")
    code = coding.text("code", _CODE) if coding else None
    display = coding.text("display", _DISPLAY) if coding else None
    return code, display or concept.text("text", _DISPLAY)


def _displays(concepts: Iterable[Element], path: str) -> list[str]:
    found = [display or code for code, display in map(_coded, concepts)]
    kept = list(dict.fromkeys(text for text in found if text))
    _check_total(kept, _SPECIALTIES, path)
    return kept


def _check_total(texts: list[str], limits: tuple[int, int], path: str) -> None:
    most, length = limits
    if len(texts) > most:
        raise invalid(path, f"has more than {most} values")
    if len(" ".join(texts)) > length:
        raise invalid(path, f"is longer than {length} characters in all")


def _period(resource: Element) -> dict[str, str]:
    """Bounds that are instants as they are (`…_at`), others as days at whose midnights the period is cut off,
    in the time zone of the organization (`…_day`). The first day, where it is known, is `start_on`.
    """
    period = resource.child("period")
    start = read_date_time(period, "start") if period else None
    end = read_date_time(period, "end") if period else None
    bounds: dict[str, str] = {}
    if start:
        bounds["start_at" if start.after is None else "start_day"] = start.text
        if start.precision == "day":
            bounds["start_on"] = start.text
    if end:
        bounds.update({"end_at": end.text} if end.after is None else {"end_day": end.after})
    return bounds


def _providers(resource: Element) -> list[Element]:
    """Practitioners who took part: the primary performer or the attending one first, then in their order."""
    primary: list[Element] = []
    others: list[Element] = []
    for participant in resource.children("participant"):
        individual = participant.child("individual")
        if individual is None or read_target(individual).get("type", "Practitioner") not in _PROVIDERS:
            continue
        codings = (coding for kind in participant.children("type") for coding in kind.children("coding"))
        is_primary = any(coding.value.get("code") in _PRIMARY for coding in codings)
        (primary if is_primary else others).append(individual)
    return (primary + others)[:_MOST_PROVIDERS]
