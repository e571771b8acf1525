"""What happens on a day, as COPY reads it: day by day, as rows come to lie in a database that is in use."""

from __future__ import annotations

import math
from collections.abc import Iterator
from datetime import date
from hashlib import blake2b
from random import Random
from uuid import UUID

from carebase.seeds.scale.plan import People, noon, timed_id
from carebase.seeds.scale.rows import Step, level_of

# How likely it is that somebody has one on a day.
CHECKINS, ENCOUNTERS, QUESTIONS = 0.22, 0.2, 0.05
_ASSESSED_EVERY = 91
_SETTINGS = ("home_health", "clinic", "telehealth", "hospital", "community")
# Every fiftieth person has had more than anybody can carry lately: the rules find somebody.
_HEAVY_EVERY, _HEAVY = 50, 3
_HEAVY_DAYS, _HEAVY_ENCOUNTERS = 30, 6
_ASKED_DAYS, _ASKED_QUESTIONS = 6, 22
_BANDS = ((100, "severe", 3), (75, "high", 2), (50, "moderate", 1), (0, "low", 0))
_CHECKIN = (
    "work_setting, stress_level, energy_level, patients_contacted_today, difficult_patient_calls,"
    " overtime_hours, missed_break"
)


def day_of(people: People, day: date, instrument: UUID) -> Iterator[Step]:
    """The rows of one day."""
    stamps = f"{noon(day)}\t{noon(day)}\n"
    yield Step(
        "public.provider_daily_checkins",
        f"org_id, id, practitioner_id, user_id, checkin_date, is_shared, {_CHECKIN}, created_at, updated_at",
        2,
        _checkins(people, day, stamps),
    )
    yield Step(
        "app.provider_anonymous_checkins",
        f"org_id, id, checkin_date, author_tag, {_CHECKIN}",
        2,
        _anonymous_checkins(people, day),
    )
    yield Step(
        "public.encounters",
        "org_id, id, patient_id, provider_id, status, class_code, date_of_service, created_at, updated_at",
        2,
        _encounters(people, day, stamps),
    )
    yield Step(
        "public.nurse_questions",
        "org_id, id, asked_at, claimed_by, claimed_at, claimed_on, practitioner_id, created_at, updated_at",
        2,
        _questions(people, day, stamps),
    )
    yield Step(
        "public.provider_burnout_assessments",
        "org_id, id, practitioner_id, user_id, assessment_date, instrument_id, headline_score, headline_band,"
        " created_at, updated_at",
        2,
        _assessments(people, day, instrument, stamps),
    )
    yield Step(
        "public.provider_assessment_scores",
        "org_id, assessment_id, scale_code, user_id, score, band, severity",
        3,
        _scores(people, day),
    )


def _dice(people: People, what: str, day: date) -> Random:
    """Chance that is the same wherever it is asked: of the plan, the kind of row, and the day."""
    return Random(f"{people.plan.key}/{people.first}/{what}/{day}")  # noqa: S311 (no secret)


def _some(dice: Random, count: int, share: float) -> Iterator[int]:
    """Each of `count` with this probability, in order; the dice are thrown for those who are chosen only."""
    scale = 1 / math.log(1 - share)
    index = int(math.log(1 - dice.random()) * scale)
    while index < count:
        yield index
        index += 1 + int(math.log(1 - dice.random()) * scale)


def _is_heavy(people: People, index: int, day: date, days: int) -> bool:
    return index % _HEAVY_EVERY == _HEAVY and (people.plan.until - day).days < days


def _heavy(people: People, day: date, days: int) -> range:
    late = (people.plan.until - day).days < days
    return range(_HEAVY, people.count, _HEAVY_EVERY) if late else range(0)


def _answers(dice: Random, index: int, *, heavy: bool) -> str:
    stress = 9 if heavy else min(10, max(1, 2 + index * 7 % 4 + int(dice.random() * 5)))
    energy = min(10, max(1, 10 - stress + int(dice.random() * 3)))
    patients = 4 + int(dice.random() * 6)
    return (
        f"{_SETTINGS[index % 5]}\t{stress}\t{energy}\t{patients}\t{max(0, stress - 5)}\t"
        f"{max(0, stress - 5) * 0.25}\t{'t' if stress > 7 else 'f'}"
    )


