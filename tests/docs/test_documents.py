"""The README and docs/: links lead somewhere, commands exist, code blocks are right."""

from __future__ import annotations

import re
import shlex
import subprocess
from pathlib import Path

import pytest

from carebase.project import Project
from tests.commands import carebase

ROOT = Project.find(Path(__file__)).root
DOCUMENTS = sorted([ROOT / "README.md", ROOT / "CONTRIBUTING.md", *(ROOT / "docs").rglob("*.md")])


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_links_lead_somewhere(document: Path) -> None:
    for target in re.findall(r"\]\((?!https?:)([^)#]+)", document.read_text(encoding="utf-8")):
        assert (document.parent / target).exists(), target


def mentioned_commands() -> list[str]:
    """Every `carebase …` in backticks or console blocks, up to the first option or made-up argument."""
    found: set[str] = set()
    for document in DOCUMENTS:
        text = document.read_text(encoding="utf-8")
        blocks = "\n".join(re.findall(r"^```console\n(.*?)^```", text, re.M | re.S))
        in_blocks = re.findall(r"^(carebase .+)$", blocks, re.M)
        for command in [*re.findall(r"`(carebase [^`]+)`", text), *in_blocks]:
            words = [word for word in shlex.split(command) if re.fullmatch(r"[a-z]+", word)]
            found.add(" ".join(words[1:3]))
    return sorted(found)


@pytest.mark.parametrize("command", mentioned_commands())
def test_mentioned_commands_exist(command: str) -> None:
    words = command.split()
    for length in (len(words), 1):
        asked = carebase(*words[:length], "--help")
        if asked.returncode == 0:
            break
    assert asked.returncode == 0, asked.stderr
    assert "Usage" in asked.stdout


@pytest.mark.parametrize("target", ["up", "test", "down", "bench", "check"])
def test_make_targets_exist(target: str) -> None:
    asked = subprocess.run(
        ["make", "--dry-run", target], cwd=ROOT, capture_output=True, text=True, timeout=60
    )
    assert asked.returncode == 0, asked.stderr
