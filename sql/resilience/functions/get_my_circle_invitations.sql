create function public.get_my_circle_invitations(p_limit integer default 50)
returns setof public.provider_support_circle_invitations
language plpgsql stable
set search_path = ''
as $$
begin
  perform app.require_feature('resilience_hub');
  perform app.check_input('p_limit', p_limit between 1 and 500, 'The limit is a number from 1 to 500.');

  return query
  select invitations.*
  from public.provider_support_circle_invitations as invitations
  where
    invitations.org_id = (select app.current_org())
    and invitations.user_id = (select app.my_id())
    and invitations.status = 'pending'
    and invitations.expires_at > app.clock()
  order by invitations.id desc
  limit p_limit;
end
$$;

comment on function public.get_my_circle_invitations(integer) is
'The invitations to support circles that the caller can answer, newest first.
p_limit: at most so many, 1 to 500.
Errors: feature_disabled, permission_denied, invalid_input.';

revoke all on function public.get_my_circle_invitations(integer) from public, anon, authenticated, service_role;
grant execute on function public.get_my_circle_invitations(integer) to authenticated;
