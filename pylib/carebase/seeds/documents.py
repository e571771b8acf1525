"""The files of `seeds/` as typed documents; a wrong one is refused by file and key."""

from __future__ import annotations

import tomllib
from datetime import date, time
from pathlib import Path
from typing import Annotated, Any, Literal, TypeVar
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError, model_validator

from carebase.problems import UsageProblem
from carebase.project import Project
from carebase.seeds.care.documents import Care
from carebase.seeds.circles import Circle
from carebase.seeds.ids import Key
from carebase.seeds.instruments import Instrument, Instruments
from carebase.seeds.library import DimensionCategories, Resource, Resources, TrainingModule, TrainingModules
from carebase.seeds.policies import Policies, Policy
from carebase.seeds.residents import Resident
from carebase.seeds.scheduled import ScheduledJob, ScheduledJobs
from carebase.seeds.weekdays import Weekdays


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Organization(_Strict):
    """An organization of the demo; its slug is the name of the file. The database checks its settings."""

    name: str
    kind: str
    license_tier: str
    time_zone: str
    settings: dict[str, Any] = {}


class ReferenceOrganization(Organization):
    """An organization that every database has."""

    id: UUID
    slug: Key


class FeatureFlag(_Strict):
    """Something for sale, as a database starts with it."""

    key: Key
    name: str
    description: str
    is_enabled_globally: bool
    required_license_tier: str
    is_hidden_when_standalone: bool = False


class Override(_Strict):
    """An organization's own answer for a feature."""

    is_enabled: bool
    reason: str


class Property(_Strict):
    """A building or campus."""

    key: Key
    name: str
    address_lines: list[str]
    city: str
    region: str
    postal_code: str
    country_code: str = "US"


class Site(_Strict):
    """A place that is run as one; `property` is the key of the building it is in."""

    key: Key
    kind: str
    name: str
    property: Key | None = None
    beds: int = Field(default=0, ge=0, le=200)


class Practitioner(_Strict):
    """What makes a person a provider: number of the made-up NPI, role and specialties."""

    number: int = Field(ge=0, lt=10**8)
    role: str
    title: str
    specialties: list[str]


class Checkins(_Strict):
    """On which weekdays a provider checks in, from where, and how far they take part in the hub."""

    on: Weekdays
    setting: str
    level: Literal["aggregate_only", "may_be_contacted"] = "aggregate_only"

    @property
    def may_share(self) -> bool:
        """Nobody shares a check-in who may not be contacted."""
        return self.level == "may_be_contacted"


class Person(_Strict):
    """Someone who signs in; `site` is the one site of a role that is limited, `job` what they work as."""

    key: Key
    prefix: str | None = None
    given: str
    family: str
    email: Annotated[str, StringConstraints(pattern=r"^[a-z0-9.]+@example\.(com|net|org)$")]
    role: str
    site: Key | None = None
    job: str | None = None
    practitioner: Practitioner | None = None
    checkins: Checkins | None = None

    @model_validator(mode="after")
    def _provider_checks_in(self) -> Person:
        if self.checkins and not self.practitioner:
            raise ValueError("only a practitioner checks in")
        return self


class Visits(_Strict):
    """When and by whom (key of a person) a patient is seen, every week."""

    by: Key
    on: Weekdays
    at: time
    minutes: int = Field(gt=0, le=24 * 60)
    class_: str = Field(alias="class")


class Patient(_Strict):
    """Someone who receives care; `record` is the medical record number."""

    key: Key
    given: str
    family: str
    born: date
    gender: str
    record: str
    visits: Visits


class DemoOrganization(_Strict):
    """One file of `seeds/demo`: an organization with all that is in it.

    Without `organization`, the people are those of the reference organization of that slug, which takes
    over `settings` while it has none. Roles hold from `since` on; `history_days` are the days before the
    seeded day that have check-ins and visits.
    """

    since: date
    settings: dict[str, Any] = {}
    history_days: int = Field(default=28, ge=14, le=366)
    organization: Organization | None = None
    features: dict[Key, Override] = {}
    properties: list[Property] = []
    sites: list[Site] = []
    people: list[Person]
    patients: list[Patient] = []
    residents: list[Resident] = []
    circles: list[Circle] = []

    @model_validator(mode="after")
    def _names_exist_once(self) -> DemoOrganization:
        for what, keys in (
            ("properties", [place.key for place in self.properties]),
            ("sites", [site.key for site in self.sites]),
            ("people", [person.key for person in self.people]),
            ("patients", [patient.key for patient in self.patients]),
            ("residents", [resident.key for resident in self.residents]),
            ("circles", [circle.key for circle in self.circles]),
        ):
            twice = sorted({key for key in keys if keys.count(key) > 1})
            if twice:
                raise ValueError(f"{what}: {twice[0]!r} is there twice")
        sites = {site.key for site in self.sites}
        _known("site", sites, [person.site for person in self.people])
        _known("site", sites, [resident.site for resident in self.residents])
        people = {person.key for person in self.people}
        _known("person", people, [resident.person for resident in self.residents])
        _known("person", people, [share.with_ for each in self.residents for share in each.shares])
        _known("property", {place.key for place in self.properties}, [site.property for site in self.sites])
        providers = {person.key for person in self.people if person.practitioner}
        _known("practitioner", providers, [patient.visits.by for patient in self.patients])
        _known("practitioner", providers, [circle.facilitator for circle in self.circles])
        _known("practitioner", providers, [member for circle in self.circles for member in circle.members])
        return self


