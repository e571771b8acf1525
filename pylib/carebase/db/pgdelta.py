"""Supabase's schema engine, pg-delta: which statements turn one database's schema into another's."""

from __future__ import annotations

import json
import os
import subprocess
import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from psycopg.conninfo import conninfo_to_dict

from carebase.db.catalogue import Item, split_name
from carebase.db.names import API_ROLES, OWNER, PLATFORM_ROLES, PLATFORM_SCHEMAS, POLICY_SCHEMAS
from carebase.problems import EnvironmentProblem, Problem
from carebase.project import Project

_FORMAT = 1
_SECONDS = 300


@dataclass(frozen=True)
class Action:
    """One statement of a plan.

    Attributes:
        sql: the statement, without its semicolon.
        loses_data: whether rows or values are gone for good afterwards.
    """

    sql: str
    loses_data: bool


@dataclass(frozen=True)
class Plan:
    """What has to be done.

    Attributes:
        actions: the statements in order.
        renames: pairs that may be renamings rather than a drop and a new object, as `OLD=NEW`.
    """

    actions: list[Action]
    renames: list[str]


def plan(
    project: Project,
    source: str,
    target: str,
    *,
    rules: Sequence[dict[str, Any]] = (),
    accept_renames: Iterable[str] = (),
) -> Plan:
    """Ask pg-delta for the way from `source` to `target`, without grants (`write.grants` does those).

    Args:
        project: the checkout whose npm packages to use.
        source: URL of the database as it is.
        target: URL of the database as it should be, on the same server.
        rules: filter rules that go before the usual ones.
        accept_renames: `OLD=NEW` in pg-delta's words: renamings that are to be done as such.

    Raises:
        EnvironmentProblem: Node or the npm package is missing.
        Problem: pg-delta failed; its own words are in the message.
    """
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        profile, out = folder / "profile.json", folder / "plan.json"
        profile.write_text(json.dumps(_profile(rules)), encoding="utf-8")
        arguments = ["plan", "--source", _without_password(source), "--desired", _without_password(target)]
        arguments += ["--profile", str(profile), "--renames", "prompt", "--out", str(out)]
        for pair in accept_renames:
            arguments += ["--accept-rename", pair]
        _run(project, arguments, password=str(conninfo_to_dict(source).get("password") or ""))
        said = json.loads(out.read_text(encoding="utf-8"))
    if said["formatVersion"] != _FORMAT:
        raise EnvironmentProblem(
            "pgdelta_version",
            f"pg-delta writes plans of format {said['formatVersion']}, not {_FORMAT}.",
            hint="Run `npm ci`: package-lock.json names the version that fits.",
        )
    actions = [
        Action(
            action["sql"].rstrip().rstrip(";"),
            # What a materialized view holds can be had again.
            action["dataLoss"] == "destructive" and not action["sql"].startswith("DROP MATERIALIZED VIEW"),
        )
        for action in said["actions"]
    ]
    candidates = (c for c in said["renameCandidates"] if c.get("status") == "unambiguous")
    return Plan(actions, [f"{_encode(c['from'])}={_encode(c['to'])}" for c in candidates])


def ignore_rules(items: Iterable[Item]) -> list[dict[str, Any]]:
    """Rules with which pg-delta leaves things alone.

    Args:
        items: constraints, policies, indexes, triggers, rules, views, columns.
    """
    return [{"match": match, "action": "exclude"} for item in items if (match := _match(item))]


def _match(item: Item) -> dict[str, Any] | None:
    name, _, whole = item.identity.rpartition(" on ")
    if name:
        schema, table = split_name(whole)
        return _all(kind=item.kind, schema=schema, table=table, name=split_name(name)[0])
    parts = split_name(item.identity)
    if item.kind == "column":
        return _all(kind=["default", "column"], schema=parts[0], table=parts[1], name=parts[2])
    if item.kind in {"index", "relation"}:
        kinds = ["index"] if item.kind == "index" else ["view", "materializedView"]
        return _all(kind=kinds, schema=parts[0], name=parts[1])
    return None


