"""Figures of occupancy: when others see a change in them, what they cost who writes, and who asks."""

from __future__ import annotations

import time
from uuid import UUID

from care_cases.world import Connection, Person, begin_as
from carebase.seeds.scale import HomesPlan

_INDEX = "bed_stays_occupancy_idx"
_ASK = "select occupied_count from public.occupancy where site_id = %s"
_BOARD = "select site_id, bed_count, occupied_count from public.occupancy where bed_count > 0"
# Counted from the rows, by whoever sees them all.
_PLAIN = """
select beds.site_id, count(*) as bed_count, count(had.id) as occupied_count
from public.beds
left join public.bed_stays as had
  on had.org_id = beds.org_id and had.bed_id = beds.id and had.stays_during @> now() and not had.is_reserved
  and had.deleted_at is null
where beds.org_id = %s and beds.deleted_at is null
group by beds.site_id"""
_ARRIVE = """
insert into public.bed_stays (
  org_id, resident_id, site_id, admission_id, bed_id, bed_site_id, stays_during
)
select
  beds.org_id, guests.resident_id, guests.site_id, guests.id, beds.id, beds.site_id, tstzrange(now(), null)
from public.beds
cross join lateral (
  select admissions.* from public.admissions
  where
    admissions.org_id = beds.org_id and admissions.site_id = beds.site_id
    and admissions.discharged_at < now()
  limit 1
) as guests
where beds.org_id = %s and beds.site_id = %s and not exists (
  select from public.bed_stays as had
  where had.org_id = beds.org_id and had.bed_id = beds.id and had.stays_during @> now()
)
limit 1
returning id"""
_EARLIER = """
insert into public.bed_stays (
  org_id, resident_id, site_id, admission_id, bed_id, bed_site_id, stays_during
)
select
  had.org_id, had.resident_id, had.site_id, had.admission_id, had.bed_id, had.bed_site_id,
  tstzrange('1990-01-01', '1990-02-01')
from public.bed_stays as had
where had.org_id = %s and had.ends_at = 'infinity' and had.deleted_at is null
order by had.id limit %s"""


def home_with_room(conn: Connection, plan: HomesPlan) -> int:
    """A home with a free bed, and somebody who left it and may come back."""
    row = conn.execute(
        "select beds.site_id from public.beds where beds.org_id = %s and not exists (select from"
        " public.bed_stays as had where had.org_id = beds.org_id and had.bed_id = beds.id"
        " and had.stays_during @> now()) and exists (select from public.admissions as gone"
        " where gone.org_id = beds.org_id and gone.site_id = beds.site_id and gone.discharged_at < now())"
        " order by beds.site_id limit 1",
        (UUID(plan.id("organization", 0)),),
    ).fetchone()
    if row is None:
        raise SystemExit("There is no home with a free bed and somebody who left it.")
    return [UUID(plan.id("site", 0, home)) for home in range(plan.homes)].index(UUID(str(row[0])))


def seen_after(writer: Connection, reader: Connection, person: Person) -> float:
    """Seconds from the end of a commit until somebody else has read the figure with it."""
    before = _occupied(reader, person)[1]
    row = writer.execute(_ARRIVE, (person.org, person.site), prepare=True).fetchone()
    assert row
    taken, after = _occupied(reader, person)
    writer.execute("delete from public.bed_stays where org_id = %s and id = %s", (person.org, row[0]))
    assert after == before + 1
    return taken


def _occupied(conn: Connection, person: Person) -> tuple[float, int]:
    began = time.perf_counter()
    begin_as(conn, person)
    row = conn.execute(_ASK, (person.site,), prepare=True).fetchone()
    conn.execute("commit", prepare=True)
    assert row
    return time.perf_counter() - began, int(str(row[0]))


def set_index(conn: Connection, definition: str, *, on: bool) -> None:
    """Make or drop the index that occupancy is counted from."""
    conn.execute(definition.encode() if on else f"drop index public.{_INDEX}".encode())


def index_definition(conn: Connection) -> str:
    """How the index was made."""
    row = conn.execute(f"select pg_get_indexdef('public.{_INDEX}'::regclass)".encode()).fetchone()
    assert row
    return str(row[0])


def write(conn: Connection, org: UUID, count: int) -> float:
    """Seconds for one insert of so many stays, with its triggers; taken back."""
    conn.execute("begin")
    began = time.perf_counter()
    written = conn.execute(_EARLIER, (org, count), prepare=True).rowcount
    taken = time.perf_counter() - began
    conn.execute("rollback")
    assert written == count
    return taken


def board(conn: Connection, person: Person) -> tuple[float, list[tuple[object, ...]]]:
    """The figures of every home as somebody sees them who may."""
    began = time.perf_counter()
    begin_as(conn, person)
    rows = conn.execute(_BOARD.encode(), prepare=True).fetchall()
    conn.execute("commit", prepare=True)
    return time.perf_counter() - began, sorted(rows, key=str)


def count_plainly(conn: Connection, org: UUID) -> tuple[float, list[tuple[object, ...]]]:
    """The same figures from the rows."""
    began = time.perf_counter()
    rows = conn.execute(_PLAIN.encode(), (org,), prepare=True).fetchall()
    return time.perf_counter() - began, sorted(rows, key=str)
