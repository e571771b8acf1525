"""OR-Tools' CP-SAT chooses: as many places filled as can be, then what people like, then fair shares."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from itertools import combinations
from typing import Any
from uuid import UUID

from carebase_jobs.rota.facts import Candidate, OpenShift, RotaFacts, clash, refusals

# One more place filled outweighs everything else; a wish outweighs an uneven share.
_PER_PLACE = 1_000_000
_PER_WISH = 1_000


@dataclass(frozen=True)
class StaysOpen:
    """Places of a shift that nobody can fill, and how many people each rule keeps from it."""

    shift_id: UUID
    open_count: int
    refusals: Counter[str]


@dataclass(frozen=True)
class Plan:
    """Who could work what: lines (shift, person), what stays open, and whether nothing better exists."""

    lines: tuple[tuple[UUID, UUID], ...]
    stays_open: tuple[StaysOpen, ...]
    is_optimal: bool


def solve(facts: RotaFacts, *, seconds: float = 20.0) -> Plan:
    """Propose who could work the open shifts.

    Args:
        facts: the shifts, and who comes into question.
        seconds: for the solver; what it has found by then is the proposal.

    Returns:
        A plan that breaks no rule. The same facts give the same plan, if the time suffices to prove it.

    Example:
        >>> solve(RotaFacts((), ())).is_optimal
        True
    """
    shifts = {shift.shift_id: shift for shift in facts.shifts}
    free = [each for each in facts.candidates if each.is_free and each.shift_id in shifts]
    lines, is_optimal = _chosen(shifts, free, seconds) if free else (set(), True)
    lines |= _left_over(facts, lines) if not is_optimal else set()
    taken = Counter(shift_id for shift_id, _ in lines)
    stays_open = [
        StaysOpen(shift.shift_id, missing, refusals(facts, shift, lines))
        for shift in facts.shifts
        if (missing := shift.open_count - taken[shift.shift_id]) > 0
    ]
    return Plan(tuple(sorted(lines)), tuple(stays_open), is_optimal)


def _chosen(
    shifts: dict[UUID, OpenShift], free: list[Candidate], seconds: float
) -> tuple[set[tuple[UUID, UUID]], bool]:
    # Takes a second to import, which every other command would wait for.
    from ortools.sat.python import cp_model

    model = cp_model.CpModel()
    works: dict[tuple[UUID, UUID], Any] = {}
    by_person: dict[UUID, list[Candidate]] = defaultdict(list)
    by_shift: dict[UUID, list[Any]] = defaultdict(list)
    for each in free:
        works[each.shift_id, each.user_id] = model.new_bool_var(f"{each.user_id} works {each.shift_id}")
        by_person[each.user_id].append(each)
        by_shift[each.shift_id].append(works[each.shift_id, each.user_id])
    for shift_id, places in by_shift.items():
        model.add(sum(places) <= shifts[shift_id].open_count)

    heaviest = model.new_int_var(0, 2 * 7 * 24 * 60, "most minutes of anybody")
    for person, chances in by_person.items():
        for one, two in combinations(chances, 2):
            if clash((shifts[one.shift_id], one), (shifts[two.shift_id], two)):
                model.add_at_most_one(works[one.shift_id, person], works[two.shift_id, person])
        minutes = sum(shifts[each.shift_id].minutes * works[each.shift_id, person] for each in chances)
        # The maximum is that of the day of each shift; it holds for whoever works that shift.
        for each in chances:
            model.add(each.planned_minutes + minutes <= each.maximum_minutes).only_enforce_if(
                works[each.shift_id, person]
            )
        model.add(heaviest >= minutes + chances[0].planned_minutes)
    wishes = [works[each.shift_id, each.user_id] for each in free if each.is_preferred]
    model.maximize(_PER_PLACE * sum(works.values()) + _PER_WISH * sum(wishes) - heaviest)

    solver = cp_model.CpSolver()
    solver.parameters.max_time_in_seconds = seconds
    # One after the other: the same facts give the same plan, and the worker has the machine not for itself.
    solver.parameters.num_workers = 1
    solver.parameters.random_seed = 1
    status = solver.solve(model)
    if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return set(), False
    return {pair for pair, var in works.items() if solver.boolean_value(var)}, status == cp_model.OPTIMAL


def _left_over(facts: RotaFacts, lines: set[tuple[UUID, UUID]]) -> set[tuple[UUID, UUID]]:
    """What can still be filled where the solver's time was over: no open place is without a reason."""
    added: set[tuple[UUID, UUID]] = set()
    taken = Counter(shift_id for shift_id, _ in lines)
    for shift in facts.shifts:
        for each in facts.of_shift(shift.shift_id):
            pair = (shift.shift_id, each.user_id)
            if taken[shift.shift_id] >= shift.open_count or pair in lines:
                continue
            alone = RotaFacts(facts.shifts, tuple(c for c in facts.candidates if c.user_id == each.user_id))
            if not refusals(alone, shift, {line for line in lines | added if line[1] == each.user_id}):
                added.add(pair)
                taken[shift.shift_id] += 1
    return added
