"""The chart says what each day was, with colours and without, and nothing of a day without figures."""

from __future__ import annotations

import io
from datetime import date

from rich.console import Console

from carebase_cli.team_chart import team_chart
from carebase_jobs.daily_checkins import TeamDay


def day(number: int, people: int | None, stress: float | None, *, is_open: bool = False) -> TeamDay:
    return TeamDay(
        checkin_date=date(2026, 11, number),
        is_open=is_open,
        is_suppressed=people is None and not is_open,
        people_count=people,
        average_stress_level=stress,
        average_energy_level=None if stress is None else 10 - stress,
        missed_break_percent=None if stress is None else 20,
    )


DAYS = [day(12, 6, 10.0), day(13, 5, 2.5), day(14, None, None), day(15, None, None, is_open=True)]


def draw(*, is_terminal: bool, encoding: str = "utf-8") -> list[str]:
    file = io.TextIOWrapper(io.BytesIO(), encoding=encoding)
    console = Console(file=file, force_terminal=is_terminal, color_system=None, width=100)
    console.print(team_chart(DAYS, console))
    file.seek(0)
    return [line.rstrip() for line in file.read().splitlines()]


def test_a_terminal_gets_blocks() -> None:
    lines = draw(is_terminal=True)
    assert lines[1].count("█") == 20
    assert lines[2].count("█") == 5 + 15
    assert "#" not in "".join(lines)


def test_a_file_or_an_old_terminal_gets_ascii() -> None:
    for lines in (draw(is_terminal=False), draw(is_terminal=True, encoding="ascii")):
        assert "".join(lines).isascii()
        assert lines[1].count("#") == 20


def test_days_without_figures_say_why() -> None:
    lines = draw(is_terminal=False)
    assert lines[3].split() == ["Sat", "14", "Nov", "<5", "suppressed"]
    assert lines[4].split() == ["Sun", "15", "Nov", "still", "open"]
