"""Whatever is admitted, moved and let go: no bed is had twice, and occupancy is what a recount gives."""

from __future__ import annotations

import json
import threading
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import psycopg
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from psycopg.rows import dict_row

from carebase.project import Project

BEDS, PEOPLE, START = 4, 5, datetime(2026, 3, 2, 9, tzinfo=UTC)
PERSON, BED = st.integers(0, PEOPLE - 1), st.integers(0, BEDS - 1)
# What happens, to whom, where; and how many hours pass before it.
STEP = st.tuples(
    st.sampled_from(
        [
            "admit",
            "admit",
            "reserve",
            "transfer",
            "transfer",
            "leave",
            "return",
            "discharge",
            "cancel",
            "extend",
        ]
    ),
    PERSON,
    BED,
    st.integers(0, 30),
)
CALLS = {
    "admit": "select public.admit_resident(%(bed)s, p_patient_id => %(who)s, p_planned_until => %(until)s)",
    "reserve": """select public.reserve_bed(
                    %(bed)s, %(on)s, p_patient_id => %(who)s, p_planned_until => %(until)s)""",
    "transfer": "select public.transfer_resident(%(who)s, %(bed)s)",
    "leave": "select public.start_leave(%(who)s, 'hospital')",
    "return": "select public.end_leave(%(who)s)",
    "discharge": "select public.discharge_resident(%(who)s, 'end_of_stay', 'own_home')",
    "cancel": """select public.cancel_admission(admission_id) from public.bed_stays
                 where is_reserved and resident_id = %(who)s limit 1""",
    "extend": "select public.extend_stay(%(who)s, %(until)s)",
}
# Counted here anew, and not by the function that has to say the same.
RECOUNT = """
select
  count(*) filter (where not is_reserved and stays_during @> app.clock()) as occupied,
  count(*) filter (
    where not is_reserved and stays_during @> app.clock() and exists (
      select from public.resident_leaves as away
      where away.resident_id = stays.resident_id and away.away_during @> app.clock()
    )
  ) as on_leave
from public.bed_stays as stays where bed_site_id = %s and deleted_at is null
"""


@dataclass
class Home:
    """Two homes of one organization, two beds each, who admits people to both, and who might live there."""

    conn: psycopg.Connection[Any]
    url: str
    org: UUID
    cora: UUID
    sites: list[UUID]
    beds: list[UUID]
    people: list[UUID]

    def all(self, query: str, *parameters: object) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = self.conn.execute(query.encode(), parameters).fetchall()
        return found

    def act(self, step: str, who: int, bed: int, at: datetime) -> str | None:
        """The code that it was refused with; a refusal leaves everything as it was."""
        self.conn.execute("select tests.freeze_clock(%s)", (at,))
        self.conn.execute("select tests.act_as(%s)", (self.cora,))
        values = {
            "who": self.people[who],
            "bed": self.beds[bed],
            "on": (at + timedelta(days=1)).date(),
            # Some leave on a day, the others stay.
            "until": (at + timedelta(days=2)).date() if who % 2 else None,
        }
        try:
            with self.conn.transaction():
                self.conn.execute(CALLS[step].encode(), values)
            return None
        except psycopg.errors.DatabaseError as error:
            if error.sqlstate != "PGRST":
                raise
            return str(json.loads(error.diag.message_primary or "")["code"])
        finally:
            self.conn.execute("select tests.act_as_system()")


@pytest.fixture
def home(database: str, project: Project, server: Any) -> Iterator[Home]:
    name = psycopg.conninfo.conninfo_to_dict(database)["dbname"]
    url = server.url(name)
    with psycopg.connect(url, autocommit=True, row_factory=dict_row) as conn:
        conn.execute((project.root / "tests" / "sql" / "helpers.sql").read_bytes())

        def one(query: str, *parameters: object) -> Any:
            row = conn.execute(query.encode(), parameters).fetchone()
            assert row
            return next(iter(row.values()))

        org = one("select tests.make_org('lakeside', true, 'UTC')")
        sites = [one("select tests.make_site(%s, %s)", org, name) for name in ("Elms", "Oaks")]
        beds = []
        for site in sites:
            room = one(
                "insert into public.rooms (org_id, site_id, name) values (%s, %s, '1') returning id",
                org,
                site,
            )
            beds += [
                one(
                    """insert into public.beds (org_id, site_id, room_id, name)
                       values (%s, %s, %s, %s) returning id""",
                    *(org, site, room, name),
                )
                for name in "ab"
            ]
        people = [one("insert into public.patients default values returning id") for _ in range(PEOPLE)]
        conn.execute(
            "insert into public.org_patients (org_id, patient_id) select %s, unnest(%s::uuid[])",
            (org, people),
        )
        cora = one("select tests.make_person(%s, 'care_manager', 'Cora')", org)
        yield Home(conn, url, org, cora, sites, beds, people)