def _checkins(people: People, day: date, stamps: str) -> Iterator[str]:
    dice = _dice(people, "checkins", day)
    for index in _some(dice, people.count, CHECKINS):
        level = level_of(index)
        if level in (None, "anonymous") or _is_heavy(people, index, day, _HEAVY_DAYS):
            continue
        shared = "t" if level == "may_be_contacted" and index % 4 == 0 else "f"
        yield (
            f"{people.organization(index)}\t{timed_id(day, index)}\t{people.practitioner(index)}\t"
            f"{people.user(index)}\t{day}\t{shared}\t{_answers(dice, index, heavy=False)}\t{stamps}"
        )
    for index in _heavy(people, day, _HEAVY_DAYS):
        if level_of(index) not in (None, "anonymous"):
            yield (
                f"{people.organization(index)}\t{timed_id(day, index)}\t{people.practitioner(index)}\t"
                f"{people.user(index)}\t{day}\tf\t{_answers(dice, index, heavy=True)}\t{stamps}"
            )


def _anonymous_checkins(people: People, day: date) -> Iterator[str]:
    """Their tags are of no secret that a database has: nobody finds theirs again; days count them."""
    dice = _dice(people, "anonymous check-ins", day)
    for index in _some(dice, people.count, CHECKINS):
        if level_of(index) != "anonymous":
            continue
        noise = blake2b(f"{people.plan.key}/{day}/{people.user(index)}".encode(), digest_size=48).hexdigest()
        yield (
            f"{people.organization(index)}\t{noise[:12]}4{noise[13:16]}8{noise[17:32]}\t{day}\t"
            f"\\\\x{noise[32:]}\t{_answers(dice, index, heavy=False)}\n"
        )


def _encounters(people: People, day: date, stamps: str) -> Iterator[str]:
    dice = _dice(people, "encounters", day)

    def line(index: int, number: int) -> str:
        patient = people.plan.id("patient", people.place(index)[0], int(dice.random() * people.each))
        status = "cancelled" if dice.random() < 0.03 else "finished"
        return (
            f"{people.organization(index)}\t{timed_id(day, number)}\t{patient}\t"
            f"{people.practitioner(index)}\t{status}\tAMB\t{day}\t{stamps}"
        )

    for index in _some(dice, people.count, ENCOUNTERS):
        yield line(index, index)
    for index in _heavy(people, day, _HEAVY_DAYS):
        for number in range(1, _HEAVY_ENCOUNTERS + 1):
            yield line(index, index + number * people.count)


def _questions(people: People, day: date, stamps: str) -> Iterator[str]:
    # Without their text, which would have to be sealed: what counts is who took them on, and when.
    dice, moment = _dice(people, "questions", day), noon(day)

    def line(index: int, number: int) -> str:
        return (
            f"{people.organization(index)}\t{timed_id(day, number)}\t{moment}\t"
            f"{people.user(index)}\t{moment}\t{day}\t{people.practitioner(index)}\t{stamps}"
        )

    for index in _some(dice, people.count, QUESTIONS):
        yield line(index, index)
    for index in _heavy(people, day, _ASKED_DAYS):
        for number in range(1, _ASKED_QUESTIONS + 1):
            yield line(index, index + number * people.count)


def _assessed(people: People, day: date) -> Iterator[tuple[int, tuple[int, ...]]]:
    """Who is assessed on a day, once a quarter each, and what the three scales come to."""
    dice = _dice(people, "assessments", day)
    first = -day.toordinal() % _ASSESSED_EVERY
    for index in range(first, people.count, _ASSESSED_EVERY):
        if level_of(index) in (None, "anonymous"):
            continue
        middle = 65 if index % _HEAVY_EVERY == _HEAVY else 42
        yield index, tuple(min(100, max(0, round(dice.gauss(middle, 15)))) for _ in range(3))


def _band(score: int) -> tuple[str, int]:
    return next((name, severity) for least, name, severity in _BANDS if score >= least)


def _assessments(people: People, day: date, instrument: UUID, stamps: str) -> Iterator[str]:
    for index, scores in _assessed(people, day):
        yield (
            f"{people.organization(index)}\t{timed_id(day, index)}\t{people.practitioner(index)}\t"
            f"{people.user(index)}\t{day}\t{instrument}\t{max(scores)}\t{_band(max(scores))[0]}\t{stamps}"
        )


def _scores(people: People, day: date) -> Iterator[str]:
    for index, scores in _assessed(people, day):
        for scale, score in zip(("personal", "work", "client"), scores, strict=True):
            name, severity = _band(score)
            yield (
                f"{people.organization(index)}\t{timed_id(day, index)}\t{scale}\t{people.user(index)}\t"
                f"{score}\t{name}\t{severity}\n"
            )
