"""Faults that believe the caller: the organization from a parameter, the role from the token."""

from __future__ import annotations

from collections.abc import Iterator

from psycopg import sql

from carebase.access.mutants.mutant import Fault, Kind
from carebase.access.mutants.objects import Function
from carebase.access.mutants.schema import Schema
from carebase.access.mutants.text import Body

_ORG = "app.current_org()"
_CHOSEN = "coalesce(p_org_id, app.current_org())"
_PARAMETER = "p_org_id uuid DEFAULT NULL::uuid"
_RLS_ANSWERS = (
    "The function runs as its caller: policies show no row of another organization, whatever it asks for."
)
_CLAIMS = "nullif(current_setting('request.jwt.claims', true), '')::jsonb"
# What a token may claim, under the names that hooks and tutorials use.
_CLAIMED = {
    "open_org": (
        ("org_id", f"({_CLAIMS} ->> 'org_id')::uuid"),
        ("hook", f"({_CLAIMS} -> 'carebase' ->> 'org_id')::uuid"),
        ("app_metadata", f"({_CLAIMS} -> 'app_metadata' ->> 'org_id')::uuid"),
    ),
    "open_roles": (
        ("role", f"array[({_CLAIMS} -> 'app_metadata' ->> 'role')::public.app_role]"),
        (
            "hook",
            f"array(select jsonb_array_elements_text({_CLAIMS} -> 'carebase' -> 'roles'))::public.app_role[]",
        ),
    ),
}
_ASKS = {
    "org_id": f"{_CLAIMS} ? 'org_id'",
    "hook": f"{_CLAIMS} ? 'carebase'",
    "app_metadata": f"{_CLAIMS} -> 'app_metadata' ? 'org_id'",
    "role": f"{_CLAIMS} -> 'app_metadata' ? 'role'",
}


def _trusted_parameter(schema: Schema) -> Iterator[Fault]:
    for function in schema.functions:
        if (
            _ORG not in function.body
            or not _is_replaceable(function)
            or not (function.is_definer or function.schema == "public")
        ):
            continue
        callers = [
            caller
            for caller in schema.callers_of(function)
            if caller.schema == "public" and _is_replaceable(caller)
        ]
        changed = [_with_parameter(function, function.body.replace(_ORG, _CHOSEN))]
        changed += [_with_parameter(caller, _passing_on(caller, function)) for caller in callers]
        yield Fault(
            function.name,
            f"{function.name} works for whatever organization the caller names in p_org_id.",
            "\n".join(changed),
            instead="\n".join(f"{each.definition};" for each in (function, *callers)),
            equivalent="" if function.is_definer else _RLS_ANSWERS,
        )


def _is_replaceable(function: Function) -> bool:
    """Whether it can be made anew with another parameter: nothing but bodies refers to it."""
    return not (
        function.is_depended_on
        or function.is_trigger
        or function.is_variadic
        or "p_org_id" in function.argument_names
    )


def _with_parameter(function: Function, body: str) -> str:
    """The function under one more parameter, with the comment and the grants that it had."""
    arguments = f"{function.arguments}, {_PARAMETER}" if function.arguments else _PARAMETER
    definition = function.with_body(body).replace(f"({function.arguments})", f"({arguments})", 1)
    grantees = ", ".join(role for role in function.grantees if role != "public")
    said = sql.Literal(function.comment).as_string() if function.comment else "null"
    name = function.called
    return "\n".join(
        [
            f"drop function {function.name};",
            f"{definition};",
            f"comment on function {name} is {said};",
            f"revoke all on function {name} from public, anon, authenticated, service_role;",
            *([f"grant execute on function {name} to {grantees};"] if grantees else []),
        ]
    )


def _passing_on(caller: Function, function: Function) -> str:
    """The caller's body, which gives its own p_org_id to `function`."""
    body = caller.body
    for end in reversed(list(Body(body).closing(function.called))):
        is_empty = body[:end].rstrip().endswith("(")
        body = f"{body[:end]}{'' if is_empty else ', '}p_org_id => p_org_id{body[end:]}"
    return body


def _trusted_claim(schema: Schema) -> Iterator[Fault]:
    for function in schema.functions:
        if function.schema != "app" or function.language != "plpgsql":
            continue
        for detail, claimed in _CLAIMED.get(function.bare, ()):
            head, begin, rest = function.body.partition("begin")
            body = f"{head}{begin}\n  if {_ASKS[detail]} then\n    return {claimed};\n  end if;{rest}"
            yield Fault(
                function.name,
                f"{function.name} believes the claim that the token carries ({detail}).",
                function.with_body(body) + ";",
                detail,
                instead=function.definition + ";",
            )


KINDS = (
    Kind(
        "parameter-trusted",
        "A function works for the organization that a parameter names.",
        _trusted_parameter,
    ),
    Kind("claim-trusted", "Organization or role are taken from the token.", _trusted_claim),
)
