"""Whether a backup can be restored here, and whether what was restored is what was backed up."""

from __future__ import annotations

from carebase.backups.manifest import Content, Manifest, this_machine
from carebase.db import files
from carebase.problems import DatabaseProblem, UsageProblem
from carebase.project import Project
from carebase.stack.runtime import Runtime


def require_fit(project: Project, manifest: Manifest) -> None:
    """Refuse a backup that this machine or this checkout cannot run.

    Raises:
        UsageProblem: `backup_other_postgres`, `backup_other_machine`, `backup_ahead`.
    """
    here = Runtime.ensure(project).version
    if manifest.version != here:
        raise UsageProblem(
            "backup_other_postgres",
            f"The backup is of Postgres {manifest.postgres}; the local stack has Postgres {here}.",
            hint="Restore it with a checkout of its time, then move: `carebase org export`.",
        )
    if manifest.machine != this_machine():
        raise UsageProblem(
            "backup_other_machine",
            f"The backup was made on {manifest.machine}, this is {this_machine()}: data files differ.",
            hint="Restore it on a machine of its kind, then move: `carebase org export`.",
        )
    known = {migration.version for migration in files.discover(project)}
    if ahead := sorted(set(manifest.migrations) - known):
        raise UsageProblem(
            "backup_ahead",
            f"The backup has had migrations that this checkout lacks: {', '.join(ahead[:5])}.",
            hint="Pull the branch they are on; nothing was changed.",
        )


def require_same(manifest: Manifest, found: dict[str, Content]) -> None:
    """Refuse tables that are not as the manifest says.

    Raises:
        DatabaseProblem: `backup_differs`.
    """
    names = sorted(manifest.tables.keys() | found.keys())
    if wrong := [name for name in names if manifest.tables.get(name) != found.get(name)]:
        raise DatabaseProblem(
            "backup_differs",
            f"Restored, these tables are not what they were: {', '.join(wrong[:5])}.",
            hint="Nothing was changed. The file is as it was written: please report this.",
        )
