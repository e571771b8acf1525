"""The rooms of `sql/`: what each `room.toml` declares, in the order in which rooms may rely on each other."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from graphlib import CycleError, TopologicalSorter
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from carebase.problems import UsageProblem
from carebase.project import Project

Command = Literal["select", "insert", "update", "delete"]
Strategy = Literal["reject", "last_write", "max", "union"]
Name = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")]
Span = Annotated[str, Field(pattern=r"^[1-9][0-9]{0,3} (day|month|year)s?$")]
TableName = Annotated[str, Field(pattern=r"^([a-z][a-z0-9_]*\.)?[a-z][a-z0-9_]*$")]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class Link(_Strict):
    """The tenant table through which an organization knows the rows of a person-owned table."""

    table: Name
    column: Name


class Sealed(_Strict):
    """How a column is sealed: `type` is what opens; with `index`, `<column>_index` finds it by equality."""

    type: Literal["text", "date", "timestamptz", "jsonb"] = "text"
    index: bool = False


class Purge(_Strict):
    """How long removed rows are kept: unless the organization says otherwise, and what it may say."""

    keep_for: Span
    at_least: Span
    at_most: Span


class Table(_Strict):
    """One table as `room.toml` declares it: who owns its rows, and who may do what with them.

    Attributes:
        belongs_to: whose rows they are; decides the shape of the key.
        tenant_column: the column that holds the organization.
        owner_column: the column that holds the user whose row it is.
        site_column: the column that holds the site.
        resident_column: the column that holds the resident whom a row is about.
        topic: what a row is about, as residents let relatives know it; for the scope `linked`.
        link: only for tables that belong to a person.
        mutable: False for rows that are never changed; they carry no standard columns.
        append_only: only our functions add rows, and nobody changes or removes one, the owner included.
        stays: why rows do not move with their organization; None where they do.
        phi: columns that hold protected health information.
        sealed: those of them that are stored sealed, and what opens.
        subject_column: the column that holds the person whose record a row is, and whose key seals it.
        sealed_by: `organization` where its key does instead; the person is only named in access events.
        insert_columns: what the API may set on a new row.
        update_columns: what the API may change.
        access: persona or audience → command → scope.
        columns: restricted column → the personas and audiences that may read it, in the rows they may select.
            Whoever else may select the row gets it without the column; its owner gets it whole.
        hidden: columns that no persona reads, in no row, their owner neither.
        merge: for rows that several people change at once: what decides a field that two of them changed;
            `reject`, which asks them, unless it is named. Every column of `update_columns` takes part.
        remove: the personas who may remove a row (mark it as deleted) by `remove_<table>()`.
        restore: the personas who may list what was removed and bring it back by `restore_<table>()`.
        purge: for tables whose removed rows are deleted in the end; a legal hold keeps them.
    """

    belongs_to: Literal["organization", "person", "nobody"]
    tenant_column: Name = "org_id"
    owner_column: Name = "user_id"
    site_column: Name = "site_id"
    resident_column: Name = "resident_id"
    topic: Name | None = None
    link: Link | None = None
    mutable: bool = True
    append_only: bool = False
    stays: Annotated[str, Field(min_length=1)] | None = None
    phi: list[Name] = []
    sealed: dict[Name, Sealed] = {}
    subject_column: Name | None = None
    sealed_by: Literal["subject", "organization"] = "subject"
    insert_columns: list[Name] = []
    update_columns: list[Name] = []
    access: dict[Name, dict[Command, Name]] = {}
    columns: dict[Name, Annotated[list[Name], Field(min_length=1)]] = {}
    hidden: list[Name] = []
    merge: dict[Name, Strategy] | None = None
    remove: list[Name] = []
    restore: list[Name] = []
    purge: Purge | None = None


class Header(_Strict):
    """The `[room]` table: name, kind, purpose, the domain rooms it may reach, the flag its RPCs check."""

    name: Name
    kind: Literal["kernel", "domain"]
    purpose: Annotated[str, Field(min_length=1)]
    uses: list[Name] = []
    feature: Name | None = None


class _RoomFile(_Strict):
    room: Header
    tables: dict[TableName, Table] = {}


@dataclass(frozen=True)
class Room:
    """A folder of `sql/` and what its `room.toml` says."""

    folder: Path
    head: Header
    tables: dict[str, Table]

    @property
    def name(self) -> str:
        return self.head.name

    @property
    def is_kernel(self) -> bool:
        return self.head.kind == "kernel"

    def qualified(self, table: str) -> tuple[str, str]:
        """Schema and name of a declared table: `public` unless its key names another schema."""
        schema, _, name = table.rpartition(".")
        return schema or "public", name


def load_room(path: Path) -> Room:
    """Read one `room.toml`.

    Raises:
        UsageProblem: `room_invalid`, naming the file and every key that is wrong.
    """
    try:
        parsed = _RoomFile.model_validate(tomllib.loads(path.read_text(encoding="utf-8")))
    except FileNotFoundError:
        raise _invalid(path, "is missing; every folder of sql/ is a room and has one") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise _invalid(path, f"not valid TOML: {error}") from error
    except ValidationError as error:
        wrong = (
            ".".join(str(part) for part in e["loc"] if part != "[key]") + f": {e['msg']}"
            for e in error.errors()
        )
        raise _invalid(path, "; ".join(wrong)) from error
    if parsed.room.name != path.parent.name:
        raise _invalid(path, f"room.name is {parsed.room.name!r}, the folder {path.parent.name!r}")
    for name, table in parsed.tables.items():
        if table.link is not None and table.belongs_to != "person":
            raise _invalid(path, f"tables.{name}.link: only a table that belongs to a person is linked")
        if table.append_only and table.mutable:
            raise _invalid(path, f"tables.{name}.append_only: such a table says `mutable = false` as well")
    return Room(path.parent, parsed.room, parsed.tables)


def load_rooms(project: Project) -> list[Room]:
    """All rooms: kernel rooms first, then domain rooms, each after the rooms it uses.

    Raises:
        UsageProblem: `room_invalid` for a bad file, a room that is not there or may not be used, or a
            circle of `uses`.

    Example:
        >>> [room.name for room in load_rooms(Project.find())]  # doctest: +SKIP
        ['platform', 'tenancy', 'people', 'resilience']
    """
    folders = sorted(p for p in project.sql.iterdir() if p.is_dir() and not p.name.startswith((".", "_")))
    rooms = {room.name: room for room in (load_room(folder / "room.toml") for folder in folders)}
    graph = {name: _before(room, rooms) for name, room in rooms.items()}
    try:
        sorter = TopologicalSorter(graph)
        sorter.prepare()
    except CycleError as error:
        # graphlib lists what is used before what uses it.
        circle = " uses ".join(reversed(error.args[1]))
        raise UsageProblem(
            "room_invalid",
            f"Rooms use each other in a circle: {circle}.",
            hint="Move what both need to a third room.",
        ) from error
    ordered: list[Room] = []
    while sorter.is_active():
        ready = sorted(sorter.get_ready(), key=lambda name: (not rooms[name].is_kernel, name))
        ordered += [rooms[name] for name in ready]
        sorter.done(*ready)
    return ordered


def _before(room: Room, rooms: dict[str, Room]) -> set[str]:
    """The rooms that must be there before this one."""
    path = room.folder / "room.toml"
    for name in room.head.uses:
        if name not in rooms:
            raise _invalid(path, f"room.uses: there is no room {name!r}; the rooms are {', '.join(rooms)}")
        if room.is_kernel and not rooms[name].is_kernel:
            raise _invalid(path, f"room.uses: a kernel room may not use the domain room {name!r}")
    kernel = set() if room.is_kernel else {name for name, other in rooms.items() if other.is_kernel}
    return kernel | set(room.head.uses)


def _invalid(path: Path, what: str) -> UsageProblem:
    where = "/".join(path.parts[-3:])
    return UsageProblem(
        "room_invalid", f"{where}: {what}.", hint="carebase.db.rooms describes the keys of a room.toml."
    )
