"""What Postgres itself recorded about which object needs which, in the words of `Declarations`."""

from __future__ import annotations

from collections.abc import Iterator

from carebase.db.connect import Connection
from carebase.db.declarations import Key

SCHEMAS = ["public", "app"]

# Every object that can need another, with the key that `Declarations` knows it by. What is part of something
# else (a view's rule, a default) goes by that; a row type is its table, an array type its element.
_OBJECTS = """
with relations as (
  select c.oid, n.nspname::text as schema, c.relname::text as name,
    case when c.relkind in ('i', 'I') then 'index' else 'relation' end as kind
  from pg_catalog.pg_class as c
  inner join pg_catalog.pg_namespace as n on n.oid = c.relnamespace
  where n.nspname = any (%(schemas)s)
    and c.relkind in ('r', 'p', 'v', 'm', 'f', 'i', 'I')
    and not c.relispartition
),
types as (
  select t.oid, n.nspname::text as schema, element.typname::text as name,
    case when c.relkind in ('r', 'p', 'v', 'm', 'f') then 'relation' else 'type' end as kind
  from pg_catalog.pg_type as t
  inner join pg_catalog.pg_type as element
    on element.oid = case when t.typcategory = 'A' and t.typelem <> 0 then t.typelem else t.oid end
  inner join pg_catalog.pg_namespace as n on n.oid = element.typnamespace
  left join pg_catalog.pg_class as c on c.oid = element.typrelid
  where n.nspname = any (%(schemas)s)
    and c.relispartition is not true
),
objects (classid, objid, kind, schema, name, part) as (
  select 'pg_catalog.pg_class'::regclass, oid, kind, schema, name, '' from relations
  union all
  select 'pg_catalog.pg_type'::regclass, oid, kind, schema, name, '' from types
  union all
  select 'pg_catalog.pg_proc'::regclass, p.oid, 'routine', n.nspname::text, p.proname::text, p.pronargs::text
  from pg_catalog.pg_proc as p
  inner join pg_catalog.pg_namespace as n on n.oid = p.pronamespace
  where n.nspname = any (%(schemas)s)
  union all
  select 'pg_catalog.pg_rewrite'::regclass, w.oid, 'relation', r.schema, r.name, ''
  from pg_catalog.pg_rewrite as w inner join relations as r on r.oid = w.ev_class
  union all
  select 'pg_catalog.pg_attrdef'::regclass, d.oid, 'column', r.schema, r.name, a.attname::text
  from pg_catalog.pg_attrdef as d
  inner join relations as r on r.oid = d.adrelid
  inner join pg_catalog.pg_attribute as a on a.attrelid = d.adrelid and a.attnum = d.adnum
  union all
  select 'pg_catalog.pg_constraint'::regclass, k.oid, 'constraint', r.schema, r.name, k.conname::text
  from pg_catalog.pg_constraint as k inner join relations as r on r.oid = k.conrelid
  union all
  select 'pg_catalog.pg_constraint'::regclass, k.oid, 'type', t.schema, t.name, ''
  from pg_catalog.pg_constraint as k inner join types as t on t.oid = k.contypid
  union all
  select 'pg_catalog.pg_trigger'::regclass, g.oid, 'trigger', r.schema, r.name, g.tgname::text
  from pg_catalog.pg_trigger as g inner join relations as r on r.oid = g.tgrelid
  where not g.tgisinternal
  union all
  select 'pg_catalog.pg_policy'::regclass, p.oid, 'policy', r.schema, r.name, p.polname::text
  from pg_catalog.pg_policy as p inner join relations as r on r.oid = p.polrelid
)
select
  o.classid::bigint, o.objid::bigint, o.kind, o.schema, o.name, o.part,
  exists (
    select from pg_catalog.pg_depend as d
    where (d.classid, d.objid) = (o.classid, o.objid) and d.deptype = 'e'
  ) as is_an_extensions
from objects as o
"""
_EDGES = """
select classid::bigint, objid::bigint, refclassid::bigint, refobjid::bigint
from pg_catalog.pg_depend
where deptype in ('n', 'a', 'i')
"""


class Dependencies:
    """The objects in our schemas and what they need; extensions' objects are left out."""

    def __init__(self, conn: Connection) -> None:
        self._keys: dict[tuple[int, int], Key] = {
            (row[0], row[1]): row[2:6] for row in conn.execute(_OBJECTS, {"schemas": SCHEMAS}) if not row[6]
        }
        self._edges = [(row[:2], row[2:]) for row in conn.execute(_EDGES)]

    def objects(self) -> set[Key]:
        """Tables, views, functions and types."""
        return {key for key in self._keys.values() if key[0] in ("relation", "routine", "type")}

    def pairs(self) -> Iterator[tuple[Key, Key]]:
        """Who needs whom; parts of one table that need each other are left out."""
        for needs, needed in self._edges:
            who, whom = self._keys.get(needs), self._keys.get(needed)
            if who and whom and who[1:3] != whom[1:3]:
                yield who, whom
