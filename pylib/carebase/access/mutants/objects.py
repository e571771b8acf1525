"""What a fault can be made in: tables, policies, functions, triggers, keys, as the catalogue tells them."""

from __future__ import annotations

from dataclasses import dataclass

from carebase.db.rooms import Table as Declared


@dataclass(frozen=True)
class Column:
    """A column, and what a signed-in caller may do with it."""

    name: str
    type: str
    is_required: bool
    default: str | None
    is_readable: bool
    is_insertable: bool
    is_updatable: bool


@dataclass(frozen=True)
class Table:
    """A table (`kind` r or p), view (v) or materialized view (m); `declared` is its entry in room.toml."""

    schema: str
    bare: str
    name: str
    kind: str
    is_secured: bool
    is_forced: bool
    granted: list[str]
    columns: list[Column]
    declared: Declared | None = None

    @property
    def is_table(self) -> bool:
        return self.kind in "rp"

    @property
    def tenant(self) -> str | None:
        """The column of the organization, if the rows belong to one."""
        is_tenants = self.declared is not None and self.declared.belongs_to == "organization"
        return self.declared.tenant_column if self.declared and is_tenants else None

    @property
    def owner(self) -> str | None:
        """The column of the person whose row it is, if there is one."""
        name = self.declared.owner_column if self.declared else "user_id"
        return name if any(column.name == name for column in self.columns) else None

    @property
    def identity(self) -> list[str]:
        """The columns that say whose the row is."""
        return [name for name in (self.tenant, self.owner) if name]


@dataclass(frozen=True)
class Policy:
    """A policy; `using` and `check` as Postgres prints them."""

    schema: str
    table: str
    name: str
    command: str
    is_permissive: bool
    roles: list[str]
    using: str | None
    check: str | None
    comment: str | None

    @property
    def target(self) -> str:
        return f"{self.table}.{self.name}"


@dataclass(frozen=True)
class Function:
    """A function in SQL or PL/pgSQL; `name` is its signature."""

    schema: str
    bare: str
    name: str
    arguments: str
    argument_names: list[str]
    is_variadic: bool
    definition: str
    body: str
    language: str
    is_definer: bool
    has_search_path: bool
    volatility: str
    is_trigger: bool
    grantees: list[str]
    comment: str | None
    is_in_policy: bool
    is_depended_on: bool

    @property
    def called(self) -> str:
        """Its name without arguments, as a call begins."""
        return self.name.partition("(")[0]

    def with_body(self, body: str) -> str:
        """The statement that gives it another body and leaves the rest."""
        head, _, tail = self.definition.rpartition(self.body)
        return f"{head}{body}{tail}"


@dataclass(frozen=True)
class Trigger:
    """A trigger that runs a function of ours, on whosever table."""

    table: str
    name: str
    function: str
    definition: str
    is_on_platform: bool


@dataclass(frozen=True)
class Key:
    """A constraint, or a unique index that is none."""

    table: str
    name: str
    kind: str
    definition: str
    columns: list[str]
    target: str | None
    target_columns: list[str]
    is_referenced: bool
