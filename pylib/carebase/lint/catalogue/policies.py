"""What each policy says: for whom, once per command, cheap for the planner, inside the tenant."""

from __future__ import annotations

import orjson
from pglast import ast
from pglast.enums import SubLinkType

from carebase.lint.catalogue.expressions import (
    calls_per_row,
    compares_tenant,
    conjuncts,
    names_person,
    parse,
    walk,
)
from carebase.lint.catalogue.rule import Rule

_EXPRESSIONS = """
select 'policy', schema, name, part, expression
from policies
cross join unnest(array_remove(array[using_expression, check_expression], null)) as expression
"""


def _calls_per_row(expression: str) -> str | None:
    calls = calls_per_row(expression)
    return f"calls {', '.join(calls)} for every row" if calls else None


def _in_select(expression: str) -> str | None:
    sets = (SubLinkType.ANY_SUBLINK, SubLinkType.ALL_SUBLINK)
    found = any(
        isinstance(node, ast.SubLink) and node.subLinkType in sets for node, _ in walk(parse(expression))
    )
    return "compares with `in (select …)`, which hides the index" if found else None


def _repeats_tenant(note: str) -> str | None:
    column, expression = orjson.loads(note)
    repeated = any(compares_tenant(part, column) for part in conjuncts(parse(expression)))
    return None if repeated else f"does not repeat {column} = (select app.current_org())"


def _names_person(note: str) -> str | None:
    owner, expression = orjson.loads(note)
    return None if names_person(parse(expression), owner) else "also holds for rows of other people"


RULES = (
    Rule(
        "policy-names-role",
        "A policy for PUBLIC also holds for roles that nobody thought of, anon among them.",
        "Name the roles: `to authenticated`.",
        """
        select 'policy', schema, name, part, 'is for PUBLIC'
        from policies where polroles = '{0}'
        """,
    ),
    Rule(
        "policy-one-permissive",
        "Postgres tries all permissive policies of a command on every row; one with the OR inside is faster "
        "to run and to read.",
        "Join the audiences in one policy.",
        """
        select 'policy', schema, name, max(part),
          'is one of ' || count(*) || ' permissive policies for ' || single || ' to '
          || case role when 0 then 'PUBLIC' else role::regrole::text end
        from policies
        cross join unnest(polroles) as role
        cross join unnest(
          case command when 'all' then array['select', 'insert', 'update', 'delete'] else array[command] end
        ) as single
        where polpermissive
        group by schema, name, role, single
        having count(*) > 1
        """,
    ),
    Rule(
        "policy-once-per-statement",
        "A function of the row, or one outside `(select …)`, runs for each row and bars the index.",
        "Wrap the call, `(select app.current_org())`, and give it no column of the row.",
        _EXPRESSIONS,
        judge=_calls_per_row,
    ),
    Rule(
        "policy-no-in-select",
        "`in (select …)` becomes a set that is built and searched; an array computed once meets the index.",
        "Use `= any ((select …)::uuid[])`, or `exists` over the key.",
        _EXPRESSIONS,
        judge=_in_select,
    ),
    Rule(
        "policy-repeats-tenant",
        "The floor is a second lock, not the only one: a distributed engine was seen to lose AS RESTRICTIVE.",
        "Begin the policy with `org_id = (select app.current_org()) and …`.",
        """
        select 'policy', schema, name, part, jsonb_build_array(tenant_column, expression)::text
        from policies
        cross join unnest(array_remove(array[using_expression, check_expression], null)) as expression
        where polpermissive and belongs_to = 'organization'
        """,
        judge=_repeats_tenant,
    ),
    Rule(
        "policy-names-person",
        "The floor of a person's table is a second lock, not the only one.",
        "Compare the owner in each alternative, or reach the person through the organization's link to them.",
        """
        select 'policy', schema, name, part, jsonb_build_array(owner_column, expression)::text
        from policies
        cross join unnest(array_remove(array[using_expression, check_expression], null)) as expression
        where polpermissive and belongs_to = 'person'
        """,
        judge=_names_person,
    ),
    Rule(
        "policy-named",
        "`<command>_<audience>` says in every listing what a policy is about.",
        "Name it after its command, or `floor_…` if it is RESTRICTIVE.",
        """
        select 'policy', schema, name, part, 'is not named ' || wanted || '…'
        from policies
        cross join lateral (
          select case when polpermissive then command || '_' else 'floor_' end as wanted
        ) as w
        where left(part, length(wanted)) <> wanted or part !~ '^[a-z][a-z0-9_]*$'
        """,
    ),
    Rule(
        "policy-function-stable",
        "What an immutable function answers is written into kept plans, and goes on for the next caller; a "
        "volatile one keeps the planner from using an index.",
        "Declare the function stable.",
        """
        -- Of any table, the storage's too.
        select distinct 'routine', f.schema, f.name, f.part, 'is asked by a policy and is not stable', f.shown
        from pg_catalog.pg_depend as d
        inner join routines as f on f.oid = d.refobjid
        where d.classid = 'pg_catalog.pg_policy'::regclass
          and d.refclassid = 'pg_catalog.pg_proc'::regclass
          and f.schema = 'app' and f.provolatile <> 's'
        """,
    ),
    Rule(
        "soft-delete-hidden",
        "A soft-deleted row is invisible through the API.",
        "Let the SELECT policy, or a RESTRICTIVE one, say `deleted_at is null`.",
        """
        select 'relation', t.schema, t.name, '', 'shows soft-deleted rows to select'
        from tables as t
        where t.is_mutable
          and exists (select from columns as c where c.oid = t.oid and c.part = 'deleted_at')
          and exists (
            select from policies as p
            where (p.schema, p.name) = (t.schema, t.name) and p.polpermissive
              and p.command in ('select', 'all') and p.using_expression !~ '\\mdeleted_at IS NULL'
          )
          and not exists (
            select from policies as p
            where (p.schema, p.name) = (t.schema, t.name) and not p.polpermissive
              and p.command in ('select', 'all') and p.using_expression ~ '\\mdeleted_at IS NULL'
          )
        """,
    ),
)
