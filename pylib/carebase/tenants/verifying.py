"""Whether a database holds exactly what an export holds: tables are read again, checksums compared."""

from __future__ import annotations

from pathlib import Path

from carebase.problems import DatabaseProblem
from carebase.project import Project
from carebase.tenants import stored
from carebase.tenants.belonging import Moved
from carebase.tenants.copying import read_table
from carebase.tenants.manifest import Manifest, TableFile, damaged
from carebase.tenants.package import Package, open_package
from carebase.tenants.progress import Progress
from carebase.tenants.report import Difference
from carebase.tenants.selection import Selection
from carebase.tenants.session import Session, begin
from carebase.tenants.staging import Stage
from carebase.tenants.transfer import find_key

APPLICATION = "carebase org compare"


def compare_organization(
    url: str,
    project: Project,
    path: Path,
    *,
    secrets: Path | None = None,
    storage: Path | None = None,
    progress: Progress | None = None,
) -> list[Difference]:
    """Compare an export with what a database holds of its organization. Changes nothing.

    The organization's own rows must be the same, byte by byte, and sealed values what they were, whatever key
    they are sealed with. Of people, sign-ins and reference rows none may be missing; they may have changed,
    since others have to do with them too.

    Args:
        url: the database, as the role postgres or one that may act as it.
        project: the checkout whose rooms say whose rows the tables hold.
        path: the export.
        secrets: the file that opens its sealed values, if it has any.
        storage: the folder with the files of the database's storage; None: they are not compared.
        progress: told how far it is.

    Returns:
        The tables that differ, and files of the storage that are missing or altered; none if all is the same.

    Raises:
        UsageProblem: `export_missing`, `export_format_unknown`, `export_damaged`, `secrets_missing`,
            `secrets_unreadable`, `secrets_damaged`, `secrets_of_another_export`.
        DatabaseProblem: `export_of_another_schema`, and as for an export.

    Example:
        >>> compare_organization(url, Project.find(), Path("lakeside.tar"))  # doctest: +SKIP
        []
    """
    progress = progress or Progress()
    with open_package(path) as package:
        key = find_key(secrets, package.manifest.transfer_key_id, package.digest)
        package.check(progress)
        with begin(url, project, "try", name=APPLICATION, transfer=key) as session:
            require_same_schema(session, package.manifest)
            found = differences(session, package, progress)
        # A file is a row of one: it is there as it was, or not.
        faults = stored.faults(package, storage)
        return found + [Difference(table=fault.path, rows=1, rows_there=0) for fault in faults]


def require_same_schema(session: Session, manifest: Manifest) -> None:
    """Refuse a database whose tables are not those that the export was read from.

    Raises:
        DatabaseProblem: `export_of_another_schema`.
        UsageProblem: `export_damaged`.
    """
    if session.migrations != manifest.migrations:
        theirs, ours = ((each or ["none"])[-1] for each in (manifest.migrations, session.migrations))
        raise DatabaseProblem(
            "export_of_another_schema",
            f"The export was written at migration {theirs}, the database is at {ours}; nothing was changed.",
            hint="Bring the older of the two databases to the newer one's migration (`carebase db migrate`), "
            "then export again.",
        )
    tables = session.belongings.tables
    for file in manifest.tables:
        table = tables.get(file.table)
        if table is None or table.kind != file.kind or not _fits(table, file):
            raise DatabaseProblem(
                "export_of_another_schema",
                f"The export's {file.table} is not the table that the database has; nothing was changed.",
                hint="Both must be migrated by the same checkout, and their platforms be of one version.",
            )
    if missing := sorted(tables.keys() - {file.table for file in manifest.tables}):
        raise damaged(f"{missing[0]}.copy", "is missing")


def differences(session: Session, package: Package, progress: Progress) -> list[Difference]:
    """The tables of which the database does not hold what the export holds."""
    found = organization_differences(session, package.manifest, progress)
    for file in package.manifest.tables:
        if file.kind == "organization":
            continue
        stage = Stage(session.conn, session.belongings.tables[file.table], file.columns)
        stage.fill(package.read(file))
        if missing := stage.missing():
            found.append(Difference(table=file.table, rows=file.rows, rows_there=file.rows - missing))
    return found


def organization_differences(session: Session, manifest: Manifest, progress: Progress) -> list[Difference]:
    """The organization's own tables that are not in the database as they are in the export."""
    selection = Selection(session.belongings, manifest.organization.id, session.moving)
    found: list[Difference] = []
    for file in manifest.tables:
        if file.kind != "organization":
            continue
        progress.work(f"Comparing {file.table}", file.bytes)
        table = session.belongings.tables[file.table]
        there = read_table(session.conn, selection, table, file.columns, _forget, progress.advance)
        if there != file:
            found.append(Difference(table=file.table, rows=file.rows, rows_there=there.rows))
    return found


def _fits(table: Moved, file: TableFile) -> bool:
    """An export of another version of the auth layer may lack columns; all others are the same."""
    if table.kind == "account":
        return set(file.columns) <= set(table.columns)
    return set(file.columns) == set(table.columns)


def _forget(_: bytes) -> None:
    """The checksum is all that is needed."""