def look(home: Home) -> None:
    overlaps = home.all(
        """select one.id from public.bed_stays as one inner join public.bed_stays as other
             on other.id > one.id and one.stays_during && other.stays_during
             and (one.bed_id = other.bed_id or one.resident_id = other.resident_id)
           where one.deleted_at is null and other.deleted_at is null"""
    )
    assert overlaps == []
    for site in home.sites:
        [recount] = home.all(RECOUNT, site)
        [live] = home.all("select * from app.count_occupancy(%s, array[%s::uuid])", home.org, site)
        assert (live["occupied_count"], live["on_leave_count"]) == (recount["occupied"], recount["on_leave"])
        whole = live["occupied_count"] + live["closed_count"] + live["reserved_count"] + live["vacant_count"]
        assert whole == live["bed_count"]
    # Status, stay and site say one thing of each.
    assert not home.all(
        """select residents.id from public.residents
           left join public.admissions on admissions.resident_id = residents.id
             and admissions.admitted_at is not null and admissions.discharged_at is null
           where (residents.status in ('resident', 'on_leave')) is distinct from (admissions.id is not null)
             or (residents.status = 'on_leave') <> exists (
               select from public.resident_leaves as away
               where away.resident_id = residents.id and away.ends_at = 'infinity'
             )"""
    )
    assert not home.all(
        """select stays.id from public.bed_stays as stays
           where stays.stays_during @> app.clock() and not stays.is_reserved
             and stays.site_id <> stays.bed_site_id"""
    )


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(STEP, min_size=4, max_size=14))
def test_no_bed_is_had_twice_and_occupancy_is_what_a_recount_gives(
    home: Home, steps: list[tuple[str, int, int, int]]
) -> None:
    at = START
    with home.conn.transaction(force_rollback=True):
        for step, who, bed, hours in steps:
            at += timedelta(hours=hours, minutes=1)
            code = home.act(step, who, bed, at)
            assert code in (None, "conflict", "not_found", "invalid_input")
            look(home)


def test_many_who_want_one_bed_hear_conflict_and_nothing_else(home: Home) -> None:
    """Each wants every bed, all at once, on connections of their own; as many come in as there are beds."""
    gate = threading.Barrier(PEOPLE)

    def try_all(who: UUID) -> list[str]:
        heard = []
        with psycopg.connect(home.url, autocommit=True) as conn:
            gate.wait(30)
            for bed in home.beds + home.beds[::-1]:
                try:
                    with conn.transaction():
                        conn.execute("select tests.act_as(%s)", (home.cora,))
                        conn.execute("select public.admit_resident(%s, p_patient_id => %s)", (bed, who))
                    heard.append("admitted")
                except psycopg.errors.DatabaseError as error:
                    is_ours = error.sqlstate == "PGRST"
                    code = json.loads(error.diag.message_primary or "")["code"] if is_ours else None
                    heard.append(code or f"{error.sqlstate}: {error}")
        return heard

    with ThreadPoolExecutor(PEOPLE) as pool:
        heard = Counter(answer for answers in pool.map(try_all, home.people) for answer in answers)
    assert set(heard) == {"admitted", "conflict"}
    assert heard["admitted"] == BEDS
    look(home)

    def swap(number: int) -> list[str]:
        """Move everybody to everybody's bed, while others do the same."""
        heard = []
        with psycopg.connect(home.url, autocommit=True) as conn:
            gate.wait(30)
            for step in range(8):
                who, bed = home.people[(number + step) % PEOPLE], home.beds[(number * 3 + step) % BEDS]
                values: tuple[UUID, ...] = (who, bed)
                query = "select public.transfer_resident(%s, %s)"
                if step % 4 == 3:
                    query, values = "select public.discharge_resident(%s, 'other', 'unknown')", (who,)
                if step % 4 == 1:
                    query, values = "select public.admit_resident(%s, p_patient_id => %s)", (bed, who)
                try:
                    with conn.transaction():
                        conn.execute("select tests.act_as(%s)", (home.cora,))
                        conn.execute(query.encode(), values)
                except psycopg.errors.DatabaseError as error:
                    is_ours = error.sqlstate == "PGRST"
                    code = json.loads(error.diag.message_primary or "")["code"] if is_ours else None
                    heard.append(code or f"{error.sqlstate}: {error}")
        return heard

    with ThreadPoolExecutor(PEOPLE) as pool:
        heard = Counter(answer for answers in pool.map(swap, range(PEOPLE)) for answer in answers)
    assert set(heard) <= {"conflict", "invalid_input", "not_found"}
    look(home)
