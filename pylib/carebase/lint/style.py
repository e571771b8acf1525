"""sqlfluff over the declared SQL, the platform files and the templates that access is compiled with."""

from __future__ import annotations

import sys
from pathlib import Path

import orjson

from carebase.lint.findings import Finding
from carebase.lint.workspace import Workspace
from carebase.toolbox import tool_failed

TOOL = "sqlfluff"
_TEMPLATES = "pylib/carebase/access/templates"


def roots(workspace: Workspace) -> list[Path]:
    """Where SQL is written by hand. Migrations are not: they are generated from `sql/`, which is."""
    project = workspace.project
    return [project.sql, project.platform, project.root / _TEMPLATES]


def check(workspace: Workspace) -> list[Finding]:
    """Findings of style and layout, as configured in `.sqlfluff`."""
    project = workspace.project
    plain = [*workspace.files(project.sql, ".sql"), *workspace.files(project.platform, ".sql")]
    templates = workspace.files(project.root / _TEMPLATES, ".sql.j2")
    return [*_lint(workspace, plain, "raw"), *_lint(workspace, templates, "jinja")]


def _lint(workspace: Workspace, files: list[Path], templater: str) -> list[Finding]:
    if not files:
        return []
    output = workspace.tools.run(
        [
            *(sys.executable, "-m", "sqlfluff", "lint", "--format", "json", "--disable-progress-bar"),
            *("--templater", templater),
            *(path.relative_to(workspace.project.root) for path in files),
        ]
    )
    try:
        reports = orjson.loads(output)
    except orjson.JSONDecodeError as error:
        raise tool_failed(TOOL, "no JSON", output) from error
    return [
        Finding(
            workspace.relative(report["filepath"]),
            fault["start_line_no"],
            TOOL,
            fault["code"],
            fault["description"],
            hint="`sqlfluff fix` mends it." if fault.get("fixes") else "",
        )
        for report in reports
        for fault in report["violations"]
    ]