class _Organizations(_Strict):
    organizations: list[ReferenceOrganization]


class _FeatureFlags(_Strict):
    feature_flags: list[FeatureFlag]


class Reference(_Strict):
    """Everything in `seeds/reference`."""

    organizations: list[ReferenceOrganization]
    feature_flags: list[FeatureFlag]
    training_modules: list[TrainingModule]
    resources: list[Resource]
    instruments: list[Instrument]
    dimension_categories: DimensionCategories
    resilience_policies: list[Policy]
    scheduled_jobs: list[ScheduledJob]


_Document = TypeVar("_Document", bound=BaseModel)


def load_reference(project: Project) -> Reference:
    """Read `seeds/reference`.

    Raises:
        UsageProblem: `seed_file_invalid`, naming the file and the first key that is wrong.
    """
    folder = project.seeds / "reference"
    return Reference(
        organizations=_read(folder / "organizations.toml", _Organizations).organizations,
        feature_flags=_read(folder / "feature_flags.toml", _FeatureFlags).feature_flags,
        training_modules=_read(folder / "training_modules.toml", TrainingModules).training_modules,
        resources=_read(folder / "resources.toml", Resources).resources,
        instruments=_read(folder / "instruments.toml", Instruments).instruments,
        dimension_categories=_read(folder / "dimension_categories.toml", DimensionCategories),
        resilience_policies=_read(folder / "resilience_policies.toml", Policies).resilience_policies,
        scheduled_jobs=_read(folder / "scheduled_jobs.toml", ScheduledJobs).scheduled_jobs,
    )


def load_demo(project: Project) -> dict[str, DemoOrganization]:
    """Read `seeds/demo`: the organizations by slug, in order of their slugs.

    Raises:
        UsageProblem: `seed_file_invalid`, naming the file and the first key that is wrong.
    """
    return {
        file.stem: _read(file, DemoOrganization) for file in sorted((project.seeds / "demo").glob("*.toml"))
    }


def load_care(project: Project, demos: dict[str, DemoOrganization]) -> dict[str, Care]:
    """Read `seeds/demo/care`: what is told of the care in some of the organizations, by slug.

    Raises:
        UsageProblem: `seed_file_invalid`, naming the file and what in it nobody is or has.
    """
    told = {}
    for file in sorted((project.seeds / "demo" / "care").glob("*.toml")):
        care = _read(file, Care)
        demo = demos.get(file.stem)
        known = {
            "person": {person.key for person in demo.people} if demo else set(),
            "resident": {resident.key for resident in demo.residents} if demo else set(),
            "site": {site.key for site in demo.sites} if demo else set(),
        }
        try:
            for what, used in care.named().items():
                _known(what, known[what], used, f"seeds/demo/{file.name}")
        except ValueError as error:
            raise UsageProblem("seed_file_invalid", f"{file}: {error}.") from error
        told[file.stem] = care
    return told


def _known(what: str, known: set[str], used: list[str | None], where: str = "this file") -> None:
    for key in used:
        if key is not None and key not in known:
            raise ValueError(f"there is no {what} {key!r} in {where}")


def _read(file: Path, document: type[_Document]) -> _Document:
    try:
        values: dict[str, Any] = tomllib.loads(file.read_text(encoding="utf-8"))
        return document.model_validate(values)
    except OSError as error:
        raise UsageProblem(
            "seed_file_missing", f"{file} cannot be read: {error.strerror}.", hint="Restore seeds/ from git."
        ) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise UsageProblem("seed_file_invalid", f"{file}: not valid TOML: {error}.") from error
    except ValidationError as error:
        first = error.errors()[0]
        key = ".".join(str(part) for part in first["loc"])
        raise UsageProblem(
            "seed_file_invalid", f"{file}: {key + ': ' if key else ''}{first['msg']}."
        ) from error
