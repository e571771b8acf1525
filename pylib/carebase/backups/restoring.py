"""Restoring a backup: beside the database there is, proved there, and only then put into its place."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack, suppress
from pathlib import Path

from pydantic import BaseModel

from carebase.backups import archive, contents, copies, folder, stored, vaulted
from carebase.backups.checks import require_fit, require_same
from carebase.backups.manifest import Manifest
from carebase.backups.sources import find_secrets
from carebase.project import Project
from carebase.stack import local, replacement
from carebase.stack.addresses import Addresses
from carebase.stack.gateway import require_node, storage_folder
from carebase.stack.progress import Step, silent
from carebase.stack.scratch_folder import scratch_folder
from carebase.stack.state import StackState


class Restored(BaseModel):
    """What was restored, and what was found to be right.

    Attributes:
        manifest: of the backup.
        secrets: how many secrets were put into the vault.
        keys: how many key-encryption keys opened a data key.
        audit_events: how many events of the audit trail were verified; None if they could not be.
        migrated: what this checkout has and the backup had not.
        files_added: how many files the storage did not have, or not as they were.
    """

    manifest: Manifest
    secrets: int
    keys: int
    audit_events: int | None
    migrated: list[str]
    files_added: int = 0


def restore(
    project: Project,
    path: Path,
    *,
    secrets: Path | None = None,
    without_secrets: bool = False,
    confirm: Callable[[Manifest], None] = lambda _: None,
    step: Step = silent,
) -> Restored:
    """Put what is in a backup into the place of the local stack's database; the stack is up afterwards.

    Until all checks have passed the database there is goes on running, if it runs. Interrupted or killed, at
    any moment, the stack has the one or the other, whole; `carebase up` starts it.

    Args:
        project: the checkout.
        path: what `backup` wrote.
        secrets: what it wrote to the file for secrets; default: the vault of the database there is, if the
            backup is of that one.
        without_secrets: do without: what is sealed does not open, the audit trail cannot be verified.
        confirm: called once the file has passed its checks; raises to stop it.
        step: called with what is being done; entered while it is.

    Raises:
        UsageProblem: `backup_missing`, `backup_unreadable`, `backup_damaged`, `backup_format_unknown`,
            `backup_other_postgres`, `backup_other_machine`, `backup_ahead`, `secrets_missing`,
            `secrets_unreadable`, `secrets_damaged`, `backup_files_differ`.
        EnvironmentProblem: something on this machine is in the way.
        DatabaseProblem: `backup_differs`, `keys_do_not_open`, `audit_trail_broken`.
    """
    require_node()
    with ExitStack() as held:
        with step(f"Checking {path.name}"):
            backup = held.enter_context(archive.opened(path))
        require_fit(project, backup.manifest)
        confirm(backup.manifest)
        with local.alone(project, step), scratch_folder(project) as scratch:
            state = Addresses.decide(project, db_port=None, api_port=None).state
            replacement.settle(local.data_folder(project))
            data = scratch / "data"
            kept = find_secrets(project, state, backup.manifest, secrets, without_secrets, step)
            with step("Unpacking the database"):
                backup.unpack(data)
                backup.unpack_files(scratch / "files")
                stored.require_whole(scratch / "files", backup.manifest.files)
            with step("Starting and checking it"):
                restored = _prove(project, state, data, backup.manifest, kept, without_secrets)
                folder.sync(data)
            with step("Adding the files"):
                restored.files_added = stored.put(
                    scratch / "files", storage_folder(project), backup.manifest.files
                )
            restored.migrated = _switch(project, state, data, step)
            return restored


def _prove(
    project: Project,
    state: StackState,
    data: Path,
    manifest: Manifest,
    kept: list[vaulted.Secret],
    without_secrets: bool,
) -> Restored:
    with copies.running(project, state, data, is_ours=False) as copy:
        url = copy.url()
        require_same(manifest, contents.read_tables(url))
        vaulted.put_back(url, kept)
        keys = contents.open_keys(url)
        trail = None
        if without_secrets:
            vaulted.go_on_without(url, manifest.secrets)
        else:
            trail = contents.require_trail(url, manifest.audit)
        return Restored(
            manifest=manifest,
            secrets=len(kept),
            keys=keys,
            audit_events=trail.events if trail else None,
            migrated=[],
        )


def _switch(project: Project, state: StackState, data: Path, step: Step) -> list[str]:
    """From here on it takes a moment; an error brings the former database back."""
    local.stop(project, state, step)
    place = local.data_folder(project)
    replacement.replace(place, data)
    try:
        return local.bring_up(project, seed=False, step=step).migrated
    except BaseException:
        local.stop(project, state, step)
        replacement.undo(place)
        with suppress(Exception):  # what is said is what went wrong first
            local.bring_up(project, seed=False, step=step)
        raise
