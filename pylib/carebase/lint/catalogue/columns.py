"""Columns: types that do not round, lose a time zone or an owner; names that say the type."""

from __future__ import annotations

from carebase.lint.catalogue.rule import Rule

RULES = (
    Rule(
        "no-float",
        "Floats round: 0.1 + 0.2 is not 0.3, and a score computed twice differs.",
        "Use numeric for scores and measures, bigint minor units for money.",
        """
        select 'column', schema, name, part, 'is ' || base_type
        from columns where trim(leading '_' from base_type) in ('float4', 'float8', 'money')
        """,
    ),
    Rule(
        "timestamptz",
        "A time without a zone is a different moment for each reader.",
        "Use timestamptz.",
        """
        select 'column', schema, name, part, 'is ' || case base_type when 'timetz' then 'time with time zone'
          else 'timestamp without time zone' end
        from columns
        where trim(leading '_' from base_type) in ('timestamp', 'timetz', 'tsrange', 'tsmultirange')
        """,
    ),
    Rule(
        "jsonb",
        "json keeps text, duplicate keys and all; jsonb is compared, indexed and checked.",
        "Use jsonb.",
        "select 'column', schema, name, part, 'is json' from columns where base_type = 'json'",
    ),
    Rule(
        "money-minor-units",
        "Money is a whole number of minor units with its currency beside it.",
        "Make it bigint, in minor units, and add a column currency to the table.",
        """
        select 'column', c.schema, c.name, c.part,
          case when c.base_type <> 'int8' then 'is money by its name, but ' || c.base_type
            else 'is money, but its table has no currency' end
        from columns as c
        where c.part ~ '(^|_)(amount|price|fee|rent|deposit|balance|cost|charge|salary|wage)s?$'
          and c.base_type in ('int2', 'int4', 'int8', 'numeric')
          and (
            c.base_type <> 'int8'
            or not exists (
              select from columns as other
              where other.oid = c.oid and other.part ~ '(^|_)currency(_code)?$'
            )
          )
        """,
    ),
    Rule(
        "snake-case",
        "Names that need no quotes are the same in SQL, in the API and in a client.",
        "Use lower case letters, digits and underscores.",
        """
        select 'relation', schema, name, '', 'is not snake_case'
        from relations where name !~ '^[a-z][a-z0-9_]*$'
        union all
        select 'column', schema, name, part, 'is not snake_case'
        from columns where part !~ '^[a-z][a-z0-9_]*$'
        union all
        select 'type', n.nspname::text, t.typname::text, '', 'is not snake_case'
        from pg_catalog.pg_type as t
        inner join pg_catalog.pg_namespace as n on n.oid = t.typnamespace
        where n.nspname in ('public', 'app')
          and t.typtype in ('e', 'd', 'r')
          and t.typname !~ '^[a-z][a-z0-9_]*$'
        """,
    ),
    Rule(
        "function-snake-case",
        "Names that need no quotes are the same in SQL, in the API and in a client.",
        "Use lower case letters, digits and underscores.",
        """
        select 'routine', schema, name, part, 'is not snake_case', shown
        from routines where name !~ '^[a-z][a-z0-9_]*$'
        """,
    ),
    Rule(
        "name-says-type",
        "A client relies on it: `_at` is a moment, `_on` and `_date` are days, `is_` is true or false, "
        "`_count` is a number.",
        "Rename the column, or give it the type that its name promises.",
        """
        select 'column', schema, name, part, 'is named like ' || promised || ', but is ' || base_type
        from columns
        cross join lateral (
          select * from (values
            ('_at$', 'a moment', array['timestamptz']),
            ('_(on|date)$', 'a day', array['date']),
            ('^(is|has|can)_', 'a boolean', array['bool']),
            ('_count$', 'a count', array['int2', 'int4', 'int8'])
          ) as v (pattern, promised, types)
          where part ~ v.pattern and base_type <> all (v.types)
        ) as broken
        -- What is sealed has the name of what opens.
        where not (
          base_type = 'bytea'
          and exists (select from tables as t where t.oid = columns.oid and part = any (t.phi_columns))
        )
        """,
    ),
    Rule(
        "moment-named-at",
        "A moment whose name does not end in `_at` is read as a day or a duration.",
        "Rename it to `<past participle>_at`.",
        """
        select 'column', schema, name, part, 'is a moment, but is not named …_at'
        from columns where base_type = 'timestamptz' and part !~ '_at$'
        """,
    ),
    Rule(
        "id-uuid",
        "Ids are time-ordered uuids made by the database: no row tells how many there are.",
        "Use `uuid not null default app.uuid_v7()`.",
        """
        select 'column', schema, name, part, 'is ' || base_type || ', not uuid'
        from columns where part in ('id', 'org_id', 'user_id') and base_type <> 'uuid'
        """,
    ),
    Rule(
        "size-bounded",
        "What the API lets in without a limit fills the disk of everybody.",
        "Add a check on its length, cardinality or size; a list or domain of allowed values is one, too.",
        """
        select 'column', c.schema, c.name, c.part, 'has no limit to its size'
        from columns as c
        inner join pg_catalog.pg_attribute as a on a.attrelid = c.oid and a.attnum = c.attnum
        inner join pg_catalog.pg_type as ty on ty.oid = a.atttypid
        where (c.base_type in ('text', 'varchar', 'bpchar', 'bytea', 'jsonb', 'xml') or ty.typcategory = 'A')
          and a.atttypmod = -1
          and a.attgenerated = ''
          and not exists (
            select from pg_catalog.pg_constraint as k
            where k.contype = 'c'
              and (k.contypid = ty.oid or k.conrelid = c.oid and c.attnum = any (k.conkey))
              and pg_catalog.pg_get_constraintdef(k.oid)
                ~ 'length|cardinality|pg_column_size|~|= ANY|timezone|app\\.(is|are|check)_'
          )
          -- What refers to a bounded value is bounded.
          and not exists (
            select from pg_catalog.pg_constraint as k
            where k.contype = 'f' and k.conrelid = c.oid and c.attnum = any (k.conkey)
          )
        """,
    ),
)
