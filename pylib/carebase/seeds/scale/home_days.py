"""What happens at homes on a day, as COPY reads it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from carebase.seeds.scale.home_rows import TIMES, plain
from carebase.seeds.scale.homes import Homes, Resident
from carebase.seeds.scale.plan import noon, timed_id
from carebase.seeds.scale.rows import Step

_STAMPS = "created_at, updated_at"
_ASSESSED_EVERY = 28
# Of a thousand days of a resident, so many have an incident.
_INCIDENTS = 3
_CLOSED_AFTER = timedelta(days=21)
_KINDS = ("fall", "medication", "near_miss", "aggression", "pressure_injury", "other")
_SEVERITIES = ("none", "low", "low", "moderate", "moderate", "severe")
# What the clocks of an incident allow, in minutes.
_STEPS = (("acknowledge", 480), ("act", 960), ("review", 2400), ("close", 4800))
# Each in three starts at these hours, for eight; two days a week are free.
_SHIFTS, _SHIFT = (7, 15, 23), timedelta(hours=8)
PER_DAY, PER_DAY_AHEAD = 12, 5


def day_of(homes: Homes, day: date, instrument: UUID) -> Iterator[Step]:
    """The rows of a day that is over, or of the last one, on which tasks are still to be done."""
    stamps = f"{noon(day)}\t{noon(day)}\n"
    there = [one for one in homes.residents if one.lives_there(day)]
    yield from _tasks(homes, there, day, stamps)
    yield Step(
        "public.daily_notes",
        "org_id, id, resident_id, site_id, kind, occurred_at, recorded_at, recorded_by, measured_value,"
        f" {_STAMPS}",
        2,
        (
            f"{one.org}\t{timed_id(day, one.number)}\t{one.place}\tfluid_intake\t{noon(day)}\t{noon(day)}\t"
            f"{_giver(homes, one, day)}\t{150 + _chance(homes, one.number, day) % 200}\t{stamps}"
            for one in there
        ),
    )
    yield from _doses(homes, there, day, stamps)
    yield from _incidents(homes, there, day, stamps)
    yield from _assessments(homes, there, day, instrument, stamps)
    yield from _rota(homes, day, stamps)


def day_ahead(homes: Homes, day: date) -> Iterator[Step]:
    """What is planned: shifts to the end of the next week, tasks and doses of the next days."""
    stamps = f"{noon(homes.plan.until)}\t{noon(homes.plan.until)}\n"
    ahead = (day - homes.plan.until).days
    there = [one for one in homes.residents if one.lives_there(day)]
    yield from _tasks(homes, there if ahead <= 2 else [], day, stamps)
    yield next(_doses(homes, there if ahead <= 1 else [], day, stamps))
    yield from _rota(homes, day, stamps)


def days_ahead(homes_until: date) -> list[date]:
    """To the end of the next week."""
    return [homes_until + timedelta(days=n) for n in range(1, 14 - homes_until.weekday())]


def _chance(homes: Homes, number: int, day: date) -> int:
    """A number below 1024 that is the same wherever it is asked, and looks like chance."""
    mixed = (number + 1) * 2654435761 ^ (day.toordinal() + homes.plan.seed) * 40503 * 65537
    return (mixed ^ mixed >> 13) * 2246822519 >> 11 & 1023


def _giver(homes: Homes, one: Resident, day: date) -> str:
    workers = homes.workers[one.home]
    return workers[1 + (one.number + day.toordinal()) % (len(workers) - 1)]


def _tasks(homes: Homes, there: list[Resident], day: date, stamps: str) -> Iterator[Step]:
    is_over = day < homes.plan.until

    def lines() -> Iterator[str]:
        for one in there:
            giver, chance = _giver(homes, one, day), _chance(homes, one.number, day)
            for n, (task, at) in enumerate(TIMES):
                due = f"{day} {at}+00"
                if not is_over:
                    became = "due\t\\N\t\\N\t\\N\t\\N"
                elif chance % 37 == n:
                    became = f"skipped\t{due}\t{giver}\tdeclined\t\\N"
                elif chance % 41 == n:
                    became = f"missed\t\\N\t\\N\t\\N\t{day} {at[:3]}59+00"
                else:
                    became = f"completed\t{due}\t{giver}\t\\N\t\\N"
                this = timed_id(day, one.number * len(TIMES) + n)
                yield (
                    f"{one.org}\t{this}\t{one.tasks[task]}\t{one.place}\t"
                    f"personal_care\t{day}\t{at}\t{due}\t{day} {at[:3]}59+00\t{became}\t{stamps}"
                )

    yield Step(
        "public.care_plan_task_occurrences",
        "org_id, id, care_plan_task_id, resident_id, site_id, task_kind, due_on, due_time, due_at,"
        f" overdue_at, status, completed_at, completed_by, skip_reason, missed_at, {_STAMPS}",
        2,
        lines(),
    )


def _doses(homes: Homes, there: list[Resident], day: date, stamps: str) -> Iterator[Step]:
    is_over = day < homes.plan.until

    def doses() -> Iterator[tuple[Resident, str, int]]:
        for one in there:
            for n, hour in enumerate((8, 18)):
                yield one, timed_id(day, one.number * 2 + n), hour

    yield Step(
        "public.medication_doses",
        "org_id, id, resident_id, site_id, order_id, due_on, due_time, due_at, window_starts_at,"
        " window_ends_at, status",
        2,
        (
            f"{one.org}\t{dose}\t{one.place}\t{one.order}\t{day}\t{hour:02}:00\t{day} {hour:02}:00+00\t"
            f"{day} {hour - 1:02}:00+00\t{day} {hour + 1:02}:00+00\t{'given' if is_over else 'planned'}\n"
            for one, dose, hour in doses()
        ),
    )
    yield Step(
        "public.medication_administrations",
        "org_id, id, resident_id, site_id, order_id, dose_id, is_controlled, status, quantity, occurred_at,"
        f" administered_by, {_STAMPS}",
        2,
        (
            f"{one.org}\t{dose}\t{one.place}\t{one.order}\t{dose}\tf\tgiven\t1\t{day} {hour:02}:05+00\t"
            f"{_giver(homes, one, day)}\t{stamps}"
            for one, dose, hour in doses()
            if is_over
        ),
    )


@dataclass(frozen=True)
class _Incident:
    """One of a day."""

    one: Resident
    id: str
    stage: int
    chance: int

    @property
    def status(self) -> str:
        return ("reported", "acknowledged", "under_review", "closed")[self.stage]


def _incidents(homes: Homes, there: list[Resident], day: date, stamps: str) -> Iterator[Step]:
    is_old = homes.plan.until - day > _CLOSED_AFTER
    told = [
        _Incident(one, timed_id(day, one.number), 3 if is_old else chance % 3, chance // 3)
        for one in there
        if (chance := _chance(homes, one.number * 7 + 3, day)) < _INCIDENTS
    ]
    moment = noon(day)

    def incident(each: _Incident) -> str:
        done = [f"{moment + timedelta(hours=1)}" if each.stage >= n else "\\N" for n in (1, 3, 3)]
        kind = _KINDS[(each.one.number + day.day) % len(_KINDS)]
        severity = _SEVERITIES[(each.one.number // 7 + day.day) % len(_SEVERITIES)]
        return (
            f"{each.one.org}\t{each.id}\t{each.one.site}\t{kind}\t{severity}\t{each.status}\t"
            f"{moment}\t{moment}\t{_giver(homes, each.one, day)}\t{plain('What happened.')}\t"
            + "\t".join(done)
            + f"\t{stamps}"
        )

    yield Step(
        "public.incidents",
        "org_id, id, site_id, kind, severity, status, occurred_at, reported_at, reported_by, description,"
        f" acknowledged_at, reviewed_at, closed_at, {_STAMPS}",
        2,
        (incident(each) for each in told),
        sealed=(("description", None),),
    )
    yield Step(
        "public.incident_people",
        f"org_id, id, incident_id, site_id, person_role, resident_id, {_STAMPS}",
        2,
        (
            f"{each.one.org}\t{each.id}\t{each.id}\t{each.one.site}\tinvolved\t{each.one.id}\t{stamps}"
            for each in told
        ),
    )
    yield Step(
        "public.incident_timers",
        "org_id, id, incident_id, site_id, step, step_due_at, fires_at, stopped_at, is_done",
        2,
        (
            f"{each.one.org}\t{timed_id(day, each.one.number * len(_STEPS) + n)}\t{each.id}\t"
            f"{each.one.site}\t{step}\t{moment + timedelta(minutes=minutes)}\t"
            f"{moment + timedelta(minutes=minutes)}\t"
            + (f"{moment + timedelta(hours=1)}\tt\n" if each.stage > n or each.stage == 3 else "\\N\t\\N\n")
            for each in told
            for n, (step, minutes) in enumerate(_STEPS)
        ),
    )


def _assessments(
    homes: Homes, there: list[Resident], day: date, instrument: UUID, stamps: str
) -> Iterator[Step]:
    asked = [one for one in there if (one.number + day.toordinal()) % _ASSESSED_EVERY == 0]

    def graded(one: Resident) -> tuple[int, str]:
        factors = _chance(homes, one.number, day) % 6
        return factors, f"{factors}\t{'found' if factors else 'none_found'}\t{int(factors > 0)}"

    yield Step(
        "public.assessments",
        "org_id, id, resident_id, site_id, instrument_id, instrument_code, assessed_at, recorded_at, total,"
        f" band, severity, {_STAMPS}",
        2,
        (
            f"{one.org}\t{timed_id(day, one.number)}\t{one.place}\t{instrument}\tfalls_checklist\t"
            f"{noon(day)}\t{noon(day)}\t{graded(one)[1]}\t{stamps}"
            for one in asked
        ),
    )
    yield Step(
        "public.assessment_scores",
        "org_id, assessment_id, scale_code, resident_id, site_id, score, band, severity",
        3,
        (
            f"{one.org}\t{timed_id(day, one.number)}\tfactors\t{one.place}\t{graded(one)[1]}\n"
            for one in asked
        ),
    )


def _rota(homes: Homes, day: date, stamps: str) -> Iterator[Step]:
    monday = day - timedelta(days=day.weekday())
    is_published = monday <= homes.plan.until
    mark = "t" if is_published else "f"
    begins = day in (monday, homes.plan.first_day())
    published = f"published\t{noon(monday)}" if is_published else "draft\t\\N"
    yield Step(
        "public.rota_weeks",
        f"org_id, id, site_id, week_on, status, published_at, {_STAMPS}",
        2,
        (
            f"{org}\t{timed_id(monday, home)}\t{site}\t{monday}\t{published}\t{stamps}"
            for home, (org, site) in enumerate(homes.places if begins else [])
        ),
    )
    crews = [0, 0, 0]
    for number in range(1, homes.staff):
        crews[number % 3] += 1

    def times(kind: int) -> str:
        starts = noon(day) + timedelta(hours=_SHIFTS[kind] - 12)
        return f"{starts}\t{starts + _SHIFT}\t30"

    yield Step(
        "public.shifts",
        "org_id, id, site_id, rota_week_id, shift_on, starts_at, ends_at, break_minutes, skill, needed_count,"
        f" is_published, {_STAMPS}",
        2,
        (
            f"{org}\t{timed_id(day, home * 3 + kind)}\t{site}\t{timed_id(monday, home)}\t{day}\t"
            f"{times(kind)}\tcare\t{max(1, crews[kind])}\t{mark}\t{stamps}"
            for home, (org, site) in enumerate(homes.places)
            for kind in range(3)
        ),
    )
    yield Step(
        "public.shift_assignments",
        "org_id, id, site_id, shift_id, user_id, shift_on, starts_at, ends_at, break_minutes, is_published,"
        f" {_STAMPS}",
        2,
        (
            f"{org}\t{timed_id(day, home * homes.staff + number)}\t{site}\t"
            f"{timed_id(day, home * 3 + number % 3)}\t{homes.workers[home][number]}\t{day}\t"
            f"{times(number % 3)}\t{mark}\t{stamps}"
            for home, (org, site) in enumerate(homes.places)
            for number in range(1, homes.staff)
            if (day.weekday() - number) % 7 > 1
        ),
    )
