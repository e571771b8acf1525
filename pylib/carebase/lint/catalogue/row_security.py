"""Row level security is on, forced, and opened by policies that the matrix states."""

from __future__ import annotations

from carebase.lint.catalogue.rule import Rule

_COMPILE = "State the table's access in its room.toml and run `carebase db compile`."

RULES = (
    Rule(
        "rls-enabled",
        "Without row level security whoever may read the table may read every organization's rows.",
        _COMPILE,
        """
        select 'relation', schema, name, '', 'row level security is off'
        from tables where not relrowsecurity
        """,
    ),
    Rule(
        "rls-forced",
        "Without FORCE the table's owner, and so every function that runs as the owner, skips its policies.",
        _COMPILE,
        """
        select 'relation', schema, name, '', 'row level security is not forced'
        from tables where relrowsecurity and not relforcerowsecurity
        """,
    ),
    Rule(
        "policy-or-stated-none",
        "A table that nobody may reach is either private on purpose, and says so, or was forgotten.",
        "Give the table an access matrix, or an empty one: `[tables.NAME.access]` without lines.",
        """
        select 'relation', schema, name, '',
          'has no permissive policy, and its matrix does not say that nobody may reach it'
        from tables
        where not relispartition
          and cardinality(commands) > 0
          and not exists (
            select from pg_catalog.pg_policy as p where p.polrelid = tables.oid and p.polpermissive
          )
        """,
    ),
    Rule(
        "stated-none-kept",
        "A matrix without lines says that nobody reaches the table; a permissive policy says otherwise.",
        "Drop the policy, or state in the matrix whom it lets in.",
        """
        select 'policy', p.schema, p.name, p.part, 'opens a table whose matrix is empty'
        from policies as p
        inner join tables as t using (schema, name)
        where p.polpermissive and cardinality(t.commands) = 0
        """,
    ),
    Rule(
        "tenant-floor",
        "One RESTRICTIVE policy keeps every other one, now or later, inside the active organization.",
        _COMPILE,
        """
        select 'relation', t.schema, t.name, '',
          'has no RESTRICTIVE policy for all commands that holds every API role to '
          || t.tenant_column || ' = (select app.current_org())'
        from tables as t
        where t.belongs_to = 'organization'
          and not exists (
            select from policies as p
            where (p.schema, p.name) = (t.schema, t.name)
              and not p.polpermissive
              and p.command = 'all'
              and (
                p.polroles = '{0}' or p.polroles @> array['anon'::regrole, 'authenticated'::regrole]::oid[]
              )
              and p.using_expression ~ ('\\m' || t.tenant_column || ' = \\( SELECT app\\.current_org\\(\\)')
              and coalesce(p.check_expression, p.using_expression)
                ~ ('\\m' || t.tenant_column || ' = \\( SELECT app\\.current_org\\(\\)')
          )
        """,
    ),
)
