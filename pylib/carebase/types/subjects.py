"""The methods of subjects: functions by the names that callers use, page by page where there are pages."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from carebase.problems import UsageProblem
from carebase.types.names import class_name, field_name
from carebase.types.plan import Call, Field, Module
from carebase.types.subject_docstrings import method_docstring

_CURSOR = re.compile(r"p_(before|after)(_[a-z_]+)?")
_KEY = "p_request_key"
# What `carebase.client.shapes` has for documents that the database takes as JSON, and what writes them.
SHAPES = (
    "Answer",
    "BodyMark",
    "ContactDetails",
    "ContractChanges",
    "EnquiryPerson",
    "PersonInvolved",
    "PlanChanges",
    "PlanContent",
    "ShiftChanges",
    "TaskChanges",
    "TemplateChanges",
    "jsonable",
)


@dataclass(frozen=True)
class Parameter:
    """One parameter of a method: what a caller writes, and what is sent for it."""

    name: str
    expression: str
    default: str
    argument: str
    sent: str


@dataclass(frozen=True)
class Method:
    """One method of a subject. `key` is the column that pages go by; "" where there are none."""

    name: str
    room: str
    constant: str
    parameters: tuple[Parameter, ...]
    positional: Parameter | None
    returns: str
    docstring: str
    cursor: str = ""
    key: str = ""


@dataclass(frozen=True)
class Subject:
    """What is generated of a subject."""

    name: str
    methods: tuple[Method, ...]

    @property
    def class_name(self) -> str:
        """Of the class that the subject written by hand is made from."""
        return f"Async{class_name(self.name)}Calls"

    @property
    def rooms(self) -> list[str]:
        """The rooms whose functions it calls."""
        return sorted({method.room for method in self.methods})

    @property
    def expressions(self) -> Iterator[str]:
        """Every annotation in it."""
        for method in self.methods:
            yield method.returns
            yield from (one.expression for one in _all(method))


def plan_subjects(file: Path, modules: Iterable[Module]) -> list[Subject]:
    """The subjects that a file names.

    Args:
        file: `subjects.toml`.
        modules: what the database has.

    Raises:
        UsageProblem: `types_subject_unknown`: it names a function, parameter or column that is not there.
    """
    known = {call.function: (module, call) for module in modules for call in module.calls}
    declared = tomllib.loads(file.read_text(encoding="utf-8"))
    return [
        Subject(name, tuple(_method(f"{name}.{method}", how, known) for method, how in methods.items()))
        for name, methods in declared.items()
    ]


def _method(place: str, how: Any, known: dict[str, tuple[Module, Call]]) -> Method:
    how = {"calls": how} if isinstance(how, str) else how
    if how["calls"] not in known:
        raise _unknown(place, f"the function {how['calls']}")
    module, call = known[how["calls"]]
    fields, shapes = list(call.arguments.fields), how.get("shapes", {})
    names = {one.alias or one.name for one in fields}
    for name, shape in shapes.items():
        if name not in names:
            raise _unknown(place, f"the parameter {name}")
        if not set(re.findall(r"\w+", shape)) & set(SHAPES):
            raise _unknown(place, f"the shape {shape}")
    cursor, returns = "", call.returns
    if "key" in how:
        cursor = next((name for name in names if _CURSOR.fullmatch(name)), "")
        if not cursor or "p_limit" not in names:
            raise _unknown(place, f"pages of {call.function}")
        fields = [one for one in fields if one.name not in (cursor, "p_limit")]
        returns = re.sub(r"^list\[(.+)\]$", r"Page[\1]", returns)
    parameters = [_parameter(one, shapes.get(one.name)) for one in fields]
    return Method(
        name=field_name(place.partition(".")[2]),
        room=module.room,
        constant=call.constant,
        parameters=tuple(parameters[1:] if _is_subject(fields) else parameters),
        positional=parameters[0] if _is_subject(fields) else None,
        returns=re.sub(r"\blist\[", "builtins.list[", returns),
        docstring=method_docstring(call, how.get("example", ""), is_paged="key" in how),
        cursor=cursor,
        key=how.get("key", ""),
    )


def _is_subject(fields: list[Field]) -> bool:
    """Whether the first parameter is what it is all about, and need not be named."""
    return bool(fields) and not fields[0].has_default and bool(re.search(r"_ids?$", fields[0].name))


def _parameter(field: Field, shape: str | None) -> Parameter:
    name = field_name(field.name.removeprefix("p_"))
    expression = re.sub(r"^Decimal\b", "Decimal | float", shape or field.expression)
    expression = re.sub(r"\blist\[", "Sequence[", expression)
    default, sent = (" = OMITTED" if field.has_default else ""), name
    if field.name == _KEY:
        expression, default, sent = "UUID | None", " = None", f"{name} or uuid4()"
    elif shape:
        sent = f"jsonable({name})"
    return Parameter(name, expression, default, field.name, sent)


def _all(method: Method) -> tuple[Parameter, ...]:
    return (*((method.positional,) if method.positional else ()), *method.parameters)


def _unknown(place: str, what: str) -> UsageProblem:
    return UsageProblem(
        "types_subject_unknown",
        f"subjects.toml: {place}: there is no such thing as {what}.",
        hint="Name what sql/ declares, or take the line out.",
    )
