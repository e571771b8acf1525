"""What became of each mutant, and of all of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from carebase.access.mutants.mutant import Mutant

WANTED = 0.95
"""The share of mutants that our defences must catch."""


@dataclass(frozen=True)
class Outcome:
    """One mutant's fate.

    Args:
        mutant: the fault.
        caught: defence → the first thing it said; empty for a survivor.
        peers: other people's tools that noticed it → the first thing they said.
        broken: why the fault could not be made; "" if it was.
    """

    mutant: Mutant
    caught: Mapping[str, str] = field(default_factory=dict)
    peers: Mapping[str, str] = field(default_factory=dict)
    broken: str = ""

    @property
    def is_counted(self) -> bool:
        """Whether it is a fault at all: one that nobody could notice counts neither way."""
        return not self.broken and not self.mutant.equivalent

    @property
    def is_wrongly_excused(self) -> bool:
        """Whether it is said to make no difference, and somebody saw one."""
        return bool(self.mutant.equivalent and self.caught)


@dataclass(frozen=True)
class Report:
    """All fates.

    Args:
        outcomes: in the order of the mutants.
        false_alarms: defence → what it finds on the schema without fault.
        defences: name → what it looks at, of those that ran.
        peers: name → what it looks at, of other people's tools that ran.
        absent: name → why it did not run.
        chosen: how many of how many mutants ran.
    """

    outcomes: list[Outcome]
    false_alarms: dict[str, list[str]]
    defences: dict[str, str]
    peers: dict[str, str] = field(default_factory=dict)
    absent: dict[str, str] = field(default_factory=dict)
    chosen: tuple[int, int] = (0, 0)

    @property
    def counted(self) -> list[Outcome]:
        return [outcome for outcome in self.outcomes if outcome.is_counted]

    @property
    def caught(self) -> list[Outcome]:
        return [outcome for outcome in self.counted if outcome.caught]

    @property
    def survivors(self) -> list[Outcome]:
        return [outcome for outcome in self.counted if not outcome.caught]

    @property
    def equivalent(self) -> list[Outcome]:
        return [outcome for outcome in self.outcomes if outcome.mutant.equivalent]

    @property
    def broken(self) -> list[Outcome]:
        return [outcome for outcome in self.outcomes if outcome.broken]

    @property
    def wrongly_excused(self) -> list[Outcome]:
        return [outcome for outcome in self.outcomes if outcome.is_wrongly_excused]

    @property
    def rate(self) -> float:
        """The share caught of those that count; 1 when none does."""
        return len(self.caught) / len(self.counted) if self.counted else 1.0

    @property
    def is_good(self) -> bool:
        """Whether enough was caught, nothing was found where nothing is, and every mutant was one."""
        return self.rate >= WANTED and not self.false_alarms and not self.broken and not self.wrongly_excused

    def by_kind(self) -> dict[str, tuple[int, int]]:
        """Kind → how many were caught, of how many."""
        counts: dict[str, tuple[int, int]] = {}
        for outcome in self.counted:
            caught, total = counts.get(outcome.mutant.kind, (0, 0))
            counts[outcome.mutant.kind] = caught + bool(outcome.caught), total + 1
        return counts
