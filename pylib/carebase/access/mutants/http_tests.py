"""The tests over HTTP, run by pytest on the schema with one fault: the dearest defence, asked last."""

from __future__ import annotations

import re
import sys
import tempfile
from pathlib import Path

from carebase.access.mutants import pytest_fault
from carebase.access.mutants.copies import Copy
from carebase.access.mutants.mutant import Mutant
from carebase.project import Project
from carebase.toolbox import Toolbox

# Not tests/security: what it does, the proof does as a defence of its own.
FOLDER = "api"
_WORD = re.compile("[a-z_][a-z0-9_]+")
_FAILED = re.compile(r"^(?:FAILED|ERROR) (\S+)", re.M)
# pytest: passed, failed, interrupted by an error while collecting.
_ENDS = (0, 1, 2)


class HttpTests:
    """pytest over tests/api, on a server and a gateway of its own.

    Args:
        project: the checkout.
        tools: runs pytest, and ends it when the run is interrupted.
    """

    def __init__(self, project: Project, tools: Toolbox) -> None:
        self._project = project
        self._tools = tools
        self._files = {
            str(path): set(_WORD.findall(path.read_text("utf-8")))
            for path in sorted((project.root / "tests" / FOLDER).glob("test_*.py"))
        }
        self._failing: list[str] | None = None

    def __call__(self, copy: Copy, mutant: Mutant | None) -> list[str]:
        """The tests that fail; with a fault, the first that fails because of it."""
        if mutant is None:
            self._failing = self._run(*self._files)
            return self._failing
        files = self._about(copy.reach.of(mutant.target))
        if not files:
            return []
        with tempfile.TemporaryDirectory(prefix="carebase-mutant-") as folder:
            fault = Path(folder) / "fault.sql"
            fault.write_text(mutant.sql, encoding="utf-8")
            environment = {pytest_fault.FILE: str(fault)}
            if mutant.as_superuser:
                environment[pytest_fault.AS_SUPERUSER] = "1"
            # What fails anyway must not end the run before a test that notices.
            left_out = [f"--deselect={name}" for name in self._failing or ()]
            return self._run("-x", "-p", pytest_fault.__name__, *left_out, *files, environment=environment)

    def _about(self, reached: set[str]) -> list[str]:
        """The files that name a table or an RPC that comes upon the fault; all, if it is in no object."""
        words = {name.partition(".")[2] for name in reached}
        return [path for path, named in self._files.items() if named & words or not reached]

    def _run(self, *options: str, environment: dict[str, str] | None = None) -> list[str]:
        said = self._tools.run(
            [
                *(sys.executable, "-m", "pytest", "-q", "-rfE", "--tb=no", "--declared"),
                *("-p", "no:cacheprovider", "-p", "no:xdist"),
                *options,
            ],
            cwd=self._project.root,
            env={**(environment or {}), "COLUMNS": "500"},
            ends_with=_ENDS,
        )
        return _FAILED.findall(said)
