"""The rows of an export into the tables of a database, and proof that they arrived as they were."""

from __future__ import annotations

from collections.abc import Iterator

from carebase.problems import UsageProblem
from carebase.tenants.belonging import Moved
from carebase.tenants.copying import table_of, write_table
from carebase.tenants.destroyed import keep_destroyed
from carebase.tenants.order import in_order
from carebase.tenants.package import Package
from carebase.tenants.progress import Progress
from carebase.tenants.selection import Selection
from carebase.tenants.session import Session, find_organization
from carebase.tenants.staging import Stage
from carebase.tenants.triggers import silenced
from carebase.tenants.verifying import organization_differences

_PLATFORM_ROLES = "select 1 from public.role_assignments where org_id = %s and role = 'super_admin' limit 1"


def load(session: Session, package: Package, progress: Progress) -> dict[str, int]:
    """Fill the tables, all of whose rows are compared with the export at the end.

    Returns:
        How many rows of each table were there already.

    Raises:
        UsageProblem: `export_invalid`, `organization_unmovable`.
    """
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
