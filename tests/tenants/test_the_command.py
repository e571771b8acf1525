"""An operator at the command line moves Lakeside: sentences, exit codes, who may read the files."""

from __future__ import annotations

import json
import re
import shlex
import stat
import subprocess
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from carebase.project import Project
from tests import commands
from tests.sealed import opened
from tests.tenants.conftest import LAKESIDE, Database, Move
from tests.tenants.packages import secrets_of


def run(
    words: Sequence[str], *, database: Database, folder: Path | None = None, umask: int = 0
) -> subprocess.CompletedProcess[str]:
    return commands.carebase(*words, cwd=folder, env={"CAREBASE_DB_URL": database.url}, umask=umask)


def carebase(*words: object, database: Database, umask: int = 0) -> subprocess.CompletedProcess[str]:
    return run(["org", *map(str, words)], database=database, umask=umask)


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_the_way_of_the_document(
    make_database: Callable[[str], str], project: Project, tmp_path: Path, pytestconfig: pytest.Config
) -> None:
    """Its commands, word for word, lead to a database that has the platform's objects and nothing else."""
    if pytestconfig.getoption("--declared"):
        pytest.skip("only a migrated database says at which migration it is")
    text = (project.root / "docs" / "moving-a-tenant.md").read_text(encoding="utf-8")
    (block,) = re.findall(r"^```console\n(.*?)^```", text, re.M | re.S)
    commands = block.splitlines()
    assert len(commands) == 7
    source, new = Database(make_database("demo")), Database(make_database("platform"))
    for command in commands:
        words = shlex.split(command.replace("$NEW", new.url))[1:]
        done = run(words, database=source, folder=tmp_path)
        assert done.returncode == 0, (command, done.stderr)
    assert new.value("select is_active from public.organizations where slug = 'lakeside'")
    org = new.org(LAKESIDE)
    assert new.of(org)["public.encounters"] == source.of(org)["public.encounters"]


def test_step_by_step(move: Move) -> None:
    path = move.folder / "lakeside.tar"
    closed = carebase("close", LAKESIDE, database=move.source)
    assert closed.stdout == "lakeside is closed: nobody acts in it any more.\n"
    secrets = ("--secrets", move.folder / "lakeside.secrets")
    exported = carebase("export", LAKESIDE, "--out", path, *secrets, database=move.source)
    assert exported.returncode == 0, exported.stderr
    assert "public.encounters" in exported.stdout
    assert "health data and sign-ins in clear" in exported.stderr
    assert "opens what is sealed in it" in exported.stderr
    imported = carebase("import", path, *secrets, database=move.target)
    assert imported.returncode == 0, imported.stderr
    assert "loaded and compared" in imported.stdout
    for database in (move.source, move.target):
        same = carebase("compare", path, *secrets, database=database)
        assert (same.returncode, same.stdout) == (0, "The database holds exactly what the export holds.\n")
    again = carebase("import", path, *secrets, database=move.target)
    assert (again.returncode, again.stdout) == (0, "Every row was there already; nothing was changed.\n")
    assert carebase("open", LAKESIDE, database=move.target).stdout == "lakeside is open.\n"
    listed = json.loads(carebase("list", "--json", database=move.target).stdout)
    assert [(each["slug"], each["is_active"], each["people"]) for each in listed] == [
        ("lakeside", True, 12),
        ("platform", True, 0),
    ]
    differs = carebase("compare", path, *secrets, database=move.target)
    assert differs.returncode == 1
    assert "public.organizations" in differs.stdout
    refused = carebase("import", path, *secrets, database=move.target)
    assert refused.returncode == 4
    assert "organization_differs" in refused.stderr


@pytest.mark.parametrize("umask", [0, 0o027])
def test_only_the_owner_can_read_it(demo: Database, tmp_path: Path, umask: int) -> None:
    folder, file = tmp_path / "export", tmp_path / "export.tar"
    for path in (folder, file):
        words = ("export", LAKESIDE, "--out", path, "--secrets", secrets_of(path))
        assert carebase(*words, database=demo, umask=umask).returncode == 0
    assert mode(folder) == 0o700
    assert {mode(each) for each in folder.iterdir()} == {mode(file)} == {0o600}
    assert {mode(secrets_of(each)) for each in (folder, file)} == {0o600}


def test_nothing_of_people_is_printed(arrival: Move) -> None:
    move = arrival
    path = move.folder / "export"
    said = ""
    for words in (("export", LAKESIDE, "--out", path, "--json"), ("export", "harbor", "--out", path)):
        done = carebase(*words, "--secrets", secrets_of(path), database=move.source)
        said += done.stdout + done.stderr
    done = carebase("import", path, "--secrets", secrets_of(path), "--json", database=move.target)
    assert json.loads(done.stdout)["rows"] > 200
    said += done.stdout + done.stderr
    assert json.loads(secrets_of(path).read_text())["key"] not in said
    for row in move.source.rows(
        "select display_name as text from public.profiles union select email from auth.users"
        f" union select {opened('family_name')} from public.patients"
        " union select encrypted_password from auth.users"
    ):
        assert row["text"] not in said


def test_list(demo: Database) -> None:
    done = carebase("list", database=demo)
    assert done.returncode == 0
    lines = [line.split() for line in done.stdout.splitlines()]
    assert lines[0][:5] == ["slug", "name", "kind", "tier", "people"]
    assert ["lakeside", "Lakeside", "Home", "Health", "care_management", "standard", "12"] in lines


@pytest.mark.parametrize(
    ("words", "code", "exit_code"),
    [
        (("export", "atlantis", "--out", "x"), "organization_unknown", 2),
        (("export", "platform", "--out", "x"), "organization_unmovable", 2),
        (("export", LAKESIDE, "--out", "no/such/folder/x"), "folder_missing", 2),
        (("export", LAKESIDE, "--out", "."), "export_exists", 2),
        (("import", "nothing.tar"), "export_missing", 2),
        (("compare", "."), "export_damaged", 2),
        (("close", "platform"), "organization_unmovable", 2),
        (("open", "atlantis"), "organization_unknown", 2),
    ],
)
def test_mistakes_are_sentences(demo: Database, words: tuple[str, ...], code: str, exit_code: int) -> None:
    done = carebase(*words, database=demo)
    assert done.returncode == exit_code
    assert f"({code})" in done.stderr
    assert "Traceback" not in done.stderr


def test_no_database_is_a_sentence() -> None:
    done = carebase("list", database=Database("postgresql://postgres@127.0.0.1:1/none"))
    assert done.returncode == 3
    assert "does not answer" in done.stderr
