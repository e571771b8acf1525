"""pgrls: the linter of row level security, run against the built database."""

from __future__ import annotations

from pathlib import Path

import orjson

from carebase.db.declarations import Place
from carebase.lint import definers
from carebase.lint.findings import Finding
from carebase.lint.workspace import Workspace
from carebase.toolbox import tool_failed

TOOL = "pgrls"
# Its rule against SECURITY DEFINER: a reason where the function is declared answers it.
_DEFINER = "SEC014"
_HINTS = {_DEFINER: f'Say why in the comment above it: "{definers.REASON} …", and how it authorizes.'}


def roots(workspace: Workspace) -> list[Path]:
    """Everything that the database is built from."""
    return [workspace.project.sql]


def check(workspace: Workspace) -> list[Finding]:
    """Findings of every severity, but for definers whose reason is said."""
    output = workspace.tools.run(
        [workspace.tools.python("pgrls"), "lint", "--schemas", "public,app", "--format", "json"],
        env={"DATABASE_URL": workspace.database},
    )
    try:
        faults = orjson.loads(output)["violations"]
    except (orjson.JSONDecodeError, KeyError) as error:
        raise tool_failed(TOOL, "no JSON", output) from error
    findings = []
    reasoned = definers.reasoned(workspace.declarations)
    for fault in faults:
        subject = fault["location"] or ""
        if fault["rule_id"] == _DEFINER and subject in reasoned:
            continue
        # "schema.table (index)" or "schema.table.part"; a role where it is about the whole server.
        place = workspace.declarations.find(*subject.split(" (")[0].split(".")) or Place("sql", 0, "")
        first_sentence = fault["message"].split(". ")[0].rstrip(".")
        findings.append(
            Finding(
                place.file,
                place.line,
                TOOL,
                fault["rule_id"],
                f"{fault['title']}: {first_sentence}.",
                hint=_HINTS.get(fault["rule_id"], f"`pgrls explain {fault['rule_id']}` says more."),
                subject=subject,
            )
        )
    return findings
