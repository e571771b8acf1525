"""The rooms of `sql/`: what each `room.toml` declares, in the order in which rooms may rely on each other."""

from __future__ import annotations

import tomllib
from graphlib import CycleError, TopologicalSorter
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from carebase.problems import UsageProblem
from carebase.project import Project

Command = Literal["select", "insert", "update", "delete"]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Link(_Strict):
    """The tenant table through which an organization knows the rows of a person-owned table."""

    table: str
    column: str


class Table(_Strict):
    """One table as `room.toml` declares it: who owns its rows, and who may do what with them."""

    belongs_to: Literal["organization", "person", "nobody"]
    tenant_column: str = "org_id"
    owner_column: str = "user_id"
    site_column: str = "site_id"
    link: Link | None = None
    mutable: bool = True
    phi: list[str] = []
    insert_columns: list[str] = []
    update_columns: list[str] = []
    access: dict[str, dict[Command, str]] = {}


class _Header(_Strict):
    name: str
    kind: Literal["kernel", "domain"]
    purpose: str
    uses: list[str] = []
    feature: str | None = None


class _RoomFile(_Strict):
    room: _Header
    tables: dict[str, Table] = Field(default_factory=dict)


class Room(_Strict):
    """A folder of `sql/` and what its `room.toml` says."""

    name: str
    kind: Literal["kernel", "domain"]
    purpose: str
    uses: list[str]
    feature: str | None
    folder: Path
    tables: dict[str, Table]

    def qualified(self, table: str) -> tuple[str, str]:
        """Schema and name of a declared table: `public` unless its key names another schema."""
        schema, _, name = table.rpartition(".")
        return schema or "public", name


def load_room(path: Path) -> Room:
    """Read one `room.toml`.

    Errors: `UsageProblem` `room_invalid`, naming the file and the first key that is wrong.
    """
    try:
        parsed = _RoomFile.model_validate(tomllib.loads(path.read_text(encoding="utf-8")))
    except tomllib.TOMLDecodeError as error:
        raise UsageProblem("room_invalid", f"{path}: not valid TOML: {error}.") from error
    except ValidationError as error:
        first = error.errors()[0]
        key = ".".join(str(part) for part in first["loc"])
        raise UsageProblem("room_invalid", f"{path}: {key}: {first['msg']}.") from error
    header = parsed.room
    if header.name != path.parent.name:
        raise UsageProblem("room_invalid", f"{path}: room.name is {header.name!r}, the folder {path.parent.name!r}.")
    return Room(
        name=header.name,
        kind=header.kind,
        purpose=header.purpose,
        uses=header.uses,
        feature=header.feature,
        folder=path.parent,
        tables=parsed.tables,
    )


def load_rooms(project: Project) -> list[Room]:
    """All rooms: kernel rooms first, then domain rooms, each after the rooms it uses.

    Errors: `UsageProblem` `room_invalid` for a bad file, a room that is not there, or a circle of `uses`.

    Example:
        >>> [room.name for room in load_rooms(Project.find())]  # doctest: +SKIP
        ['platform', 'tenancy', 'people', 'resilience']
    """
    rooms = {room.name: room for room in map(load_room, sorted(project.sql.glob("*/room.toml")))}
    kernel = {name for name, room in rooms.items() if room.kind == "kernel"}
    graph: dict[str, set[str]] = {}
    for name, room in rooms.items():
        unknown = sorted(set(room.uses) - rooms.keys())
        if unknown:
            raise UsageProblem("room_invalid", f"{room.folder / 'room.toml'}: uses unknown room {unknown[0]!r}.")
        graph[name] = set(room.uses) | (set() if room.kind == "kernel" else kernel)
    try:
        sorter = TopologicalSorter(graph)
        sorter.prepare()
    except CycleError as error:
        raise UsageProblem("room_invalid", f"Rooms use each other in a circle: {' → '.join(error.args[1])}.") from error
    ordered: list[Room] = []
    while sorter.is_active():
        ready = sorted(sorter.get_ready(), key=lambda name: (rooms[name].kind != "kernel", name))
        ordered += [rooms[name] for name in ready]
        sorter.done(*ready)
    return ordered
