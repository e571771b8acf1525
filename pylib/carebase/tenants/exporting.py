"""The export from beginning to end: one snapshot, one stream per table, complete or not there."""

from __future__ import annotations

import hashlib
import time
from datetime import UTC, datetime
from pathlib import Path

from psycopg import sql

from carebase.problems import UsageProblem
from carebase.project import Project
from carebase.tenants import stored
from carebase.tenants.apart import kept_apart
from carebase.tenants.catalogue import identifier
from carebase.tenants.copying import read_table
from carebase.tenants.destroyed import find_destroyed
from carebase.tenants.draft import Draft, draft
from carebase.tenants.manifest import FORMAT, MANIFEST, SUMS, Exported, Manifest, TableFile, encode_sums
from carebase.tenants.order import in_order
from carebase.tenants.progress import Progress
from carebase.tenants.report import MoveReport, counts
from carebase.tenants.selection import Selection
from carebase.tenants.session import Session, begin, find_organization

APPLICATION = "carebase org export"


def export_organization(
    url: str,
    project: Project,
    organization: str,
    path: Path,
    *,
    secrets: Path | None = None,
    storage: Path | None = None,
    progress: Progress | None = None,
) -> MoveReport:
    """Write everything of one organization to a folder or, if its name ends in `.tar`, to one file.

    All tables are as they were at one moment, whatever is written meanwhile. Memory stays the same however
    much there is. What is written can be read by its owner only and is not encrypted, but for sealed values:
    what opens those is made for this export, and written to `secrets` only.

    Args:
        url: the database, as the role postgres or one that may act as it.
        project: the checkout whose rooms say whose rows the tables hold.
        organization: slug or id.
        path: what to write; nothing is there yet.
        secrets: the file for what opens sealed values; an organization that has any needs one.
        storage: the folder with the files of the database's storage; None: they stay where they are.
        progress: told how far it is.

    Returns:
        The tables with their rows and bytes.

    Raises:
        UsageProblem: `organization_unknown`, `organization_unmovable`, `organization_sealed`,
            `export_exists`, `folder_missing`, `file_exists`, `secrets_not_apart`, `file_changed`.
        EnvironmentProblem: no database answers, no room on the disk.
        DatabaseProblem: `schema_missing`, `table_undeclared`, `table_misdeclared`, `table_unmovable`,
            `sealed_value_damaged`, `key_unusable`.

    Example:
        >>> export_organization(url, Project.find(), "lakeside", Path("lakeside.tar")).rows  # doctest: +SKIP
        412
    """
    started = time.monotonic()
    progress = progress or Progress()
    with kept_apart(secrets) as apart, draft(path) as target:
        key = apart.prepare(path)
        with begin(url, project, "read", name=APPLICATION, transfer=key) as session:
            manifest = _write_tables(session, organization, target, storage, progress)
        content = manifest.encoded()
        sums = manifest.sums
        sums[MANIFEST] = hashlib.sha256(content).hexdigest()
        for name, body in ((MANIFEST, content), (SUMS, encode_sums(sums))):
            with target.create(name) as file:
                file.write(body)
        progress.work("Putting it in place")
        apart.write(key, manifest.organization.slug, sums[MANIFEST])
    return MoveReport(
        manifest.organization.slug,
        str(path),
        counts(manifest),
        manifest.left_out,
        files=len(manifest.stored),
        file_faults=manifest.file_faults,
        seconds=time.monotonic() - started,
    )


def _write_tables(
    session: Session, organization: str, target: Draft, storage: Path | None, progress: Progress
) -> Manifest:
    exported = find_organization(session.conn, organization)
    if exported.kind == "platform":
        raise UsageProblem(
            "organization_unmovable",
            f"{exported.slug} runs the platform of this database; every database has one of its own.",
            hint="`carebase org list` lists the others.",
        )
    selection = Selection(session.belongings, exported.id, session.moving)
    if session.transfer is None and _has_sealed(session, selection):
        raise UsageProblem(
            "organization_sealed",
            f"{exported.slug} has sealed values; what opens them is written to a file of its own.",
            hint="Name one with --secrets FILE, and keep it apart from the export.",
        )
    files: list[TableFile] = []
    for table in in_order(session.belongings).tables:
        progress.work(f"Writing {table.name}")
        with target.create(f"{table.name}.copy") as file:
            files.append(
                read_table(session.conn, selection, table, list(table.columns), file.write, progress.advance)
            )
    found, faults = stored.write(session, exported.id, storage, target, progress)
    return Manifest(
        format=FORMAT,
        organization=Exported(id=exported.id, slug=exported.slug, name=exported.name),
        exported_at=datetime.now(UTC),
        migrations=session.migrations,
        tables=files,
        left_out=dict(session.belongings.left_out),
        transfer_key_id=session.transfer.id if session.transfer else None,
        destroyed_keys=find_destroyed(session, selection),
        stored=found,
        file_faults=faults,
    )


def _has_sealed(session: Session, selection: Selection) -> bool:
    for name, table in session.belongings.tables.items():
        sealed = session.sealed.get(name)
        if sealed is None:
            continue
        found = session.conn.execute(
            sql.SQL("select from {} as t where {} and {} limit 1").format(
                identifier(name), selection.rows(table), sealed.holds_any("t")
            )
        )
        if found.rowcount:
            return True
    return False
