"""The Python of the checkout: ruff's rules, ruff's format, mypy."""

from __future__ import annotations

import sys
from pathlib import Path

import orjson

from carebase.lint.findings import Finding
from carebase.lint.workspace import Workspace
from carebase.toolbox import tool_failed

TOOLS = ("ruff", "ruff-format", "mypy")
_FOLDERS = ("pylib", "cli", "edge_jobs", "tests", "benchmarks", "seeds")


def roots(workspace: Workspace) -> list[Path]:
    """Every folder that holds Python."""
    return [folder for name in _FOLDERS if (folder := workspace.project.root / name).is_dir()]


def check(workspace: Workspace) -> list[Finding]:
    """Findings of ruff and mypy, as configured in `pyproject.toml`."""
    if not roots(workspace):
        return []
    places = [path for path in workspace.paths if path.is_dir() or path.suffix == ".py"] or roots(workspace)
    return [*_rules(workspace, places), *_format(workspace, places), *_types(workspace)]


def _rules(workspace: Workspace, places: list[Path]) -> list[Finding]:
    output = workspace.tools.run(
        [workspace.tools.python("ruff"), "check", "--output-format", "json", "--quiet", *places]
    )
    return [
        Finding(
            workspace.relative(fault["filename"]),
            fault["location"]["row"],
            "ruff",
            fault["code"] or "syntax",
            fault["message"],
            hint=(fault.get("fix") or {}).get("message") or "",
        )
        for fault in orjson.loads(output or "[]")
    ]


def _format(workspace: Workspace, places: list[Path]) -> list[Finding]:
    output = workspace.tools.run(
        [workspace.tools.python("ruff"), "format", "--check", "--quiet", "--output-format", "json", *places],
        ends_with=(0, 1, 2),  # 2: it cannot read a file, which ruff's rules and mypy report better
    )
    return [
        Finding(
            workspace.relative(fault["filename"]),
            fault["location"]["row"],
            "ruff-format",
            "unformatted",
            "The file is not formatted as the others are.",
            hint=f"`ruff format {workspace.relative(fault['filename'])}` mends it.",
        )
        for fault in orjson.loads(output or "[]")
    ]


def _types(workspace: Workspace) -> list[Finding]:
    output = workspace.tools.run(
        [sys.executable, "-m", "mypy", "--output", "json", "--no-error-summary"],
        ends_with=(0, 1, 2),  # 2: a file that does not parse
    )
    findings = []
    for line in output.splitlines():
        try:
            fault = orjson.loads(line)
        except orjson.JSONDecodeError as error:
            raise tool_failed("mypy", "no JSON", line) from error
        if fault["severity"] == "error":
            findings.append(
                Finding(
                    workspace.relative(fault["file"]),
                    max(fault["line"], 1),
                    "mypy",
                    fault["code"] or "syntax",
                    fault["message"],
                    hint=fault["hint"] or "",
                )
            )
    return findings
