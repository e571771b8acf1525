"""The migration files: `supabase/migrations/` and, under the same names, `supabase/rollbacks/`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cached_property
from pathlib import Path

from carebase.db.statements import Statement, refuse_transactions, split_statements
from carebase.problems import UsageProblem
from carebase.project import Project

_NAME = re.compile(r"(\d{14})_([a-z0-9_]+)\.sql")
_HEADER = re.compile(r"--\s*carebase:\s*(transaction|irreversible|nothing to undo)\s*[=:]\s*(.*)")
_PGDELTA_HEADER = "-- pg-delta: transaction=false"
_VERSION = "%Y%m%d%H%M%S"


@dataclass(frozen=True)
class Script:
    """One SQL file.

    Headers are comment lines before the first statement:
    `-- carebase: transaction=off` (or pg-delta's own) makes each statement a transaction of its own;
    in a rollback `-- carebase: irreversible: REASON` says that nothing can bring the data back, and
    `-- carebase: nothing to undo: REASON` that nothing has to.
    """

    path: Path
    where: str

    @cached_property
    def text(self) -> str:
        return self.path.read_text(encoding="utf-8")

    @cached_property
    def statements(self) -> tuple[Statement, ...]:
        return split_statements(self.text, self.where)

    @cached_property
    def is_transactional(self) -> bool:
        return self._headers.get("transaction") != "off" and not self.text.startswith(_PGDELTA_HEADER)

    @cached_property
    def irreversible(self) -> str | None:
        """Why it cannot be undone; None if it can."""
        return self._headers.get("irreversible")

    @cached_property
    def nothing_to_undo(self) -> str | None:
        """Why a rollback without statements is right all the same."""
        return self._headers.get("nothing to undo")

    @cached_property
    def _headers(self) -> dict[str, str]:
        found: dict[str, str] = {}
        for line in self.text.splitlines():
            if line.strip() and not line.startswith("--"):
                break
            if match := _HEADER.match(line):
                found[match[1]] = match[2].strip()
        return found


@dataclass(frozen=True)
class Migration:
    """A migration and the rollback that undoes it.

    Attributes:
        version: fourteen digits of time; the order of migrations.
        name: the rest of the file name.
        up: what it does.
        down: what undoes it; None if there is no such file.
    """

    version: str
    name: str
    up: Script
    down: Script | None

    @property
    def label(self) -> str:
        return f"{self.version}_{self.name}"


def discover(project: Project) -> list[Migration]:
    """The migrations of a checkout, oldest first.

    Raises:
        UsageProblem: a file name that the Supabase CLI would not take, or two files of one version.
    """
    migrations: dict[str, Migration] = {}
    for path in sorted(project.migrations.glob("*.sql")):
        match = _NAME.fullmatch(path.name)
        where = path.relative_to(project.root).as_posix()
        if match is None:
            raise UsageProblem(
                "migration_name",
                f"{where} is not named like a migration.",
                hint="Names are YYYYMMDDHHMMSS_lower_case_words.sql; `carebase db new NAME` makes one.",
            )
        version, name = match.groups()
        if version in migrations:
            raise UsageProblem(
                "migration_version_twice",
                f"{where} and {migrations[version].up.path.name} have the same version.",
                hint="Give the one that is not applied anywhere yet a later time.",
            )
        back = project.rollbacks / path.name
        down = Script(back, back.relative_to(project.root).as_posix()) if back.is_file() else None
        migrations[version] = Migration(version, name, Script(path, where), down)
    return list(migrations.values())


def check(project: Project, migrations: list[Migration]) -> None:
    """Refuse migrations that could not be undone, or not be run.

    Raises:
        UsageProblem: a migration without rollback, a rollback without migration, a rollback that does nothing
            for a migration that does something, an `irreversible` without a reason, SQL that is none.
    """
    for migration in migrations:
        if migration.down is None:
            raise UsageProblem(
                "rollback_missing",
                f"{migration.up.where} has no rollback.",
                hint=f"Write supabase/rollbacks/{migration.up.path.name}.",
            )
        for script in (migration.up, migration.down):
            if script.is_transactional:
                refuse_transactions(script.statements, script.where)
        _check_rollback(migration, migration.down)
    known = {migration.up.path.name for migration in migrations}
    for path in sorted(project.rollbacks.glob("*.sql")):
        if path.name not in known:
            raise UsageProblem(
                "rollback_alone",
                f"supabase/rollbacks/{path.name} undoes a migration that does not exist.",
                hint="A rollback has the same file name as its migration.",
            )


def new_pair(project: Project, name: str, *, up: str, down: str, now: datetime | None = None) -> Migration:
    """Write a migration and its rollback under a version that is newer than every other.

    Args:
        project: the checkout.
        name: lower-case words joined by underscores.
        up: text of the migration.
        down: text of the rollback.
        now: the time to name it by; the default is now.

    Raises:
        UsageProblem: a bad name.
    """
    require_name(name)
    existing = [migration.version for migration in discover(project)]
    version = (now or datetime.now(UTC)).strftime(_VERSION)
    if existing and version <= existing[-1]:
        version = (datetime.strptime(existing[-1], _VERSION) + timedelta(seconds=1)).strftime(_VERSION)
    for folder, text in ((project.rollbacks, down), (project.migrations, up)):
        folder.mkdir(parents=True, exist_ok=True)
        (folder / f"{version}_{name}.sql").write_text(text, encoding="utf-8")
    return next(migration for migration in discover(project) if migration.version == version)


def require_name(name: str) -> None:
    """Refuse a migration name that could not stand in a file name."""
    if not re.fullmatch(r"[a-z][a-z0-9_]*", name):
        raise UsageProblem(
            "migration_name",
            f"{name!r} is no name for a migration.",
            hint="Use lower-case words joined by underscores, such as add_beds.",
        )


def _check_rollback(migration: Migration, down: Script) -> None:
    reason = down.irreversible if down.irreversible is not None else down.nothing_to_undo
    if reason is not None:
        if not reason or down.statements:
            raise UsageProblem(
                "rollback_reason",
                f"{down.where}: a rollback that undoes nothing gives its reason and has no statements.",
                hint="Write: -- carebase: irreversible: what is lost and why.",
            )
    elif migration.up.statements and not down.statements:
        raise UsageProblem(
            "rollback_empty",
            f"{down.where} undoes nothing, but its migration does something.",
            hint="Write the statements, or say why there are none: -- carebase: irreversible: REASON, "
            "or -- carebase: nothing to undo: REASON.",
        )
