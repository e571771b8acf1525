"""What tables are made of comes first: new schemas, extensions, types, and functions that need no table."""

from __future__ import annotations

from typing import Any

from carebase.db.catalogue import Catalogue
from carebase.db.connect import connect
from carebase.db.names import PLATFORM_SCHEMAS

_ROUTINES = ["function", "procedure", "aggregate"]
_KINDS = ["schema", "extension", "type", "typeAttribute", "domain", "collation", *_ROUTINES]
# Routines whose signature or body is tied to a table, directly or through another routine.
_NEED_A_TABLE = """
with recursive tied (oid) as (
  select d.objid
  from pg_depend as d
  left join pg_type as t on d.refclassid = 'pg_type'::regclass and t.oid = d.refobjid
  left join pg_type as e on e.oid = t.typelem and t.typcategory = 'A'
  inner join pg_class as c
    on c.oid = case when d.refclassid = 'pg_class'::regclass then d.refobjid else coalesce(e.typrelid,
    t.typrelid) end
  inner join pg_namespace as n on n.oid = c.relnamespace
  where
    d.classid = 'pg_proc'::regclass
    and d.refclassid in ('pg_class'::regclass, 'pg_type'::regclass)
    and c.relkind in ('r', 'p', 'v', 'm', 'f', 'S')
    and n.nspname <> all(%(platform)s)
  union
  select d.objid
  from pg_depend as d
  inner join tied on d.refclassid = 'pg_proc'::regclass and d.refobjid = tied.oid
  where d.classid = 'pg_proc'::regclass
)
select distinct n.nspname, p.proname
from tied
inner join pg_proc as p on p.oid = tied.oid
inner join pg_namespace as n on n.oid = p.pronamespace
"""


def has_foundation(before: Catalogue, want: Catalogue) -> bool:
    """Whether there is anything new that tables could be made of."""
    return any(item.kind in {"type", "function", "collation"} for item in want.keys() - before.keys())


def foundation_rules(want_url: str) -> list[dict[str, Any]]:
    """Rules with which pg-delta plans the foundation only.

    Args:
        want_url: the database as it should be.
    """
    with connect(want_url) as conn:
        tied = conn.execute(_NEED_A_TABLE, {"platform": list(PLATFORM_SCHEMAS)}).fetchall()
    platform = list(PLATFORM_SCHEMAS)
    later: list[dict[str, Any]] = [
        {"all": [{"kind": _ROUTINES}, {"schema": schema}, {"name": name}]} for schema, name in tied
    ]
    later += [
        {"all": [{"not": {"kind": "extension"}}, {"schema": platform}]},
        {"all": [{"kind": "schema"}, {"name": platform}]},
    ]
    first: list[dict[str, Any]] = [
        {"all": [{"kind": _KINDS}, {"verb": "add"}]},
        {"all": [{"kind": "constraint"}, {"parentKind": "domain"}, {"verb": "add"}]},
    ]
    return [
        *({"match": match, "action": "exclude"} for match in later),
        *({"match": match, "action": "include"} for match in first),
        {"match": {"all": []}, "action": "exclude"},
    ]
