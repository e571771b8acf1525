"""Tables that are not declared, or not as they are: the export is refused before it could lose their rows."""

from __future__ import annotations

import pytest

from carebase.problems import DatabaseProblem
from tests.tenants.conftest import NOBODY, ORGANIZATION, PERSON, Move, Rooms

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


@pytest.mark.parametrize("misfit", MISFITS)
def test_what_nobody_could_move_rightly_is_refused(move: Move, rooms: Rooms, misfit: str) -> None:
    statement, declaration, code, sentence = MISFITS[misfit]
    move.source.rows(statement)
    with pytest.raises(DatabaseProblem) as refused:
        move.with_project(rooms(declaration)).export()
    assert refused.value.code == code
    assert sentence in refused.value.message
    assert list(move.folder.iterdir()) == []


def test_an_unrelated_table_of_somebody_else_is_no_matter(move: Move) -> None:
    move.source.rows("create table public.dashboards (id integer primary key, title text)")
    move.load(move.export())
