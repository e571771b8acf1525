-- Begins with the highest scores, whoever they are of, and stops when enough are found: among a hundred thousand people
-- that is a few hundred rows. The other way around it would ask for the latest of everybody; a plan for any limit does.
-- SECURITY DEFINER because nobody reads another's assessments; require_role is the authorization, and of each row the
-- consent of whom it is about, as it stands now. The trail keeps who was looked at, by whom and what for.
create function app.providers_needing_help(
  p_purpose public.access_purpose, p_limit integer, p_below_score numeric, p_before uuid
) returns table (
  user_id uuid,
  practitioner_id uuid,
  provider_name text,
  composite_burnout_score numeric,
  risk_level public.burnout_risk_level,
  assessment_date date,
  has_open_case boolean
)
language plpgsql volatile
security definer
set search_path = ''
set plan_cache_mode = force_custom_plan
as $$
declare
  v_org_id constant uuid := app.current_org();
  v_subject_ids uuid[] := '{}';
begin
  perform app.require_role('admin', 'care_manager', 'wellness_officer');
  for user_id, practitioner_id, provider_name, composite_burnout_score, risk_level, assessment_date, has_open_case in
    select
      consents.user_id, consents.practitioner_id, public.get_practitioner_full_name(people),
      elevated.composite_burnout_score, elevated.risk_level, elevated.assessment_date,
      exists (
        select 1 from public.provider_interventions as cases
        where cases.org_id = v_org_id and cases.user_id = consents.user_id and cases.closed_at is null
          and not cases.is_unnamed
      )
    from public.provider_burnout_assessments as elevated
    inner join public.provider_consents as consents
      on
        consents.org_id = v_org_id and consents.user_id = elevated.user_id and consents.withdrawn_at is null
        and consents.level = 'may_be_contacted'
    inner join public.fhir_practitioners as people on people.id = consents.practitioner_id
    where
      elevated.org_id = v_org_id and elevated.risk_level in ('high', 'critical')
      and not exists (
        select from public.provider_burnout_assessments as newer
        where
          newer.org_id = v_org_id and newer.user_id = elevated.user_id
          and (newer.assessment_date, newer.id) > (elevated.assessment_date, elevated.id)
      )
      -- Told by the caller and not looked up: where a list is cut would tell the score of whoever is named.
      and (
        p_below_score is null
        or (elevated.composite_burnout_score, elevated.user_id) < (p_below_score, p_before)
      )
    order by elevated.composite_burnout_score desc, elevated.user_id desc
    limit p_limit
  loop
    v_subject_ids := v_subject_ids || practitioner_id;
    return next;
  end loop;
  perform app.note_access(
    p_purpose, 'public.provider_burnout_assessments', v_org_id, v_subject_ids, cardinality(v_subject_ids), '{}'
  );
end
$$;

comment on function app.providers_needing_help(public.access_purpose, integer, numeric, uuid) is
'What public.get_providers_needing_help answers; authorizes for itself.';

create function public.get_providers_needing_help(
  p_purpose public.access_purpose, p_limit integer default 50, p_below_score numeric default null,
  p_before uuid default null
) returns table (
  user_id uuid,
  practitioner_id uuid,
  provider_name text,
  composite_burnout_score numeric,
  risk_level public.burnout_risk_level,
  assessment_date date,
  has_open_case boolean
)
language plpgsql volatile
set search_path = ''
as $$
begin
  perform app.require_feature('resilience_hub');
  perform app.check_input('p_purpose', p_purpose is not null, 'Say what you look for.');
  perform app.check_input('p_limit', p_limit between 1 and 500, 'The limit is a number from 1 to 500.');
  perform app.check_input(
    'p_before', (p_below_score is null) = (p_before is null), 'Say score and person of the last one, or neither.'
  );
  return query
  select people.* from app.providers_needing_help(p_purpose, p_limit, p_below_score, p_before) as people;
end
$$;

comment on function public.get_providers_needing_help(public.access_purpose, integer, numeric, uuid) is
'Providers at high or critical risk by their last assessment, highest first: only those who agreed to be contacted, and
only as long as they do. For administrators, care managers and wellness officers. Each call is logged with whom it
named.
p_purpose: what for. p_limit: at most so many, 1 to 500.
p_below_score, p_before: composite_burnout_score and user_id of the last one of the page before, for the next.
Never null: user_id, practitioner_id, provider_name, composite_burnout_score, risk_level, assessment_date,
has_open_case.
Errors: feature_disabled, permission_denied, invalid_input.';

revoke all on function app.providers_needing_help(public.access_purpose, integer, numeric, uuid) from public;
grant execute on function app.providers_needing_help(public.access_purpose, integer, numeric, uuid) to authenticated;
revoke all on function public.get_providers_needing_help(public.access_purpose, integer, numeric, uuid)
from public, anon, authenticated, service_role;
grant execute on function public.get_providers_needing_help(public.access_purpose, integer, numeric, uuid)
to authenticated;
