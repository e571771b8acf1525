"""docs/python.md: its blocks are one program, and it runs on the demo; its table names what there is."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from carebase import Carebase, seeds
from carebase.project import Project
from carebase.stack.server import PostgresServer
from tests.conftest import cloned, served

PAGE = Project.find(Path(__file__)).root / "docs" / "python.md"
BLOCKS = re.findall(r"^```python\n(.*?)^```", PAGE.read_text(encoding="utf-8"), re.M | re.S)


@pytest.fixture
def demo(
    server: PostgresServer,
    templates: dict[str, str],
    project: Project,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[None]:
    """The demo behind a gateway that the environment names."""
    with (
        cloned(server, templates["demo"]) as database,
        served(project, server, database, tmp_path / "state") as stack,
    ):
        for name in list(os.environ):
            if name.startswith("CAREBASE_"):
                monkeypatch.delenv(name)
        monkeypatch.setenv("CAREBASE_API_URL", stack.state.api_url)
        monkeypatch.setenv("CAREBASE_PUBLISHABLE_KEY", stack.state.publishable_key)
        yield


@pytest.mark.usefixtures("demo")
def test_the_page_is_a_program_that_runs(project: Project, capsys: pytest.CaptureFixture[str]) -> None:
    assert len(BLOCKS) > 6
    names: dict[str, Any] = {"password": seeds.demo_password(project)}
    exec(compile("".join(BLOCKS), str(PAGE), "exec"), names)  # noqa: S102  the page itself
    assert names["shown"].status == "completed"
    assert names["incident_id"] in {line.id for line in names["answer"].data}
    printed = capsys.readouterr().out.splitlines()
    assert printed[0].startswith("permission_denied ")
    board, _ = printed[-1].split()
    assert int(board) >= 4  # the clocks of the incident above


def test_the_table_names_methods_that_there_are() -> None:
    rows = re.findall(r"^\| `(\w+)`(.*)\|$", PAGE.read_text(encoding="utf-8"), re.M)
    assert len(rows) == 12
    with Carebase("http://127.0.0.1:1", "sb_publishable_test") as client:
        for name, cells in rows:
            subject = getattr(client, name)
            for word in re.findall(r"`([.\w]+)`", cells):
                if word in ("corrects_id", "replaces_id"):
                    continue
                part: Any = subject
                for step in word.strip(".").split("."):
                    part = getattr(part, step)
