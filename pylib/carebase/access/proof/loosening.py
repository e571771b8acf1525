"""A copy of a database whose policies let at least as much through, in words that an SMT solver decides.

Looser means: where a policy asks for a role, any valid role will do; where it asks for the person, in a table
of an organization, or for a list, it asks for nothing. Only what stands under AND and OR is replaced: there,
more for a part is more for the whole. Constraints and triggers go, so that a live probe can plant its rows.
"""

from __future__ import annotations

# ruff: noqa: S608  every name is one that the catalogue gives
from collections.abc import Iterator
from typing import Any

from pglast import ast, parse_sql
from pglast.enums import BoolExprType
from pglast.stream import RawStream

from carebase.db.connect import Connection, connect_as_owner

# Whoever holds a role holds it in the active organization: a test asks everybody.
_ANY_ROLE = "(select app.current_org()) is not null"
_ANYWHERE_HERE = "org_id = (select app.current_org())"
_POLICIES = """
select
  format('%I.%I', schemaname, tablename), policyname, qual, with_check,
  exists (
    select from pg_policies as floors
    where floors.schemaname = p.schemaname and floors.tablename = p.tablename
      and floors.permissive = 'RESTRICTIVE' and floors.qual ~ 'current_org' and floors.qual !~ 'my_id'
  )
from pg_policies as p
where schemaname in ('public', 'app')
"""


def loosen(url: str) -> None:
    """Make every policy of a copy let through at least as much, in words that the solver decides."""
    with connect_as_owner(url) as conn:
        for name, policy, using, check, is_of_tenant in conn.execute(_POLICIES).fetchall():
            statement = f'alter policy "{policy}" on {name}'
            if using is not None:
                statement += f" using ({looser(using, is_of_tenant=is_of_tenant)})"
            if check is not None:
                statement += f" with check ({looser(check, is_of_tenant=is_of_tenant)})"
            conn.execute(statement.encode())
        for statement in _unbinding(conn):
            conn.execute(statement.encode())


def looser(predicate: str, *, is_of_tenant: bool) -> str:
    """A predicate that is true wherever this one is.

    Example:
        >>> looser("org_id = app.current_org() and app.is_staff()", is_of_tenant=True)
        'org_id = app.current_org() AND (SELECT app.current_org()) IS NOT NULL'
    """
    return _shown(_looser(_parsed(predicate), is_of_tenant))


def _looser(node: Any, is_of_tenant: bool) -> Any:
    if _asks_where_role_holds(node):
        return _parsed(_ANYWHERE_HERE)
    if isinstance(node, ast.BoolExpr) and node.boolop in (BoolExprType.AND_EXPR, BoolExprType.OR_EXPR):
        parts = tuple(_looser(part, is_of_tenant) for part in node.args)
        return ast.BoolExpr(boolop=node.boolop, args=parts)  # type: ignore[no-untyped-call]
    if _asks_for_role(node):
        return _parsed(_ANY_ROLE)
    text = _shown(node)
    if "= ANY" in text.upper() or (is_of_tenant and "app.my_id" in text):
        return _parsed("true")  # looser than anything
    return node


def _asks_for_role(node: Any) -> bool:
    return _is_call(node, "has_role", "is_staff")


def _asks_where_role_holds(node: Any) -> bool:
    """`org_id = ` the active organization, if the caller holds a role there, or throughout it."""
    return (
        isinstance(node, ast.A_Expr)
        and _shown(node.lexpr) == "org_id"
        and [part.sval for part in node.name] == ["="]
        and _is_call(node.rexpr, "org_as", "org_throughout")
    )


def _is_call(node: Any, *names: str) -> bool:
    """A call of one of these kernel functions, bare or as (select …), and nothing made of it."""
    if isinstance(node, ast.SubLink) and node.testexpr is None:
        targets: list[Any] = list(getattr(node.subselect, "targetList", None) or ())
        return len(targets) == 1 and _is_call(targets[0].val, *names)
    return isinstance(node, ast.FuncCall) and [part.sval for part in node.funcname] in [
        ["app", name] for name in names
    ]


def _parsed(predicate: str) -> Any:
    return parse_sql(f"select {predicate}")[0].stmt.targetList[0].val


def _shown(node: Any) -> str:
    return str(RawStream()(node))  # type: ignore[no-untyped-call]  # pglast has no types of its own


def _unbinding(conn: Connection) -> Iterator[str]:
    """Statements that drop what keeps a planted row out and is no policy."""
    relations = "select oid from pg_class where relnamespace in ('public'::regnamespace, 'app'::regnamespace)"
    for name, trigger in conn.execute(
        f"select tgrelid::regclass::text, tgname from pg_trigger "
        # That of a partition goes with its table's.
        f"where not tgisinternal and tgparentid = 0 and tgrelid in ({relations})".encode()
    ).fetchall():
        yield f'drop trigger "{trigger}" on {name}'
    for name, constraint in conn.execute(
        f"select conrelid::regclass::text, conname from pg_constraint "
        f"where contype in ('f', 'c') and conislocal and conrelid in ({relations})".encode()
    ).fetchall():
        yield f'alter table {name} drop constraint "{constraint}"'
    for name, column in conn.execute(
        f"select a.attrelid::regclass::text, a.attname from pg_attribute as a "
        f"where a.attrelid in ({relations} and relkind in ('r', 'p') and not relispartition) "
        "and a.attnum > 0 and a.attnotnull and not a.attisdropped and not exists (select from pg_index as i "
        "where i.indisprimary and i.indrelid = a.attrelid and a.attnum = any(i.indkey))".encode()
    ).fetchall():
        yield f'alter table {name} alter column "{column}" drop not null'