def _all(*, table: str | None = None, **wanted: str | list[str]) -> dict[str, Any]:
    found: list[dict[str, Any]] = [{key: value} for key, value in wanted.items()]
    if table is not None:
        found.append({"idField": {"field": "table", "glob": table}})
    return {"all": found}


def _encode(identity: dict[str, str]) -> str:
    """A table or column in pg-delta's notation."""
    return f"{identity['kind']}:" + ".".join(v for k, v in identity.items() if k != "kind")


def _profile(rules: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """What pg-delta is to see: ours, that is everything but the platform; no grants, no roles."""
    platform = list(PLATFORM_SCHEMAS)
    ours_on_platform_tables = [
        {
            "all": [
                {"kind": "trigger"},
                {"schema": platform},
                {"not": {"edgeTo": {"kind": "function", "schema": platform}}},
            ]
        },
        {"all": [{"kind": "policy"}, {"schema": list(POLICY_SCHEMAS)}]},
        {"all": [{"kind": "comment"}, {"target": {"kind": "policy", "schema": list(POLICY_SCHEMAS)}}]},
    ]
    excluded: list[dict[str, Any]] = [
        {"kind": ["acl", "defaultPrivilege", "role", "membership", "securityLabel"]},
        # The comment of an extension comes with it, and belongs to its owner, who may be the platform.
        {"all": [{"kind": "comment"}, {"target": {"kind": "extension"}}]},
        {"all": [{"kind": "schema"}, {"name": platform}]},
        {"all": [{"kind": "comment"}, {"target": {"schema": platform}}]},
        {"schema": platform},
        {"owner": list(PLATFORM_ROLES)},
    ]
    filters = [
        *rules,
        *({"match": match, "action": "include"} for match in ours_on_platform_tables),
        {"match": {"all": [{"kind": "extension"}, {"verb": ["add", "remove"]}]}, "action": "include"},
        *({"match": match, "action": "exclude"} for match in excluded),
    ]
    return {
        "id": "carebase",
        "handlers": [],
        "policy": {
            "id": "carebase",
            "assumedRoles": [OWNER, *API_ROLES, *PLATFORM_ROLES],
            "assumedSchemas": platform,
            "assumedPublications": ["supabase_realtime"],
            "defaultOwner": OWNER,
            "filter": filters,
        },
    }


def _run(project: Project, arguments: list[str], *, password: str) -> None:
    program = project.node_modules / ".bin" / "pgdelta"
    if not program.exists():
        raise EnvironmentProblem(
            "npm_packages_missing",
            f"pg-delta is not installed in {project.node_modules}.",
            hint="Run `npm ci`.",
        )
    try:
        done = subprocess.run(
            [str(program), *arguments],
            env={**os.environ, "PGPASSWORD": password},  # argument lists are public, the environment is not
            capture_output=True,
            text=True,
            timeout=_SECONDS,
            check=False,
        )
    except FileNotFoundError as error:
        raise EnvironmentProblem(
            "node_missing", "Node is not installed.", hint="Install Node 20 or newer."
        ) from error
    except subprocess.TimeoutExpired as error:
        raise Problem("pgdelta_failed", f"pg-delta did not finish within {_SECONDS} seconds.") from error
    if done.returncode != 0:
        said = [
            line
            for line in done.stderr.splitlines()
            if line and "WARNING" not in line and "Extracting" not in line
        ]
        raise Problem(
            "pgdelta_failed",
            f"pg-delta found no way: {' '.join(said)[-2000:]}",
            hint="Write this migration by hand: `carebase db new NAME`.",
        )


def _without_password(url: str) -> str:
    parts = conninfo_to_dict(url)
    return f"postgresql://{parts['user']}@{parts['host']}:{parts['port']}/{parts['dbname']}"
