"""Faults in what a function does: a check, a refusal or a condition left out, a threshold lowered."""

from __future__ import annotations

import re
from collections.abc import Iterator

from carebase.access.mutants.kinds.wording import slug
from carebase.access.mutants.mutant import Fault, Kind
from carebase.access.mutants.objects import Function
from carebase.access.mutants.schema import Schema
from carebase.access.mutants.text import Body

_GUARDS = re.compile(r"require_|refuse_|limit_")
# Codes whose refusal is about who is asking; a wrong input is another matter.
_CODES = re.compile(
    r"'(not_authenticated|permission_denied|feature_disabled|consent_required|mfa_required|session_expired"
    r"|rate_limited|not_found)'"
)
# What a condition is about when access hangs on it.
_ABOUT_ACCESS = re.compile(
    r"\b(org_id|user_id|owner_id|session_id|site_id|subject|current_org|reachable_org|my_\w+|uid|jwt|claims"
    r"|is_active|is_shared|is_enabled\w*|deleted_at|valid_during|ends_at|expires\w*|revoked\w*|accepted\w*"
    r"|last_seen_at|idle_limit|resolved_\w+|aal|needs_mfa|v?_?roles?|role|has_role|\w*_hash|refusal|opened_for"
    r"|p_user_id|p_org_id|has_feature|v_minimum\w*|people)\b"
)
_RLS_ANSWERS = (
    "The function runs as its caller: the table's policies ask for the active organization as well."
)
_MINIMUM = re.compile(r"(\b\w*(?:minimum|at_least|threshold)\w*\s+constant\s+\w+\s*:=\s*)(\d+)")


def _with_body(function: Function, body: str, says: str, detail: str, equivalent: str = "") -> Fault:
    return Fault(
        function.name,
        says,
        function.with_body(body) + ";",
        detail,
        instead=function.definition + ";",
        equivalent=equivalent,
    )


def _numbered(faults: Iterator[Fault]) -> Iterator[Fault]:
    """Tells apart what would have one id: the same words twice in one function."""
    seen: dict[tuple[str, str], int] = {}
    for fault in faults:
        key = fault.target, fault.detail
        seen[key] = seen.get(key, 0) + 1
        again = f"-{seen[key]}" if seen[key] > 1 else ""
        yield Fault(**{**vars(fault), "detail": fault.detail + again})


def _checks(schema: Schema) -> Iterator[Fault]:
    for function in schema.functions:
        for call in Body(function.body).performed():
            if _GUARDS.match(call.name):
                says = f"{function.name} no longer runs its check: {call.text}."
                yield _with_body(function, call.without, says, slug(call.text.removeprefix("perform app.")))


def _refusals(schema: Schema) -> Iterator[Fault]:
    for function in schema.functions:
        for call in Body(function.body).performed():
            code = _CODES.search(call.text)
            if call.name == "raise_error" and code:
                says = f"{function.name} no longer refuses with {code[1]}."
                yield _with_body(function, call.without, says, code[1])


def _calls(schema: Schema) -> Iterator[Fault]:
    for function in schema.functions:
        for call in Body(function.body).performed():
            if not _GUARDS.match(call.name) and call.name not in ("raise_error", "check_input"):
                says = f"{function.name} no longer does: {call.text}."
                yield _with_body(function, call.without, says, call.name)


def _conditions(schema: Schema) -> Iterator[Fault]:
    for function in schema.functions:
        for condition in Body(function.body).conditions():
            if not _ABOUT_ACCESS.search(condition.text):
                continue
            asks_policies = (
                function.schema == "public"
                and not function.is_definer
                and condition.opener in ("where", "on")
                and re.search(r"org_id = .*app\.current_org\(\)", condition.text) is not None
            )
            says = f"{function.name} lost the condition {condition.text}."
            equivalent = _RLS_ANSWERS if asks_policies else ""
            yield _with_body(function, condition.without, says, slug(condition.text), equivalent)


def _thresholds(schema: Schema) -> Iterator[Fault]:
    for function in schema.functions:
        for match in _MINIMUM.finditer(function.body):
            body = f"{function.body[: match.start(2)]}1{function.body[match.end(2) :]}"
            says = f"{function.name} is content with 1 where it should ask for {match[2]}."
            yield _with_body(function, body, says, slug(match[1].split()[0]))


KINDS = (
    Kind("check-removed", "The line that authorizes was left out.", lambda s: _numbered(_checks(s))),
    Kind("refusal-removed", "A refusal was left out.", lambda s: _numbered(_refusals(s))),
    Kind("call-removed", "What must follow from a change was left out.", lambda s: _numbered(_calls(s))),
    Kind(
        "function-condition-dropped",
        "A condition that access hangs on was left out of a function.",
        lambda s: _numbered(_conditions(s)),
    ),
    Kind("threshold-lowered", "Aggregates of fewer people than promised.", _thresholds),
)
