"""The figures of everybody's workload: kept ready, counted anew, and what keeping them costs who writes."""

from __future__ import annotations

import time
from uuid import UUID

import psycopg

from resilience_cases.world import Connection, Person

# The same figures from the rows themselves, as a query that nobody prepared for.
PLAIN = """
with today as (
  select id as org_id, (app.clock() at time zone time_zone)::date as day
  from public.organizations where deleted_at is null
), work as (
  select org_id, provider_id, count(*) as encounters
  from public.encounters inner join today using (org_id)
  where date_of_service >= date_trunc('month', today.day)::date and date_of_service <= today.day
    and status not in ('cancelled', 'entered-in-error') and deleted_at is null
  group by org_id, provider_id
), stress as (
  select org_id, practitioner_id, round(avg(stress_level), 2) as average
  from public.provider_daily_checkins inner join today using (org_id)
  where checkin_date >= today.day - 7 and checkin_date <= today.day
  group by org_id, practitioner_id
), burnout as (
  select distinct on (org_id, practitioner_id) org_id, practitioner_id, composite_burnout_score
  from public.provider_burnout_assessments order by org_id, practitioner_id, assessment_date desc, id desc
)
select known.org_id, known.practitioner_id, coalesce(work.encounters, 0)::integer as encounters_this_month,
  case when consents.id is not null then stress.average end as avg_stress_last_7_days,
  case when consents.id is not null then burnout.composite_burnout_score end as latest_burnout_score
from public.org_practitioners as known
inner join today on today.org_id = known.org_id
left join work on work.org_id = known.org_id and work.provider_id = known.practitioner_id
left join stress on stress.org_id = known.org_id and stress.practitioner_id = known.practitioner_id
left join burnout on burnout.org_id = known.org_id and burnout.practitioner_id = known.practitioner_id
left join public.provider_consents as consents
  on consents.org_id = known.org_id and consents.practitioner_id = known.practitioner_id
  and consents.withdrawn_at is null and consents.level <> 'anonymous'
where known.deleted_at is null"""
_SUM = "select count(*), sum(encounters_this_month), sum(avg_stress_last_7_days), sum(latest_burnout_score)"
_INSERT = """insert into public.encounters (
  org_id, patient_id, provider_id, status, class_code, date_of_service
)
select %(org)s, %(patient)s, %(practitioner)s, 'finished', 'AMB', (app.clock() at time zone 'UTC')::date
from generate_series(1, %(count)s)"""
_LIVE = """select coalesce(sum(encounters), 0) from app.provider_workload_live
where org_id = %(org)s and practitioner_id = %(practitioner)s
  and day = (app.clock() at time zone 'UTC')::date"""


def refresh(conn: Connection) -> float:
    """Seconds to bring the kept figures of everybody up to now."""
    began = time.perf_counter()
    conn.execute("select app.refresh_workload_metrics()")
    return time.perf_counter() - began


def count_plainly(conn: Connection) -> float:
    """Seconds to count them from the rows."""
    began = time.perf_counter()
    conn.execute(f"{_SUM} from ({PLAIN}) as plain".encode())
    return time.perf_counter() - began


def differences(conn: Connection) -> int:
    """How many rows the two ways do not have in common."""
    kept = "select * from app.provider_workload_metrics"
    both = f"(({kept}) except ({PLAIN})) union all (({PLAIN}) except ({kept}))"
    row = conn.execute(f"select count(*) from ({both}) as differing".encode()).fetchone()
    assert row
    return int(str(row[0]))


def insert(conn: Connection, person: Person, patient: UUID, count: int, times: int) -> float:
    """Seconds for so many transactions of one insert each, of so many rows."""
    values = {**person.parameters, "patient": patient, "count": count}
    began = time.perf_counter()
    for _ in range(times):
        conn.execute(_INSERT, values, prepare=True)
    return time.perf_counter() - began


def set_counting(owner: Connection, *, on: bool) -> None:
    """Switch the trigger that counts on or off, for everybody."""
    word = "enable" if on else "disable"
    owner.execute(f"alter table public.encounters {word} trigger _510_count_inserted".encode())


def seen_after(writer: Connection, reader: Connection, person: Person, patient: UUID) -> float:
    """Seconds from the end of a commit until somebody else has read the figure with it."""
    before = reader.execute(_LIVE, person.parameters, prepare=True).fetchone()
    insert(writer, person, patient, 1, 1)
    began = time.perf_counter()
    after = reader.execute(_LIVE, person.parameters, prepare=True).fetchone()
    taken = time.perf_counter() - began
    assert before
    assert after
    assert int(str(after[0])) == int(str(before[0])) + 1
    return taken


def patient_of(conn: psycopg.Connection[tuple[object, ...]], org: UUID) -> UUID:
    """Somebody to see."""
    row = conn.execute(
        "select patient_id from public.org_patients where org_id = %s limit 1", (org,)
    ).fetchone()
    assert row
    return UUID(str(row[0]))
