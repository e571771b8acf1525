"""The whole run: sources side by side, one list of findings, exit codes, and an end when interrupted."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest

from carebase.lint import SOURCES, lint
from carebase.lint.exceptions import EVERYWHERE
from carebase.lint.workspace import Workspace
from carebase.problems import UsageProblem
from carebase.project import Project
from tests.commands import carebase
from tests.lint.conftest import House

NOTES = "sql/care/tables/notes.sql"
VIEW = "sql/care/views/urgent_notes.sql"


@pytest.fixture
def house(house: House, project: Project) -> House:
    """A house that a database can be built from."""
    shutil.copytree(project.platform, house.project.platform)
    (house.project.root / "node_modules").symlink_to(project.node_modules)
    return house


def _carebase(house: House, *words: str) -> subprocess.CompletedProcess[str]:
    root = house.project.root
    return carebase(*words, cwd=root, env={"CAREBASE_PROJECT": str(root)})


def test_a_sound_house_passes_on_a_database_built_for_it(house: House) -> None:
    report = lint(house.project, only=["catalogue", "rooms", "layout"])
    assert (report.findings, report.sources) == ([], ["layout", "catalogue", "rooms"])


def test_a_database_that_is_named_is_asked_instead(house: House, built: Callable[[House], Workspace]) -> None:
    url = built(house).database
    house.replace(VIEW, "with (security_invoker = true) as", "as")
    assert lint(house.project, only=["catalogue"], db_url=url).findings == []
    assert [finding.rule for finding in lint(house.project, only=["catalogue"]).findings] == [
        "view-security-invoker"
    ]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("-- A view.\ncreate view public.broken as select nothing from public.notes;", "nothing"),
        ("-- A view.\ncreate view select;", "syntax error"),
    ],
)
def test_sql_that_does_not_load_is_a_finding_at_its_line(text: str, says: str, house: House) -> None:
    house.write("sql/care/views/broken.sql", text)
    report = lint(house.project, only=["layout", "catalogue"])
    [finding] = [finding for finding in report.findings if finding.tool == "declared"]
    assert (finding.file, finding.line) == ("sql/care/views/broken.sql", 2)
    assert says in finding.message
    assert report.sources == ["layout"]


def test_an_exception_is_not_called_unused_by_a_run_that_could_not_see_it(
    house: House, built: Callable[[House], Workspace]
) -> None:
    house.write(
        EVERYWHERE,
        '[[exception]]\ntool = "catalogue"\nrule = "x"\nreason = "A reason that is long enough."\n',
    )
    url = built(house).database
    assert lint(house.project, only=["layout"]).findings == []
    care = [house.project.sql / "care"]
    assert lint(house.project, only=["catalogue"], paths=care, db_url=url).findings == []
    whole = lint(house.project, only=["catalogue"], db_url=url)
    assert [finding.rule for finding in whole.findings] == ["unused"]


def test_an_exception_for_a_tool_that_is_none_is_found(house: House) -> None:
    house.write(
        EVERYWHERE, '[[exception]]\ntool = "pgrsl"\nrule = "x"\nreason = "A reason that is long enough."\n'
    )
    assert [finding.rule for finding in lint(house.project, only=["layout"]).findings] == ["unused"]


def test_paths_narrow_what_is_run_and_what_counts(house: House) -> None:
    house.write("sql/care/functions/f.sql", "create table public.misplaced (id uuid);")
    assert [f.rule for f in lint(house.project, only=["layout"], paths=[house.project.sql]).findings] == [
        "own-file"
    ]
    assert lint(house.project, only=["layout"], paths=[house.project.sql / "base"]).findings == []
    assert lint(house.project, only=["layout", "catalogue"], paths=[house.project.supabase]).sources == []


def test_a_source_that_is_none_is_said(house: House) -> None:
    with pytest.raises(UsageProblem, match="nonsense"):
        lint(house.project, only=["nonsense"])


def test_a_path_that_is_not_there_is_said(house: House) -> None:
    with pytest.raises(UsageProblem, match="no file or folder"):
        lint(house.project, paths=[Path("nowhere")])


def test_the_command_prints_what_the_library_finds(house: House, built: Callable[[House], Workspace]) -> None:
    house.replace(NOTES, "comment on table public.notes is 'Notes about residents.';\n", "")
    done = _carebase(house, "lint", "--only", "catalogue", "--json")
    assert done.returncode == 1, done.stderr
    said = json.loads(done.stdout)
    assert said["sources"] == ["catalogue"]
    [finding] = said["findings"]
    assert (finding["tool"], finding["rule"], finding["file"]) == ("catalogue", "table-commented", NOTES)
    assert finding["line"] == house.line(NOTES, "create table")

    done = _carebase(house, "lint", "--only", "catalogue", "--db-url", built(house).database)
    assert done.returncode == 1
    assert f"{NOTES}:{finding['line']}" in done.stdout
    assert "1 finding from catalogue" in done.stderr


@pytest.mark.parametrize(
    ("words", "code", "says"),
    [
        (["--only", "layout"], 0, "0 findings from layout"),
        (["--only", "nonsense"], 2, "There are: python"),
        (["--only", "layout", "nowhere"], 2, "no file or folder"),
        (["--only", "pgrls", "--db-url", "postgresql://nobody@127.0.0.1:1/none"], 3, "does not answer"),
    ],
)
def test_exit_codes(words: list[str], code: int, says: str, house: House) -> None:
    done = _carebase(house, "lint", *words)
    assert done.returncode == code, done.stderr
    assert says in done.stderr
    assert "Traceback" not in done.stderr


def test_the_rules_can_be_listed(house: House) -> None:
    listed = json.loads(_carebase(house, "lint", "--rules", "--json").stdout)
    assert {"rls-enabled", "function-body"} <= {rule["name"] for rule in listed}
    assert all(rule["why"] and rule["mend"] for rule in listed)


def test_every_source_has_a_name_of_its_own() -> None:
    assert len({source.name for source in SOURCES}) == len(SOURCES)


def _processes_about(text: str) -> list[str]:
    commands = []
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        with suppress(OSError):
            commands.append(path.read_bytes().replace(b"\0", b" ").decode(errors="replace"))
    return [command for command in commands if text in command]


def test_an_interrupt_ends_the_tools_too(house: House, project: Project) -> None:
    shutil.copy(project.root / ".sqlfluff", house.project.root)
    for number in range(4):
        text = "".join(f"select {n} as n_{n};\n" for n in range(20_000))
        house.write(f"sql/care/views/interrupted_{number}.sql", text)
    process = subprocess.Popen(
        [sys.executable, "-m", "carebase_cli", "lint", "--only", "sqlfluff"],
        env={**os.environ, "CAREBASE_PROJECT": str(house.project.root)},
        stderr=subprocess.PIPE,
        text=True,
    )
    deadline = time.monotonic() + 20
    while not _processes_about("interrupted_0.sql") and time.monotonic() < deadline:
        time.sleep(0.1)
    time.sleep(0.3)
    assert process.poll() is None, "it ended before it could be interrupted"
    process.send_signal(signal.SIGINT)  # to it alone, not to the tools it started
    _, said = process.communicate(timeout=15)
    assert process.returncode == 130, said
    assert "Traceback" not in said
    assert _processes_about("interrupted_0.sql") == []
