"""The format of the web console's files, by prettier."""

from __future__ import annotations

from pathlib import Path

from carebase.lint.findings import Finding
from carebase.lint.workspace import Workspace

TOOL = "prettier"
_ENDINGS = (".css", ".html", ".js", ".json")


def roots(workspace: Workspace) -> list[Path]:
    """The web console."""
    return [workspace.project.console]


def check(workspace: Workspace) -> list[Finding]:
    """Files that are not formatted as `console/.prettierrc.json` says, or do not parse."""
    files = workspace.files(workspace.project.console, *_ENDINGS)
    if not files:
        return []
    prettier = workspace.tools.node("prettier")
    output = workspace.tools.run([prettier, "--list-different", *files])
    return [
        Finding(
            workspace.relative(name),
            0,
            TOOL,
            "unformatted",
            "The file is not formatted as the others are.",
            hint=f"`npx prettier --write {workspace.relative(name)}` mends it.",
        )
        for name in output.splitlines()
    ]
