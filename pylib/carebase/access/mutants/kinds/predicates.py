"""Faults in what a policy says: something dropped, widened or turned round in its expression."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

from carebase.access.mutants.expressions import Rewrite, variants
from carebase.access.mutants.kinds.policies import create
from carebase.access.mutants.kinds.rewrites import (
    TableRewrite,
    columns_named,
    inverted,
    or_for_and,
    without,
    without_implied,
    without_owner,
    without_tenant,
)
from carebase.access.mutants.kinds.wording import slug
from carebase.access.mutants.mutant import Fault, Kind
from carebase.access.mutants.objects import Policy
from carebase.access.mutants.schema import Schema

_IMPLIED = "Never null: a required column, or one that the condition beside it compares by =."
_FILLED_IN = "Nobody but the column's default, the caller, may say whose the row is."
_CALLER = ("auth.uid()", "app.my_id()")


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
    rewrite: TableRewrite,
    says: str,
    *,
    equivalent: Callable[[Schema, Policy], str] = lambda _schema, _policy: "",
) -> Iterator[Fault]:
    for policy in schema.policies:
        table = schema.by_name.get(policy.table)
        for where, note, clauses in _changed(policy, partial(rewrite, table=table)):
            yield Fault(
                policy.target,
                says.format(policy=policy.target, note=note),
                f"alter policy {policy.name} on {policy.table} {clauses};",
                slug(f"{where} {note}"),
                instead=create(policy),
                equivalent=equivalent(schema, policy),
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
    """Why WITH CHECK of an update has nothing to do, if so."""
    table = schema.by_name[policy.table]
    settable = [column.name for column in table.columns if column.is_updatable]
    named = columns_named(policy.check or "true")
    if policy.command != "update" or policy.using != policy.check or named.intersection(settable):
        return ""
    return "WITH CHECK asks what USING asked, of columns that no caller may set."


def _is_filled_in(schema: Schema, policy: Policy) -> str:
    """Why nobody can insert a row of somebody else even so, if so."""
    table = schema.by_name[policy.table]
    owner = next((column for column in table.columns if column.name == table.owner), None)
    if policy.command != "insert" or owner is None or owner.is_insertable or owner.default not in _CALLER:
        return ""
    return _FILLED_IN


KINDS = (
    Kind("predicate-true", "A policy's whole predicate was replaced by true.", _true),
    Kind("check-true", "WITH CHECK (true): a row may be moved to anybody.", _check_true),
    Kind(
        "tenant-dropped",
        "A policy, or the query in it, forgot the organization.",
        lambda schema: _faults(schema, without_tenant, "{policy} forgot the organization ({note})."),
    ),
    Kind(
        "own-dropped",
        "`own` became everybody's: the owner is not compared.",
        lambda schema: _faults(
            schema, without_owner, "{policy} no longer asks whose row it is.", equivalent=_is_filled_in
        ),
    ),
    Kind(
        "condition-dropped",
        "One of a policy's other conditions is missing.",
        lambda schema: _faults(schema, without, "{policy} lost the condition {note}."),
    ),
    Kind(
        "implied-condition-dropped",
        "A condition is missing that another one implies.",
        lambda schema: _faults(
            schema,
            without_implied,
            "{policy} lost the condition {note}.",
            equivalent=lambda _schema, _policy: _IMPLIED,
        ),
    ),
    Kind(
        "or-for-and",
        "Conditions that must all hold were joined by OR.",
        lambda schema: _faults(schema, or_for_and, "{policy} says OR where it should say AND: {note}."),
    ),
    Kind(
        "comparison-inverted",
        "A comparison is the wrong way round.",
        lambda schema: _faults(schema, inverted, "{policy} says the opposite of {note}."),
    ),
)
