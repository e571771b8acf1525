"""`carebase access mutants`: would anybody notice if the access rules were wrong?"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer
from rich.markup import escape
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    SpinnerColumn,
    TaskID,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)
from rich.table import Table

from carebase.access.mutants import Choice, Listener, Outcome, Report, run
from carebase.access.mutants.kinds import KINDS
from carebase.access.mutants.markdown import page
from carebase.problems import EXIT_FOUND
from carebase.project import Project
from carebase_cli.output import err, out, print_json

_Only = Annotated[
    list[str] | None,
    typer.Option(metavar="KIND", help="Make only faults of this kind; --kinds lists them. Repeatable."),
]
_Sample = Annotated[
    int | None,
    typer.Option(min=1, help="Make so many of the faults, spread over the kinds.", show_default=False),
]
_Seed = Annotated[int, typer.Option(help="Decides which faults a sample holds.")]
_Jobs = Annotated[int, typer.Option(min=1, max=64, help="How many copies are worked on at once.")]
_Resume = Annotated[bool, typer.Option("--resume", help="Go on with what an interrupted run has found out.")]
_Thorough = Annotated[
    bool, typer.Option("--thorough", help="Ask every defence, instead of ending at the first that notices.")
]
_Compare = Annotated[
    bool,
    typer.Option(
        "--compare", help="Also ask Splinter, squawk, pgrls, pgspot and plpgsql_check, where installed."
    ),
]
_Without = Annotated[
    list[str] | None, typer.Option(metavar="DEFENCE", help="Do not ask this defence. Repeatable.")
]
_Report = Annotated[
    Path | None, typer.Option(help="Write the report to this file; includes --compare.", show_default=False)
]
_Kinds = Annotated[bool, typer.Option("--kinds", help="List the kinds of fault and make none.")]
_Json = Annotated[bool, typer.Option("--json", help="Print one JSON document, for scripts.")]


def register(app: typer.Typer) -> None:
    """Add the command of this module to the `access` app."""
    app.command("mutants")(mutants)


def mutants(
    only: _Only = None,
    sample: _Sample = None,
    seed: _Seed = 0,
    jobs: _Jobs = 2,
    resume: _Resume = False,
    thorough: _Thorough = False,
    compare: _Compare = False,
    without: _Without = None,
    report: _Report = None,
    kinds: _Kinds = False,
    as_json: _Json = False,
) -> None:
    """Make realistic faults in copies of the built schema, one at a time, and see whether they are noticed.

    Lint, the pgTAP stories and the matrix test must notice 95 %, and nothing where no fault is. Needs no
    running stack. What was found out is kept after every fault: after Ctrl-C, go on with --resume.

    Exit codes: 0 enough were noticed; 1 too few, a false alarm, or a fault that could not be made; 2 no such
    kind or defence; 3 a tool is missing; 4 sql/ does not load.

    Example:
        carebase access mutants --sample 20 --seed 7
    """
    if kinds:
        _list_kinds(as_json)
        return
    choice = Choice(only or (), sample, seed, thorough, compare or report is not None, without or ())
    with _Progress() as progress:
        found = run(Project.find(), choice, jobs=jobs, resume=resume, listener=progress)
    if report is not None:
        report.parent.mkdir(parents=True, exist_ok=True)
        report.write_text(page(found), encoding="utf-8")
        err.print(f"written: {report}", highlight=False, markup=False)
    if as_json:
        print_json(_as_json(found))
    else:
        _tell(found)
    if not found.is_good:
        raise typer.Exit(EXIT_FOUND)


def _list_kinds(as_json: bool) -> None:
    if as_json:
        print_json([{"name": kind.name, "says": kind.says} for kind in KINDS])
        return
    table = Table("kind", "what is wrong", box=None, pad_edge=False)
    for kind in KINDS:
        table.add_row(kind.name, escape(kind.says))
    out.print(table)


def _as_json(found: Report) -> dict[str, Any]:
    return {
        "chosen": found.chosen[0],
        "of": found.chosen[1],
        "counted": len(found.counted),
        "caught": len(found.caught),
        "rate": round(found.rate, 4),
        "is_good": found.is_good,
        "kinds": {kind: {"caught": caught, "of": total} for kind, (caught, total) in found.by_kind().items()},
        "survivors": [outcome.mutant.id for outcome in found.survivors],
        "equivalent": [outcome.mutant.id for outcome in found.equivalent],
        "wrongly_excused": [outcome.mutant.id for outcome in found.wrongly_excused],
        "broken": {outcome.mutant.id: outcome.broken for outcome in found.broken},
        "false_alarms": found.false_alarms,
        "peers": {name: sum(name in outcome.peers for outcome in found.counted) for name in found.peers},
        "peers_together": sum(bool(outcome.peers) for outcome in found.counted),
        "absent": found.absent,
        "mutants": [_mutant_as_json(outcome) for outcome in found.outcomes],
    }


def _mutant_as_json(outcome: Outcome) -> dict[str, Any]:
    mutant = outcome.mutant
    told = {"id": mutant.id, "kind": mutant.kind, "says": mutant.says, "sql": mutant.sql}
    return {**told, "caught": dict(outcome.caught), "peers": dict(outcome.peers)}


def _tell(found: Report) -> None:
    table = Table("kind", "caught", "of", box=None, pad_edge=False)
    for kind, (caught, total) in found.by_kind().items():
        colour = "green" if caught == total else "red"
        table.add_row(kind, f"[{colour}]{caught}[/]", str(total))
    out.print(table)
    for title, outcomes in (("survived", found.survivors), ("wrongly excused", found.wrongly_excused)):
        for outcome in outcomes:
            out.print(f"[red]{title}[/red] {escape(outcome.mutant.id)}: {escape(outcome.mutant.says)}")
    for outcome in found.broken:
        out.print(f"[red]could not be made[/red] {escape(outcome.mutant.id)}: {escape(outcome.broken)}")
    for name, said in found.false_alarms.items():
        for line in said:
            out.print(f"[red]false alarm[/red] {name}: {escape(line)}")
    for name in found.peers:
        noticed = sum(name in outcome.peers for outcome in found.counted)
        out.print(f"{name} notices {noticed} of {len(found.counted)}")
    for name, reason in found.absent.items():
        err.print(f"{name} did not run: {reason}")
    err.print(
        f"{len(found.caught)} of {len(found.counted)} faults caught ({found.rate:.1%}); "
        f"{len(found.equivalent)} more make no difference"
    )


class _Progress(Listener):
    """A bar over the faults, with the time that is left."""

    def __init__(self) -> None:
        self._bar = Progress(
            SpinnerColumn(),
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            TimeElapsedColumn(),
            TimeRemainingColumn(),
            console=err,
            transient=True,
            disable=not err.is_terminal,
        )
        self._task = TaskID(0)

    def __enter__(self) -> _Progress:
        self._bar.start()
        self._task = self._bar.add_task("Building the schema", total=None)
        return self

    def __exit__(self, *_: object) -> None:
        self._bar.stop()

    def begins(self, total: int, known: int) -> None:
        self._bar.update(self._task, description="Making faults", total=total, completed=known)
        err.print(f"{total} faults, {known} of them known from an earlier run")

    def ends(self, outcome: Outcome) -> None:
        self._bar.advance(self._task)
        if outcome.is_counted and not outcome.caught:
            err.print(f"[red]survived[/red] {escape(outcome.mutant.id)}")
