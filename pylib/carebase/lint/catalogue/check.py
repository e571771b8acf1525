"""Runs the catalogue rules and finds the file and line behind each fault."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import orjson

from carebase.db.connect import act_as_owner, connect
from carebase.db.declarations import Place
from carebase.db.rooms import Room, load_rooms
from carebase.lint.catalogue import (
    bodies,
    columns,
    comments,
    functions,
    grants,
    keys,
    policies,
    protected,
    row_security,
    tenancy,
    upkeep,
    views,
)
from carebase.lint.catalogue.rule import PRELUDE, Fault, Rule
from carebase.lint.findings import Finding
from carebase.lint.workspace import Workspace

TOOL = "catalogue"
RULES: tuple[Rule, ...] = tuple(
    rule
    for family in (
        row_security, policies, grants, functions, views, tenancy, keys, columns, protected, upkeep, comments,
    )
    for rule in family.RULES
)  # fmt: skip


ALL_RULES = (*RULES, bodies.RULE)


def roots(workspace: Workspace) -> list[Path]:
    """Everything that the database is built from."""
    return [workspace.project.sql]


def check(workspace: Workspace) -> list[Finding]:
    """Findings of our own rules in the built database; nothing in it is changed."""
    rooms = load_rooms(workspace.project)
    findings = []
    with connect(workspace.database) as conn:
        conn.read_only = True
        conn.execute("set local search_path = ''")  # so that every name comes back qualified
        conn.execute("select set_config('carebase_lint.declared', %s, true)", [_declared(rooms)])
        for rule in RULES:
            rows = [Fault(*row) for row in conn.execute(PRELUDE + rule.sql)]
            findings += [_finding(workspace, rule, fault) for fault in _judged(rule, rows)]
    with connect(workspace.database, autocommit=True) as conn:
        act_as_owner(conn)
        conn.execute("set search_path = ''")
        findings += [_finding(workspace, bodies.RULE, fault) for fault in bodies.faults(conn)]
    return findings


def _judged(rule: Rule, faults: list[Fault]) -> Iterable[Fault]:
    """The faults that are some, each once."""
    if rule.judge is None:
        return faults
    judged = ((fault, rule.judge(fault.note)) for fault in faults)
    return dict.fromkeys(replace(fault, note=note) for fault, note in judged if note)


def _declared(rooms: list[Room]) -> str:
    """The room.toml files as the rules' query wants them."""
    entries = []
    for room in rooms:
        for name, table in room.tables.items():
            schema, bare = room.qualified(name)
            entries.append(
                {
                    "room": room.name,
                    "schema": schema,
                    "name": bare,
                    "belongs_to": table.belongs_to,
                    "tenant_column": table.tenant_column,
                    "owner_column": table.owner_column,
                    "is_mutable": table.mutable,
                    "is_append_only": table.append_only,
                    "is_sealed": bool(table.sealed),
                    "is_merged": table.merge is not None,
                    "commands": sorted({command for cells in table.access.values() for command in cells}),
                    "insert_columns": table.insert_columns,
                    "update_columns": table.update_columns,
                    "restricted_columns": [*table.columns, *table.hidden],
                    "phi_columns": table.phi,
                }
            )
    return orjson.dumps(entries).decode()


def _finding(workspace: Workspace, rule: Rule, fault: Fault) -> Finding:
    if fault.kind == "room.toml":
        place = _in_room_file(workspace, fault)
    else:
        place = workspace.declarations.place(fault.kind, fault.schema, fault.name, fault.part) or Place(
            "sql", 0, ""
        )
    return Finding(
        place.file,
        place.line,
        TOOL,
        rule.name,
        f"{fault.subject} {fault.note}.",
        hint=rule.mend,
        subject=fault.subject,
    )


def _in_room_file(workspace: Workspace, fault: Fault) -> Place:
    """The line of room.toml that opens the table's entry; the fault's part is the room."""
    path = workspace.project.sql / fault.part / "room.toml"
    names = [re.escape(name) for name in (fault.name, f"{fault.schema}.{fault.name}")]
    header = re.compile(rf"""\s*\[\s*tables\s*\.\s*["']?({"|".join(names)})["']?\s*\]""")
    lines = path.read_text(encoding="utf-8").splitlines()
    line = next((number for number, text in enumerate(lines, 1) if header.match(text)), 0)
    return Place(workspace.relative(path), line, fault.part)
