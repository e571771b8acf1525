"""How every command speaks: tables and progress for people on stderr, data for scripts on stdout."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import orjson
from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    SpinnerColumn,
    TextColumn,
    TimeElapsedColumn,
)

out = Console(soft_wrap=True)
err = Console(stderr=True, soft_wrap=True)


def print_json(value: Any) -> None:
    """One JSON document on stdout, keys in the order given, nothing else."""
    sys.stdout.write(orjson.dumps(value, option=orjson.OPT_INDENT_2, default=str).decode() + os.linesep)


@contextmanager
def step(text: str) -> Iterator[None]:
    """A spinner with the elapsed time while something takes long, and a tick when it is done."""
    if not err.is_terminal:
        err.print(f"{text} ...")
        yield
        return
    with Progress(
        SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn(), console=err, transient=True
    ) as bar:
        bar.add_task(text)
        yield
    err.print(f"[green]✓[/green] {text}")


@contextmanager
def counted(text: str, total: int | None = None) -> Iterator[Progress]:
    """A progress bar over a known (or unknown) number of things; the caller advances its first task."""
    columns = (
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=err, transient=True, disable=not err.is_terminal) as bar:
        bar.add_task(text, total=total)
        yield bar
