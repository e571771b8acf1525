"""`carebase keys`: the keys that protected health information is sealed with."""

from __future__ import annotations

import datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated
from uuid import UUID

import typer
from rich.table import Table

from carebase.db.connect import ENV, resolve_url
from carebase.phi import keys
from carebase.phi.keys import Status
from carebase.phi.providers import FileProvider, KeyProvider, KmsProvider
from carebase.problems import EXIT_FOUND, UsageProblem
from carebase.project import Project
from carebase_cli.output import counted, err, out, print_json, step

app = typer.Typer(no_args_is_help=True, help="Keys of protected health information: rotate, rewrap, destroy.")


def register(root: typer.Typer) -> None:
    """Add the commands of this module to the root app."""
    root.add_typer(app, name="keys")


_DbUrl = Annotated[
    str | None,
    typer.Option(envvar=ENV, help="Postgres address; default: the local stack.", show_default=False),
]
_Json = Annotated[bool, typer.Option("--json", help="Print one JSON document, for scripts.")]
_Organization = Annotated[
    str | None, typer.Option("--organization", help="Slug of one organization.", show_default=False)
]
_File = Annotated[
    Path | None, typer.Option("--file", help="With --provider file: where the keys are.", show_default=False)
]
_KmsKey = Annotated[
    str | None,
    typer.Option("--kms-key", help="With --provider aws-kms: id, ARN or alias.", show_default=False),
]


class Provider(StrEnum):
    """Who keeps key-encryption keys outside the database."""

    FILE = "file"
    AWS_KMS = "aws-kms"


_Provider = Annotated[Provider, typer.Option("--provider", help="Who keeps it outside the database.")]


@app.command()
def status(db_url: _DbUrl = None, as_json: _Json = False) -> None:
    """Show the key-encryption keys, the data keys of each organization, and the tables with sealed columns.

    Exit codes: 0 shown; 1 a key-encryption key is missing from the vault, so that what it wraps cannot be
    read; 3 no database answers; 4 it is not migrated, or refused.

    Example:
        carebase keys status
    """
    found = keys.status(resolve_url(Project.find(), db_url))
    if as_json:
        print_json(found.model_dump(mode="json"))
    else:
        _tell(found)
    if missing := [kek.version for kek in found.keks if not kek.is_in_vault and not kek.destroyed_at]:
        err.print(
            f"The vault lacks key-encryption key {', '.join(map(str, missing))}: `carebase keys recover`."
        )
        raise typer.Exit(EXIT_FOUND)


@app.command()
def rotate(
    organization: _Organization = None,
    older_than_days: Annotated[
        int, typer.Option(min=0, help="Leave out keys that are younger; 90 once a quarter.")
    ] = 0,
    reseal: Annotated[bool, typer.Option(help="Then re-seal what older keys sealed.")] = True,
    db_url: _DbUrl = None,
    as_json: _Json = False,
) -> None:
    """Give organizations and persons new data keys, and re-seal what the older ones sealed.

    Everybody goes on reading and writing. If it is interrupted, `carebase keys reseal` goes on.

    Exit codes: 0 done; 2 no such organization; 3 no database answers, or a re-sealing is under way; 4 the
    database refused, or a value does not open.

    Example:
        carebase keys rotate --older-than-days 90
    """
    url = resolve_url(Project.find(), db_url)
    count = keys.rotate(url, organization, older_than=datetime.timedelta(days=older_than_days))
    done = _reseal(url, 500) if reseal else None
    if as_json:
        print_json({"rotated": count, "resealed": done.resealed if done else None})
        return
    out.print(f"{count} data keys are new." + (f" {done.resealed} rows were re-sealed." if done else ""))


@app.command()
def reseal(
    batch: Annotated[int, typer.Option(min=1, max=10000, help="Rows at once.")] = 500,
    db_url: _DbUrl = None,
    as_json: _Json = False,
) -> None:
    """Seal with the newest keys what older ones sealed: the second half of `rotate`, by itself.

    Repeat it after an interruption; what was done is kept.

    Exit codes: 0 done; 3 no database answers, or a re-sealing is under way; 4 the database refused, or a
    value does not open.

    Example:
        carebase keys reseal --batch 1000
    """
    done = _reseal(resolve_url(Project.find(), db_url), batch)
    if as_json:
        print_json(done.model_dump())
        return
    out.print(f"{done.resealed} rows were re-sealed.")


