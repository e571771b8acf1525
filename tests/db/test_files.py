"""Migration files: names, headers, and a rollback for each."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from carebase.db import files
from carebase.db.script_text import new_texts
from carebase.problems import UsageProblem
from carebase.project import Project
from tests.db.conftest import House


def checked(house: House) -> list[str]:
    found = files.discover(house.project)
    files.check(house.project, found)
    return [migration.label for migration in found]


def test_migrations_are_in_the_order_of_their_versions(house: House) -> None:
    for version in (3, 1, 2):
        house.migration(version, "select 1;")
    assert checked(house) == [f"2026010100000{n}_step_{n}" for n in (1, 2, 3)]


def test_the_migrations_of_this_house_are_fit_to_run(project: Project) -> None:
    files.check(project, files.discover(project))


@pytest.mark.parametrize(
    "name", ["first.sql", "2026_first.sql", "20260101000000_Big.sql", "20260101000000-a.sql"]
)
def test_a_name_that_supabase_would_not_take_is_refused(house: House, name: str) -> None:
    house.migration(1, "select 1;")
    (house.project.migrations / name).write_text("select 1;", encoding="utf-8")
    with pytest.raises(UsageProblem, match=f"supabase/migrations/{name} is not named like a migration"):
        files.discover(house.project)


def test_two_files_of_one_version_are_refused(house: House) -> None:
    house.migration(1, "select 1;")
    (house.project.migrations / "20260101000001_other.sql").write_text("select 1;", encoding="utf-8")
    with pytest.raises(UsageProblem, match="have the same version"):
        files.discover(house.project)


@pytest.mark.parametrize(
    ("up", "down", "code"),
    [
        ("select 1;", None, "rollback_missing"),
        ("select 1;", "-- nothing\n", "rollback_empty"),
        ("select 1;", "-- carebase: irreversible:\n", "rollback_reason"),
        ("select 1;", "-- carebase: irreversible: gone\nselect 1;", "rollback_reason"),
        ("select 1;", "-- carebase: nothing to undo: x\nselect 1;", "rollback_reason"),
        ("select 1; commit;", "select 1;", "transaction_in_file"),
        ("select 1;", "begin; select 1;", "transaction_in_file"),
        ("selec 1;", "select 1;", "sql_syntax"),
        ("select 1;", "selec 1;", "sql_syntax"),
    ],
)
def test_a_pair_that_could_not_be_run_or_undone_is_refused(
    house: House, up: str, down: str | None, code: str
) -> None:
    house.migration(1, up, down)
    with pytest.raises(UsageProblem) as caught:
        checked(house)
    assert caught.value.code == code
    assert "20260101000001_step_1.sql" in caught.value.message


def test_a_rollback_without_migration_is_refused(house: House) -> None:
    house.migration(1, "select 1;", "select 1;")
    (house.project.migrations / "20260101000001_step_1.sql").unlink()
    with pytest.raises(UsageProblem, match="undoes a migration that does not exist"):
        checked(house)


def test_a_rollback_may_say_that_there_is_nothing_to_undo(house: House) -> None:
    house.migration(1, "select 1;", "-- why\n-- carebase: nothing to undo: it only asked\n")
    assert checked(house)


@pytest.mark.parametrize("header", ["-- carebase: transaction=off", "-- pg-delta: transaction=false"])
def test_a_header_takes_the_transaction_away(house: House, header: str) -> None:
    house.migration(1, f"{header}\n\ncreate index concurrently i on t (a);\ncommit;", "select 1;")
    assert checked(house)
    assert not files.discover(house.project)[0].up.is_transactional


def test_a_header_counts_before_the_first_statement_only(house: House) -> None:
    house.migration(
        1, "select 1;\n-- carebase: transaction=off\n", "select 1;\n-- carebase: irreversible: x\n"
    )
    migration = files.discover(house.project)[0]
    assert migration.up.is_transactional
    assert migration.down is not None
    assert migration.down.irreversible is None


def test_a_new_pair_comes_after_every_other(house: House) -> None:
    now = datetime(2025, 6, 1, 12, tzinfo=UTC)
    first = files.new_pair(house.project, "early", up="select 1;", down="select 1;", now=now)
    assert first.version == "20250601120000"
    second = files.new_pair(house.project, "same_second", up="select 1;", down="select 1;", now=now)
    assert second.version == "20250601120001"
    assert checked(house) == ["20250601120000_early", "20250601120001_same_second"]


@pytest.mark.parametrize("data", [False, True])
def test_an_empty_pair_explains_itself_and_is_fit_to_run(house: House, data: bool) -> None:
    up, down = new_texts("mend_names", data=data)
    migration = files.new_pair(house.project, "mend_names", up=up, down=down)
    assert checked(house) == [migration.label]
    assert migration.up.statements == ()
    assert migration.up.is_transactional
    assert migration.down is not None
    assert migration.down.irreversible is None
    assert ("changes rows" in up) is data


@pytest.mark.parametrize("name", ["", "Big", "a-b", "1a", "a b", "../a"])
def test_a_bad_name_is_refused(house: House, name: str) -> None:
    with pytest.raises(UsageProblem, match="is no name for a migration"):
        files.new_pair(house.project, name, up="", down="")
    assert not house.project.migrations.exists()
