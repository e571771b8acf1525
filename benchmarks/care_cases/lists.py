"""What people look at first, as their frontend asks, and with the filter of whoever sees everything."""

from __future__ import annotations

from dataclasses import dataclass, field

from rls_cases.queries import Query

_MONDAY = "date_trunc('week', now() at time zone 'UTC') at time zone 'UTC'"
_TODAY = "date_trunc('day', now() at time zone 'UTC') at time zone 'UTC'"
_CLIENTS = "select id, care_home_id, status from public.clients where {where}"
_INCIDENTS = """select id, site_id, kind, severity, status, occurred_at from public.incidents
where {where} and status <> 'closed'"""
_LIVE = "incidents.org_id = %(org)s and incidents.deleted_at is null"

LISTS = (
    Query(
        "clients of a home, a carer",
        "carer",
        _CLIENTS + " and care_home_id = %(key)s order by id limit 100",
        "clients.org_id = %(org)s",
    ),
    Query(
        "clients of all homes, first page, an owner",
        "org_owner",
        _CLIENTS + " order by id limit 100",
        "clients.org_id = %(org)s",
    ),
    Query(
        "clients of all homes, first page, a care manager",
        "care_manager",
        _CLIENTS + " order by id limit 100",
        "clients.org_id = %(org)s",
    ),
    Query(
        "clients of all homes, how many, a care manager",
        "care_manager",
        "select count(*) from public.clients where {where}",
        "clients.org_id = %(org)s",
    ),
    Query(
        "tasks of a shift, a carer",
        "carer",
        f"""select id, resident_id, task_kind, status, due_at, assigned_to
from public.care_plan_task_occurrences
where {{where}} and site_id = %(key)s and due_at >= {_TODAY} + interval '7 hours'
  and due_at < {_TODAY} + interval '15 hours'
order by due_at, id limit 500""",
        "org_id = %(org)s",
    ),
    Query(
        "open incidents of a home, a manager",
        "manager",
        _INCIDENTS + " and site_id = %(key)s order by id desc limit 50",
        _LIVE,
    ),
    Query(
        "open incidents of all homes, an owner",
        "org_owner",
        _INCIDENTS + " order by id desc limit 50",
        _LIVE,
    ),
    Query(
        "open incidents of all homes, a care manager",
        "care_manager",
        _INCIDENTS + " order by id desc limit 50",
        _LIVE,
    ),
    Query(
        "roster week of a home, a carer",
        "carer",
        f"""select shifts.id, shifts.starts_at, shifts.skill, assignments.user_id
from public.shifts left join public.shift_assignments as assignments
  on assignments.org_id = shifts.org_id and assignments.shift_id = shifts.id
where {{where}} and shifts.site_id = %(key)s and shifts.starts_at >= {_MONDAY}
  and shifts.starts_at < {_MONDAY} + interval '7 days'
order by shifts.starts_at, shifts.id, assignments.id""",
        "shifts.org_id = %(org)s and shifts.is_published and shifts.deleted_at is null",
    ),
)


@dataclass(frozen=True)
class Call(Query):
    """An RPC, which may open what is sealed, with a list from above as its floor."""

    floor: str = field(default="", kw_only=True)

    def filtered(self) -> str:
        """The list without opening anything."""
        return next(query for query in LISTS if query.name == self.floor).filtered()


CALLS = (
    Call(
        "list_residents",
        "carer",
        "select * from public.list_residents(%(key)s, 'treatment', p_limit => 100)",
        "",
        writes=True,
        floor="clients of a home, a carer",
    ),
    Call(
        "list_shift_tasks",
        "carer",
        f"""select * from public.list_shift_tasks(
  %(key)s, {_TODAY} + interval '7 hours', {_TODAY} + interval '15 hours', 'treatment'
)""",
        "",
        writes=True,
        floor="tasks of a shift, a carer",
    ),
    Call(
        "list_incidents, of a home",
        "manager",
        "select * from public.list_incidents(%(key)s, true)",
        "",
        writes=True,
        floor="open incidents of a home, a manager",
    ),
    Call(
        "list_incidents, of all homes",
        "care_manager",
        "select * from public.list_incidents(null, true)",
        "",
        writes=True,
        floor="open incidents of all homes, a care manager",
    ),
    Call(
        "list_roster_week",
        "carer",
        f"select * from public.list_roster_week(%(key)s, ({_MONDAY})::date)",
        "",
        writes=True,
        floor="roster week of a home, a carer",
    ),
)
