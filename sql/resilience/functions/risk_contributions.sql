-- What raises a provider's risk, and by how much: this project's own rule, and the one place that has it. Its words are
-- in docs/resilience/risk.md. The sum of the points is the composite, so that the person sees all that made it.
--
-- Not a definer and granted to nobody: those who call it have authorized for themselves.
create function app.risk_contributions(p_org_id uuid, p_practitioner_ids uuid[], p_today date)
returns table (
  practitioner_id uuid, kind public.provider_risk_kind, value numeric, threshold numeric, points numeric,
  sentence_key text
)
language sql stable
set search_path = ''
as $$
  select
    figures.practitioner_id,
    rules.kind,
    rules.value,
    rules.threshold,
    rules.points,
    'resilience.risk.' || rules.kind
  from (
    select workload.*, burnout.composite, burnout.previous_composite
    from app.provider_workload(p_org_id, p_practitioner_ids, p_today) as workload
    -- Looked up and not joined: mostly it is one person, and a join would read all practitioners there are.
    left join lateral app.latest_burnout(
      p_org_id, (select people.user_id from public.fhir_practitioners as people where people.id = workload.practitioner_id)
    ) as burnout on true
  ) as figures
  cross join lateral (
    values
    (
      'burnout_assessment'::public.provider_risk_kind, figures.composite, 60::numeric, figures.composite,
      figures.composite is not null
    ),
    ('no_assessment', null, null, 20, figures.composite is null),
    ('workload', figures.encounters_last_30_days, 150, 25, figures.level = 'high_risk'),
    ('stress', round(figures.avg_stress_last_7_days, 2), 8, 15, figures.avg_stress_last_7_days >= 8),
    ('question_volume', figures.question_days_over_20, 5, 20, figures.question_days_over_20 >= 5),
    (
      'high_risk_panel', round(figures.high_risk_patient_percent, 2), 40, 10, figures.high_risk_patient_percent > 40
    ),
    (
      'trend', figures.composite - figures.previous_composite, 10, 10,
      figures.composite - figures.previous_composite >= 10
    )
  ) as rules (kind, value, threshold, points, is_met)
  where rules.is_met
$$;

comment on function app.risk_contributions(uuid, uuid[], date) is
'What raises the risk of practitioners on a day: each rule that is met, the figure that met it, its threshold, its
points, and the key of the sentence that a frontend shows.';

create function app.provider_risk(p_org_id uuid, p_practitioner_ids uuid[], p_today date)
returns table (practitioner_id uuid, composite numeric, level public.burnout_risk_level)
language sql stable
set search_path = ''
as $$
  select sums.practitioner_id, sums.composite, app.burnout_level(sums.composite)
  from (
    select parts.practitioner_id, least(100, sum(parts.points)) as composite
    from app.risk_contributions(p_org_id, p_practitioner_ids, p_today) as parts
    group by parts.practitioner_id
  ) as sums
$$;

comment on function app.provider_risk(uuid, uuid[], date) is
'The risk of practitioners on a day: the sum of what raises it, 100 at most, and its band.';

-- Planned for the organization that is asked about, which may be a hundred thousand times as large as another.
create function app.participants(p_org_id uuid)
returns table (practitioner_id uuid, user_id uuid, level public.participation_level)
language plpgsql stable
set search_path = ''
set plan_cache_mode = force_custom_plan
as $$
begin
  return query
  select people.id, consents.user_id, consents.level
  from public.provider_consents as consents
  inner join public.fhir_practitioners as people
    on people.user_id = consents.user_id and people.is_active and people.deleted_at is null
  inner join public.org_practitioners as known
    on
      known.org_id = consents.org_id and known.practitioner_id = people.id and known.is_active
      and known.deleted_at is null
  where consents.org_id = p_org_id and consents.withdrawn_at is null;
end
$$;

comment on function app.participants(uuid) is
'For jobs: the active practitioners of an organization who take part now, and how far.';

revoke all on function app.risk_contributions(uuid, uuid[], date) from public;
revoke all on function app.provider_risk(uuid, uuid[], date) from public;
revoke all on function app.participants(uuid) from public;
