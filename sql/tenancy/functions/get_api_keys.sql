create function public.get_api_keys(
  p_include_ended boolean default false, p_limit integer default 100
) returns setof public.api_keys
language plpgsql stable
set search_path = ''
as $$
begin
  perform app.require_role('org_owner', 'admin');
  perform app.check_input('p_include_ended', p_include_ended is not null, 'Say whether to include ended keys.');
  perform app.check_input('p_limit', p_limit between 1 and 1000, 'The limit is a number from 1 to 1000.');
  return query
  select keys.*
  from public.api_keys as keys
  where
    keys.org_id = (select app.current_org())
    and (p_include_ended or (keys.revoked_at is null and keys.expires_at > (select app.clock())))
  order by keys.id desc
  limit p_limit;
end
$$;

comment on function public.get_api_keys(boolean, integer) is
'The API keys of the active organization, newest first: never the keys themselves. For owners and administrators.
p_include_ended: also those that were revoked or have expired.
p_limit: at most so many, 1 to 1000.
Errors: not_authenticated, session_expired, mfa_required, permission_denied, invalid_input.';

revoke all on function public.get_api_keys(boolean, integer) from public, anon, authenticated, service_role;
grant execute on function public.get_api_keys(boolean, integer) to authenticated;
