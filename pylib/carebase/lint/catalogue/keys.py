"""Indexes: every foreign key can be followed backwards, every index says what it is on."""

from __future__ import annotations

from carebase.lint.catalogue.rule import Rule

RULES = (
    Rule(
        "foreign-key-indexed",
        "Deleting a referenced row looks for its referrers; without an index that reads the whole table.",
        "Add an index that begins with the key's columns and leaves no row out.",
        """
        select 'constraint', t.schema, t.name, k.conname::text,
          'has no complete index that begins with ' || (
            select string_agg(a.attname, ', ' order by o.place)
            from unnest(k.conkey) with ordinality as o (attnum, place)
            inner join pg_catalog.pg_attribute as a on a.attrelid = k.conrelid and a.attnum = o.attnum
          )
        from pg_catalog.pg_constraint as k
        inner join tables as t on t.oid = k.conrelid and not t.relispartition
        where k.contype = 'f'
          and not exists (
            select from pg_catalog.pg_index as i
            where i.indrelid = k.conrelid
              and i.indisvalid
              and (
                i.indpred is null
                or (cardinality(k.conkey) = 1 and pg_catalog.pg_get_expr(i.indpred, i.indrelid) = (
                  select '(' || a.attname || ' IS NOT NULL)' from pg_catalog.pg_attribute as a
                  where a.attrelid = k.conrelid and a.attnum = k.conkey[1]
                ))
              )
              and (i.indkey::smallint[])[0:cardinality(k.conkey) - 1] @> k.conkey
              and (i.indkey::smallint[])[0:cardinality(k.conkey) - 1] <@ k.conkey
          )
        """,
    ),
    Rule(
        "reference-held",
        "An id that no key holds may name a row that never was, is gone, or is another organization's.",
        "Add a foreign key; with the organization in it, where the row has one.",
        r"""
        select 'column', c.schema, c.name, c.part, 'names a row, and no foreign key holds it'
        from columns as c
        where c.part ~ '_id$' and c.base_type = 'uuid' and c.part is distinct from c.tenant_column
          and not exists (
            select from pg_catalog.pg_constraint as k
            where k.conrelid = c.oid and k.contype = 'f' and c.attnum = any(k.conkey)
          )
        """,
    ),
    Rule(
        "index-named",
        "`<table>_<columns>_idx`, `_key` or `_pkey` tells in a plan or an error which rule was at work.",
        "Name the index after its table and columns.",
        """
        select
          case when k.oid is null then 'index' else 'constraint' end, t.schema,
          case when k.oid is null then ic.relname else t.name end,
          case when k.oid is null then '' else ic.relname end,
          'is not named ' || t.name || '_…_idx, _key or _pkey'
        from pg_catalog.pg_index as i
        inner join pg_catalog.pg_class as ic on ic.oid = i.indexrelid
        inner join relations as t on t.oid = i.indrelid and not t.relispartition
        left join pg_catalog.pg_constraint as k on k.conindid = i.indexrelid and k.contype in ('p', 'u')
        where not i.indisexclusion
          and (
            left(ic.relname, least(length(t.name), 40)) <> left(t.name, 40)
            or ic.relname !~ case when i.indisunique then '_p?key$' else '_idx$' end
          )
        """,
    ),
    Rule(
        "primary-key",
        "A row without a key cannot be named, replicated or corrected.",
        "Add a primary key.",
        """
        select 'relation', t.schema, t.name, '', 'has no primary key'
        from tables as t
        where t.relkind in ('r', 'p')
          and not exists (select from pg_catalog.pg_index as i where i.indrelid = t.oid and i.indisprimary)
        """,
    ),
)
