"""The people as COPY reads them, one row at a time: nothing is kept, however many there are."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from carebase.seeds.scale.plan import TEAM_SIZE, People, noon, timed_id

# Of all people, by the last digit of their number: two take no part, one without a name, three may be called.
_LEVELS = (None, None, "anonymous", *["may_be_contacted"] * 3, *["aggregate_only"] * 4)
_ROLES = ("org_owner", "admin", "care_manager", "wellness_officer")
_STAMPS = "created_at, updated_at"


@dataclass(frozen=True)
class Step:
    """Rows of one table that are written together or not at all; the first `key` columns are its key.

    Attributes:
        sealed: columns that come in plain and are sealed on their way; each with the column that says whose
            key it is with, None: the organization's.
    """

    table: str
    columns: str
    key: int
    lines: Iterator[str]
    sealed: tuple[tuple[str, str | None], ...] = ()


def level_of(index: int) -> str | None:
    """How far a person takes part."""
    return _LEVELS[index % 10]


def slug(number: int) -> str:
    """What tells a generated organization from any other; its id follows from its number, and the plan."""
    return f"generated-{number}"


def organizations(people: People) -> Iterator[Step]:
    """The organizations, and what each has once."""
    plan, stamps = people.plan, _stamps(people)
    numbers = range(people.first, people.first + people.organizations)
    yield Step(
        "public.organizations",
        f"id, name, slug, kind, license_tier, settings, {_STAMPS}",
        1,
        (
            f"{plan.id('organization', n)}\tGenerated organization {n}\t{slug(n)}\tcare_management\t"
            f'standard\t{{"mfa_roles": []}}\t{stamps}'
            for n in numbers
        ),
    )
    yield Step(
        "public.organization_feature_flags",
        f"org_id, id, feature_key, is_enabled, {_STAMPS}",
        2,
        (f"{plan.id('organization', n)}\t{plan.id('flag', n)}\tresilience_hub\tt\t{stamps}" for n in numbers),
    )


def persons(people: People) -> Iterator[Step]:
    """The people: as who signs in, and as who gives care."""
    stamps, everybody = _stamps(people), range(people.count)
    yield Step(
        "auth.users",
        f"id, email, aud, role, {_STAMPS}",
        1,
        (
            f"{people.user(i)}\t{people.place(i)[0]}-{people.place(i)[1]}@generated.example.com\t"
            f"authenticated\tauthenticated\t{stamps}"
            for i in everybody
        ),
    )
    yield Step(
        "public.profiles",
        f"id, display_name, {_STAMPS}",
        1,
        (f"{people.user(i)}\tGiven Family {i}\t{stamps}" for i in everybody),
    )
    yield Step(
        "public.fhir_practitioners",
        f"id, user_id, family_name, given_names, {_STAMPS}",
        1,
        (f"{people.practitioner(i)}\t{people.user(i)}\tFamily {i}\t{{Given}}\t{stamps}" for i in everybody),
    )
    yield Step(
        "public.org_practitioners",
        f"org_id, practitioner_id, {_STAMPS}",
        2,
        (f"{people.organization(i)}\t{people.practitioner(i)}\t{stamps}" for i in everybody),
    )


def memberships(people: People, policy_version: int) -> Iterator[Step]:
    """What people are in their organization, and how far they take part."""
    plan, stamps, everybody = people.plan, _stamps(people), range(people.count)
    since, first_day = noon(plan.first_day()), plan.first_day()
    yield Step(
        "public.role_assignments",
        f"org_id, id, user_id, role, valid_during, {_STAMPS}",
        2,
        (
            f"{people.organization(i)}\t{timed_id(first_day, i)}\t{people.user(i)}\t{_role(people, i)}\t"
            f'["{since}",)\t{stamps}'
            for i in everybody
        ),
    )
    yield Step(
        "public.provider_consents",
        f"org_id, id, practitioner_id, user_id, level, policy_version, given_at, {_STAMPS}",
        2,
        (
            f"{people.organization(i)}\t{timed_id(first_day, i)}\t{people.practitioner(i)}\t"
            f"{people.user(i)}\t{level_of(i)}\t{policy_version}\t{since}\t{stamps}"
            for i in everybody
            if level_of(i)
        ),
    )


def teams(people: People) -> Iterator[Step]:
    """Teams of one size; every tenth person is in none."""
    stamps, everybody = _stamps(people), range(people.count)
    yield Step(
        "public.provider_teams",
        f"org_id, id, name, {_STAMPS}",
        2,
        (
            f"{people.organization(i)}\t{_team(people, i)}\tTeam {people.place(i)[1] // TEAM_SIZE}\t{stamps}"
            for i in everybody
            if people.place(i)[1] % TEAM_SIZE == 0
        ),
    )
    yield Step(
        "public.provider_team_members",
        f"org_id, practitioner_id, team_id, {_STAMPS}",
        2,
        (
            f"{people.organization(i)}\t{people.practitioner(i)}\t{_team(people, i)}\t{stamps}"
            for i in everybody
            if i % 10 != 9
        ),
    )


def patients(people: People) -> Iterator[Step]:
    """As many patients as people; who they are is not known, so there is nothing to seal."""
    plan, stamps, everybody = people.plan, _stamps(people), range(people.count)
    yield Step(
        "public.patients",
        f"id, {_STAMPS}",
        1,
        (f"{plan.id('patient', *people.place(i))}\t{stamps}" for i in everybody),
    )
    yield Step(
        "public.org_patients",
        f"org_id, patient_id, {_STAMPS}",
        2,
        (f"{people.organization(i)}\t{plan.id('patient', *people.place(i))}\t{stamps}" for i in everybody),
    )


def _stamps(people: People) -> str:
    since = noon(people.plan.first_day())
    return f"{since}\t{since}\n"


def _role(people: People, index: int) -> str:
    number = people.place(index)[1]
    return _ROLES[number] if number < len(_ROLES) else "nurse"


def _team(people: People, index: int) -> str:
    organization, number = people.place(index)
    return people.plan.id("team", organization, number // TEAM_SIZE)
