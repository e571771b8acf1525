"""Faults in the lists of personas, in policies as in functions: one too many, one too few."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from carebase.access.mutants.kinds.policies import create
from carebase.access.mutants.mutant import Fault, Kind
from carebase.access.mutants.schema import Schema

# As Postgres prints a policy, and as a body is written.
_PRINTED = re.compile(r"(?P<asked>app\.\w+)\(VARIADIC ARRAY\[(?P<list>[^\]]*)\]\)")
_WRITTEN = re.compile(r"(?P<asked>app\.\w+)\((?P<list>\s*'[a-z_]+'(?:\s*,\s*'[a-z_]+')*\s*)\)")
_LITERAL = re.compile(r"'([a-z_]+)'")
# So many of the personas that a list does not name are tried, spread over all of them.
_ADDED = 2
# Asks for the sites that a role was given for; whether one was given throughout, another function answers.
_OF_SITES = "app.my_named_sites"
_NOT_SITED = "Nobody can be given the role for one site."


@dataclass(frozen=True)
class _List:
    """A list of personas in a text: what asks for it, whom it names, and the text with another list."""

    text: str
    start: int
    end: int
    asked: str
    names: list[str]
    template: str

    def having(self, names: list[str]) -> str:
        listed = ", ".join(self.template.format(name) for name in names)
        return f"{self.text[: self.start]}{listed}{self.text[self.end :]}"


def _lists(text: str, pattern: re.Pattern[str], personas: list[str], template: str) -> Iterator[_List]:
    for match in pattern.finditer(text):
        names = _LITERAL.findall(match["list"])
        if names and set(names) <= set(personas):
            yield _List(text, match.start("list"), match.end("list"), match["asked"], names, template)


def _missing(found: _List, personas: list[str], salt: str) -> list[str]:
    """Personas that the list does not name; which ones depends on where the list stands."""
    others = [persona for persona in personas if persona not in found.names]
    start = sum(salt.encode()) % len(others) if others else 0
    step = max(1, len(others) // _ADDED)
    return list(islice(dict.fromkeys((others[start:] + others[:start])[::step]), _ADDED))


def _in_policies(schema: Schema) -> Iterator[tuple[str, str, _List, str, str]]:
    """Target, place, list, head of the statement and the statement as it is, for each list in a policy."""
    for policy in schema.policies:
        both = policy.using is not None and policy.using == policy.check
        clauses = {"using": policy.using, **({} if both else {"with check": policy.check})}
        for clause, expression in clauses.items():
            for number, found in enumerate(
                _lists(expression or "", _PRINTED, schema.personas, "'{}'::public.app_role"), 1
            ):
                head = f"alter policy {policy.name} on {policy.table}"
                statement = f"{head} using (%s) with check (%s);" if both else f"{head} {clause} (%s);"
                yield policy.target, f"{clause} {number}", found, statement, create(policy)


def _changes(found: _List, personas: list[str], salt: str) -> Iterator[tuple[str, str, list[str]]]:
    """`added` or `removed`, whom, and the list then."""
    for name in _missing(found, personas, salt):
        yield "added", name, [*found.names, name]
    for name in found.names if len(found.names) > 1 else ():
        yield "removed", name, [other for other in found.names if other != name]


def _policies(schema: Schema, wanted: str) -> Iterator[Fault]:
    for target, place, found, statement, instead in _in_policies(schema):
        for change, name, names in _changes(found, schema.personas, target):
            if change == wanted:
                yield Fault(
                    target,
                    f"{target} {'lets in' if change == 'added' else 'forgets'} {name}.",
                    statement.replace("%s", found.having(names)),
                    f"{place}-{name}".replace(" ", "-"),
                    instead=instead,
                    equivalent=_NOT_SITED if found.asked == _OF_SITES and name not in schema.sited else "",
                )


def _functions(schema: Schema, wanted: str) -> Iterator[Fault]:
    for function in schema.functions:
        for number, found in enumerate(_lists(function.body, _WRITTEN, schema.personas, "'{}'"), 1):
            for change, name, names in _changes(found, schema.personas, function.name):
                if change == wanted:
                    says = f"{function.name} {'also names' if change == 'added' else 'forgets'} {name}."
                    yield Fault(
                        function.name,
                        says,
                        function.with_body(found.having(names)) + ";",
                        f"{number}-{name}",
                        instead=function.definition + ";",
                    )


def _defaults(schema: Schema) -> Iterator[Fault]:
    """Lists that are a constant of type public.app_role[]: who must use a second factor, say."""
    for function in schema.functions:
        for match in re.finditer(r"'\{([a-z_,]+)\}'(?=::public\.app_role\[\])", function.body):
            names = match[1].split(",")
            for name in names if set(names) <= set(schema.personas) else ():
                rest = ",".join(other for other in names if other != name)
                body = f"{function.body[: match.start(1)]}{rest}{function.body[match.end(1) :]}"
                yield Fault(
                    function.name,
                    f"{function.name} forgets {name}.",
                    function.with_body(body) + ";",
                    name,
                    instead=function.definition + ";",
                )


KINDS = (
    Kind(
        "persona-added", "A policy lets in one persona too many.", lambda schema: _policies(schema, "added")
    ),
    Kind("persona-removed", "A policy forgets a persona.", lambda schema: _policies(schema, "removed")),
    Kind(
        "persona-added-in-function",
        "A function's guard lets in one persona too many.",
        lambda schema: _functions(schema, "added"),
    ),
    Kind(
        "persona-removed-in-function",
        "A function's guard forgets a persona.",
        lambda schema: _functions(schema, "removed"),
    ),
    Kind("persona-removed-from-constant", "A rule for some personas forgets one of them.", _defaults),
)
