"""Faults in what a policy says: something dropped, widened or turned round in its expression."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from pglast import ast
from pglast.enums import A_Expr_Kind, BoolExprType, NullTestType

from carebase.access.mutants.expressions import TRUE, Place, Rewrite, joined_by, text, variants
from carebase.access.mutants.kinds.policies import create
from carebase.access.mutants.kinds.wording import slug
from carebase.access.mutants.mutant import Fault, Kind
from carebase.access.mutants.schema import Policy, Schema, Table
from carebase.lint.catalogue.expressions import compares_tenant

_IMPLIED = "The condition beside it compares with the same value by =, which is never true of null."


def _changed(policy: Policy, rewrite: Rewrite) -> Iterator[tuple[str, str, str]]:
    """Each way in which `rewrite` changes the policy: where, a word, the clauses of ALTER POLICY.

    Where USING and WITH CHECK are one predicate, as the compiler writes them, it changes in both.
    """
    if policy.using and policy.using == policy.check:
        for variant in variants(policy.using, rewrite):
            yield "", variant.note, f"using ({variant.text}) with check ({variant.text})"
        return
    for where, expression in (("using", policy.using), ("with check", policy.check)):
        for variant in variants(expression, rewrite) if expression else ():
            yield where if policy.check and policy.using else "", variant.note, f"{where} ({variant.text})"


def _faults(
    schema: Schema,
    rewrite: Callable[[Place, Table | None], Iterable[tuple[ast.Node, str]]],
    says: str,
    *,
    equivalent: str = "",
    only: Callable[[Policy], bool] = lambda _: True,
) -> Iterator[Fault]:
    for policy in filter(only, schema.policies):
        table = schema.by_name.get(policy.table)
        for where, note, clauses in _changed(policy, lambda place, table=table: rewrite(place, table)):
            yield Fault(
                policy.target,
                says.format(policy=policy.target, note=note),
                f"alter policy {policy.name} on {policy.table} {clauses};",
                slug(f"{where} {note}"),
                instead=create(policy),
                equivalent=equivalent,
            )


def _true(schema: Schema) -> Iterator[Fault]:
    for policy in schema.policies:
        clauses = [name for name, has in (("using", policy.using), ("with check", policy.check)) if has]
        statement = " ".join(f"{clause} (true)" for clause in clauses)
        says = f"{policy.target} says true: every row."
        yield Fault(
            policy.target,
            says,
            f"alter policy {policy.name} on {policy.table} {statement};",
            instead=create(policy),
        )


def _check_true(schema: Schema) -> Iterator[Fault]:
    for policy in schema.policies:
        if policy.check and policy.using:
            yield Fault(
                policy.target,
                f"{policy.target} lets a row become anybody's: WITH CHECK (true).",
                f"alter policy {policy.name} on {policy.table} with check (true);",
                instead=create(policy),
                equivalent=_cannot_be_moved(schema, policy),
            )


def _cannot_be_moved(schema: Schema, policy: Policy) -> str:
    """Why WITH CHECK of an update has nothing to do, if so: it asks what USING asked, of columns nobody sets."""
    table = schema.by_name[policy.table]
    settable = [column.name for column in table.columns if column.is_updatable]
    named: set[str] = set()

    def note_columns(place: Place) -> Iterable[tuple[ast.Node, str]]:
        if isinstance(place.node, ast.ColumnRef):
            named.add(str(place.node.fields[-1].sval))
        return ()

    variants(policy.check or "true", note_columns)
    if policy.command != "update" or policy.using != policy.check or named.intersection(settable):
        return ""
    return "WITH CHECK asks what USING asked, of columns that no caller may set."


def _is_own(node: ast.Node, table: Table | None) -> bool:
    """Whether the node is `owner = (select …)`."""
    return bool(
        table
        and table.owner
        and isinstance(node, ast.A_Expr)
        and isinstance(node.lexpr, ast.ColumnRef)
        and node.lexpr.fields[-1].sval == table.owner
        and isinstance(node.rexpr, ast.SubLink)
    )


def _is_tenant(node: ast.Node, table: Table | None) -> bool:
    """Whether the node is `tenant = (select app.current_org())`, of the table or of a link to it."""
    return any(compares_tenant(node, column) for column in {"org_id", (table and table.tenant) or "org_id"})


def _is_implied(place: Place) -> bool:
    """Whether the node is `x is not null` beside a comparison with the same x."""
    node = place.node
    if not isinstance(node, ast.NullTest) or node.nulltesttype != NullTestType.IS_NOT_NULL:
        return False
    value = text(node.arg).partition(" AS ")[0].lstrip("(")
    return any(isinstance(other, ast.A_Expr) and f"= ({value}" in text(other) for other in place.beside)


def _without_tenant(place: Place, table: Table | None) -> Iterator[tuple[ast.Node, str]]:
    if place.is_condition and _is_tenant(place.node, table):
        yield TRUE, "link" if place.slot == "whereClause" else "tenant"


def _without_owner(place: Place, table: Table | None) -> Iterator[tuple[ast.Node, str]]:
    if _is_own(place.node, table) and not _is_tenant(place.node, table):
        yield TRUE, "own"


def _without(place: Place, table: Table | None) -> Iterator[tuple[ast.Node, str]]:
    node = place.node
    if (
        place.is_condition
        and not _is_tenant(node, table)
        and not _is_own(node, table)
        and not joined_by(node, BoolExprType.AND_EXPR)
        and not _is_implied(place)
    ):
        yield TRUE, text(node)


def _without_implied(place: Place, _: Table | None) -> Iterator[tuple[ast.Node, str]]:
    if _is_implied(place):
        yield TRUE, text(place.node)


def _or_for_and(place: Place, _: Table | None) -> Iterator[tuple[ast.Node, str]]:
    if joined_by(place.node, BoolExprType.AND_EXPR) and not _has_implied(place.node):
        yield ast.BoolExpr(BoolExprType.OR_EXPR, place.node.args), text(place.node)


def _has_implied(conjunction: ast.BoolExpr) -> bool:
    """Whether OR would only show itself to those who are nobody: left to the faults of single conditions."""
    return any(
        isinstance(part, ast.NullTest) and isinstance(part.arg, ast.SubLink) for part in conjunction.args
    )


def _inverted(place: Place, _: Table | None) -> Iterator[tuple[ast.Node, str]]:
    node = place.node
    if isinstance(node, ast.A_Expr) and [str(name.sval) for name in node.name] == ["="]:
        other = {A_Expr_Kind.AEXPR_OP_ANY: A_Expr_Kind.AEXPR_OP_ALL}.get(node.kind, node.kind)
        yield ast.A_Expr(other, (ast.String("<>"),), node.lexpr, node.rexpr), text(node)
    elif isinstance(node, ast.NullTest):
        flipped = (
            NullTestType.IS_NOT_NULL if node.nulltesttype == NullTestType.IS_NULL else NullTestType.IS_NULL
        )
        yield ast.NullTest(node.arg, flipped, node.argisrow), text(node)
    elif place.is_condition and isinstance(node, (ast.ColumnRef, ast.SubLink)):
        yield ast.BoolExpr(BoolExprType.NOT_EXPR, (node,)), text(node)


KINDS = (
    Kind("predicate-true", "A policy's whole predicate was replaced by true.", _true),
    Kind("check-true", "WITH CHECK (true): a row may be moved to anybody.", _check_true),
    Kind(
        "tenant-dropped",
        "A policy, or the query in it, forgot the organization.",
        lambda schema: _faults(schema, _without_tenant, "{policy} forgot the organization ({note})."),
    ),
    Kind(
        "own-dropped",
        "`own` became everybody's: the owner is not compared.",
        lambda schema: _faults(schema, _without_owner, "{policy} no longer asks whose row it is."),
    ),
    Kind(
        "condition-dropped",
        "One of a policy's other conditions is missing.",
        lambda schema: _faults(schema, _without, "{policy} lost the condition {note}."),
    ),
    Kind(
        "implied-condition-dropped",
        "A condition is missing that another one implies.",
        lambda schema: _faults(
            schema, _without_implied, "{policy} lost the condition {note}.", equivalent=_IMPLIED
        ),
    ),
    Kind(
        "or-for-and",
        "Conditions that must all hold were joined by OR.",
        lambda schema: _faults(schema, _or_for_and, "{policy} says OR where it should say AND: {note}."),
    ),
    Kind(
        "comparison-inverted",
        "A comparison is the wrong way round.",
        lambda schema: _faults(schema, _inverted, "{policy} says the opposite of {note}."),
    ),
)
