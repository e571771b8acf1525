"""docs/operation.md, section "Backup and restore": every command as it is shown, in its order."""

from __future__ import annotations

import re
import shlex

import pytest

from carebase.project import Project
from tests.backup.conftest import Place


@pytest.fixture
def section(project: Project) -> str:
    text = (project.root / "docs" / "operation.md").read_text(encoding="utf-8")
    found = re.search(r"^## Backup and restore$(.*?)^## ", text, re.M | re.S)
    assert found
    return found[1]


def test_every_command_works_as_it_is_shown(home: Place, section: str) -> None:
    (block,) = re.findall(r"^```console\n(.*?)^```", section, re.M | re.S)
    before = home.tables()
    try:
        for command in block.splitlines():
            words = shlex.split(command)
            assert words[0] == "carebase"
            home.run(*words[1:])
    finally:
        for file in home.project.root.glob("monday.*"):
            file.unlink()
    assert home.tables() == before


def test_every_refusal_that_is_documented_is_one_of_the_library(project: Project, section: str) -> None:
    documented = set(re.findall(r"`((?:backup|secrets|keys|audit|copy|data)_[a-z_]+)`", section))
    source = "".join(
        path.read_text(encoding="utf-8")
        for folder in ("backups", "stack")
        for path in (project.root / "pylib" / "carebase" / folder).glob("*.py")
    )
    assert documented
    assert not {code for code in documented if f'"{code}"' not in source}
    raised = set(re.findall(r'"((?:backup|secrets|keys|audit)_[a-z_]+)"', source))
    assert raised <= documented | {"backup_refused"}
