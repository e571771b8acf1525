"""Faults in how a function is declared: with whose rights, for whom, how it is planned."""

from __future__ import annotations

from collections.abc import Iterator

from carebase.access.mutants.mutant import Fault, Kind
from carebase.access.mutants.objects import Function
from carebase.access.mutants.schema import Schema

_OWN_RIGHTS = "It runs with the rights of its caller, and app is no part of the API: nothing new can be done."


def _altered(
    schema: Schema, functions: list[Function], change: str, says: str, **more: str
) -> Iterator[Fault]:
    for function in functions:
        yield Fault(
            function.name,
            says.format(function.name),
            f"alter function {function.name} {change};",
            instead=function.definition + ";",
            **more,  # type: ignore[arg-type]  # strings, whichever they are
        )


def _definer_path(schema: Schema) -> Iterator[Fault]:
    found = [function for function in schema.functions if function.is_definer and function.has_search_path]
    says = "{} runs with its owner's rights and its caller's search_path."
    return _altered(schema, found, "reset search_path", says)


def _path(schema: Schema) -> Iterator[Fault]:
    found = [
        function for function in schema.functions if not function.is_definer and function.has_search_path
    ]
    return _altered(schema, found, "reset search_path", "{} takes its caller's search_path.")


def _definer(schema: Schema) -> Iterator[Fault]:
    found = [function for function in schema.functions if not function.is_definer]
    return _altered(schema, found, "security definer", "{} runs with its owner's rights.")


def _granted(schema: Schema, role: str, says: str) -> Iterator[Fault]:
    for function in schema.functions:
        if role not in function.grantees:
            statement = f"grant execute on function {function.name} to {role};"
            yield Fault(function.name, f"{says} may call {function.name}.", statement)


def _private(schema: Schema) -> Iterator[Fault]:
    for function in schema.functions:
        if function.schema == "app" and "authenticated" not in function.grantees:
            statement = f"grant execute on function {function.name} to authenticated;"
            yield Fault(
                function.name,
                f"Callers are granted {function.name}, which is for other functions only.",
                statement,
                equivalent="" if function.is_definer else _OWN_RIGHTS,
            )


def _immutable(schema: Schema) -> Iterator[Fault]:
    found = [
        function for function in schema.functions if function.is_in_policy and function.volatility != "i"
    ]
    says = "{} is declared immutable: a plan that is kept gives the next caller the last one's answer."
    return _altered(schema, found, "immutable", says)


def _volatile(schema: Schema) -> Iterator[Fault]:
    found = [
        function for function in schema.functions if function.is_in_policy and function.volatility == "s"
    ]
    return _altered(schema, found, "volatile", "{} is declared volatile.")


def _leakproof(schema: Schema) -> Iterator[Fault]:
    """Only of functions that callers may use on a row: Postgres then runs them before the policies."""
    for function in schema.functions:
        if function.arguments and not function.is_trigger and "authenticated" in function.grantees:
            yield Fault(
                function.name,
                f"{function.name} is declared leakproof: it may be run on rows that the caller may not see.",
                f"alter function {function.name} leakproof;",
                instead=function.definition + ";",
                as_superuser=True,
            )


KINDS = (
    Kind("definer-search-path", "A SECURITY DEFINER function takes its caller's search_path.", _definer_path),
    Kind("function-search-path", "A function takes its caller's search_path.", _path),
    Kind("function-to-definer", "A function runs with its owner's rights instead of the caller's.", _definer),
    Kind(
        "function-to-public",
        "PUBLIC may execute a function.",
        lambda schema: _granted(schema, "public", "Everybody"),
    ),
    Kind(
        "function-to-anon",
        "Who is not signed in may execute a function.",
        lambda schema: _granted(schema, "anon", "Whoever is not signed in"),
    ),
    Kind("function-private-granted", "A function for other functions is granted to callers.", _private),
    Kind("policy-function-immutable", "A function that policies ask is declared immutable.", _immutable),
    Kind("policy-function-volatile", "A function that policies ask is declared volatile.", _volatile),
    Kind(
        "function-leakproof", "A function is declared leakproof and so runs before the policies.", _leakproof
    ),
)
