"""`carebase backup`, `restore`: the local stack's database and files to one file, and back."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer
from rich.filesize import decimal
from rich.markup import escape

from carebase import backups
from carebase.backups import Manifest
from carebase.problems import EXIT_FOUND, UsageProblem
from carebase.project import Project
from carebase_cli.output import err, out, print_json, step

_Json = Annotated[bool, typer.Option("--json", help="Print one JSON document, for scripts.")]


def register(app: typer.Typer) -> None:
    """Add the commands of this module to the root app."""
    for command in (backup, restore):
        app.command(rich_help_panel="Local stack")(command)


def backup(
    file: Annotated[
        Path | None,
        typer.Argument(
            help="What to write; default: carebase-MOMENT.backup in this folder.", show_default=False
        ),
    ] = None,
    secrets: Annotated[
        Path | None,
        typer.Option(help="Write the vault's secrets to this file, to keep apart.", show_default=False),
    ] = None,
    as_json: _Json = False,
) -> None:
    """Write the local stack's database and its files to one file, while people go on working.

    The secrets of the vault are not in it, so that nobody opens with it what is sealed; without them, nobody
    does after a restore either. Both files can only be read by their owner. The copy is recovered and looked
    at before it is written; a backup that was interrupted or killed leaves no file.

    Exit codes: 0 written; 1 written, but the audit trail of the database has faults, or the storage lacks
    files that the database tells of, which are named; 2 the file is there already; 3 the stack does not run,
    the disk is full; 4 the database refused.

    Example:
        carebase backup monday.backup --secrets monday.secrets
    """
    made = backups.backup(Project.find(), file, secrets=secrets, step=step)
    manifest = made.manifest
    if as_json:
        print_json({**made.model_dump(mode="json", exclude={"manifest"}), **_summary(manifest)})
    else:
        size = decimal(made.size)
        out.print(f"{escape(str(made.file))}: {_told(manifest)}, {size}.", highlight=False)
    if manifest.secrets and not secrets:
        err.print(
            f"[yellow]warning[/yellow] {len(manifest.secrets)} secrets of the vault are in no file: should"
            " this database be lost, what is sealed opens with them only. Write them with --secrets, and keep"
            " them in another place."
        )
    for fault in manifest.file_faults:
        err.print(f"[red]error[/red] {fault.path} of the storage is {fault.fault}, and not in the backup")
    if manifest.audit and manifest.audit.faults:
        err.print("[red]error[/red] the audit trail has faults: `carebase audit verify` names them")
        raise typer.Exit(EXIT_FOUND)
    if manifest.file_faults:
        raise typer.Exit(EXIT_FOUND)


def restore(
    file: Annotated[Path, typer.Argument(help="What `carebase backup` wrote.")],
    secrets: Annotated[
        Path | None,
        typer.Option(
            help="What its --secrets wrote; default: the vault of the database there is, if it is that one.",
            show_default=False,
        ),
    ] = None,
    without_secrets: Annotated[
        bool, typer.Option("--without-secrets", help="Do without: what is sealed will not open.")
    ] = False,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Do not ask.")] = False,
    as_json: _Json = False,
) -> None:
    """Put a backup into the place of the local stack's database. Ports, keys and passwords stay.

    First the file is checked, unpacked, started beside the database there is, and proved: every table and
    file as it was, data keys open, the audit trail verifies. Files that the storage lacks are added. Then the
    stack is stopped and started anew with it. Interrupted or killed, the stack has the one database or the
    other, whole; `carebase up` starts it.

    Restore only what you trust: a database can run programs as its server's user.

    Exit codes: 0 restored; 2 not confirmed, the file is damaged or of another version, or its secrets are
    missing; 3 something on this machine is in the way; 4 the database, restored, is not what it was.

    Example:
        carebase restore monday.backup --secrets monday.secrets --yes
    """
    if secrets and without_secrets:
        raise UsageProblem("secrets_or_not", "Say --secrets or --without-secrets, not both.")

    def confirm(manifest: Manifest) -> None:
        question = f"Replace the local database by {escape(file.name)} ({_told(manifest)})?"
        if not yes and not (sys.stdin.isatty() and typer.confirm(question, err=True)):
            raise UsageProblem("not_confirmed", "Nothing was changed.", hint="--yes does it without asking.")

    done = backups.restore(
        Project.find(), file, secrets=secrets, without_secrets=without_secrets, confirm=confirm, step=step
    )
    if as_json:
        print_json({**done.model_dump(mode="json", exclude={"manifest"}), **_summary(done.manifest)})
        return
    out.print(f"Restored: {_told(done.manifest)}. Every table is as it was.", highlight=False)
    if done.audit_events is not None:
        out.print(f"  audit events verified  {done.audit_events:,}", highlight=False)
    out.print(
        f"  files of the storage   {len(done.manifest.files)}, added: {done.files_added}", highlight=False
    )
    out.print(f"  secrets in the vault   {done.secrets}, keys that open: {done.keys}", highlight=False)
    if done.migrated:
        out.print(f"  migrations applied     {len(done.migrated)}", highlight=False)
    if without_secrets and done.manifest.secrets:
        err.print("[yellow]warning[/yellow] what is sealed does not open; the audit trail cannot be verified")


def _told(manifest: Manifest) -> str:
    tables = sum(content.rows > 0 for content in manifest.tables.values())
    files = f", {len(manifest.files):,} files" if manifest.files else ""
    return f"{manifest.rows:,} rows of {tables} tables{files}, of {manifest.made_at:%Y-%m-%d %H:%M} UTC"


def _summary(manifest: Manifest) -> dict[str, object]:
    return {"rows": manifest.rows, "manifest": manifest.model_dump(mode="json")}
