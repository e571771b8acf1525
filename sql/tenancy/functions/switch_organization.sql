-- Which organization is active belongs to the session, not to the token: a person may work for one in one browser
-- and for another in the next. "Not yours" and "does not exist" are one answer.
--
-- SECURITY DEFINER because nobody may write user_sessions; it changes the caller's own session and only to an
-- organization in which they hold a role now.
create function public.switch_organization(
  p_org_id uuid, p_is_default boolean default false
) returns public.user_sessions
language plpgsql volatile
security definer
set search_path = ''
as $$
declare
  v_user_id uuid;
  v_session public.user_sessions;
begin
  perform app.require_person();
  v_user_id := app.my_id();
  perform app.check_input('p_is_default', p_is_default is not null, 'Say whether it becomes your default.');
  if not exists (
    select from app.resolve_reach(v_user_id, p_org_id) as reach where cardinality(reach.roles) > 0
  ) then
    perform app.raise_error('not_found', 'You have no role in such an organization.');
  end if;

  update public.user_sessions
  set org_id = p_org_id
  where user_sessions.id = (auth.jwt() ->> 'session_id')::uuid;
  perform app.refresh_sessions(array[v_user_id]);
  if p_is_default then
    update public.profiles set default_org_id = p_org_id where profiles.id = v_user_id;
  end if;

  perform app.open_request();
  select * into v_session
  from public.user_sessions
  where user_sessions.id = (auth.jwt() ->> 'session_id')::uuid;
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
