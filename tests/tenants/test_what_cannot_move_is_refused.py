"""Tables that are not declared, or not as they are: the export is refused before it could lose their rows."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from carebase.problems import DatabaseProblem
from carebase.stack.server import PostgresServer
from tests.conftest import cloned
from tests.tenants.conftest import NOBODY, ORGANIZATION, PERSON, Database, Move, Rooms

MISFITS = {
    "a table that nobody declared": (
        "create table public.strays (org_id uuid, id uuid, primary key (org_id, id))",
        "",
        "table_undeclared",
        "public.strays",
    ),
    "an undeclared table that refers to people": (
        "create table app.strays (id uuid primary key, of uuid references public.patients)",
        "",
        "table_undeclared",
        "app.strays",
    ),
    "reference rows of an organization": (
        "create table public.strays (id uuid primary key, of uuid references public.organizations)",
        NOBODY.format("strays"),
        "table_misdeclared",
        "belongs to nobody and refers to rows of public.organizations",
    ),
    "an organization's table without its column": (
        "create table public.strays (id uuid primary key)",
        ORGANIZATION.format("strays"),
        "table_misdeclared",
        "has no column org_id",
    ),
    "no key": (
        "create table public.strays (org_id uuid references public.organizations, id uuid)",
        ORGANIZATION.format("strays"),
        "table_misdeclared",
        "has no primary key",
    ),
    "files of the platform": (
        "create table public.strays (org_id uuid, id uuid not null references storage.objects,"
        " primary key (org_id, id))",
        ORGANIZATION.format("strays"),
        "table_unmovable",
        "cannot be without rows of storage.objects",
    ),
    "a sequence": (
        "create table public.strays (org_id uuid, id bigint generated always as identity,"
        " primary key (org_id, id))",
        ORGANIZATION.format("strays"),
        "table_unmovable",
        "numbers its rows with a sequence",
    ),
    "people in a circle": (
        "create table public.strays"
        " (id uuid primary key, user_id uuid, of uuid not null references public.strays)",
        PERSON.format("strays"),
        "table_unmovable",
        "in a circle",
    ),
    "a declared table that is not there": (
        "select 1",
        NOBODY.format("ghosts"),
        "schema_missing",
        "public.ghosts",
    ),
}


@pytest.fixture(scope="module")
def source(server: PostgresServer, templates: dict[str, str]) -> Iterator[Database]:
    """A demo to which each test adds what does not fit, for as long as it takes."""
    with cloned(server, templates["demo"]) as name:
        yield Database(server.url(name, "postgres"))


@pytest.mark.parametrize("misfit", MISFITS)
def test_what_nobody_could_move_rightly_is_refused(
    source: Database, rooms: Rooms, tmp_path: Path, misfit: str
) -> None:
    statement, declaration, code, sentence = MISFITS[misfit]
    source.rows(statement)
    try:
        with pytest.raises(DatabaseProblem) as refused:
            Move(source, source, rooms(declaration), tmp_path).export()
    finally:
        source.rows("drop table if exists public.strays; drop table if exists app.strays")
    assert refused.value.code == code
    assert sentence in refused.value.message
    assert list(tmp_path.iterdir()) == []


def test_an_unrelated_table_of_somebody_else_is_no_matter(move: Move) -> None:
    move.source.rows("create table public.dashboards (id integer primary key, title text)")
    move.load(move.export())
