"""`carebase access prove`: does the database do what the matrices say?"""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict
from typing import Annotated

import typer
from rich.markup import escape
from rich.table import Table

from carebase.access.proof import check
from carebase.access.proof.loosening import loosen
from carebase.access.proof.solver import MODES, Verdict, solve
from carebase.db import declared
from carebase.db.scratch import scratch_server
from carebase.problems import EXIT_FOUND
from carebase.project import Project
from carebase_cli.output import err, out, print_json, step

_Only = Annotated[
    list[str] | None,
    typer.Option(metavar="NAME", help="Try only this table or RPC, such as public.sites. Repeatable."),
]
_Solver = Annotated[
    bool, typer.Option("--solver/--no-solver", help="Also run pgrls verify, in its five modes.")
]
_Json = Annotated[bool, typer.Option("--json", help="Print one JSON document, for scripts.")]


def register(app: typer.Typer) -> None:
    """Add the command of this module to the `access` app."""
    app.command("prove")(prove)


def prove(only: _Only = None, solver: _Solver = True, as_json: _Json = False) -> None:
    """Build sql/ on a throw-away server and prove that it does what the matrices say.

    People of every persona try every command on rows of every kind, call every RPC with their own and with
    another organization's ids, and read every view; rows are pointed at another organization's. Then an SMT
    solver proves the policies (pgrls verify), where it can, and says of the others why not.

    Exit codes: 0 all holds; 1 something does not; 2 a matrix or a registry of values is wrong; 3 something is
    not installed; 4 sql/ does not load.

    Example:
        carebase access prove --only public.sites --no-solver
    """
    project = Project.find()
    with scratch_server(project) as scratch:
        with step("Building the schema"):
            url = scratch.create("proof", generous=True)
            declared.build(url, project)
        with step("Trying every cell"):
            found = check(url, project, only=only or ())
        verdicts: list[Verdict] = []
        if solver:
            with step("Solving"):
                loosened = scratch.clone(url, "loosened")
                loosen(loosened)
                verdicts = solve(url, loosened, project)
    leaks = [verdict for verdict in verdicts if verdict.result == "leak"]
    if as_json:
        print_json({"findings": found, "verdicts": [asdict(verdict) for verdict in verdicts]})
    else:
        _tell(found, verdicts)
    if found or leaks:
        raise typer.Exit(EXIT_FOUND)


def _tell(found: list[str], verdicts: list[Verdict]) -> None:
    for sentence in found:
        out.print(escape(sentence))
    if verdicts:
        _tell_verdicts(verdicts)
    err.print("The matrices hold." if not found else f"{len(found)} finding(s).")


def _tell_verdicts(verdicts: list[Verdict]) -> None:
    table = Table("mode", "proven", "of", "seen live", "leaks", box=None, pad_edge=False)
    for mode in MODES:
        mine = [verdict for verdict in verdicts if verdict.mode == mode]
        count = Counter(verdict.result for verdict in mine)
        probes = Counter(verdict.probe for verdict in mine)
        table.add_row(mode, *map(str, (count["proven"], len(mine), probes["agree"], count["leak"])))
    out.print(table)
    for verdict in verdicts:
        if verdict.result != "proven":
            out.print(
                f"{verdict.mode}: {escape(verdict.subject)}: {verdict.result}, {escape(verdict.reason)}"
            )
