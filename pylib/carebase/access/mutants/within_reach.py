"""What a fault can change: the tables and RPCs that come upon the faulty object, by whatever is between.

A fault in one function of many is felt by whoever calls it, and by whoever calls those; nobody else needs
to be asked. What is overlooked here makes a survivor of a fault that somebody would have noticed, never the
other way round.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping

from carebase.access.mutants.schema import OURS, Schema

_NAME = re.compile(rf"\b(?:{'|'.join(OURS)})\.[a-z_][a-z0-9_]*")


class WithinReach:
    """Who comes upon what.

    Args:
        mentions: the names in the text of an object, by its own name, both with their schema.

    Example:
        >>> reach = WithinReach({"public.pay": ["app.pay"], "app.pay": ["public.invoices"]})
        >>> sorted(reach.of("public.invoices.select_own"))
        ['app.pay', 'public.invoices', 'public.pay']
    """

    def __init__(self, mentions: Mapping[str, Iterable[str]]) -> None:
        self._mentioned_by: dict[str, set[str]] = defaultdict(set)
        for name, others in mentions.items():
            for other in others:
                self._mentioned_by[other].add(name)

    def of(self, target: str) -> set[str]:
        """The object that a fault is in, and all that comes upon it.

        Args:
            target: of the fault, such as `public.sites.select_own` or `app.my_sites(public.app_role[])`.
        """
        found = _NAME.match(target)
        reached = {found[0]} if found else set()
        ahead = list(reached)
        while ahead:
            further = self._mentioned_by.get(ahead.pop(), set()) - reached
            reached |= further
            ahead += further
        return reached


def mentions(schema: Schema) -> dict[str, set[str]]:
    """The names that every table and function mentions.

    A table mentions what its policies, triggers, defaults and checks do, and what opens its sealed columns;
    not what its keys point at, since whether a row is there is asked past every policy. A view could be
    anybody's way: it mentions every table.
    """
    found: dict[str, set[str]] = defaultdict(set)

    def add(name: str, *texts: str | None) -> None:
        found[name].update(other for text in texts if text for other in _NAME.findall(text))

    for function in schema.functions:
        add(function.called, function.definition)
    for policy in schema.policies:
        add(policy.table, policy.using, policy.check)
    for trigger in schema.triggers:
        add(trigger.table, trigger.function, trigger.definition)
    for key in schema.keys:
        if key.kind == "check":
            add(key.table, key.definition)
    called = {function.called for function in schema.functions}
    for table in schema.tables:
        bare = table.name.rpartition(".")[2]
        asked = {f"app.open_{bare}", f"public.open_{bare}", f"public.get_{bare}_restricted"}
        found[table.name].update(asked & called)
    for relation in schema.relations:
        add(relation.name, *(column.default for column in relation.columns))
        if not relation.is_table:
            found[relation.name].update(table.name for table in schema.tables)
    return found
