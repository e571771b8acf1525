-- Which organization is active belongs to the session, not to the token: a person may work for one in one browser
-- and for another in the next. "Not yours" and "does not exist" are one answer.
create function public.switch_organization(
  p_org_id uuid, p_is_default boolean default false
) returns public.user_sessions
language plpgsql volatile
set search_path = ''
as $$
declare
  v_session public.user_sessions;
begin
  perform app.check_input('p_is_default', p_is_default is not null, 'Say whether it becomes your default.');
  perform app.set_active_organization(p_org_id);
  if p_is_default then
    perform app.set_default_organization(p_org_id);
  end if;
  select * into v_session from public.user_sessions where user_sessions.id = (auth.jwt() ->> 'session_id')::uuid;
  return v_session;
end
$$;

comment on function public.switch_organization(uuid, boolean) is
'Makes another of the caller''s organizations the active one of this session, from this request on.
p_org_id: one of get_my_organizations().
p_is_default: also begin later sessions there.
Returns the session. Errors: not_authenticated, session_expired, not_found.
Idempotent: yes.';

revoke all on function public.switch_organization(uuid, boolean) from public, anon, authenticated, service_role;
grant execute on function public.switch_organization(uuid, boolean) to authenticated;
