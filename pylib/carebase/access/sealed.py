"""Sealed columns: what a room declares, and the trigger and functions that it compiles to.

A column is stored sealed (docs/phi.md). What is written to it is sealed by a trigger, before the row is
anywhere; it is opened by a function only, for those who may select the row (and, where the column is a
restricted one, may read it), who say what for, and of whom one event remains per call. Of a table that
nobody selects the function is private to those of its room, which say themselves whom they serve.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from carebase.access.columns import MOST_IDS, readers, row_key
from carebase.access.predicates import Predicate, all_of, any_of, render
from carebase.access.reach import Subject

_OPENS = {"text": "", "date": "::date", "timestamptz": "::timestamptz", "jsonb": "::jsonb"}
_NONE = "null::uuid"


@dataclass(frozen=True)
class Column:
    """One sealed column; `predicate` is None where the row's own says enough.

    Attributes:
        type: what opens.
        place: table and column, as they are bound to each value.
        opens: the cast from text.
        index: whether `<name>_index` finds it.
    """

    name: str
    type: str
    place: str
    predicate: str | None
    opens: str
    index: bool


@dataclass(frozen=True)
class Sealing:
    """What the template is filled with; `org` and `subject` are the owners of the key, as SQL of a row.

    Attributes:
        about: the person whom an access event names, as SQL of a row.
        is_private: nobody selects the table, so there is nobody to open it for but functions of its room.
    """

    key: str
    org: str
    subject: str
    about: str
    owner: list[str]
    columns: list[Column]
    predicate: str
    guard: str | None
    names: str
    feature_errors: str
    is_private: bool
    most: int = MOST_IDS


def sealed(subject: Subject) -> Sealing | None:
    """The trigger and the functions of a table with sealed columns; None for a table without any."""
    table = subject.table
    if not table.sealed:
        return None
    is_private = not subject.groups("select")
    by_column = {name: "true" if is_private else _may_open(subject, name) for name in table.sealed}
    # Who may read a restricted column may read the others: where there are others, they say which rows.
    open_to_all = [name for name in table.sealed if name not in table.columns]
    alternatives = list(dict.fromkeys(by_column[name] for name in open_to_all or table.sealed))
    is_one = len(alternatives) == 1
    target = f"{subject.schema}.{subject.bare}"
    columns = [
        Column(
            name,
            how.type,
            f"carebase:1:{target}:{name}:",
            None if is_one and by_column[name] == alternatives[0] else render(by_column[name], indent=10),
            _OPENS[how.type],
            how.index,
        )
        for name, how in table.sealed.items()
    ]
    org, person = _owners(subject)
    where = all_of([subject.visible(), subject.floor(), any_of(alternatives)])
    feature = subject.room.head.feature
    return Sealing(
        key=row_key(subject),
        org=org,
        subject=person,
        about=table.subject_column or person,
        owner=[name for name in (org, person) if name != _NONE],
        columns=columns,
        predicate=render(where, indent=6),
        guard=f"app.require_feature('{feature}')" if feature else None,
        names=", ".join(table.sealed),
        feature_errors="feature_disabled, permission_denied, " if feature else "",
        is_private=is_private,
    )


def _owners(subject: Subject) -> tuple[str, str]:
    """Organization and person whose key it is."""
    table = subject.table
    if table.belongs_to == "organization":
        person = table.subject_column if table.sealed_by == "subject" else None
        return table.tenant_column, person or _NONE
    if table.belongs_to == "person":
        return _NONE, table.subject_column or row_key(subject)
    return _NONE, table.subject_column or _NONE


def _may_open(subject: Subject, column: str) -> Predicate:
    if column in subject.table.columns:
        return readers(subject, column)
    return any_of([subject.reach(scope, who) for scope, who in subject.groups("select").items()])


def mistakes(subject: Subject) -> Iterator[tuple[str, str]]:
    """What a room may not say of sealed columns."""
    table, file = subject.table, subject.source.file
    for name, how in table.sealed.items():
        if subject.source.columns.get(name) != "bytea":
            yield f"sealed.{name}", f"a sealed column is bytea, and {file} does not say so"
        if name not in table.phi:
            yield f"sealed.{name}", "what is sealed is protected: list it in phi"
        if how.index and subject.source.columns.get(f"{name}_index") != "bytea":
            yield f"sealed.{name}.index", f"{file} needs a column {name}_index of type bytea"
        if how.index and f"{name}_index" not in table.hidden:
            yield f"sealed.{name}.index", f"nobody may read {name}_index: list it in hidden"
        if how.index and not subject.groups("select"):
            yield f"sealed.{name}.index", "nobody selects the table, so nobody finds anything in it"
        if how.index and how.type == "jsonb":
            yield f"sealed.{name}.index", "a document is not found by equality"
    if table.sealed and not (row_key(subject) and subject.source.columns[row_key(subject)] == "uuid"):
        yield "sealed", "sealed columns need a key of one uuid beside the organization"
    if table.sealed and subject.schema != "public":
        yield "sealed", "only a table of schema public has readers to open it for"
    if table.sealed_by == "organization" and table.belongs_to != "organization":
        yield "sealed_by", "only a row of an organization is sealed by it"
    if table.subject_column and table.subject_column not in subject.source.columns:
        yield "subject_column", f"column {table.subject_column!r} is not in {file}"
