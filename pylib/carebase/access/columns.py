"""Columns that not everyone who may select a row may read (minimum necessary, 45 CFR 164.502(b)).

Postgres grants a column to a role of the database, and everyone who is signed in is the same one. So nobody
is granted a restricted column; a function reads it for those who may, and asks for every row by which of
their roles they reach it: a nurse of one house who is also the organization's scheduler reads gender in that
house only.
"""

from __future__ import annotations

from dataclasses import dataclass

from carebase.access.predicates import Predicate, all_of, any_of, render
from carebase.access.reach import Subject

MOST_IDS = 1000


@dataclass(frozen=True)
class Column:
    """One restricted column of the function's answer; `predicate` is None where the row's own says enough."""

    name: str
    type: str
    predicate: str | None


@dataclass(frozen=True)
class Restricted:
    """What the template of the two functions is filled with."""

    key: str
    columns: list[Column]
    predicate: str
    guard: str | None
    comment: str
    most: int = MOST_IDS


def open_columns(subject: Subject) -> list[str] | None:
    """The columns that everyone who may select a row may read; None when that is all of them."""
    closed = {*subject.table.columns, *subject.table.hidden}
    if not closed:
        return None
    return [name for name in subject.source.columns if name not in closed]


def readers(subject: Subject, *columns: str) -> Predicate:
    """For whom and in which rows at least one of these restricted columns is open."""
    listed = dict.fromkeys(
        role for column in columns for role in subject.vocabulary.expand(subject.table.columns[column])
    )
    parts = []
    for scope, who in subject.groups("select").items():
        if scope == "own":
            parts.append(subject.reach(scope, who))
        elif roles := [role for role in listed if role in subject.vocabulary.expand(who)]:
            parts.append(subject.reach(scope, roles))
    return any_of(parts)


def restricted(subject: Subject) -> Restricted | None:
    """The functions that read the restricted columns; None for a table without any."""
    # What is sealed is opened by functions of its own.
    names = [name for name in subject.table.columns if name not in subject.table.sealed]
    if not names:
        return None
    by_column = {name: readers(subject, name) for name in names}
    is_one = len(set(by_column.values())) == 1
    columns = [
        Column(name, subject.source.columns[name], None if is_one else render(by_column[name], indent=8))
        for name in subject.source.columns
        if name in by_column
    ]
    where = all_of([subject.visible(), subject.floor(), readers(subject, *names)])
    feature = subject.room.head.feature
    return Restricted(
        key=row_key(subject),
        columns=columns,
        predicate=render(where, indent=4),
        guard=f"app.require_feature('{feature}')" if feature else None,
        comment=_comment(subject).replace("'", "''"),
    )


def row_key(subject: Subject) -> str:
    """The column that names a row within its organization; empty when it takes more than one."""
    rest = [name for name in subject.source.key if name != subject.table.tenant_column]
    return rest[0] if len(rest) == 1 else ""


def _comment(subject: Subject) -> str:
    by_readers: dict[tuple[str, ...], list[str]] = {}
    for column in subject.source.columns:
        if column in subject.table.columns and column not in subject.table.sealed:
            by_readers.setdefault(tuple(subject.vocabulary.expand(subject.table.columns[column])), []).append(
                column
            )
    key = row_key(subject)
    owner = ", and their owner" if "own" in subject.groups("select") else ""
    lines = [
        f"The columns of {subject.bare} that not everyone who sees a row may read; they cannot be selected.",
        *(f"{', '.join(columns)}: for {', '.join(who)}{owner}." for who, columns in by_readers.items()),
        "A row of which the caller may read none of them is not in the answer"
        + ("; a column that they may not read is null." if len(by_readers) > 1 else "."),
        f"p_ids: {key} of the rows, at most {MOST_IDS}.",
        f"Never null: {key}.",
        "Errors: {}not_authenticated, invalid_input.".format(
            "feature_disabled, permission_denied, " if subject.room.head.feature else ""
        ),
    ]
    return "\n".join(lines)
