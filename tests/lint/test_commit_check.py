"""A commit with a secret or health data is refused; what is staged counts, not what lies in the folder."""

from __future__ import annotations

import json
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from carebase.lint import lint
from carebase.lint.secrets.check import check_commit
from carebase.problems import EnvironmentProblem, UsageProblem
from carebase.project import Project
from tests.commands import carebase
from tests.lint.conftest import House

SECRET = "MRN: 00" + "482913\n"


@pytest.fixture
def house(house: House) -> House:
    """A house under git, with everything committed."""
    _git(house, "init", "--quiet")
    _git(house, "add", ".")
    _git(house, "commit", "--quiet", "--message", "The house")
    return house


def _git(house: House, *words: str) -> None:
    identity = ("-c", "user.name=Test", "-c", "user.email=test@example.com")
    subprocess.run(["git", *identity, *words], cwd=house.project.root, check=True, capture_output=True)


def _carebase(house: House, *words: str) -> subprocess.CompletedProcess[str]:
    root = house.project.root
    return carebase(*words, cwd=root, env={"CAREBASE_PROJECT": str(root)})


def _rules(house: House, *paths: str) -> list[tuple[str, str]]:
    found = check_commit(house.project, [house.project.root / path for path in paths])
    return [(finding.file, finding.rule) for finding in found]


def test_an_empty_commit_passes(house: House) -> None:
    assert _rules(house) == []


def test_a_staged_file_is_refused(house: House) -> None:
    house.write("notes.txt", SECRET)
    _git(house, "add", "notes.txt")
    assert _rules(house) == [("notes.txt", "mrn")]


def test_what_is_staged_counts_and_not_what_lies_in_the_folder(house: House) -> None:
    house.write("notes.txt", SECRET)
    _git(house, "add", "notes.txt")
    house.write("notes.txt", "Nothing.\n")
    house.write("sql/care/room.toml", SECRET)
    assert _rules(house) == [("notes.txt", "mrn")]


def test_deleting_a_file_with_a_secret_is_allowed(house: House) -> None:
    house.write("notes.txt", SECRET)
    _git(house, "add", ".")
    _git(house, "commit", "--quiet", "--message", "Too late")
    _git(house, "rm", "--quiet", "notes.txt")
    assert _rules(house) == []


def test_renaming_keeps_it_refused(house: House) -> None:
    house.write("notes.txt", SECRET)
    _git(house, "add", ".")
    _git(house, "commit", "--quiet", "--message", "Too late")
    _git(house, "mv", "notes.txt", "old.txt")
    assert _rules(house) == [("old.txt", "mrn")]


@pytest.mark.parametrize(
    "name", ["with space.txt", "quote'd.txt", "ünïcode.txt", "new\nline.txt", "-dash.txt"]
)
def test_file_names_of_any_kind(name: str, house: House) -> None:
    house.write(name, SECRET)
    _git(house, "add", "--all")
    assert _rules(house) == [(name, "mrn")]


def test_named_files_and_folders_are_checked_without_git(house: House) -> None:
    house.write("letters/one.txt", SECRET)
    assert _rules(house, "letters") == [("letters/one.txt", "mrn")]
    assert _rules(house, "letters/one.txt") == [("letters/one.txt", "mrn")]


def test_the_list_of_exceptions_holds_here_too(house: House) -> None:
    house.write("letters/one.txt", SECRET)
    house.write(
        "sql/lint-exceptions.toml",
        '[[exception]]\ntool = "secrets"\nrule = "mrn"\nfiles = "letters/*"\n'
        'reason = "Letters of people who never lived."\n',
    )
    assert _rules(house, "letters") == []


def test_a_path_that_is_not_there_is_said(house: House) -> None:
    with pytest.raises(UsageProblem, match="nowhere"):
        check_commit(house.project, [Path("nowhere")])


def test_a_folder_without_git_is_said(tmp_path: Path) -> None:
    with pytest.raises(EnvironmentProblem, match="git"):
        check_commit(Project(tmp_path))


def test_the_command_tells_file_and_line_and_fails(house: House) -> None:
    house.write("notes.txt", f"Dear reader,\n{SECRET}")
    _git(house, "add", "notes.txt")
    done = _carebase(house, "commit-check", "--json")
    assert done.returncode == 1, done.stderr
    [finding] = json.loads(done.stdout)["findings"]
    assert (finding["file"], finding["line"], finding["rule"]) == ("notes.txt", 2, "mrn")
    assert "482913" not in done.stdout + done.stderr


def test_the_command_passes_in_silence(house: House) -> None:
    done = _carebase(house, "commit-check")
    assert (done.returncode, done.stdout) == (0, "")


def test_the_whole_checkout_is_looked_through_with_git_and_without(house: House) -> None:
    house.write("notes.txt", SECRET)
    for _ in range(2):
        report = lint(house.project, only=["secrets"])
        assert [(finding.file, finding.rule) for finding in report.findings] == [("notes.txt", "mrn")]
        shutil.rmtree(house.project.root / ".git", ignore_errors=True)


def test_no_hook_needs_the_network(project: Project) -> None:
    config = yaml.safe_load((project.root / ".pre-commit-config.yaml").read_text(encoding="utf-8"))
    for repository in config["repos"]:
        assert repository["repo"] == "local"
        for hook in repository["hooks"]:
            assert hook["language"] == "system"
            assert (project.root / hook["entry"].split()[0]).exists()


def test_a_real_commit_is_stopped_by_the_hook(house: House, project: Project) -> None:
    """pre-commit itself runs our hook, as `pre-commit install` sets it up."""
    hooks = yaml.safe_load((project.root / ".pre-commit-config.yaml").read_text(encoding="utf-8"))
    [ours] = [hook for hook in hooks["repos"][0]["hooks"] if hook["id"] == "secrets"]
    entry = ours["entry"].replace(".venv/bin/python", shlex.quote(sys.executable))
    config = {"repos": [{"repo": "local", "hooks": [{**ours, "entry": entry}]}]}
    house.write(".pre-commit-config.yaml", yaml.safe_dump(config))
    _git(house, "add", ".")
    run = [sys.executable, "-m", "pre_commit", "run"]
    assert subprocess.run(run, cwd=house.project.root, capture_output=True).returncode == 0
    house.write("notes.txt", SECRET)
    _git(house, "add", ".")
    refused = subprocess.run(run, cwd=house.project.root, capture_output=True, text=True)
    assert refused.returncode == 1
    assert "notes.txt:1" in refused.stdout
