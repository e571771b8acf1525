"""Faults in what a policy is, whatever its predicate says: dropped, for others, of another sort."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from psycopg import sql

from carebase.access.mutants.mutant import Fault, Kind
from carebase.access.mutants.objects import Policy
from carebase.access.mutants.schema import Schema


def create(policy: Policy) -> str:
    """The statements that make the policy, its comment included."""
    parts = [
        f"create policy {policy.name} on {policy.table}",
        f"as {'permissive' if policy.is_permissive else 'restrictive'} for {policy.command}",
        f"to {', '.join(policy.roles)}",
        *([f"using ({policy.using})"] if policy.using else []),
        *([f"with check ({policy.check})"] if policy.check else []),
    ]
    return "\n".join(parts) + f";\n{_comment(policy)}"


def _comment(policy: Policy) -> str:
    said = sql.Literal(policy.comment).as_string() if policy.comment else "null"
    return f"comment on policy {policy.name} on {policy.table} is {said};"


def _instead_of(policy: Policy, changed: Policy) -> str:
    return f"drop policy {policy.name} on {policy.table};\n{create(changed)}"


def _permissive(schema: Schema) -> list[Policy]:
    return [policy for policy in schema.policies if policy.is_permissive]


def _floors(schema: Schema) -> list[Policy]:
    return [policy for policy in schema.policies if not policy.is_permissive]


def _dropped(schema: Schema) -> Iterator[Fault]:
    for policy in _permissive(schema):
        says = f"{policy.target} was dropped: nobody whom it let in can {policy.command} any more."
        yield Fault(policy.target, says, f"drop policy {policy.name} on {policy.table};")


def _floor_dropped(schema: Schema) -> Iterator[Fault]:
    for policy in _floors(schema):
        says = f"{policy.table} lost its floor {policy.name}."
        yield Fault(policy.target, says, f"drop policy {policy.name} on {policy.table};")


def _floor_permissive(schema: Schema) -> Iterator[Fault]:
    for policy in _floors(schema):
        says = f"The floor {policy.target} is permissive: it opens what it should close."
        changed = replace(policy, is_permissive=True)
        yield Fault(policy.target, says, _instead_of(policy, changed), instead=create(policy))


def _floor_for_select(schema: Schema) -> Iterator[Fault]:
    for policy in _floors(schema):
        if policy.command == "all":
            says = f"The floor {policy.target} holds for select only; writes are not held."
            changed = replace(policy, command="select", check=None)
            yield Fault(policy.target, says, _instead_of(policy, changed), instead=create(policy))


def _floor_for_some(schema: Schema) -> Iterator[Fault]:
    for policy in _floors(schema):
        for role in policy.roles if len(policy.roles) > 1 else ():
            others = [other for other in policy.roles if other != role]
            statement = f"alter policy {policy.name} on {policy.table} to {', '.join(others)};"
            says = f"The floor {policy.target} forgets {role}."
            yield Fault(policy.target, says, statement, role, instead=create(policy))


def _to_public(schema: Schema) -> Iterator[Fault]:
    for policy in schema.policies:
        if policy.roles != ["public"]:
            says = f"{policy.target} is for PUBLIC, and so for every role there is and will be."
            statement = f"alter policy {policy.name} on {policy.table} to public;"
            yield Fault(policy.target, says, statement, instead=create(policy))


def _to_anon(schema: Schema) -> Iterator[Fault]:
    for policy in _permissive(schema):
        if "anon" not in policy.roles and policy.roles != ["public"]:
            says = f"{policy.target} is also for anon, whom the table is granted to for {policy.command}."
            granted = {"all": "select"}.get(policy.command, policy.command)
            statement = (
                f"alter policy {policy.name} on {policy.table} to anon, {', '.join(policy.roles)};\n"
                f"grant {granted} on {policy.table} to anon;"
            )
            yield Fault(policy.target, says, statement, instead=create(policy))


def _for_all(schema: Schema) -> Iterator[Fault]:
    for policy in _permissive(schema):
        if policy.command == "select":
            says = f"{policy.target} is for all commands: whoever reads may write."
            changed = replace(policy, command="all")
            yield Fault(policy.target, says, _instead_of(policy, changed), instead=create(policy))


def _check_missing(schema: Schema) -> Iterator[Fault]:
    for policy in schema.policies:
        if policy.check is None:
            continue
        same = policy.using == policy.check
        yield Fault(
            policy.target,
            f"{policy.target} was written without WITH CHECK.",
            _instead_of(policy, replace(policy, check=None)),
            instead=create(policy),
            equivalent="Where WITH CHECK is missing Postgres checks USING, which says the same."
            if same
            else "",
        )


def _added(schema: Schema) -> Iterator[Fault]:
    for table in schema.tables:
        if "select" not in table.granted:
            continue
        name = "select_for_support"
        says = f"Somebody added the policy {name} to {table.name}, which shows every row."
        statement = (
            f"create policy {name} on {table.name} for select to authenticated using (true);\n"
            f"comment on policy {name} on {table.name} is 'Every row.';"
        )
        yield Fault(table.name, says, statement)


KINDS = (
    Kind("policy-dropped", "A permissive policy was dropped: access is lost.", _dropped),
    Kind("policy-added", "A policy `using (true)` was added beside the right one.", _added),
    Kind("policy-to-public", "A policy names no role and so holds for all.", _to_public),
    Kind("policy-to-anon", "A policy and a grant let in who is not signed in.", _to_anon),
    Kind("policy-for-all", "A policy for select became one for all commands.", _for_all),
    Kind("policy-check-missing", "A policy lost its WITH CHECK.", _check_missing),
    Kind("floor-dropped", "The restrictive floor was dropped.", _floor_dropped),
    Kind("floor-permissive", "The floor is permissive instead of restrictive.", _floor_permissive),
    Kind("floor-for-select", "The floor holds for select only.", _floor_for_select),
    Kind("floor-role-forgotten", "The floor does not hold for one of the API's roles.", _floor_for_some),
)
