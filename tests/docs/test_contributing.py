"""CONTRIBUTING.md, followed literally in a copy of the checkout: every file written, every command run."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from carebase.project import Project
from tests.commands import carebase

BLOCK = re.compile(
    r"^```(?P<language>\w+)(?: (?P<path>[^\s(]+))?(?: \((?P<how>[^)]+)\))?\n(?P<text>.*?)^```$", re.M | re.S
)


@pytest.fixture(scope="module")
def copy(project: Project, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The checkout without what is installed or generated at run time; npm packages by link."""
    root = tmp_path_factory.mktemp("a newcomer's") / "checkout"
    left_out = shutil.ignore_patterns(
        ".git", ".venv", "node_modules", ".carebase", "__pycache__", ".*_cache", ".hypothesis"
    )
    shutil.copytree(project.root, root, ignore=left_out)
    (root / "node_modules").symlink_to(project.node_modules)
    return root


def write(root: Path, path: str, how: str | None, text: str) -> None:
    """Carry out one file block: a new file, an addition at the end, or right after some words."""
    file = root / path
    if how is None:
        assert not file.exists(), f"{path} is there already"
        file.write_text(text, encoding="utf-8")
    elif how == "add":
        file.write_text(file.read_text(encoding="utf-8") + text, encoding="utf-8")
    else:
        anchor = re.fullmatch(r'after "(.+)"', how)
        assert anchor, how
        before, found, rest = file.read_text(encoding="utf-8").partition(anchor[1])
        assert found, f"{path} has no {anchor[1]!r}"
        if anchor[1].endswith("="):  # a whole line
            line, _, rest = rest.partition("\n")
            file.write_text(f"{before}{found}{line}\n{text}{rest}", encoding="utf-8")
        else:
            file.write_text(f"{before}{found}{text.rstrip(chr(10))}{rest}", encoding="utf-8")


def run(root: Path, command: str) -> None:
    """A line of a console block: `carebase` about the copy, or Python with the copy's modules."""
    program, *words = command.split()
    if program == "carebase":
        done = carebase(*words, env={"CAREBASE_PROJECT": str(root)}, cwd=root, timeout=900)
    else:
        assert program == "python", command
        modules = os.pathsep.join(str(root / folder) for folder in ("pylib", "cli", "edge_jobs", "."))
        done = subprocess.run(
            [sys.executable, *words],
            cwd=root,
            env={**os.environ, "PYTHONPATH": modules},
            capture_output=True,
            text=True,
            timeout=900,
        )
    assert done.returncode == 0, f"{command}\n{done.stdout[-3000:]}\n{done.stderr[-3000:]}"


def test_every_recipe_works_as_written(copy: Path) -> None:
    blocks = list(BLOCK.finditer((copy / "CONTRIBUTING.md").read_text(encoding="utf-8")))
    commands = 0
    for block in blocks:
        if block["path"]:
            write(copy, block["path"], block["how"], block["text"])
        else:
            assert block["language"] == "console", block[0]
            for command in block["text"].splitlines():
                run(copy, command)
                commands += 1
    assert commands >= 10
    migrations = [path.name for path in (copy / "supabase" / "migrations").glob("*.sql")]
    for name in ("site_notices", "list_site_notices", "volunteer_role", "fill_site_time_zones"):
        assert any(path.endswith(f"_{name}.sql") for path in migrations), name
    assert "def list_site_notices" in "".join(
        path.read_text(encoding="utf-8") for path in (copy / "pylib" / "carebase").rglob("*.py")
    )
