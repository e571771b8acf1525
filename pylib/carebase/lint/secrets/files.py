"""Which files are looked through: what is staged, or everything that git has or would take."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

from carebase.problems import EnvironmentProblem
from carebase.project import Project

# Written by package managers: names, versions and checksums, thousands of lines of them.
_LOCK_FILES = ("package-lock.json", "requirements.lock")


def staged(project: Project) -> Iterator[tuple[str, bytes]]:
    """Path and content of every file of the coming commit, as it is staged, not as it lies in the folder.

    Raises:
        EnvironmentProblem: git is not installed, or the checkout is not a git repository.
    """
    for name in _names(
        project, "diff", "--cached", "--name-only", "--no-renames", "--diff-filter=ACMT", "-z"
    ):
        yield name, _git(project, "cat-file", "blob", f":0:{name}")


def tracked(project: Project) -> list[Path]:
    """Every file that git has, or would take with `git add --all`."""
    names = _names(project, "ls-files", "--cached", "--others", "--exclude-standard", "-z")
    return [path for name in names if (path := project.root / name).is_file() and not path.is_symlink()]


def _names(project: Project, *command: str) -> list[str]:
    output = _git(project, *command, "--", ".").decode(errors="surrogateescape")
    return sorted({name for name in output.split("\0") if name and Path(name).name not in _LOCK_FILES})


def _git(project: Project, *command: str) -> bytes:
    git = shutil.which("git")
    if git is None:
        raise EnvironmentProblem(
            "git_missing", "git is not installed.", hint="Install it, or name the files to check."
        )
    done = subprocess.run([git, "-C", project.root, *command], capture_output=True, check=False)
    if done.returncode != 0:
        raise EnvironmentProblem(
            "git_failed",
            f"git {command[0]} failed in {project.root}: {done.stderr.decode(errors='replace').strip()}",
            hint="Name the files to check, if this is not a git checkout.",
        )
    return done.stdout
