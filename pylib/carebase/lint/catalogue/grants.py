"""Grants: no wider than the matrix, nothing to anon unless stated, nothing that policies do not see."""

from __future__ import annotations

from carebase.lint.catalogue.rule import Rule

RULES = (
    Rule(
        "anon-nothing",
        "Whoever is not signed in sees nothing unless that is stated.",
        "Revoke it from anon, or state it as an exception with the reason.",
        """
        select 'relation', schema, name, '',
          'grants ' || string_agg(distinct privilege, ', ') || ' to anon', ''
        from grants where grantee = 'anon'::regrole
        group by schema, name
        union all
        select 'routine', schema, name, part, 'may be executed by anon', shown
        from routines
        where exists (select from aclexplode(proacl) as a where a.grantee = 'anon'::regrole)
        """,
    ),
    Rule(
        "public-nothing",
        "PUBLIC is every role there is and will be.",
        "Revoke it from public and grant by name.",
        """
        select 'relation', schema, name, '', 'grants ' || string_agg(distinct privilege, ', ') || ' to PUBLIC'
        from grants where grantee = 0
        group by schema, name
        """,
    ),
    Rule(
        "no-unguarded-privileges",
        "TRUNCATE skips row level security and triggers; REFERENCES, TRIGGER and MAINTAIN are for owners.",
        "Revoke all, then grant select, insert, update, delete as the matrix says.",
        """
        select 'relation', schema, name, '',
          'grants ' || string_agg(distinct privilege, ', ') || ' to ' || who
        from grants
        where grantee in ('anon'::regrole, 'authenticated'::regrole, 'service_role'::regrole)
          and privilege in ('truncate', 'references', 'trigger', 'maintain')
        group by schema, name, who
        """,
    ),
    Rule(
        "grant-within-matrix",
        "A grant that no cell of the matrix asks for waits for the first policy that is wrong.",
        "State it in the room.toml, or revoke it.",
        """
        select 'relation', t.schema, t.name, '', 'grants ' || g.privilege
          || case when g.part is not null then ' on ' || string_agg(g.part, ', ' order by g.part)
            when g.privilege = any (t.commands) then ' on every column' else '' end
          || ' to authenticated, beyond its matrix'
        from grants as g
        inner join tables as t using (oid)
        where g.grantee = 'authenticated'::regrole
          and g.privilege in ('select', 'insert', 'update', 'delete')
          and t.room is not null
          and (
            g.privilege <> all (t.commands)
            or (g.privilege = 'insert' and (g.part is null or g.part <> all (t.insert_columns)))
            or (g.privilege = 'update' and (g.part is null or g.part <> all (t.update_columns)))
            or (
              g.privilege = 'select' and cardinality(t.restricted_columns) > 0
              and (g.part is null or g.part = any (t.restricted_columns))
            )
          )
        group by t.schema, t.name, g.privilege, t.commands, g.part is null, g.part
        """,
    ),
    Rule(
        "private-schema",
        "`app` is private: signed-in callers reach its functions where granted, never its tables and views.",
        "Revoke it, or offer a function.",
        """
        select 'relation', schema, name, '',
          'grants ' || string_agg(distinct privilege, ', ') || ' to authenticated in schema app'
        from grants where schema = 'app' and grantee = 'authenticated'::regrole
        group by schema, name
        union all
        select 'schema', n.nspname::text, '', '',
          'grants ' || lower(string_agg(a.privilege_type, ', ')) || ' to '
          || case a.grantee when 0 then 'PUBLIC' else a.grantee::regrole::text end
        from pg_catalog.pg_namespace as n
        cross join lateral aclexplode(n.nspacl) as a
        where n.nspname = 'app' and a.grantee in (0, 'anon'::regrole) and a.privilege_type <> 'CREATE'
        group by n.nspname, a.grantee
        """,
    ),
    Rule(
        "schema-create",
        "Who may create in a schema that functions look into puts code there for others to run.",
        "Revoke create from the role.",
        """
        select 'schema', n.nspname::text, '', '', 'lets '
          || case a.grantee when 0 then 'PUBLIC' else a.grantee::regrole::text end || ' create in it'
        from pg_catalog.pg_namespace as n
        cross join lateral aclexplode(n.nspacl) as a
        where n.nspname in ('public', 'app')
          and a.privilege_type = 'CREATE'
          and a.grantee in (0, 'anon'::regrole, 'authenticated'::regrole, 'service_role'::regrole)
        """,
    ),
    Rule(
        "no-grant-option",
        "Whoever may pass a privilege on decides who reaches the table, in place of the matrix.",
        "Revoke the grant option.",
        """
        select 'relation', r.schema, r.name, '', 'lets ' || a.grantee::regrole::text || ' grant on'
        from relations as r
        cross join lateral (
          select held.grantee from aclexplode(r.relacl) as held where held.is_grantable
          union
          select held.grantee
          from pg_catalog.pg_attribute as c
          cross join lateral aclexplode(c.attacl) as held
          where c.attrelid = r.oid and not c.attisdropped and held.is_grantable
        ) as a
        where a.grantee in ('anon'::regrole, 'authenticated'::regrole, 'service_role'::regrole)
        """,
    ),
    Rule(
        "default-privileges",
        "A default privilege grants what has not been written yet, before anyone has thought about it.",
        "Add `alter default privileges in schema … revoke …`.",
        """
        select 'schema', n.nspname::text, '', '', 'gives new '
          || case d.defaclobjtype when 'r' then 'tables' when 'S' then 'sequences' when 'f' then 'functions'
            else 'types' end
          || ' to ' || string_agg(
            distinct case a.grantee when 0 then 'PUBLIC' else a.grantee::regrole::text end, ', '
          )
        from pg_catalog.pg_default_acl as d
        inner join pg_catalog.pg_namespace as n on n.oid = d.defaclnamespace
        cross join lateral aclexplode(d.defaclacl) as a
        where n.nspname in ('public', 'app')
          and d.defaclrole = 'postgres'::regrole
          and a.grantee in (0, 'anon'::regrole, 'authenticated'::regrole, 'service_role'::regrole)
        group by n.nspname, d.defaclobjtype
        """,
    ),
)
