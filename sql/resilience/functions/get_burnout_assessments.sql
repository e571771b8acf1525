create function public.get_burnout_assessments(p_limit integer default 50, p_before uuid default null)
returns setof public.provider_burnout_assessments
language plpgsql stable
set search_path = ''
as $$
declare
  v_before public.provider_burnout_assessments;
begin
  perform app.require_feature('resilience_hub');
  perform app.check_input('p_limit', p_limit between 1 and 500, 'The limit is a number from 1 to 500.');
  select * into v_before
  from public.provider_burnout_assessments as assessments
  where assessments.org_id = (select app.current_org()) and assessments.id = p_before;
  perform app.check_cursor('p_before', p_before is null or found);

  return query
  select assessments.*
  from public.provider_burnout_assessments as assessments
  where
    assessments.org_id = (select app.current_org())
    and assessments.user_id = (select auth.uid())
    and (
      p_before is null
      or (assessments.assessment_date, assessments.instrument_id) < (v_before.assessment_date, v_before.instrument_id)
    )
  order by assessments.assessment_date desc, assessments.instrument_id desc
  limit p_limit;
end
$$;

comment on function public.get_burnout_assessments(integer, uuid) is
'The caller''s own burnout assessments, newest first. Answers are in it as they are stored, sealed;
get_questionnaire_response() opens them.
p_limit: at most so many, 1 to 500.
p_before: for the next page, the id of the last one of the page before.
Errors: feature_disabled, permission_denied, not_found, invalid_input.';

revoke all on function public.get_burnout_assessments(integer, uuid) from public, anon, authenticated, service_role;
grant execute on function public.get_burnout_assessments(integer, uuid) to authenticated;
