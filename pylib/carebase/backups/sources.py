"""Where the secrets that a backup does not hold come from."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from carebase.backups import vaulted
from carebase.backups.manifest import Manifest
from carebase.backups.vaulted import Secret
from carebase.db.connect import connect
from carebase.problems import Problem, UsageProblem
from carebase.project import Project
from carebase.stack import local
from carebase.stack.progress import Step
from carebase.stack.runtime import Runtime
from carebase.stack.state import StackState


def find_secrets(
    project: Project,
    state: StackState,
    manifest: Manifest,
    file: Path | None,
    without_secrets: bool,
    step: Step,
) -> list[Secret]:
    """The secrets that the backup needs, and no other.

    Raises:
        UsageProblem: `secrets_missing`.
    """
    if without_secrets or not manifest.secrets:
        return []
    if file:
        there = vaulted.read_file(file)
    else:
        with step("Asking the vault of the database there is"):
            there = _of_the_database(project, state, manifest)
    found = {secret.name: secret for secret in there}
    if missing := [name.name for name in manifest.secrets if name not in found]:
        raise UsageProblem(
            "secrets_missing",
            f"{len(missing)} secrets that the backup needs are not "
            + (f"in {file}" if file else "in the vault here, or the backup is of another database")
            + f": {', '.join(missing[:5])}.",
            hint="Name their file with --secrets; with --without-secrets nothing opens that is sealed.",
        )
    return [found[name] for name in manifest.secrets]


def _of_the_database(project: Project, state: StackState, manifest: Manifest) -> list[Secret]:
    """What the vault holds, if it is the one of this backup; nothing if that database does not start."""
    if not local.data_folder(project).exists():
        return []
    server = local.server(project, state, Runtime.ensure(project))
    with suppress(Problem):
        started = server.start()
        try:
            with connect(server.url(), name="carebase restore") as conn:
                row = conn.execute("select system_identifier::text from pg_control_system()").fetchone()
            return vaulted.read(server.url()) if row == (manifest.system_identifier,) else []
        finally:
            if started:
                server.stop()
    return []
