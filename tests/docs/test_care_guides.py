"""The guides of care homes: the command in them is run on the demo, every function is there."""

from __future__ import annotations

import re
import shlex
from collections.abc import Callable
from pathlib import Path

import psycopg
import pytest

from carebase.project import Project
from carebase.seeds.npi import made_up_npi
from tests.commands import carebase

ROOT = Project.find(Path(__file__)).root
GUIDE = ROOT / "docs" / "care" / "README.md"
GUIDES = sorted(
    [*(ROOT / "docs/care").glob("*.md"), *(ROOT / "docs/residency").glob("*.md"), ROOT / "docs/documents.md"]
)


def test_the_list_of_homes_is_read_as_the_guide_says(
    make_database: Callable[[str], str], tmp_path: Path
) -> None:
    [command] = [
        line for line in GUIDE.read_text(encoding="utf-8").splitlines() if line.startswith("carebase ")
    ]
    url = make_database("demo")
    (tmp_path / "nursing.csv").write_text(
        f"npi,name,bed_count\n{made_up_npi(7003)},The Elms,2\n", encoding="utf-8"
    )
    done = carebase(*shlex.split(command)[1:], env={"CAREBASE_DB_URL": url, "COLUMNS": "200"}, cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert "Dry run: nothing was changed." in done.stdout
    with psycopg.connect(url) as conn:
        assert conn.execute("select count(*) from public.site_registrations").fetchone() == (0,)


@pytest.mark.parametrize("guide", GUIDES, ids=lambda path: path.name)
def test_every_function_is_there(guide: Path) -> None:
    text = guide.read_text(encoding="utf-8")
    called = set(re.findall(r"`((?:app\.)?[a-z]+_[a-z_]+)\(", text)) | set(
        re.findall(r"rpc\(\"(\w+)\"", text)
    )
    declared = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "sql").rglob("*.sql"))
    names = set(re.findall(r"^create function (?:public\.)?((?:app\.)?\w+)", declared, re.M))
    assert called <= names
