"""Does each rollback undo its migration, and can the migration be applied again?"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass

from carebase.db import files, history, run
from carebase.db.catalogue import Catalogue, Item, compare, read_catalogue
from carebase.db.catalogue.read import Entry, catalogue_of
from carebase.db.connect import Connection, connect_as_owner
from carebase.db.drift import Drift
from carebase.db.files import Migration
from carebase.db.scratch import Scratch
from carebase.db.write.grants import is_lost_generosity
from carebase.project import Project

Tell = Callable[[str], None]

# What triggers stamp on a row whenever it is written; undoing a change writes it once more.
_STAMPS = ["created_at", "created_by", "updated_at", "updated_by", "version"]
# The name of the table is Postgres' own quoted one.
_ROWS = """
select {}, count(*), md5(string_agg(r.text, e'\\n' order by r.text))
from (select (to_jsonb(t) - %(stamps)s::text[])::text as text from {} as t) as r
"""


@dataclass(frozen=True)
class Proof:
    """What is in the database in the end, and what a rollback or a second run did not bring back."""

    catalogue: Catalogue
    drifts: list[Drift]


def prove_rollbacks(
    project: Project,
    scratch: Scratch,
    *,
    generous: bool,
    only: Collection[str] | None = None,
    start: str | None = None,
    tell: Tell = lambda _: None,
) -> Proof:
    """Apply, undo and apply again each migration in turn; compare structure and rows.

    Irreversible migrations are just applied; the first that is not undone ends the proof. Not compared: the
    order of columns (Postgres puts a column that comes back behind the others) and the generosity of hosted
    Supabase's default privileges, which stays revoked.

    Args:
        project: the checkout.
        scratch: a throw-away server.
        generous: with hosted Supabase's default privileges.
        only: versions to prove; the others are just applied. The default proves all.
        start: URL of a database with some migrations to begin with, in a copy of it.
        tell: told what is being done.

    Raises:
        DatabaseProblem: a statement of a migration or a rollback failed.
    """
    url = scratch.clone(start, "proof") if start else scratch.create("proof", generous=generous)
    drifts: list[Drift] = []
    with connect_as_owner(url) as conn:
        history.ensure(conn)
        before: Catalogue | None = None
        known = history.read(conn)
        for migration in files.discover(project):
            if migration.version in known:
                continue
            tell(f"proving {migration.label}")
            if not _is_reversible(migration) or (only is not None and migration.version not in only):
                run.apply(conn, migration)
                before = None
                continue
            before = before if before is not None else _state(conn)
            run.apply(conn, migration)
            applied = _state(conn)
            run.undo(conn, migration)
            drifts += _differences(before, _state(conn), f"after undoing {migration.label}")
            if drifts:
                break  # it may not run again on what its rollback left
            run.apply(conn, migration)
            again = _state(conn)
            drifts += _differences(
                _counted(applied), _counted(again), f"after applying {migration.label} again"
            )
            before = again
    last = _without_rows(before) if before is not None and not drifts else read_catalogue(url)
    return Proof(last, drifts)


def _is_reversible(migration: Migration) -> bool:
    return migration.down is not None and migration.down.irreversible is None


def _differences(want: Catalogue, found: Catalogue, seen: str) -> list[Drift]:
    differences = compare(want, found, ignore={"column_order"})
    return [Drift(seen, difference) for difference in differences if not is_lost_generosity(difference)]


def _state(conn: Connection) -> Catalogue:
    """Structure, and of each table how many rows it has and what they say.

    Read by the session that made it, which knows the catalogue already: a new one takes half as long again.
    """
    with conn.transaction():
        conn.execute("set transaction isolation level repeatable read, read only")
        found = catalogue_of(conn)
        tables = [item.identity for item, entry in found.items() if entry.details.get("is") == "table"]
        # One statement for all of them: a hundred small ones take longer than what they count.
        each = " union all ".join(_ROWS.format(place, table) for place, table in enumerate(tables))
        rows = conn.execute(each.encode(), {"stamps": _STAMPS}).fetchall() if tables else []
    for place, count, digest in rows:
        found[Item("rows", tables[place])] = Entry({"count": count, "digest": digest}, tables[place])
    return found


def _without_rows(state: Catalogue) -> Catalogue:
    return {item: entry for item, entry in state.items() if item.kind != "rows"}


def _counted(state: Catalogue) -> Catalogue:
    """Without what rows say: made a second time, they have other ids and times."""
    return {
        item: Entry({"count": entry.details["count"]}, entry.part_of) if item.kind == "rows" else entry
        for item, entry in state.items()
    }
