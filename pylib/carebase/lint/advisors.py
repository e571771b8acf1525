"""Supabase's advisors (its Splinter lints), run by Supabase's own CLI against the built database."""

from __future__ import annotations

from pathlib import Path

import orjson

from carebase import supabase_cli
from carebase.db.declarations import Place
from carebase.lint.findings import Finding
from carebase.lint.workspace import Workspace
from carebase.toolbox import tool_failed

TOOL = "advisors"


def roots(workspace: Workspace) -> list[Path]:
    """Everything that the database is built from."""
    return [workspace.project.sql]


def check(workspace: Workspace) -> list[Finding]:
    """Findings of every level: what the advisors call information is a fault in a new schema."""
    output = supabase_cli.ask(
        workspace.tools,
        workspace.database,
        *("db", "advisors", "--type", "all", "--level", "info"),
        *("--fail-on", "none", "--output-format", "json"),
    )
    try:
        results = orjson.loads(output)["results"]
    except (orjson.JSONDecodeError, KeyError) as error:
        raise tool_failed(TOOL, "no JSON", output) from error
    return [_finding(workspace, result) for result in results]


def _finding(workspace: Workspace, result: dict[str, object]) -> Finding:
    metadata = result.get("metadata")
    about = metadata if isinstance(metadata, dict) else {}
    names = [str(about[key]) for key in ("schema", "name") if about.get(key)]
    place = workspace.declarations.find(*names) or Place("sql", 0, "")
    return Finding(
        place.file,
        place.line,
        TOOL,
        str(result["name"]),
        str(result["detail"]).rstrip(".") + ".",
        hint=str(result.get("remediation") or ""),
        subject=".".join(names),
    )
