"""In which order tables are filled, so that every row finds what it refers to."""

from __future__ import annotations

from dataclasses import dataclass
from graphlib import CycleError, TopologicalSorter

from carebase.tenants.belonging import Belongings, Moved
from carebase.tenants.catalogue import ForeignKey


@dataclass(frozen=True)
class Order:
    """Tables, each after those that it refers to, and the foreign keys for which that cannot be."""

    tables: list[Moved]
    deferred: list[ForeignKey]
    """Keys in circles: they can only be checked once all tables are filled."""


def in_order(belongings: Belongings) -> Order:
    """Sort by the foreign keys; each circle is opened at one of its keys.

    A table that refers to itself is no circle: keys are checked at the end of a statement.
    """
    keys = [
        key
        for table in belongings.tables.values()
        for key in table.shape.foreign_keys
        if key.target in belongings.tables and key.target != key.source
    ]
    deferred: list[ForeignKey] = []
    while True:
        graph: dict[str, set[str]] = {name: set() for name in sorted(belongings.tables)}
        for key in keys:
            if key not in deferred:
                graph[key.source].add(key.target)
        try:
            names = list(TopologicalSorter(graph).static_order())
        except CycleError as error:
            target, source = error.args[1][:2]
            deferred += [key for key in keys if (key.source, key.target) == (source, target)]
            continue
        return Order([belongings.tables[name] for name in names], deferred)
