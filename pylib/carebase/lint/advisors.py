"""Supabase's advisors (its Splinter lints), run by Supabase's own CLI against the built database."""

from __future__ import annotations

import tempfile
from pathlib import Path
from urllib.parse import quote

import orjson

from carebase.db.connect import connect
from carebase.lint.declarations import Place
from carebase.lint.findings import Finding
from carebase.lint.toolbox import tool_failed
from carebase.lint.workspace import Workspace

TOOL = "advisors"


def roots(workspace: Workspace) -> list[Path]:
    """Everything that the database is built from."""
    return [workspace.project.sql]


def check(workspace: Workspace) -> list[Finding]:
    """Findings of every level: what the advisors call information is a fault in a new schema."""
    url, password = _without_password(workspace.database)
    # A folder of its own: the CLI leaves files behind in the project it runs in.
    with tempfile.TemporaryDirectory(prefix="carebase-advisors-") as folder:
        output = workspace.tools.run(
            [
                *(workspace.tools.node("supabase"), "db", "advisors", "--db-url", url),
                *("--type", "all", "--level", "info", "--fail-on", "none", "--output-format", "json"),
                *("--workdir", folder, "--agent", "no"),
            ],
            env={"PGPASSWORD": password},
            ends_with=(0,),
        )
    try:
        results = orjson.loads(output)["results"]
    except (orjson.JSONDecodeError, KeyError) as error:
        raise tool_failed(TOOL, "no JSON", output) from error
    return [_finding(workspace, result) for result in results]


def _without_password(database: str) -> tuple[str, str]:
    """The URL for the argument list, where others can read it, and the password for the environment.

    The CLI insists on TLS unless told otherwise; a server without it, such as the local one, is told so.
    """
    with connect(database) as conn:
        info, is_encrypted = conn.info, conn.pgconn.ssl_in_use
        where = f"{quote(info.user, safe='')}@{info.host}:{info.port}/{quote(info.dbname, safe='')}"
        return f"postgresql://{where}?sslmode={'require' if is_encrypted else 'disable'}", info.password


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
