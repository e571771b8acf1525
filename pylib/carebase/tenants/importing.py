"""The import from beginning to end: checked files, one transaction, compared before it ends."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

from carebase.problems import DatabaseProblem, UsageProblem
from carebase.project import Project
from carebase.tenants.belonging import Moved
from carebase.tenants.copying import table_of, write_table
from carebase.tenants.destroyed import keep_destroyed
from carebase.tenants.manifest import Exported
from carebase.tenants.order import in_order
from carebase.tenants.package import Package, open_package
from carebase.tenants.progress import Progress
from carebase.tenants.report import MoveReport, counts
from carebase.tenants.selection import Selection
from carebase.tenants.session import Session, begin, find_organization, look_up
from carebase.tenants.staging import Stage
from carebase.tenants.transfer import find_key
from carebase.tenants.triggers import silenced
from carebase.tenants.verifying import differences, organization_differences, require_same_schema

APPLICATION = "carebase org import"
# Its triggers are silent while rows arrive as they were, so the audit trail is told in one sentence.
_TELL = "select app.audit('insert', %s, p_operation => 'carebase org import')"
_LOCK = "select pg_advisory_xact_lock(hashtextextended('carebase.tenants', 0))"
_PLATFORM_ROLES = "select 1 from public.role_assignments where org_id = %s and role = 'super_admin' limit 1"


def import_organization(
    url: str,
    project: Project,
    path: Path,
    *,
    secrets: Path | None = None,
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
        package.check(progress)
        manifest = package.manifest
        key = find_key(secrets, manifest.transfer_key_id, package.digest)
        report = MoveReport(manifest.organization.slug, str(path), left_out=manifest.left_out)
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
                kept = _load(session, package, progress)
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


def _load(session: Session, package: Package, progress: Progress) -> dict[str, int]:
    """Fill the tables; how many rows of each were there already."""
    manifest = package.manifest
    files = {file.table: file for file in manifest.tables}
    selection = Selection(session.belongings, manifest.organization.id, session.moving)
    order = in_order(session.belongings)
    ours = [table for table in order.tables if table.kind != "account"]
    stages: dict[str, Stage] = {}
    kept: dict[str, int] = {}
    with silenced(session.conn, ours, order.deferred):
        for table in order.tables:
            file = files[table.name]
            progress.work(f"Loading {table.name}", file.bytes)
            content = _told(package.read(file), progress)
            stage = Stage(session.conn, table, file.columns, session.moving.get(table.name))
            if table.kind != "organization":
                stages[table.name] = stage
                kept[table.name] = _add(stage, selection, table, content)
            elif stage.sealed:
                stage.pass_on(content)
            else:
                write_table(session.conn, table_of(table), table, file.columns, content)
        keep_destroyed(session, selection, manifest.destroyed_keys)
    _verify(session, package, stages, selection, progress)
    session.conn.execute(_TELL, [manifest.organization.id])
    return kept


def _add(stage: Stage, selection: Selection, table: Moved, content: Iterator[bytes]) -> int:
    kept = stage.fill(content)
    stage.add()
    if table.kind == "person":
        stage.complete(selection.clearable(table))
    return kept


def _verify(
    session: Session, package: Package, stages: dict[str, Stage], selection: Selection, progress: Progress
) -> None:
    found = organization_differences(session, package.manifest, progress)
    if found:
        raise UsageProblem(
            "export_invalid",
            f"What arrived in {', '.join(each.table for each in found)} is not what the export holds;"
            " nothing was changed.",
            hint="It is not as `carebase org export` wrote it. Export again.",
        )
    for stage in stages.values():
        stage.verify(selection)
    _require_no_power_over_others(session, selection)


def _require_no_power_over_others(session: Session, selection: Selection) -> None:
    """The guards of these rules are silent during an import."""
    arrived = find_organization(session.conn, str(selection.org_id))
    if arrived.kind == "platform":
        raise UsageProblem(
            "organization_unmovable",
            f"{arrived.slug} runs a platform, and every database has one of its own.",
        )
    if session.conn.execute(_PLATFORM_ROLES, [arrived.id]).fetchone():
        raise UsageProblem(
            "export_invalid",
            "The export gives somebody a role over the whole platform; nothing was changed.",
            hint="It is not as `carebase org export` wrote it. Export again.",
        )


def _told(content: Iterator[bytes], progress: Progress) -> Iterator[bytes]:
    for block in content:
        progress.advance(len(block))
        yield block
