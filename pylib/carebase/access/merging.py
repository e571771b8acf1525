"""The function through which a table that declares `merge` is changed by several people at once."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable
from dataclasses import dataclass

from carebase.access.columns import open_columns, row_key
from carebase.access.reach import Subject


@dataclass(frozen=True)
class Merging:
    """What the template of the function is filled with; lists of columns by the line."""

    key: str
    row: str
    columns: list[str]
    changed: list[str]
    wanted: list[str]
    strategies: list[str]
    strategies_said: str
    guards: list[str]
    errors: str


def merging(subject: Subject) -> Merging | None:
    """The merge of a table; None for one that does not declare it."""
    table = subject.table
    if table.merge is None:
        return None
    strategies = {column: table.merge.get(column, "reject") for column in table.update_columns}
    feature = subject.room.head.feature
    key = row_key(subject)
    errors = ["not_authenticated", "permission_denied", "not_found", "conflict", "invalid_input"]
    return Merging(
        key=key,
        row=f"{tenant} and {key} = p_id" if (tenant := subject.tenant()) != "true" else f"{key} = p_id",
        columns=_lines(open_columns(subject) or subject.source.columns),
        changed=_lines(strategies),
        wanted=_lines(f"wanted.{column}" for column in strategies),
        strategies=_lines(f"'{column}', '{strategy}'" for column, strategy in strategies.items()),
        strategies_said=", ".join(
            name if strategy == "reject" else f"{name} ({_SAID[strategy]})"
            for name, strategy in strategies.items()
        ),
        guards=_guards(subject),
        errors=", ".join([*(["feature_disabled"] if feature else []), *errors]),
    )


def _lines(names: Iterable[str]) -> list[str]:
    return textwrap.wrap(", ".join(names), width=110)


def _guards(subject: Subject) -> list[str]:
    """Whom the matrix lets change no row at all is told so, rather than that there is no such row."""
    feature = subject.room.head.feature
    guards = [f"perform app.require_feature('{feature}');"] if feature else []
    if subject.table.belongs_to == "organization":
        words = [word for who in subject.groups("update").values() for word in who]
        roles = ", ".join(f"'{role}'" for role in subject.vocabulary.expand(words))
        return [*guards, f"perform app.require_role({roles});"]
    return [*guards, "perform app.require_person();"]


_SAID = {
    "last_write": "whoever writes last",
    "max": "the greater one",
    "union": "all of both",
}
