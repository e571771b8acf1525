-- How a test becomes someone. Loaded into the test template only, never into a real database.
create schema tests;
grant usage on schema tests to public;

create function tests.make_org(
  p_slug text, p_has_resilience_hub boolean default true, p_time_zone text default 'America/Chicago'
) returns uuid
language plpgsql as $$
declare
  v_org_id uuid;
begin
  insert into public.organizations (name, slug, kind, license_tier, time_zone)
  values (initcap(p_slug), p_slug, 'care_management', 'standard', p_time_zone)
  returning id into v_org_id;
  if p_has_resilience_hub then
    insert into public.organization_feature_flags (org_id, feature_key, is_enabled)
    values (v_org_id, 'resilience_hub', true);
  end if;
  return v_org_id;
end
$$;

-- Somebody who can sign in gets a role; whoever gives care is a practitioner too.
create function tests.give_role(
  p_org_id uuid, p_role public.app_role, p_name text, p_user_id uuid, p_site_id uuid default null
) returns void
language plpgsql as $$
declare
  v_practitioner_id uuid;
begin
  insert into public.profiles (id, display_name) values (p_user_id, p_name) on conflict do nothing;
  insert into public.role_assignments (org_id, user_id, role, site_id, valid_during)
  values (p_org_id, p_user_id, p_role, p_site_id, tstzrange('2020-01-01', null));
  if p_role in ('nurse', 'clinician', 'carer', 'care_manager', 'case_manager') then
    insert into public.fhir_practitioners (user_id, family_name) values (p_user_id, p_name)
    on conflict (user_id) do update set family_name = excluded.family_name
    returning id into v_practitioner_id;
    insert into public.org_practitioners (org_id, practitioner_id) values (p_org_id, v_practitioner_id);
  end if;
end
$$;

create function tests.make_person(
  p_org_id uuid, p_role public.app_role, p_name text, p_site_id uuid default null
) returns uuid
language plpgsql as $$
declare
  v_user_id uuid := gen_random_uuid();
begin
  insert into auth.users (id, email, aud, role)
  values (v_user_id, lower(p_name) || '-' || v_user_id || '@example.com', 'authenticated', 'authenticated');
  perform tests.give_role(p_org_id, p_role, p_name, v_user_id, p_site_id);
  return v_user_id;
end
$$;

create function tests.practitioner_of(p_user_id uuid) returns uuid
language sql stable as $$
  select id from public.fhir_practitioners where user_id = p_user_id
$$;

create function tests.make_site(
  p_org_id uuid, p_name text default 'A home', p_kind public.site_kind default 'care_home'
) returns uuid
language plpgsql as $$
declare
  v_site_id uuid;
begin
  insert into public.sites (org_id, kind, name) values (p_org_id, p_kind, p_name) returning id into v_site_id;
  return v_site_id;
end
$$;

-- Somebody with a role who is employed, too.
create function tests.make_staff(
  p_org_id uuid, p_role public.app_role, p_name text, p_site_id uuid default null
) returns uuid
language plpgsql as $$
declare
  v_user_id uuid := tests.make_person(p_org_id, p_role, p_name, p_site_id);
begin
  insert into public.staff_members (org_id, user_id, job_title, employed_during)
  values (p_org_id, v_user_id, initcap(p_role::text), daterange('2020-01-01', null));
  return v_user_id;
end
$$;

-- Somebody who lives at a site, with a sign-in of their own if there is one.
create function tests.make_resident(
  p_org_id uuid, p_site_id uuid, p_name text, p_user_id uuid default null
) returns uuid
language plpgsql as $$
declare
  v_resident_id uuid;
begin
  insert into public.patients (family_name, user_id) values (app.plain(p_name), p_user_id) returning id into v_resident_id;
  insert into public.org_patients (org_id, patient_id, site_id) values (p_org_id, v_resident_id, p_site_id);
  insert into public.residents (org_id, id, site_id, status, preferred_name)
  values (p_org_id, v_resident_id, p_site_id, 'resident', app.plain(p_name));
  return v_resident_id;
end
$$;

-- A relative may know this of a resident from now on.
create function tests.share_resident(
  p_org_id uuid, p_resident_id uuid, p_user_id uuid, variadic p_topics public.resident_topic[]
) returns void
language plpgsql as $$
begin
  insert into public.resident_shares (org_id, resident_id, site_id, user_id, topics, agreed_by)
  select p_org_id, residents.id, residents.site_id, p_user_id, p_topics, 'resident'
  from public.residents where residents.org_id = p_org_id and residents.id = p_resident_id;
