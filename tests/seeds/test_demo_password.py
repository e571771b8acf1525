"""The demo's password belongs to the installation: made once, kept to oneself, renewed where it changed."""

from __future__ import annotations

import stat
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path

import psycopg
import pytest

from carebase import seeds
from carebase.problems import EnvironmentProblem, UsageProblem
from carebase.project import Project
from tests.seeds.conftest import PASSWORD

DAY = date(2026, 11, 20)


@pytest.fixture
def installation(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Project:
    """A checkout that has never been used, without the variable."""
    monkeypatch.delenv("CAREBASE_DEMO_PASSWORD")
    return Project(tmp_path)


def matching(conn: psycopg.Connection[tuple[object, ...]], password: str) -> object:
    row = conn.execute(
        """select count(*) from auth.users
           where encrypted_password = extensions.crypt(%s, encrypted_password)""",
        [password],
    ).fetchone()
    return row and row[0]


def test_it_is_made_once_and_kept_to_its_owner(installation: Project) -> None:
    with ThreadPoolExecutor(8) as pool:
        made = set(pool.map(lambda _: seeds.demo_password(installation), range(16)))
    assert len(made) == 1
    assert len(made.pop()) >= 20
    files = list(installation.state.iterdir())
    assert [file.name for file in files] == ["demo-password"]
    assert stat.S_IMODE(files[0].stat().st_mode) == 0o600
    assert stat.S_IMODE(installation.state.stat().st_mode) == 0o700


def test_two_installations_differ(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CAREBASE_DEMO_PASSWORD")
    assert seeds.demo_password(Project(tmp_path / "one")) != seeds.demo_password(Project(tmp_path / "other"))


def test_the_variable_decides_and_nothing_is_kept(
    installation: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CAREBASE_DEMO_PASSWORD", "chosen by somebody")
    assert seeds.demo_password(installation) == "chosen by somebody"
    assert not installation.state.exists()


@pytest.mark.parametrize(
    "password", ["", "short", "x" * 73, "ä" * 37], ids=["empty", "short", "long", "wide"]
)
def test_a_useless_one_is_refused(
    password: str, installation: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CAREBASE_DEMO_PASSWORD", password)
    with pytest.raises(UsageProblem) as caught:
        seeds.demo_password(installation)
    assert caught.value.code == "demo_password_invalid"
    assert not password or password not in caught.value.message


def test_a_damaged_file_is_a_sentence(installation: Project) -> None:
    seeds.demo_password(installation)
    (installation.state / "demo-password").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(UsageProblem) as caught:
        seeds.demo_password(installation)
    assert "demo-password" in caught.value.message


def test_something_else_in_its_place_is_a_sentence(installation: Project) -> None:
    (installation.state / "demo-password").mkdir(parents=True)
    with pytest.raises(EnvironmentProblem) as caught:
        seeds.demo_password(installation)
    assert "demo-password" in caught.value.message


def test_a_file_in_the_folders_place_is_a_sentence(installation: Project) -> None:
    installation.state.write_text("a file where a folder belongs")
    with pytest.raises(EnvironmentProblem) as caught:
        seeds.demo_password(installation)
    assert str(installation.state) in caught.value.message


def test_everybody_signs_in_with_it(database: str, project: Project) -> None:
    people = len(seeds.demo_users(project))
    seeds.apply(database, project, "demo", DAY)
    with psycopg.connect(database) as conn:
        assert matching(conn, PASSWORD) == people


def test_another_password_renews_the_hashes_once(
    database: str, project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    people = len(seeds.demo_users(project))
    seeds.apply(database, project, "demo", DAY)
    monkeypatch.setenv("CAREBASE_DEMO_PASSWORD", "another one from now on")
    renewed = seeds.apply(database, project, "demo", DAY)
    assert {line.table: line.updated for line in renewed.tables if line.updated} == {"auth.users": people}
    assert seeds.apply(database, project, "demo", DAY).changed == 0
    with psycopg.connect(database) as conn:
        assert (matching(conn, "another one from now on"), matching(conn, PASSWORD)) == (people, 0)


@pytest.mark.parametrize("stored", [None, "", "$2b$10$abcdefghijklmnopqrstuu", "not a hash"], ids=str)
def test_whatever_is_stored_the_demo_user_gets_in_again(
    stored: str | None, database: str, project: Project
) -> None:
    """Someone changed a demo user's password through another server, or broke it."""
    seeds.apply(database, project, "demo", DAY)
    with psycopg.connect(database, autocommit=True) as conn:
        conn.execute(
            "update auth.users set encrypted_password = %s where email = 'nurse1@example.com'", [stored]
        )
        assert seeds.apply(database, project, "demo", DAY).changed == 1
        assert matching(conn, PASSWORD) == len(seeds.demo_users(project))
