"""`carebase console`: where the console of the local stack is, or why it is not there."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from carebase.project import Project
from carebase.stack.server import PostgresServer
from tests.commands import carebase
from tests.conftest import Stack, cloned, served


@pytest.fixture(scope="module")
def stack(
    server: PostgresServer,
    templates: dict[str, str],
    project: Project,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Stack]:
    """A gateway that runs; nobody needs to be in its database."""
    folder = tmp_path_factory.mktemp("stack") / "state"
    with (
        cloned(server, templates["platform"]) as database,
        served(project, server, database, folder) as running,
    ):
        yield running


def _environment(state: Path, project: Project, **more: str) -> dict[str, str]:
    return {"CAREBASE_STATE": os.fspath(state), "CAREBASE_PROJECT": os.fspath(project.root), **more}


def test_it_prints_the_address_and_there_it_is(stack: Stack, project: Project) -> None:
    done = carebase("console", env=_environment(stack.project.state, project))
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.strip() == stack.state.console_url
    assert "<title>" in httpx.get(done.stdout.strip(), trust_env=False).text


def test_it_opens_it_in_the_browser_that_one_has(stack: Stack, project: Project, tmp_path: Path) -> None:
    opened = tmp_path / "opened"
    browser = tmp_path / "browser"
    browser.write_text(f'#!/bin/sh\nprintf %s "$1" > "{opened}"\n')
    browser.chmod(0o755)
    environment = _environment(stack.project.state, project, BROWSER=f"{browser} %s")
    assert carebase("console", "--open", env=environment).returncode == 0
    assert opened.read_text() == stack.state.console_url


def test_without_a_stack_it_says_what_to_do(project: Project, tmp_path: Path) -> None:
    done = carebase("console", env=_environment(tmp_path, project))
    assert done.returncode == 3
    assert "carebase up" in done.stderr


def test_with_a_stack_that_is_down_it_says_what_to_do(stack: Stack, project: Project, tmp_path: Path) -> None:
    stack.state.save(Project(project.root, tmp_path / "down"))
    done = carebase("console", env=_environment(tmp_path / "down", project))
    assert done.returncode == 3
    assert "does not run" in done.stderr
    assert "carebase up" in done.stderr
