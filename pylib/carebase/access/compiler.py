"""From the matrix of a room to the SQL that keeps it: one generated file per table, committed and reviewed.

One permissive policy per table and command, its audiences joined by OR, each repeating the tenant predicate;
a restrictive floor beside it; grants no wider than the matrix; the functions behind restricted columns; the
function that merges changes, those that remove and restore; the standard triggers.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import jinja2

from carebase.access.auditing import trigger_arguments
from carebase.access.checks import refuse_mistakes
from carebase.access.columns import open_columns, restricted
from carebase.access.merging import merging
from carebase.access.predicates import all_of, any_of, render
from carebase.access.reach import Subject
from carebase.access.restoring import hold_arguments, restoring
from carebase.access.sealed import sealed
from carebase.access.source import read_source
from carebase.access.vocabulary import load_vocabulary
from carebase.db.rooms import Command, load_rooms
from carebase.project import Project

COMMANDS: tuple[Command, ...] = ("select", "insert", "update", "delete")
_ENVIRONMENT = jinja2.Environment(
    loader=jinja2.PackageLoader("carebase.access"),
    undefined=jinja2.StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
    keep_trailing_newline=True,
    autoescape=False,  # noqa: S701  SQL, not HTML; every name comes from our own files and is checked below
)


@dataclass(frozen=True)
class Policy:
    """One permissive policy: for which command, under which name, who may reach which rows, and in words."""

    command: Command
    name: str
    predicate: str
    comment: str


def load_subjects(project: Project) -> list[Subject]:
    """Every table that a matrix is written for, in the order of the rooms; nothing in them is wrong.

    Raises:
        UsageProblem: `matrix_invalid` for an unknown persona, scope, column or table file, and for what a
            matrix may not say.

    Example:
        >>> [subject.bare for subject in load_subjects(Project.find())][:2]  # doctest: +SKIP
        ['organizations', 'properties']
    """
    vocabulary = load_vocabulary(project)
    subjects = [
        Subject(room, name, table, read_source(room, name), vocabulary)
        for room in load_rooms(project)
        for name, table in room.tables.items()
    ]
    for subject in subjects:
        refuse_mistakes(subject, subjects)
    return subjects


def compile_rooms(project: Project, *, check: bool = False) -> list[Path]:
    """Write `sql/<room>/generated/<table>.sql` for every declared table.

    Args:
        project: the checkout.
        check: write nothing and only tell what is stale.

    Returns:
        The files that changed or, with `check`, would change; a file whose table is gone is one of them.

    Raises:
        UsageProblem: `matrix_invalid` for an unknown persona, scope, column or table file.

    Example:
        >>> compile_rooms(Project.find(), check=True)  # doctest: +SKIP
        []
    """
    wanted = {
        subject.room.folder / "generated" / f"{subject.bare}.sql": compile_table(subject)
        for subject in load_subjects(project)
    }
    present = {path for room in load_rooms(project) for path in (room.folder / "generated").glob("*.sql")}
    changed = [
        path
        for path in sorted(wanted.keys() | present)
        if path not in wanted or path not in present or path.read_text(encoding="utf-8") != wanted[path]
    ]
    for path in () if check else changed:
        if path in wanted:
            path.parent.mkdir(exist_ok=True)
            path.write_text(wanted[path], encoding="utf-8")
        else:
            path.unlink()
    return changed


def compile_table(subject: Subject) -> str:
    """The SQL that keeps the matrix of one table."""
    floor = subject.floor()
    context = {
        "room": subject.room.name,
        "schema": subject.schema,
        "name": subject.bare,
        "table": subject.table,
        "floor": None if floor == "true" else render(floor, indent=2),
        "policies": [policy for command in COMMANDS for policy in _policies(subject, command)],
        "commands": {command for cells in subject.table.access.values() for command in cells},
        "open_columns": open_columns(subject),
        "audit": trigger_arguments(subject) if subject.table.mutable else None,
    }
    rendered = _ENVIRONMENT.get_template("table.sql.j2").render(context)
    if (found := restricted(subject)) is not None:
        rendered += "\n" + _ENVIRONMENT.get_template("restricted.sql.j2").render(context, restricted=found)
    if (kept := sealed(subject)) is not None:
        rendered += "\n" + _ENVIRONMENT.get_template("sealed.sql.j2").render(context, sealed=kept)
    if (merged := merging(subject)) is not None:
        rendered += "\n" + _ENVIRONMENT.get_template("merge.sql.j2").render(context, merging=merged)
    if (kept_for := hold_arguments(subject)) is not None:
        rendered += "\n" + _ENVIRONMENT.get_template("purge.sql.j2").render(context, arguments=kept_for)
    if (removal := restoring(subject)) is not None:
        rendered += "\n" + _ENVIRONMENT.get_template("restore.sql.j2").render(context, removal=removal)
    return rendered


def _policies(subject: Subject, command: Command) -> list[Policy]:
    """None or one: what is not permitted by it is permitted by nothing."""
    groups = subject.groups(command)
    if not groups:
        return []
    several = len(groups) > 1
    alternatives = any_of(
        [
            subject.reach(scope, who, beside_others=several, to_read=command == "select")
            for scope, who in groups.items()
        ]
    )
    visible = subject.visible() if command != "insert" else "true"
    says = subject.vocabulary.scopes
    sentences = [f"{_say(subject, who)}: {says[scope].says}" for scope, who in groups.items()]
    return [
        Policy(
            command=command,
            name=f"{command}_{'_or_'.join(groups)}",
            predicate=render(all_of([subject.tenant(), visible, alternatives]), indent=2),
            comment="; ".join(sentences).replace("'", "''") + ".",
        )
    ]


def _say(subject: Subject, who: list[str]) -> str:
    audiences = subject.vocabulary.audiences
    return ", ".join(audiences[word].says if word in audiences else word for word in who)
