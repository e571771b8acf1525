"""Reset: everything of ours goes, everything of the platform's stays, and the migrations run again."""

from __future__ import annotations

from pathlib import Path

import psycopg
import pytest

from carebase.db import files, migrations
from carebase.db.catalogue import compare, read_catalogue
from carebase.db.diff import remove
from carebase.db.reset import reset
from carebase.problems import UsageProblem
from tests.db.conftest import House, ask

RICH = Path(__file__).parent / "rich" / "before.sql"


def test_whatever_was_there_is_gone_and_the_migrations_run_again(house: House, url: str) -> None:
    bare = read_catalogue(url)
    house.migration(1, RICH.read_text(encoding="utf-8"))
    migrations.migrate(house.project, url)
    migrated = read_catalogue(url)
    with psycopg.connect(url) as conn:
        conn.execute("insert into auth.users (id) values (gen_random_uuid())")
        conn.execute("insert into public.orgs (name) values ('Somebody')")
        conn.execute("create table public.left_over (a int); create schema more; create table more.t (a int)")
        conn.execute("grant all on public.orgs to anon")
        conn.execute("alter default privileges revoke execute on functions from public")
    assert [migration.name for migration in reset(house.project, url)] == ["step_1"]
    assert compare(migrated, read_catalogue(url)) == []
    assert ask(url, "select (select count(*) from public.orgs), (select count(*) from auth.users)") == [
        (0, 0)
    ]
    remove(files.discover(house.project))
    assert reset(house.project, url) == []
    assert compare(bare, read_catalogue(url)) == []


def test_another_machine_is_refused_unless_one_insists(house: House) -> None:
    with pytest.raises(UsageProblem, match=r"app at db\.example:5432 is not on this machine") as caught:
        reset(house.project, "postgresql://me:secret@db.example:5432/app")
    assert "--yes-really" in caught.value.hint
    assert "secret" not in caught.value.message


def test_an_extension_of_the_platform_stays(house: House, url: str) -> None:
    before = ask(url, "select extname from pg_extension order by 1")
    reset(house.project, url)
    assert ask(url, "select extname from pg_extension order by 1") == before
