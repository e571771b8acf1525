"""squawk over the migrations: what would lock, break or lose something on a database that is in use."""

from __future__ import annotations

from pathlib import Path

import orjson

from carebase.lint.findings import Finding
from carebase.lint.workspace import Workspace
from carebase.toolbox import tool_failed

TOOL = "squawk"


def roots(workspace: Workspace) -> list[Path]:
    """Migrations only: a rollback is there to drop what its migration made, which is what squawk warns of."""
    return [workspace.project.migrations]


def check(workspace: Workspace) -> list[Finding]:
    """Findings of migration safety, as configured in `.squawk.toml`."""
    files = workspace.files(workspace.project.migrations, ".sql")
    if not files:
        return []
    output = workspace.tools.run([workspace.tools.python("squawk"), "--reporter", "json", *files])
    try:
        faults = orjson.loads(output)
    except orjson.JSONDecodeError as error:
        raise tool_failed(TOOL, "no JSON", output) from error
    return [
        Finding(
            workspace.relative(fault["file"]),
            fault["line"] + 1,  # squawk counts from 0
            TOOL,
            fault["rule_name"],
            fault["message"],
            hint=fault["help"] or "",
        )
        for fault in faults
    ]
