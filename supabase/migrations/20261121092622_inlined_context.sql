-- inlined_context: what policies ask about the caller becomes SQL that the planner puts in their place, and the common
-- case of opening a request one query. Replaced in place, not dropped and made again: every policy depends on them.

set local lock_timeout = '30s';

create or replace function app.clock() returns timestamptz
language sql stable
return coalesce(nullif(current_setting('carebase.frozen_clock', true), '')::timestamptz, now());

create or replace function app.open_request() returns void
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

create function app.is_open() returns boolean
language sql stable
return (
  current_setting('carebase.opened_for', true) = nullif(current_setting('request.jwt.claims', true), '')
  and current_setting('carebase.refusal', true) = ''
);

create function app.open_org() returns uuid
language plpgsql stable
set search_path = ''
as $$
begin
  perform app.open_request();
  if current_setting('carebase.refusal', true) <> '' then
    perform app.refuse_request();
  end if;
  return nullif(current_setting('carebase.org_id', true), '')::uuid;
end
$$;

create or replace function app.current_org() returns uuid
language sql stable
return case
  when app.is_open() then nullif(current_setting('carebase.org_id', true), '')::uuid
  else app.open_org()
end;

create function app.open_id() returns uuid
language plpgsql stable
set search_path = ''
as $$
begin
  perform app.ensure_open();
  if current_setting('carebase.refusal', true) = 'session_expired' then
    perform app.refuse_request();
  end if;
  return nullif(current_setting('carebase.user_id', true), '')::uuid;
end
$$;

create or replace function app.my_id() returns uuid
language sql stable
return case
  when app.is_open() then nullif(current_setting('carebase.user_id', true), '')::uuid
  else app.open_id()
end;

create function app.open_roles() returns public.app_role[]
language plpgsql stable
set search_path = ''
as $$
begin
  perform app.open_org();
  return coalesce(nullif(current_setting('carebase.roles', true), ''), '{}')::public.app_role[];
end
$$;

create or replace function app.my_roles() returns public.app_role[]
language sql stable
return case
  when app.is_open() then current_setting('carebase.roles', true)::public.app_role[]
  else app.open_roles()
end;

create or replace function app.has_role(variadic p_roles public.app_role[]) returns boolean
language sql stable
return app.my_roles() && p_roles;

create or replace function app.is_staff() returns boolean
language sql stable
return app.has_role(
  'org_owner', 'admin', 'manager', 'care_manager', 'case_manager', 'nurse', 'clinician', 'carer',
  'compliance_lead', 'wellness_officer', 'billing', 'scheduler'
);

create or replace function app.org_as(variadic p_roles public.app_role[]) returns uuid
language sql stable
return case when app.has_role(variadic p_roles) then app.current_org() end;

create or replace function app.staff_org() returns uuid
language sql stable
return case when app.is_staff() then app.current_org() end;

comment on function app.resolve_request() is
'What app.open_request() does, for whoever is asking: an API key, a session that ended or lacks something, nobody.';
comment on function app.is_open() is
'Whether the request has been resolved for this very token, and nothing is refused.';
comment on function app.open_org() is
'What app.current_org() answers first, or instead, in a request.';
comment on function app.open_id() is
'What app.my_id() answers first in a request, and throughout one that lacks a second factor.';
comment on function app.open_roles() is 'What app.my_roles() answers first, or instead, in a request.';

revoke all on function app.resolve_request() from public, anon, authenticated, service_role;
revoke all on function app.is_open() from public, anon, authenticated, service_role;
revoke all on function app.open_org() from public, anon, authenticated, service_role;
revoke all on function app.open_id() from public, anon, authenticated, service_role;
revoke all on function app.open_roles() from public, anon, authenticated, service_role;
grant execute on function app.is_open() to authenticated, service_role;
grant execute on function app.open_org() to authenticated, service_role;
grant execute on function app.open_id() to authenticated, service_role;
grant execute on function app.open_roles() to authenticated, service_role;
