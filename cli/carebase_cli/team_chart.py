"""The team summary as a small chart: one line per day, bars where there are figures, the reason where not."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Console
from rich.table import Table
from rich.text import Text

from carebase_jobs.daily_checkins import TeamDay

_HIGHEST = 10  # of the scales of stress and energy
_WIDTH = 20  # cells of a full bar


def team_chart(days: Sequence[TeamDay], console: Console) -> Table:
    """The chart of these days, in letters and colours that `console` can show.

    Without a terminal that speaks UTF-8 the bars are plain ASCII, so that a log file stays readable.

    Args:
        days: one per line, oldest first.
        console: where it is going to be printed.
    """
    bar = "█" if console.is_terminal and console.encoding.lower().startswith("utf") else "#"
    table = Table(box=None, pad_edge=False)
    table.add_column("day")
    table.add_column("people", justify="right")
    table.add_column("stress", min_width=_WIDTH + 5)
    table.add_column("energy", min_width=_WIDTH + 5)
    for day in days:
        name = f"{day.checkin_date:%a %d %b}"
        if day.is_open:
            table.add_row(name, "", Text("still open", style="dim"))
        elif day.average_stress_level is None or day.average_energy_level is None:
            table.add_row(name, "<5", Text("suppressed", style="dim"))
        else:
            table.add_row(
                name,
                str(day.people_count),
                _bar(day.average_stress_level, bar, _alarm(day.average_stress_level)),
                _bar(day.average_energy_level, bar, "cyan"),
            )
    return table


def _bar(value: float, cell: str, style: str) -> Text:
    return Text.assemble(f"{value:4.1f} ", (cell * round(value * _WIDTH / _HIGHEST), style))


def _alarm(stress: float) -> str:
    """Green, yellow, red: what a manager should look at."""
    return "green" if stress < 5 else "yellow" if stress < 7 else "red"
