"""Whatever a frontend of a care home may call has a typed method of some subject that calls as it says."""

from __future__ import annotations

import ast
import inspect
import re
from collections.abc import Iterator
from functools import cached_property
from typing import Any, get_type_hints

import pytest
from pydantic import TypeAdapter, ValidationError

from carebase import AsyncCarebase, Carebase
from carebase.client.asynchronous.collection import AsyncLines
from carebase.client.asynchronous.services import AsyncSubject, AsyncSubjects
from carebase.client.function import Function
from carebase.client.functions import care, documents, residency
from carebase.client.synchronous.services import Subjects

# What has no method of a subject, and why. Everything else of the three rooms has one.
LEFT_OUT: dict[str, str] = {}


def subjects() -> dict[str, AsyncSubject | AsyncLines[Any]]:
    """Every subject of a client that has gone nowhere yet."""
    client = AsyncCarebase("http://127.0.0.1:1", "sb_publishable_test")
    names = [name for name, value in vars(AsyncSubjects).items() if isinstance(value, cached_property)]
    return {name: getattr(client, name) for name in names}


SUBJECTS = subjects()
ROOMS = (care, documents, residency)
FUNCTIONS = {
    name: value for room in ROOMS for name, value in vars(room).items() if isinstance(value, Function)
}


def methods(subject: object) -> Iterator[tuple[str, Any]]:
    for name, method in inspect.getmembers(type(subject), inspect.isfunction):
        if not name.startswith("_"):
            yield name, method


def collections(subject: object) -> Iterator[tuple[str, AsyncLines[Any]]]:
    yield from ((name, value) for name, value in vars(subject).items() if isinstance(value, AsyncLines))


def test_every_function_for_frontends_has_a_method() -> None:
    reached = set()
    for subject in SUBJECTS.values():
        for _, method in methods(subject):
            reached |= set(method.__code__.co_names) & FUNCTIONS.keys()
        for _, collection in collections(subject):
            archive = getattr(collection, "_archive", None)
            reached |= {archive.name.upper()} if archive else set()
    assert len(FUNCTIONS) > 150
    missing = {FUNCTIONS[name].name for name in FUNCTIONS.keys() - reached}
    assert missing == LEFT_OUT.keys(), "a line of subjects.toml, or a reason in LEFT_OUT, is missing"


def test_every_relation_is_named_once() -> None:
    """A collection beside the methods is of one relation, and no relation has two of them."""
    models = [rows._model.relation_name for subject in SUBJECTS.values() for _, rows in collections(subject)]
    assert len(models) == len(set(models))
    assert len(models) > 50


@pytest.mark.parametrize("name", sorted(SUBJECTS))
def test_a_method_takes_what_its_function_takes(name: str) -> None:
    """Found by its name in the code, so that a method cannot be given another function's parameters."""
    for method_name, method in methods(SUBJECTS[name]):
        called = set(method.__code__.co_names) & FUNCTIONS.keys()
        if not called or ".calls." not in method.__module__:
            continue
        [constant] = called
        asked = set(FUNCTIONS[constant]._arguments.model_fields)
        taken = {parameter.rstrip("_") for parameter in inspect.signature(method).parameters} - {"self"}
        if "after" in taken:
            cursor = next(one for one in asked if re.fullmatch(r"p_(before|after)\w*", one))
            asked = (asked - {cursor}) | {"p_after"}
        assert {f"p_{one}" for one in taken} == asked, f"{name}.{method_name}"


@pytest.mark.parametrize("name", sorted(SUBJECTS))
def test_every_method_is_typed_and_says_what_it_does(name: str) -> None:
    for method_name, method in methods(SUBJECTS[name]):
        where = f"{name}.{method_name}"
        hints = get_type_hints(method)
        parameters = set(inspect.signature(method).parameters) - {"self", "values"}
        assert parameters | {"return"} <= hints.keys(), where
        assert method.__doc__, where
        assert not re.search(r"\bp_[a-z]", method.__doc__), where
        if type(SUBJECTS[name]).__module__ == method.__module__ or ".calls." in method.__module__:
            assert not {Any, dict} & set(hints.values()), where


@pytest.mark.parametrize("name", sorted(SUBJECTS))
def test_the_examples_are_calls_that_there_are(name: str) -> None:
    """Names of subjects, methods and parameters, and the words that are given to them."""
    texts = [inspect.getdoc(type(SUBJECTS[name])) or ""]
    texts += [method.__doc__ or "" for _, method in methods(SUBJECTS[name])]
    for text in texts:
        lines = re.findall(r"^\s*(?:>>>|\.\.\.) ?(.*)$", text, re.M)
        code = "\n".join(lines)
        tree = ast.parse(code, mode="exec", type_comments=False) if "await" not in code else _parsed(code)
        for call in (node for node in ast.walk(tree) if isinstance(node, ast.Call)):
            path = ast.unparse(call.func).split(".")
            if path[0] == "carebase":
                _check(call, path[1:])


def _parsed(code: str) -> ast.AST:
    indented = "\n".join(f"    {line}" for line in code.splitlines())
    return ast.parse(f"async def example():\n{indented}")


def _check(call: ast.Call, path: list[str]) -> None:
    target: Any = SUBJECTS[path[0]]
    for part in path[1:]:
        target = getattr(target, part)
    signature, hints = inspect.signature(target), get_type_hints(target)
    given = {word.arg: word.value for word in call.keywords if word.arg}
    bound = signature.bind(*call.args, **given)
    for word, value in bound.arguments.items():
        if isinstance(value, ast.Constant) and word in hints:
            try:
                TypeAdapter(hints[word]).validate_python(value.value)
            except ValidationError as error:
                raise AssertionError(f"{'.'.join(path)}: {word}={value.value!r}") from error


def test_both_clients_have_the_same_subjects() -> None:
    client = Carebase("http://127.0.0.1:1", "sb_publishable_test")
    for name, subject in SUBJECTS.items():
        twin = getattr(client, name)
        assert {one for one, _ in methods(subject)} == {one for one, _ in methods(twin)}
        assert vars(subject).keys() == vars(twin).keys()
    assert {one for one in vars(Subjects) if one in SUBJECTS} == SUBJECTS.keys()
