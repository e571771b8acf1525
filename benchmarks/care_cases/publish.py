"""A rota of one home with as many assignments as one likes, published at once."""

from __future__ import annotations

import time
from dataclasses import dataclass
from uuid import UUID

from care_cases.world import Connection, Person, admit, begin_as, next_monday
from carebase.seeds.scale import HomesPlan

# Five days, twelve shifts a day; each person has the same shift on each of them.
DAYS, SHIFTS = 5, 12
_BUILD = """
create function pg_temp.key(p_kind text, p_number integer) returns uuid
language sql immutable as $$ select md5('publish' || p_kind || p_number)::uuid $$;

set session_replication_role = replica;
insert into public.sites (org_id, id, kind, name)
values (%(org)s, pg_temp.key('site', 0), 'care_home', 'A large home');
insert into auth.users (id, email, aud, role)
select pg_temp.key('user', n), 'publish-' || n || '@generated.example.com', 'authenticated', 'authenticated'
from generate_series(0, %(people)s) as n;
insert into public.profiles (id, display_name)
select pg_temp.key('user', n), 'Person ' || n from generate_series(0, %(people)s) as n;
insert into public.staff_members (org_id, user_id, job_title, employed_during)
select %(org)s, pg_temp.key('user', n), 'carer', '[2020-01-01,)' from generate_series(0, %(people)s) as n;
insert into public.role_assignments (org_id, user_id, role, site_id, valid_during)
select %(org)s, pg_temp.key('user', n), case n when 0 then 'manager' else 'carer' end::public.app_role,
  pg_temp.key('site', 0), tstzrange('2020-01-01', null)
from generate_series(0, %(people)s) as n;
insert into public.rota_weeks (org_id, id, site_id, week_on)
values (%(org)s, pg_temp.key('week', 0), pg_temp.key('site', 0), %(week)s);
insert into public.shifts (
  org_id, id, site_id, rota_week_id, shift_on, starts_at, ends_at, skill, needed_count
)
select
  %(org)s, pg_temp.key('shift', d * 100 + s), pg_temp.key('site', 0), pg_temp.key('week', 0),
  %(week)s::date + d,
  (%(week)s::date + d + make_interval(hours => s)) at time zone 'UTC',
  (%(week)s::date + d + make_interval(hours => s + 8)) at time zone 'UTC', 'care', %(people)s / %(shifts)s
from generate_series(0, %(days)s - 1) as d, generate_series(0, %(shifts)s - 1) as s;
insert into public.shift_assignments (
  org_id, id, site_id, shift_id, user_id, shift_on, starts_at, ends_at, break_minutes
)
select
  shifts.org_id, md5(shifts.id::text || n)::uuid, shifts.site_id, shifts.id, pg_temp.key('user', n),
  shifts.shift_on, shifts.starts_at, shifts.ends_at, shifts.break_minutes
from generate_series(1, %(people)s) as n
cross join generate_series(0, %(days)s - 1) as d
inner join public.shifts
  on shifts.org_id = %(org)s and shifts.id = pg_temp.key('shift', d * 100 + n %% %(shifts)s);
reset session_replication_role;
analyze public.shifts, public.shift_assignments, public.role_assignments, public.staff_members"""
_PUBLISH = "select (public.publish_rota(%s, %s)).status"
_FLOOR = """
with weeks as (
  update public.rota_weeks set status = 'published', published_at = now()
  where org_id = %(org)s and site_id = %(site)s and week_on = %(week)s
), needs as (
  update public.shifts set is_published = true
  where org_id = %(org)s and site_id = %(site)s and week_on = %(week)s
)
update public.shift_assignments set is_published = true
where org_id = %(org)s and site_id = %(site)s and week_on = %(week)s"""


@dataclass(frozen=True)
class Rota:
    """A draft: whose, and of which week."""

    manager: Person
    week: str


def build(conn: Connection, org: UUID, plan: HomesPlan, people: int) -> Rota:
    """A home whose people have five shifts each in the next week."""
    week = next_monday(plan)
    values = {"org": org, "week": week, "people": people, "days": DAYS, "shifts": SHIFTS}
    for statement in _BUILD.split(";\n"):
        conn.execute(statement.encode(), values if "%(" in statement else None)
    row = conn.execute("select pg_temp.key('site', 0), pg_temp.key('user', 0)").fetchone()
    assert row
    manager = admit(conn, org, UUID(str(row[1])), UUID(str(row[0])))
    return Rota(manager, week)


def publish(conn: Connection, rota: Rota) -> tuple[float, int]:
    """Publish it as its manager, and take that back; seconds, and how many assignments are published."""
    # However long it takes: the bar says how long it may.
    conn.execute("set statement_timeout = 0")
    began = time.perf_counter()
    begin_as(conn, rota.manager)
    conn.execute(_PUBLISH, (rota.manager.site, rota.week))
    taken = time.perf_counter() - began
    conn.execute("reset role")
    counted = conn.execute(
        "select count(*) from public.shift_assignments where site_id = %s and is_published",
        (rota.manager.site,),
    ).fetchone()
    conn.execute("rollback")
    assert counted
    return taken, int(str(counted[0]))


def write_plainly(conn: Connection, rota: Rota) -> float:
    """The same rows changed without a rule, a trigger, or a message; taken back."""
    values = {"org": rota.manager.org, "site": rota.manager.site, "week": rota.week}
    conn.execute("set session_replication_role = replica")
    began = time.perf_counter()
    conn.execute("begin")
    conn.execute(_FLOOR.encode(), values)
    taken = time.perf_counter() - began
    conn.execute("rollback")
    conn.execute("reset session_replication_role")
    return taken
