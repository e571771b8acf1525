"""Rows of any table, made by the owner of the database: the catalogue says how, a recipe where it cannot."""

# ruff: noqa: S608  every name is one that the rooms declare or the catalogue gives

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from string import Template
from typing import Any
from uuid import UUID

import psycopg
from psycopg.rows import dict_row

from carebase.access.proof.catalogue import Column, Reference, Relation, read_relation
from carebase.access.proof.registry import Recipe, registry_file
from carebase.db.connect import Connection
from carebase.db.rooms import Table
from carebase.problems import UsageProblem

KEY = "the key of the row"
ORGANIZATIONS, SITES, PEOPLE = "public.organizations", "public.sites", "auth.users"
_SAMPLES = {
    "array": "'{{}}'",
    "bool": "false",
    "bytea": "sha256('x{n}')",
    "date": "current_date",
    "inet": "'192.0.2.1'",
    "int2": "1",
    "int4": "1",
    "int8": "1",
    "interval": "interval '1 hour'",
    "json": "'{{}}'",
    "jsonb": "'{{}}'",
    "numeric": "1",
    "pg_snapshot": "'{n}:{n}:'",
    "range": "'(,)'",
    "text": "'x{n}'",
    "time": "'12:00'",
    "timestamp": "now()",
    "timestamptz": "now()",
    "uuid": "gen_random_uuid()",
    "varchar": "'x{n}'",
    "xid8": "'{n}'",
}

Made = dict[str, Any]


class Sql(str):
    """A value that is an expression already."""


@dataclass(frozen=True)
class Setting:
    """Whose and where a row is to be."""

    org: UUID | None = None
    owner: UUID | None = None
    site: UUID | None = None
    is_shared: bool = False


