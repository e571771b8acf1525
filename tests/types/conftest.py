"""A database with one of everything, and a checkout of its own to generate into."""

from __future__ import annotations

import importlib.util
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import psycopg
import pytest

from carebase.project import Project
from carebase.stack.server import PostgresServer
from carebase.types import generate
from carebase.types.generate import GENERATED
from tests.conftest import cloned

HERE = Path(__file__).parent


@pytest.fixture(scope="module")
def everything(server: PostgresServer) -> Iterator[str]:
    """URL of a database that holds fixture.sql."""
    with cloned(server, "platform") as name:
        with psycopg.connect(server.url(name, "postgres")) as conn:
            conn.execute((HERE / "fixture.sql").read_bytes())
        yield server.url(name, "postgres")


@pytest.fixture(scope="module")
def checkout(project: Project, tmp_path_factory: pytest.TempPathFactory) -> Project:
    """A checkout with no rooms and nothing generated."""
    root = tmp_path_factory.mktemp("a check out")
    shutil.copytree(project.root / "pylib", root / "pylib", ignore=shutil.ignore_patterns("__pycache__"))
    for path in GENERATED:
        shutil.rmtree(root / path) if (root / path).is_dir() else (root / path).unlink(missing_ok=True)
    # What is written for this house's own tables.
    for name in ("asynchronous/services", "synchronous/services", "shapes"):
        shutil.rmtree(root / "pylib/carebase/client" / name, ignore_errors=True)
    shutil.copy(project.root / "pyproject.toml", root)
    (root / "sql").mkdir()
    (root / "supabase").mkdir()
    shutil.copy(project.supabase / "config.toml", root / "supabase")
    (root / "node_modules").symlink_to(project.node_modules)
    return Project(root)


@pytest.fixture(scope="module")
def generated(checkout: Project, everything: str) -> Project:
    """The checkout after `carebase types` on the database with one of everything."""
    assert generate(checkout, everything)
    return checkout


@pytest.fixture(scope="module")
def models(generated: Project) -> Iterator[ModuleType]:
    """The generated models, as the generated functions import them."""
    yield from _loaded(generated, "models")


@pytest.fixture(scope="module")
def functions(generated: Project, models: ModuleType) -> Iterator[ModuleType]:
    """The generated functions."""
    yield from _loaded(generated, "client.functions")


def _loaded(generated: Project, package: str) -> Iterator[ModuleType]:
    name = f"carebase.{package}.other"
    file = generated.root / "pylib" / f"{name.replace('.', '/')}.py"
    specification = importlib.util.spec_from_file_location(name, file)
    assert specification
    assert specification.loader
    module = importlib.util.module_from_spec(specification)
    sys.modules[name] = module
    try:
        specification.loader.exec_module(module)
        yield module
    finally:
        del sys.modules[name]
