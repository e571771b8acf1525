"""What a matrix may not say; each mistake is a sentence that names the file and the key."""

from __future__ import annotations

from collections.abc import Iterator

from carebase.access.columns import row_key
from carebase.access.reach import Subject
from carebase.access.restoring import mistakes as removal_mistakes
from carebase.access.sealed import mistakes as sealing_mistakes
from carebase.problems import UsageProblem

# Every policy and every write of a frontend needs these.
_ALWAYS_OPEN = ("deleted_at", "version")
# Scopes that read the link as the caller.
_BY_LINK = ("related", "looked_after")


def refuse_mistakes(subject: Subject, others: list[Subject]) -> None:
    """Check one table against its file, the vocabulary and the matrices of the tables that it relies on.

    Raises:
        UsageProblem: `matrix_invalid`, for the first mistake.

    Example:
        >>> refuse_mistakes(patients, others)  # doctest: +SKIP
        Traceback (most recent call last):
        UsageProblem: sql/people/room.toml: tables.patients.access.nurze: is neither a persona nor …
    """
    for key, what in _mistakes(subject, others):
        name = subject.name if "." not in subject.name else f'"{subject.name}"'
        raise UsageProblem(
            "matrix_invalid",
            f"sql/{subject.room.name}/room.toml: tables.{name}.{key}: {what}.",
            hint="sql/access.toml lists personas, audiences and scopes.",
        )


def _mistakes(subject: Subject, others: list[Subject]) -> Iterator[tuple[str, str]]:
    yield from _unknown_words(subject)
    yield from _unknown_columns(subject)
    yield from _idle_columns(subject)
    yield from _unreadable_links(subject, others)
    yield from _wrong_restrictions(subject, others)
    yield from sealing_mistakes(subject)
    yield from _wrong_merge(subject)
    yield from removal_mistakes(subject)


def _unknown_words(subject: Subject) -> Iterator[tuple[str, str]]:
    for who, cells in subject.table.access.items():
        if not subject.vocabulary.knows(who):
            yield f"access.{who}", "is neither a persona nor an audience"
        for command, scope in cells.items():
            if scope not in subject.vocabulary.scopes:
                yield f"access.{who}.{command}", f"{scope!r} is not a scope"
            if scope in _BY_LINK and subject.table.link is None:
                yield f"access.{who}.{command}", f"the scope {scope!r} needs a link"
            if scope.startswith("linked") and subject.table.topic is None:
                yield f"access.{who}.{command}", f"the scope {scope!r} needs a topic"
    for column, listed in subject.table.columns.items():
        for who in listed:
            if not subject.vocabulary.knows(who):
                yield f"columns.{column}", f"{who!r} is neither a persona nor an audience"


def _unknown_columns(subject: Subject) -> Iterator[tuple[str, str]]:
    table = subject.table
    named = {
        "phi": table.phi,
        "hidden": table.hidden,
        "insert_columns": table.insert_columns,
        "update_columns": table.update_columns,
    }
    for key, columns in {**named, "columns": list(table.columns)}.items():
        for column in columns:
            if column not in subject.source.columns:
                at = f"columns.{column}" if key == "columns" else key
                yield at, f"column {column!r} is not in {subject.source.file}"
    used = {scope for cells in table.access.values() for scope in cells.values()}
    for scope, key, column in (
        ("own", "owner_column", table.owner_column),
        ("sites", "site_column", table.site_column),
        ("shared", "access", "is_shared"),
        ("active", "access", "is_active"),
        ("joined", "access", "circle_id"),
        ("linked", "resident_column", table.resident_column),
        ("linked_shared", "resident_column", table.resident_column),
        ("linked_shared", "access", "is_shared"),
    ):
        if scope in used and column not in subject.source.columns:
            yield key, f"the scope {scope!r} needs column {column!r}, which is not in {subject.source.file}"


def _idle_columns(subject: Subject) -> Iterator[tuple[str, str]]:
    for command, listed in (
        ("insert", subject.table.insert_columns),
        ("update", subject.table.update_columns),
    ):
        used = any(command in cells for cells in subject.table.access.values())
        if used != bool(listed):
            yield f"{command}_columns", f"must be listed exactly if the matrix has {command} cells"


def _unreadable_links(subject: Subject, others: list[Subject]) -> Iterator[tuple[str, str]]:
    """Without a select on the link, as which the caller reads it, the scope would silently be empty."""
    link = subject.table.link
    target = next((other for other in others if link and other.name == link.table), None)
    if link and target is None:
        yield "link.table", f"no room.toml declares {link.table!r}"
    if link is None or target is None:
        return
    used = {scope for cells in subject.table.access.values() for scope in cells.values()}
    needed = [link.column, "deleted_at", *(["site_id"] if "looked_after" in used else [])]
    if missing_columns := [column for column in needed if column not in target.source.columns]:
        yield "link", f"{target.source.file} needs the column {missing_columns[0]!r}"
    readers = {role for who in target.groups("select").values() for role in target.vocabulary.expand(who)}
    for who, cells in subject.table.access.items():
        missing = [role for role in subject.vocabulary.expand([who]) if role not in readers]
        for scope in _BY_LINK:
            if scope in cells.values() and missing:
                yield f"access.{who}", f"the scope {scope!r} needs a select on {link.table} for {missing[0]}"


def _wrong_restrictions(subject: Subject, others: list[Subject]) -> Iterator[tuple[str, str]]:
    if not subject.table.columns:
        return
    if subject.schema != "public":
        yield "columns", "only a table of schema public has readers to restrict"
    if not row_key(subject) or subject.source.columns[row_key(subject)] != "uuid":
        yield "columns", "restricted columns need a key of one uuid beside the organization"
    table = subject.table
    needed = {*subject.source.key, *_ALWAYS_OPEN, table.tenant_column, table.owner_column, table.site_column}
    if any("shared" in cells.values() for cells in table.access.values()):
        needed.add("is_shared")
    links = [other.table.link for other in others if other.table.link]
    needed.update(link.column for link in links if link.table == subject.name)
    select = {role for who in subject.groups("select").values() for role in subject.vocabulary.expand(who)}
    for column, listed in table.columns.items():
        if column in needed:
            yield f"columns.{column}", "keys and what decides about access cannot be restricted"
        for role in subject.vocabulary.expand(listed):
            if role not in select:
                yield f"columns.{column}", f"{role} may select no row of the table"


def _wrong_merge(subject: Subject) -> Iterator[tuple[str, str]]:
    table = subject.table
    if table.merge is None:
        return
    for column in table.merge:
        if column not in table.update_columns:
            yield f"merge.{column}", f"column {column!r} is not in update_columns"
    if not table.mutable or subject.schema != "public" or not subject.groups("update"):
        yield "merge", "is for tables that the API changes"
    for column in table.update_columns:
        if column in table.columns or column in table.hidden:
            yield "merge", f"column {column!r} is not open to all who may change the row"
