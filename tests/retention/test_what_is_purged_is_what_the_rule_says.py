"""Whatever was removed when, is referred to and is held: a purge deletes what the rule says."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.retention.conftest import Archive

# Removed so many days ago, or not at all; the term of both tables is a year, or what the organization says.
AGES = st.sampled_from([None, 1, 29, 31, 360, 370, 2999, 3001, 3640, 3660])
BUILDINGS = st.lists(AGES, max_size=3)
# Its age, and in which of the buildings it is.
SITES = st.lists(st.tuples(AGES, st.sampled_from([None, 0, 1, 2])), max_size=6)
TERMS = st.fixed_dictionaries(
    {"sites": st.sampled_from([None, 1, 30, 3000, 90000]), "properties": st.sampled_from([None, 30])}
)
HOLDS = st.lists(st.tuples(st.sampled_from(["sites", "properties"]), st.integers(-1, 5)), max_size=2)


def expected(
    sites: dict[UUID, tuple[int | None, UUID | None]],
    buildings: dict[UUID, int | None],
    terms: dict[str, int],
    held: set[tuple[str, UUID | None]],
) -> tuple[set[UUID], set[UUID]]:
    """Which sites and buildings are left."""

    def goes(table: str, row: UUID, age: int | None) -> bool:
        return age is not None and age > terms[table] and not held & {(table, None), (table, row)}

    left = {site for site, (age, _) in sites.items() if not goes("sites", site, age)}
    needed = {sites[site][1] for site in left}
    return left, {
        building
        for building, age in buildings.items()
        if building in needed or not goes("properties", building, age)
    }


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(building_ages=BUILDINGS, site_list=SITES, terms=TERMS, hold_list=HOLDS, limit=st.integers(1, 5))
def test_any_history_is_what_the_rule_says(
    archive: Archive, building_ages: Any, site_list: Any, terms: Any, hold_list: Any, limit: int
) -> None:
    conn = archive.conn
    with conn.transaction(force_rollback=True):
        conn.execute("delete from public.sites where org_id = %s", [archive.org])
        buildings = {uuid4(): age for age in building_ages}
        places = list(buildings)
        sites = {
            uuid4(): (age, places[place] if place is not None and place < len(places) else None)
            for age, place in site_list
        }
        for building, age in buildings.items():
            conn.execute(
                "insert into public.properties (org_id, id, name, deleted_at)"
                " values (%s, %s, 'B', now() - make_interval(days => %s))",
                [archive.org, building, age],
            )
        for site, (age, place) in sites.items():
            conn.execute(
                "insert into public.sites (org_id, id, kind, name, property_id, deleted_at)"
                " values (%s, %s, 'house', 'S', %s, now() - make_interval(days => %s))",
                [archive.org, site, place, age],
            )
        for table, days in terms.items():
            if days is not None:
                conn.execute(
                    "insert into public.retention_policies (org_id, table_name, keep_for)"
                    " values (%s, %s, make_interval(days => %s))",
                    [archive.org, table, days],
                )
        held = set()
        for table, place in hold_list:
            rows = list(sites) if table == "sites" else places
            row = rows[place] if 0 <= place < len(rows) else None
            held.add((table, row))
            conn.execute(
                "insert into public.legal_holds (org_id, reason_code, table_name, row_id)"
                " values (%s, 'other', %s, %s)",
                [archive.org, table, row],
            )
        before = len(sites) + len(buildings)
        counts = []
        while not counts or counts[-1] == limit:
            counts.append(archive.purge(conn, limit))
        within = {table: min(max(days or 365, 30), 3652) for table, days in terms.items()}
        left = [
            {row[0] for row in conn.execute(query, [archive.org])}
            for query in (
                "select id from public.sites where org_id = %s",
                "select id from public.properties where org_id = %s",
            )
        ]
    assert left == list(expected(sites, buildings, within, held))
    assert sum(counts) == before - len(left[0]) - len(left[1])
