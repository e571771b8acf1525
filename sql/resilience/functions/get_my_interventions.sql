create function public.get_my_interventions(p_limit integer default 50, p_before uuid default null)
returns setof public.provider_interventions
language plpgsql stable
set search_path = ''
as $$
begin
  perform app.require_feature('resilience_hub');
  perform app.check_input('p_limit', p_limit between 1 and 500, 'The limit is a number from 1 to 500.');

  return query
  select cases.*
  from public.provider_interventions as cases
  where
    cases.org_id = (select app.current_org())
    and cases.user_id = (select app.my_id())
    and (p_before is null or cases.id < p_before)
  order by cases.id desc
  limit p_limit;
end
$$;

comment on function public.get_my_interventions(integer, uuid) is
'The caller''s own cases, newest first: what they were offered, who looks after it, how it ended.
p_limit: at most so many, 1 to 500.
p_before: the last case of the page before.
Errors: feature_disabled, permission_denied, invalid_input.';

revoke all on function public.get_my_interventions(integer, uuid) from public, anon, authenticated, service_role;
grant execute on function public.get_my_interventions(integer, uuid) to authenticated;
