"""The guides of the resilience hub: every command in them works on the demo, every function is there."""

from __future__ import annotations

import re
import shlex
from collections.abc import Callable
from pathlib import Path

import pytest

from carebase.project import Project
from tests.commands import carebase

ROOT = Project.find(Path(__file__)).root
GUIDES = sorted((ROOT / "docs/resilience").glob("*.md"))


def commands() -> list[str]:
    """In the order in which a reader meets them, each once."""
    blocks = (
        block
        for guide in GUIDES
        for block in re.findall(r"^ *```console\n(.*?)^ *```", guide.read_text(encoding="utf-8"), re.M | re.S)
    )
    return list(dict.fromkeys(line.strip() for block in blocks for line in block.splitlines()))


def test_every_command_works(make_database: Callable[[str], str]) -> None:
    env = {"CAREBASE_DB_URL": make_database("demo")}
    for command in commands():
        program, *words = shlex.split(command)
        assert program == "carebase", command
        done = carebase(*words, env=env)
        assert done.returncode == 0, (command, done.stderr)
        assert "Traceback" not in done.stderr


def test_there_are_commands() -> None:
    assert len(commands()) > 8


@pytest.mark.parametrize("guide", GUIDES, ids=lambda path: path.name)
def test_every_function_is_there(guide: Path) -> None:
    text = guide.read_text(encoding="utf-8")
    called = set(re.findall(r"`((?:app\.)?[a-z]+_[a-z_]+)\(", text))
    called |= set(re.findall(r"rpc\(\"(\w+)\"", text))
    declared = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "sql").rglob("*.sql"))
    names = set(re.findall(r"^create function (?:public\.)?((?:app\.)?\w+)", declared, re.M))
    assert called <= names
