"""The generated Python: models, functions, and the asynchronous client, by room."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

import jinja2

from carebase.types.catalogue import Catalogue
from carebase.types.docstrings import docstring
from carebase.types.names import class_name
from carebase.types.plan import Field, Module, imports, plan_modules
from carebase.types.registry import Registry
from carebase.types.subjects import SHAPES, Subject, plan_subjects
from carebase.types.whereabouts import Whereabouts

LIBRARY = PurePosixPath("pylib/carebase")
MODELS = LIBRARY / "models"
FUNCTIONS = LIBRARY / "client" / "functions"
ASYNCHRONOUS = LIBRARY / "client" / "asynchronous"
SUBJECT_CALLS = ASYNCHRONOUS / "services" / "calls"


def python_files(
    catalogue: Catalogue, whereabouts: Whereabouts, registry: Registry, *, subjects: Path | None = None
) -> dict[PurePosixPath, str]:
    """Source text by path below the checkout, not yet formatted.

    Args:
        subjects: `subjects.toml`, where the client has subjects beside its functions.

    Raises:
        UsageProblem: `types_ambiguous`: two objects would have the same name in Python;
            `types_subject_unknown`: a subject names what is not there.
    """
    modules = plan_modules(catalogue, whereabouts, registry)
    files = dict(_files(modules, "AsyncSubjects" if subjects else "AsyncSession"))
    return files | dict(_subject_files(plan_subjects(subjects, modules), modules)) if subjects else files


def _subject_files(subjects: list[Subject], modules: list[Module]) -> Iterator[tuple[PurePosixPath, str]]:
    template = _environment().get_template("subject.py.j2")
    for subject in subjects:
        of_models = imports(None, modules, subject.expressions)
        yield (
            SUBJECT_CALLS / f"{subject.name}.py",
            template.render(subject=subject, imports=of_models, shapes=SHAPES),
        )
    yield SUBJECT_CALLS / "__init__.py", '"""The functions of the API as methods, by subject."""\n'


def _files(modules: list[Module], base: str) -> Iterator[tuple[PurePosixPath, str]]:
    environment = _environment()
    mixins = []
    for module in modules:
        of_models = imports(module, modules, module.expressions)
        yield (
            MODELS / f"{module.room}.py",
            environment.get_template("models.py.j2").render(module=module, imports=of_models),
        )
        if not module.calls:
            continue
        results = [call.returns for call in module.calls]
        of_functions = imports(None, modules, [*results, *(call.arguments.name for call in module.calls)])
        parameters = [field.expression for call in module.calls for field in call.arguments.fields]
        of_calls = imports(None, modules, [*results, *parameters])
        mixin = f"Async{class_name(module.room)}Calls"
        mixins.append((module, mixin))
        yield (
            FUNCTIONS / f"{module.room}.py",
            environment.get_template("functions.py.j2").render(module=module, imports=of_functions),
        )
        yield (
            ASYNCHRONOUS / "calls" / f"{module.room}.py",
            environment.get_template("calls.py.j2").render(module=module, imports=of_calls, class_name=mixin),
        )
    yield MODELS / "__init__.py", environment.get_template("models_init.py.j2").render(modules=modules)
    yield FUNCTIONS / "__init__.py", '"""The functions of the API, by room."""\n'
    yield ASYNCHRONOUS / "calls" / "__init__.py", '"""The functions of the API as methods, by room."""\n'
    yield (
        ASYNCHRONOUS / "carebase.py",
        environment.get_template("client.py.j2").render(mixins=mixins, base=base),
    )


def _environment() -> jinja2.Environment:
    environment = jinja2.Environment(
        loader=jinja2.PackageLoader("carebase.types"),
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        autoescape=False,  # noqa: S701  Python, not HTML
    )
    environment.filters["docstring"] = docstring
    environment.filters["accepted"] = _accepted
    environment.filters["default_value"] = _default_value
    return environment


def _accepted(expression: str) -> str:
    """What a parameter takes: whatever its model makes the right type of without loss."""
    return re.sub(r"^Decimal\b", "Decimal | float", expression)


def _default_value(field: Field) -> str:
    """What stands after the annotation of a field."""
    options = []
    if field.has_default:
        options.append("default=OMITTED")
    if field.alias is not None:
        options.append(f"alias={json.dumps(field.alias)}")
    if field.is_protected:
        options.append("repr=False")
    if options == ["default=OMITTED"]:
        return " = OMITTED"
    return f" = Field({', '.join(options)})" if options else ""
