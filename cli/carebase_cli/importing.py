"""`carebase import`: real data from files into an organization."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import orjson
import typer
from rich.markup import escape
from rich.progress import (
    BarColumn,
    DownloadColumn,
    Progress,
    SpinnerColumn,
    TaskID,
    TextColumn,
    TimeElapsedColumn,
)
from rich.table import Table

from carebase import fhir, homes
from carebase.db.connect import ENV, resolve_url
from carebase.fhir import progress
from carebase.problems import EXIT_FOUND, Problem, UsageProblem
from carebase.project import Project
from carebase_cli.output import err, out

app = typer.Typer(no_args_is_help=True, help="Load real data from files into an organization.")


def register(root: typer.Typer) -> None:
    """Add the commands of this module to the root app."""
    root.add_typer(app, name="import")


class _Interrupted(Problem):
    """The user stopped the import."""

    exit_code = 130


@app.command("fhir")
def import_fhir(
    paths: Annotated[
        list[Path],
        typer.Argument(
            help="FHIR R4 JSON files: resources, Bundles, ndjson; or folders of such.", metavar="PATH"
        ),
    ],
    organization: Annotated[str, typer.Option("--org", help="Slug or id of the organization to load into.")],
    tenant_id: Annotated[
        str | None,
        typer.Option("--self", help="Id of the Organization resource that is this organization itself."),
    ] = None,
    validation: Annotated[
        fhir.Validation,
        typer.Option("--validate", help="Check the fields that are loaded, or whole resources."),
    ] = "fields",
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Do all of it but the commit.")] = False,
    db_url: Annotated[
        str | None,
        typer.Option(envvar=ENV, help="Postgres address; default: the local stack.", show_default=False),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON document, for scripts.")] = False,
) -> None:
    """Load practitioners, roles, organizations, patients and encounters from FHIR R4 files.

    All of it or, when interrupted, nothing; repeating it changes nothing. A resource that cannot be loaded is
    reported with its file, id and reason, and the rest still loads. Resources of other types are passed over.

    Exit codes: 0 everything was loaded; 1 some resources were refused, the rest was loaded; 2 wrong input;
    3 no database answers; 4 the database refused.

    Example:
        carebase import fhir export/ --org lakeside-care --dry-run
    """
    url = resolve_url(Project.find(), db_url)
    with _shown() as shown, _all_or_nothing():
        report = fhir.import_fhir(
            url,
            organization,
            paths,
            tenant_id=tenant_id,
            validation=validation,
            dry_run=dry_run,
            progress=shown,
            on_finding=None if as_json else _tell,
        )
    if as_json:
        _print_json(report)
    else:
        _print_table(report)
    if report.refused:
        raise typer.Exit(EXIT_FOUND)


@app.command("homes")
def import_care_homes(
    path: Annotated[Path, typer.Argument(help="A CSV file of care homes or nursing facilities.")],
    organization: Annotated[str, typer.Option("--org", help="Slug or id of the organization to load into.")],
    columns: Annotated[
        list[str] | None,
        typer.Option("--map", help="Which column is what, where its header does not say it: npi=Number."),
    ] = None,
    with_beds: Annotated[
        bool, typer.Option("--beds/--no-beds", help="Make a room for each bed that the file counts.")
    ] = True,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Do all of it but the commit.")] = False,
    db_url: Annotated[
        str | None,
        typer.Option(envvar=ENV, help="Postgres address; default: the local stack.", show_default=False),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON document, for scripts.")] = False,
) -> None:
    """Load care homes from a CSV file: properties, sites, registrations, rooms and beds.

    Understands the headers of the US list of nursing facilities and of the directory of England's regulator,
    and shows how it understood them. A home is known again by its number (npi, ccn, cqc_location), so that
    repeating an import changes nothing. A line that cannot be loaded is reported with its number, and the
    rest still loads.

    Exit codes: 0 everything was loaded; 1 some lines were refused, the rest was loaded; 2 wrong input;
    3 no database answers; 4 the database refused.

    Example:
        carebase import homes nursing.csv --org lakeside-care --dry-run
    """
    url = resolve_url(Project.find(), db_url)
    named = _pairs(columns or [])
    with _shown() as shown, _all_or_nothing():
        report = homes.import_homes(
            url,
            organization,
            path,
            columns=named,
            with_beds=with_beds,
            dry_run=dry_run,
            progress=shown,
            on_finding=None if as_json else _tell,
            on_mapping=None if as_json else _tell_columns,
        )
    if as_json:
        _print_json(report)
    else:
        _print_homes(report)
    if report.refused:
        raise typer.Exit(EXIT_FOUND)


def _pairs(words: list[str]) -> dict[str, str]:
    pairs = {}
    for word in words:
        field, sign, header = word.partition("=")
        if not (sign and field.strip() and header.strip()):
            raise UsageProblem(
                "map_invalid", f"--map {word!r} is not FIELD=HEADER.", hint="Say it like npi=Number."
            )
        pairs[field.strip()] = header.strip()
    return pairs


def _tell_columns(mapping: homes.Mapping) -> None:
    table = Table("field", "column", box=None)
    for field, header in mapping.shown.items():
        table.add_row(field, escape(header))
    err.print(table)
    if mapping.ignored:
        err.print(f"Not read: {escape(', '.join(mapping.ignored))}", style="dim", highlight=False)


def _print_homes(report: homes.HomesReport) -> None:
    table = Table("", box=None)
    for heading in ("inserted", "updated", "unchanged", "refused"):
        table.add_column(heading, justify="right")
    numbers = (report.inserted, report.updated, report.unchanged, report.refused)
    table.add_row("homes", *(f"{number:,}" for number in numbers))
    out.print(table)
    notes = [
        f"{report.beds:,} beds were made in {report.organization}; {report.seconds:.1f} s.",
        f"{report.findings.warnings:,} warnings." if report.findings.warnings else "",
        "Dry run: nothing was changed." if report.dry_run else "",
    ]
    out.print("\n" + " ".join(note for note in notes if note), highlight=False)


class _Bar(progress.Progress):
    """Bytes while files are read, then the types as they are merged."""

    def __init__(self, bar: Progress, task: TaskID) -> None:
        self._bar = bar
        self._task = task

    def start(self, total: int) -> None:
        self._say("Reading", total)

    def advance(self, size: int) -> None:
        self._bar.advance(self._task, size)

    def merge(self, resource_type: str) -> None:
        self._say(f"Merging {resource_type}", None)

    def wait(self) -> None:
        self._say("Waiting for another import to end", None)

    def _say(self, text: str, total: int | None) -> None:
        if not err.is_terminal:
            err.print(f"{text} ...")
        self._bar.reset(self._task, description=text, total=total)


@contextmanager
def _shown() -> Iterator[_Bar]:
    columns = (
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(),
        DownloadColumn(),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=err, transient=True, disable=not err.is_terminal) as bar:
        yield _Bar(bar, bar.add_task("Connecting", total=None))


@contextmanager
def _all_or_nothing() -> Iterator[None]:
    try:
        yield
    except KeyboardInterrupt:
        raise _Interrupted(
            "interrupted", "Interrupted; nothing was imported.", hint="Run the command again."
        ) from None


def _tell(finding: fhir.Finding) -> None:
    """One finding, above the progress bar, as soon as it is made."""
    color = "red" if finding.severity == "refused" else "yellow"
    place = " ".join(part for part in (finding.file, finding.place) if part)
    err.print(
        f"[{color}]{finding.severity}[/{color}] {escape(place)}: {escape(finding.subject)}"
        f" {escape(finding.reason)} [dim]({finding.code})[/dim]",
        highlight=False,
    )


def _print_json(report: fhir.ImportReport | homes.HomesReport) -> None:
    """The summary and all findings, written as they are read back: there may be more than fit in memory."""
    head = orjson.dumps(report.summary(), option=orjson.OPT_INDENT_2).decode().removesuffix("\n}")
    sys.stdout.write(f'{head},\n  "findings": [')
    separator = "\n"
    for finding in report.findings:
        sys.stdout.write(f"{separator}    {orjson.dumps(finding).decode()}")
        separator = ",\n"
    sys.stdout.write(f"\n  ]\n}}{os.linesep}")


def _print_table(report: fhir.ImportReport) -> None:
    table = Table("resource", box=None)
    for heading in ("inserted", "updated", "linked", "unchanged", "superseded", "refused"):
        table.add_column(heading, justify="right")
    for name, counts in report.counts.items():
        if counts.read:
            numbers = (
                counts.inserted,
                counts.updated,
                counts.linked,
                counts.unchanged,
                counts.superseded,
                counts.refused,
            )
            table.add_row(name, *(f"{number:,}" for number in numbers))
    out.print(table)
    notes = [
        f"{report.files:,} files read in {report.seconds:.1f} s into {report.organization}.",
        f"{report.unreadable:,} parts of them were no FHIR resource." if report.unreadable else "",
        f"{sum(report.ignored.values()):,} resources of other types were passed over."
        if report.ignored
        else "",
        f"{report.findings.warnings:,} warnings." if report.findings.warnings else "",
        "Dry run: nothing was changed." if report.dry_run else "",
    ]
    out.print("\n" + " ".join(note for note in notes if note), highlight=False)
