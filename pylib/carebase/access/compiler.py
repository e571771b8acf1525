"""From the matrix of a room to the SQL that keeps it: one generated file per table, committed and reviewed.

One permissive policy per table and command, its audiences joined by OR, each repeating the tenant predicate;
a restrictive floor beside it; grants no wider than the matrix; the standard triggers.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import jinja2
from pglast import ast, parse_sql

from carebase.access.predicates import Predicate, all_of, any_of, render
from carebase.access.vocabulary import Vocabulary, load_vocabulary
from carebase.db.rooms import Command, Room, Table, load_rooms
from carebase.problems import UsageProblem
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


def compile_rooms(project: Project, *, check: bool = False) -> list[Path]:
    """Write `sql/<room>/generated/<table>.sql` for every declared table.

    Parameters: `check` writes nothing and only tells what is stale.
    Returns the files that changed or, with `check`, would change; a file whose table is gone is one of them.
    Errors: `UsageProblem` `matrix_invalid` for an unknown persona, scope, column or table file.

    Example:
        >>> compile_rooms(Project.find(), check=True)  # doctest: +SKIP
        []
    """
    vocabulary = load_vocabulary(project)
    changed: list[Path] = []
    for room in load_rooms(project):
        folder = room.folder / "generated"
        wanted = {
            folder / f"{room.qualified(name)[1]}.sql": _compile_table(room, name, table, vocabulary)
            for name, table in room.tables.items()
        }
        present = set(folder.glob("*.sql"))
        changed += [
            path
            for path in sorted(wanted.keys() | present)
            if path not in wanted or path not in present or path.read_text(encoding="utf-8") != wanted[path]
        ]
        if check:
            continue
        folder.mkdir(exist_ok=True)
        for path in changed:
            if path in wanted:
                path.write_text(wanted[path], encoding="utf-8")
            elif path in present:
                path.unlink()
    return changed


def _compile_table(room: Room, name: str, table: Table, vocabulary: Vocabulary) -> str:
    schema, bare = room.qualified(name)
    source = room.folder / "tables" / f"{bare}.sql"
    columns = _declared_columns(source)
    for column in (*table.phi, *table.insert_columns, *table.update_columns):
        if column not in columns:
            raise _invalid(room, name, f"column {column!r} is not in {source.name}")
    for command in ("insert", "update"):
        used = any(command in cells for cells in table.access.values())
        if used != bool(table.insert_columns if command == "insert" else table.update_columns):
            raise _invalid(
                room, name, f"{command}_columns must be listed exactly if the matrix has {command} cells"
            )
    context = {
        "room": room.name,
        "schema": schema,
        "name": bare,
        "table": table,
        "floor": _floor(table, f"{schema}.{bare}", vocabulary),
        "policies": _policies(room, name, table, columns, vocabulary),
        "commands": {command for cells in table.access.values() for command in cells},
    }
    return _ENVIRONMENT.get_template("table.sql.j2").render(context)


def _declared_columns(source: Path) -> list[str]:
    if not source.is_file():
        raise UsageProblem("matrix_invalid", f"{source}: declared in room.toml, but there is no such file.")
    for raw in parse_sql(source.read_text(encoding="utf-8")):
        if isinstance(raw.stmt, ast.CreateStmt):
            return [str(item.colname) for item in raw.stmt.tableElts if isinstance(item, ast.ColumnDef)]
    raise UsageProblem("matrix_invalid", f"{source}: creates no table.")


def _tenant(table: Table) -> str | None:
    return (
        f"{table.tenant_column} = (select app.current_org())" if table.belongs_to == "organization" else None
    )


def _scope(scope: str, table: Table, qualified: str, vocabulary: Vocabulary) -> str:
    return _ENVIRONMENT.from_string(vocabulary.scopes[scope].sql).render(
        owner=table.owner_column, site=table.site_column, link=table.link, table=qualified
    )


def _floor(table: Table, qualified: str, vocabulary: Vocabulary) -> str | None:
    """What no permissive policy, now or later, can open: the tenant, or the person and who knows them."""
    if table.belongs_to == "organization":
        return _tenant(table)
    if table.belongs_to == "person":
        scopes = ["own", "related"] if table.link else ["own"]
        return render(any_of([_scope(scope, table, qualified, vocabulary) for scope in scopes]), indent=2)
    return None


def _policies(
    room: Room, name: str, table: Table, columns: list[str], vocabulary: Vocabulary
) -> list[Policy]:
    qualified = ".".join(room.qualified(name))
    policies = []
    for command in COMMANDS:
        who_by_scope: dict[str, list[str]] = {}
        for who, cells in table.access.items():
            if who not in vocabulary.personas and who not in vocabulary.audiences:
                raise _invalid(room, name, f"{who!r} is neither a persona nor an audience")
            if command in cells:
                scope = cells[command]
                if scope not in vocabulary.scopes:
                    raise _invalid(room, name, f"{scope!r} is not a scope")
                if scope == "related" and table.link is None:
                    raise _invalid(room, name, "the scope 'related' needs a link")
                who_by_scope.setdefault(scope, []).append(who)
        if not who_by_scope:
            continue
        alternatives = [
            all_of([_audience(who, table, vocabulary), _scope(scope, table, qualified, vocabulary)])
            for scope, who in who_by_scope.items()
        ]
        everywhere = [tenant] if (tenant := _tenant(table)) else []
        if "deleted_at" in columns and command != "insert":
            everywhere.append("deleted_at is null")
        sentences = [
            f"{_say_who(who, vocabulary)}: {vocabulary.scopes[scope].says}"
            for scope, who in who_by_scope.items()
        ]
        policies.append(
            Policy(
                command=command,
                name=f"{command}_{'_or_'.join(who_by_scope)}",
                predicate=render(all_of([*everywhere, any_of(alternatives)]), indent=2),
                comment="; ".join(sentences).replace("'", "''") + ".",
            )
        )
    return policies


def _audience(who: list[str], table: Table, vocabulary: Vocabulary) -> Predicate:
    if table.belongs_to == "organization" and "member" in who:
        return "true"  # the tenant predicate says the same
    roles = [word for word in who if word in vocabulary.personas]
    parts: list[Predicate] = [vocabulary.audiences[word].sql for word in who if word in vocabulary.audiences]
    if roles:
        parts.append("(select app.has_role({}))".format(", ".join(f"'{role}'" for role in roles)))
    return any_of(parts)


def _say_who(who: list[str], vocabulary: Vocabulary) -> str:
    return ", ".join(
        vocabulary.audiences[word].says if word in vocabulary.audiences else word for word in who
    )


def _invalid(room: Room, name: str, what: str) -> UsageProblem:
    return UsageProblem("matrix_invalid", f"{room.folder / 'room.toml'}: tables.{name}: {what}.")
