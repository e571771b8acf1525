"""Homes, who works and lives there, and what is planned for them, as COPY reads it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date, timedelta

from carebase.seeds.scale.homes import LEADERS, TASKS, Homes, Resident
from carebase.seeds.scale.plan import noon, timed_id
from carebase.seeds.scale.rows import Step, slug

_STAMPS = "created_at, updated_at"
_NURSES_EVERY = 5
# What is done each day: kind, hour of the first time, rule.
_TASKS = (
    ("personal_care", 8, "FREQ=DAILY;BYHOUR=8,20"),
    ("hydration", 12, "FREQ=DAILY"),
    ("activity", 16, "FREQ=DAILY"),
)
TIMES = ((0, "08:00"), (0, "20:00"), (1, "12:00"), (2, "16:00"))


def begin(homes: Homes) -> Iterator[Step]:
    """Everything that is there once."""
    yield from _places(homes)
    yield from _people(homes)
    yield from _residents(homes)
    yield from _plans(homes)
    yield from _orders(homes)


BEGINNING = 19


def plain(text: str) -> str:
    """A text as bytes of a column that is sealed on its way, for COPY."""
    return "\\\\x" + text.encode().hex()


def _stamps(homes: Homes) -> str:
    since = noon(homes.plan.first_day())
    return f"{since}\t{since}\n"


def _places(homes: Homes) -> Iterator[Step]:
    plan, stamps = homes.plan, _stamps(homes)
    yield Step(
        "public.organizations",
        f"id, name, slug, kind, license_tier, settings, {_STAMPS}",
        1,
        (
            f"{plan.id('organization', n)}\tGenerated homes {n}\t{slug(n)}\tcare_home\tstandard\t"
            f'{{"mfa_roles": []}}\t{stamps}'
            for n in range(homes.first, homes.first + homes.organizations)
        ),
    )
    yield Step(
        "public.sites",
        f"org_id, id, kind, name, {_STAMPS}",
        2,
        (f"{org}\t{site}\tcare_home\tHome {home}\t{stamps}" for home, (org, site) in enumerate(homes.places)),
    )
    beds = range(homes.count * homes.beds)
    yield Step(
        "public.rooms",
        f"org_id, id, site_id, name, {_STAMPS}",
        2,
        (_room(homes, bed) + stamps for bed in beds),
    )
    yield Step(
        "public.beds",
        f"org_id, id, site_id, room_id, name, {_STAMPS}",
        2,
        (_bed(homes, bed) + stamps for bed in beds),
    )


def _room(homes: Homes, bed: int) -> str:
    org, site = homes.places[bed // homes.beds]
    return f"{org}\t{homes.plan.id('room', homes.first, bed)}\t{site}\t{bed % homes.beds}\t"


def _bed(homes: Homes, bed: int) -> str:
    org, site = homes.places[bed // homes.beds]
    room = homes.plan.id("room", homes.first, bed)
    return f"{org}\t{homes.plan.id('bed', homes.first, bed)}\t{site}\t{room}\tA\t"


def _everybody(homes: Homes) -> Iterator[tuple[str, str, str, str]]:
    """Organization, sign-in, role and site of all who work there; leaders first, who have no site."""
    for n in range(homes.first, homes.first + homes.organizations):
        org = homes.plan.id("organization", n)
        for number, role in enumerate(LEADERS):
            yield org, homes.plan.id("user", n, number), role, "\\N"
    for home, (org, site) in enumerate(homes.places):
        for number, user in enumerate(homes.workers[home]):
            role = "manager" if number == 0 else "nurse" if number % _NURSES_EVERY == 1 else "carer"
            yield org, user, role, site


def _people(homes: Homes) -> Iterator[Step]:
    stamps, first_day = _stamps(homes), homes.plan.first_day()
    since = noon(first_day - timedelta(days=30))
    yield Step(
        "auth.users",
        f"id, email, aud, role, {_STAMPS}",
        1,
        (
            f"{user}\t{user}@generated.example.com\tauthenticated\tauthenticated\t{stamps}"
            for _, user, _, _ in _everybody(homes)
        ),
    )
    yield Step(
        "public.profiles",
        f"id, display_name, {_STAMPS}",
        1,
        (f"{user}\tGiven Family {n}\t{stamps}" for n, (_, user, _, _) in enumerate(_everybody(homes))),
    )
    yield Step(
        "public.role_assignments",
        f"org_id, id, user_id, role, site_id, valid_during, {_STAMPS}",
        2,
        (
            f'{org}\t{timed_id(first_day, n)}\t{user}\t{role}\t{site}\t["{since}",)\t{stamps}'
            for n, (org, user, role, site) in enumerate(_everybody(homes))
        ),
    )
    yield Step(
        "public.staff_members",
        f"org_id, user_id, job_title, employed_during, {_STAMPS}",
        2,
        (f"{org}\t{user}\t{role}\t[{since.date()},)\t{stamps}" for org, user, role, _ in _everybody(homes)),
    )


def _residents(homes: Homes) -> Iterator[Step]:
    stamps = _stamps(homes)
    yield Step("public.patients", f"id, {_STAMPS}", 1, (f"{one.id}\t{stamps}" for one in homes.residents))
    yield Step(
        "public.org_patients",
        f"org_id, patient_id, site_id, {_STAMPS}",
        2,
        (f"{one.org}\t{one.place}\t{stamps}" for one in homes.residents),
    )
    yield Step(
        "public.residents",
        f"org_id, id, site_id, status, {_STAMPS}",
        2,
        (
            f"{one.org}\t{one.place}\t{'discharged' if one.last else 'resident'}\t{stamps}"
            for one in homes.residents
        ),
    )
    yield Step(
        "public.admissions",
        f"org_id, id, resident_id, site_id, kind, admitted_at, discharged_at, discharge_reason,"
        f" discharge_destination, {_STAMPS}",
        2,
        (f"{one.org}\t{one.admission}\t{one.place}\t{_stay(one)}\t{stamps}" for one in homes.residents),
    )
    yield Step(
        "public.bed_stays",
        f"org_id, id, resident_id, site_id, admission_id, bed_id, bed_site_id, stays_during, {_STAMPS}",
        2,
        (
            f"{one.org}\t{one.admission}\t{one.place}\t{one.admission}\t{one.bed}\t{one.site}\t"
            f'["{noon(one.first)}",{_end(one.last)})\t{stamps}'
            for one in homes.residents
        ),
    )


def _end(day: date | None) -> str:
    return f'"{noon(day)}"' if day else ""


def _stay(one: Resident) -> str:
    left = f"{noon(one.last)}\tend_of_stay\town_home" if one.last else "\\N\t\\N\t\\N"
    return f"permanent\t{noon(one.first)}\t{left}"


def _plans(homes: Homes) -> Iterator[Step]:
    stamps, through = _stamps(homes), homes.plan.until + timedelta(days=2)
    content = plain(json.dumps({"needs": "Needs help.", "goals": "Stays well.", "interventions": "Help."}))
    yield Step(
        "public.care_plans",
        f"org_id, id, resident_id, site_id, plan_type, ended_at, {_STAMPS}",
        2,
        (
            f"{one.org}\t{one.care_plan}\t{one.place}\tpersonal_care\t{_left(one)}\t{stamps}"
            for one in homes.residents
        ),
    )
    yield Step(
        "public.care_plan_versions",
        f"org_id, id, care_plan_id, resident_id, site_id, plan_type, status, version_number, risk_level,"
        f" content, published_at, closed_at, {_STAMPS}",
        2,
        (
            f"{one.org}\t{one.care_plan}\t{one.care_plan}\t{one.place}\tpersonal_care\t"
            f"{'superseded' if one.last else 'active'}\t1\tlow\t{content}\t{noon(one.first)}\t{_left(one)}\t"
            f"{stamps}"
            for one in homes.residents
        ),
        sealed=(("content", "resident_id"),),
    )
    yield Step(
        "public.care_plan_reviews",
        f"org_id, id, care_plan_id, resident_id, site_id, risk_level, due_on, {_STAMPS}",
        2,
        (
            f"{one.org}\t{one.care_plan}\t{one.care_plan}\t{one.place}\tlow\t"
            f"{homes.plan.until + timedelta(days=one.number % 90)}\t{stamps}"
            for one in homes.residents
            if not one.last
        ),
    )
    yield Step(
        "public.care_plan_tasks",
        "org_id, id, care_plan_id, resident_id, site_id, task_kind, instructions, first_on, first_time,"
        f" rule, generated_through, ended_at, {_STAMPS}",
        2,
        (
            f"{one.org}\t{one.tasks[n]}\t{one.care_plan}\t{one.place}\t{_TASKS[n][0]}\t"
            f"{plain('Help as she likes it.')}\t{one.first + timedelta(days=1)}\t{_TASKS[n][1]:02}:00\t"
            f"{_TASKS[n][2]}\t{through}\t{_left(one)}\t{stamps}"
            for one in homes.residents
            for n in range(TASKS)
        ),
        sealed=(("instructions", "resident_id"),),
    )


def _left(one: Resident) -> str:
    return str(noon(one.last)) if one.last else "\\N"


def _orders(homes: Homes) -> Iterator[Step]:
    stamps, planned = _stamps(homes), noon(homes.plan.until) + timedelta(hours=36)
    details = plain(json.dumps({"name": "A medicine", "dose": "1 tablet", "prescriber": "A doctor"}))
    yield Step(
        "public.medication_orders",
        "org_id, id, resident_id, site_id, status, route, details, dose_quantity, unit, times_of_day,"
        f" starts_at, ends_at, {_STAMPS}",
        2,
        (
            f"{one.org}\t{one.order}\t{one.place}\t{'stopped' if one.last else 'active'}\toral\t"
            f"{details}\t1\ttablet\t{{08:00,18:00}}\t{noon(one.first)}\t{_left(one)}\t{stamps}"
            for one in homes.residents
        ),
        sealed=(("details", "resident_id"),),
    )
    yield Step(
        "app.medication_plans",
        "org_id, order_id, planned_until_at",
        2,
        (f"{one.org}\t{one.order}\t{planned}\n" for one in homes.residents if not one.last),
    )
