-- The figures of everybody, kept ready for jobs: private, as a materialized view has no policies. Each side is added up
-- by itself before they meet. How somebody is, is in it only of those who take part by name: what they withdraw is gone
-- with the next refresh, so whoever shows something of it asks app.consent_level() first.
create materialized view app.provider_workload_metrics as
with days as (
  select
    orgs.id as org_id,
    (app.clock() at time zone orgs.time_zone)::date as today
  from public.organizations as orgs
  where orgs.deleted_at is null
),

work as (
  select
    days.org_id,
    counted.practitioner_id,
    counted.encounters
  from days
  cross join lateral (
    select
      parts.practitioner_id,
      sum(parts.encounters)::integer as encounters
    from app.provider_workload_parts as parts
    where
      parts.org_id = days.org_id and parts.day >= date_trunc('month', days.today::timestamp)::date
      and parts.day <= days.today
    group by parts.practitioner_id
  ) as counted
),

stress as (
  select
    days.org_id,
    felt.practitioner_id,
    felt.average
  from days
  cross join lateral (
    select
      checkins.practitioner_id,
      round(avg(checkins.stress_level), 2) as average
    from public.provider_daily_checkins as checkins
    where
      checkins.org_id = days.org_id and checkins.checkin_date >= days.today - 7
      and checkins.checkin_date <= days.today
    group by checkins.practitioner_id
  ) as felt
),

burnout as (
  select
    latest.org_id,
    latest.practitioner_id,
    latest.composite
  from app.latest_burnouts() as latest
),

named as (
  select distinct
    consents.org_id,
    consents.practitioner_id
  from public.provider_consents as consents
  where consents.withdrawn_at is null and consents.level <> 'anonymous'
)

select
  known.org_id,
  known.practitioner_id,
  coalesce(work.encounters, 0) as encounters_this_month,
  case when named.org_id is not null then stress.average end as avg_stress_last_7_days,
  case when named.org_id is not null then burnout.composite end as latest_burnout_score
from public.org_practitioners as known
inner join days on known.org_id = days.org_id
left join work on known.org_id = work.org_id and known.practitioner_id = work.practitioner_id
left join stress on known.org_id = stress.org_id and known.practitioner_id = stress.practitioner_id
left join burnout on known.org_id = burnout.org_id and known.practitioner_id = burnout.practitioner_id
left join named on known.org_id = named.org_id and known.practitioner_id = named.practitioner_id
where known.deleted_at is null;

create unique index provider_workload_metrics_key on app.provider_workload_metrics (org_id, practitioner_id);

comment on materialized view app.provider_workload_metrics is
'Workload, stress and burnout of every practitioner, as of app.provider_workload_refreshes.';
comment on column app.provider_workload_metrics.org_id is 'The organization.';
comment on column app.provider_workload_metrics.practitioner_id is 'The practitioner.';
comment on column app.provider_workload_metrics.encounters_this_month is
'Encounters that count, in the calendar month of the organization''s day.';
comment on column app.provider_workload_metrics.avg_stress_last_7_days is
'Average of their check-ins since seven days before; null without any, and of who takes no part by name.';
comment on column app.provider_workload_metrics.latest_burnout_score is
'Composite of their latest burnout assessment; null without one, and of who takes no part by name.';

revoke all on app.provider_workload_metrics from public, anon, authenticated, service_role;
