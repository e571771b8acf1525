"""Everything is described where it is declared: the API reference is made of these comments."""

from __future__ import annotations

from carebase.lint.catalogue.rule import Rule

_WHY = "The API reference is generated from comments; an object without one is a blank in it."

RULES = (
    Rule(
        "table-commented",
        _WHY,
        "Add `comment on table`, `view`, `materialized view` or `sequence`.",
        """
        select 'relation', schema, name, '', 'has no comment'
        from relations
        where not relispartition and pg_catalog.obj_description(oid, 'pg_class') is null
          -- The sequence behind a column is part of that column.
          and not (relkind = 'S' and exists (
            select from pg_catalog.pg_depend as d
            where d.classid = 'pg_catalog.pg_class'::regclass and d.objid = relations.oid
              and d.deptype in ('i', 'a')
          ))
        """,
    ),
    Rule(
        "column-commented",
        _WHY,
        "Add `comment on column`.",
        """
        select 'column', schema, name, part, 'has no comment'
        from columns
        where pg_catalog.col_description(oid, attnum) is null
        """,
    ),
    Rule(
        "function-commented",
        _WHY,
        "Add `comment on function`.",
        """
        select 'routine', schema, name, part, 'has no comment', shown
        from routines
        where pg_catalog.obj_description(oid, 'pg_proc') is null
        """,
    ),
    Rule(
        "policy-commented",
        "The comment is the policy as an English sentence, for reviewers who do not read SQL.",
        "Add `comment on policy`.",
        """
        select 'policy', schema, name, part, 'has no comment'
        from policies
        where pg_catalog.obj_description(oid, 'pg_policy') is null
        """,
    ),
    Rule(
        "type-commented",
        _WHY,
        "Add `comment on type` or `comment on domain`.",
        """
        select 'type', n.nspname::text, t.typname::text, '', 'has no comment'
        from pg_catalog.pg_type as t
        inner join pg_catalog.pg_namespace as n on n.oid = t.typnamespace
        left join pg_catalog.pg_class as c on c.oid = t.typrelid
        where n.nspname in ('public', 'app')
          and (t.typtype in ('e', 'd', 'r') or c.relkind = 'c')
          and pg_catalog.obj_description(t.oid, 'pg_type') is null
          and not exists (
            select from pg_catalog.pg_depend as d
            where d.classid = 'pg_catalog.pg_type'::regclass and d.objid = t.oid and d.deptype = 'e'
          )
        """,
    ),
    Rule(
        "schema-commented",
        _WHY,
        "Add `comment on schema`.",
        """
        select 'schema', n.nspname::text, '', '', 'has no comment'
        from pg_catalog.pg_namespace as n
        where n.nspname in ('public', 'app') and pg_catalog.obj_description(n.oid, 'pg_namespace') is null
        """,
    ),
)
