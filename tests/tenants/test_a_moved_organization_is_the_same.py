"""An operator moves Lakeside to a database of its own: every row is there as it was, and nothing else is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from carebase.problems import DatabaseProblem, UsageProblem
from tests.tenants.conftest import HARBOR, LAKESIDE, PERSONAL, REFERENCE, Database, Move, Refusing


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


@pytest.mark.parametrize(("by", "name"), [("slug", "export"), ("id", "export.tar")])
def test_row_by_row(arrival: Move, by: str, name: str) -> None:
    move, org = arrival, arrival.source.org(LAKESIDE)
    expected = rows_of_lakeside(move)
    before = move.target.contents()
    report = move.load(move.export(LAKESIDE if by == "slug" else str(org), name))
    assert report.organization == LAKESIDE
    assert move.target.org(LAKESIDE) == org
    assert move.target.of(org) == expected
    assert sum(map(len, expected.values())) > 200
    assert all(expected[table] for table in PERSONAL)
    # The feature flag that Lakeside overrides, and the privacy statement that its people agreed to.
    assert report.rows == sum(map(len, expected.values())) + 2
    after = move.target.contents()
    assert [after[table] for table in REFERENCE] == [before[table] for table in REFERENCE]
    assert set(before["public.organizations"]) < set(after["public.organizations"])
    assert len(after["public.organizations"]) == len(before["public.organizations"]) + 1


def test_a_neighbour_in_the_target_is_not_touched(arrival: Move) -> None:
    arrival.load(arrival.export(HARBOR, "harbor"))
    harbor = arrival.target.org(HARBOR)
    before = arrival.target.of(harbor)
    arrival.load(arrival.export())
    after = arrival.target.of(harbor)
    for table, rows in before.items():
        if table in PERSONAL:
            assert set(rows) < set(after[table])
        else:
            assert rows == after[table]
    both = [arrival.source.of(harbor), arrival.source.of(arrival.source.org("lakeside"))]
    for table in ("public.encounters", "public.provider_daily_checkins", "public.sites"):
        assert sorted(arrival.target.contents()[table]) == sorted(row for one in both for row in one[table])
    moved = arrival.source.rows(
        "select patient_id::text from public.org_patients inner join public.organizations as orgs"
        " on orgs.id = org_id where orgs.slug <> 'meadow'"
    )
    ids = {row["patient_id"] for row in moved}
    patients = arrival.source.of(harbor)["public.patients"]
    assert after["public.patients"] == [row for row in patients if row[1:37] in ids]


def test_the_source_stays_as_it_is(move: Move) -> None:
    before = move.source.contents()
    move.export()
    assert move.source.contents() == before


def test_twice_changes_nothing(arrival: Move) -> None:
    path = arrival.export()
    assert not arrival.load(path).is_unchanged
    after = arrival.target.contents()
    assert arrival.load(path).is_unchanged
    assert arrival.target.contents() == after
    assert arrival.differences(path) == []


def test_where_it_went_on_being_used_it_is_refused(arrival: Move) -> None:
    path = arrival.export()
    arrival.load(path)
    arrival.target.rows("update public.encounters set class_code = 'IMP' where date_of_service is not null")
    after = arrival.target.contents()
    with pytest.raises(DatabaseProblem) as refused:
        arrival.load(path)
    assert refused.value.code == "organization_differs"
    assert "public.encounters (32 of 32 rows)" in refused.value.message
    assert arrival.target.contents() == after
    assert [(each.table, each.rows, each.rows_there) for each in arrival.differences(path)] == [
        ("public.encounters", 32, 32)
    ]


def test_a_database_that_lacks_it_differs_in_every_table(refusing: Refusing) -> None:
    found = {each.table: each.rows_there for each in refusing.move.differences(refusing.path)}
    assert refusing.move.target.contents() == refusing.before
    assert found["public.role_assignments"] == found["auth.users"] == 0
    assert "public.nurseos_feature_flags" not in found


def test_another_organization_has_its_name(arrival: Move) -> None:
    arrival.target.rows(
        "insert into public.organizations (name, slug, kind) values ('Other', 'lakeside', 'clinic')"
    )
    with pytest.raises(DatabaseProblem, match="called lakeside"):
        arrival.load(arrival.export())


@pytest.mark.parametrize(
    ("named", "code"), [("platform", "organization_unmovable"), ("atlantis", "organization_unknown")]
)
def test_the_platform_stays_where_it_is_and_nobody_is_nowhere(
    refusing: Refusing, tmp_path: Path, named: str, code: str
) -> None:
    with pytest.raises(UsageProblem) as refused:
        replace(refusing.move, folder=tmp_path).export(named)
    assert refused.value.code == code
    assert list(tmp_path.iterdir()) == []


def test_a_database_that_is_not_migrated(refusing: Refusing, make_database: Callable[[str], str]) -> None:
    empty = Database(make_database("platform"))
    with pytest.raises(DatabaseProblem) as refused:
        replace(refusing.move, target=empty).load(refusing.path)
    assert refused.value.code == "schema_missing"


def test_triggers_are_as_they_were(arrival: Move) -> None:
    arrival.target.rows("alter table public.sites disable trigger _100_stamp")
    arrival.target.rows("alter table public.patients enable always trigger _100_stamp")
    query = "select tgrelid::regclass::text || tgname as trigger, tgenabled from pg_trigger order by 1"
    before = arrival.target.rows(query)
    arrival.load(arrival.export())
    assert arrival.target.rows(query) == before
