"""Every command of the CLI: help with an example that parses, no traceback for a mistake."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import typer

from carebase_cli.main import MODULES, app
from tests.commands import carebase


def walk(command: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Any]]:
    """All commands below this one, groups included."""
    yield path, command
    for name, child in getattr(command, "commands", {}).items():
        yield from walk(child, (*path, name))


COMMANDS = dict(walk(typer.main.get_command(app)))
LEAVES = [path for path, command in COMMANDS.items() if not hasattr(command, "commands")]


def names(paths: list[tuple[str, ...]]) -> list[str]:
    return [" ".join(path) for path in paths]


@pytest.mark.parametrize("path", LEAVES, ids=names(LEAVES))
def test_help_has_an_example_that_parses(path: tuple[str, ...]) -> None:
    help_text = COMMANDS[path].help or ""
    examples = re.findall(r"^ *(?:\$ )?(carebase .+)$", help_text.split("Example", 1)[-1], re.M)
    assert "Example" in help_text, help_text
    assert examples, help_text
    for example in examples:
        words = shlex.split(example, comments=True)[1:]
        words = words[: words.index("|")] if "|" in words else words
        assert tuple(words[: len(path)]) == path, example
        COMMANDS[path].make_context(path[-1], words[len(path) :])  # refuses unknown and missing words


def test_there_are_commands() -> None:
    assert len(LEAVES) > 20


@pytest.mark.parametrize("path", list(COMMANDS), ids=names(list(COMMANDS)))
def test_help_works(path: tuple[str, ...]) -> None:
    done = carebase(*path, "--help")
    assert done.returncode == 0
    assert "Usage" in done.stdout


@pytest.mark.parametrize("path", list(COMMANDS), ids=names(list(COMMANDS)))
def test_a_wrong_option_is_a_sentence(path: tuple[str, ...]) -> None:
    done = carebase(*path, "--no-such-option")
    assert done.returncode == 2
    assert "--no-such-option" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("command", {module: command for command, module in MODULES.items()}.values())
def test_a_module_needs_no_other_to_be_imported_first(command: str) -> None:
    """Each in a fresh interpreter, as a shell starts it."""
    words = [sys.executable, "-m", "carebase_cli", command, "--help"]
    done = subprocess.run(words, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    assert "Usage" in done.stdout


def test_outside_a_checkout_it_says_so(tmp_path: Path) -> None:
    done = carebase("db", "status", env={"CAREBASE_PROJECT": str(tmp_path)})
    assert done.returncode == 2
    assert "No carebase checkout" in done.stderr
    assert "Traceback" not in done.stderr


def test_verbose_shows_the_traceback(tmp_path: Path) -> None:
    done = carebase("db", "status", "--verbose", env={"CAREBASE_PROJECT": str(tmp_path)})
    assert "Traceback" in done.stderr


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_shell_completion_is_there(shell: str) -> None:
    # Named, and not looked for among the parents of this process, of which CI need not have a shell.
    done = carebase("--show-completion", shell, env={"_TYPER_COMPLETE_TEST_DISABLE_SHELL_DETECTION": "1"})
    assert done.returncode == 0
    assert "carebase" in done.stdout
