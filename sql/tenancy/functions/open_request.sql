-- Who is asking, resolved once per transaction and kept in settings that end with it. A token only says which
-- session it was issued for; organization and roles are never taken from it, so a revoked role, a deactivated
-- person or organization, a closed session acts on the next request. PostgREST calls this before each request
-- where it is configured to; elsewhere the first policy that asks does.
--
-- It raises nothing: a person below aal2 still reads their own profile and switches the organization. What is
-- refused is said by app.current_org(), which everything of an organization asks.
--
-- SECURITY DEFINER because it reads the sessions and roles that the policies themselves depend on. It takes no
-- argument and answers only for the caller's own token, so there is nothing to authorize.
create function app.open_request() returns void
language plpgsql volatile
security definer
set search_path = ''
as $$
declare
  v_claims constant text := coalesce(current_setting('request.jwt.claims', true), '');
  v_token constant jsonb := nullif(v_claims, '')::jsonb;
  v_now constant timestamptz := app.clock();
  v_session public.user_sessions;
  v_reach record;
  v_refusal text := '';
begin
  if v_token ? 'api_key_id' then
    select keys.org_id, keys.roles, keys.role_sites, keys.time_zone into v_session.active_org_id, v_session.roles,
      v_session.role_sites, v_session.time_zone
    from app.resolve_api_key((v_token ->> 'api_key_id')::uuid) as keys;
    v_refusal := case when v_session.active_org_id is null then 'session_expired' else '' end;
  elsif v_token ->> 'role' = 'authenticated' then
    select * into v_session
    from public.user_sessions
    where user_sessions.id = (v_token ->> 'session_id')::uuid;

    if v_session.user_id is distinct from (v_token ->> 'sub')::uuid
      or v_now >= v_session.ends_at
      or v_now >= v_session.last_seen_at + v_session.idle_limit then
      v_session := null;
      v_refusal := 'session_expired';
    else
      -- A role began or ended by itself since the row was written.
      if v_now >= v_session.stale_at or v_now < v_session.resolved_at then
        select * into v_reach from app.resolve_reach(v_session.user_id, v_session.active_org_id);
        v_session.roles := v_reach.roles;
        v_session.role_sites := v_reach.role_sites;
        v_session.needs_mfa := v_reach.needs_mfa;
      end if;
      if v_session.needs_mfa and (v_session.aal = 'aal1' or coalesce(v_token ->> 'aal', 'aal1') = 'aal1') then
        v_refusal := 'mfa_required';
      end if;
      perform app.note_activity(v_session);
    end if;
  end if;

  perform
    set_config(
      'carebase.org_id',
      case when v_refusal = '' and cardinality(v_session.roles) > 0 then v_session.active_org_id::text else '' end, true
    ),
    set_config('carebase.roles', case when v_refusal = '' then coalesce(v_session.roles::text, '{}') else '{}' end, true),
    set_config('carebase.user_id', coalesce(v_session.user_id::text, ''), true),
    set_config('carebase.role_sites', coalesce(v_session.role_sites::text, '{}'), true),
    set_config('carebase.time_zone', coalesce(v_session.time_zone::text, ''), true),
    set_config('carebase.refusal', v_refusal, true),
    set_config('carebase.opened_for', v_claims, true);
end
$$;

comment on function app.open_request() is
'Resolves the caller''s active organization, roles and sites for this transaction.';

-- The sign of life that the idle limit counts from: to the minute, and never waited for.
create function app.note_activity(p_session public.user_sessions) returns void
language plpgsql volatile
set search_path = ''
as $$
begin
  if app.clock() < p_session.last_seen_at + interval '1 minute'
    or current_setting('transaction_read_only') = 'on' then
    return;
  end if;
  update public.user_sessions
  set last_seen_at = app.clock()
  where user_sessions.id = (
    select seen.id from public.user_sessions as seen where seen.id = p_session.id for update skip locked
  );
end
$$;

comment on function app.note_activity(public.user_sessions) is
'Remembers that this session is in use, once a minute, where the transaction may write.';

revoke all on function app.open_request() from public;
revoke all on function app.note_activity(public.user_sessions) from public;
grant execute on function app.open_request() to anon, authenticated, service_role;
