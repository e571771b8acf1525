"""Views: they show what their reader may see, and what is kept ready stays private."""

from __future__ import annotations

from carebase.lint.catalogue.rule import Rule

RULES = (
    Rule(
        "view-security-invoker",
        "Without security_invoker a view reads with its owner's rights, past every policy.",
        "Add `with (security_invoker = true)`.",
        """
        select 'relation', schema, name, '', 'is a view without security_invoker = true'
        from relations
        where relkind = 'v'
          and not coalesce(reloptions, '{}') && array['security_invoker=true', 'security_invoker=on',
            'security_invoker=1', 'security_invoker=yes']
        """,
    ),
    Rule(
        "materialized-view-private",
        "A materialized view holds everyone's rows and has no policies; filtered functions read it.",
        "Put it in schema app and revoke it from the API roles.",
        """
        select 'relation', r.schema, r.name, '', case r.schema
          when 'app' then 'is a materialized view granted to ' || string_agg(a.grantee::regrole::text, ', ')
          else 'is a materialized view outside schema app' end
        from relations as r
        left join lateral aclexplode(r.relacl) as a
          on a.grantee in ('anon'::regrole, 'authenticated'::regrole) and a.privilege_type = 'SELECT'
        where r.relkind = 'm'
        group by r.schema, r.name
        having r.schema <> 'app' or count(a.grantee) > 0
        """,
    ),
)
