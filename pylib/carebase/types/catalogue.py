"""What the API of a database consists of, read from `pg_catalog`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from importlib.resources import files
from typing import Literal

from psycopg.rows import DictRow, dict_row

from carebase.db.connect import connect, describe, require_platform
from carebase.db.names import API_ROLES

API_SCHEMA = "public"

_IDEMPOTENT = re.compile(r"^Idempotent: yes\b", re.M)
_NULLABLE = re.compile(r"^Nullable: yes\b", re.M)
_NEVER_NULL = re.compile(r"^Never null: ([^.]+)\.", re.M)
_PROTECTED = re.compile(r"^Protected: ([^.]+)\.", re.M)


@dataclass(frozen=True)
class Type:
    """A type; `kind` is that of `pg_type.typtype`, and the oids are those of what it is made of."""

    oid: int
    schema: str
    name: str
    kind: str
    element: int | None
    base: int | None
    relation: int | None
    subtype: int | None
    labels: tuple[str, ...]
    comment: str | None


@dataclass(frozen=True)
class Column:
    """A column of a relation or of a function's result.

    Attributes:
        is_protected: the comment of the composite type or function has it in a line `Protected: a, b.`; what
            is protected in a table, its room says.
    """

    name: str
    type: int
    is_not_null: bool
    comment: str | None = None
    is_protected: bool = False


@dataclass(frozen=True)
class Reference:
    """A foreign key: which columns point at which relation (oid).

    Attributes:
        is_required: none of the columns may be null.
        is_once: at most one row points at the same target.
    """

    columns: tuple[str, ...]
    target: int
    is_required: bool
    is_once: bool


@dataclass(frozen=True)
class Relation:
    """A table, view or composite type; `kind` is that of `pg_class.relkind`."""

    oid: int
    schema: str
    name: str
    kind: str
    comment: str | None
    definition: str | None
    columns: tuple[Column, ...]
    references: tuple[Reference, ...] = ()

    @property
    def is_composite(self) -> bool:
        return self.kind == "c"


@dataclass(frozen=True)
class Parameter:
    """What a function takes."""

    name: str
    type: int
    has_default: bool
    takes_null: bool


@dataclass(frozen=True)
class Function:
    """A function of the API.

    Attributes:
        columns: of its result, where the function itself names them (`returns table`, OUT parameters).
        is_repeatable: it only reads, or its comment has a line `Idempotent: yes.`
        is_nullable: its comment has a line `Nullable: yes.`: the result may be null.
    """

    name: str
    comment: str | None
    returns: int
    is_set: bool
    parameters: tuple[Parameter, ...]
    columns: tuple[Column, ...]
    is_repeatable: bool
    is_nullable: bool


@dataclass(frozen=True)
class Catalogue:
    """Types by oid, relations of every schema, functions of the API."""

    types: Mapping[int, Type]
    relations: tuple[Relation, ...]
    functions: tuple[Function, ...]

    @cached_property
    def relations_by_oid(self) -> Mapping[int, Relation]:
        return {relation.oid: relation for relation in self.relations}

    @property
    def api_relations(self) -> list[Relation]:
        """Tables and views that the API shows, and the composite types beside them."""
        return [relation for relation in self.relations if relation.schema == API_SCHEMA]

    @property
    def api_types(self) -> list[Type]:
        """Enums and domains of the API."""
        return [type_ for type_ in self.types.values() if type_.schema == API_SCHEMA and type_.kind in "ed"]


def read_catalogue(url: str) -> Catalogue:
    """Read a database; nothing in it is changed.

    Raises:
        EnvironmentProblem: it does not answer.
        DatabaseProblem: it is no Supabase database.

    Example:
        >>> read_catalogue(resolve_url(Project.find())).functions[0].name  # doctest: +SKIP
        'get_my_checkins'
    """
    with connect(url, name="carebase types") as conn:
        conn.read_only = True
        require_platform(conn, describe(url))
        conn.execute("set local search_path = ''")  # so that Postgres prints every name with its schema
        with conn.cursor(row_factory=dict_row) as cursor:
            types = cursor.execute(_query("types")).fetchall()
            relations = cursor.execute(_query("relations")).fetchall()
            named = {"schema": API_SCHEMA, "roles": list(API_ROLES)}
            functions = cursor.execute(_query("functions"), named).fetchall()
    return Catalogue(
        {row["oid"]: Type(**{**row, "labels": tuple(row["labels"])}) for row in types},
        tuple(_relation(row) for row in relations),
        tuple(_function(row) for row in functions),
    )


def _query(name: Literal["types", "relations", "functions"]) -> bytes:
    return files(__package__).joinpath("queries", f"{name}.sql").read_bytes()


def _relation(row: DictRow) -> Relation:
    references = [Reference(**{**each, "columns": tuple(each["columns"])}) for each in row.pop("refs")]
    return Relation(**{**row, "columns": _columns(row), "references": tuple(references)})


def _columns(row: DictRow) -> tuple[Column, ...]:
    columns = [Column(**column) for column in row["columns"]]
    if row["kind"] != "c":
        return tuple(columns)
    # A composite type can say neither by itself.
    certain, protected = _named(_NEVER_NULL, row["comment"]), _named(_PROTECTED, row["comment"])
    return tuple(
        replace(
            column,
            is_not_null=column.is_not_null or column.name in certain,
            is_protected=column.name in protected,
        )
        for column in columns
    )


def _named(line: re.Pattern[str], comment: str | None) -> set[str]:
    """The columns that a line of a comment lists."""
    found = line.search(comment or "")
    return {name.strip() for name in found[1].split(",")} if found else set()


def _function(row: DictRow) -> Function:
    types: list[int] = row["argument_types"]
    modes: list[str] = row["argument_modes"] or ["i"] * len(types)
    names: list[str] = row["argument_names"] or [""] * len(types)
    comment: str | None = row["comment"]
    parameters: list[Parameter] = []
    for name, type_, mode, default in zip(names, types, modes, row["argument_defaults"], strict=True):
        if mode in "ibv":
            has_default = len(parameters) >= row["required_count"]
            takes_null = has_default and str(default).upper().startswith("NULL")
            parameters.append(Parameter(name, type_, has_default, takes_null))
    certain, protected = _named(_NEVER_NULL, comment), _named(_PROTECTED, comment)
    columns = [
        Column(name, type_, name in certain, is_protected=name in protected)
        for name, type_, mode in zip(names, types, modes, strict=True)
        if mode in "obt"
    ]
    return Function(
        name=row["name"],
        comment=comment,
        returns=row["returns"],
        is_set=row["is_set"],
        parameters=tuple(parameters),
        columns=tuple(columns),  # even one alone: PostgREST answers with an object for it
        is_repeatable=row["volatility"] in "is" or bool(_IDEMPOTENT.search(comment or "")),
        is_nullable=bool(_NULLABLE.search(comment or "")),
    )
