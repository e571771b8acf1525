"""Questions about what everything else stands on: version, roles, row-level security."""

from __future__ import annotations

from carebase.doctor.question import Question

QUESTIONS = (
    Question(
        "version",
        "warning",
        "The server is Postgres 15 or 17, which every release is tested on.",
        """
        select 'The server', 'is Postgres ' || current_setting('server_version')
        where current_setting('server_version_num')::integer / 10000 not in (15, 17)
        """,
        "Move to one of them.",
    ),
    Question(
        "roles",
        "problem",
        "The roles of the API are there and are held by row-level security.",
        """
        select 'Role ' || wanted.name, case
          when roles.oid is null then 'is missing'
          when roles.rolsuper then 'is a superuser: no policy holds it'
          else 'bypasses row-level security' end
        from unnest(array['anon', 'authenticated', 'service_role', 'authenticator']) as wanted (name)
        left join pg_catalog.pg_roles as roles on roles.rolname = wanted.name
        where roles.oid is null or roles.rolsuper
          or roles.rolbypassrls and wanted.name <> 'service_role'
        union all
        select 'Role authenticator', 'may not become ' || wanted.name
        from unnest(array['anon', 'authenticated', 'service_role']) as wanted (name)
        where exists (select from pg_catalog.pg_roles where rolname = wanted.name)
          and exists (select from pg_catalog.pg_roles where rolname = 'authenticator')
          and not exists (
            select from pg_catalog.pg_auth_members as m
            where m.roleid::regrole::text = wanted.name and m.member::regrole::text = 'authenticator'
          )
        """,
        "`alter role … nosuperuser nobypassrls`, `grant … to authenticator`.",
    ),
    Question(
        "row-security",
        "problem",
        "Row-level security is on and forced on every table of ours.",
        """
        select 'Table ' || oid::regclass::text, case
          when not relrowsecurity then 'has row-level security switched off'
          else 'does not force row-level security on its owner' end
        from pg_catalog.pg_class
        where relnamespace in (select oid from pg_catalog.pg_namespace where nspname in ('public', 'app'))
          and relkind in ('r', 'p') and not (relrowsecurity and relforcerowsecurity)
          and not exists (
            select from pg_catalog.pg_depend as d where d.objid = pg_class.oid and d.deptype = 'e'
          )
        """,
        "`alter table … enable row level security, force row level security`; ask who switched it off.",
    ),
    Question(
        "private-schema",
        "problem",
        "Nothing of the private schema is open to everybody.",
        """
        select 'Function ' || p.oid::regprocedure::text, 'may be executed by everybody'
        from pg_catalog.pg_proc as p
        cross join lateral aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) as a
        where p.pronamespace = (select oid from pg_catalog.pg_namespace where nspname = 'app')
          and a.grantee = 0 and a.privilege_type = 'EXECUTE'
        """,
        "`revoke all on function … from public`.",
    ),
    Question(
        "triggers",
        "problem",
        "Every trigger fires.",
        """
        select 'Trigger ' || t.tgname || ' of ' || t.tgrelid::regclass::text, 'is disabled'
        from pg_catalog.pg_trigger as t
        inner join pg_catalog.pg_class as c on c.oid = t.tgrelid
        inner join pg_catalog.pg_namespace as n on n.oid = c.relnamespace
        where n.nspname in ('public', 'app') and t.tgenabled = 'D'
        """,
        "`alter table … enable trigger …`; what was written meanwhile was not stamped or audited.",
    ),
    Question(
        "validity",
        "problem",
        "Every index and constraint holds.",
        """
        select 'Index ' || i.indexrelid::regclass::text, 'is not valid: queries do not use it'
        from pg_catalog.pg_index as i
        inner join pg_catalog.pg_class as c on c.oid = i.indrelid
        where not i.indisvalid and c.relkind <> 'p'
          and c.relnamespace in (select oid from pg_catalog.pg_namespace where nspname in ('public', 'app'))
        union all
        select 'Constraint ' || k.conname || ' of ' || k.conrelid::regclass::text,
          'was never validated: old rows may break it'
        from pg_catalog.pg_constraint as k
        where not k.convalidated
          and k.connamespace in (select oid from pg_catalog.pg_namespace where nspname in ('public', 'app'))
        """,
        "`reindex index concurrently …`, `alter table … validate constraint …`.",
    ),
)
