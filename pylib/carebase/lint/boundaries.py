"""Rooms reach only where their room.toml says: the kernel, and the domain rooms they name.

Two witnesses: the text of every file (`carebase.lint.reach`), and the dependencies that Postgres recorded
when the database was built, which also know of names that were written without a schema.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from carebase.db.connect import connect
from carebase.db.declarations import Declarations, Place
from carebase.db.rooms import Room, load_rooms
from carebase.lint.dependencies import Dependencies
from carebase.lint.findings import Finding
from carebase.lint.reach import Reach, reaches
from carebase.lint.workspace import Workspace

TOOL = "rooms"
# What the compile step puts on tables of every room: no room asks for it, its room comes later.
COMPILED = frozenset({"app.audit_row", "app.refuse_held", "app.purged_at", "app.is_held"})


def roots(workspace: Workspace) -> list[Path]:
    """Everything that the database is built from."""
    return [workspace.project.sql]


def check(workspace: Workspace) -> list[Finding]:
    """Findings about reach between rooms, and about objects that no room declares."""
    rooms = {room.name: room for room in load_rooms(workspace.project)}
    declarations = workspace.declarations
    with connect(workspace.database) as conn:
        dependencies = Dependencies(conn)
    found = [*reaches(declarations), *_recorded(dependencies, declarations)]
    return [
        *_undeclared(dependencies, declarations),
        *_forbidden(found, rooms),
        *_idle(found, rooms, workspace),
    ]


def _recorded(dependencies: Dependencies, declarations: Declarations) -> Iterator[Reach]:
    for who, whom in dependencies.pairs():
        place, declared = declarations.place(*who), declarations.place(*whom)
        if place and declared:
            yield Reach(place, f"{whom[1]}.{whom[2]}", declared)


def _undeclared(dependencies: Dependencies, declarations: Declarations) -> Iterator[Finding]:
    for key in sorted(dependencies.objects()):
        if declarations.place(*key) is None:
            subject = f"{key[1]}.{key[2]}"
            yield Finding(
                "sql",
                0,
                TOOL,
                "undeclared",
                f"{subject} is in the database, but no file of sql/ creates it by a statement of its own.",
                hint="Declare it in the room that it belongs to.",
                subject=subject,
            )


def _may_use(room: Room, rooms: dict[str, Room]) -> set[str]:
    kernel = set() if room.is_kernel else {name for name, other in rooms.items() if other.is_kernel}
    return {room.name, *room.head.uses, *kernel}


def _forbidden(found: Iterable[Reach], rooms: dict[str, Room]) -> Iterator[Finding]:
    told = set()
    for reach in found:
        here, there = rooms.get(reach.place.room), reach.declared.room
        once = (reach.place.file, reach.target)
        is_allowed = here is None or reach.target in COMPILED or there in _may_use(here, rooms)
        if here is None or is_allowed or once in told:
            continue
        told.add(once)
        yield Finding(
            reach.place.file,
            reach.place.line,
            TOOL,
            "reach",
            f"Room {here.name} reaches {reach.target} of room {there}, which it may not use.",
            hint=f'Add "{there}" to `uses` in sql/{here.name}/room.toml if that is the intent.',
            subject=reach.target,
        )


def _idle(found: Iterable[Reach], rooms: dict[str, Room], workspace: Workspace) -> Iterator[Finding]:
    reached = {(reach.place.room, reach.declared.room) for reach in found}
    for room in rooms.values():
        for used in room.head.uses:
            if (room.name, used) not in reached:
                place = _uses_line(room, workspace)
                yield Finding(
                    place.file,
                    place.line,
                    TOOL,
                    "idle-use",
                    f"Room {room.name} says that it uses {used}, but nothing in it does.",
                    hint=f'Remove "{used}" from `uses`.',
                )


def _uses_line(room: Room, workspace: Workspace) -> Place:
    path = room.folder / "room.toml"
    lines = path.read_text(encoding="utf-8").splitlines()
    line = next((number for number, text in enumerate(lines, 1) if re.match(r"\s*uses\s*=", text)), 0)
    return Place(workspace.relative(path), line, room.name)
