"""Runs other programs: their output is parsed, never shown; an interrupt ends them too."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Collection, Mapping, Sequence
from contextlib import suppress
from pathlib import Path

from carebase.problems import EnvironmentProblem
from carebase.project import Project

# Tools that would phone home or look for updates otherwise.
_QUIET = {"DO_NOT_TRACK": "1", "NO_COLOR": "1", "NO_UPDATE_NOTIFIER": "1"}


class Toolbox:
    """Finds and runs the programs of the virtual environment and of node_modules, several at once."""

    def __init__(self, project: Project) -> None:
        self._project = project
        self._running: set[subprocess.Popen[str]] = set()
        self._lock = threading.Lock()
        self._cancelled = False

    def python(self, name: str) -> Path:
        """The program `name` that belongs to the running Python."""
        return self._existing(Path(sys.executable).with_name(name), "make up")

    def node(self, name: str) -> Path:
        """The program `name` of the npm packages."""
        return self._existing(self._project.node_modules / ".bin" / name, "npm ci")

    def run(
        self,
        arguments: Sequence[str | Path],
        *,
        cwd: Path | None = None,
        env: Mapping[str, str] | None = None,
        ends_with: Collection[int] = (0, 1),
    ) -> str:
        """What the program prints.

        Args:
            arguments: program and arguments; secrets go into `env` instead.
            cwd: where it runs; the top of the checkout unless said otherwise.
            env: variables on top of the caller's.
            ends_with: exit codes of a program that did its work; linters end with 1 when they find something.

        Raises:
            EnvironmentProblem: `tool_failed`, with the last thing it said.
        """
        process = subprocess.Popen(
            [os.fspath(argument) for argument in arguments],
            cwd=cwd or self._project.root,
            env={**os.environ, **_QUIET, **(env or {})},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,  # so that ending it ends the processes that it started, too
        )
        with self._lock:
            self._running.add(process)
            if self._cancelled:
                _end(process)
        try:
            output, errors = process.communicate()
        finally:
            with self._lock:
                self._running.discard(process)
        # A linter that found something says what; one that ends badly and says nothing is broken.
        if process.returncode not in ends_with or (process.returncode and not output.strip()):
            raise tool_failed(Path(arguments[0]).name, f"exit code {process.returncode}", errors or output)
        return output

    def cancel(self) -> None:
        """End every program that is running, and every one started from now on."""
        with self._lock:
            self._cancelled = True
            for process in self._running:
                _end(process)

    @staticmethod
    def _existing(path: Path, remedy: str) -> Path:
        if not path.exists():
            raise EnvironmentProblem(
                "tool_missing",
                f"The program {path.name} is not installed: {path} does not exist.",
                hint=f"Run `{remedy}` in the checkout.",
            )
        return path


def _end(process: subprocess.Popen[str]) -> None:
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGTERM)


def tool_failed(name: str, what: str, said: str) -> EnvironmentProblem:
    """A tool broke rather than found something."""
    last = next((line.strip() for line in reversed(said.splitlines()) if line.strip()), "it said nothing")
    return EnvironmentProblem(
        "tool_failed",
        f"{name} could not do its work ({what}): {last}",
        hint="Run it by itself to see more, or leave it out with --only.",
    )
