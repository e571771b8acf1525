-- Undoes inlined_context: replaced in place, then what was new goes.

set local lock_timeout = '30s';

create or replace function app.clock() returns timestamptz
language plpgsql stable
set search_path = ''
as $$
begin
  return coalesce(nullif(current_setting('carebase.frozen_clock', true), '')::timestamptz, now());
end
$$;

create or replace function app.open_request() returns void
language plpgsql volatile
security definer
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

create or replace function app.current_org() returns uuid
language plpgsql stable
set search_path = ''
as $$
begin
  -- As in app.ensure_open(), without the call: this is the way that every policy takes.
  if coalesce(current_setting('carebase.opened_for', true), '') = ''
    or current_setting('carebase.opened_for', true)
      is distinct from current_setting('request.jwt.claims', true) then
    perform app.open_request();
  end if;
  if current_setting('carebase.refusal', true) <> '' then
    perform app.refuse_request();
  end if;
  return nullif(current_setting('carebase.org_id', true), '')::uuid;
end
$$;

create or replace function app.my_id() returns uuid
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

create or replace function app.my_roles() returns public.app_role[]
language plpgsql stable
set search_path = ''
as $$
begin
  perform app.current_org();
  return coalesce(nullif(current_setting('carebase.roles', true), ''), '{}')::public.app_role[];
end
$$;

create or replace function app.has_role(variadic p_roles public.app_role[]) returns boolean
language plpgsql stable
set search_path = ''
as $$
begin
  return app.my_roles() && has_role.p_roles;
end
$$;

create or replace function app.is_staff() returns boolean
language plpgsql stable
set search_path = ''
as $$
begin
  return app.has_role(
    'org_owner', 'admin', 'manager', 'care_manager', 'case_manager', 'nurse', 'clinician', 'carer',
    'compliance_lead', 'wellness_officer', 'billing', 'scheduler'
  );
end
$$;

create or replace function app.org_as(variadic p_roles public.app_role[]) returns uuid
language plpgsql stable
set search_path = ''
as $$
begin
  return case when app.my_roles() && org_as.p_roles then app.current_org() end;
end
$$;

create or replace function app.staff_org() returns uuid
language plpgsql stable
set search_path = ''
as $$
begin
  return case when app.is_staff() then app.current_org() end;
end
$$;



drop function app.open_roles();
drop function app.open_id();
drop function app.open_org();
drop function app.is_open();
drop function app.resolve_request();
