"""The one password of the demo's people: this installation's own, never one that the repository knows."""

from __future__ import annotations

import os
import secrets
import tempfile
from contextlib import suppress
from pathlib import Path

from carebase.problems import EnvironmentProblem, UsageProblem
from carebase.project import Project
from carebase.stack import places
from carebase.stack.failures import explain_os_errors

VARIABLE = "CAREBASE_DEMO_PASSWORD"
_FILE = "demo-password"
_SHORTEST = 12
_LONGEST_BYTES = 72  # bcrypt does not look further


def demo_password(project: Project) -> str:
    """The password that all demo people sign in with.

    `CAREBASE_DEMO_PASSWORD` if set, else a random one that is made at first use and kept in the state folder
    of the installation, in a file that only its owner can read.

    Raises:
        UsageProblem: `demo_password_invalid`, the variable or the file holds none that can be used.
        EnvironmentProblem: the file cannot be read or written, by the reason.
    """
    chosen = os.environ.get(VARIABLE)
    if chosen is not None:
        return _checked(chosen, VARIABLE)
    file = project.state / _FILE
    try:
        with explain_os_errors(file):
            if not file.exists():
                places.state_home(project)
                _keep(file, secrets.token_urlsafe(15))
            return _checked(file.read_text(encoding="utf-8", errors="replace").strip(), str(file))
    except OSError as error:
        raise EnvironmentProblem(
            "demo_password_unusable",
            f"The demo's password cannot be kept in {file}: {error.strerror}.",
            hint=f"Move away what is in its place, or set {VARIABLE}.",
        ) from error


def _checked(password: str, source: str) -> str:
    if len(password) < _SHORTEST or len(password.encode()) > _LONGEST_BYTES or "\0" in password:
        raise UsageProblem(
            "demo_password_invalid",
            f"{source} does not hold a password of at least {_SHORTEST} characters and at most"
            f" {_LONGEST_BYTES} bytes.",
            hint="Choose another; or remove it, and one will be made for you.",
        )
    return password


def _keep(file: Path, password: str) -> None:
    """Write the file whole or not at all; of two at once, the first one's stays."""
    descriptor, draft = tempfile.mkstemp(dir=file.parent, prefix=f"{_FILE}-")  # made 0600
    try:
        with open(descriptor, "w", encoding="utf-8") as handle:
            handle.write(f"{password}\n")
        with suppress(FileExistsError):
            os.link(draft, file)
    finally:
        os.unlink(draft)
