-- Hosted Supabase can call this when it issues a token, so that a frontend finds organization and roles in it and
-- draws the right menu at once. Nothing in the database reads these claims: they are as old as the token.
-- SECURITY DEFINER because the auth layer may not read user_sessions; only the auth layer may call it.
create function app.custom_access_token(p_event jsonb) returns jsonb
language plpgsql stable
security definer
set search_path = ''
as $$
declare
  v_session public.user_sessions;
begin
  select * into v_session
  from public.user_sessions
  where user_sessions.id = (p_event -> 'claims' ->> 'session_id')::uuid;
  return jsonb_set(
    p_event, '{claims,carebase}',
    jsonb_build_object('org_id', v_session.active_org_id, 'roles', coalesce(to_jsonb(v_session.roles), '[]'))
  );
end
$$;

comment on function app.custom_access_token(jsonb) is
'Custom access token hook: adds the claim carebase {org_id, roles} for frontends to read.';

revoke all on function app.custom_access_token(jsonb) from public;
grant usage on schema app to supabase_auth_admin;
grant execute on function app.custom_access_token(jsonb) to supabase_auth_admin;
