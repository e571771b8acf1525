"""What `carebase org` shows: how far it is, what moved."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from rich.markup import escape
from rich.progress import BarColumn, DownloadColumn, SpinnerColumn, TaskID, TextColumn, TimeElapsedColumn
from rich.progress import Progress as Bars
from rich.table import Table

from carebase import tenants
from carebase.problems import Problem
from carebase_cli.output import err, out, print_json


class _Interrupted(Problem):
    """The user stopped it."""

    exit_code = 130


def tell_waiting(count: int) -> None:
    """Say whom closing waits for."""
    err.print(f"Waiting for {count} transactions that began before ...")


class _Bar(tenants.Progress):
    """The part of the work that is going on, and its bytes."""

    def __init__(self, bars: Bars, task: TaskID) -> None:
        self._bars = bars
        self._task = task

    def work(self, what: str, total: int | None = None) -> None:
        if not err.is_terminal:
            err.print(f"{what} ...")
        self._bars.reset(self._task, description=what, total=total)

    def advance(self, size: int) -> None:
        self._bars.advance(self._task, size)


@contextmanager
def shown() -> Iterator[tenants.Progress]:
    """How far it is, for as long as the block runs."""
    columns = (
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(),
        DownloadColumn(),
        TimeElapsedColumn(),
    )
    with Bars(*columns, console=err, transient=True, disable=not err.is_terminal) as bars:
        yield _Bar(bars, bars.add_task("Connecting", total=None))


@contextmanager
def whole(done: str) -> Iterator[None]:
    """Say of an interruption that nothing was done."""
    try:
        yield
    except KeyboardInterrupt:
        raise _Interrupted(
            "interrupted", f"Interrupted; nothing was {done}.", hint="Run the command again."
        ) from None


def tell(report: tenants.MoveReport, as_json: bool, done: str) -> None:
    """Show the tables of an export or import."""
    if as_json:
        print_json(report.summary())
        return
    table = Table("table", box=None)
    for heading in ("rows", "bytes", "there already"):
        table.add_column(heading, justify="right")
    for line in report.tables:
        table.add_row(line.table, f"{line.rows:,}", f"{line.bytes:,}", f"{line.kept:,}" if line.kept else "")
    out.print(table)
    for name, reason in report.left_out.items():
        out.print(f"{name} does not move: {escape(reason)}.", highlight=False)
    files = f" and {report.files:,} files" if report.files else ""
    out.print(f"\n{report.rows:,} rows{files} {escape(done)} in {report.seconds:.1f} s.", highlight=False)
