"""Writing a migration from sql/: it gives what is declared, its rollback undoes it, and both are proved."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from carebase.db import drift, files, migrations
from carebase.db.catalogue import compare, read_catalogue
from carebase.db.diff import DiffIncomplete, write_migration
from carebase.db.files import Migration
from carebase.db.scratch import Scratch
from carebase.problems import UsageProblem
from carebase.project import Project
from carebase.stack.server import PostgresServer
from tests.db.conftest import House, ask, do, new_house, tidy_scratch

RICH = Path(__file__).parent / "rich"


def diff(house: House, scratch: Scratch, name: str = "step", **options: object) -> str:
    """The text of the one migration that was written; "" if nothing was."""
    written = write_migration(house.project, scratch, name, **options)  # type: ignore[arg-type]
    assert len(written) <= 1
    return written[0].up.text if written else ""


def applied(house: House, scratch: Scratch) -> str:
    """A database with all migrations."""
    url = scratch.create("applied", generous=True)
    migrations.migrate(house.project, url)
    return url


def pair(house: House) -> list[Migration]:
    return files.discover(house.project)


def test_one_of_everything_there_and_on_and_back(house: House, scratch: Scratch) -> None:
    for name in ("before", "after"):
        house.declare((RICH / f"{name}.sql").read_text(encoding="utf-8"))
        assert write_migration(house.project, scratch, name, allow_drops=True)
        assert drift.find_drift(house.project, scratch) == []
    assert [migration.name for migration in pair(house)] == ["before", "after", "after_2"]


@dataclass(frozen=True)
class First:
    """A house with the one migration that was written for it, its text, and where it was applied."""

    house: House
    scratch: Scratch
    text: str
    url: str


@pytest.fixture(scope="module")
def first(
    project: Project, server: PostgresServer, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[First]:
    """Things that have nothing to do with each other, in one migration."""
    house = new_house(project, tmp_path_factory.mktemp("first"))
    house.declare(
        # Columns of new types, generated ones, and ones that call functions.
        "create type public.mood as enum ('ok');"
        "create function public.f() returns int language sql return 1;"
        "create table public.t (m public.mood, a int, g int generated always as (a + 1) stored,"
        " z int default public.f(), ms public.mood[], b text);"
        # An index of a partitioned table.
        "create table public.e (a int) partition by range (a);"
        "create table public.e_1 partition of public.e for values from (1) to (2);"
        "create index e_a_idx on public.e (a);"
        # A trigger on a table of the platform.
        "create function public.signed_up() returns trigger language plpgsql as $$ begin return new; end $$;"
        "create trigger on_sign_up after insert on auth.users for each row"
        " execute function public.signed_up();"
        # Functions that name what is made after them.
        "create function public.a() returns int language sql as $$ select public.b() $$;"
        "create function public.b() returns int language sql as $$ select a from public.late $$;"
        "create table public.late (a int);"
    )
    house.declare("", file="base/types.sql")
    with tidy_scratch(server) as scratch:
        text = diff(house, scratch)
        yield First(house, scratch, text, applied(house, scratch))


def test_the_first_migration_revokes_what_hosted_supabase_grants_by_default(first: First) -> None:
    revoked = "alter default privileges for role postgres in schema public revoke all on "
    assert first.text.count(revoked) == 3
    assert diff(first.house, first.scratch, "nothing") == ""


def test_a_new_table_keeps_the_order_of_its_columns(first: First) -> None:
    """pg-delta makes the table first and adds columns of new types, and generated ones, at its end."""
    assert "ADD COLUMN" not in first.text
    columns = "from pg_attribute where attrelid = 'public.t'::regclass and attnum > 0 order by attnum"
    found = ask(first.url, f"select attname {columns}")
    assert [name for (name,) in found] == ["m", "a", "g", "z", "ms", "b"]


def test_an_index_of_a_partitioned_table_reaches_its_partitions(first: First) -> None:
    valid = "select indisvalid from pg_index where indrelid in ('public.e'::regclass, 'public.e_1'::regclass)"
    assert ask(first.url, valid) == [(True,), (True,)]


def test_a_trigger_on_a_platform_table_goes_with_its_function(first: First) -> None:
    count = "select count(*) from pg_trigger where tgname = 'on_sign_up'"
    assert ask(first.url, count) == [(1,)]
    copy = first.scratch.clone(first.url, "undone")
    migrations.rollback(first.house.project, copy)
    assert ask(copy, count) == [(0,)]


def test_the_migration_runs_the_same_with_and_without_default_privileges(first: First) -> None:
    assert first.text.startswith("-- step: written by `carebase db diff`")
    want = first.scratch.create("other", generous=False)
    migrations.migrate(first.house.project, want)
    assert compare(read_catalogue(want), read_catalogue(first.url)) == []


def test_a_column_that_needs_its_own_table_comes_afterwards(house: House, scratch: Scratch) -> None:
    house.declare(
        "create table public.a (a int);"
        "create function public.f(public.a) returns int language sql immutable return 1;"
        "create table public.b (x int default public.f(null), y int);"
    )
    with pytest.raises(UsageProblem, match=r"public\.b would have its columns in another order") as caught:
        diff(house, scratch)
    assert caught.value.code == "diff_column_order"


def test_a_column_declared_between_others_is_refused(house: House, scratch: Scratch) -> None:
    house.begin("create table public.t (a int, c int);")
    house.declare("create table public.t (a int, b int, c int);")
    with pytest.raises(UsageProblem, match="a, c, b instead of a, b, c"):
        diff(house, scratch, "middle")
    house.declare("create table public.t (a int, c int, b int);")
    assert 'ADD COLUMN "b" integer' in diff(house, scratch, "last")


def test_what_reads_differently_but_means_the_same_is_no_change(house: House, scratch: Scratch) -> None:
    """Postgres prints `between … and …` in a way that it reads back differently."""
    house.declare(
        "create table public.t (a int, b int, constraint t_small check (a between 1 and 2 and b > 0));"
        "create index t_idx on public.t (a) where a between 1 and 2 and b > 0;"
        "alter table public.t enable row level security;"
        "create policy p on public.t using (a between 1 and 2 and b > 0);"
        "create view public.v as select a from public.t where a between 1 and 2 and b > 0;"
    )
    diff(house, scratch)
    assert diff(house, scratch, "again") == ""
    assert drift.find_drift(house.project, scratch) == []
    house.declare(
        "create table public.t (a int, b int, constraint t_small check (a between 1 and 3 and b > 0));"
    )
    assert "a <= 3" in diff(house, scratch, "really", allow_drops=True)


def test_a_new_enum_value_that_is_used_at_once_takes_two_migrations(house: House, scratch: Scratch) -> None:
    house.begin("create type public.mood as enum ('ok'); create table public.t (m public.mood default 'ok');")
    house.declare(
        "create type public.mood as enum ('ok', 'great');"
        "create table public.t (m public.mood default 'great');"
    )
    written = write_migration(house.project, scratch, "praise")
    assert [migration.name for migration in written] == ["praise", "praise_2"]
    assert ["ADD VALUE 'great'" in migration.up.text for migration in written] == [True, False]
    assert ["SET DEFAULT 'great'" in migration.up.text for migration in written] == [False, True]
    assert drift.find_drift(house.project, scratch) == []


def test_losing_data_has_to_be_said(house: House, scratch: Scratch) -> None:
    house.begin("create table public.t (a int, b int); create table public.u (a int);")
    house.declare("create table public.t (a int);")
    with pytest.raises(UsageProblem) as caught:
        diff(house, scratch, "smaller")
    assert caught.value.code == "diff_loses_data"
    assert 'DROP COLUMN "b"' in caught.value.message
    assert 'DROP TABLE "public"."u"' in caught.value.message
    assert "--allow-drops" in caught.value.hint
    assert len(pair(house)) == 1
    assert '-- Loses data: DROP TABLE "public"."u"' in diff(house, scratch, "smaller", allow_drops=True)


def test_a_rollback_says_what_goes_with_it(house: House, scratch: Scratch) -> None:
    house.begin("")
    house.declare("create table public.t (a int);")
    (written,) = write_migration(house.project, scratch, "larger")
    assert written.down is not None
    assert '-- Loses data: DROP TABLE "public"."t"' in written.down.text
    assert "Take a backup first" in written.down.text
    assert "Loses data" not in written.up.text


def test_a_renaming_is_offered_and_keeps_the_rows(house: House, scratch: Scratch) -> None:
    house.begin("create table public.t (a int, b text);")
    url = applied(house, scratch)
    do(url, "insert into public.t values (1, 'kept')")
    house.declare("create table public.t (a int, c text);")
    with pytest.raises(UsageProblem) as caught:
        diff(house, scratch, "renamed")
    offered = caught.value.hint.partition("--rename ")[2]
    assert "DROP" not in diff(house, scratch, "renamed", renames=[offered])
    migrations.migrate(house.project, url)
    assert ask(url, "select c from public.t") == [("kept",)]
    migrations.rollback(house.project, url)
    assert ask(url, "select b from public.t") == [("kept",)]


def test_what_no_machine_writes_is_named_and_nothing_is_written(house: House, scratch: Scratch) -> None:
    house.begin("")
    by_hand = (
        "create type public.pair as (a int, b text);"
        "create cast (public.pair as text) with inout;"
        "create operator public.=== (leftarg = int, rightarg = int, function = int4eq);"
        "create table public.t of public.pair;"
    )
    house.declare(by_hand)
    with pytest.raises(DiffIncomplete, match=r"cannot be written by machine") as caught:
        diff(house, scratch, "wonder")
    for named in ("cast (public.pair AS pg_catalog.text)", "operator public.===(integer,integer)", "of_type"):
        assert named in caught.value.message
    assert "carebase db new" in caught.value.hint
    assert len(pair(house)) == 1
    files.new_pair(house.project, "by_hand", up=by_hand, down="-- carebase: irreversible: a test\n")
    assert diff(house, scratch, "rest") == ""
    assert drift.find_drift(house.project, scratch) == []


def test_a_pair_that_does_not_prove_itself_is_removed(
    house: House, scratch: Scratch, monkeypatch: pytest.MonkeyPatch
) -> None:
    house.declare("create table public.t (a int);")
    monkeypatch.setattr("carebase.db.diff.rollback_text", lambda *_, **__: "select 1;")
    with pytest.raises(DiffIncomplete, match=r"relation public\.t: unexpected"):
        diff(house, scratch)
    assert pair(house) == []
    assert list(house.project.rollbacks.glob("*.sql")) == []
