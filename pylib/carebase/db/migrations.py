"""Bringing a database forward and back: status, migrate, rollback."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from carebase.db import files, history, lock, run
from carebase.db.connect import Connection, connect, describe, owner_session
from carebase.db.files import Migration
from carebase.db.history import Applied
from carebase.problems import DatabaseProblem, UsageProblem
from carebase.project import Project
from carebase.stack import platform

State = Literal["applied", "pending", "edited", "unknown"]


@dataclass(frozen=True)
class Row:
    """One migration and how it stands in a database.

    Attributes:
        version: its version.
        name: its name.
        state: `applied`; `pending`: not yet; `edited`: applied, but the file was changed since; `unknown`:
            applied, but not in this checkout.
        has_rollback: whether there is a rollback that can undo it.
    """

    version: str
    name: str
    state: State
    has_rollback: bool


class Watcher:
    """Told what happens during a run; does nothing. The CLI prints."""

    def waiting(self) -> None:
        """Another run holds the lock."""

    def begins(self, migration: Migration) -> None:
        """A migration or rollback begins."""

    def ends(self, migration: Migration, seconds: float) -> None:
        """It is done and committed."""


def status(project: Project, url: str) -> list[Row]:
    """All migrations known here or in the database, oldest first. Changes nothing.

    Example:
        >>> [row.state for row in status(project, url)]
        ['applied', 'pending']
    """
    with owner_session(url) as conn:
        applied = history.read(conn)
    known = {migration.version: migration for migration in files.discover(project)}
    return [_row(version, known.get(version), applied.get(version)) for version in sorted(known | applied)]


def migrate(
    project: Project, url: str, *, watcher: Watcher | None = None, install_platform: bool = False
) -> list[Migration]:
    """Apply what is pending, oldest first, each in a transaction of its own.

    Two runs at once: the second waits, then finds nothing left to do.

    Args:
        project: the checkout.
        url: the database.
        watcher: told what happens.
        install_platform: first add Supabase's platform objects where they are missing (needs a superuser).

    Returns:
        What was applied.

    Raises:
        UsageProblem: a migration is not fit to run (`files.check`).
        DatabaseProblem: the database is ahead of this checkout, has a migration that was edited since, or
            is past a pending one; or a statement failed, in which case the earlier migrations stay applied.
    """
    watcher = watcher or Watcher()
    migrations = files.discover(project)
    files.check(project, migrations)
    if install_platform:
        connect(url).close()  # says what is wrong with an address
        platform.install(url, project=project)
    with owner_session(url) as conn, lock.exclusive(conn, watcher.waiting):
        history.ensure(conn)
        pending = _pending(migrations, history.read(conn), describe(url))
        for migration in pending:
            _watched(watcher, migration, run.apply, conn)
    return pending


def rollback(
    project: Project, url: str, *, steps: int = 1, to: str | None = None, watcher: Watcher | None = None
) -> list[Migration]:
    """Undo the newest migrations, each in a transaction of its own.

    Args:
        project: the checkout.
        url: the database.
        steps: how many.
        to: instead of `steps`: the version that becomes the newest; `0` undoes all.
        watcher: told what happens.

    Returns:
        What was undone, newest first.

    Raises:
        UsageProblem: no such version.
        DatabaseProblem: one of them has no rollback, cannot be undone or was edited; nothing was done then.
            Or a statement failed; what was undone before stays undone.
    """
    watcher = watcher or Watcher()
    known = {migration.version: migration for migration in files.discover(project)}
    with owner_session(url) as conn, lock.exclusive(conn, watcher.waiting):
        applied = history.read(conn)
        newest_first = sorted(applied, reverse=True)
        if to is not None:
            if to != "0" and to not in applied:
                raise UsageProblem(
                    "version_unknown",
                    f"Version {to} is not applied to {describe(url)}.",
                    hint="`carebase db status` lists the versions.",
                )
            doomed = [version for version in newest_first if version > to] if to != "0" else newest_first
        else:
            doomed = newest_first[:steps]
        undone = [_undoable(version, known, applied[version]) for version in doomed]
        for migration in undone:
            _watched(watcher, migration, run.undo, conn)
    return undone


def _watched(
    watcher: Watcher, migration: Migration, work: Callable[[Connection, Migration], None], conn: Connection
) -> None:
    watcher.begins(migration)
    begun = time.monotonic()
    work(conn, migration)
    watcher.ends(migration, time.monotonic() - begun)


def _row(version: str, migration: Migration | None, applied: Applied | None) -> Row:
    if migration is None:
        return Row(version, (applied and applied.name) or "", "unknown", False)
    state: State = "pending"
    if applied is not None:
        state = "edited" if applied.is_edited(migration) else "applied"
    down = migration.down
    return Row(version, migration.name, state, down is not None and down.irreversible is None)


def _pending(migrations: list[Migration], applied: dict[str, Applied], where: str) -> list[Migration]:
    known = {migration.version: migration for migration in migrations}
    ahead = sorted(applied.keys() - known.keys())
    if ahead:
        raise DatabaseProblem(
            "database_ahead",
            f"The database {where} has had migrations that this checkout lacks: {', '.join(ahead)}.",
            hint="Pull the branch they are on; nothing was done.",
        )
    edited = [known[version].label for version, row in applied.items() if row.is_edited(known[version])]
    if edited:
        raise DatabaseProblem(
            "migration_edited",
            f"Applied to {where}, but changed since: {', '.join(edited)}. Nobody edits an applied migration.",
            hint="Restore the file(s) from git and put the change into a new migration.",
        )
    pending = [migration for migration in migrations if migration.version not in applied]
    late = [migration.label for migration in pending if applied and migration.version < max(applied)]
    if late:
        raise DatabaseProblem(
            "migration_out_of_order",
            f"Older than the newest migration that {where} has had ({max(applied)}): {', '.join(late)}.",
            hint="Rename migration and rollback to a later time, so that everybody runs them in one order.",
        )
    return pending


def _undoable(version: str, known: dict[str, Migration], applied: Applied) -> Migration:
    migration = known.get(version)
    if migration is None or migration.down is None:
        missing = "migration" if migration is None else "rollback"
        raise DatabaseProblem(
            "rollback_missing",
            f"Version {version} cannot be undone: this checkout has no {missing} of it.",
            hint="Nothing was done.",
        )
    if migration.down.irreversible is not None:
        raise DatabaseProblem(
            "rollback_irreversible",
            f"{migration.label} cannot be undone: {migration.down.irreversible}",
            hint="Nothing was done. Restore a backup, or write a migration that goes forward.",
        )
    if applied.is_edited(migration):
        raise DatabaseProblem(
            "migration_edited",
            f"{migration.label} was changed since it was applied; its rollback may not fit.",
            hint="Nothing was done. Restore the file from git.",
        )
    return migration
