"""What the matrix compiles to: one permissive policy per command, checks on writes, roles named in scopes."""

from __future__ import annotations

import psycopg
import pytest

from carebase.access import compile_rooms
from carebase.project import Project
from tests.access.conftest import House, Story

_POLICIES = """
select tablename || ' ' || case permissive when 'PERMISSIVE' then cmd else 'floor' end, roles::text[],
  qual is not null, with_check is not null
from pg_catalog.pg_policies
where
  schemaname in ('public', 'app')
  -- Written by hand: they narrow what the matrix opens.
  and policyname not in ('floor_told', 'floor_reported', 'floor_private', 'floor_restricted')
"""


def test_one_permissive_policy_per_command_and_writes_are_checked(story: Story) -> None:
    found = story.rows(_POLICIES)
    # A table may have a floor of its own beside that of the tenant.
    permissive = [name for name, *_ in found if not str(name).endswith(" floor")]
    assert len(set(permissive)) == len(permissive)
    shapes = {
        "SELECT": (["authenticated"], True, False),
        "INSERT": (["authenticated"], False, True),
        "UPDATE": (["authenticated"], True, True),
        "DELETE": (["authenticated"], True, False),
        "floor": (["anon", "authenticated"], True, True),
    }
    for name, *shape in found:
        # One written by hand beside it holds back what those who are signed in would select.
        by_hand = (shapes["SELECT"],) if str(name).endswith(" floor") else ()
        assert tuple(shape) in (shapes[str(name).split()[1]], *by_hand), name
    ours = {str(name) for name, *_ in found if str(name).startswith("ward_notes ")}
    assert ours == {f"ward_notes {what}" for what in shapes}


def test_an_update_is_checked_by_what_finds_the_row(story: Story) -> None:
    different = story.rows(
        "select policyname from pg_catalog.pg_policies where cmd = 'UPDATE' and qual <> with_check"
    )
    assert different == []


def test_sites_are_those_where_the_roles_of_the_cells_are_held(house: House) -> None:
    notes, boards = house.generated("ward_notes"), house.generated("ward_boards")
    assert "site_id = any((select app.my_named_sites('manager', 'nurse'))::uuid[])" in notes
    assert "org_id = (select app.org_throughout('manager', 'nurse')) and site_id is not null" in notes
    assert "site_id = any((select app.my_sites('manager'))::uuid[])" in notes
    staff = house.project.sql / "access.toml"
    assert staff.is_file()
    assert "house_id = any((select app.my_named_sites('org_owner', 'admin', 'manager', " in boards
    assert "'scheduler'))::uuid[])" in boards
    assert "app.is_staff" not in boards, "the sites say who already"


def test_compiling_twice_changes_nothing_and_what_is_gone_is_removed(house: House) -> None:
    compile_rooms(house.project)
    assert compile_rooms(house.project, check=True) == []
    stray = house.project.sql / "ward" / "generated" / "stray.sql"
    stray.write_text("select 1;\n", encoding="utf-8")
    house.replace("sql/ward/room.toml", 'nurse           = { select = "sites" }', "")
    house.replace("sql/ward/room.toml", '["manager", "nurse", "org_owner"]', '["manager", "org_owner"]')
    changed = compile_rooms(house.project, check=True)
    assert [path.name for path in changed] == ["stray.sql", "ward_notes.sql"]
    assert stray.exists(), "a check writes nothing"
    compile_rooms(house.project)
    assert not stray.exists()


def test_what_is_committed_is_what_the_matrices_compile_to(project: Project) -> None:
    assert compile_rooms(project, check=True) == []


@pytest.mark.parametrize("table", ["ward_notes", "ward_guests"])
def test_a_point_read_uses_the_key(ward: str, table: str) -> None:
    """The predicates are computed once; the row is found by its key."""
    with psycopg.connect(ward) as conn:
        conn.execute("set local enable_seqscan = off")
        conn.execute("select tests.act_as(tests.person('nadia'))")
        plan = conn.execute(
            f"explain (costs off) select id from public.{table} where id = gen_random_uuid()".encode()
        ).fetchall()
        assert any("_pkey" in str(line) for line in plan), plan
        assert not any("Filter: app." in str(line) for line in plan), plan
