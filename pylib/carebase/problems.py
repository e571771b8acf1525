"""What goes wrong on an engineer's machine, said so that they know what to do next.

A `Problem` is an expected failure: it has a stable code, a sentence that says what was wrong and where, and
a sentence that says what to do. The CLI prints both and exits with the problem's exit code; a traceback is
kept for bugs.

Exit codes of the CLI: 0 done, 1 a check found something, 2 wrong usage or input, 3 the environment is not
ready (a missing program, a taken port, a stack that is down), 4 the database refused, 130 interrupted.
"""

from __future__ import annotations

EXIT_FOUND = 1
EXIT_USAGE = 2
EXIT_ENVIRONMENT = 3
EXIT_DATABASE = 4


class Problem(Exception):
    """An expected failure, with a stable `code`, a message for people and what to do about it."""

    exit_code = EXIT_USAGE

    def __init__(self, code: str, message: str, *, hint: str = "") -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.hint = hint


class UsageProblem(Problem):
    """The input or the options were wrong; nothing was done."""

    exit_code = EXIT_USAGE


class EnvironmentProblem(Problem):
    """The machine or the local stack is not ready for this."""

    exit_code = EXIT_ENVIRONMENT


class DatabaseProblem(Problem):
    """The database refused what we asked of it."""

    exit_code = EXIT_DATABASE
