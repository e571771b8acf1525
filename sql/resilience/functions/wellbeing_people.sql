-- What is known of each provider in a month, for the figures of that month and nobody's eyes. Of those only who take
-- part now: whoever has withdrawn since counts as a provider, and no more.
create function app.wellbeing_people(p_org_id uuid, p_from date, p_to date) returns table (
  team_id uuid,
  score numeric,
  is_elevated boolean,
  has_checked_in boolean,
  is_trained boolean,
  encounter_count bigint,
  effect numeric
)
language plpgsql stable
set search_path = ''
set plan_cache_mode = force_custom_plan
as $$
begin
  return query
  with scores as (
    select distinct on (assessments.practitioner_id)
      assessments.practitioner_id, assessments.composite_burnout_score, assessments.risk_level
    from public.provider_burnout_assessments as assessments
    where assessments.org_id = p_org_id and assessments.assessment_date between p_from and p_to
    order by assessments.practitioner_id, assessments.assessment_date desc, assessments.id desc
  ),
  checkins as (
    select distinct checkins.practitioner_id
    from public.provider_daily_checkins as checkins
    where checkins.org_id = p_org_id and checkins.checkin_date between p_from and p_to
  ),
  -- A month has its own completions only: of two figures of all until then, the difference is who came in between.
  trainings as (
    select distinct completions.practitioner_id
    from public.provider_training_completions as completions
    inner join public.organizations as orgs on orgs.id = completions.org_id
    where
      completions.org_id = p_org_id
      and completions.completed_at >= p_from::timestamp at time zone orgs.time_zone
      and completions.completed_at < (p_to + 1)::timestamp at time zone orgs.time_zone
  ),
  encounters as (
    select work.practitioner_id, sum(work.encounters) as encounter_count
    from app.provider_workload_parts as work
    where work.org_id = p_org_id and work.day between p_from and p_to
    group by work.practitioner_id
  ),
  effects as (
    select cases.practitioner_id, avg(cases.effect) as effect
    from public.provider_interventions as cases
    inner join public.organizations as orgs on orgs.id = cases.org_id
    where
      cases.org_id = p_org_id and cases.effect is not null
      and cases.closed_at >= p_from::timestamp at time zone orgs.time_zone
      and cases.closed_at < (p_to + 1)::timestamp at time zone orgs.time_zone
    group by cases.practitioner_id
  )
  select
    members.team_id,
    case when consents.id is not null then scores.composite_burnout_score end,
    consents.id is not null and coalesce(scores.risk_level in ('high', 'critical'), false),
    consents.id is not null and checkins.practitioner_id is not null,
    consents.id is not null and trainings.practitioner_id is not null,
    coalesce(encounters.encounter_count, 0),
    case when consents.id is not null then effects.effect end
  from public.org_practitioners as links
  inner join public.fhir_practitioners as people on people.id = links.practitioner_id
  left join public.provider_consents as consents
    on consents.org_id = p_org_id and consents.user_id = people.user_id and consents.withdrawn_at is null
  left join public.provider_team_members as members
    on members.org_id = p_org_id and members.practitioner_id = links.practitioner_id and members.deleted_at is null
  left join scores on scores.practitioner_id = links.practitioner_id
  left join checkins on checkins.practitioner_id = links.practitioner_id
  left join trainings on trainings.practitioner_id = links.practitioner_id
  left join encounters on encounters.practitioner_id = links.practitioner_id
  left join effects on effects.practitioner_id = links.practitioner_id
  where
    links.org_id = p_org_id and links.is_active and links.deleted_at is null and people.user_id is not null;
end
$$;

comment on function app.wellbeing_people(uuid, date, date) is
'One row per provider of an organization who can sign in, with what a month knows of them; without their names.';

revoke all on function app.wellbeing_people(uuid, date, date) from public;
