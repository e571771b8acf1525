"""Proof by an SMT solver: `pgrls verify` in its five modes, on the policies as they are and on looser ones.

The solver does not decide functions of roles or arrays. So every policy is also proved on a copy that
`carebase.access.proof.loosening` made: it lets at least as much through, so what holds there holds here.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Literal

import orjson

from carebase.access.proof.world import declared_tables
from carebase.db.rooms import Table, load_rooms
from carebase.project import Project
from carebase.toolbox import Toolbox, tool_failed

MODES = ("anon", "cross-tenant", "write", "escalation", "reachability")
# What the request is resolved to, once; to the solver the same as the claims of a token elsewhere.
_IDENTITY = ("app.current_org", "app.my_id")
_CONFIG = '[lint.rules.SEC021]\nidentity_columns = ["org_id", "user_id", "id"]\n'
_WORDS: dict[str, Result] = {"isolated": "proven", "leak": "leak", "unverified": "unverified"}

Result = Literal["proven", "leak", "unverified"]


@dataclass(frozen=True)
class Verdict:
    """What the solver says of one table or function in one mode.

    Args:
        mode: one of MODES.
        subject: table or function, qualified.
        result: proven, leak or unverified.
        reason: why it is so, from the solver or, where there is nothing to decide, from the matrix.
        is_looser: proved on the looser copy, and so for the policy itself.
        probe: what the live probe saw: agree, mismatch, leak_confirmed, skipped, abstained; "" without one.
    """

    mode: str
    subject: str
    result: Result
    reason: str
    is_looser: bool
    probe: str


def solve(url: str, loosened_url: str, project: Project) -> list[Verdict]:
    """Prove both databases in every mode, the looser one also live.

    Args:
        url: a database with the policies as they are.
        loosened_url: a copy of it after `loosen`; the probe makes a role there and rows, and undoes both.
        project: the checkout.

    Raises:
        EnvironmentProblem: `tool_failed`, if pgrls cannot do its work.
    """
    tables = declared_tables(load_rooms(project))
    verdicts = []
    with TemporaryDirectory() as folder:
        pgrls = _Pgrls(project, Path(folder) / "pgrls.toml")
        for mode in MODES:
            probed = {} if mode == "reachability" else pgrls.probe(loosened_url, mode)
            loose = {each["table"]: each for each in pgrls.verify(loosened_url, mode)}
            for each in pgrls.verify(url, mode):
                looser = loose.get(each["table"], each)
                verdicts.append(_combined(mode, each, looser, probed, tables.get(each["table"])))
    return verdicts


@dataclass(frozen=True)
class _Pgrls:
    project: Project
    config: Path

    def verify(self, url: str, mode: str) -> list[dict[str, Any]]:
        return self._run(url, mode)

    def probe(self, url: str, mode: str) -> dict[str, str]:
        return {each["table"]: each["agreement"] for each in self._run(url, mode, "--probe")}

    def _run(self, url: str, mode: str, *more: str) -> list[dict[str, Any]]:
        self.config.write_text(_CONFIG, encoding="utf-8")
        tools = Toolbox(self.project)
        options = [part for name in _IDENTITY for part in ("--auth-function", name)]
        options += ["--schemas", "public,app", "--format", "json", "--config", str(self.config)]
        output = tools.run(
            [tools.python("pgrls"), "verify", "--mode", mode, *options, *more], env={"DATABASE_URL": url}
        )
        try:
            found: list[dict[str, Any]] = orjson.loads(output)["tables"]
        except (orjson.JSONDecodeError, KeyError) as error:
            raise tool_failed("pgrls", "no JSON", output) from error
        return found


def _combined(
    mode: str, strict: dict[str, Any], loose: dict[str, Any], probed: dict[str, str], table: Table | None
) -> Verdict:
    """A leak of the looser copy alone is none; a proof there is one here."""
    result, is_looser, told = _WORDS[strict["verdict"]], False, strict
    if result == "unverified" and loose["verdict"] == "isolated":
        result, is_looser, told = "proven", True, loose
    probe = probed.get(strict["table"], "")
    if probe in ("mismatch", "leak_confirmed"):
        result = "leak"
    reasons = [each["reason"] for each in told["policies"] if each.get("reason")] or [told["note"] or ""]
    reason = "; ".join(dict.fromkeys(reasons))
    if result == "unverified" and table is not None:
        reason = _of_matrix(table) or reason
    return Verdict(mode, strict["table"], result, reason, is_looser, probe)


def _of_matrix(table: Table) -> str:
    if table.belongs_to == "nobody":
        return "it belongs to nobody: there are no tenants to tell apart"
    if table.link is not None:
        return "who knows the person is a subquery, which the solver does not decide: the cells try it"
    return ""
