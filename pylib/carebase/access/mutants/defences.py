"""The project's own defences: what would have told us of a fault before anyone used it.

Not among them is `carebase db drift`: it compares with sql/ and so would notice every fault here, while the
faults to fear are those that somebody writes into sql/ itself.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from carebase.access.mutants.copies import Copy
from carebase.access.mutants.http_tests import HttpTests
from carebase.access.mutants.mutant import Mutant
from carebase.access.mutants.stories import Stories
from carebase.access.proof import findings
from carebase.db.declarations import Declarations
from carebase.db.rooms import load_rooms
from carebase.lint import advisors, boundaries, rls_rules
from carebase.lint.catalogue import check as catalogue
from carebase.lint.exceptions import load_exceptions, sift
from carebase.lint.findings import Finding
from carebase.lint.workspace import Workspace
from carebase.project import Project
from carebase.toolbox import Toolbox

Check = Callable[[Copy, Mutant | None], Iterable[str]]
# What the stories need to act as people is in the copies only, and no part of the schema.
_HELPERS = "tests."
_SOURCES = {
    catalogue.TOOL: catalogue.check,
    boundaries.TOOL: boundaries.check,
    rls_rules.TOOL: rls_rules.check,
    advisors.TOOL: advisors.check,
}


@dataclass(frozen=True)
class Defence:
    """Something that finds faults.

    Args:
        name: what reports call it.
        shows: what it looks at, for people.
        check: what it finds in a copy, the sooner the better; the mutant is there to look where the fault is.
        decides: whether it is asked about what is said to make no difference: it watches what people can do,
            rather than read how the schema is written.
        is_dear: it takes so long that it looks at the schema without fault only if it is asked at all.
    """

    name: str
    shows: str
    check: Check
    decides: bool = False
    is_dear: bool = False


class Linters:
    """The parts of `carebase lint` that ask a database, on one copy after the other."""

    def __init__(self, project: Project) -> None:
        self.tools = Toolbox(project)
        self._project = project
        self._declarations = Declarations(project)
        self._exceptions = load_exceptions(project)

    def everything(self, tool: str, copy: Copy) -> list[Finding]:
        """All that a tool finds, whether or not we accept it."""
        if tool not in copy.found:
            workspace = Workspace(self._project, self._declarations, database=copy.url)
            workspace.tools = self.tools
            found = _SOURCES[tool](workspace)
            copy.found[tool] = [finding for finding in found if not finding.subject.startswith(_HELPERS)]
        return copy.found[tool]

    def standing(self, tool: str) -> Check:
        """What `carebase lint` would print of a tool's findings."""
        accepted = [entry for entry in self._exceptions if entry.tool == tool]

        def standing(copy: Copy, _: Mutant | None) -> list[str]:
            sifted = sift(self.everything(tool, copy), accepted, [tool])
            return [f"{finding.rule}: {finding.message}" for finding in sifted.findings]

        return standing


def own_defences(project: Project, linters: Linters) -> list[Defence]:
    """The project's defences, cheapest first."""
    stories, proof = Stories(project), _Proof(project)
    over_http = HttpTests(project, linters.tools)
    return [
        Defence("catalogue", "rules of the house over the catalogue", linters.standing(catalogue.TOOL)),
        Defence("rooms", "reach between rooms", linters.standing(boundaries.TOOL)),
        Defence("pgrls", "its rules, as `carebase lint` runs them", linters.standing(rls_rules.TOOL)),
        Defence("stories", "pgTAP stories of tests/sql", stories.told_on, decides=True),
        Defence("advisors", "Supabase's, as `carebase lint` runs them", linters.standing(advisors.TOOL)),
        Defence("proof", "the matrix cell by cell, every RPC as everyone", proof, decides=True, is_dear=True),
        # What people can do shows here, too, but not so exactly that it could decide.
        Defence("http", "tests over HTTP", over_http, is_dear=True),
    ]


class _Proof:
    """The matrix and the RPCs, tried by everyone: of a fault only those that come upon it."""

    def __init__(self, project: Project) -> None:
        self._project = project
        self._tables = {
            ".".join(room.qualified(name)) for room in load_rooms(project) for name in room.tables
        }

    def __call__(self, copy: Copy, mutant: Mutant | None) -> Iterator[str]:
        if mutant is None:
            yield from findings(copy.url, self._project)
            return
        table = ".".join(mutant.target.split(".")[:2])
        if table in self._tables:
            yield from findings(copy.url, self._project, only=[table])
            # What is said to make no difference is about this table's own rows.
            if mutant.equivalent:
                return
        reached = copy.reach.of(mutant.target)
        if reached != {table}:
            yield from findings(copy.url, self._project, only=reached - {table})
