"""All mutants of a schema, and a sample of them."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Collection, Sequence

from carebase.access.mutants.kinds import KINDS
from carebase.access.mutants.mutant import Mutant
from carebase.access.mutants.schema import Schema
from carebase.problems import UsageProblem


def generate(schema: Schema, *, only: Collection[str] = ()) -> list[Mutant]:
    """Every fault that can be made in the schema, one mutant each, in the order of the kinds.

    Args:
        schema: a built database.
        only: names of kinds; all of them when empty.

    Raises:
        UsageProblem: `kind_unknown`.

    Example:
        >>> [mutant.id for mutant in generate(schema, only=["rls-disabled"])][0]
        'rls-disabled:app.fhir_links'
    """
    known = [kind.name for kind in KINDS]
    for name in only:
        if name not in known:
            raise UsageProblem(
                "kind_unknown",
                f"There is no kind of mutant {name!r}.",
                hint=f"There are: {', '.join(known)}.",
            )
    mutants = [
        Mutant(**vars(fault), kind=kind.name)
        for kind in KINDS
        if not only or kind.name in only
        for fault in kind.make(schema)
    ]
    return _told_apart(mutants)


def sample(mutants: Sequence[Mutant], count: int, seed: int) -> list[Mutant]:
    """So many of them, as many kinds as possible, always the same for one seed.

    What else the schema has hardly matters: a fault that was chosen yesterday is chosen today, and what was
    found out about it counts.
    """
    by_kind: dict[str, list[Mutant]] = {}
    for mutant in mutants:
        by_kind.setdefault(mutant.kind, []).append(mutant)
    turns = [
        (turn, _lot(seed, kind), mutant)
        for kind, pile in by_kind.items()
        for turn, mutant in enumerate(sorted(pile, key=lambda each: _lot(seed, each.id)))
    ]
    turns.sort(key=lambda turn: turn[:2])
    wanted = {mutant for _, _, mutant in turns[:count]}
    return [mutant for mutant in mutants if mutant in wanted]


def _lot(seed: int, name: str) -> bytes:
    return hashlib.sha256(f"{seed} {name}".encode()).digest()


def _told_apart(mutants: list[Mutant]) -> list[Mutant]:
    """The same mutants, each statement once; two that differ and share an id get a number."""
    unique = list({mutant.sql: mutant for mutant in mutants}.values())
    seen: Counter[str] = Counter()
    told = []
    for mutant in unique:
        seen[mutant.id] += 1
        number = seen[mutant.id]
        detail = f"{mutant.detail}#{number}" if number > 1 else mutant.detail
        told.append(Mutant(**{**vars(mutant), "detail": detail}))
    return told
