"""The import from beginning to end: checked files, one transaction, compared before it ends."""

from __future__ import annotations

import time
from pathlib import Path

from psycopg.types.json import Jsonb

from carebase.problems import DatabaseProblem
from carebase.project import Project
from carebase.tenants import stored
from carebase.tenants.loading import load
from carebase.tenants.manifest import Exported, Manifest
from carebase.tenants.package import Package, open_package
from carebase.tenants.progress import Progress
from carebase.tenants.report import MoveReport, counts
from carebase.tenants.session import Session, begin, look_up
from carebase.tenants.transfer import find_key
from carebase.tenants.verifying import differences, require_same_schema

APPLICATION = "carebase org import"
# Its triggers are silent while rows arrive as they were, so the audit trail is told in one sentence.
_TELL = "select app.audit('insert', %s, p_operation => 'carebase org import', p_changes => %s)"
_LOCK = "select pg_advisory_xact_lock(hashtextextended('carebase.tenants', 0))"


def import_organization(
    url: str,
    project: Project,
    path: Path,
    *,
    secrets: Path | None = None,
    storage: Path | None = None,
    progress: Progress | None = None,
) -> MoveReport:
    """Load an export into a database that does not have the organization.

    All of it in one transaction, or nothing. Rows keep their ids, times, authors and versions. People who are
    in the database already stay as they are there. Before the end every table of the organization is read
    again and compared with the export. Repeating an import changes nothing. Sealed values are sealed anew,
    with keys of this installation.

    Args:
        url: the database, as the role postgres or one that may act as it.
        project: the checkout whose rooms say whose rows the tables hold.
        path: the export, folder or file.
        secrets: the file that opens its sealed values, if it has any.
        storage: the folder for the files of the database's storage; None: they stay in the export.
        progress: told how far it is.

    Returns:
        The tables with their rows, and how many of people and reference rows were there already.

    Raises:
        UsageProblem: `export_missing`, `export_format_unknown`, `export_damaged`, `export_invalid`,
            `secrets_missing`, `secrets_unreadable`, `secrets_damaged`, `secrets_of_another_export`.
        EnvironmentProblem: no database answers, or the connection was lost.
        DatabaseProblem: `export_of_another_schema`, `organization_differs`, `slug_taken`, `row_conflict`,
            `database_busy`, `sealed_value_damaged`, `key_unusable`, and as for an export.

    Example:
        >>> import_organization(url, Project.find(), Path("lakeside.tar")).rows  # doctest: +SKIP
        412
    """
    started = time.monotonic()
    progress = progress or Progress()
    with open_package(path) as package:
        manifest = package.manifest
        key = find_key(secrets, manifest.transfer_key_id, package.digest)
        package.check(progress)
        report = MoveReport(manifest.organization.slug, str(path), left_out=manifest.left_out)
        report.file_faults = list(manifest.file_faults)
        with begin(url, project, "write", name=APPLICATION, transfer=key) as session:
            progress.work("Waiting for other imports")
            session.conn.execute(_LOCK)
            require_same_schema(session, manifest)
            kept: dict[str, int] = {}
            if look_up(session.conn, str(manifest.organization.id)):
                _require_same_rows(session, package, progress)
                report.is_unchanged = True
            else:
                _require_free_slug(session, manifest.organization)
                kept = load(session, package, progress)
                session.conn.execute(_TELL, [manifest.organization.id, _told(manifest)])
            report.files = stored.load(session, package, storage, progress)
        report.tables = counts(manifest, kept)
    report.seconds = time.monotonic() - started
    return report


def _require_same_rows(session: Session, package: Package, progress: Progress) -> None:
    found = differences(session, package, progress)
    if found:
        tables = ", ".join(f"{each.table} ({each.rows_there:,} of {each.rows:,} rows)" for each in found[:5])
        raise DatabaseProblem(
            "organization_differs",
            f"{package.manifest.organization.slug} is in the database already, and not as in the export:"
            f" {tables}; nothing was changed.",
            hint="An import never overwrites. If it went on being used there, it has moved already.",
        )


def _require_free_slug(session: Session, exported: Exported) -> None:
    other = look_up(session.conn, exported.slug)
    if other:
        raise DatabaseProblem(
            "slug_taken",
            f"Another organization is called {exported.slug} there ({other.id}); nothing was changed.",
            hint="Give one of the two another slug.",
        )


def _told(manifest: Manifest) -> Jsonb | None:
    key_id = manifest.transfer_key_id
    return Jsonb({"transfer_key_id": str(key_id)}) if key_id else None
