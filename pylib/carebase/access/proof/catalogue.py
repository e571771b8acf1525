"""What the built database says about a table: columns, keys, references; what its rows must look like."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from psycopg.rows import class_row

from carebase.db.connect import Connection

_COLUMNS = """
with recursive bases as (
  select t.oid, t.oid as base from pg_type as t where t.typtype <> 'd'
  union all
  select t.oid, bases.base
  from pg_type as t
  inner join bases on bases.oid = t.typbasetype
  where t.typtype = 'd'
)
select
  a.attname as name,
  format_type(a.atttypid, null) as type,
  case
    when b.typtype = 'e' then 'enum'
    when b.typtype = 'r' then 'range'
    when b.typcategory = 'A' then 'array'
    else b.typname
  end as base,
  (
    select e.enumlabel from pg_enum as e where e.enumtypid = b.oid order by e.enumsortorder limit 1
  ) as first_label,
  a.attnotnull as is_required,
  a.atthasdef or a.attidentity <> '' as has_default,
  a.attgenerated <> '' or a.attidentity = 'a' as is_generated
from pg_attribute as a
inner join bases on bases.oid = a.atttypid
inner join pg_type as b on b.oid = bases.base
where a.attrelid = %s::regclass and a.attnum > 0 and not a.attisdropped
order by a.attnum
"""
_REFERENCES = """
select
  c.conname as name,
  (
    select concat(t.relnamespace::regnamespace, '.', t.relname) from pg_class as t where t.oid = c.confrelid
  ) as target,
  array(
    select a.attname::text from unnest(c.conkey) with ordinality as k (num, place)
    inner join pg_attribute as a on a.attrelid = c.conrelid and a.attnum = k.num order by k.place
  ) as columns,
  array(
    select a.attname::text from unnest(c.confkey) with ordinality as k (num, place)
    inner join pg_attribute as a on a.attrelid = c.confrelid and a.attnum = k.num order by k.place
  ) as target_columns
from pg_constraint as c
where c.contype = 'f' and c.conrelid = %s::regclass and c.conparentid = 0
order by cardinality(c.conkey) desc, c.conname
"""
_UNIQUES = """
select i.indisprimary, array(
  select a.attname::text from unnest(i.indkey::smallint[]) with ordinality as k (num, place)
  inner join pg_attribute as a on a.attrelid = i.indrelid and a.attnum = k.num order by k.place
)
from pg_index as i
where i.indisunique and i.indrelid = %s::regclass
order by i.indisprimary desc, i.indexrelid
"""


@dataclass(frozen=True)
class Column:
    """A column; `base` is the type under any domain, or `enum`, `range`, `array`."""

    name: str
    type: str
    base: str
    first_label: str | None
    is_required: bool
    has_default: bool
    is_generated: bool


@dataclass(frozen=True)
class Reference:
    """A foreign key."""

    name: str
    target: str
    columns: Sequence[str]
    target_columns: Sequence[str]


@dataclass(frozen=True)
class Relation:
    """A table of the built database.

    Args:
        name: with its schema.
        uniques: columns of each unique index; a partial one counts as a whole one.
    """

    name: str
    columns: dict[str, Column]
    key: Sequence[str]
    references: list[Reference]
    uniques: list[frozenset[str]]

    def key_text(self, alias: str) -> str:
        """SQL for the primary key of a row as one text."""
        return "concat_ws('/', {})".format(", ".join(f'{alias}."{name}"::text' for name in self.key))


def read_relation(conn: Connection, name: str) -> Relation:
    """A table by its qualified name; psycopg's error if there is none."""
    with conn.cursor(row_factory=class_row(Column)) as columns:
        found = {column.name: column for column in columns.execute(_COLUMNS, [name])}
    with conn.cursor(row_factory=class_row(Reference)) as cursor:
        references = cursor.execute(_REFERENCES, [name]).fetchall()
    uniques = conn.execute(_UNIQUES, [name]).fetchall()
    key = next((list(columns) for is_primary, columns in uniques if is_primary), [])
    return Relation(name, found, key, references, [frozenset(columns) for _, columns in uniques])