end
$$;

-- The person was assessed on a day, by an instrument that says nothing but a percentage.
create function tests.assess(p_org_id uuid, p_user_id uuid, p_on date, p_score numeric) returns void
language plpgsql as $$
begin
  insert into public.instruments (
    id, code, instrument_version, title, citation, license_kind, license_text, canonical_url
  )
  values (
    '00000000-0000-4000-8000-000000000001', 'story', '1', 'Of a story', 'None.', 'proprietary', 'None.',
    'https://example.com/story'
  )
  on conflict do nothing;
  insert into public.provider_burnout_assessments (
    org_id, user_id, practitioner_id, assessment_date, instrument_id, headline_score, headline_band
  )
  values (
    p_org_id, p_user_id, tests.practitioner_of(p_user_id), p_on, '00000000-0000-4000-8000-000000000001', p_score, 'story'
  )
  on conflict (org_id, user_id, assessment_date, instrument_id) do update set headline_score = excluded.headline_score;
end
$$;

-- The person takes part in the resilience hub from now on, this far.
create function tests.give_consent(
  p_org_id uuid, p_user_id uuid, p_level public.participation_level default 'aggregate_only'
) returns void
language plpgsql as $$
begin
  insert into public.resilience_policies (version, title, body, effective_on)
  values (1, 'Privacy', 'What a test agrees to.', '2020-01-01')
  on conflict do nothing;
  update public.provider_consents set withdrawn_at = greatest(given_at, app.clock())
  where org_id = p_org_id and user_id = p_user_id and withdrawn_at is null;
  insert into public.provider_consents (org_id, user_id, practitioner_id, level, policy_version, given_at)
  values (p_org_id, p_user_id, tests.practitioner_of(p_user_id), p_level, 1, app.clock());
end
$$;

-- What the job does each night.
create function tests.close_days(p_org_id uuid) returns void
language plpgsql as $$
begin
  perform app.job_close_checkin_days(p_org_id, 1000);
end
$$;

-- The person's session, as if they had signed in just now, with a second factor unless said otherwise. Definer,
-- because a test may be somebody else at that moment.
create function tests.open_session(p_user_id uuid, p_aal text default 'aal2') returns uuid
language plpgsql
security definer
as $$
declare
  v_session_id uuid;
begin
  select id into v_session_id from auth.sessions where user_id = p_user_id;
  if v_session_id is null then
    v_session_id := gen_random_uuid();
    insert into auth.sessions (id, user_id, aal) values (v_session_id, p_user_id, p_aal);
  end if;
  update auth.sessions set aal = p_aal where id = v_session_id and aal <> p_aal;
  update public.user_sessions set
    started_at = app.clock(),
    ends_at = app.clock() + (ends_at - started_at)
  where id = v_session_id;
  update app.session_activity set last_seen_at = app.clock() where session_id = v_session_id;
  return v_session_id;
end
$$;

-- From here on the transaction is this person's request, as the gateway would run it.
create function tests.act_as(p_user_id uuid, p_aal text default 'aal2') returns void
language plpgsql as $$
declare
  v_session_id uuid := tests.open_session(p_user_id, p_aal);
begin
  perform set_config('role', 'authenticated', true);
  perform set_config(
    'request.jwt.claims',
    jsonb_build_object('sub', p_user_id, 'role', 'authenticated', 'aal', p_aal, 'session_id', v_session_id)::text,
    true
  );
  -- Another request, though it is the same transaction: what was resolved before is forgotten.
  perform set_config('carebase.opened_for', '', true);
end
$$;

create function tests.act_as_anonymous() returns void
language plpgsql as $$
begin
  perform set_config('role', 'anon', true);
  perform set_config('request.jwt.claims', '{"role": "anon"}', true);
end
$$;

create function tests.act_as_system() returns void
language plpgsql as $$
begin
  perform set_config('role', 'none', true);
  perform set_config('request.jwt.claims', '', true);
end
$$;

create function tests.freeze_clock(p_at timestamptz) returns void
language plpgsql as $$
begin
  perform set_config('carebase.frozen_clock', p_at::text, true);
end
$$;

-- The stable code that a statement is refused with: ours, else Postgres' own; null if it was not refused.
create function tests.refusal(p_statement text) returns text
language plpgsql as $$
declare
  v_message text;
  v_state text;
begin
  execute p_statement;
  return null;
exception when others then
  get stacked diagnostics v_message = message_text, v_state = returned_sqlstate;
  return case when v_state = 'PGRST' then v_message::jsonb ->> 'code' else v_state end;
end
$$;
