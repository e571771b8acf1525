"""An operator moves Lakeside to a database of its own: every row is there as it was, and nothing else is."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from carebase.problems import DatabaseProblem, UsageProblem
from tests.tenants.conftest import HARBOR, LAKESIDE, PERSONAL, REFERENCE, Database, Move


def rows_of_lakeside(move: Move) -> dict[str, list[str]]:
    """What is to arrive: of the demo's people those who have to do with Lakeside."""
    org = move.source.org(LAKESIDE)
    found = move.source.of(org)
    people = {
        str(row["user_id"])
        for row in move.source.rows("select user_id from role_assignments where org_id = %s", org)
    }
    for table, link, column in (
        ("public.fhir_practitioners", "org_practitioners", "practitioner_id"),
        ("public.patients", "org_patients", "patient_id"),
    ):
        known = move.source.rows(f"select {column} as id from public.{link} where org_id = %s", org)
        starts = tuple(f"({row['id']}," for row in known)
        found[table] = [row for row in found[table] if row.startswith(starts)]
    for table, column in (("auth.users", "id"), ("auth.identities", "user_id"), ("public.profiles", "id")):
        theirs = move.source.rows(
            f"select t::text as row from {table} as t where {column} = any(%s::uuid[]) order by 1",
            list(people),
        )
        found[table] = [row["row"] for row in theirs]
    return found


@pytest.mark.parametrize("name", ["export", "export.tar"])
def test_row_by_row(move: Move, name: str) -> None:
    expected = rows_of_lakeside(move)
    before = move.target.contents()
    report = move.load(move.export(name=name))
    org = move.target.org(LAKESIDE)
    assert move.target.of(org) == expected
    assert sum(map(len, expected.values())) > 200
    assert all(expected[table] for table in PERSONAL)
    assert report.rows == sum(map(len, expected.values())) + 1  # the feature flag that Lakeside overrides
    after = move.target.contents()
    assert [after[table] for table in REFERENCE] == [before[table] for table in REFERENCE]
    assert set(before["public.organizations"]) < set(after["public.organizations"])
    assert len(after["public.organizations"]) == len(before["public.organizations"]) + 1


def test_a_neighbour_in_the_target_is_not_touched(move: Move) -> None:
    move.load(move.export(HARBOR, "harbor"))
    harbor = move.target.org(HARBOR)
    before = move.target.of(harbor)
    move.load(move.export())
    after = move.target.of(harbor)
    for table, rows in before.items():
        if table in PERSONAL:
            assert set(rows) < set(after[table])
        else:
            assert rows == after[table]
    both = move.source.contents()
    for table in ("public.encounters", "public.provider_daily_checkins", "public.sites"):
        assert move.target.contents()[table] == both[table]
    assert after["public.patients"] == move.source.of(harbor)["public.patients"]


def test_the_source_stays_as_it_is(move: Move) -> None:
    before = move.source.contents()
    move.export()
    assert move.source.contents() == before


def test_twice_changes_nothing(move: Move) -> None:
    path = move.export()
    assert not move.load(path).is_unchanged
    after = move.target.contents()
    assert move.load(path).is_unchanged
    assert move.target.contents() == after
    assert move.differences(path) == []


def test_where_it_went_on_being_used_it_is_refused(move: Move) -> None:
    path = move.export()
    move.load(path)
    move.target.rows("update public.encounters set class_code = 'IMP' where date_of_service is not null")
    after = move.target.contents()
    with pytest.raises(DatabaseProblem) as refused:
        move.load(path)
    assert refused.value.code == "organization_differs"
    assert "public.encounters (32 of 32 rows)" in refused.value.message
    assert move.target.contents() == after
    assert [(each.table, each.rows, each.rows_there) for each in move.differences(path)] == [
        ("public.encounters", 32, 32)
    ]


def test_a_database_that_lacks_it_differs_in_every_table(move: Move) -> None:
    found = {each.table: each.rows_there for each in move.differences(move.export())}
    assert found["public.role_assignments"] == found["auth.users"] == 0
    assert "public.nurseos_feature_flags" not in found


def test_another_organization_has_its_name(move: Move) -> None:
    move.target.rows(
        "insert into public.organizations (name, slug, kind) values ('Other', 'lakeside', 'clinic')"
    )
    with pytest.raises(DatabaseProblem, match="called lakeside"):
        move.load(move.export())


def test_the_platform_stays_where_it_is(move: Move) -> None:
    with pytest.raises(UsageProblem) as refused:
        move.export("platform")
    assert refused.value.code == "organization_unmovable"
    assert list(move.folder.iterdir()) == []


def test_nobody_by_that_name(move: Move) -> None:
    with pytest.raises(UsageProblem) as refused:
        move.export("atlantis")
    assert refused.value.code == "organization_unknown"


def test_by_id(move: Move) -> None:
    assert move.load(move.export(str(move.source.org(LAKESIDE)))).organization == LAKESIDE


def test_a_database_that_is_not_migrated(move: Move, make_database: Callable[[str], str]) -> None:
    empty = Database(make_database("platform"))
    path = move.export()
    with pytest.raises(DatabaseProblem) as refused:
        Move(move.source, empty, move.project, move.folder).load(path)
    assert refused.value.code == "schema_missing"


def test_triggers_are_as_they_were(move: Move) -> None:
    move.target.rows("alter table public.sites disable trigger _100_stamp")
    move.target.rows("alter table public.patients enable always trigger _100_stamp")
    query = "select tgrelid::regclass::text || tgname as trigger, tgenabled from pg_trigger order by 1"
    before = move.target.rows(query)
    move.load(move.export())
    assert move.target.rows(query) == before
