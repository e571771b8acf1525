"""Functions: nobody may call them unless said, and their names mean one thing only."""

from __future__ import annotations

from carebase.lint.catalogue.rule import Rule

RULES = (
    Rule(
        "definer-search-path",
        "A SECURITY DEFINER function runs with its owner's rights: with the caller's search_path, the caller "
        "chooses what code that is.",
        "Add `set search_path = ''` and qualify every name in the body.",
        """
        select 'routine', schema, name, part, 'is SECURITY DEFINER without search_path = ''''', shown
        from routines
        where prosecdef and not coalesce(proconfig, '{}') @> array['search_path=""']
        """,
    ),
    Rule(
        "function-search-path",
        "Without a search_path of its own a function does different things for different callers; not so one "
        "whose body is SQL that was bound when it was made.",
        "Add `set search_path = ''` and qualify every name in the body.",
        """
        select 'routine', schema, name, part, 'has no search_path = ''''', shown
        from routines
        where
          not prosecdef and prokind <> 'a' and prosqlbody is null
          and not coalesce(proconfig, '{}') @> array['search_path=""']
        """,
    ),
    Rule(
        "definer-private",
        "What runs with its owner's rights has no business in the API, where anyone can call it by name.",
        "Move it to schema app and let an invoker function in public call it.",
        """
        select 'routine', schema, name, part, 'is SECURITY DEFINER outside schema app', shown
        from routines where prosecdef and schema <> 'app'
        """,
    ),
    Rule(
        "guards-agree",
        "An RPC and the private function that works for it both ask for roles; where they name different "
        "ones, one of the two locks holds nobody back.",
        "Name the same roles in `app.require_role(…)` of each.",
        r"""
        select 'routine', schema, name, part,
          'asks for ' || string_agg(roles, ' and for ' order by roles) || ', itself or in what it calls',
          shown
        from (
          select distinct callers.schema, callers.name, callers.part, callers.shown, asked.roles
          from routines as callers
          -- What it calls, found by name: matching each caller with each guard would take seconds.
          cross join lateral (
            select callers.schema as schema, callers.name as name
            union
            select call[1], call[2] from regexp_matches(callers.prosrc, '\m(\w+)\.(\w+)\(', 'g') as call
          ) as called
          inner join routines as guards
            on guards.schema = called.schema and guards.name = called.name
          cross join lateral
            regexp_matches(guards.prosrc, 'app\.require_role\(([^)]*)\)', 'g') as found (list)
          cross join lateral (
            select '(' || string_agg(distinct named.role[1], ', ' order by named.role[1]) || ')' as roles
            from regexp_matches(found.list[1], '''(\w+)''', 'g') as named (role)
          ) as asked
          where callers.schema = 'public' and asked.roles is not null
        ) as guarded
        group by schema, name, part, shown
        having count(*) > 1
        """,
    ),
    Rule(
        "sites-agree",
        "A body that lets in some roles and then looks at the sites of another takes somebody who has both "
        "for more than they are.",
        "Name the roles of `app.require_role(…)`, or fewer, in `app.my_sites(…)` and `app.has_role(…)`.",
        r"""
        select 'routine', schema, name, part, 'asks for ' || string_agg(distinct role, ', ' order by role)
          || ', whom it does not let in', shown
        from (
          select routines.schema, routines.name, routines.part, routines.shown, listed.role[1] as role
          from routines
          cross join lateral
            regexp_matches(prosrc, 'app\.(?:my_sites|has_role)\(([^)]*)\)', 'g') as asked (list)
          cross join lateral regexp_matches(asked.list[1], '''(\w+)''', 'g') as listed (role)
          where prosrc ~ 'app\.require_role\(\s*'''
            and not exists (
              select
              from regexp_matches(prosrc, 'app\.require_role\(([^)]*)\)', 'g') as guard (list)
              where guard.list[1] !~ '''' or guard.list[1] ~ ('''' || listed.role[1] || '''')
            )
        ) as found
        group by schema, name, part, shown
        """,
    ),
    Rule(
        "behind-agrees",
        "An RPC and the function behind it each look for a role; whom only one of them knows gets nowhere, "
        "or is held back by the other alone.",
        "Name the same roles in `app.require_role(…)` and in `app.my_sites(…)`, `app.has_role(…)` behind.",
        r"""
        select 'routine', schema, name, part, said || string_agg(distinct role, ', ' order by role), shown
        from (
          with calls as materialized (
            select distinct callers.oid as caller, works.oid as works
            from routines as callers
            cross join lateral regexp_matches(callers.prosrc, '\mapp\.(\w+)\(', 'g') as call (name)
            inner join routines as works on works.schema = 'app' and works.name = call.name[1]
            where works.oid <> callers.oid
          ),
          let_in as materialized (
            select routines.oid, listed.role[1] as role
            from routines
            cross join lateral regexp_matches(prosrc, 'app\.require_role\(([^)]*)\)', 'g') as guard (list)
            cross join lateral regexp_matches(guard.list[1], '''(\w+)''', 'g') as listed (role)
          ),
          known as materialized (
            select routines.oid, listed.role[1] as role
            from routines
            cross join lateral
              regexp_matches(prosrc, 'app\.(?:my_\w*sites|has_role)\(([^)]*)\)', 'g') as asked (list)
            cross join lateral regexp_matches(asked.list[1], '''(\w+)''', 'g') as listed (role)
            where schema = 'app' and prosrc !~ 'app\.is_staff\(|\(variadic '
          )
          select callers.schema, callers.name, callers.part, callers.shown, let_in.role,
            'lets in somebody whom app.' || works.name || ' does not know: ' as said
          from let_in
          inner join routines as callers on callers.oid = let_in.oid and callers.schema = 'public'
          inner join calls on calls.caller = let_in.oid
          inner join routines as works on works.oid = calls.works
          where works.oid in (select known.oid from known)
            and (works.oid, let_in.role) not in (select known.oid, known.role from known)
          union all
          select works.schema, works.name, works.part, works.shown, known.role,
            'knows somebody whom no RPC lets get there: ' as said
          from known
          inner join routines as works on works.oid = known.oid
          where works.oid in (select calls.works from calls)
            and not exists (
              select from calls
              where calls.works = known.oid
                and (
                  calls.caller not in (select let_in.oid from let_in)
                  or (calls.caller, known.role) in (select let_in.oid, let_in.role from let_in)
                )
            )
        ) as found
        group by schema, name, part, said, shown
        """,
    ),
    Rule(
        "cursor-known",
        "The row that a page goes on from can be gone. What is compared with nothing is an empty page, as if "
        "the list ended there.",
        "After looking it up: `perform app.check_cursor('p_after', p_after is null or found)`.",
        r"""
        select 'routine', schema, name, part, 'goes on from a row without asking whether it is there', shown
        from routines
        where
          array_to_string(proargnames, ' ') ~ '\mp_(after|before)'
          and prosrc ~ '\)\s*[<>]\s*\(\s*(select\M|v_)'
          and prosrc !~ '\mapp\.check_cursor\('
        """,
    ),
    Rule(
        "function-no-public",
        "Postgres lets PUBLIC execute every new function, anon included.",
        "Add `revoke all on function … from public`, then grant by name.",
        """
        select 'routine', schema, name, part, 'may be executed by PUBLIC', shown
        from routines
        where exists (
          select from aclexplode(coalesce(proacl, acldefault('f', proowner))) as a
          where a.grantee = 0 and a.privilege_type = 'EXECUTE'
        )
        """,
    ),
    Rule(
        "trigger-function-private",
        "A trigger function is for triggers only; nobody needs to call it, so nobody is granted it.",
        "Put it in schema app and revoke it from everyone.",
        """
        select 'routine', schema, name, part, case schema when 'app' then 'is granted to ' || string_agg(
          a.grantee::regrole::text, ', ' order by a.grantee::regrole::text
        ) else 'is a trigger function outside schema app' end, shown
        from routines
        left join lateral aclexplode(proacl) as a on a.grantee not in (0, proowner)
        where prorettype = 'trigger'::regtype
        group by schema, name, part, shown
        having schema <> 'app' or count(a.grantee) > 0
        """,
    ),
    Rule(
        "parameter-named",
        "Parameters are the API's names; `p_` keeps them apart from the columns a body works on.",
        "Name every parameter `p_…`.",
        """
        select 'routine', schema, name, part,
          'has a parameter ' || coalesce(nullif(argument, ''), 'without a name'), shown
        from routines
        cross join lateral (
          select coalesce(proargnames[place], '') as argument
          from generate_series(1, greatest(part::integer, coalesce(cardinality(proargmodes), 0))) as place
          where coalesce(proargmodes[place], 'i') in ('i', 'b', 'v')
          order by place
        ) as arguments
        where prokind <> 'a' and argument !~ '^p_[a-z][a-z0-9_]*$'
        """,
    ),
)
