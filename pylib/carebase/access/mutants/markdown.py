"""The report as a page for people."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from importlib.resources import files

from carebase.access.mutants.kinds import KINDS
from carebase.access.mutants.outcome import WANTED, Outcome, Report


def page(report: Report) -> str:
    """The report in Markdown; the same results give the same text."""
    return "\n".join(
        [
            (files(__package__) / "introduction.md").read_text(encoding="utf-8"),
            *_result(report),
            *_defences(report),
            *_kinds(report),
            *_survivors(report),
            *_equivalent(report),
            *_peers(report),
        ]
    )


def _result(report: Report) -> Iterator[str]:
    caught, total = len(report.caught), len(report.counted)
    chosen, everyone = report.chosen
    yield "## Result\n"
    yield f"**{caught} of {total} faults are caught, {_percent(caught, total)}**; {WANTED:.0%} are wanted."
    if chosen < everyone:
        yield f"This is a sample: {chosen} of {everyone}."
    alarms = sum(map(len, report.false_alarms.values()))
    yield f"On the schema without fault the defences find {alarms or 'nothing'}.\n"
    for name, said in report.false_alarms.items():
        yield from (f"- false alarm of {name}: {_cell(line)}" for line in said)
    for outcome in report.broken:
        yield f"- could not be made: `{outcome.mutant.id}`: {_cell(outcome.broken)}"
    for outcome in report.wrongly_excused:
        yield f"- wrongly excused: `{outcome.mutant.id}`: {_first(outcome)}"
    if report.false_alarms or report.broken or report.wrongly_excused:
        yield ""


def _defences(report: Report) -> Iterator[str]:
    """In the order in which they are asked; unless the run was thorough, each only about what is left."""
    said = Counter(name for outcome in report.caught for name in outcome.caught)
    thorough = any(len(outcome.caught) > 1 for outcome in report.caught)
    yield "## Who catches them\n"
    yield (
        "Each defence is asked about every fault.\n"
        if thorough
        else ("Asked in this order, the cheapest first; what one has caught the next is not asked about.\n")
    )
    yield "| defence | looks at | catches |\n|---|---|---:|"
    for name, shows in report.defences.items():
        yield f"| {name} | {shows} | {said[name]} |"
    yield ""


def _kinds(report: Report) -> Iterator[str]:
    counts = report.by_kind()
    yield "## Kinds of fault\n"
    yield "| kind | what is wrong | caught | of |\n|---|---|---:|---:|"
    for kind in KINDS:
        if kind.name in counts:
            caught, total = counts[kind.name]
            yield f"| {kind.name} | {_cell(kind.says)} | {caught} | {total} |"
    yield ""


def _survivors(report: Report) -> Iterator[str]:
    yield "## Survivors\n"
    if not report.survivors:
        yield "None.\n"
        return
    for outcome in report.survivors:
        yield f"- `{outcome.mutant.id}`: {_cell(outcome.mutant.says)}"
    yield ""


def _equivalent(report: Report) -> Iterator[str]:
    """Grouped by reason, since a reason is proved where the fault is made, not fault by fault."""
    by_reason: dict[str, list[Outcome]] = {}
    for outcome in report.equivalent:
        by_reason.setdefault(outcome.mutant.equivalent, []).append(outcome)
    yield "## No fault at all\n"
    yield (
        f"{len(report.equivalent)} changes make no difference to anybody, and count neither way. "
        "The defences that watch what people can do are asked about them too; if one saw a difference, the "
        "run would fail.\n"
    )
    for reason, outcomes in by_reason.items():
        yield f"- {_cell(reason)}"
        yield from (f"  - `{outcome.mutant.id}`" for outcome in outcomes)
    yield ""


def _peers(report: Report) -> Iterator[str]:
    if not report.peers and not report.absent:
        return
    total = len(report.counted)
    noticed = Counter(name for outcome in report.counted for name in outcome.peers)
    together = sum(bool(outcome.peers) for outcome in report.counted)
    yield "## The same faults before other tools\n"
    yield (
        "A tool noticed a fault if it says something that it does not say of the schema without it. Tools "
        "that read SQL are shown the statement as a developer would have written it.\n"
    )
    yield "| tool | looks at | notices | of |\n|---|---|---:|---:|"
    for name, shows in report.peers.items():
        yield f"| {name} | {shows} | {noticed[name]} ({_percent(noticed[name], total)}) | {total} |"
    yield f"| together | | {together} ({_percent(together, total)}) | {total} |\n"
    for name, reason in report.absent.items():
        yield f"- {name} did not run: {reason}."


def _percent(part: int, whole: int) -> str:
    return f"{part / whole:.1%}" if whole else "none"


def _first(outcome: Outcome) -> str:
    name, said = next(iter(outcome.caught.items()))
    return f"{name} says {_cell(said)}"


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")
