"""A room reaches only where its room.toml says, be it in a statement, a body, a string or a type."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from carebase.lint import boundaries
from carebase.lint.workspace import Workspace
from tests.lint.conftest import House

VISITS = "sql/visits/functions/helper.sql"
BUILT = Callable[[House], Workspace]

REACHES = {
    "foreign key": "create table public.visits (\n  org_id uuid, id uuid,\n"
    "  foreign key (org_id, id) references public.residents (org_id, id) -- here\n);",
    "body in SQL": "create function app.f() returns bigint language sql as $$\n"
    "  select count(*) from public.residents -- here\n$$;",
    "body in PL/pgSQL": "create function app.f() returns void language plpgsql as $$\nbegin\n"
    "  perform 1;\n  delete from public.residents; -- here\nend $$;",
    "declared type": "create function app.f() returns void language plpgsql as $$\ndeclare\n"
    "  v_kind public.note_kind; -- here\nbegin\n  null;\nend $$;",
    "row type": "create function app.f() returns void language plpgsql as $$\ndeclare\n"
    "  v_row public.residents%rowtype; -- here\nbegin\n  null;\nend $$;",
    "dynamic SQL": "create function app.f() returns void language plpgsql as $$\nbegin\n"
    "  execute format('delete from public.residents where id = %L', 'x'); -- here\nend $$;",
    "call": "create function app.f() returns bigint language sql as $$\n"
    "  select public.count_notes('day') -- here\n$$;",
    "quoted names": "create function app.f() returns bigint language sql as $$\n"
    '  select count(*) from "public"."residents" -- here\n$$;',
    "grant": "grant select on public.residents to service_role; -- here",
    "trigger": "create trigger _200_guard before delete on public.residents -- here\n"
    "for each row execute function app.stamp_row();",
    "a view without schemas": "create view public.all_residents as -- here\nselect id from residents;",
    "block of code": "do $$ begin\n  perform 1 from public.residents; -- here\nend $$;",
}


def _found(workspace: Workspace) -> list[tuple[str, str, int]]:
    return [(finding.rule, finding.file, finding.line) for finding in boundaries.check(workspace)]


def test_a_sound_house_reaches_nowhere_it_may_not(house: House, built: BUILT) -> None:
    assert _found(built(house)) == []


@pytest.mark.parametrize("sql", REACHES.values(), ids=REACHES.keys())
def test_a_room_that_is_not_named_is_out_of_reach(sql: str, house: House, built: BUILT) -> None:
    house.write(VISITS, sql)
    assert _found(built(house)) == [("reach", VISITS, house.line(VISITS, "-- here"))]


@pytest.mark.parametrize("sql", REACHES.values(), ids=REACHES.keys())
def test_a_room_that_is_named_is_in_reach(sql: str, house: House, built: BUILT) -> None:
    house.write(VISITS, sql)
    house.append("sql/visits/room.toml", 'uses = ["care"]\n')
    assert _found(built(house)) == []


def test_the_kernel_reaches_no_domain_room(house: House, built: BUILT) -> None:
    house.append(
        "sql/base/functions/helpers.sql",
        "create function app.f() returns bigint language sql as 'select count(*) from public.notes';",
    )
    line = house.line("sql/base/functions/helpers.sql", "public.notes")
    assert _found(built(house)) == [("reach", "sql/base/functions/helpers.sql", line)]


def test_comments_may_speak_of_other_rooms(house: House, built: BUILT) -> None:
    house.write(VISITS, "-- Not public.residents.\ncomment on schema public is 'Has public.residents.';")
    assert _found(built(house)) == []


def test_a_use_that_nothing_makes_is_found(house: House, built: BUILT) -> None:
    house.append("sql/visits/room.toml", 'uses = ["care"]\n')
    assert _found(built(house)) == [
        ("idle-use", "sql/visits/room.toml", house.line("sql/visits/room.toml", "uses ="))
    ]


def test_what_no_file_declares_is_found(house: House, built: BUILT) -> None:
    house.write(VISITS, "do $$ begin execute 'create type public.hidden as enum ()'; end $$;")
    assert _found(built(house)) == [("undeclared", "sql", 0)]