@app.command()
def rewrap(
    provider: _Provider = Provider.FILE,
    file: _File = None,
    kms_key: _KmsKey = None,
    destroy_old: Annotated[
        bool,
        typer.Option("--destroy-old", help="Take former keys out of the vault: no older backup opens then."),
    ] = False,
    finish: Annotated[
        bool, typer.Option("--finish", help="Go on after an interruption; no new key.")
    ] = False,
    db_url: _DbUrl = None,
    as_json: _Json = False,
) -> None:
    """Make a new key-encryption key and wrap every data key with it. No value is touched.

    Exit codes: 0 done; 2 a provider without its option; 3 no database answers, or the provider refused; 4 the
    database refused.

    Example:
        carebase keys rewrap --provider aws-kms --kms-key alias/carebase --destroy-old
    """
    url = resolve_url(Project.find(), db_url)
    if finish:
        count = keys.finish_rewrap(url, destroy_old=destroy_old)
    else:
        made_by = _provider(provider, file, kms_key)
        with step("Wrapping data keys"):
            count = keys.rewrap(url, made_by, destroy_old=destroy_old)
    if as_json:
        print_json({"rewrapped": count})
        return
    out.print(f"{count} data keys are wrapped anew.")


@app.command()
def recover(
    provider: _Provider = Provider.FILE,
    file: _File = None,
    kms_key: _KmsKey = None,
    db_url: _DbUrl = None,
    as_json: _Json = False,
) -> None:
    """Put key-encryption keys back into a vault that lacks them, as after restoring a dump elsewhere.

    Exit codes: 0 done; 2 a provider without its option; 3 no database answers, or the provider does not have
    them; 4 the database refused.

    Example:
        carebase keys recover --provider file --file keys.txt
    """
    count = keys.recover(resolve_url(Project.find(), db_url), _provider(provider, file, kms_key))
    if as_json:
        print_json({"recovered": count})
        return
    out.print(f"{count} key-encryption keys were put back.")


@app.command()
def destroy(
    organization: _Organization = None,
    subject: Annotated[
        UUID | None,
        typer.Option(help="Id of one person, in every organization or one.", show_default=False),
    ] = None,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
    db_url: _DbUrl = None,
    as_json: _Json = False,
) -> None:
    """Destroy the data keys of an organization or a person: nobody can read again what they sealed.

    Older backups hold the keys, wrapped. `carebase keys rewrap --destroy-old` makes those useless, too.

    Exit codes: 0 done; 1 not confirmed; 2 nobody named, no such organization, or no key of theirs; 3 no
    database answers; 4 it refused.

    Example:
        carebase keys destroy --organization lakeside --yes
    """
    if organization is None and subject is None:
        raise UsageProblem("nobody_named", "Say --organization, --subject or both.")
    whose = " of ".join(str(word) for word in (subject, organization) if word is not None)
    if not yes:
        typer.confirm(f"Destroy the keys of {whose}? Nothing brings them back.", abort=True, err=True)
    count = keys.destroy(resolve_url(Project.find(), db_url), organization, subject)
    if as_json:
        print_json({"destroyed": count})
        return
    out.print(f"{count} data keys of {whose} are destroyed.")


def _provider(provider: Provider, file: Path | None, kms_key: str | None) -> KeyProvider:
    if provider is Provider.FILE:
        if file is None:
            raise UsageProblem("option_missing", "Say with --file where the keys are to be kept.")
        return FileProvider(file)
    if kms_key is None:
        raise UsageProblem("option_missing", "Say with --kms-key which key of AWS KMS.")
    return KmsProvider(kms_key)


def _reseal(url: str, batch: int) -> keys.Resealed:
    with counted("Re-sealing") as bar:
        return keys.reseal(url, batch=batch, progress=lambda count: bar.advance(bar.task_ids[0], count))


def _tell(found: Status) -> None:
    keks = Table("key-encryption key", "kept by", "wraps", "is", box=None, pad_edge=False)
    for kek in found.keks:
        state = "destroyed" if kek.destroyed_at else "retired" if kek.retired_at else "active"
        keeper = (
            "the vault only" if kek.provider == "vault" else f"{kek.provider} {kek.reference or ''}".strip()
        )
        keks.add_row(str(kek.version), keeper, str(kek.wraps), state)
    owners = Table(
        "organization", "active", "retired", "destroyed", "persons", "since", box=None, pad_edge=False
    )
    for owner in found.owners:
        counts = (owner.active, owner.retired, owner.destroyed, owner.persons)
        since = f"{owner.oldest_active_at:%Y-%m-%d}" if owner.oldest_active_at else ""
        owners.add_row(owner.organization or "(none)", *map(str, counts), since)
    out.print(keks)
    out.print(owners)
    out.print("Sealed columns in: " + (", ".join(found.tables) or "no table"))
