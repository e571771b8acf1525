"""What people look at first, as RPCs, and the same figures as whoever sees everything asks for them."""

from __future__ import annotations

import time
from dataclasses import dataclass

import psycopg

from resilience_cases.world import Person

Connection = psycopg.Connection[tuple[object, ...]]
_SETTINGS = """select set_config('search_path', '"public", "extensions"', true),
  set_config('role', 'authenticated', true), set_config('request.jwt.claims', %s, true),
  set_config('request.method', 'POST', true), set_config('request.path', '/rest', true)"""
_ANSWER = (
    "with source as ({query}) select coalesce(json_agg(answers), '[]') from (select * from source) as answers"
)
_TODAY = "(app.clock() at time zone 'UTC')::date"


@dataclass(frozen=True)
class Dashboard:
    """One dashboard: who looks, the RPC, and its floor with the filter written out."""

    name: str
    who: str
    rpc: str
    floor: str


_MONTHS = f"date_trunc('month', {_TODAY}) - interval '6 months'"

DASHBOARDS = (
    Dashboard(
        "get_wellbeing_months",
        "admin",
        "select * from public.get_wellbeing_months()",
        f"""select month, provider_count, assessed_count, median_burnout, average_burnout,
  app.burnout_level(median_burnout) as risk_level, elevated_percent, adoption_percent,
  checkins_per_provider_week, average_stress, trained_percent, helped_count, median_effect,
  workload_correlation
from public.provider_wellbeing_months
where org_id = %(org)s and team_id is null and month >= {_MONTHS} order by month""",
    ),
    Dashboard(
        "get_team_heatmap",
        "admin",
        "select * from public.get_team_heatmap()",
        f"""select months.team_id, teams.name as team_name, months.month,
  months.assessed_count is null as is_suppressed, months.assessed_count, months.median_burnout,
  app.burnout_level(months.median_burnout) as risk_level
from public.provider_wellbeing_months as months
inner join public.provider_teams as teams on teams.org_id = months.org_id and teams.id = months.team_id
where months.org_id = %(org)s and months.month >= {_MONTHS}
order by teams.name, months.team_id, months.month""",
    ),
    Dashboard(
        "get_team_checkin_summary",
        "care_manager",
        f"select checkin_date, people_count, average_stress_level from public.get_team_checkin_summary("
        f"{_TODAY} - 28, {_TODAY} - 1)",
        f"""select checkin_date, people_count, average_stress_level from public.provider_checkin_days
where org_id = %(org)s and checkin_date >= {_TODAY} - 28 and checkin_date < {_TODAY} order by checkin_date""",
    ),
    Dashboard(
        "get_providers_needing_help",
        "care_manager",
        "select * from public.get_providers_needing_help('operations', 50)",
        """select consents.user_id, consents.practitioner_id,
  public.get_practitioner_full_name(people) as provider_name, latest.composite_burnout_score,
  latest.risk_level, latest.assessment_date, exists (
    select from public.provider_interventions as cases
    where cases.org_id = %(org)s and cases.user_id = consents.user_id and cases.closed_at is null
      and not cases.is_unnamed
  ) as has_open_case
from (
  select distinct on (user_id) user_id, composite_burnout_score, risk_level, assessment_date
  from public.provider_burnout_assessments where org_id = %(org)s
  order by user_id, assessment_date desc, id desc
) as latest
inner join public.provider_consents as consents on consents.org_id = %(org)s
  and consents.user_id = latest.user_id and consents.withdrawn_at is null
  and consents.level = 'may_be_contacted'
inner join public.fhir_practitioners as people on people.id = consents.practitioner_id
where latest.risk_level in ('high', 'critical')
order by latest.composite_burnout_score desc, consents.user_id desc limit 50""",
    ),
    Dashboard(
        "get_my_workload",
        "nurse",
        "select * from public.get_my_workload()",
        f"""select encounters_last_30_days, encounters_this_month,
  round(avg_stress_last_7_days, 2) as avg_stress_last_7_days, questions_today, question_days_over_20,
  round(high_risk_patient_percent, 2) as high_risk_patient_percent, level
from app.provider_workload(%(org)s, array[%(practitioner)s], {_TODAY})""",
    ),
    Dashboard(
        "get_my_risk",
        "nurse",
        "select * from public.get_my_risk()",
        f"""select least(100, sum(points)) as composite, app.burnout_level(least(100, sum(points))) as level,
  jsonb_agg(
    jsonb_build_object('kind', kind, 'value', value, 'threshold', threshold, 'points', points,
      'sentence_key', sentence_key) order by points desc, kind
  ) as contributions
from app.risk_contributions(%(org)s, array[%(practitioner)s], {_TODAY})""",
    ),
)


def ask(conn: Connection, dashboard: Dashboard, person: Person, *, as_rpc: bool) -> tuple[float, object]:
    """One request as PostgREST makes it, or the floor as a superuser; seconds and the answer."""
    query = _ANSWER.replace("{query}", dashboard.rpc if as_rpc else dashboard.floor)
    began = time.perf_counter()
    conn.execute("begin", prepare=True)
    if as_rpc:
        conn.execute(_SETTINGS, (person.claims,), prepare=True)
        row = conn.execute(query.encode(), prepare=True).fetchone()
    else:
        row = conn.execute(query.encode(), person.parameters, prepare=True).fetchone()
    conn.execute("commit", prepare=True)
    assert row
    return time.perf_counter() - began, row[0]
