"""What becomes of a removed row: hidden at once, restored by whom the room names, purged in the end.

A removed row (`deleted_at`) is in nobody's policies, so that nobody could bring it back as the caller: the
work is done by one small definer per command, which asks for the role and stays in the active organization.
The trigger `_200_hold` of a table that is purged keeps what a legal hold covers, and its arguments are all
that says which tables are purged (`app.purged_tables()`).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from carebase.access.auditing import is_personal
from carebase.access.columns import open_columns, row_key
from carebase.access.reach import Subject
from carebase.db.rooms import Purge

_DAYS = {"day": 1, "month": 30, "year": 365}


@dataclass(frozen=True)
class Restoring:
    """What the template is filled with; who may remove and restore, in SQL and in words; None: nobody."""

    key: str
    tenant: str
    remove: str | None
    restore: str | None
    guard: str | None
    errors: str
    removers: str
    restorers: str
    closed: list[str]
    people: list[str]


def restoring(subject: Subject) -> Restoring | None:
    """The functions of a table whose rows are removed or restored through the API; None for any other."""
    table = subject.table
    if not table.remove and not table.restore:
        return None
    feature = subject.room.head.feature
    shown = open_columns(subject)
    return Restoring(
        key=row_key(subject),
        tenant=table.tenant_column,
        remove=_roles(subject, table.remove),
        restore=_roles(subject, table.restore),
        guard=f"app.require_feature('{feature}')" if feature else None,
        errors=("feature_disabled, " if feature else "") + "not_authenticated, permission_denied",
        removers=", ".join(table.remove),
        restorers=", ".join(table.restore),
        closed=[] if shown is None else [name for name in subject.source.columns if name not in shown],
        people=people_columns(subject),
    )


def people_columns(subject: Subject) -> list[str]:
    """The columns that say whom a row is about: what a hold on a person goes by."""
    table = subject.table
    named = (table.owner_column, table.subject_column)
    return [name for name in dict.fromkeys(named) if name is not None and name in subject.source.columns]


def hold_arguments(subject: Subject) -> list[str] | None:
    """Tenant, key, the three spans, whether rows may be counted, the people's columns; as SQL literals.

    Example:
        >>> hold_arguments(sites)  # doctest: +SKIP
        ["'org_id'", "'id'", "'1 year'", "'30 days'", "'10 years'", "'counted'", "''"]
    """
    table = subject.table
    if table.purge is None:
        return None
    spans = (table.purge.keep_for, table.purge.at_least, table.purge.at_most)
    counted = "uncounted" if is_personal(subject) else "counted"
    people = ",".join(people_columns(subject))
    return [f"'{word}'" for word in (table.tenant_column, row_key(subject), *spans, counted, people)]


def mistakes(subject: Subject) -> Iterator[tuple[str, str]]:
    """What `remove`, `restore` and `purge` may not say: the key, and what is wrong with it."""
    table = subject.table
    for key, listed in (("remove", table.remove), ("restore", table.restore), ("purge", table.purge)):
        if not listed:
            continue
        if table.belongs_to != "organization" or not table.mutable or subject.schema != "public":
            yield key, "is for mutable tables of an organization in schema public"
        elif subject.source.columns.get(row_key(subject)) != "uuid":
            yield key, "needs a key of one uuid beside the organization"
    for key, listed in (("remove", table.remove), ("restore", table.restore)):
        for who in listed:
            if who not in subject.vocabulary.personas:
                yield key, f"{who!r} is not a persona"
    # What is listed for whoever restores is no more than they could read before it was removed.
    readers = subject.vocabulary.expand(subject.groups("select").get("organization", []))
    for who in (*table.remove, *table.restore):
        if who not in readers:
            key = "remove" if who in table.remove else "restore"
            yield key, f"{who} may not select every row of the table"
    if table.purge is not None and not _is_ordered(table.purge):
        yield "purge", "keep_for must be between at_least and at_most"


def _is_ordered(purge: Purge) -> bool:
    spans = [_days(span) for span in (purge.at_least, purge.keep_for, purge.at_most)]
    return spans == sorted(spans)


def _days(span: str) -> int:
    number, unit = span.split()
    return int(number) * _DAYS[unit.removesuffix("s")]


def _roles(subject: Subject, listed: list[str]) -> str | None:
    return ", ".join(f"'{role}'" for role in subject.vocabulary.expand(listed)) or None
