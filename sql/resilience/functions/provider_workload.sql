-- Each side is counted by itself and then put beside the other: joined first, every encounter would be counted once per
-- check-in, and thirty encounters with six check-ins would pass for a hundred and eighty.
--
-- Planned for the people and the organization that are asked about: a plan for an organization of average size reads
-- the days of all people of a large one (970 ms instead of 3 with 30,000 people beside 1,000 small organizations).
--
-- Not a definer and granted to nobody: those who call it have authorized for themselves.
create function app.provider_workload(p_org_id uuid, p_practitioner_ids uuid[], p_today date)
returns table (
  practitioner_id uuid,
  encounters_last_30_days integer,
  encounters_this_month integer,
  avg_stress_last_7_days numeric,
  questions_today integer,
  question_days_over_20 integer,
  high_risk_patient_percent numeric,
  level public.workload_level
)
language plpgsql stable
set search_path = ''
set plan_cache_mode = force_custom_plan
as $$
begin
  return query
  with work as (
    select
      parts.practitioner_id,
      sum(parts.encounters)::integer as last_30_days,
      sum(parts.encounters) filter (where parts.day >= date_trunc('month', p_today::timestamp)::date)::integer
        as this_month,
      sum(parts.questions) filter (where parts.day = p_today)::integer as questions
    from app.provider_workload_parts as parts
    where
      parts.org_id = p_org_id and parts.practitioner_id = any(p_practitioner_ids)
      and parts.day >= p_today - 30 and parts.day <= p_today
    group by parts.practitioner_id
  ),
  stress as (
    select checkins.practitioner_id, avg(checkins.stress_level) as average
    from public.provider_daily_checkins as checkins
    where
      checkins.org_id = p_org_id and checkins.practitioner_id = any(p_practitioner_ids)
      and checkins.checkin_date >= p_today - 7 and checkins.checkin_date <= p_today
    group by checkins.practitioner_id
  )
  select
    people.id,
    coalesce(work.last_30_days, 0),
    coalesce(work.this_month, 0),
    stress.average,
    coalesce(work.questions, 0),
    coalesce(runs.longest, 0),
    panels.percent,
    case
      when work.last_30_days > 150 and stress.average >= 8 then 'high_risk'::public.workload_level
      else 'normal'
    end
  from unnest(p_practitioner_ids) as people (id)
  left join work on work.practitioner_id = people.id
  left join stress on stress.practitioner_id = people.id
  left join app.question_runs(p_org_id, p_practitioner_ids, p_today - 30, p_today) as runs
    on runs.practitioner_id = people.id
  left join app.risk_panels(p_org_id, p_practitioner_ids, p_today) as panels on panels.practitioner_id = people.id;
end
$$;

comment on function app.provider_workload(uuid, uuid[], date) is
'The workload of practitioners of an organization on a day, exact at this moment; one row for each that was asked for.
encounters_last_30_days: from thirty days before that day on. avg_stress_last_7_days: of their own named check-ins from
seven days before on, null without any. question_days_over_20: the longest run of days in a row in the last thirty,
each with more than 20 claimed questions. high_risk_patient_percent: of the patients seen in 90 days, null without any.
level: high_risk above 150 encounters in 30 days with an average stress of 8 or more.';

-- Days in a row have the same distance to their number in the row.
create function app.question_runs(p_org_id uuid, p_practitioner_ids uuid[], p_from date, p_to date)
returns table (practitioner_id uuid, longest integer, current_from date)
language plpgsql stable
set search_path = ''
set plan_cache_mode = force_custom_plan
as $$
begin
  return query
  select
    runs.practitioner_id,
    max(runs.day_count)::integer,
    max(runs.first_on) filter (where runs.last_on = p_to)
  from (
    select
      numbered.practitioner_id, count(*) as day_count, min(numbered.day) as first_on, max(numbered.day) as last_on
    from (
      select
        live.practitioner_id,
        live.day,
        live.day - row_number() over (partition by live.practitioner_id order by live.day)::integer as run
      from app.provider_workload_live as live
      where
        live.org_id = p_org_id and live.practitioner_id = any(p_practitioner_ids)
        and live.day >= p_from and live.day <= p_to and live.questions > 20
    ) as numbered
    group by numbered.practitioner_id, numbered.run
  ) as runs
  group by runs.practitioner_id;
end
$$;

comment on function app.question_runs(uuid, uuid[], date, date) is
'Runs of days with more than 20 claimed questions each, within some days: how long the longest is, and when the one that
reaches the last day began, if one does.';

create function app.risk_panels(p_org_id uuid, p_practitioner_ids uuid[], p_today date)
returns table (practitioner_id uuid, percent numeric)
language plpgsql stable
set search_path = ''
set plan_cache_mode = force_custom_plan
as $$
begin
  return query
  select panels.provider_id, 100.0 * count(*) filter (where latest.risk_level = 'high') / count(*)
  from (
    select distinct seen.provider_id, seen.patient_id
    from public.encounters as seen
    where
      seen.org_id = p_org_id and seen.provider_id = any(p_practitioner_ids)
      and seen.date_of_service > p_today - 90 and seen.date_of_service <= p_today
      and app.is_encounter_counted(seen.provider_id, seen.date_of_service, seen.status, seen.deleted_at)
  ) as panels
  left join lateral (
    select scores.risk_level
    from public.patient_risk_scores as scores
    where
      scores.org_id = p_org_id and scores.patient_id = panels.patient_id and scores.assessed_on <= p_today
      and scores.deleted_at is null
    order by scores.assessed_on desc, scores.id desc
    limit 1
  ) as latest on true
  group by panels.provider_id;
end
$$;

comment on function app.risk_panels(uuid, uuid[], date) is
'The share of patients at high risk, by their latest score, among those whom practitioners saw in the last 90 days. A
patient without a score counts as not at high risk.';

revoke all on function app.provider_workload(uuid, uuid[], date) from public;
revoke all on function app.question_runs(uuid, uuid[], date, date) from public;
revoke all on function app.risk_panels(uuid, uuid[], date) from public;
