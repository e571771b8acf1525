"""Every command of the CLI: help with an example that parses, documented exit codes, no traceback for a mistake."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from collections.abc import Iterator

import click
import pytest
import typer

from carebase_cli.main import app


def walk(
    command: click.Command, path: tuple[str, ...] = ()
) -> Iterator[tuple[tuple[str, ...], click.Command]]:
    """All commands below this one, groups included."""
    yield path, command
    if isinstance(command, click.Group):
        for name, child in command.commands.items():
            yield from walk(child, (*path, name))


COMMANDS = dict(walk(typer.main.get_command(app)))
LEAVES = [path for path, command in COMMANDS.items() if not isinstance(command, click.Group)]


def run(*words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "carebase_cli", *words], capture_output=True, text=True, timeout=60
    )


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
        root = COMMANDS[()]
        assert isinstance(root, click.Group)
        command: click.Command = root
        context = click.Context(root, info_name="carebase")
        while isinstance(command, click.Group):
            name, command, words = command.resolve_command(context, words)  # type: ignore[assignment]
            context = click.Context(command, info_name=name, parent=context)
        command.make_parser(context).parse_args(args=list(words)) if hasattr(command, "make_parser") else None
        assert command is COMMANDS[path], example


@pytest.mark.parametrize("path", list(COMMANDS), ids=names(list(COMMANDS)))
def test_help_works(path: tuple[str, ...]) -> None:
    done = run(*path, "--help")
    assert done.returncode == 0
    assert "Usage" in done.stdout


@pytest.mark.parametrize("path", list(COMMANDS), ids=names(list(COMMANDS)))
def test_a_wrong_option_is_a_sentence(path: tuple[str, ...]) -> None:
    done = run(*path, "--no-such-option")
    assert done.returncode == 2
    assert "--no-such-option" in done.stderr
    assert "Traceback" not in done.stderr


def test_outside_a_checkout_it_says_so(tmp_path: object, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CAREBASE_PROJECT", str(tmp_path))
    done = run("db", "status")
    assert done.returncode == 2
    assert "No carebase checkout" in done.stderr
    assert "Traceback" not in done.stderr
    monkeypatch.delenv("CAREBASE_PROJECT")


def test_verbose_shows_the_traceback(tmp_path: object, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CAREBASE_PROJECT", str(tmp_path))
    assert "Traceback" in run("db", "status", "--verbose").stderr


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_shell_completion_is_there(shell: str) -> None:
    done = run("--show-completion", shell)
    assert done.returncode == 0
    assert "carebase" in done.stdout
