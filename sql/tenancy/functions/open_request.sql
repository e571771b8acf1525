-- Who is asking, resolved once per transaction and kept in settings that end with it. A token only says which
-- session it was issued for; organization and roles are never taken from it, so a revoked role, a deactivated
-- person or organization, a closed session acts on the next request. PostgREST calls this before each request
-- where it is configured to; elsewhere the first policy that asks does.
--
-- Every request pays for it, so the common case is one query by key whose plan the connection keeps, with as few
-- other expressions as can be: a session that lives and lacks nothing, whose roles are as they were resolved. All
-- else is app.resolve_request()'s.
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
  v_token constant jsonb := nullif(current_setting('request.jwt.claims', true), '')::jsonb;
  v_session_id constant uuid := v_token ->> 'session_id';
  v_is_idle boolean;
  v_count integer;
begin
  select
    app.clock() >= activity.last_seen_at + interval '1 minute',
    num_nonnulls(
      set_config('carebase.org_id', sessions.active_org_id::text, true),
      set_config('carebase.user_id', sessions.user_id::text, true),
      set_config('carebase.roles', sessions.roles::text, true),
      set_config('carebase.role_sites', sessions.role_sites::text, true),
      set_config('carebase.time_zone', sessions.time_zone::text, true),
      set_config('carebase.refusal', '', true),
      set_config('carebase.opened_for', current_setting('request.jwt.claims'), true)
    )
  into v_is_idle, v_count
  from public.user_sessions as sessions
  inner join app.session_activity as activity on activity.session_id = sessions.id
  where
    sessions.id = v_session_id
    and sessions.user_id = (v_token ->> 'sub')::uuid
    and v_token ->> 'role' = 'authenticated'
    and not v_token ? 'api_key_id'
    and app.clock() < least(sessions.ends_at, activity.last_seen_at + sessions.idle_limit, sessions.stale_at)
    and app.clock() >= sessions.resolved_at
    and sessions.roles <> '{}'
    and (not sessions.needs_mfa or (sessions.aal <> 'aal1' and v_token ->> 'aal' <> 'aal1'));

  if v_count is null then
    perform app.resolve_request();
  elsif v_is_idle then
    perform app.note_activity(v_session_id);
  end if;
end
$$;

comment on function app.open_request() is
'Resolves the caller''s active organization, roles and sites for this transaction.';

create function app.resolve_request() returns void
language plpgsql volatile
set search_path = ''
as $$
declare
  v_claims constant text := coalesce(current_setting('request.jwt.claims', true), '');
  v_token constant jsonb := nullif(v_claims, '')::jsonb;
  v_now constant timestamptz := app.clock();
  v_session record;
  v_org_id text := '';
  v_user_id text := '';
  v_roles text := '{}';
  v_role_sites text := '{}';
  v_time_zone text := '';
  v_needs_mfa boolean;
  v_refusal text := '';
  v_done text;
begin
  if v_token ? 'api_key_id' then
    select keys.org_id::text, keys.roles::text, keys.role_sites::text, keys.time_zone::text
    into v_org_id, v_roles, v_role_sites, v_time_zone
    from app.resolve_api_key((v_token ->> 'api_key_id')::uuid) as keys;
    if v_org_id is null then
      v_refusal := 'session_expired';
    end if;

  elsif v_token ->> 'role' = 'authenticated' then
    select
      sessions.id, sessions.user_id, sessions.active_org_id, sessions.aal, activity.last_seen_at,
      activity.last_seen_at + sessions.idle_limit as idle_at, sessions.ends_at, sessions.roles::text as roles,
      sessions.role_sites::text as role_sites, sessions.time_zone::text as time_zone, sessions.needs_mfa,
      sessions.resolved_at, sessions.stale_at
    into v_session
    from public.user_sessions as sessions
    inner join app.session_activity as activity on activity.session_id = sessions.id
    where sessions.id = (v_token ->> 'session_id')::uuid;

    if v_session.user_id is distinct from (v_token ->> 'sub')::uuid
      or v_now >= v_session.ends_at or v_now >= v_session.idle_at then
      v_refusal := 'session_expired';
    else
      v_user_id := v_session.user_id;
      v_roles := v_session.roles;
      v_role_sites := v_session.role_sites;
      v_time_zone := v_session.time_zone;
      v_needs_mfa := v_session.needs_mfa;
      -- A role began or ended by itself since the row was written.
      if v_now >= v_session.stale_at or v_now < v_session.resolved_at then
        select reach.roles::text, reach.role_sites::text, reach.needs_mfa
        into v_roles, v_role_sites, v_needs_mfa
        from app.resolve_reach(v_session.user_id, v_session.active_org_id) as reach;
      end if;
      if v_needs_mfa and (v_session.aal = 'aal1' or coalesce(v_token ->> 'aal', 'aal1') = 'aal1') then
        v_refusal := 'mfa_required';
      elsif v_roles <> '{}' then
        v_org_id := v_session.active_org_id;
      end if;
      if v_now >= v_session.last_seen_at + interval '1 minute' then
        perform app.note_activity(v_session.id);
      end if;
    end if;
  end if;

  if v_refusal <> '' then
    v_org_id := '';
    v_roles := '{}';
  end if;
  v_done := set_config('carebase.org_id', v_org_id, true);
  v_done := set_config('carebase.user_id', v_user_id, true);
  v_done := set_config('carebase.roles', v_roles, true);
  v_done := set_config('carebase.role_sites', v_role_sites, true);
  v_done := set_config('carebase.time_zone', v_time_zone, true);
  v_done := set_config('carebase.refusal', v_refusal, true);
  v_done := set_config('carebase.opened_for', v_claims, true);
end
$$;

comment on function app.resolve_request() is
'What app.open_request() does, for whoever is asking: an API key, a session that ended or lacks something, nobody.';

-- The sign of life that the idle limit counts from: once a minute, and never waited for.
create function app.note_activity(p_session_id uuid) returns void
language plpgsql volatile
set search_path = ''
as $$
begin
  if current_setting('transaction_read_only') = 'off' then
    update app.session_activity
    set last_seen_at = app.clock()
    where session_activity.session_id = (
      select seen.session_id from app.session_activity as seen
      where seen.session_id = p_session_id
      for update skip locked
    );
  end if;
end
$$;

comment on function app.note_activity(uuid) is
'Remembers that this session is in use, where the transaction may write.';

revoke all on function app.open_request() from public;
revoke all on function app.resolve_request() from public;
revoke all on function app.note_activity(uuid) from public;
grant execute on function app.open_request() to anon, authenticated, service_role;
