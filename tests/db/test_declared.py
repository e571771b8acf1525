"""Loading sql/: files in any order, and a sentence for the one that is broken."""

from __future__ import annotations

import pytest

from carebase.db import declared
from carebase.db.catalogue import compare, read_catalogue
from carebase.db.scratch import Scratch
from carebase.problems import DatabaseProblem, UsageProblem
from carebase.project import Project
from tests.db.conftest import House, ask, state


def test_files_may_need_each_other_in_any_order(house: House, url: str) -> None:
    house.declare("create view public.a as select * from public.b;", file="base/functions/a.sql")
    house.declare("create table public.b (c app.d, e text default app.f());", file="base/tables/b.sql")
    house.declare("create schema app; create domain app.d as text;", file="base/zz.sql")
    house.declare(
        "create function app.f() returns text language sql as $$ select 'x' $$;", file="base/views/f.sql"
    )
    loaded = [path.name for path in declared.build(url, house.project)]
    assert loaded == ["zz.sql", "f.sql", "b.sql", "a.sql"]
    assert ask(url, "select e from public.a") == []


def test_rooms_load_after_those_they_use(house: House, url: str) -> None:
    house.room("attic", kind="domain")
    house.declare("create table public.b (a int references public.a);", file="attic/tables/b.sql")
    house.declare("create table public.a (a int primary key);", file="base/tables/a.sql")
    assert [path.parent.parent.name for path in declared.build(url, house.project)] == ["base", "attic"]


def test_the_owner_is_postgres(house: House, scratch: Scratch) -> None:
    house.declare("create table public.a (a int);")
    database = scratch.create("test", generous=True)
    declared.build(scratch.server.url(database.rsplit("/", 1)[1]), house.project)  # as the superuser
    assert ask(database, "select relowner::regrole::text from pg_class where relname = 'a'") == [
        ("postgres",)
    ]


def test_the_cause_is_named_and_not_its_victims(house: House, url: str) -> None:
    before = state(url)
    house.declare("create view public.v as select * from public.broken;", file="base/functions/a.sql")
    house.declare(
        "-- fine\ncreate table public.ok (a int);\n\n"
        "create table public.broken (\n  a int,\n  b nonsense check (1)\n);\n",
        file="base/tables/broken.sql",
    )
    with pytest.raises(DatabaseProblem) as caught:
        declared.build(url, house.project)
    assert "sql/base/tables/broken.sql:6: create table public.broken (" in caught.value.message
    assert 'type "nonsense" does not exist' in caught.value.message
    assert state(url) == before


def test_a_broken_statement_hides_behind_no_missing_one(house: House, url: str) -> None:
    house.declare("create view public.v as select * from public.t;", file="base/functions/a.sql")
    house.declare("create table public.t (a int default 'x');", file="base/tables/t.sql")
    with pytest.raises(DatabaseProblem) as caught:
        declared.build(url, house.project)
    first, second = caught.value.message.splitlines()
    assert first.startswith("sql/base/tables/t.sql:1: create table public.t")
    assert "invalid input syntax" in first
    assert second == "1 more file(s) could not be loaded, perhaps only because of this."


def test_a_file_may_not_end_the_transaction(house: House, url: str) -> None:
    house.declare("create table public.a (a int);\ncommit;\n")
    with pytest.raises(UsageProblem, match=r"sql/base/schema\.sql:2: commit"):
        declared.build(url, house.project)


def test_the_real_declaration_does_not_depend_on_default_privileges(
    project: Project, scratch: Scratch
) -> None:
    catalogues = []
    for generous in (True, False):
        url = scratch.create("real", generous=generous)
        declared.build(url, project)
        catalogues.append(read_catalogue(url))
    assert compare(*catalogues) == []
