"""What the database says about its tables: columns, keys and foreign keys, in one look at the catalogue."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from psycopg import sql
from psycopg.rows import dict_row

from carebase.db.connect import Connection
from carebase.db.names import PLATFORM_SCHEMAS

USERS = "auth.users"
IDENTITIES = "auth.identities"
SESSIONS = "auth.sessions"

_TABLES = r"""
select
  n.nspname || '.' || c.relname as name,
  c.relpersistence = 'u' as is_unlogged,
  (
    select jsonb_agg(
      jsonb_build_object(
        'name', a.attname, 'is_nullable', not a.attnotnull, 'is_collated', a.attcollation <> 0,
        'is_numbered',
        a.attidentity <> '' or pg_get_serial_sequence(c.oid::regclass::text, a.attname) is not null
      )
      order by a.attnum
    )
    from pg_attribute as a
    where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
  ) as columns,
  (
    select array_agg(a.attname::text order by k.place)
    from pg_index as i
    cross join lateral unnest(i.indkey::smallint[]) with ordinality as k (number, place)
    inner join pg_attribute as a on a.attrelid = i.indrelid and a.attnum = k.number
    where i.indrelid = c.oid and i.indisprimary
  ) as key
from pg_class as c
inner join pg_namespace as n on n.oid = c.relnamespace
where
  c.relkind in ('r', 'p')
  and not c.relispartition
  and (
    n.nspname || '.' || c.relname = any(%(accounts)s)
    or n.nspname !~ '^pg_' and n.nspname <> all(%(platform)s)
  )
  and not exists (
    select from pg_depend as d where d.classid = 'pg_class'::regclass and d.objid = c.oid and d.deptype = 'e'
  )
order by 1
"""
# Keys of partitions repeat those of their parents.
_FOREIGN_KEYS = """
select
  o.conname as name,
  (select n.nspname || '.' || c.relname from pg_class as c
   inner join pg_namespace as n on n.oid = c.relnamespace where c.oid = o.conrelid) as source,
  (select n.nspname || '.' || c.relname from pg_class as c
   inner join pg_namespace as n on n.oid = c.relnamespace where c.oid = o.confrelid) as target,
  (select array_agg(a.attname::text order by k.place)
   from unnest(o.conkey) with ordinality as k (number, place)
   inner join pg_attribute as a on a.attrelid = o.conrelid and a.attnum = k.number) as columns,
  (select array_agg(a.attname::text order by k.place)
   from unnest(o.confkey) with ordinality as k (number, place)
   inner join pg_attribute as a on a.attrelid = o.confrelid and a.attnum = k.number) as target_columns,
  o.condeferrable as is_deferrable
from pg_constraint as o
where o.contype = 'f' and o.conparentid = 0
order by 2, 1
"""


@dataclass(frozen=True)
class Column:
    """A column that is stored and not computed from others."""

    name: str
    is_nullable: bool
    is_collated: bool
    is_numbered: bool
    """Whether a sequence gives its values."""


@dataclass(frozen=True)
class ForeignKey:
    """Columns of `source` that name a row of `target`."""

    name: str
    source: str
    target: str
    columns: tuple[str, ...]
    target_columns: tuple[str, ...]
    is_deferrable: bool


@dataclass(frozen=True)
class Shape:
    """A table as the database has it; its name is `schema.table`."""

    name: str
    is_unlogged: bool
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    foreign_keys: tuple[ForeignKey, ...]

    def column(self, name: str) -> Column | None:
        """The column of this name, if there is one."""
        return next((column for column in self.columns if column.name == name), None)

    def is_required(self, foreign_key: ForeignKey) -> bool:
        """Whether a row cannot be without the row that this key names."""
        found = (self.column(name) for name in foreign_key.columns)
        return not any(column and column.is_nullable for column in found)


def read_shapes(conn: Connection) -> dict[str, Shape]:
    """Our tables and the two of the auth layer that say who can sign in, by name."""
    with conn.cursor(row_factory=dict_row) as cursor:
        asked: dict[str, Any] = {"accounts": [USERS, IDENTITIES], "platform": list(PLATFORM_SCHEMAS)}
        tables = cursor.execute(_TABLES, asked).fetchall()
        keys = [_foreign_key(row) for row in cursor.execute(_FOREIGN_KEYS).fetchall()]
    return {
        row["name"]: Shape(
            row["name"],
            row["is_unlogged"],
            tuple(Column(**column) for column in row["columns"] or ()),
            tuple(row["key"] or ()),
            tuple(key for key in keys if key.source == row["name"]),
        )
        for row in tables
    }


def identifier(table: str) -> sql.Identifier:
    """The quoted name of a table."""
    return sql.Identifier(*table.split(".", 1))


def _foreign_key(row: dict[str, Any]) -> ForeignKey:
    return ForeignKey(**(row | {key: tuple(row[key]) for key in ("columns", "target_columns")}))