@dataclass
class Factory:
    """Makes rows.

    Args:
        conn: a transaction of the owner.
        tables: what the rooms declare, by qualified name.
        recipes: by qualified name.
        strangers: organization → somebody of it whom no test acts as, for references that want anybody.
        sites: organization → a site of it.
    """

    conn: Connection
    tables: Mapping[str, Table]
    recipes: Mapping[str, Recipe]
    strangers: Mapping[UUID | None, UUID]
    sites: Mapping[UUID | None, UUID]
    _relations: dict[str, Relation] = field(default_factory=dict)
    _numbers: Iterator[int] = field(default_factory=lambda: itertools.count(1))

    def relation(self, name: str) -> Relation:
        """What the database says of a table."""
        if name not in self._relations:
            self._relations[name] = read_relation(self.conn, name)
        return self._relations[name]

    def make(self, name: str, setting: Setting, values: Mapping[str, object] | None = None) -> Made:
        """Insert a row.

        Args:
            name: the table, qualified.
            setting: whose and where.
            values: columns that must be so, whatever the setting says.

        Returns:
            The row, and under KEY its key as text.

        Raises:
            UsageProblem: `proof_row_unknown`: the table needs a recipe.
        """
        recipe = self.recipes.get(name) or Recipe()
        if recipe.make:
            insert = fill(recipe.make, self._whose(setting), next(self._numbers))
        else:
            expressions = self.expressions(name, setting, values=values)
            self._complete(name, expressions, setting)
            insert = self.insert(name, expressions) + " returning *"
        key = self.relation(name).key_text("made")
        made = self._made(name, f'with made as ({insert}) select made.*, {key} as "{KEY}" from made')
        if recipe.after_make:
            self.conn.execute(fill(recipe.after_make, self._whose(setting)).encode())
        return made

    def _whose(self, setting: Setting) -> Setting:
        """The same, with somebody whose it is."""
        return replace(setting, owner=setting.owner or self.strangers[setting.org])

    def insert(self, name: str, expressions: Mapping[str, str]) -> str:
        """The statement that inserts these; a row of defaults where there are none."""
        if not expressions:
            return f"insert into {name} default values"
        columns = ", ".join(f'"{column}"' for column in expressions)
        return f"insert into {name} ({columns}) values ({', '.join(expressions.values())})"

    def expressions(
        self,
        name: str,
        setting: Setting,
        *,
        only: Sequence[str] | None = None,
        values: Mapping[str, object] | None = None,
    ) -> dict[str, str]:
        """Column → SQL for a good row, parents that it needs being made.

        Args:
            only: these columns and no other, what they leave out being the table's defaults.
        """
        relation, table = self.relation(name), self.tables[name]
        found = {column: literal(value) for column, value in (values or {}).items()}
        recipe = self.recipes.get(name) or Recipe()
        number = next(self._numbers)
        for column, text in recipe.values.items():
            found.setdefault(column, fill(text, setting, number, self.strangers[setting.org]))
        for column, value in self._placed(relation, table, setting):
            found.setdefault(column, literal(value))
        wanted = [c for c in relation.columns if only is None or c in only]
        for reference in relation.references:
            missing = [c for c in reference.columns if c not in found]
            if reference.target == name and any(not relation.columns[c].is_required for c in missing):
                continue  # A row need not point at one before it.
            if any(c in wanted and relation.columns[c].is_required for c in missing):
                found |= self._pointing(relation, reference, found, setting)
        for column in wanted:
            shape = relation.columns[column]
            if column not in found and shape.is_required and not shape.has_default and not shape.is_generated:
                found[column] = self.sample(name, shape)
        return {column: found[column] for column in wanted if column in found}

    def sample(self, name: str, shape: Column) -> str:
        """An expression of a good value by type alone.

        Raises:
            UsageProblem: `proof_row_unknown`, for a type of which no value is known.
        """
        if shape.first_label is not None:
            return f"{literal(shape.first_label)}::{shape.type}"
        if shape.base not in _SAMPLES:
            raise _unknown(name, f"no value is known for column {shape.name} of type {shape.type}")
        return f"{_SAMPLES[shape.base].format(n=next(self._numbers))}::{shape.type}"

    def make_person(self) -> UUID:
        """Somebody who can sign in."""
        [(made,)] = self.conn.execute(
            "insert into auth.users (id, email, aud, role) "
            "select id, id || '@proof.example', 'authenticated', 'authenticated' "
            "from (select gen_random_uuid() as id) as made returning id"
        ).fetchall()
        return UUID(str(made))

    def _placed(self, relation: Relation, table: Table, setting: Setting) -> Iterator[tuple[str, object]]:
        """Tenant, owner, site and sharing, where the table has them."""
        if table.belongs_to == "organization":
            yield table.tenant_column, setting.org
        owner = relation.columns.get(table.owner_column)
        if owner and (setting.owner or owner.is_required):
            yield owner.name, setting.owner or self.strangers[setting.org]
        site = relation.columns.get(table.site_column)
        if site and (setting.site or site.is_required):
            yield site.name, setting.site or self.sites[setting.org]
        if "is_shared" in relation.columns:
            yield "is_shared", setting.is_shared

    def _pointing(
        self, relation: Relation, reference: Reference, found: Mapping[str, str], setting: Setting
    ) -> dict[str, str]:
        """Values for the missing columns of a reference, from a parent that no other row need share."""
        parent: Made
        if reference.target == PEOPLE:
            parent = {"id": self.strangers[setting.org]}
        elif reference.target == ORGANIZATIONS:
            parent = {"id": setting.org}
        elif reference.target == SITES:
            parent = {"id": setting.site or self.sites[setting.org]}
        elif reference.target in self.tables:
            parent = self._parent(reference, found, setting)
        else:
            raise _unknown(relation.name, f"its reference {reference.name} wants a row of {reference.target}")
        pairs = zip(reference.columns, reference.target_columns, strict=True)
        return {column: literal(parent[theirs]) for column, theirs in pairs if column not in found}

    def _parent(self, reference: Reference, found: Mapping[str, str], setting: Setting) -> Made:
        """A new row for a reference to point at, equal in what the pointing row holds already."""
        pairs = zip(reference.columns, reference.target_columns, strict=True)
        values = {theirs: Sql(found[column]) for column, theirs in pairs if column in found}
        # About the same resident it is at the same site.
        theirs = self.relation(reference.target).columns
        if "site_id" in theirs and "site_id" in found and "resident_id" in values:
            values["site_id"] = Sql(found["site_id"])
        return self.make(reference.target, replace(setting, owner=None, site=None, is_shared=False), values)

    def _complete(self, name: str, found: Mapping[str, str], setting: Setting) -> None:
        """Make the parents that a whole row points at by values that were given, where there are none yet."""
        for reference in self.relation(name).references:
            if reference.target not in self.tables or reference.target in (ORGANIZATIONS, SITES):
                continue
            if any(found.get(column, "null") == "null" for column in reference.columns):
                continue
            pairs = zip(reference.columns, reference.target_columns, strict=True)
            same = " and ".join(f'"{theirs}" = {found[column]}' for column, theirs in pairs)
            question = f"select exists (select from {reference.target} where {same})"
            [(exists,)] = self.conn.execute(question.encode()).fetchall()
            if not exists:
                self._parent(reference, found, setting)

    def _made(self, name: str, text: str) -> Made:
        try:
            with self.conn.transaction(), self.conn.cursor(row_factory=dict_row) as cursor:
                row = cursor.execute(text.encode()).fetchone()
        except psycopg.Error as error:
            raise _unknown(name, error.diag.message_primary or str(error)) from error
        if row is None:
            raise _unknown(name, "the statement that makes it gives no row")
        return row


def literal(value: object) -> str:
    """A value as SQL; Postgres casts it to the type of its column."""
    if isinstance(value, Sql):
        return value
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    return "'{}'".format(str(value).replace("'", "''"))


def fill(text: str, setting: Setting, number: int = 0, colleague: UUID | None = None) -> str:
    """SQL of a registry, its $org, $owner, $site, $n and $colleague replaced.

    Example:
        >>> fill("lower($n::text)", Setting(), 7)
        'lower(7::text)'
    """
    return Template(text).safe_substitute(
        org=literal(setting.org),
        owner=literal(setting.owner),
        site=literal(setting.site),
        n=number,
        colleague=literal(colleague),
    )


def _unknown(name: str, what: str) -> UsageProblem:
    return UsageProblem(
        "proof_row_unknown",
        f"The proof cannot make a row of {name}: {what}.",
        hint=f'Say what it holds, under ["{name}".values] in {registry_file("rows.toml").as_posix()}.',
    )
