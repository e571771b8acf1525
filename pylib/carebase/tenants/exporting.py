"""The export from beginning to end: one snapshot, one stream per table, complete or not there."""

from __future__ import annotations

import hashlib
import time
from datetime import UTC, datetime
from pathlib import Path

from carebase.problems import UsageProblem
from carebase.project import Project
from carebase.tenants.copying import read_table
from carebase.tenants.draft import Draft, draft
from carebase.tenants.manifest import FORMAT, MANIFEST, SUMS, Exported, Manifest, TableFile, encode_sums
from carebase.tenants.order import in_order
from carebase.tenants.progress import Progress
from carebase.tenants.report import MoveReport, counts
from carebase.tenants.selection import Selection
from carebase.tenants.session import Session, begin, find_organization

APPLICATION = "carebase org export"


def export_organization(
    url: str, project: Project, organization: str, path: Path, *, progress: Progress | None = None
) -> MoveReport:
    """Write everything of one organization to a folder or, if its name ends in `.tar`, to one file.

    All tables are as they were at one moment, whatever is written meanwhile. Memory stays the same however
    much there is. What is written can be read by its owner only and is not encrypted.

    Args:
        url: the database, as the role postgres or one that may act as it.
        project: the checkout whose rooms say whose rows the tables hold.
        organization: slug or id.
        path: what to write; nothing is there yet.
        progress: told how far it is.

    Returns:
        The tables with their rows and bytes.

    Raises:
        UsageProblem: `organization_unknown`, `organization_unmovable`, `organization_sealed`,
            `export_exists`, `folder_missing`.
        EnvironmentProblem: no database answers, no room on the disk.
        DatabaseProblem: `schema_missing`, `table_undeclared`, `table_misdeclared`, `table_unmovable`.

    Example:
        >>> export_organization(url, Project.find(), "lakeside", Path("lakeside.tar")).rows  # doctest: +SKIP
        412
    """
    started = time.monotonic()
    progress = progress or Progress()
    with draft(path) as target:
        with begin(url, project, "read", name=APPLICATION) as session:
            manifest = _write_tables(session, organization, target, progress)
        content = manifest.encoded()
        sums = {name: table.sha256 for name, table in manifest.files.items()}
        sums[MANIFEST] = hashlib.sha256(content).hexdigest()
        for name, body in ((MANIFEST, content), (SUMS, encode_sums(sums))):
            with target.create(name) as file:
                file.write(body)
        progress.work("Putting it in place")
    return MoveReport(
        manifest.organization.slug,
        str(path),
        counts(manifest),
        manifest.left_out,
        seconds=time.monotonic() - started,
    )


def _write_tables(session: Session, organization: str, target: Draft, progress: Progress) -> Manifest:
    exported = find_organization(session.conn, organization)
    if exported.kind == "platform":
        raise UsageProblem(
            "organization_unmovable",
            f"{exported.slug} runs the platform of this database; every database has one of its own.",
            hint="`carebase org list` lists the others.",
        )
    if _has_keys(session, exported.id):
        raise UsageProblem(
            "organization_sealed",
            f"{exported.slug} has sealed values, and the keys that open them stay with this installation.",
            hint="See docs/moving-a-tenant.md, what does not move yet.",
        )
    selection = Selection(session.belongings, exported.id)
    files: list[TableFile] = []
    for table in in_order(session.belongings).tables:
        progress.work(f"Writing {table.name}")
        with target.create(f"{table.name}.copy") as file:
            files.append(
                read_table(session.conn, selection, table, list(table.columns), file.write, progress.advance)
            )
    return Manifest(
        format=FORMAT,
        organization=Exported(id=exported.id, slug=exported.slug, name=exported.name),
        exported_at=datetime.now(UTC),
        migrations=session.migrations,
        tables=files,
        left_out=dict(session.belongings.left_out),
    )


def _has_keys(session: Session, org_id: object) -> bool:
    return bool(
        session.conn.execute("select from app.data_keys where org_id = %s limit 1", [org_id]).fetchall()
    )
