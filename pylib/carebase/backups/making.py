"""Making a backup: the server's files are copied, recovered, looked at, rid of secrets, and written.

Recovery is the proof: what is written was a running database, and its figures are those of this very copy.
"""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from pydantic import BaseModel

from carebase.backups import archive, basebackup, contents, copies, folder, stored, vaulted, writing
from carebase.backups.manifest import FORMAT, Manifest, default_name, this_machine
from carebase.backups.vaulted import Secret
from carebase.db import history
from carebase.db.connect import connect
from carebase.project import Project
from carebase.stack import local
from carebase.stack.gateway import storage_folder
from carebase.stack.progress import Step, silent
from carebase.stack.scratch_folder import scratch_folder
from carebase.stack.server import PostgresServer
from carebase.stack.state import StackState


class Backup(BaseModel):
    """What was written, and where."""

    file: Path
    size: int
    secrets_file: Path | None
    manifest: Manifest


def backup(
    project: Project, path: Path | None = None, *, secrets: Path | None = None, step: Step = silent
) -> Backup:
    """Write database and files of the local stack, which runs, to a file; people may go on working.

    Args:
        project: the checkout.
        path: the file; default: one of the current folder that is named after the moment.
        secrets: a file for the secrets of the vault, which are not in the backup. None: they are not written.
        step: called with what is being done; entered while it is.

    Raises:
        UsageProblem: `file_exists`.
        EnvironmentProblem: the stack does not run, the disk is full.
        DatabaseProblem: `backup_refused`, `tablespaces_unsupported`, `secret_left`, `file_changed`.

    Example:
        >>> backup(Project.find(), secrets=Path("apart.secrets")).manifest.rows  # doctest: +SKIP
        4711
    """
    made_at = datetime.now(UTC)
    path = (path or Path(default_name(made_at))).absolute()
    for file in (path, secrets):
        if file:
            writing.refuse_existing(file)
    state = StackState.load(project)
    with scratch_folder(project) as scratch:
        data = scratch / "data"
        with local.alone(project, step):
            connect(state.admin_url).close()  # says what is wrong
            with step("Copying the database"):
                made_at = datetime.now(UTC)
                basebackup.copy(state.admin_url, data)
        with step("Recovering the copy"), copies.running(project, state, data, is_ours=True) as copy:
            manifest, kept = _describe(copy, made_at)
            announced = stored.listed(copy.url())
            absent = vaulted.take_out(copy.url())
        # Bytes are there before their row is: what the copy tells of, the storage has by now.
        storage = storage_folder(project)
        with step("Looking at the files"):
            files, faults = stored.look(storage, announced)
        manifest = manifest.model_copy(
            update={
                "size": sum(each.stat().st_size for each in folder.walk(data)),
                "files": files,
                "file_faults": faults,
            }
        )
        with step(f"Writing {path.name}"):
            if secrets:
                vaulted.write_file(secrets.absolute(), made_at, kept)
            with writing.whole(path) as target:
                archive.write(target, manifest, data, absent, storage)
    return Backup(file=path, size=path.stat().st_size, secrets_file=secrets, manifest=manifest)


def _describe(copy: PostgresServer, made_at: datetime) -> tuple[Manifest, list[Secret]]:
    """What is in the copy, its vault still with it."""
    kept = vaulted.read(copy.url())
    with connect(copy.url(), autocommit=True, name="carebase backup") as conn:
        row = conn.execute(
            "select current_setting('server_version'), system_identifier::text from pg_control_system()"
        ).fetchone()
        migrations = list(history.read(conn))
    version, identifier = row or ("", "")
    return Manifest(
        format=FORMAT,
        made_at=made_at,
        postgres=version.split(" ")[0],
        machine=this_machine(),
        system_identifier=identifier,
        migrations=migrations,
        tables=contents.read_tables(copy.url()),
        secrets=[secret.name for secret in kept],
        audit=contents.read_trail(copy.url()),
        size=0,
    ), kept
