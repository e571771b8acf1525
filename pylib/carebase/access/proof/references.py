"""Foreign keys: no row of one organization can point into another, whoever writes it."""

from __future__ import annotations

# ruff: noqa: S608  every name is one that the rooms declare or the catalogue gives
from collections.abc import Iterator

from carebase.access.proof.attempts import execute
from carebase.access.proof.catalogue import Reference
from carebase.access.proof.meaning import Actor
from carebase.access.proof.rows import KEY, ORGANIZATIONS, Made, Setting, literal
from carebase.access.proof.world import World

_TRUSTED = Actor("service_role", '{"role": "service_role"}', database_role="service_role")
_OWNER = Actor("the owner of the database", "", database_role="none")
_FOREIGN_KEY = "23503"


def prove_references(world: World, name: str) -> Iterator[str]:
    """Point a row of this organization at rows of the other one, with every right there is but the keys'.

    Args:
        world: whose transaction it is.
        name: the table, qualified.

    Raises:
        UsageProblem: `proof_row_unknown`: the table needs a recipe.
    """
    tables = world.factory.tables
    if tables[name].belongs_to != "organization" or name == ORGANIZATIONS:
        return
    tenant = tables[name].tenant_column
    for reference in world.factory.relation(name).references:
        target = tables.get(reference.target)
        if target is None or target.belongs_to != "organization" or reference.target == ORGANIZATIONS:
            continue
        if tenant not in reference.columns:
            yield f"{name}: its reference {reference.name} does not carry {tenant}."
            continue
        with world.factory.conn.transaction(force_rollback=True):
            there = Setting(world.there, site=min(world.sites[world.there]))
            theirs = world.factory.make(reference.target, there)
            ours = world.factory.make(name, Setting(world.here))
            _leave_only_keys(world, name)
            yield from _pointing(world, name, reference, ours, theirs)


def _leave_only_keys(world: World, name: str) -> None:
    """A check or a guard that refuses the row as well would answer before the key."""
    conn = world.factory.conn
    conn.execute("set constraints all immediate")
    # What follows a changed key (`on update cascade`) has guards of its own.
    following = conn.execute(
        "select distinct conrelid::regclass::text from pg_constraint "
        "where confrelid = %s::regclass and contype = 'f' and confupdtype = 'c'",
        [name],
    ).fetchall()
    for (guarded,) in [(name,), *following]:
        conn.execute(f"alter table {guarded} disable trigger user".encode())
    checks = conn.execute(
        "select conname from pg_constraint where conrelid = %s::regclass and contype = 'c'", [name]
    ).fetchall()
    for (check,) in checks:
        conn.execute(f'alter table {name} drop constraint "{check}"'.encode())


def _pointing(world: World, name: str, reference: Reference, ours: Made, theirs: Made) -> Iterator[str]:
    tenant = world.factory.tables[name].tenant_column
    pairs = zip(reference.columns, reference.target_columns, strict=True)
    changes = [f'"{mine}" = {literal(theirs[their])}' for mine, their in pairs if mine != tenant]
    is_ours = f"{world.factory.relation(name).key_text(name)} = {literal(ours[KEY])}"
    statement = f"update {name} set {', '.join(changes)} where {is_ours}"
    # A column that a trigger derives does not take what is written to it.
    look = f"select array['held'] from {name} where {is_ours} and {' and '.join(changes)}"
    for actor in (_TRUSTED, _OWNER) if name.startswith("public.") else (_OWNER,):
        answer = execute(world.factory.conn, actor, statement, look)
        if answer.code != _FOREIGN_KEY and (answer.code or answer.looked):
            how = f"{answer.code}: {answer.said}" if answer.code else "it is let"
            yield (
                f"{name}: {actor.name} pointing {', '.join(reference.columns)} into another organization "
                f"is not stopped by the foreign key {reference.name} ({how})."
            )
