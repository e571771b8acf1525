"""The check for secrets and health data: of the whole checkout for the linter, of one commit for the hook."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from carebase.lint.exceptions import load_exceptions, sift
from carebase.lint.findings import Finding
from carebase.lint.secrets import files
from carebase.lint.secrets.scan import TOOL, scan_bytes
from carebase.lint.workspace import Workspace
from carebase.problems import UsageProblem
from carebase.project import Project

__all__ = ["TOOL", "check", "check_commit", "roots"]


def roots(workspace: Workspace) -> list[Path]:
    """Everything."""
    return [workspace.project.root]


def check(workspace: Workspace) -> list[Finding]:
    """Findings in every file that git has or would take; in every file at all where there is no git."""
    project = workspace.project
    under_git = (project.root / ".git").exists()
    return [
        finding
        for path in (files.tracked(project) if under_git else workspace.files(project.root, ""))
        for finding in scan_bytes(path.read_bytes(), workspace.relative(path))
    ]


def check_commit(
    project: Project, paths: Sequence[Path] = (), *, looked: Callable[[str], None] | None = None
) -> list[Finding]:
    """Findings in the coming commit.

    Args:
        project: the checkout.
        paths: check these files and folders instead of what is staged.
        looked: told the name of each file that has been looked through.

    Raises:
        UsageProblem: a path does not exist.
        EnvironmentProblem: there is no git to say what is staged.
    """
    contents = _read(project, paths) if paths else files.staged(project)
    findings = []
    for name, content in contents:
        findings += scan_bytes(content, name)
        if looked:
            looked(name)
    return sift(findings, load_exceptions(project), judged=()).findings


def _read(project: Project, paths: Sequence[Path]) -> Iterable[tuple[str, bytes]]:
    for path in paths:
        resolved = path.resolve()
        if not resolved.exists():
            raise UsageProblem("path_not_found", f"There is no file or folder {path}.")
        inside = resolved.is_relative_to(project.root)
        for file in sorted(resolved.rglob("*")) if resolved.is_dir() else [resolved]:
            if file.is_file() and not file.is_symlink() and ".git" not in file.parts:
                yield file.relative_to(project.root).as_posix() if inside else str(file), file.read_bytes()
