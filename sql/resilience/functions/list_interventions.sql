create function public.list_interventions(
  p_status public.intervention_status default null,
  p_purpose public.access_purpose default null,
  p_limit integer default 50,
  p_before uuid default null
)
returns setof public.provider_interventions
language plpgsql volatile
set search_path = ''
as $$
begin
  perform app.require_feature('resilience_hub');
  perform app.require_role('wellness_officer', 'care_manager', 'admin');
  perform app.check_input('p_purpose', p_purpose is not null, 'Say what for.');
  perform app.check_input('p_limit', p_limit between 1 and 500, 'The limit is a number from 1 to 500.');
  return query select cases.* from app.list_interventions(p_status, p_purpose, p_limit, p_before) as cases;
end
$$;

comment on function public.list_interventions(
  public.intervention_status, public.access_purpose, integer, uuid
) is
'The cases of the active organization that the caller may help with: of providers who may be contacted now, or who made
themselves known for this one case. Requests without a score first, then the highest score, then the newest. For
wellness officers, care managers and administrators; leaves an access event. One''s own cases: get_my_interventions().
p_status: those of this status; null: all that are not closed.
p_purpose: what for; must be said.
p_limit: at most so many, 1 to 500.
p_before: the last case of the page before; not_found if it is no longer shown to the caller.
Errors: feature_disabled, permission_denied, not_found, invalid_input.';

revoke all on function public.list_interventions(
  public.intervention_status, public.access_purpose, integer, uuid
) from public, anon, authenticated, service_role;
grant execute on function public.list_interventions(
  public.intervention_status, public.access_purpose, integer, uuid
) to authenticated;
