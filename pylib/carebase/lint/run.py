"""Runs the sources of findings side by side and sifts what they found through the list of exceptions."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Collection, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from carebase.db.declarations import Declarations
from carebase.lint import advisors, boundaries, frontend, layout, migrations, python, rls_rules, style
from carebase.lint.catalogue import check as catalogue
from carebase.lint.database import database_for
from carebase.lint.exceptions import load_exceptions, sift
from carebase.lint.findings import Finding
from carebase.lint.secrets import check as secrets
from carebase.lint.workspace import Workspace
from carebase.problems import DatabaseProblem, Problem, UsageProblem
from carebase.project import Project

# Two do the work of the processor; the third waits for a database or a subprocess.
_WORKERS = 3


@dataclass(frozen=True)
class Source:
    """One kind of check.

    Args:
        name: what `--only` calls it.
        shows: what it looks at, for people.
        tools: the `tool` of its findings.
        check: finds.
        roots: folders that its findings lie in.
        asks_database: whether it needs the built database.
    """

    name: str
    shows: str
    tools: tuple[str, ...]
    check: Callable[[Workspace], list[Finding]]
    roots: Callable[[Workspace], list[Path]]
    asks_database: bool = False


# Slowest first, so that nothing long starts last.
SOURCES = (
    Source("python", "Python: rules, format, types", python.TOOLS, python.check, python.roots),
    Source("sqlfluff", "style of SQL", (style.TOOL,), style.check, style.roots),
    Source("secrets", "secrets and health data in files", (secrets.TOOL,), secrets.check, secrets.roots),
    Source("squawk", "safety of migrations", (migrations.TOOL,), migrations.check, migrations.roots),
    Source("console", "format of the web console", (frontend.TOOL,), frontend.check, frontend.roots),
    Source("layout", "layout of sql/", (layout.TOOL,), layout.check, layout.roots),
    Source("advisors", "Supabase's advisors", (advisors.TOOL,), advisors.check, advisors.roots, True),
    Source("pgrls", "row level security", (rls_rules.TOOL,), rls_rules.check, rls_rules.roots, True),
    Source("catalogue", "rules of the house", (catalogue.TOOL,), catalogue.check, catalogue.roots, True),
    Source("rooms", "reach between rooms", (boundaries.TOOL,), boundaries.check, boundaries.roots, True),
)


class Listener(Protocol):
    """Is told how the run goes; called from several threads."""

    def started(self, name: str) -> None: ...

    def finished(self, name: str, findings: int, seconds: float) -> None: ...


class Silent:
    """A listener that does not listen."""

    def started(self, name: str) -> None:
        pass

    def finished(self, name: str, findings: int, seconds: float) -> None:
        pass


@dataclass(frozen=True)
class Report:
    """The outcome of a run.

    Args:
        findings: what stands, by file and line.
        accepted: how many more the list of exceptions accepted.
        sources: the names of the sources that ran.
    """

    findings: list[Finding]
    accepted: int
    sources: list[str]


def lint(
    project: Project,
    *,
    only: Collection[str] = (),
    paths: Sequence[Path] = (),
    db_url: str | None = None,
    listener: Listener | None = None,
) -> Report:
    """Run the checks.

    Args:
        project: the checkout.
        only: names of sources; all of them when empty.
        paths: count only findings in these files and folders, and run only what can find something there.
        db_url: ask this database instead of one that is built from `sql/`; nothing in it is changed.
        listener: told when a source starts and ends.

    Raises:
        UsageProblem: an unknown source or path, a wrong list of exceptions or room.toml.
        EnvironmentProblem: a tool is missing or broke.

    Example:
        >>> lint(Project.find(), only=["layout"]).findings
        []
    """
    chosen = _choose(only)
    exceptions = load_exceptions(project)
    workspace = Workspace(project, Declarations(project), paths)
    if paths:
        chosen = [source for source in chosen if any(map(workspace.overlaps, source.roots(workspace)))]
    found, ran = _run(chosen, workspace, db_url, listener or Silent())
    looked_at_all = [] if paths else [tool for source in ran for tool in source.tools]
    # An entry for a tool that is none matches nothing, whoever ran.
    known = {tool for source in SOURCES for tool in source.tools}
    looked_at_all += [entry.tool for entry in exceptions if entry.tool not in known]
    sifted = sift(filter(workspace.counts, found), exceptions, looked_at_all)
    return Report(sifted.findings, sifted.accepted, [source.name for source in ran])


def _choose(only: Collection[str]) -> list[Source]:
    known = [source.name for source in SOURCES]
    for name in only:
        if name not in known:
            raise UsageProblem(
                "source_unknown",
                f"There is no source of findings {name!r}.",
                hint=f"There are: {', '.join(known)}.",
            )
    return [source for source in SOURCES if not only or source.name in only]


def _run(
    sources: list[Source], workspace: Workspace, db_url: str | None, listener: Listener
) -> tuple[list[Finding], list[Source]]:
    """What was found, and by which sources: those that ask a database cannot run when it does not load."""
    # The database outlives the pool, whose threads use it.
    with ExitStack() as databases, ThreadPoolExecutor(_WORKERS, thread_name_prefix="lint") as pool:
        try:
            running = {
                pool.submit(_timed, source, workspace, listener): source
                for source in sources
                if not source.asks_database
            }
            found: list[Finding] = []
            asking = [source for source in sources if source.asks_database]
            if asking:
                listener.started("database")
                begun = time.monotonic()
                try:
                    workspace.database = databases.enter_context(database_for(workspace.project, db_url))
                except (DatabaseProblem, UsageProblem) as problem:
                    found += _does_not_load(problem)
                else:
                    running |= {pool.submit(_timed, source, workspace, listener): source for source in asking}
                listener.finished("database", len(found), time.monotonic() - begun)
            for done in as_completed(running):
                found += done.result()
        except BaseException:
            workspace.tools.cancel()
            pool.shutdown(wait=False, cancel_futures=True)
            raise
        return found, list(running.values())


def _timed(source: Source, workspace: Workspace, listener: Listener) -> list[Finding]:
    listener.started(source.name)
    begun = time.monotonic()
    found = source.check(workspace)
    listener.finished(source.name, len(found), time.monotonic() - begun)
    return found


def _does_not_load(problem: Problem) -> list[Finding]:
    """What the builder says about `sql/`: sentences that begin with file:line.

    Raises:
        Problem: it is about something else.
    """
    said = [re.fullmatch(r"(sql/[^:]+):(\d+): (.*)", sentence) for sentence in problem.message.splitlines()]
    found = [
        Finding(match[1], int(match[2]), "declared", "does-not-load", match[3], hint=problem.hint)
        for match in said
        if match
    ]
    if not found:
        raise problem
    return found
