"""Reading the syntax tree of a policy's expression."""

from __future__ import annotations

from collections.abc import Iterator

from pglast import ast, parse_sql
from pglast.enums import A_Expr_Kind, BoolExprType, NullTestType, SubLinkType


def parse(expression: str) -> ast.Node:
    """The syntax tree of one SQL expression."""
    node: ast.Node = parse_sql("select " + expression)[0].stmt.targetList[0].val
    return node


def walk(
    node: ast.Node, around: tuple[ast.Node, ...] = ()
) -> Iterator[tuple[ast.Node, tuple[ast.Node, ...]]]:
    """Every node of the tree with the nodes around it, nearest first."""
    yield node, around
    for slot in node:
        value = getattr(node, slot)
        for child in value if isinstance(value, tuple) else (value,):
            if isinstance(child, ast.Node):
                yield from walk(child, (node, *around))


def called(call: ast.FuncCall) -> str:
    """The function's name as written, such as `app.current_org`."""
    return ".".join(str(part.sval) for part in call.funcname)


def conjuncts(node: ast.Node) -> Iterator[ast.Node]:
    """The conditions that must all hold."""
    if isinstance(node, ast.BoolExpr) and node.boolop == BoolExprType.AND_EXPR:
        for part in node.args:
            yield from conjuncts(part)
    else:
        yield node


def calls_per_row(expression: str) -> list[str]:
    """The functions, other than Postgres' own, that the expression calls once per row.

    A call is made once per statement only as `(select call)`: in a subselect of its own, without FROM, and
    without a column among its arguments.
    """
    found = set()
    for node, around in walk(parse(expression)):
        if (
            isinstance(node, ast.FuncCall)
            and "." in called(node)
            and not called(node).startswith("pg_catalog.")
        ):
            select = next((outer for outer in around if isinstance(outer, ast.SelectStmt)), None)
            per_row = any(isinstance(inner, ast.ColumnRef) for inner, _ in walk(node))
            if select is None or select.fromClause or per_row:
                found.add(called(node))
    return sorted(found)


def compares_tenant(node: ast.Node, column: str) -> bool:
    """Whether the node is `column = (select app.current_org())`."""
    return _compares(node, column, "app.current_org")


def names_person(node: ast.Node, owner: str) -> bool:
    """Whether every row that passes is the caller's own, or of a person whom the active organization knows.

    That is, in each alternative, `owner = (select app.my_id())` or
    `… = any(array(select … from … as link where link.org_id = … and link.deleted_at is null))`.
    """
    match node:
        case ast.BoolExpr(boolop=BoolExprType.AND_EXPR, args=parts):
            return any(names_person(part, owner) for part in parts)
        case ast.BoolExpr(boolop=BoolExprType.OR_EXPR, args=parts):
            return all(names_person(part, owner) for part in parts)
        case ast.A_Expr(
            kind=A_Expr_Kind.AEXPR_OP_ANY,
            rexpr=ast.SubLink(
                subLinkType=SubLinkType.ARRAY_SUBLINK, subselect=ast.SelectStmt(whereClause=where)
            ),
        ) if where is not None:
            known = list(conjuncts(where))
            return any(compares_tenant(part, "org_id") for part in known) and any(
                isinstance(part, ast.NullTest) and part.nulltesttype == NullTestType.IS_NULL for part in known
            )
    return _compares(node, owner, "app.my_id")


def _compares(node: ast.Node, column: str, function: str) -> bool:
    """Whether the node is `column = (select function())`."""
    match node:
        case ast.A_Expr(
            kind=A_Expr_Kind.AEXPR_OP,
            name=(ast.String(sval="="),),
            lexpr=ast.ColumnRef(fields=(*_, ast.String(sval=name))),
            rexpr=ast.SubLink(
                subselect=ast.SelectStmt(
                    targetList=(ast.ResTarget(val=ast.FuncCall() as call),), fromClause=None
                )
            ),
        ):
            return bool(name == column and called(call) == function)
    return False
