"""What is different between two catalogues."""

from __future__ import annotations

import json
from collections.abc import Set
from dataclasses import dataclass
from itertools import zip_longest
from typing import Any, Literal

from carebase.db.catalogue.read import Catalogue, Item
from carebase.db.catalogue.same import same

Change = Literal["missing", "unexpected", "different"]


@dataclass(frozen=True)
class Difference:
    """One thing that is not as expected.

    Attributes:
        kind: what it is: `relation`, `column`, `policy`, …
        identity: which one.
        change: `missing` (expected, not found), `unexpected` (found, not expected) or `different`.
        details: for `different`: detail → (expected, found).
    """

    kind: str
    identity: str
    change: Change
    details: dict[str, tuple[Any, Any]]

    def __str__(self) -> str:
        said = "; ".join(f"{name} {_say(*pair)}" for name, pair in self.details.items())
        return f"{self.kind} {self.identity}: {self.change}" + (f": {said}" if said else "")


def compare(expected: Catalogue, found: Catalogue, *, ignore: Set[str] = frozenset()) -> list[Difference]:
    """Everything in which `found` differs from `expected`.

    What is part of a missing or unexpected object is not listed with it.

    Args:
        expected: how it should be.
        found: how it is.
        ignore: kinds that do not count.

    Example:
        >>> compare(catalogue, catalogue)
        []
    """
    both = {**expected, **found}
    apart = {item.identity for item in expected.keys() ^ found.keys() if both[item].part_of is None}
    differences = []
    for item in sorted(both):
        if item.kind in ignore:
            continue
        want, have = expected.get(item), found.get(item)
        if both[item].part_of in apart:
            continue
        if want is None or have is None:
            differences.append(Difference(item.kind, item.identity, "missing" if want else "unexpected", {}))
        elif want.details != have.details:
            names = sorted(want.details.keys() | have.details.keys())
            pairs = {name: (want.details.get(name), have.details.get(name)) for name in names}
            if item.kind == "column_order":
                pairs = {name: _in_common(*pair) for name, pair in pairs.items()}
            details = {name: pair for name, pair in pairs.items() if not same(name, *pair)}
            if details:
                differences.append(Difference(item.kind, item.identity, "different", details))
    return differences


def same_in_other_words(expected: Catalogue, found: Catalogue) -> list[Item]:
    """Items in both catalogues whose texts differ although they mean the same."""
    differences = {(difference.kind, difference.identity) for difference in compare(expected, found)}
    return [
        item
        for item, entry in sorted(expected.items())
        if item in found
        and entry.details != found[item].details
        and (item.kind, item.identity) not in differences
    ]


def _in_common(want: Any, have: Any) -> tuple[Any, Any]:
    """Two orders without what only one of them has; that is another difference."""
    return [name for name in want if name in have], [name for name in have if name in want]


def _say(want: Any, have: Any) -> str:
    """`expected X, found Y`; of long texts only the first line that is not the same."""
    if isinstance(want, str) and isinstance(have, str) and "\n" in want + have:
        for number, pair in enumerate(zip_longest(want.splitlines(), have.splitlines()), 1):
            if pair[0] != pair[1]:
                return f"(line {number}) expected {_one(pair[0])}, found {_one(pair[1])}"
    return f"expected {_one(want)}, found {_one(have)}"


def _one(value: Any) -> str:
    return "nothing" if value is None else json.dumps(value, ensure_ascii=False)
