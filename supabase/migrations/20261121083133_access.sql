-- access: written by `carebase db diff`. Never edited once it is applied anywhere.

set local lock_timeout = '30s';

set local check_function_bodies = off;

CREATE TYPE "public"."meeting_frequency" AS ENUM ('weekly', 'fortnightly', 'monthly', 'as_needed');

CREATE TYPE "public"."resilience_category" AS ENUM ('mindfulness', 'stress_management', 'cognitive_reframing', 'self_compassion', 'boundaries', 'communication', 'sleep', 'moral_distress', 'grief', 'peer_support', 'crisis');

CREATE TYPE "public"."resilience_resource_kind" AS ENUM ('crisis_line', 'service', 'article', 'exercise', 'video', 'app', 'book');

CREATE TYPE "public"."training_content_type" AS ENUM ('article', 'video', 'audio', 'exercise', 'worksheet');

CREATE OR REPLACE FUNCTION app.appoint_owner(p_org_id uuid, p_email text, OUT invitation_id uuid, OUT expires_at timestamp with time zone, OUT token text)
 RETURNS record
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
begin
  perform app.require_person();
  perform app.require_role('super_admin');
  perform 1
  from public.organizations
  where organizations.id = p_org_id and organizations.deleted_at is null
  for no key update;
  if not found then
    perform app.raise_error('not_found', 'There is no such organization.');
  end if;
  if app.is_owned(p_org_id) then
    perform app.raise_error('conflict', 'The organization has an owner, who can make others.');
  end if;
  perform app.require_another_address(p_email);
  -- At most one can take it up: the earlier address may have been wrong.
  update app.invitations as offers
  set revoked_at = app.clock()
  where
    offers.org_id = p_org_id
    and offers.role = 'org_owner'
    and offers.accepted_at is null
    and offers.revoked_at is null;
  select made.invitation_id, made.expires_at, made.token into invitation_id, expires_at, token
  from app.make_invitation(p_org_id, p_email, 'org_owner', null, 7) as made;
end
$function$;

CREATE OR REPLACE FUNCTION app.are_settings_valid(p_settings jsonb)
 RETURNS boolean
 LANGUAGE plpgsql
 IMMUTABLE
 SET search_path TO ''
AS $function$
begin
  return (app.setting_fault(p_settings)).rule is null;
end
$function$;

CREATE OR REPLACE FUNCTION app.base64url(p_bytes bytea)
 RETURNS text
 LANGUAGE sql
 IMMUTABLE
 SET search_path TO ''
AS $function$
  select translate(encode(p_bytes, 'base64'), E'+/=\n', '-_')
$function$;

CREATE OR REPLACE FUNCTION app.blur_reflection()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
begin
  if new.is_anonymous then
    new.created_at := date_trunc('hour', new.created_at, 'UTC');
    new.updated_at := date_trunc('hour', new.updated_at, 'UTC');
  end if;
  return new;
end
$function$;

CREATE OR REPLACE FUNCTION app.check_json(p_value jsonb, p_max_bytes integer, p_max_depth integer)
 RETURNS boolean
 LANGUAGE sql
 IMMUTABLE STRICT
 SET search_path TO ''
AS $function$
  select
    octet_length(p_value::text) <= p_max_bytes
    and not jsonb_path_exists(p_value, format('$.**{%s}', p_max_depth + 1)::jsonpath)
$function$;

CREATE OR REPLACE FUNCTION app.check_role_place(p_role public.app_role, p_site_id uuid)
 RETURNS void
 LANGUAGE plpgsql
 STABLE
 SET search_path TO ''
AS $function$
begin
  perform app.check_input('p_role', p_role is not null, 'Say which role.');
  perform app.check_input(
    'p_site_id', p_site_id is null or app.is_site_role(p_role),
    'This role is over the whole organization and cannot be limited to a site.'
  );
end
$function$;

CREATE OR REPLACE FUNCTION app.count_circle_seats(p_org_id uuid, p_circle_id uuid)
 RETURNS integer
 LANGUAGE sql
 STABLE
 SET search_path TO ''
AS $function$
  select count(*)::integer
  from public.provider_support_circle_members as seats
  inner join public.org_practitioners
    on org_practitioners.org_id = seats.org_id and org_practitioners.practitioner_id = seats.practitioner_id
  where
    seats.org_id = p_org_id
    and seats.circle_id = p_circle_id
    and seats.is_active
    and seats.deleted_at is null
    and org_practitioners.is_active
    and org_practitioners.deleted_at is null
$function$;

CREATE OR REPLACE FUNCTION app.create_api_key(p_name text, p_scopes public.app_role[], p_expires_in_days integer, p_site_id uuid, p_exchanges_per_minute integer, OUT api_key_id uuid, OUT api_key text, OUT prefix text, OUT expires_at timestamp with time zone)
 RETURNS record
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
declare
  v_key public.api_keys;
begin
  perform app.require_role('org_owner', 'admin');
  perform app.check_input('p_name', length(trim(p_name)) between 1 and 100, 'The name has 1 to 100 characters.');
  perform app.check_input(
    'p_scopes',
    cardinality(p_scopes) <= 10 and array_position(p_scopes, null) is null
    and p_scopes <@ '{scheduler,billing,service}'::public.app_role[],
    'A key can be given service, scheduler and billing.'
  );
  perform app.check_input(
    'p_expires_in_days', p_expires_in_days between 1 and 366, 'A key lives from 1 to 366 days.'
  );
  perform app.check_input(
    'p_exchanges_per_minute', p_exchanges_per_minute between 1 and 600, 'The rate is a number from 1 to 600.'
  );
  perform app.check_input(
    'p_site_id', p_site_id is null or not 'billing' = any(p_scopes), 'Billing is for the whole organization.'
  );
  if p_site_id is not null and p_site_id <> all(app.organization_sites()) then
    perform app.raise_error('not_found', 'There is no such site.');
  end if;

  v_key.org_id := app.current_org();
  v_key.name := trim(p_name);
  v_key.roles := array(select distinct unnest(p_scopes || 'service'::public.app_role) order by 1);
  v_key.site_id := p_site_id;
  v_key.exchanges_per_minute := p_exchanges_per_minute;
  v_key.expires_at := app.clock() + make_interval(days => p_expires_in_days);

  select made.api_key_id, made.api_key, made.prefix, made.expires_at
  into create_api_key.api_key_id, create_api_key.api_key, create_api_key.prefix, create_api_key.expires_at
  from app.make_api_key(v_key) as made;
end
$function$;

CREATE OR REPLACE FUNCTION app.custom_access_token(p_event jsonb)
 RETURNS jsonb
 LANGUAGE plpgsql
 STABLE SECURITY DEFINER
 SET search_path TO ''
AS $function$
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
$function$;

CREATE OR REPLACE FUNCTION app.end_my_session(p_session_id uuid)
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
begin
  perform app.require_person();
  delete from auth.sessions where sessions.id = p_session_id and sessions.user_id = app.my_id();
  if not found then
    perform app.raise_error('not_found', 'You have no such session.');
  end if;
end
$function$;

CREATE OR REPLACE FUNCTION app.end_sessions_of_member(p_user_id uuid)
 RETURNS integer
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
declare
  v_count integer;
begin
  perform app.require_role('org_owner', 'admin');
  delete from auth.sessions
  where sessions.id in (
    select theirs.id
    from public.user_sessions as theirs
    where theirs.active_org_id = app.current_org() and theirs.user_id = p_user_id
  );
  get diagnostics v_count = row_count;
  return v_count;
end
$function$;

CREATE OR REPLACE FUNCTION app.ensure_open()
 RETURNS void
 LANGUAGE plpgsql
 STABLE
 SET search_path TO ''
AS $function$
begin
  if coalesce(current_setting('carebase.opened_for', true), '') = ''
    or current_setting('carebase.opened_for', true)
      is distinct from current_setting('request.jwt.claims', true) then
    perform app.open_request();
  end if;
end
$function$;

CREATE OR REPLACE FUNCTION app.exchange_api_key(p_key text, OUT access_token text, OUT token_type text, OUT expires_in integer, OUT expires_at timestamp with time zone)
 RETURNS record
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
declare
  v_prefix constant text := coalesce(substring(p_key from '^cb_([0-9a-f]{12})_[0-9a-f]{64}$'), '');
  v_hash constant bytea := app.hash_token(left(coalesce(p_key, ''), 100));
  v_key public.api_keys;
begin
  select keys.* into v_key
  from public.api_keys as keys
  inner join app.api_key_hashes as hashes on hashes.org_id = keys.org_id and hashes.api_key_id = keys.id
  where keys.prefix = v_prefix and hashes.key_hash = v_hash;
  if not exists (select from app.resolve_api_key(v_key.id)) then
    perform app.raise_error(
      'not_authenticated', 'This API key is not valid.',
      p_hint => 'It may have expired or been revoked: ask an administrator of the organization for a new one.'
    );
  end if;
  perform app.limit_rate('exchange_api_key', v_key.prefix, v_key.exchanges_per_minute, interval '1 minute');

  token_type := 'bearer';
  expires_in := least(900, floor(extract(epoch from v_key.expires_at - app.clock())));
  expires_at := date_trunc('second', app.clock()) + make_interval(secs => expires_in);
  access_token := app.sign_jwt(
    jsonb_build_object(
      'iss', 'carebase',
      'aud', 'authenticated',
      'role', 'authenticated',
      'sub', v_key.id,
      'api_key_id', v_key.id,
      'aal', 'aal1',
      'iat', floor(extract(epoch from app.clock()))::bigint,
      'exp', extract(epoch from exchange_api_key.expires_at)::bigint
    )
  );
end
$function$;

CREATE OR REPLACE FUNCTION app.find_provider(p_org_id uuid, p_user_id uuid)
 RETURNS uuid
 LANGUAGE sql
 STABLE
 SET search_path TO ''
AS $function$
  select org_practitioners.practitioner_id
  from public.fhir_practitioners
  inner join public.org_practitioners on org_practitioners.practitioner_id = fhir_practitioners.id
  where
    fhir_practitioners.user_id = p_user_id
    and fhir_practitioners.is_active
    and fhir_practitioners.deleted_at is null
    and org_practitioners.org_id = p_org_id
    and org_practitioners.is_active
    and org_practitioners.deleted_at is null
$function$;

CREATE OR REPLACE FUNCTION app.first_organization(p_user_id uuid)
 RETURNS uuid
 LANGUAGE sql
 STABLE
 SET search_path TO ''
AS $function$
  select role_assignments.org_id
  from public.role_assignments
  inner join public.organizations on organizations.id = role_assignments.org_id
  left join public.profiles on profiles.id = role_assignments.user_id
  where
    role_assignments.user_id = p_user_id
    and role_assignments.valid_during @> app.clock()
    and role_assignments.deleted_at is null
    and organizations.is_active
    and organizations.deleted_at is null
  order by
    (role_assignments.org_id = profiles.default_org_id) desc nulls last,
    lower(role_assignments.valid_during) nulls first,
    role_assignments.org_id
  limit 1
$function$;

CREATE OR REPLACE FUNCTION app.follow_organization()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
begin
  perform app.store_reach(
    array(select user_sessions.id from public.user_sessions where user_sessions.active_org_id = new.id)
  );
  return null;
end
$function$;

CREATE OR REPLACE FUNCTION app.follow_profile()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
begin
  perform app.refresh_sessions(array[new.id]);
  return null;
end
$function$;

CREATE OR REPLACE FUNCTION app.follow_roles()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
begin
  if tg_op = 'INSERT' then
    perform app.refresh_sessions(array(select distinct after_change.user_id from after_change));
  elsif tg_op = 'DELETE' then
    perform app.refresh_sessions(array(select distinct before_change.user_id from before_change));
  else
    perform app.refresh_sessions(
      array(select before_change.user_id from before_change union select after_change.user_id from after_change)
    );
  end if;
  return null;
end
$function$;

CREATE OR REPLACE FUNCTION app.follow_session()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
begin
  insert into public.user_sessions (
    id, user_id, aal, user_agent, started_at, ends_at, resolved_at
  )
  values (
    new.id, new.user_id, coalesce(new.aal::text, 'aal1'), left(new.user_agent, 300), app.clock(),
    app.clock() + interval '1 day', app.clock()
  )
  on conflict (id) do update set aal = excluded.aal;
  insert into app.session_activity (session_id, last_seen_at) values (new.id, app.clock())
  on conflict (session_id) do nothing;
  perform app.refresh_sessions(array[new.user_id]);
  return null;
end
$function$;

CREATE OR REPLACE FUNCTION app.found_organization(p_name text, p_slug text, p_kind public.organization_kind, p_license_tier public.license_tier, p_time_zone public.time_zone)
 RETURNS uuid
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
declare
  v_org_id uuid;
begin
  perform app.require_person();
  perform app.require_role('super_admin');
  insert into public.organizations (name, slug, kind, license_tier, time_zone)
  values (p_name, p_slug, p_kind, p_license_tier, p_time_zone)
  on conflict (slug) do nothing
  returning organizations.id into v_org_id;
  if v_org_id is null then
    perform app.raise_error('conflict', 'There is an organization with this short name already.');
  end if;
  return v_org_id;
end
$function$;

CREATE OR REPLACE FUNCTION app.grantable_roles(p_role public.app_role)
 RETURNS public.app_role[]
 LANGUAGE sql
 IMMUTABLE
 SET search_path TO ''
AS $function$
  select case p_role
    -- Only in the organization that runs the platform, where alone this role can be held.
    when 'super_admin' then array_remove(enum_range(null::public.app_role), 'service')
    when 'org_owner' then array_remove(array_remove(enum_range(null::public.app_role), 'service'), 'super_admin')
    when 'admin' then array_remove(
      array_remove(array_remove(enum_range(null::public.app_role), 'service'), 'super_admin'), 'org_owner'
    )
    -- Whom a house or home takes in and who works the day there. Clinicians and case managers are the organization's.
    when 'manager' then '{nurse,carer,scheduler,resident,family}'::public.app_role[]
    else '{}'::public.app_role[]
  end
$function$;

CREATE OR REPLACE FUNCTION app.guard_owners()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
declare
  v_rest constant tstzrange := tstzrange(app.clock(), null);
  v_user_ids uuid[];
  v_org_ids uuid[];
begin
  if tg_op = 'INSERT' then
    v_user_ids := array(select after_change.user_id from after_change);
    v_org_ids := array(
      select after_change.org_id
      from after_change
      where
        after_change.role = 'org_owner'
        and after_change.deleted_at is null
        and after_change.valid_during && v_rest
        and coalesce(current_setting('request.jwt.claims', true), '') <> ''
    );
  elsif tg_op = 'DELETE' then
    v_user_ids := array(select before_change.user_id from before_change);
    v_org_ids := array(
      select before_change.org_id
      from before_change
      where
        before_change.role = 'org_owner'
        and before_change.deleted_at is null
        and before_change.valid_during && v_rest
        and exists (select from auth.users where users.id = before_change.user_id)
    );
  else
    v_user_ids := array(
      select before_change.user_id from before_change union select after_change.user_id from after_change
    );
    v_org_ids := array(
      select before_change.org_id
      from before_change
      where
        before_change.role = 'org_owner'
        and before_change.deleted_at is null
        and before_change.valid_during && v_rest
        and not exists (
          select from after_change
          where
            (after_change.org_id, after_change.id, after_change.user_id, after_change.role)
            = (before_change.org_id, before_change.id, before_change.user_id, before_change.role)
            and after_change.deleted_at is null
            and after_change.valid_during @> before_change.valid_during * v_rest
        )
    );
  end if;

  if cardinality(v_org_ids) > 0 then
    perform app.lock_people_and_organizations(v_user_ids, v_org_ids);
    if exists (
      select from public.organizations
      where
        organizations.id = any(v_org_ids)
        and organizations.deleted_at is null
        and not app.is_owned(organizations.id)
    ) then
      perform app.raise_error(
        'conflict', 'An organization keeps an owner who can sign in, without end.',
        p_hint => 'Make somebody else an owner first.'
      );
    end if;
  end if;
  return null;
end
$function$;

CREATE OR REPLACE FUNCTION app.guard_reflection()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
declare
  v_minimum_members constant integer := 3;
begin
  if auth.role() is distinct from 'authenticated' then
    return new;
  end if;
  perform app.require_feature('resilience_hub');
  if new.author_id is null then
    perform app.raise_error('permission_denied', 'Only practitioners of the organization are in a circle.');
  end if;
  if tg_op = 'INSERT' and new.circle_id = any(app.my_circles()) then
    perform app.require_open_circle(new.circle_id);
    -- Of two members the other one knows who wrote it, whatever the database hides.
    if new.is_anonymous and (
      select count(*) < v_minimum_members
      from public.provider_support_circle_members as members
      where members.org_id = new.org_id and members.circle_id = new.circle_id and members.is_active
    ) then
      perform app.raise_error(
        'conflict', 'This circle is too small for anyone to stay unnamed in it.',
        jsonb_build_object('minimum_members', v_minimum_members)
      );
    end if;
  end if;
  new.author_name := case
    when new.is_anonymous then null
    else (select profiles.display_name from public.profiles where profiles.id = new.user_id)
  end;
  return new;
end
$function$;

CREATE OR REPLACE FUNCTION app.guard_super_admin()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
begin
  if not exists (
    select from public.organizations where organizations.id = new.org_id and organizations.kind = 'platform'
  ) then
    perform app.raise_error('conflict', 'Only the organization that runs the platform has super administrators.');
  end if;
  return new;
end
$function$;

CREATE OR REPLACE FUNCTION app.guard_support_circle()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
begin
  if auth.role() is not distinct from 'authenticated' then
    perform app.require_feature('resilience_hub');
  end if;

  if new.facilitator_id is null then
    new.facilitator_practitioner_id := null;
  elsif tg_op = 'INSERT' or new.facilitator_id is distinct from old.facilitator_id then
    new.facilitator_practitioner_id := app.find_provider(new.org_id, new.facilitator_id);
    if new.facilitator_practitioner_id is null and auth.role() is not distinct from 'authenticated' then
      perform app.raise_error('not_found', 'There is no such practitioner in your organization.');
    end if;
  end if;
  return new;
end
$function$;

CREATE OR REPLACE FUNCTION app.hash_token(p_token text)
 RETURNS bytea
 LANGUAGE sql
 IMMUTABLE STRICT
 SET search_path TO ''
AS $function$
  select sha256(convert_to(p_token, 'UTF8'))
$function$;

CREATE OR REPLACE FUNCTION app.hold_reach(p_user_ids uuid[])
 RETURNS void
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
begin
  perform 1 from auth.users where users.id = any(p_user_ids) order by users.id for no key update;

  perform 1
  from public.organizations
  where organizations.id in (
    select role_assignments.org_id from public.role_assignments where role_assignments.user_id = any(p_user_ids)
  )
  order by organizations.id
  for share;
end
$function$;

CREATE OR REPLACE FUNCTION app.idle_limit(p_settings jsonb)
 RETURNS interval
 LANGUAGE sql
 IMMUTABLE
 SET search_path TO ''
AS $function$
  select make_interval(mins => coalesce((p_settings ->> 'session_idle_minutes')::integer, 60))
$function$;

CREATE OR REPLACE FUNCTION app.integer_fault(p_value jsonb, p_least integer, p_most integer)
 RETURNS text
 LANGUAGE plpgsql
 IMMUTABLE
 SET search_path TO ''
AS $function$
begin
  if jsonb_typeof(p_value) <> 'number' or p_value::numeric not between p_least and p_most
    or p_value::numeric <> trunc(p_value::numeric) then
    return format('It is a whole number from %s to %s.', p_least, p_most);
  end if;
  return null;
end
$function$;

CREATE OR REPLACE FUNCTION app.invite_to_organization(p_email text, p_role public.app_role, p_site_id uuid, p_expires_in_days integer, OUT invitation_id uuid, OUT expires_at timestamp with time zone, OUT token text)
 RETURNS record
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
begin
  perform app.require_grant(p_role, p_site_id);
  perform app.require_another_address(p_email);
  -- Invitations are mail to strangers in our name. The person's share first: one person alone cannot use up the
  -- organization's within an hour.
  perform app.limit_rate('invite_member_person', app.my_id()::text, 20, '1 hour');
  perform app.limit_rate('invite_member_organization', app.current_org()::text, 200, '1 day');
  select made.invitation_id, made.expires_at, made.token into invitation_id, expires_at, token
  from app.make_invitation(app.current_org(), p_email, p_role, p_site_id, p_expires_in_days) as made;
end
$function$;

CREATE OR REPLACE FUNCTION app.is_email(p_value text)
 RETURNS boolean
 LANGUAGE sql
 IMMUTABLE STRICT
 SET search_path TO ''
AS $function$
  select length(p_value) <= 254 and p_value ~ '^[^@[:space:][:cntrl:]]{1,64}@[^@[:space:][:cntrl:]]+\.[^@.[:space:][:cntrl:]]+$'
$function$;

CREATE OR REPLACE FUNCTION app.is_owned(p_org_id uuid)
 RETURNS boolean
 LANGUAGE sql
 STABLE
 SET search_path TO ''
AS $function$
  select coalesce(range_agg(owners.valid_during) @> tstzrange(app.clock(), null), false)
  from public.role_assignments as owners
  left join public.profiles on profiles.id = owners.user_id
  where
    owners.org_id = p_org_id
    and owners.role = 'org_owner'
    and owners.deleted_at is null
    and profiles.is_active is not false
    and profiles.deleted_at is null
$function$;

CREATE OR REPLACE FUNCTION app.is_site_role(p_role public.app_role)
 RETURNS boolean
 LANGUAGE sql
 IMMUTABLE
 SET search_path TO ''
AS $function$
  select p_role in (
    'manager', 'case_manager', 'nurse', 'clinician', 'carer', 'scheduler', 'resident', 'family'
  )
$function$;

CREATE OR REPLACE FUNCTION app.is_standalone(p_settings jsonb)
 RETURNS boolean
 LANGUAGE sql
 IMMUTABLE
 SET search_path TO ''
AS $function$
  select coalesce((p_settings ->> 'standalone')::boolean, false)
$function$;

CREATE OR REPLACE FUNCTION app.jwt_key_id()
 RETURNS text
 LANGUAGE plpgsql
 STABLE
 SET search_path TO ''
AS $function$
begin
  return (
    select secrets.decrypted_secret
    from vault.decrypted_secrets as secrets
    where secrets.name = 'carebase_jwt_key_id' and secrets.decrypted_secret <> ''
  );
end
$function$;

CREATE OR REPLACE FUNCTION app.jwt_secret()
 RETURNS text
 LANGUAGE plpgsql
 STABLE
 SET search_path TO ''
AS $function$
declare
  v_secret text;
begin
  select secrets.decrypted_secret into v_secret
  from vault.decrypted_secrets as secrets
  where secrets.name = 'carebase_jwt_secret';
  if coalesce(v_secret, '') = '' then
    raise exception 'The vault has no secret carebase_jwt_secret.'
    using errcode = 'object_not_in_prerequisite_state',
    hint = 'Store the secret that access tokens are signed with: see docs/hosted.md.';
  end if;
  return v_secret;
end
$function$;

CREATE OR REPLACE FUNCTION app.leave_circle_seat(p_circle_id uuid)
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
begin
  perform app.require_feature('resilience_hub');
  update public.provider_support_circle_members as seats
  set is_active = false
  where
    seats.org_id = app.current_org() and seats.circle_id = p_circle_id and seats.user_id = app.my_id()
    and seats.is_active;
  if not found then
    perform app.raise_error('not_found', 'You are in no such circle.');
  end if;
end
$function$;

CREATE OR REPLACE FUNCTION app.limit_rate(p_action text, p_subject text, p_limit integer, p_per interval)
 RETURNS void
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
declare
  v_ends_at constant timestamptz := date_bin(p_per, app.clock(), '2000-01-01 00:00:00+00') + p_per;
  v_hit_count integer;
begin
  if p_limit is null or p_limit < 1 then
    raise exception 'app.limit_rate: a limit is at least 1';
  end if;

  insert into app.rate_limits as limits (action, subject, ends_at)
  values (p_action, p_subject, v_ends_at)
  on conflict (action, subject, ends_at) do update set hit_count = limits.hit_count + 1
  where limits.hit_count < p_limit
  returning limits.hit_count into v_hit_count;

  if v_hit_count is null then
    perform app.raise_error(
      'rate_limited', 'Too often. Try again later.',
      jsonb_build_object(
        'action', p_action, 'limit', p_limit,
        'retry_after', greatest(1, ceil(extract(epoch from v_ends_at - app.clock()))::integer)
      )
    );
  end if;

  -- A new window clears a few old ones in passing, more than it adds, so the table stays as small as its use. The
  -- hour is for transactions that began in a window which has ended since.
  if v_hit_count = 1 then
    delete from app.rate_limits
    where (action, subject, ends_at) in (
      select old.action, old.subject, old.ends_at
      from app.rate_limits as old
      where old.ends_at < app.clock() - interval '1 hour'
      order by old.ends_at
      limit 10
      for update skip locked
    );
  end if;
end
$function$;

CREATE OR REPLACE FUNCTION app.list_invitations(p_is_open boolean, p_limit integer)
 RETURNS TABLE(invitation_id uuid, email text, role public.app_role, site_id uuid, invited_by uuid, invited_at timestamp with time zone, expires_at timestamp with time zone, accepted_at timestamp with time zone, accepted_by uuid, revoked_at timestamp with time zone)
 LANGUAGE plpgsql
 STABLE SECURITY DEFINER
 SET search_path TO ''
AS $function$
declare
  v_org_id uuid;
  v_sees_all boolean;
  v_sites uuid[];
begin
  perform app.require_role('super_admin', 'org_owner', 'admin', 'manager');
  v_org_id := app.current_org();
  v_sees_all := app.has_role('super_admin', 'org_owner', 'admin');
  v_sites := app.my_sites('manager');
  return query
  select
    offers.id, offers.email, offers.role, offers.site_id, offers.invited_by, offers.invited_at, offers.expires_at,
    offers.accepted_at, offers.accepted_by, offers.revoked_at
  from app.invitations as offers
  where
    offers.org_id = v_org_id
    and (v_sees_all or offers.site_id = any(v_sites))
    and p_is_open = (
      offers.accepted_at is null and offers.revoked_at is null and offers.expires_at > app.clock()
    )
  order by offers.id desc
  limit p_limit;
end
$function$;

CREATE OR REPLACE FUNCTION app.list_member_sessions(p_user_id uuid, p_limit integer)
 RETURNS TABLE(session_id uuid, user_id uuid, roles public.app_role[], aal text, started_at timestamp with time zone, last_seen_at timestamp with time zone, ends_at timestamp with time zone)
 LANGUAGE plpgsql
 STABLE SECURITY DEFINER
 SET search_path TO ''
AS $function$
begin
  perform app.require_role('org_owner', 'admin');
  return query
  select
    theirs.id, theirs.user_id, theirs.roles, theirs.aal, theirs.started_at, activity.last_seen_at, theirs.ends_at
  from public.user_sessions as theirs
  inner join app.session_activity as activity on activity.session_id = theirs.id
  where
    theirs.active_org_id = app.current_org()
    and (p_user_id is null or theirs.user_id = p_user_id)
    and theirs.ends_at > app.clock()
    and activity.last_seen_at + theirs.idle_limit > app.clock()
  order by activity.last_seen_at desc, theirs.id
  limit p_limit;
end
$function$;

CREATE OR REPLACE FUNCTION app.list_members(p_role public.app_role, p_site_id uuid, p_is_past boolean, p_after uuid, p_limit integer)
 RETURNS TABLE(role_assignment_id uuid, user_id uuid, display_name text, role public.app_role, site_id uuid, valid_from timestamp with time zone, valid_until timestamp with time zone)
 LANGUAGE plpgsql
 STABLE SECURITY DEFINER
 SET search_path TO ''
AS $function$
declare
  v_org_id uuid;
  v_sees_all boolean;
  v_sites uuid[];
begin
  perform app.require_role('super_admin', 'org_owner', 'admin', 'manager');
  v_org_id := app.current_org();
  v_sees_all := app.has_role('super_admin', 'org_owner', 'admin');
  v_sites := app.my_sites('manager');
  return query
  select
    held.id, held.user_id, coalesce(profiles.display_name, ''), held.role, held.site_id,
    nullif(lower(held.valid_during), '-infinity'), nullif(upper(held.valid_during), 'infinity')
  from public.role_assignments as held
  left join public.profiles on profiles.id = held.user_id
  where
    held.org_id = v_org_id
    and held.deleted_at is null
    and (v_sees_all or held.site_id = any(v_sites))
    and (p_role is null or held.role = p_role)
    and (p_site_id is null or held.site_id = p_site_id)
    and p_is_past = (held.valid_during << tstzrange(app.clock(), null))
    and (p_after is null or held.id > p_after)
  order by held.id
  limit p_limit;
end
$function$;

CREATE OR REPLACE FUNCTION app.list_my_organizations()
 RETURNS TABLE(org_id uuid, name text, slug text, kind public.organization_kind, roles public.app_role[], needs_mfa boolean, is_active_here boolean)
 LANGUAGE plpgsql
 STABLE SECURITY DEFINER
 SET search_path TO ''
AS $function$
begin
  perform app.require_person();
  return query
  select
    organizations.id, organizations.name, organizations.slug, organizations.kind, reach.roles, reach.needs_mfa,
    organizations.id is not distinct from (
      select user_sessions.active_org_id
      from public.user_sessions
      where user_sessions.id = (auth.jwt() ->> 'session_id')::uuid
    )
  from public.organizations
  cross join lateral app.resolve_reach(app.my_id(), organizations.id) as reach
  where
    organizations.id in (
      select role_assignments.org_id from public.role_assignments where role_assignments.user_id = app.my_id()
    )
    and cardinality(reach.roles) > 0
  order by organizations.name, organizations.id;
end
$function$;

CREATE OR REPLACE FUNCTION app.list_my_sessions()
 RETURNS TABLE(session_id uuid, active_org_id uuid, user_agent text, started_at timestamp with time zone, last_seen_at timestamp with time zone, idle_at timestamp with time zone, ends_at timestamp with time zone, is_this_one boolean)
 LANGUAGE plpgsql
 STABLE SECURITY DEFINER
 SET search_path TO ''
AS $function$
begin
  perform app.require_person();
  return query
  select
    mine.id, mine.active_org_id, mine.user_agent, mine.started_at, activity.last_seen_at,
    activity.last_seen_at + mine.idle_limit, mine.ends_at, mine.id = (auth.jwt() ->> 'session_id')::uuid
  from public.user_sessions as mine
  inner join app.session_activity as activity on activity.session_id = mine.id
  where
    mine.user_id = app.my_id()
    and mine.ends_at > app.clock()
    and activity.last_seen_at + mine.idle_limit > app.clock()
  order by activity.last_seen_at desc, mine.id;
end
$function$;

CREATE OR REPLACE FUNCTION app.lock_people_and_organizations(p_user_ids uuid[], p_org_ids uuid[])
 RETURNS void
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
begin
  perform 1 from auth.users where users.id = any(p_user_ids) order by users.id for no key update;

  perform 1
  from public.organizations
  where
    organizations.id = any(p_org_ids)
    or organizations.id in (
      select role_assignments.org_id from public.role_assignments where role_assignments.user_id = any(p_user_ids)
    )
  order by organizations.id
  for no key update;
end
$function$;

CREATE OR REPLACE FUNCTION app.make_invitation(p_org_id uuid, p_email text, p_role public.app_role, p_site_id uuid, p_expires_in_days integer, OUT invitation_id uuid, OUT expires_at timestamp with time zone, OUT token text)
 RETURNS record
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
begin
  update app.invitations as offers
  set revoked_at = app.clock()
  where
    offers.org_id = p_org_id
    and offers.email = p_email
    and offers.role = p_role
    and offers.site_id is not distinct from p_site_id
    and offers.accepted_at is null
    and offers.revoked_at is null
    and offers.expires_at <= app.clock();

  token := app.make_token();
  insert into app.invitations as offers (
    org_id, email, role, site_id, token_hash, invited_by, invited_at, expires_at
  )
  values (
    p_org_id, p_email, p_role, p_site_id, app.hash_token(token), app.my_id(), app.clock(),
    app.clock() + make_interval(hours => 24 * p_expires_in_days)
  )
  on conflict do nothing
  returning offers.id, offers.expires_at into invitation_id, expires_at;
  if invitation_id is null then
    perform app.raise_error(
      'conflict', 'This invitation is open already.',
      p_hint => 'Its token is not kept: revoke it and invite again to get a new one.'
    );
  end if;
end
$function$;

CREATE OR REPLACE FUNCTION app.make_token()
 RETURNS text
 LANGUAGE sql
 SET search_path TO ''
AS $function$
  select rtrim(translate(encode(extensions.gen_random_bytes(32), 'base64'), '+/', '-_'), '=')
$function$;

CREATE OR REPLACE FUNCTION app.may_grant(p_role public.app_role, p_site_id uuid)
 RETURNS boolean
 LANGUAGE plpgsql
 STABLE
 SET search_path TO ''
AS $function$
begin
  return app.may_pass_on(
    app.my_roles(), jsonb_build_object('manager', app.my_sites('manager')), p_role, p_site_id
  );
end
$function$;

CREATE OR REPLACE FUNCTION app.may_pass_on(p_roles public.app_role[], p_role_sites jsonb, p_role public.app_role, p_site_id uuid)
 RETURNS boolean
 LANGUAGE sql
 IMMUTABLE
 SET search_path TO ''
AS $function$
  select exists (
    select from unnest(p_roles) as held (role)
    where
      p_role = any(app.grantable_roles(held.role))
      and (
        held.role <> 'manager'
        or (
          p_site_id is not null
          and (p_role_sites -> 'manager' = 'null'::jsonb or p_role_sites -> 'manager' ? p_site_id::text)
        )
      )
  )
$function$;

CREATE OR REPLACE FUNCTION app.merge_patch(p_target jsonb, p_patch jsonb)
 RETURNS jsonb
 LANGUAGE plpgsql
 IMMUTABLE
 SET search_path TO ''
AS $function$
declare
  v_merged jsonb := case when jsonb_typeof(p_target) = 'object' then p_target else '{}' end;
  v_key text;
  v_value jsonb;
begin
  if jsonb_typeof(p_patch) <> 'object' then
    return p_patch;
  end if;
  for v_key, v_value in select given.key, given.value from jsonb_each(p_patch) as given loop
    v_merged := case
      when v_value = 'null' then v_merged - v_key
      else v_merged || jsonb_build_object(v_key, app.merge_patch(v_merged -> v_key, v_value))
    end;
  end loop;
  return v_merged;
end
$function$;

CREATE OR REPLACE FUNCTION app.mfa_roles(p_settings jsonb)
 RETURNS public.app_role[]
 LANGUAGE sql
 IMMUTABLE
 SET search_path TO ''
AS $function$
  select case
    when p_settings ? 'mfa_roles' then array(
      select chosen.role::public.app_role
      from jsonb_array_elements_text(p_settings -> 'mfa_roles') as chosen (role)
    )
    else '{super_admin,org_owner,admin,clinician}'::public.app_role[]
  end
$function$;

CREATE OR REPLACE FUNCTION app.my_circles()
 RETURNS uuid[]
 LANGUAGE plpgsql
 STABLE SECURITY DEFINER
 SET search_path TO ''
AS $function$
begin
  return array(
    select members.circle_id
    from public.provider_support_circle_members as members
    where
      members.user_id = app.my_id()
      and members.org_id = app.current_org()
      and members.is_active
      and members.deleted_at is null
  );
end
$function$;

CREATE OR REPLACE FUNCTION app.my_id()
 RETURNS uuid
 LANGUAGE plpgsql
 STABLE
 SET search_path TO ''
AS $function$
begin
  perform app.ensure_open();
  if current_setting('carebase.refusal', true) = 'session_expired' then
    perform app.refuse_request();
  end if;
  return nullif(current_setting('carebase.user_id', true), '')::uuid;
end
$function$;

CREATE OR REPLACE FUNCTION app.my_sites(VARIADIC p_roles public.app_role[])
 RETURNS uuid[]
 LANGUAGE plpgsql
 STABLE
 SET search_path TO ''
AS $function$
declare
  v_role_sites jsonb;
  v_role public.app_role;
  v_sites uuid[] := '{}';
begin
  perform app.current_org();
  v_role_sites := coalesce(nullif(current_setting('carebase.role_sites', true), ''), '{}')::jsonb;
  foreach v_role in array p_roles loop
    if v_role_sites -> v_role::text = 'null'::jsonb then
      return app.organization_sites();
    end if;
    v_sites := v_sites || array(
      select site.id::uuid from jsonb_array_elements_text(v_role_sites -> v_role::text) as site (id)
    );
  end loop;
  return v_sites;
end
$function$;

CREATE OR REPLACE FUNCTION app.name_at_sign_up(p_metadata jsonb, p_email text)
 RETURNS text
 LANGUAGE sql
 IMMUTABLE
 SET search_path TO ''
AS $function$
  select left(
    coalesce(
      nullif(btrim(p_metadata ->> 'display_name'), ''),
      nullif(btrim(p_metadata ->> 'full_name'), ''),
      nullif(btrim(p_metadata ->> 'name'), ''),
      split_part(p_email, '@', 1)
    ),
    200
  )
$function$;

CREATE OR REPLACE FUNCTION app.note_activity(p_session_id uuid)
 RETURNS void
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
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
$function$;

CREATE OR REPLACE FUNCTION app.org_as(VARIADIC p_roles public.app_role[])
 RETURNS uuid
 LANGUAGE plpgsql
 STABLE
 SET search_path TO ''
AS $function$
begin
  return case when app.my_roles() && org_as.p_roles then app.current_org() end;
end
$function$;

CREATE OR REPLACE FUNCTION app.organization_features(p_org_id uuid, p_feature_key text DEFAULT NULL::text)
 RETURNS TABLE(feature_key text, feature_name text, is_available boolean, is_wanted boolean, is_enabled boolean)
 LANGUAGE plpgsql
 STABLE
 SET search_path TO ''
AS $function$
begin
  return query
  select
    decided.feature_key, decided.feature_name, decided.is_available, decided.is_wanted,
    decided.is_available and decided.is_wanted and not decided.is_hidden
  from (
    select
      flags.feature_key,
      flags.feature_name,
      coalesce(
        special.is_enabled,
        flags.is_enabled_globally
        and flags.required_license_tier <= organizations.license_tier
        and app.rollout_place(organizations.id, flags.feature_key) < flags.rollout_percent
      ) as is_available,
      coalesce(special.is_wanted, true) as is_wanted,
      flags.is_hidden_when_standalone and app.is_standalone(organizations.settings) as is_hidden
    from public.nurseos_feature_flags as flags
    inner join public.organizations on organizations.id = p_org_id
    left join public.organization_feature_flags as special
      on special.org_id = organizations.id and special.feature_key = flags.feature_key
    where p_feature_key is null or flags.feature_key = p_feature_key
  ) as decided;
end
$function$;

CREATE OR REPLACE FUNCTION app.organization_sites()
 RETURNS uuid[]
 LANGUAGE plpgsql
 STABLE SECURITY DEFINER
 SET search_path TO ''
AS $function$
begin
  return array(
    select sites.id from public.sites where sites.org_id = app.current_org()
  );
end
$function$;

CREATE OR REPLACE FUNCTION app.override_feature(p_org_id uuid, p_feature_key text, p_is_enabled boolean, p_reason text)
 RETURNS boolean
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
begin
  if not exists (select from app.organization_features(p_org_id, coalesce(p_feature_key, ''))) then
    return null;
  end if;

  insert into public.organization_feature_flags as special (org_id, feature_key, is_enabled, reason)
  values (p_org_id, p_feature_key, p_is_enabled, p_reason)
  on conflict (org_id, feature_key) do update set is_enabled = excluded.is_enabled, reason = excluded.reason;
  -- A row that says nothing any more would still seem to decide.
  delete from public.organization_feature_flags as special
  where
    special.org_id = p_org_id and special.feature_key = p_feature_key
    and special.is_enabled is null and special.is_wanted;

  return (
    select features.is_enabled from app.organization_features(p_org_id, p_feature_key) as features
  );
end
$function$;

CREATE OR REPLACE FUNCTION app.reachable_org()
 RETURNS uuid
 LANGUAGE plpgsql
 STABLE
 SET search_path TO ''
AS $function$
begin
  perform app.ensure_open();
  return nullif(current_setting('carebase.org_id', true), '')::uuid;
end
$function$;

CREATE OR REPLACE FUNCTION app.read_encounters_restricted(p_ids uuid[])
 RETURNS TABLE(id uuid, class_code text, took_place_during tstzrange)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO ''
AS $function$
  select
    id,
    case
      when (
        (select app.has_role('care_manager', 'case_manager', 'nurse', 'clinician', 'billing'))
      ) then class_code
    end,
    case
      when (
        (select app.has_role('care_manager', 'case_manager', 'nurse', 'clinician', 'scheduler'))
      ) then took_place_during
    end
  from public.encounters
  where
    id = any(p_ids)
    and deleted_at is null
    and org_id = (select app.current_org())
    and (
      (select app.has_role('care_manager', 'case_manager', 'nurse', 'clinician', 'billing'))
      or (select app.has_role('care_manager', 'case_manager', 'nurse', 'clinician', 'scheduler'))
    )
$function$;

CREATE OR REPLACE FUNCTION app.read_org_patients_restricted(p_ids uuid[])
 RETURNS TABLE(patient_id uuid, medical_record_number text)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO ''
AS $function$
  select
    patient_id,
    medical_record_number
  from public.org_patients
  where
    patient_id = any(p_ids)
    and deleted_at is null
    and org_id = (select app.current_org())
    and (select app.has_role('care_manager', 'case_manager', 'nurse', 'clinician', 'billing'))
$function$;

CREATE OR REPLACE FUNCTION app.read_patients_restricted(p_ids uuid[])
 RETURNS TABLE(id uuid, gender public.administrative_gender, is_deceased boolean, deceased_at timestamp with time zone)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO ''
AS $function$
  select
    id,
    gender,
    is_deceased,
    deceased_at
  from public.patients
  where
    id = any(p_ids)
    and deleted_at is null
    and (
      user_id = (select app.my_id())
      or id = any(array(
        select link.patient_id
        from public.org_patients as link
        where link.org_id = (select app.current_org()) and link.deleted_at is null
      ))
    )
    and (
      (
        (select app.my_id()) is not null
        and user_id = (select app.my_id())
      )
      or (
        (select app.has_role('care_manager', 'case_manager', 'nurse', 'clinician'))
        and id = any(array(
          select link.patient_id
          from public.org_patients as link
          where link.org_id = (select app.current_org()) and link.deleted_at is null
        ))
      )
    )
$function$;

CREATE OR REPLACE FUNCTION app.refresh_sessions(p_user_ids uuid[])
 RETURNS void
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
begin
  perform app.hold_reach(p_user_ids);
  perform app.store_reach(
    array(select user_sessions.id from public.user_sessions where user_sessions.user_id = any(p_user_ids))
  );
end
$function$;

CREATE OR REPLACE FUNCTION app.refuse_request()
 RETURNS void
 LANGUAGE plpgsql
 STABLE
 SET search_path TO ''
AS $function$
begin
  if current_setting('carebase.refusal', true) = 'mfa_required' then
    perform app.raise_error(
      'mfa_required', 'Your role needs a second factor in this organization.',
      p_hint => 'Sign in with your second factor, or enrol one first.'
    );
  end if;
  perform app.raise_error(
    'session_expired', 'Your session has ended.', p_hint => 'Sign in again. Nothing that was saved is lost.'
  );
end
$function$;

CREATE OR REPLACE FUNCTION app.require_another_address(p_email text)
 RETURNS void
 LANGUAGE plpgsql
 STABLE
 SET search_path TO ''
AS $function$
begin
  if exists (select from auth.users where users.id = app.my_id() and lower(users.email) = p_email) then
    perform app.raise_error('permission_denied', 'Nobody gives themselves a role.');
  end if;
end
$function$;

CREATE OR REPLACE FUNCTION app.require_grant(p_role public.app_role, p_site_id uuid)
 RETURNS void
 LANGUAGE plpgsql
 STABLE
 SET search_path TO ''
AS $function$
begin
  perform app.require_person();
  perform app.require_role('super_admin', 'org_owner', 'admin', 'manager');
  if p_site_id is not null and not exists (
    select from public.sites
    where sites.org_id = app.current_org() and sites.id = p_site_id and sites.deleted_at is null
  ) then
    perform app.raise_error('not_found', 'There is no such site in your organization.');
  end if;
  if not app.may_grant(p_role, p_site_id) then
    perform app.raise_error(
      'permission_denied', 'This role is not yours to give or take there.', jsonb_build_object('role', p_role)
    );
  end if;
end
$function$;

CREATE OR REPLACE FUNCTION app.require_open_circle(p_circle_id uuid)
 RETURNS void
 LANGUAGE plpgsql
 STABLE
 SET search_path TO ''
AS $function$
begin
  if exists (
    select from public.provider_support_circles as circles
    where circles.org_id = app.current_org() and circles.id = p_circle_id and not circles.is_active
  ) then
    perform app.raise_error('conflict', 'This circle has ended.');
  end if;
end
$function$;

CREATE OR REPLACE FUNCTION app.require_person()
 RETURNS void
 LANGUAGE plpgsql
 STABLE
 SET search_path TO ''
AS $function$
begin
  if app.my_id() is null then
    perform app.raise_error('not_authenticated', 'Sign in first.');
  end if;
end
$function$;

CREATE OR REPLACE FUNCTION app.resolve_api_key(p_api_key_id uuid)
 RETURNS TABLE(org_id uuid, roles public.app_role[], role_sites jsonb, time_zone public.time_zone)
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
declare
  v_key public.api_keys;
begin
  select keys.* into v_key
  from public.api_keys as keys
  inner join public.organizations on organizations.id = keys.org_id
  where
    keys.id = p_api_key_id
    and keys.revoked_at is null
    and keys.expires_at > app.clock()
    and organizations.is_active
    and organizations.deleted_at is null;
  if not found then
    return;
  end if;

  perform app.note_api_key_use(v_key);
  return query
  select
    v_key.org_id,
    v_key.roles,
    (
      select jsonb_object_agg(held.role, case when v_key.site_id is not null then array[v_key.site_id] end)
      from unnest(v_key.roles) as held (role)
    ),
    organizations.time_zone
  from public.organizations
  where organizations.id = v_key.org_id;
end
$function$;

CREATE OR REPLACE FUNCTION app.resolve_reach(p_user_id uuid, p_org_id uuid)
 RETURNS TABLE(roles public.app_role[], role_sites jsonb, time_zone public.time_zone, needs_mfa boolean, idle_limit interval, session_limit interval, stale_at timestamp with time zone)
 LANGUAGE sql
 STABLE
 SET search_path TO ''
AS $function$
  with assignments as (
    select role_assignments.role, role_assignments.site_id, role_assignments.valid_during
    from public.role_assignments
    inner join public.organizations on organizations.id = role_assignments.org_id
    left join public.profiles on profiles.id = role_assignments.user_id
    where
      role_assignments.user_id = p_user_id
      and role_assignments.org_id = p_org_id
      and role_assignments.deleted_at is null
      and organizations.is_active
      and organizations.deleted_at is null
      and profiles.is_active is not false
      and profiles.deleted_at is null
  ),
  held as (
    select
      assignments.role,
      case
        when bool_or(assignments.site_id is null) then 'null'::jsonb
        else to_jsonb(array_agg(distinct assignments.site_id))
      end as sites
    from assignments
    where assignments.valid_during @> app.clock()
    group by assignments.role
  ),
  changes as (
    select min(moments.moment) as next
    from assignments
    cross join lateral (
      values (lower(assignments.valid_during)), (upper(assignments.valid_during))
    ) as moments (moment)
    where moments.moment > app.clock() and isfinite(moments.moment)
  ),
  summary as (
    select
      coalesce(array_agg(held.role order by held.role), '{}') as roles,
      coalesce(jsonb_object_agg(held.role, held.sites), '{}') as role_sites
    from held
  )
  select
    summary.roles,
    summary.role_sites,
    organizations.time_zone,
    coalesce(summary.roles && app.mfa_roles(organizations.settings), false),
    app.idle_limit(organizations.settings),
    app.session_limit(organizations.settings),
    changes.next
  from summary
  cross join changes
  left join public.organizations on organizations.id = p_org_id
$function$;

CREATE OR REPLACE FUNCTION app.revoke_invitation_of_organization(p_invitation_id uuid)
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
declare
  v_invitation app.invitations;
begin
  perform app.require_person();
  perform app.require_role('super_admin', 'org_owner', 'admin', 'manager');
  select * into v_invitation
  from app.invitations
  where invitations.org_id = app.current_org() and invitations.id = p_invitation_id
  for update;
  if v_invitation.id is null then
    perform app.raise_error('not_found', 'There is no such invitation in your organization.');
  end if;
  perform app.require_grant(v_invitation.role, v_invitation.site_id);
  if v_invitation.accepted_at is not null then
    perform app.raise_error(
      'conflict', 'The invitation has been accepted.', p_hint => 'Revoke the role that it gave.'
    );
  end if;
  update app.invitations
  set revoked_at = coalesce(invitations.revoked_at, app.clock())
  where invitations.org_id = v_invitation.org_id and invitations.id = v_invitation.id;
end
$function$;

CREATE OR REPLACE FUNCTION app.roles_fault(p_value jsonb)
 RETURNS text
 LANGUAGE plpgsql
 IMMUTABLE
 SET search_path TO ''
AS $function$
begin
  -- Names are compared as text: a cast would end in an error that names no setting.
  if jsonb_typeof(p_value) <> 'array' or jsonb_array_length(p_value) > 50
    or not p_value <@ to_jsonb(enum_range(null::public.app_role)) then
    return 'It is a list of roles.';
  end if;
  return null;
end
$function$;

CREATE OR REPLACE FUNCTION app.rollout_place(p_org_id uuid, p_feature_key text)
 RETURNS integer
 LANGUAGE plpgsql
 IMMUTABLE STRICT
 SET search_path TO ''
AS $function$
begin
  return ('x' || left(encode(sha256(convert_to(p_feature_key || ':' || p_org_id, 'UTF8')), 'hex'), 8))::bit(32)::bigint
    % 100;
end
$function$;

CREATE OR REPLACE FUNCTION app.rotate_api_key(p_api_key_id uuid, p_overlap_hours integer, OUT api_key_id uuid, OUT api_key text, OUT prefix text, OUT expires_at timestamp with time zone)
 RETURNS record
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
declare
  v_old public.api_keys;
  v_new public.api_keys;
begin
  perform app.require_role('org_owner', 'admin');
  perform app.check_input(
    'p_overlap_hours', p_overlap_hours between 0 and 720, 'Both keys can work for 0 to 720 hours.'
  );
  select keys.* into v_old
  from public.api_keys as keys
  where keys.org_id = app.current_org() and keys.id = p_api_key_id
  for update;
  if not found then
    perform app.raise_error('not_found', 'There is no such API key.');
  end if;
  if v_old.replaced_by is not null or v_old.revoked_at is not null or v_old.expires_at <= app.clock() then
    perform app.raise_error(
      'conflict', 'This API key was replaced before, or no longer works.', p_hint => 'Make a new one instead.'
    );
  end if;

  v_new := v_old;
  v_new.expires_at := app.clock() + (v_old.expires_at - v_old.created_at);
  select made.api_key_id, made.api_key, made.prefix, made.expires_at
  into rotate_api_key.api_key_id, rotate_api_key.api_key, rotate_api_key.prefix, rotate_api_key.expires_at
  from app.make_api_key(v_new) as made;

  update public.api_keys as keys
  set
    replaced_by = rotate_api_key.api_key_id,
    expires_at = least(keys.expires_at, app.clock() + make_interval(hours => p_overlap_hours))
  where keys.org_id = v_old.org_id and keys.id = v_old.id;
end
$function$;

CREATE OR REPLACE FUNCTION app.session_limit(p_settings jsonb)
 RETURNS interval
 LANGUAGE sql
 IMMUTABLE
 SET search_path TO ''
AS $function$
  select make_interval(hours => coalesce((p_settings ->> 'session_hours')::integer, 24))
$function$;

CREATE OR REPLACE FUNCTION app.set_active_organization(p_org_id uuid)
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
declare
  v_user_id constant uuid := app.my_id();
begin
  perform app.require_person();
  -- The profile, too, which switch_organization() may write next: locks are taken in one order.
  perform 1 from public.profiles where profiles.id = v_user_id for no key update;
  perform app.hold_reach(array[v_user_id]);
  if not exists (
    select from app.resolve_reach(v_user_id, p_org_id) as reach where cardinality(reach.roles) > 0
  ) then
    perform app.raise_error('not_found', 'You have no role in such an organization.');
  end if;
  update public.user_sessions
  set active_org_id = p_org_id
  where user_sessions.id = (auth.jwt() ->> 'session_id')::uuid;
  perform app.refresh_sessions(array[v_user_id]);
  perform app.open_request();
end
$function$;

CREATE OR REPLACE FUNCTION app.set_default_organization(p_org_id uuid)
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
begin
  perform app.require_person();
  update public.profiles set default_org_id = p_org_id where profiles.id = app.my_id();
end
$function$;

CREATE OR REPLACE FUNCTION app.set_organization_feature(p_org_id uuid, p_feature_key text, p_is_enabled boolean, p_reason text)
 RETURNS boolean
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
declare
  v_is_enabled boolean;
begin
  perform app.require_role('super_admin');
  perform app.check_input('p_reason', coalesce(length(p_reason), 0) <= 500, 'The reason has at most 500 characters.');
  v_is_enabled := app.override_feature(p_org_id, p_feature_key, p_is_enabled, p_reason);
  if v_is_enabled is null then
    perform app.raise_error('not_found', 'There is no such organization or feature.');
  end if;
  return v_is_enabled;
end
$function$;

CREATE OR REPLACE FUNCTION app.setting_fault(p_settings jsonb, OUT setting text, OUT rule text)
 RETURNS record
 LANGUAGE plpgsql
 IMMUTABLE
 SET search_path TO ''
AS $function$
declare
  v_value jsonb;
begin
  if jsonb_typeof(p_settings) is distinct from 'object' then
    rule := 'Settings are a JSON object.';
    return;
  end if;
  for setting, v_value in
    select given.key, given.value from jsonb_each(p_settings) as given order by given.key
  loop
    rule := case setting
      when 'session_idle_minutes' then app.integer_fault(v_value, 5, 1440)
      when 'session_hours' then app.integer_fault(v_value, 1, 720)
      when 'mfa_roles' then app.roles_fault(v_value)
      when 'standalone' then case when jsonb_typeof(v_value) <> 'boolean' then 'It is true or false.' end
      when 'branding' then case when jsonb_typeof(v_value) <> 'object' then 'It is a JSON object.' end
      else 'There is no such setting.'
    end;
    if rule is not null then
      return;
    end if;
  end loop;

  for setting, v_value in
    select given.key, given.value from jsonb_each(p_settings -> 'branding') as given order by given.key
  loop
    rule := case
      when setting = 'product_name' then
        app.text_fault(v_value, 80, '^[^[:cntrl:]]+$', 'It has 1 to 80 characters.')
      when setting in ('logo_url', 'support_url') then
        app.text_fault(v_value, 500, '^https://[^[:space:][:cntrl:]"''<>\\]+$', 'It is an address: https://….')
      when setting in ('primary_color', 'accent_color') then
        app.text_fault(v_value, 7, '^#[0-9a-f]{6}$', 'It is a colour such as #1a2b3c.')
      when setting = 'support_email' then
        case when app.is_email(v_value #>> '{}') is not true then 'It is an e-mail address.' end
      else 'There is no such setting.'
    end;
    if rule is not null then
      setting := 'branding.' || setting;
      return;
    end if;
  end loop;
  setting := null;
end
$function$;

CREATE OR REPLACE FUNCTION app.sign_jwt(p_claims jsonb)
 RETURNS text
 LANGUAGE plpgsql
 STABLE
 SET search_path TO ''
AS $function$
declare
  v_header constant jsonb := jsonb_strip_nulls(
    jsonb_build_object('alg', 'HS256', 'typ', 'JWT', 'kid', app.jwt_key_id())
  );
  v_content constant text :=
    app.base64url(convert_to(v_header::text, 'UTF8')) || '.' || app.base64url(convert_to(p_claims::text, 'UTF8'));
begin
  return v_content || '.' || app.base64url(
    extensions.hmac(convert_to(v_content, 'UTF8'), convert_to(app.jwt_secret(), 'UTF8'), 'sha256')
  );
end
$function$;

CREATE OR REPLACE FUNCTION app.staff_org()
 RETURNS uuid
 LANGUAGE plpgsql
 STABLE
 SET search_path TO ''
AS $function$
begin
  return case when app.is_staff() then app.current_org() end;
end
$function$;

CREATE OR REPLACE FUNCTION app.store_reach(p_session_ids uuid[])
 RETURNS void
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
begin
  perform 1 from public.user_sessions where user_sessions.id = any(p_session_ids) order by user_sessions.id for update;

  update public.user_sessions as sessions
  set
    active_org_id = chosen.org_id,
    roles = reach.roles,
    role_sites = reach.role_sites,
    time_zone = reach.time_zone,
    needs_mfa = reach.needs_mfa,
    idle_limit = reach.idle_limit,
    ends_at = sessions.started_at + reach.session_limit,
    resolved_at = app.clock(),
    stale_at = reach.stale_at
  from public.user_sessions as before
  cross join lateral (
    select coalesce(before.active_org_id, app.first_organization(before.user_id)) as org_id
  ) as chosen
  cross join lateral app.resolve_reach(before.user_id, chosen.org_id) as reach
  where before.id = any(p_session_ids) and sessions.id = before.id;
end
$function$;

CREATE OR REPLACE FUNCTION app.take_circle_seat(p_circle_id uuid, p_user_id uuid)
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
declare
  v_org_id uuid;
  v_practitioner_id uuid;
  v_max_members integer;
begin
  perform app.require_feature('resilience_hub');
  v_org_id := app.current_org();
  if not app.has_role('admin', 'care_manager', 'wellness_officer') and not exists (
    select from public.provider_support_circles as led
    where
      led.org_id = v_org_id and led.id = p_circle_id and led.facilitator_id = app.my_id()
      and led.deleted_at is null
  ) then
    perform app.raise_error(
      'permission_denied',
      'Administrators, care managers, wellness officers and the facilitator add members to a circle.'
    );
  end if;
  -- Whoever sets circles up could otherwise read what is said in every one of them.
  if p_user_id = app.my_id() then
    perform app.raise_error('permission_denied', 'Nobody adds themselves to a circle.');
  end if;
  v_practitioner_id := app.find_provider(v_org_id, p_user_id);
  if v_practitioner_id is null then
    perform app.raise_error('not_found', 'There is no such practitioner in your organization.');
  end if;

  -- Two who add at once wait for each other here: the last seat is given once.
  select circles.max_members into v_max_members
  from public.provider_support_circles as circles
  where circles.org_id = v_org_id and circles.id = p_circle_id and circles.deleted_at is null
  for no key update;
  if v_max_members is null then
    perform app.raise_error('not_found', 'There is no such circle in your organization.');
  end if;
  perform app.require_open_circle(p_circle_id);
  if exists (
    select from public.provider_support_circle_members as seats
    where seats.org_id = v_org_id and seats.circle_id = p_circle_id and seats.user_id = p_user_id and seats.is_active
  ) then
    return;
  end if;
  if app.count_circle_seats(v_org_id, p_circle_id) >= v_max_members then
    perform app.raise_error(
      'conflict', 'This circle is full.', jsonb_build_object('max_members', v_max_members)
    );
  end if;
  insert into public.provider_support_circle_members as seats (org_id, circle_id, practitioner_id, user_id, joined_at)
  values (v_org_id, p_circle_id, v_practitioner_id, p_user_id, app.clock())
  on conflict (org_id, circle_id, user_id) do update set
    practitioner_id = excluded.practitioner_id, joined_at = excluded.joined_at, is_active = true, deleted_at = null;
end
$function$;

CREATE OR REPLACE FUNCTION app.text_fault(p_value jsonb, p_most integer, p_form text, p_rule text)
 RETURNS text
 LANGUAGE plpgsql
 IMMUTABLE
 SET search_path TO ''
AS $function$
begin
  if jsonb_typeof(p_value) <> 'string' or length(p_value #>> '{}') > p_most or (p_value #>> '{}') !~ p_form then
    return p_rule;
  end if;
  return null;
end
$function$;

CREATE OR REPLACE FUNCTION app.touch_my_session()
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
begin
  perform app.require_person();
  update app.session_activity
  set last_seen_at = app.clock()
  where session_activity.session_id = (auth.jwt() ->> 'session_id')::uuid;
end
$function$;

CREATE OR REPLACE FUNCTION public.add_support_circle_member(p_circle_id uuid, p_user_id uuid)
 RETURNS void
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
begin
  perform app.require_feature('resilience_hub');
  perform app.check_input('p_circle_id', p_circle_id is not null, 'Say which circle.');
  perform app.check_input('p_user_id', p_user_id is not null, 'Say whom.');
  perform app.take_circle_seat(p_circle_id, p_user_id);
end
$function$;

CREATE OR REPLACE FUNCTION public.create_api_key(p_name text, p_scopes public.app_role[] DEFAULT '{}'::public.app_role[], p_expires_in_days integer DEFAULT 90, p_site_id uuid DEFAULT NULL::uuid, p_exchanges_per_minute integer DEFAULT 30, OUT api_key_id uuid, OUT api_key text, OUT prefix text, OUT expires_at timestamp with time zone)
 RETURNS record
 LANGUAGE sql
 SET search_path TO ''
AS $function$
  select made.* from app.create_api_key(p_name, p_scopes, p_expires_in_days, p_site_id, p_exchanges_per_minute) as made
$function$;

CREATE OR REPLACE FUNCTION public.create_organization(p_name text, p_slug text, p_kind public.organization_kind, p_license_tier public.license_tier, p_time_zone text, p_owner_email text, OUT org_id uuid, OUT invitation_id uuid, OUT expires_at timestamp with time zone, OUT token text)
 RETURNS record
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
declare
  v_time_zone public.time_zone;
begin
  perform app.check_input('p_name', length(p_name) between 1 and 200, 'A name has 1 to 200 characters.');
  perform app.check_input(
    'p_slug', length(p_slug) <= 63 and p_slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$',
    'The short name has lower-case letters, digits and hyphens, at most 63.'
  );
  perform app.check_input('p_kind', p_kind <> 'platform', 'There is one platform, and it is there already.');
  perform app.check_input('p_license_tier', p_license_tier is not null, 'Say which licence it has.');
  begin
    v_time_zone := p_time_zone;
  exception when check_violation or invalid_parameter_value then
    v_time_zone := null;
  end;
  perform app.check_input('p_time_zone', v_time_zone is not null, 'Give a time zone such as America/Chicago.');

  org_id := app.found_organization(p_name, p_slug, p_kind, p_license_tier, v_time_zone);
  select made.invitation_id, made.expires_at, made.token into invitation_id, expires_at, token
  from public.invite_owner(org_id, p_owner_email) as made;
end
$function$;

CREATE OR REPLACE FUNCTION public.end_member_sessions(p_user_id uuid)
 RETURNS integer
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
begin
  return app.end_sessions_of_member(p_user_id);
end
$function$;

CREATE OR REPLACE FUNCTION public.end_session(p_session_id uuid)
 RETURNS void
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
begin
  perform app.end_my_session(p_session_id);
end
$function$;

CREATE OR REPLACE FUNCTION public.exchange_api_key(p_key text, OUT access_token text, OUT token_type text, OUT expires_in integer, OUT expires_at timestamp with time zone)
 RETURNS record
 LANGUAGE sql
 SET search_path TO ''
AS $function$
  select issued.* from app.exchange_api_key(p_key) as issued
$function$;

CREATE OR REPLACE FUNCTION public.get_encounters_restricted(p_ids uuid[])
 RETURNS TABLE(id uuid, class_code text, took_place_during tstzrange)
 LANGUAGE plpgsql
 STABLE
 SET search_path TO ''
AS $function$
begin
  if app.my_id() is null and app.reachable_org() is null then
    perform app.raise_error('not_authenticated', 'Sign in first.');
  end if;
  perform app.check_input('p_ids', cardinality(p_ids) <= 1000, 'At most 1000 ids at once.');

  return query
  select opened.*
  from app.read_encounters_restricted(array(
    select seen.id from public.encounters as seen where seen.id = any(p_ids)
  )) as opened;
end
$function$;

CREATE OR REPLACE FUNCTION public.get_invitations(p_is_open boolean DEFAULT true, p_limit integer DEFAULT 100)
 RETURNS TABLE(invitation_id uuid, email text, role public.app_role, site_id uuid, invited_by uuid, invited_at timestamp with time zone, expires_at timestamp with time zone, accepted_at timestamp with time zone, accepted_by uuid, revoked_at timestamp with time zone)
 LANGUAGE plpgsql
 STABLE
 SET search_path TO ''
AS $function$
begin
  perform app.check_input('p_is_open', p_is_open is not null, 'Say whether you mean open invitations.');
  perform app.check_input('p_limit', p_limit between 1 and 1000, 'The limit is a number from 1 to 1000.');
  return query select invitations.* from app.list_invitations(p_is_open, p_limit) as invitations;
end
$function$;

CREATE OR REPLACE FUNCTION public.get_member_sessions(p_user_id uuid DEFAULT NULL::uuid, p_limit integer DEFAULT 100)
 RETURNS TABLE(session_id uuid, user_id uuid, roles public.app_role[], aal text, started_at timestamp with time zone, last_seen_at timestamp with time zone, ends_at timestamp with time zone)
 LANGUAGE plpgsql
 STABLE
 SET search_path TO ''
AS $function$
begin
  perform app.check_input('p_limit', p_limit between 1 and 1000, 'The limit is a number from 1 to 1000.');
  return query select sessions.* from app.list_member_sessions(p_user_id, p_limit) as sessions;
end
$function$;

CREATE OR REPLACE FUNCTION public.get_members(p_role public.app_role DEFAULT NULL::public.app_role, p_site_id uuid DEFAULT NULL::uuid, p_is_past boolean DEFAULT false, p_after uuid DEFAULT NULL::uuid, p_limit integer DEFAULT 100)
 RETURNS TABLE(role_assignment_id uuid, user_id uuid, display_name text, role public.app_role, site_id uuid, valid_from timestamp with time zone, valid_until timestamp with time zone)
 LANGUAGE plpgsql
 STABLE
 SET search_path TO ''
AS $function$
begin
  perform app.check_input('p_is_past', p_is_past is not null, 'Say whether you mean roles that ended.');
  perform app.check_input('p_limit', p_limit between 1 and 1000, 'The limit is a number from 1 to 1000.');
  return query select members.* from app.list_members(p_role, p_site_id, p_is_past, p_after, p_limit) as members;
end
$function$;

CREATE OR REPLACE FUNCTION public.get_my_features()
 RETURNS TABLE(feature_key text, feature_name text, is_available boolean, is_wanted boolean, is_enabled boolean)
 LANGUAGE plpgsql
 STABLE
 SET search_path TO ''
AS $function$
begin
  perform app.require_member();
  return query
  select features.* from app.organization_features(app.current_org()) as features order by features.feature_key;
end
$function$;

CREATE OR REPLACE FUNCTION public.get_my_organizations()
 RETURNS TABLE(org_id uuid, name text, slug text, kind public.organization_kind, roles public.app_role[], needs_mfa boolean, is_active_here boolean)
 LANGUAGE plpgsql
 STABLE
 SET search_path TO ''
AS $function$
begin
  return query select organizations.* from app.list_my_organizations() as organizations;
end
$function$;

CREATE OR REPLACE FUNCTION public.get_my_sessions()
 RETURNS TABLE(session_id uuid, active_org_id uuid, user_agent text, started_at timestamp with time zone, last_seen_at timestamp with time zone, idle_at timestamp with time zone, ends_at timestamp with time zone, is_this_one boolean)
 LANGUAGE plpgsql
 STABLE
 SET search_path TO ''
AS $function$
begin
  return query select sessions.* from app.list_my_sessions() as sessions;
end
$function$;

CREATE OR REPLACE FUNCTION public.get_org_patients_restricted(p_ids uuid[])
 RETURNS TABLE(patient_id uuid, medical_record_number text)
 LANGUAGE plpgsql
 STABLE
 SET search_path TO ''
AS $function$
begin
  if app.my_id() is null and app.reachable_org() is null then
    perform app.raise_error('not_authenticated', 'Sign in first.');
  end if;
  perform app.check_input('p_ids', cardinality(p_ids) <= 1000, 'At most 1000 ids at once.');

  return query
  select opened.*
  from app.read_org_patients_restricted(array(
    select seen.patient_id from public.org_patients as seen where seen.patient_id = any(p_ids)
  )) as opened;
end
$function$;

CREATE OR REPLACE FUNCTION public.get_patients_restricted(p_ids uuid[])
 RETURNS TABLE(id uuid, gender public.administrative_gender, is_deceased boolean, deceased_at timestamp with time zone)
 LANGUAGE plpgsql
 STABLE
 SET search_path TO ''
AS $function$
begin
  if app.my_id() is null and app.reachable_org() is null then
    perform app.raise_error('not_authenticated', 'Sign in first.');
  end if;
  perform app.check_input('p_ids', cardinality(p_ids) <= 1000, 'At most 1000 ids at once.');

  return query
  select opened.*
  from app.read_patients_restricted(array(
    select seen.id from public.patients as seen where seen.id = any(p_ids)
  )) as opened;
end
$function$;

CREATE OR REPLACE FUNCTION public.invite_member(p_email text, p_role public.app_role, p_site_id uuid DEFAULT NULL::uuid, p_expires_in_days integer DEFAULT 7, OUT invitation_id uuid, OUT email text, OUT role public.app_role, OUT site_id uuid, OUT expires_at timestamp with time zone, OUT token text)
 RETURNS record
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
begin
  email := lower(btrim(p_email));
  role := p_role;
  site_id := p_site_id;
  perform app.check_input('p_email', app.is_email(email), 'This is no e-mail address.');
  perform app.check_role_place(p_role, p_site_id);
  perform app.check_input(
    'p_expires_in_days', p_expires_in_days between 1 and 30, 'An invitation is open for 1 to 30 days.'
  );
  select made.invitation_id, made.expires_at, made.token into invitation_id, expires_at, token
  from app.invite_to_organization(email, p_role, p_site_id, p_expires_in_days) as made;
end
$function$;

CREATE OR REPLACE FUNCTION public.invite_owner(p_org_id uuid, p_owner_email text, OUT invitation_id uuid, OUT expires_at timestamp with time zone, OUT token text)
 RETURNS record
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
declare
  v_email constant text := lower(btrim(p_owner_email));
begin
  perform app.check_input('p_org_id', p_org_id is not null, 'Say which organization.');
  perform app.check_input('p_owner_email', app.is_email(v_email), 'This is no e-mail address.');
  select made.invitation_id, made.expires_at, made.token into invitation_id, expires_at, token
  from app.appoint_owner(p_org_id, v_email) as made;
end
$function$;

CREATE OR REPLACE FUNCTION public.leave_support_circle(p_circle_id uuid)
 RETURNS void
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
begin
  perform app.require_feature('resilience_hub');
  perform app.check_input('p_circle_id', p_circle_id is not null, 'Say which circle.');
  perform app.leave_circle_seat(p_circle_id);
end
$function$;

CREATE OR REPLACE FUNCTION public.revoke_invitation(p_invitation_id uuid)
 RETURNS void
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
begin
  perform app.check_input('p_invitation_id', p_invitation_id is not null, 'Say which invitation.');
  perform app.revoke_invitation_of_organization(p_invitation_id);
end
$function$;

CREATE OR REPLACE FUNCTION public.rotate_api_key(p_api_key_id uuid, p_overlap_hours integer DEFAULT 24, OUT api_key_id uuid, OUT api_key text, OUT prefix text, OUT expires_at timestamp with time zone)
 RETURNS record
 LANGUAGE sql
 SET search_path TO ''
AS $function$
  select made.* from app.rotate_api_key(p_api_key_id, p_overlap_hours) as made
$function$;

CREATE OR REPLACE FUNCTION public.set_my_organization_feature(p_feature_key text, p_is_wanted boolean)
 RETURNS boolean
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
declare
  v_feature record;
begin
  perform app.require_role('org_owner', 'admin');
  perform app.check_input('p_is_wanted', p_is_wanted is not null, 'Say whether you want the feature.');
  select features.* into v_feature
  from app.organization_features(app.current_org(), coalesce(p_feature_key, '')) as features;
  if not found then
    perform app.raise_error('not_found', 'There is no such feature.');
  end if;
  if p_is_wanted and not v_feature.is_available then
    perform app.raise_error(
      'feature_disabled', 'This feature is not available to your organization.',
      jsonb_build_object('feature', p_feature_key),
      'Your licence does not include it, or it has not been rolled out to you yet.'
    );
  end if;

  if p_is_wanted <> v_feature.is_wanted then
    insert into public.organization_feature_flags as special (feature_key, is_wanted)
    values (p_feature_key, p_is_wanted)
    on conflict (org_id, feature_key) do update set is_wanted = excluded.is_wanted;
  end if;
  return public.is_feature_enabled(p_feature_key);
end
$function$;

CREATE OR REPLACE FUNCTION public.set_organization_feature(p_org_id uuid, p_feature_key text, p_is_enabled boolean DEFAULT NULL::boolean, p_reason text DEFAULT NULL::text)
 RETURNS boolean
 LANGUAGE sql
 SET search_path TO ''
AS $function$
  select app.set_organization_feature(p_org_id, p_feature_key, p_is_enabled, p_reason)
$function$;

CREATE OR REPLACE FUNCTION public.update_organization_settings(p_changes jsonb)
 RETURNS jsonb
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
declare
  v_settings jsonb;
  v_fault record;
  v_name text;
begin
  perform app.require_role('org_owner', 'admin');
  perform app.check_input(
    'p_changes',
    jsonb_typeof(p_changes) = 'object' and app.check_json(p_changes, 16384, 2),
    'The changes are a JSON object of at most 16 KiB, at most two levels deep.'
  );

  select organizations.settings into v_settings
  from public.organizations
  where organizations.id = (select app.current_org())
  for no key update;
  v_settings := app.merge_patch(v_settings, p_changes);
  v_fault := app.setting_fault(v_settings);
  if v_fault.rule is not null then
    -- A key is repeated only where it looks like one: anything may have been pasted there.
    v_name := case when v_fault.setting ~ '^[a-z][a-z0-9_.]{0,63}$' then v_fault.setting else 'One key' end;
    perform app.raise_error(
      'invalid_input', v_name || ': ' || v_fault.rule,
      jsonb_build_object('field', 'p_changes', 'setting', v_name)
    );
  end if;

  update public.organizations
  set settings = v_settings
  where organizations.id = (select app.current_org());
  return v_settings;
end
$function$;

DROP POLICY "select_organization" ON "public"."encounters";

DROP POLICY "floor_person" ON "public"."fhir_practitioners";

DROP POLICY "select_own_or_related" ON "public"."fhir_practitioners";

DROP POLICY "select_anyone" ON "public"."nurseos_feature_flags";

DROP POLICY "select_organization" ON "public"."org_patients";

DROP POLICY "floor_person" ON "public"."patients";

DROP POLICY "select_own_or_related" ON "public"."patients";

DROP POLICY "floor_person" ON "public"."profiles";

DROP POLICY "select_own" ON "public"."profiles";

DROP POLICY "update_own" ON "public"."profiles";

DROP POLICY "insert_own" ON "public"."provider_daily_checkins";

DROP POLICY "select_own_or_shared" ON "public"."provider_daily_checkins";

DROP POLICY "update_own" ON "public"."provider_daily_checkins";

DROP POLICY "select_own_or_organization" ON "public"."role_assignments";

DROP FUNCTION "app"."clock"();

DROP FUNCTION "app"."my_sites"();

DROP FUNCTION "public"."is_feature_enabled"(text);

CREATE TABLE "app"."api_key_hashes" (
  "org_id" uuid NOT NULL,
  "api_key_id" uuid NOT NULL,
  "key_hash" bytea NOT NULL,
  CONSTRAINT "api_key_hashes_pkey" PRIMARY KEY (org_id, api_key_id),
  CONSTRAINT "api_key_hashes_sha256" CHECK ((length(key_hash) = 32))
);

ALTER TABLE "app"."api_key_hashes" ENABLE ROW LEVEL SECURITY;

ALTER TABLE "app"."api_key_hashes" FORCE ROW LEVEL SECURITY;

CREATE TABLE "app"."invitations" (
  "org_id" uuid NOT NULL,
  "id" uuid NOT NULL DEFAULT app.uuid_v7(),
  "email" text NOT NULL,
  "role" public.app_role NOT NULL,
  "site_id" uuid,
  "token_hash" bytea NOT NULL,
  "invited_by" uuid,
  "invited_at" timestamp with time zone NOT NULL,
  "expires_at" timestamp with time zone NOT NULL,
  "accepted_at" timestamp with time zone,
  "accepted_by" uuid,
  "revoked_at" timestamp with time zone,
  CONSTRAINT "invitations_accepted_or_revoked" CHECK (((accepted_at IS NULL) OR (revoked_at IS NULL))),
  CONSTRAINT "invitations_expires_within_30_days" CHECK (((expires_at > invited_at) AND (expires_at <= (invited_at + '30 days'::interval)))),
  CONSTRAINT "invitations_role_for_people" CHECK ((role <> 'service'::public.app_role)),
  CONSTRAINT "invitations_token_hash_length" CHECK ((length(token_hash) = 32)),
  CONSTRAINT "invitations_pkey" PRIMARY KEY (org_id, id),
  CONSTRAINT "invitations_email_form" CHECK ((app.is_email(email) AND (email = lower(email)))),
  CONSTRAINT "invitations_site_roles" CHECK (((site_id IS NULL) OR app.is_site_role(role)))
);

ALTER TABLE "app"."invitations" ENABLE ROW LEVEL SECURITY;

ALTER TABLE "app"."invitations" FORCE ROW LEVEL SECURITY;

CREATE UNLOGGED TABLE "app"."rate_limits" (
  "action" text NOT NULL,
  "subject" text NOT NULL,
  "ends_at" timestamp with time zone NOT NULL,
  "hit_count" integer NOT NULL DEFAULT 1,
  CONSTRAINT "rate_limits_action_form" CHECK ((action ~ '^[a-z][a-z0-9_]{0,62}$'::text)),
  CONSTRAINT "rate_limits_hit_count_positive" CHECK ((hit_count > 0)),
  CONSTRAINT "rate_limits_pkey" PRIMARY KEY (action, subject, ends_at),
  CONSTRAINT "rate_limits_subject_form" CHECK ((subject ~ '^[0-9a-f-]{8,64}$'::text))
);

ALTER TABLE "app"."rate_limits" ENABLE ROW LEVEL SECURITY;

ALTER TABLE "app"."rate_limits" FORCE ROW LEVEL SECURITY;

CREATE TABLE "app"."session_activity" (
  "session_id" uuid NOT NULL,
  "last_seen_at" timestamp with time zone NOT NULL,
  CONSTRAINT "session_activity_pkey" PRIMARY KEY (session_id)
);

ALTER TABLE "app"."session_activity" ENABLE ROW LEVEL SECURITY;

ALTER TABLE "app"."session_activity" FORCE ROW LEVEL SECURITY;

ALTER TABLE "app"."session_activity" SET (fillfactor=50);

CREATE TABLE "public"."api_keys" (
  "org_id" uuid NOT NULL DEFAULT app.current_org(),
  "id" uuid NOT NULL DEFAULT app.uuid_v7(),
  "name" text NOT NULL,
  "prefix" text NOT NULL,
  "roles" public.app_role[] NOT NULL DEFAULT '{service}'::public.app_role[],
  "site_id" uuid,
  "exchanges_per_minute" integer NOT NULL DEFAULT 30,
  "created_at" timestamp with time zone NOT NULL DEFAULT now(),
  "created_by" uuid,
  "expires_at" timestamp with time zone NOT NULL,
  "last_used_at" timestamp with time zone,
  "replaced_by" uuid,
  "revoked_at" timestamp with time zone,
  "revoked_by" uuid,
  CONSTRAINT "api_keys_exchanges_bounded" CHECK (((exchanges_per_minute >= 1) AND (exchanges_per_minute <= 600))),
  CONSTRAINT "api_keys_lives_a_year_at_most" CHECK (((expires_at >= created_at) AND (expires_at <= (created_at + '366 days'::interval)))),
  CONSTRAINT "api_keys_name_length" CHECK (((length(name) >= 1) AND (length(name) <= 100))),
  CONSTRAINT "api_keys_prefix_form" CHECK ((prefix ~ '^[0-9a-f]{12}$'::text)),
  CONSTRAINT "api_keys_roles_safe" CHECK (((roles <@ '{scheduler,billing,service}'::public.app_role[]) AND ('service'::public.app_role = ANY (roles)) AND (array_position(roles, NULL::public.app_role) IS NULL))),
  CONSTRAINT "api_keys_site_roles" CHECK (((site_id IS NULL) OR (NOT ('billing'::public.app_role = ANY (roles)))))
);

ALTER TABLE "public"."api_keys" ENABLE ROW LEVEL SECURITY;

ALTER TABLE "public"."api_keys" FORCE ROW LEVEL SECURITY;

CREATE TABLE "public"."provider_support_circle_members" (
  "org_id" uuid NOT NULL DEFAULT app.current_org(),
  "id" uuid NOT NULL DEFAULT app.uuid_v7(),
  "circle_id" uuid NOT NULL,
  "practitioner_id" uuid NOT NULL,
  "user_id" uuid NOT NULL,
  "joined_at" timestamp with time zone NOT NULL DEFAULT now(),
  "is_active" boolean NOT NULL DEFAULT true,
  "created_at" timestamp with time zone NOT NULL DEFAULT now(),
  "created_by" uuid,
  "updated_at" timestamp with time zone NOT NULL DEFAULT now(),
  "updated_by" uuid,
  "version" integer NOT NULL DEFAULT 1,
  "deleted_at" timestamp with time zone
);

ALTER TABLE "public"."provider_support_circle_members" ENABLE ROW LEVEL SECURITY;

ALTER TABLE "public"."provider_support_circle_members" FORCE ROW LEVEL SECURITY;

CREATE TABLE "public"."provider_support_circles" (
  "org_id" uuid NOT NULL DEFAULT app.current_org(),
  "id" uuid NOT NULL DEFAULT app.uuid_v7(),
  "name" text NOT NULL,
  "meeting_frequency" public.meeting_frequency NOT NULL,
  "max_members" smallint NOT NULL DEFAULT 12,
  "facilitator_id" uuid,
  "facilitator_practitioner_id" uuid,
  "is_active" boolean NOT NULL DEFAULT true,
  "created_at" timestamp with time zone NOT NULL DEFAULT now(),
  "created_by" uuid,
  "updated_at" timestamp with time zone NOT NULL DEFAULT now(),
  "updated_by" uuid,
  "version" integer NOT NULL DEFAULT 1,
  "deleted_at" timestamp with time zone,
  CONSTRAINT "provider_support_circles_max_members_range" CHECK (((max_members >= 3) AND (max_members <= 30))),
  CONSTRAINT "provider_support_circles_name_length" CHECK (((length(name) >= 1) AND (length(name) <= 200)))
);

ALTER TABLE "public"."provider_support_circles" ENABLE ROW LEVEL SECURITY;

ALTER TABLE "public"."provider_support_circles" FORCE ROW LEVEL SECURITY;

CREATE TABLE "public"."provider_support_reflections" (
  "org_id" uuid NOT NULL DEFAULT app.current_org(),
  "id" uuid NOT NULL DEFAULT gen_random_uuid(),
  "circle_id" uuid NOT NULL,
  "author_id" uuid NOT NULL DEFAULT app.my_practitioner(),
  "user_id" uuid NOT NULL DEFAULT app.my_id(),
  "reflection_text" text NOT NULL,
  "is_anonymous" boolean NOT NULL DEFAULT false,
  "author_name" text,
  "created_at" timestamp with time zone NOT NULL DEFAULT now(),
  "created_by" uuid,
  "updated_at" timestamp with time zone NOT NULL DEFAULT now(),
  "updated_by" uuid,
  "version" integer NOT NULL DEFAULT 1,
  "deleted_at" timestamp with time zone,
  CONSTRAINT "provider_support_reflections_anonymous_to_the_hour" CHECK (((NOT is_anonymous) OR ((created_at = date_trunc('hour'::text, created_at, 'UTC'::text)) AND (updated_at = date_trunc('hour'::text, updated_at, 'UTC'::text))))),
  CONSTRAINT "provider_support_reflections_anonymous_unnamed" CHECK (((NOT is_anonymous) OR (author_name IS NULL))),
  CONSTRAINT "provider_support_reflections_author_name_length" CHECK ((length(author_name) <= 200)),
  CONSTRAINT "provider_support_reflections_text_length" CHECK (((length(reflection_text) >= 1) AND (length(reflection_text) <= 4000)))
);

ALTER TABLE "public"."provider_support_reflections" ENABLE ROW LEVEL SECURITY;

ALTER TABLE "public"."provider_support_reflections" FORCE ROW LEVEL SECURITY;

CREATE TABLE "public"."resilience_resources" (
  "id" uuid NOT NULL DEFAULT app.uuid_v7(),
  "title" text NOT NULL,
  "description" text,
  "kind" public.resilience_resource_kind NOT NULL,
  "category" public.resilience_category NOT NULL,
  "url" text,
  "telephone" text,
  "country_code" text,
  "is_crisis" boolean GENERATED ALWAYS AS ((kind = 'crisis_line'::public.resilience_resource_kind)) STORED,
  "is_active" boolean NOT NULL DEFAULT true,
  "created_at" timestamp with time zone NOT NULL DEFAULT now(),
  "created_by" uuid,
  "updated_at" timestamp with time zone NOT NULL DEFAULT now(),
  "updated_by" uuid,
  "version" integer NOT NULL DEFAULT 1,
  "deleted_at" timestamp with time zone,
  CONSTRAINT "resilience_resources_country_code_form" CHECK ((country_code ~ '^[A-Z]{2}$'::text)),
  CONSTRAINT "resilience_resources_reachable" CHECK (((url IS NOT NULL) OR (telephone IS NOT NULL))),
  CONSTRAINT "resilience_resources_telephone_form" CHECK ((telephone ~ '^[0-9+][0-9 +-]{2,30}$'::text)),
  CONSTRAINT "resilience_resources_texts_short" CHECK ((((length(title) >= 1) AND (length(title) <= 200)) AND (length(description) <= 4000))),
  CONSTRAINT "resilience_resources_url_form" CHECK (((url ~ '^https://'::text) AND (length(url) <= 2000))),
  CONSTRAINT "resilience_resources_pkey" PRIMARY KEY (id)
);

ALTER TABLE "public"."resilience_resources" ENABLE ROW LEVEL SECURITY;

ALTER TABLE "public"."resilience_resources" FORCE ROW LEVEL SECURITY;

CREATE TABLE "public"."resilience_training_modules" (
  "id" uuid NOT NULL DEFAULT app.uuid_v7(),
  "title" text NOT NULL,
  "description" text,
  "category" public.resilience_category NOT NULL,
  "content_type" public.training_content_type NOT NULL,
  "content_url" text,
  "duration_minutes" smallint,
  "evidence_based" boolean NOT NULL DEFAULT false,
  "evidence" text,
  "is_active" boolean NOT NULL DEFAULT true,
  "created_at" timestamp with time zone NOT NULL DEFAULT now(),
  "created_by" uuid,
  "updated_at" timestamp with time zone NOT NULL DEFAULT now(),
  "updated_by" uuid,
  "version" integer NOT NULL DEFAULT 1,
  "deleted_at" timestamp with time zone,
  CONSTRAINT "resilience_training_modules_content_url_form" CHECK (((content_url ~ '^https://'::text) AND (length(content_url) <= 2000))),
  CONSTRAINT "resilience_training_modules_duration_range" CHECK (((duration_minutes >= 1) AND (duration_minutes <= 600))),
  CONSTRAINT "resilience_training_modules_evidence_named" CHECK (((NOT evidence_based) OR (evidence IS NOT NULL))),
  CONSTRAINT "resilience_training_modules_texts_short" CHECK ((((length(title) >= 1) AND (length(title) <= 200)) AND (length(description) <= 4000) AND ((length(evidence) >= 1) AND (length(evidence) <= 1000)))),
  CONSTRAINT "resilience_training_modules_pkey" PRIMARY KEY (id)
);

ALTER TABLE "public"."resilience_training_modules" ENABLE ROW LEVEL SECURITY;

ALTER TABLE "public"."resilience_training_modules" FORCE ROW LEVEL SECURITY;

CREATE TABLE "public"."user_sessions" (
  "id" uuid NOT NULL,
  "user_id" uuid NOT NULL,
  "active_org_id" uuid,
  "aal" text NOT NULL DEFAULT 'aal1'::text,
  "user_agent" text,
  "started_at" timestamp with time zone NOT NULL,
  "idle_limit" interval NOT NULL DEFAULT '01:00:00'::interval,
  "ends_at" timestamp with time zone NOT NULL,
  "roles" public.app_role[] NOT NULL DEFAULT '{}'::public.app_role[],
  "role_sites" jsonb NOT NULL DEFAULT '{}'::jsonb,
  "time_zone" public.time_zone,
  "needs_mfa" boolean NOT NULL DEFAULT false,
  "resolved_at" timestamp with time zone NOT NULL,
  "stale_at" timestamp with time zone,
  CONSTRAINT "user_sessions_aal_known" CHECK ((aal = ANY (ARRAY['aal1'::text, 'aal2'::text, 'aal3'::text]))),
  CONSTRAINT "user_sessions_pkey" PRIMARY KEY (id),
  CONSTRAINT "user_sessions_user_agent_short" CHECK ((length(user_agent) <= 300))
);

ALTER TABLE "public"."user_sessions" ENABLE ROW LEVEL SECURITY;

ALTER TABLE "public"."user_sessions" FORCE ROW LEVEL SECURITY;

ALTER TABLE "public"."nurseos_feature_flags" ADD COLUMN "rollout_percent" smallint NOT NULL DEFAULT 100;

ALTER TABLE "public"."nurseos_feature_flags" ADD COLUMN "is_hidden_when_standalone" boolean NOT NULL DEFAULT false;

ALTER TABLE "public"."organization_feature_flags" ADD COLUMN "is_wanted" boolean NOT NULL DEFAULT true;

ALTER TABLE "public"."organization_feature_flags" ALTER COLUMN "is_enabled" DROP NOT NULL;

CREATE OR REPLACE FUNCTION app.assign_role(p_org_id uuid, p_user_id uuid, p_role public.app_role, p_site_id uuid, p_valid_during tstzrange)
 RETURNS public.role_assignments
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
declare
  v_assignment public.role_assignments;
begin
  perform 1 from auth.users where users.id = p_user_id for no key update;

  insert into public.role_assignments (org_id, user_id, role, site_id, valid_during)
  select p_org_id, p_user_id, p_role, p_site_id, missing.during
  from unnest(
    tstzmultirange(p_valid_during) - coalesce(
      (
        select range_agg(held.valid_during)
        from public.role_assignments as held
        where
          held.org_id = p_org_id
          and held.user_id = p_user_id
          and held.role = p_role
          and held.site_id is not distinct from p_site_id
          and held.deleted_at is null
      ),
      '{}'::tstzmultirange
    )
  ) as missing (during);

  select * into v_assignment
  from public.role_assignments as held
  where
    held.org_id = p_org_id
    and held.user_id = p_user_id
    and held.role = p_role
    and held.site_id is not distinct from p_site_id
    and held.deleted_at is null
    and held.valid_during @> lower(p_valid_during);
  return v_assignment;
end
$function$;

CREATE OR REPLACE FUNCTION app.clock()
 RETURNS timestamp with time zone
 LANGUAGE plpgsql
 STABLE
 SET search_path TO ''
AS $function$
begin
  return coalesce(nullif(current_setting('carebase.frozen_clock', true), '')::timestamptz, now());
end
$function$;

CREATE OR REPLACE FUNCTION app.current_org()
 RETURNS uuid
 LANGUAGE plpgsql
 STABLE
 SET search_path TO ''
AS $function$
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
$function$;

CREATE OR REPLACE FUNCTION app.give_role_to_member(p_user_id uuid, p_role public.app_role, p_site_id uuid, p_valid_during tstzrange)
 RETURNS public.role_assignments
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
begin
  perform app.require_grant(p_role, p_site_id);
  if p_user_id = app.my_id() then
    perform app.raise_error('permission_denied', 'Nobody gives themselves a role.');
  end if;
  -- Whoever never had a role here is invited, and says yes to it.
  if not exists (
    select from public.role_assignments as known
    where known.org_id = app.current_org() and known.user_id = p_user_id
  ) then
    perform app.raise_error('not_found', 'There is no such person in your organization.');
  end if;
  return app.assign_role(app.current_org(), p_user_id, p_role, p_site_id, p_valid_during);
end
$function$;

CREATE OR REPLACE FUNCTION app.is_backed(p_invitation app.invitations)
 RETURNS boolean
 LANGUAGE sql
 STABLE
 SET search_path TO ''
AS $function$
  select
    exists (
      select from public.organizations
      where
        organizations.id = p_invitation.org_id and organizations.is_active and organizations.deleted_at is null
    )
    and (
      p_invitation.site_id is null
      or exists (
        select from public.sites
        where
          sites.org_id = p_invitation.org_id and sites.id = p_invitation.site_id and sites.deleted_at is null
      )
    )
    and (
      exists (
        select from app.resolve_reach(p_invitation.invited_by, p_invitation.org_id) as inviter
        where app.may_pass_on(inviter.roles, inviter.role_sites, p_invitation.role, p_invitation.site_id)
      )
      -- The platform appoints an owner where there is none.
      or (
        p_invitation.role = 'org_owner'
        and not app.is_owned(p_invitation.org_id)
        and exists (
          select from public.organizations as platform
          cross join lateral app.resolve_reach(p_invitation.invited_by, platform.id) as inviter
          where platform.kind = 'platform' and 'super_admin' = any(inviter.roles)
        )
      )
    )
$function$;

CREATE OR REPLACE FUNCTION app.make_api_key(p_key public.api_keys, OUT api_key_id uuid, OUT api_key text, OUT prefix text, OUT expires_at timestamp with time zone)
 RETURNS record
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
begin
  api_key_id := app.uuid_v7();
  prefix := encode(extensions.gen_random_bytes(6), 'hex');
  api_key := 'cb_' || prefix || '_' || encode(extensions.gen_random_bytes(32), 'hex');
  expires_at := p_key.expires_at;

  insert into public.api_keys (
    org_id, id, name, prefix, roles, site_id, exchanges_per_minute, created_at, created_by, expires_at
  )
  values (
    p_key.org_id, api_key_id, p_key.name, make_api_key.prefix, p_key.roles, p_key.site_id,
    p_key.exchanges_per_minute, app.clock(), app.my_id(), p_key.expires_at
  );
  insert into app.api_key_hashes (org_id, api_key_id, key_hash)
  values (p_key.org_id, make_api_key.api_key_id, app.hash_token(api_key));
end
$function$;

CREATE OR REPLACE FUNCTION app.note_api_key_use(p_key public.api_keys)
 RETURNS void
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
begin
  if app.clock() < p_key.last_used_at + interval '1 minute' or current_setting('transaction_read_only') = 'on' then
    return;
  end if;
  update public.api_keys as keys
  set last_used_at = app.clock()
  where
    keys.org_id = p_key.org_id
    and keys.id = (
      select used.id from public.api_keys as used
      where used.org_id = p_key.org_id and used.id = p_key.id
      for no key update skip locked
    );
end
$function$;

CREATE OR REPLACE FUNCTION app.open_request()
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
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
$function$;

CREATE OR REPLACE FUNCTION app.raise_error(p_code text, p_message text, p_details jsonb DEFAULT '{}'::jsonb, p_hint text DEFAULT NULL::text)
 RETURNS void
 LANGUAGE plpgsql
 STABLE
 SET search_path TO ''
AS $function$
declare
  v_status constant integer := case p_code
    when 'invalid_input' then 400
    when 'not_authenticated' then 401
    when 'session_expired' then 401
    when 'permission_denied' then 403
    when 'feature_disabled' then 403
    when 'mfa_required' then 403
    when 'not_found' then 404
    when 'conflict' then 409
    when 'rate_limited' then 429
  end;
  v_headers jsonb := '{}';
begin
  if v_status is null then
    raise exception 'app.raise_error: unknown code %', p_code;
  end if;

  if p_details ? 'retry_after' then
    v_headers := jsonb_build_object('Retry-After', p_details ->> 'retry_after');
  end if;

  raise sqlstate 'PGRST' using
    message = jsonb_build_object(
      'code', p_code, 'message', p_message, 'details', p_details::text, 'hint', p_hint
    )::text,
    detail = jsonb_build_object('status', v_status, 'headers', v_headers)::text;
end
$function$;

CREATE OR REPLACE FUNCTION app.require_member()
 RETURNS void
 LANGUAGE plpgsql
 STABLE
 SET search_path TO ''
AS $function$
begin
  if auth.uid() is null then
    perform app.raise_error('not_authenticated', 'Sign in first.');
  end if;
  if app.current_org() is null then
    perform app.raise_error(
      'permission_denied', 'You have no valid role in the active organization.',
      p_hint => 'Switch to another organization, or ask an administrator of this one for a role.'
    );
  end if;
end
$function$;

CREATE OR REPLACE FUNCTION app.revoke_api_key(p_api_key_id uuid)
 RETURNS public.api_keys
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
declare
  v_key public.api_keys;
begin
  perform app.require_role('org_owner', 'admin');
  -- A second time changes nothing: who revoked it first, and when, stays known.
  update public.api_keys as keys
  set
    revoked_at = coalesce(keys.revoked_at, app.clock()),
    revoked_by = case when keys.revoked_at is null then app.my_id() else keys.revoked_by end
  where keys.org_id = app.current_org() and keys.id = p_api_key_id
  returning keys.* into v_key;
  if not found then
    perform app.raise_error('not_found', 'There is no such API key.');
  end if;
  return v_key;
end
$function$;

CREATE OR REPLACE FUNCTION app.take_role_from_member(p_role_assignment_id uuid)
 RETURNS public.role_assignments
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
declare
  v_now constant timestamptz := app.clock();
  v_org_id uuid;
  v_assignment public.role_assignments;
begin
  perform app.require_person();
  perform app.require_role('super_admin', 'org_owner', 'admin', 'manager');
  v_org_id := app.current_org();

  -- The person before their role, as everybody who changes roles locks them.
  perform 1
  from auth.users
  where users.id = (
    select held.user_id
    from public.role_assignments as held
    where held.org_id = v_org_id and held.id = p_role_assignment_id
  )
  for no key update;
  select * into v_assignment
  from public.role_assignments as held
  where held.org_id = v_org_id and held.id = p_role_assignment_id
  for update;
  if v_assignment.id is null then
    perform app.raise_error('not_found', 'There is no such role in your organization.');
  end if;
  perform app.require_grant(v_assignment.role, v_assignment.site_id);

  if v_assignment.deleted_at is not null or upper(v_assignment.valid_during) <= v_now then
    return v_assignment;
  end if;
  -- What has not begun was never held: it is removed. What has, stays, as the record of who was what and when.
  update public.role_assignments as held
  set
    valid_during = case
      when lower(held.valid_during) >= v_now then held.valid_during
      else tstzrange(lower(held.valid_during), v_now)
    end,
    deleted_at = case when lower(held.valid_during) >= v_now then v_now end
  where held.org_id = v_org_id and held.id = p_role_assignment_id
  returning * into v_assignment;
  return v_assignment;
end
$function$;

CREATE OR REPLACE FUNCTION app.take_up_invitation(p_token text, p_display_name text)
 RETURNS public.role_assignments
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
declare
  v_user_id uuid;
  v_person auth.users;
  v_invitation app.invitations;
  v_assignment public.role_assignments;
begin
  perform app.require_person();
  v_user_id := app.my_id();
  perform app.limit_rate('accept_invitation', v_user_id::text, 10, '1 hour');

  select * into v_person from auth.users where users.id = v_user_id for no key update;
  update app.invitations as offers
  set accepted_at = app.clock(), accepted_by = v_user_id
  where
    offers.token_hash = app.hash_token(p_token)
    and offers.email = lower(v_person.email)
    and v_person.email_confirmed_at is not null
    and offers.accepted_at is null
    and offers.revoked_at is null
    and offers.expires_at > app.clock()
    and not exists (
      select from public.profiles
      where profiles.id = v_user_id and (not profiles.is_active or profiles.deleted_at is not null)
    )
  returning * into v_invitation;
  if v_invitation.id is null or not app.is_backed(v_invitation) then
    perform app.raise_error(
      'not_found', 'There is no such invitation for you.',
      p_hint => 'It may have expired. Ask for a new one, and sign in with the address it was sent to.'
    );
  end if;

  insert into public.profiles (id, display_name)
  values (v_user_id, coalesce(p_display_name, app.name_at_sign_up(v_person.raw_user_meta_data, v_person.email)))
  on conflict (id) do nothing;
  -- Whoever works elsewhere goes on there until they switch.
  update public.user_sessions as sessions
  set active_org_id = v_invitation.org_id
  where
    sessions.id = (auth.jwt() ->> 'session_id')::uuid
    and not exists (
      select from app.resolve_reach(v_user_id, sessions.active_org_id) as reach where cardinality(reach.roles) > 0
    );
  v_assignment := app.assign_role(
    v_invitation.org_id, v_user_id, v_invitation.role, v_invitation.site_id, tstzrange(app.clock(), null)
  );
  perform app.refresh_sessions(array[v_user_id]);
  perform app.open_request();
  return v_assignment;
end
$function$;

CREATE OR REPLACE FUNCTION public.accept_invitation(p_token text, p_display_name text DEFAULT NULL::text)
 RETURNS public.role_assignments
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
begin
  perform app.check_input('p_token', length(p_token) <= 200, 'Send the token of the invitation.');
  perform app.check_input(
    'p_display_name', p_display_name is null or length(btrim(p_display_name)) between 1 and 200,
    'A name has 1 to 200 characters.'
  );
  return app.take_up_invitation(p_token, btrim(p_display_name));
end
$function$;

CREATE OR REPLACE FUNCTION public.get_api_keys(p_include_ended boolean DEFAULT false, p_limit integer DEFAULT 100)
 RETURNS SETOF public.api_keys
 LANGUAGE plpgsql
 STABLE
 SET search_path TO ''
AS $function$
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
$function$;

CREATE OR REPLACE FUNCTION public.get_resilience_modules(p_category public.resilience_category DEFAULT NULL::public.resilience_category)
 RETURNS SETOF public.resilience_training_modules
 LANGUAGE plpgsql
 STABLE
 SET search_path TO ''
AS $function$
begin
  perform app.require_feature('resilience_hub');

  return query
  select modules.*
  from public.resilience_training_modules as modules
  where modules.is_active and (p_category is null or modules.category = p_category)
  order by modules.category, modules.title, modules.id;
end
$function$;

CREATE OR REPLACE FUNCTION public.get_resilience_resources(p_category public.resilience_category DEFAULT NULL::public.resilience_category)
 RETURNS SETOF public.resilience_resources
 LANGUAGE plpgsql
 STABLE
 SET search_path TO ''
AS $function$
begin
  perform app.require_feature('resilience_hub');

  -- Crisis lines come whatever was asked for: whoever looks for something about sleep at four in the morning may need
  -- one.
  return query
  select resources.*
  from public.resilience_resources as resources
  where resources.is_active and (p_category is null or resources.category = p_category or resources.is_crisis)
  order by resources.is_crisis desc, resources.category, resources.title, resources.id;
end
$function$;

CREATE OR REPLACE FUNCTION public.grant_role(p_user_id uuid, p_role public.app_role, p_site_id uuid DEFAULT NULL::uuid, p_valid_from timestamp with time zone DEFAULT NULL::timestamp with time zone, p_valid_until timestamp with time zone DEFAULT NULL::timestamp with time zone)
 RETURNS public.role_assignments
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
declare
  v_from constant timestamptz := coalesce(p_valid_from, app.clock());
begin
  perform app.check_input('p_user_id', p_user_id is not null, 'Say whom.');
  perform app.check_role_place(p_role, p_site_id);
  -- A role in the past would put words into the record; a far future is a slip of the keyboard.
  perform app.check_input(
    'p_valid_from', v_from between app.clock() and app.clock() + interval '10 years',
    'A role begins now or later, within ten years.'
  );
  perform app.check_input(
    'p_valid_until',
    p_valid_until is null or (p_valid_until > v_from and p_valid_until <= app.clock() + interval '50 years'),
    'A role ends after it begins, within fifty years; leave it out for a role without end.'
  );
  return app.give_role_to_member(p_user_id, p_role, p_site_id, tstzrange(v_from, p_valid_until));
end
$function$;

CREATE OR REPLACE FUNCTION public.is_feature_enabled(p_feature_key text)
 RETURNS boolean
 LANGUAGE plpgsql
 STABLE
 SET search_path TO ''
AS $function$
begin
  return app.reachable_org() is not null and exists (
    select
    from app.organization_features(app.reachable_org(), coalesce(is_feature_enabled.p_feature_key, '')) as features
    where features.is_enabled
  );
end
$function$;

CREATE OR REPLACE FUNCTION public.revoke_api_key(p_api_key_id uuid)
 RETURNS public.api_keys
 LANGUAGE sql
 SET search_path TO ''
AS $function$
  select app.revoke_api_key(p_api_key_id)
$function$;

CREATE OR REPLACE FUNCTION public.revoke_role(p_role_assignment_id uuid)
 RETURNS public.role_assignments
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
begin
  perform app.check_input('p_role_assignment_id', p_role_assignment_id is not null, 'Say which assignment.');
  return app.take_role_from_member(p_role_assignment_id);
end
$function$;

CREATE OR REPLACE FUNCTION public.set_feature_flag(p_feature_key text, p_is_enabled_globally boolean DEFAULT NULL::boolean, p_rollout_percent integer DEFAULT NULL::integer, p_required_license_tier public.license_tier DEFAULT NULL::public.license_tier)
 RETURNS public.nurseos_feature_flags
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
declare
  v_flag public.nurseos_feature_flags;
begin
  perform app.require_role('super_admin');
  perform app.check_input(
    'p_rollout_percent', p_rollout_percent is null or p_rollout_percent between 0 and 100,
    'The rollout is a number from 0 to 100.'
  );
  update public.nurseos_feature_flags as flags
  set
    is_enabled_globally = coalesce(p_is_enabled_globally, flags.is_enabled_globally),
    rollout_percent = coalesce(p_rollout_percent, flags.rollout_percent),
    required_license_tier = coalesce(p_required_license_tier, flags.required_license_tier)
  where flags.feature_key = p_feature_key
  returning flags.* into v_flag;
  if not found then
    perform app.raise_error('not_found', 'There is no such feature.');
  end if;
  return v_flag;
end
$function$;

CREATE OR REPLACE FUNCTION public.switch_organization(p_org_id uuid, p_is_default boolean DEFAULT false)
 RETURNS public.user_sessions
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
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
$function$;

CREATE OR REPLACE FUNCTION public.touch_session()
 RETURNS public.user_sessions
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
declare
  v_session public.user_sessions;
begin
  perform app.touch_my_session();
  select * into v_session from public.user_sessions where user_sessions.id = (auth.jwt() ->> 'session_id')::uuid;
  return v_session;
end
$function$;

ALTER TABLE "app"."invitations" ADD CONSTRAINT "invitations_accepted_by_fkey" FOREIGN KEY (accepted_by) REFERENCES auth.users(id) ON DELETE SET NULL;

ALTER TABLE "app"."invitations" ADD CONSTRAINT "invitations_invited_by_fkey" FOREIGN KEY (invited_by) REFERENCES auth.users(id) ON DELETE SET NULL;

ALTER TABLE "app"."invitations" ADD CONSTRAINT "invitations_org_id_fkey" FOREIGN KEY (org_id) REFERENCES public.organizations(id);

ALTER TABLE "app"."invitations" ADD CONSTRAINT "invitations_site_fkey" FOREIGN KEY (org_id, site_id) REFERENCES public.sites(org_id, id);

ALTER TABLE "public"."nurseos_feature_flags" ADD CONSTRAINT "nurseos_feature_flags_rollout_percent_range" CHECK (((rollout_percent >= 0) AND (rollout_percent <= 100)));

ALTER TABLE "public"."provider_support_circle_members" ADD CONSTRAINT "provider_support_circle_members_practitioner_id_fkey" FOREIGN KEY (practitioner_id) REFERENCES public.fhir_practitioners(id);

ALTER TABLE "public"."provider_support_circle_members" ADD CONSTRAINT "provider_support_circle_members_user_id_fkey" FOREIGN KEY (user_id) REFERENCES auth.users(id) ON DELETE CASCADE;

ALTER TABLE "public"."provider_support_circles" ADD CONSTRAINT "provider_support_circles_facilitator_id_fkey" FOREIGN KEY (facilitator_id) REFERENCES auth.users(id) ON DELETE SET NULL;

ALTER TABLE "public"."provider_support_circles" ADD CONSTRAINT "provider_support_circles_facilitator_practitioner_id_fkey" FOREIGN KEY (facilitator_practitioner_id) REFERENCES public.fhir_practitioners(id);

ALTER TABLE "public"."user_sessions" ADD CONSTRAINT "user_sessions_active_org_id_fkey" FOREIGN KEY (active_org_id) REFERENCES public.organizations(id);

ALTER TABLE "public"."user_sessions" ADD CONSTRAINT "user_sessions_id_fkey" FOREIGN KEY (id) REFERENCES auth.sessions(id) ON DELETE CASCADE;

ALTER TABLE "app"."session_activity" ADD CONSTRAINT "session_activity_session_id_fkey" FOREIGN KEY (session_id) REFERENCES public.user_sessions(id) ON DELETE CASCADE;

ALTER TABLE "public"."user_sessions" ADD CONSTRAINT "user_sessions_user_id_fkey" FOREIGN KEY (user_id) REFERENCES auth.users(id) ON DELETE CASCADE;

CREATE VIEW "public"."company_settings" WITH (security_invoker=true) AS  SELECT id AS org_id,
    name AS company_name,
    kind,
    license_tier,
    time_zone,
    updated_at,
    updated_by,
    version,
    app.idle_limit(settings) AS session_idle_limit,
    app.session_limit(settings) AS session_limit,
    app.mfa_roles(settings) AS mfa_roles,
    app.is_standalone(settings) AS is_standalone,
    COALESCE((settings #>> '{branding,product_name}'::text[]), name) AS product_name,
    (settings #>> '{branding,logo_url}'::text[]) AS logo_url,
    (settings #>> '{branding,primary_color}'::text[]) AS primary_color,
    (settings #>> '{branding,accent_color}'::text[]) AS accent_color,
    (settings #>> '{branding,support_url}'::text[]) AS support_url,
    (settings #>> '{branding,support_email}'::text[]) AS support_email
   FROM public.organizations
  WHERE (deleted_at IS NULL);

CREATE INDEX invitations_accepted_by_idx ON app.invitations USING btree (accepted_by);

CREATE INDEX invitations_invited_by_idx ON app.invitations USING btree (invited_by);

CREATE UNIQUE INDEX invitations_open_key ON app.invitations USING btree (org_id, email, role, COALESCE(site_id, '00000000-0000-0000-0000-000000000000'::uuid)) WHERE ((accepted_at IS NULL) AND (revoked_at IS NULL));

CREATE INDEX invitations_site_id_idx ON app.invitations USING btree (org_id, site_id);

CREATE INDEX invitations_token_hash_idx ON app.invitations USING btree (token_hash);

CREATE INDEX rate_limits_ends_at_idx ON app.rate_limits USING btree (ends_at);

CREATE INDEX api_keys_prefix_idx ON public.api_keys USING btree (prefix);

CREATE INDEX provider_daily_checkins_shared_idx ON public.provider_daily_checkins USING btree (org_id, checkin_date) WHERE is_shared;

CREATE INDEX provider_support_circle_members_person_idx ON public.provider_support_circle_members USING btree (practitioner_id);

CREATE INDEX provider_support_circles_facilitator_id_idx ON public.provider_support_circles USING btree (facilitator_id);

CREATE INDEX provider_support_circles_facilitator_person_idx ON public.provider_support_circles USING btree (facilitator_practitioner_id);

CREATE INDEX resilience_resources_category_idx ON public.resilience_resources USING btree (category, title);

CREATE INDEX resilience_training_modules_category_idx ON public.resilience_training_modules USING btree (category, title);

CREATE INDEX user_sessions_active_org_id_idx ON public.user_sessions USING btree (active_org_id);

CREATE INDEX user_sessions_user_id_idx ON public.user_sessions USING btree (user_id);

CREATE TRIGGER carebase_500_reach AFTER INSERT OR UPDATE OF aal ON auth.sessions FOR EACH ROW EXECUTE FUNCTION app.follow_session();

CREATE TRIGGER _500_reach AFTER UPDATE OF is_active, deleted_at, settings, time_zone ON public.organizations FOR EACH ROW EXECUTE FUNCTION app.follow_organization();

CREATE TRIGGER _500_reach AFTER INSERT OR UPDATE OF is_active, deleted_at ON public.profiles FOR EACH ROW EXECUTE FUNCTION app.follow_profile();

CREATE TRIGGER _100_stamp BEFORE INSERT OR UPDATE ON public.provider_support_circle_members FOR EACH ROW EXECUTE FUNCTION app.stamp_row();

CREATE TRIGGER _100_stamp BEFORE INSERT OR UPDATE ON public.provider_support_circles FOR EACH ROW EXECUTE FUNCTION app.stamp_row();

CREATE TRIGGER _200_guard BEFORE INSERT OR UPDATE ON public.provider_support_circles FOR EACH ROW EXECUTE FUNCTION app.guard_support_circle();

CREATE TRIGGER _100_stamp BEFORE INSERT OR UPDATE ON public.provider_support_reflections FOR EACH ROW EXECUTE FUNCTION app.stamp_row();

CREATE TRIGGER _200_guard BEFORE INSERT OR UPDATE ON public.provider_support_reflections FOR EACH ROW EXECUTE FUNCTION app.guard_reflection();

CREATE TRIGGER _500_blur BEFORE INSERT OR UPDATE ON public.provider_support_reflections FOR EACH ROW EXECUTE FUNCTION app.blur_reflection();

CREATE TRIGGER _100_stamp BEFORE INSERT OR UPDATE ON public.resilience_resources FOR EACH ROW EXECUTE FUNCTION app.stamp_row();

CREATE TRIGGER _100_stamp BEFORE INSERT OR UPDATE ON public.resilience_training_modules FOR EACH ROW EXECUTE FUNCTION app.stamp_row();

CREATE TRIGGER _200_owners_delete AFTER DELETE ON public.role_assignments REFERENCING OLD TABLE AS before_change FOR EACH STATEMENT EXECUTE FUNCTION app.guard_owners();

CREATE TRIGGER _200_owners_insert AFTER INSERT ON public.role_assignments REFERENCING NEW TABLE AS after_change FOR EACH STATEMENT EXECUTE FUNCTION app.guard_owners();

CREATE TRIGGER _200_owners_update AFTER UPDATE ON public.role_assignments REFERENCING OLD TABLE AS before_change NEW TABLE AS after_change FOR EACH STATEMENT EXECUTE FUNCTION app.guard_owners();

CREATE TRIGGER _200_super_admin BEFORE INSERT OR UPDATE ON public.role_assignments FOR EACH ROW WHEN ((new.role = 'super_admin'::public.app_role)) EXECUTE FUNCTION app.guard_super_admin();

CREATE TRIGGER _500_reach_delete AFTER DELETE ON public.role_assignments REFERENCING OLD TABLE AS before_change FOR EACH STATEMENT EXECUTE FUNCTION app.follow_roles();

CREATE TRIGGER _500_reach_insert AFTER INSERT ON public.role_assignments REFERENCING NEW TABLE AS after_change FOR EACH STATEMENT EXECUTE FUNCTION app.follow_roles();

CREATE TRIGGER _500_reach_update AFTER UPDATE ON public.role_assignments REFERENCING OLD TABLE AS before_change NEW TABLE AS after_change FOR EACH STATEMENT EXECUTE FUNCTION app.follow_roles();

CREATE POLICY "floor_organization" ON "app"."api_key_hashes" AS RESTRICTIVE FOR ALL TO "anon", "authenticated" USING ((org_id = ( SELECT app.current_org() AS current_org))) WITH CHECK ((org_id = ( SELECT app.current_org() AS current_org)));

CREATE POLICY "floor_organization" ON "app"."invitations" AS RESTRICTIVE FOR ALL TO "anon", "authenticated" USING ((org_id = ( SELECT app.current_org() AS current_org))) WITH CHECK ((org_id = ( SELECT app.current_org() AS current_org)));

CREATE POLICY "select_organization" ON "public"."encounters" FOR SELECT TO "authenticated" USING (((org_id = ( SELECT app.current_org() AS current_org)) AND (deleted_at IS NULL) AND ( SELECT app.has_role(VARIADIC ARRAY['care_manager'::public.app_role, 'case_manager'::public.app_role, 'nurse'::public.app_role, 'clinician'::public.app_role, 'scheduler'::public.app_role, 'billing'::public.app_role]) AS has_role)));

CREATE POLICY "floor_person" ON "public"."fhir_practitioners" AS RESTRICTIVE FOR ALL TO "anon", "authenticated" USING (((user_id = ( SELECT app.my_id() AS my_id)) OR (id = ANY (ARRAY( SELECT link.practitioner_id
   FROM public.org_practitioners link
  WHERE ((link.org_id = ( SELECT app.current_org() AS current_org)) AND (link.deleted_at IS NULL))))))) WITH CHECK (((user_id = ( SELECT app.my_id() AS my_id)) OR (id = ANY (ARRAY( SELECT link.practitioner_id
   FROM public.org_practitioners link
  WHERE ((link.org_id = ( SELECT app.current_org() AS current_org)) AND (link.deleted_at IS NULL)))))));

CREATE POLICY "select_own_or_related" ON "public"."fhir_practitioners" FOR SELECT TO "authenticated" USING (((deleted_at IS NULL) AND (((( SELECT app.my_id() AS my_id) IS NOT NULL) AND (user_id = ( SELECT app.my_id() AS my_id))) OR ((( SELECT app.current_org() AS current_org) IS NOT NULL) AND (id = ANY (ARRAY( SELECT link.practitioner_id
   FROM public.org_practitioners link
  WHERE ((link.org_id = ( SELECT app.current_org() AS current_org)) AND (link.deleted_at IS NULL)))))))));

CREATE POLICY "select_anyone" ON "public"."nurseos_feature_flags" FOR SELECT TO "authenticated" USING (((( SELECT app.my_id() AS my_id) IS NOT NULL) OR ( SELECT app.has_role(VARIADIC ARRAY['service'::public.app_role]) AS has_role)));

CREATE POLICY "select_organization" ON "public"."org_patients" FOR SELECT TO "authenticated" USING (((org_id = ( SELECT app.current_org() AS current_org)) AND (deleted_at IS NULL) AND ( SELECT app.has_role(VARIADIC ARRAY['care_manager'::public.app_role, 'case_manager'::public.app_role, 'nurse'::public.app_role, 'clinician'::public.app_role, 'scheduler'::public.app_role, 'billing'::public.app_role]) AS has_role)));

CREATE POLICY "insert_organization" ON "public"."organization_feature_flags" FOR INSERT TO "authenticated" WITH CHECK (((org_id = ( SELECT app.current_org() AS current_org)) AND ( SELECT app.has_role(VARIADIC ARRAY['org_owner'::public.app_role, 'admin'::public.app_role]) AS has_role)));

CREATE POLICY "update_organization" ON "public"."organization_feature_flags" FOR UPDATE TO "authenticated" USING (((org_id = ( SELECT app.current_org() AS current_org)) AND ( SELECT app.has_role(VARIADIC ARRAY['org_owner'::public.app_role, 'admin'::public.app_role]) AS has_role))) WITH CHECK (((org_id = ( SELECT app.current_org() AS current_org)) AND ( SELECT app.has_role(VARIADIC ARRAY['org_owner'::public.app_role, 'admin'::public.app_role]) AS has_role)));

CREATE POLICY "update_organization" ON "public"."organizations" FOR UPDATE TO "authenticated" USING (((id = ( SELECT app.current_org() AS current_org)) AND (deleted_at IS NULL) AND ( SELECT app.has_role(VARIADIC ARRAY['org_owner'::public.app_role, 'admin'::public.app_role]) AS has_role))) WITH CHECK (((id = ( SELECT app.current_org() AS current_org)) AND (deleted_at IS NULL) AND ( SELECT app.has_role(VARIADIC ARRAY['org_owner'::public.app_role, 'admin'::public.app_role]) AS has_role)));

CREATE POLICY "floor_person" ON "public"."patients" AS RESTRICTIVE FOR ALL TO "anon", "authenticated" USING (((user_id = ( SELECT app.my_id() AS my_id)) OR (id = ANY (ARRAY( SELECT link.patient_id
   FROM public.org_patients link
  WHERE ((link.org_id = ( SELECT app.current_org() AS current_org)) AND (link.deleted_at IS NULL))))))) WITH CHECK (((user_id = ( SELECT app.my_id() AS my_id)) OR (id = ANY (ARRAY( SELECT link.patient_id
   FROM public.org_patients link
  WHERE ((link.org_id = ( SELECT app.current_org() AS current_org)) AND (link.deleted_at IS NULL)))))));

CREATE POLICY "select_own_or_related" ON "public"."patients" FOR SELECT TO "authenticated" USING (((deleted_at IS NULL) AND (((( SELECT app.my_id() AS my_id) IS NOT NULL) AND (user_id = ( SELECT app.my_id() AS my_id))) OR (( SELECT app.has_role(VARIADIC ARRAY['care_manager'::public.app_role, 'case_manager'::public.app_role, 'nurse'::public.app_role, 'clinician'::public.app_role, 'scheduler'::public.app_role, 'billing'::public.app_role]) AS has_role) AND (id = ANY (ARRAY( SELECT link.patient_id
   FROM public.org_patients link
  WHERE ((link.org_id = ( SELECT app.current_org() AS current_org)) AND (link.deleted_at IS NULL)))))))));

CREATE POLICY "floor_person" ON "public"."profiles" AS RESTRICTIVE FOR ALL TO "anon", "authenticated" USING ((id = ( SELECT app.my_id() AS my_id))) WITH CHECK ((id = ( SELECT app.my_id() AS my_id)));

CREATE POLICY "select_own" ON "public"."profiles" FOR SELECT TO "authenticated" USING (((deleted_at IS NULL) AND (( SELECT app.my_id() AS my_id) IS NOT NULL) AND (id = ( SELECT app.my_id() AS my_id))));

CREATE POLICY "update_own" ON "public"."profiles" FOR UPDATE TO "authenticated" USING (((deleted_at IS NULL) AND (( SELECT app.my_id() AS my_id) IS NOT NULL) AND (id = ( SELECT app.my_id() AS my_id)))) WITH CHECK (((deleted_at IS NULL) AND (( SELECT app.my_id() AS my_id) IS NOT NULL) AND (id = ( SELECT app.my_id() AS my_id))));

CREATE POLICY "insert_own" ON "public"."provider_daily_checkins" FOR INSERT TO "authenticated" WITH CHECK (((org_id = ( SELECT app.current_org() AS current_org)) AND ( SELECT app.is_staff() AS is_staff) AND (user_id = ( SELECT app.my_id() AS my_id))));

CREATE POLICY "select_own_or_shared" ON "public"."provider_daily_checkins" FOR SELECT TO "authenticated" USING (((org_id = ( SELECT app.current_org() AS current_org)) AND (((org_id = ( SELECT app.staff_org() AS staff_org)) AND (user_id = ( SELECT app.my_id() AS my_id))) OR ((org_id = ( SELECT app.org_as(VARIADIC ARRAY['admin'::public.app_role, 'care_manager'::public.app_role]) AS org_as)) AND is_shared))));

CREATE POLICY "update_own" ON "public"."provider_daily_checkins" FOR UPDATE TO "authenticated" USING (((org_id = ( SELECT app.current_org() AS current_org)) AND ( SELECT app.is_staff() AS is_staff) AND (user_id = ( SELECT app.my_id() AS my_id)))) WITH CHECK (((org_id = ( SELECT app.current_org() AS current_org)) AND ( SELECT app.is_staff() AS is_staff) AND (user_id = ( SELECT app.my_id() AS my_id))));

CREATE POLICY "insert_anyone" ON "public"."resilience_resources" FOR INSERT TO "authenticated" WITH CHECK (( SELECT app.has_role(VARIADIC ARRAY['super_admin'::public.app_role]) AS has_role));

CREATE POLICY "select_active_or_anyone" ON "public"."resilience_resources" FOR SELECT TO "authenticated" USING (((deleted_at IS NULL) AND (((( SELECT app.my_id() AS my_id) IS NOT NULL) AND is_active) OR ( SELECT app.has_role(VARIADIC ARRAY['super_admin'::public.app_role]) AS has_role))));

CREATE POLICY "update_anyone" ON "public"."resilience_resources" FOR UPDATE TO "authenticated" USING (((deleted_at IS NULL) AND ( SELECT app.has_role(VARIADIC ARRAY['super_admin'::public.app_role]) AS has_role))) WITH CHECK (((deleted_at IS NULL) AND ( SELECT app.has_role(VARIADIC ARRAY['super_admin'::public.app_role]) AS has_role)));

CREATE POLICY "insert_anyone" ON "public"."resilience_training_modules" FOR INSERT TO "authenticated" WITH CHECK (( SELECT app.has_role(VARIADIC ARRAY['super_admin'::public.app_role]) AS has_role));

CREATE POLICY "select_active_or_anyone" ON "public"."resilience_training_modules" FOR SELECT TO "authenticated" USING (((deleted_at IS NULL) AND (((( SELECT app.my_id() AS my_id) IS NOT NULL) AND is_active) OR ( SELECT app.has_role(VARIADIC ARRAY['super_admin'::public.app_role]) AS has_role))));

CREATE POLICY "update_anyone" ON "public"."resilience_training_modules" FOR UPDATE TO "authenticated" USING (((deleted_at IS NULL) AND ( SELECT app.has_role(VARIADIC ARRAY['super_admin'::public.app_role]) AS has_role))) WITH CHECK (((deleted_at IS NULL) AND ( SELECT app.has_role(VARIADIC ARRAY['super_admin'::public.app_role]) AS has_role)));

CREATE POLICY "select_own_or_organization" ON "public"."role_assignments" FOR SELECT TO "authenticated" USING (((org_id = ( SELECT app.current_org() AS current_org)) AND (deleted_at IS NULL) AND ((user_id = ( SELECT app.my_id() AS my_id)) OR (org_id = ( SELECT app.org_as(VARIADIC ARRAY['org_owner'::public.app_role, 'admin'::public.app_role]) AS org_as)))));

CREATE POLICY "floor_person" ON "public"."user_sessions" AS RESTRICTIVE FOR ALL TO "anon", "authenticated" USING ((user_id = ( SELECT app.my_id() AS my_id))) WITH CHECK ((user_id = ( SELECT app.my_id() AS my_id)));

CREATE POLICY "select_own" ON "public"."user_sessions" FOR SELECT TO "authenticated" USING (((( SELECT app.my_id() AS my_id) IS NOT NULL) AND (user_id = ( SELECT app.my_id() AS my_id))));

COMMENT ON COLUMN "app"."api_key_hashes"."api_key_id" IS 'The key.';
COMMENT ON COLUMN "app"."api_key_hashes"."key_hash" IS 'SHA-256 of the whole key, as it was shown once.';
COMMENT ON COLUMN "app"."api_key_hashes"."org_id" IS 'The organization of the key.';
COMMENT ON COLUMN "app"."invitations"."accepted_at" IS 'When it was accepted.';
COMMENT ON COLUMN "app"."invitations"."accepted_by" IS 'By whom (auth.users); null once that person is deleted.';
COMMENT ON COLUMN "app"."invitations"."email" IS 'To whom: only a person with this verified address can accept. Lower case.';
COMMENT ON COLUMN "app"."invitations"."expires_at" IS 'Until when it can be accepted, at most 30 days later.';
COMMENT ON COLUMN "app"."invitations"."invited_at" IS 'When.';
COMMENT ON COLUMN "app"."invitations"."invited_by" IS 'Who invited (auth.users); null once that person is deleted.';
COMMENT ON COLUMN "app"."invitations"."org_id" IS 'The organization that invites.';
COMMENT ON COLUMN "app"."invitations"."revoked_at" IS 'When it was taken back, or replaced after it had expired.';
COMMENT ON COLUMN "app"."invitations"."role" IS 'The role that accepting gives.';
COMMENT ON COLUMN "app"."invitations"."site_id" IS 'The one site it is limited to; null for the whole organization.';
COMMENT ON COLUMN "app"."invitations"."token_hash" IS 'SHA-256 of the token, which was shown once.';
COMMENT ON COLUMN "app"."rate_limits"."action" IS 'What is limited, such as invite_member_person.';
COMMENT ON COLUMN "app"."rate_limits"."ends_at" IS 'When the window ends; with it the row may go.';
COMMENT ON COLUMN "app"."rate_limits"."hit_count" IS 'How often in this window.';
COMMENT ON COLUMN "app"."rate_limits"."subject" IS 'Whose count it is: an id or a hash in hexadecimal, never a name or address.';
COMMENT ON COLUMN "app"."session_activity"."last_seen_at" IS 'Last request that could write, to the minute; touch_session() refreshes it.';
COMMENT ON COLUMN "app"."session_activity"."session_id" IS 'The session.';
COMMENT ON COLUMN "public"."api_keys"."created_at" IS 'When it was made.';
COMMENT ON COLUMN "public"."api_keys"."created_by" IS 'Who made it (auth.users), null for the system.';
COMMENT ON COLUMN "public"."api_keys"."exchanges_per_minute" IS 'How often a minute it can be exchanged for a token.';
COMMENT ON COLUMN "public"."api_keys"."expires_at" IS 'When it ends, at most 366 days after it was made.';
COMMENT ON COLUMN "public"."api_keys"."last_used_at" IS 'Last exchange or request that could write, to the minute; null: never.';
COMMENT ON COLUMN "public"."api_keys"."name" IS 'What it is for, for people, 1 to 100 characters.';
COMMENT ON COLUMN "public"."api_keys"."prefix" IS 'The part of the key that may be shown: cb_<prefix>_….';
COMMENT ON COLUMN "public"."api_keys"."replaced_by" IS 'The key that took its place, while both work or afterwards.';
COMMENT ON COLUMN "public"."api_keys"."revoked_at" IS 'When it was revoked, at once; null: it was not.';
COMMENT ON COLUMN "public"."api_keys"."revoked_by" IS 'Who revoked it (auth.users), null for the system.';
COMMENT ON COLUMN "public"."api_keys"."roles" IS 'What it may do: service, and what else it was given.';
COMMENT ON COLUMN "public"."api_keys"."site_id" IS 'The one site that its roles are limited to; null for the whole organization.';
COMMENT ON COLUMN "public"."nurseos_feature_flags"."is_enabled_globally" IS 'On for every organization whose licence includes it, as far as it is rolled out.';
COMMENT ON COLUMN "public"."nurseos_feature_flags"."is_hidden_when_standalone" IS 'About patients: off in an organization that is standalone by its settings.';
COMMENT ON COLUMN "public"."nurseos_feature_flags"."rollout_percent" IS 'To how many percent of the organizations it is rolled out; a larger figure takes it from nobody who has it.';
COMMENT ON COLUMN "public"."organization_feature_flags"."is_enabled" IS 'The platform''s override, before global switch, licence and rollout; null: none.';
COMMENT ON COLUMN "public"."organization_feature_flags"."is_wanted" IS 'False where the organization''s administrators have switched it off.';
COMMENT ON COLUMN "public"."organization_feature_flags"."reason" IS 'Why it was overridden, for those who come later.';
COMMENT ON COLUMN "public"."organizations"."license_tier" IS 'What it has bought, each tier with all before it; decides with the flags which features are on.';

COMMENT ON COLUMN "public"."organizations"."settings" IS 'Preferences of the organization, one JSON object; update_organization_settings() says which there are. With their
defaults: company_settings.';
COMMENT ON COLUMN "public"."provider_support_circle_members"."circle_id" IS 'The circle.';
COMMENT ON COLUMN "public"."provider_support_circle_members"."created_at" IS 'When the row was made.';
COMMENT ON COLUMN "public"."provider_support_circle_members"."created_by" IS 'Who made it (auth.users), null for the system.';
COMMENT ON COLUMN "public"."provider_support_circle_members"."deleted_at" IS 'When it was removed; a removed row is invisible through the API.';
COMMENT ON COLUMN "public"."provider_support_circle_members"."is_active" IS 'False once they left.';
COMMENT ON COLUMN "public"."provider_support_circle_members"."joined_at" IS 'When they joined.';
COMMENT ON COLUMN "public"."provider_support_circle_members"."practitioner_id" IS 'The member as a practitioner.';
COMMENT ON COLUMN "public"."provider_support_circle_members"."updated_at" IS 'When it was last changed.';
COMMENT ON COLUMN "public"."provider_support_circle_members"."updated_by" IS 'Who changed it last, null for the system.';
COMMENT ON COLUMN "public"."provider_support_circle_members"."user_id" IS 'The member as a signed-in person.';
COMMENT ON COLUMN "public"."provider_support_circle_members"."version" IS 'Counts the writes; send back the one you read to learn of a change by another.';
COMMENT ON COLUMN "public"."provider_support_circles"."created_at" IS 'When the row was made.';
COMMENT ON COLUMN "public"."provider_support_circles"."created_by" IS 'Who made it (auth.users), null for the system.';
COMMENT ON COLUMN "public"."provider_support_circles"."deleted_at" IS 'When it was removed; a removed row is invisible through the API.';
COMMENT ON COLUMN "public"."provider_support_circles"."facilitator_id" IS 'Who leads it and may add members (auth.users), a practitioner of the organization. Reads it only as a member.';
COMMENT ON COLUMN "public"."provider_support_circles"."facilitator_practitioner_id" IS 'The facilitator as a practitioner; follows facilitator_id.';
COMMENT ON COLUMN "public"."provider_support_circles"."is_active" IS 'Whether it still meets; else its members read it, and nobody joins or writes.';
COMMENT ON COLUMN "public"."provider_support_circles"."max_members" IS 'How many can be in it, 3 to 30.';
COMMENT ON COLUMN "public"."provider_support_circles"."meeting_frequency" IS 'How often it meets.';
COMMENT ON COLUMN "public"."provider_support_circles"."name" IS 'Name for people, 1 to 200 characters.';
COMMENT ON COLUMN "public"."provider_support_circles"."updated_at" IS 'When it was last changed.';
COMMENT ON COLUMN "public"."provider_support_circles"."updated_by" IS 'Who changed it last, null for the system.';
COMMENT ON COLUMN "public"."provider_support_circles"."version" IS 'Counts the writes; send back the one you read to learn of a change by another.';
COMMENT ON COLUMN "public"."provider_support_reflections"."author_name" IS 'The author''s name as it was then; null for an anonymous reflection.';
COMMENT ON COLUMN "public"."provider_support_reflections"."circle_id" IS 'The circle it is for.';
COMMENT ON COLUMN "public"."provider_support_reflections"."created_at" IS 'When it was written; of an anonymous reflection the hour only.';
COMMENT ON COLUMN "public"."provider_support_reflections"."created_by" IS 'Who made it (auth.users), null for the system.';
COMMENT ON COLUMN "public"."provider_support_reflections"."deleted_at" IS 'When it was removed; a removed row is invisible through the API.';
COMMENT ON COLUMN "public"."provider_support_reflections"."id" IS 'Key within the organization; random, so that it tells no time.';
COMMENT ON COLUMN "public"."provider_support_reflections"."is_anonymous" IS 'Whether the circle is not told who wrote it.';
COMMENT ON COLUMN "public"."provider_support_reflections"."reflection_text" IS 'The text, 1 to 4000 characters. PHI.';
COMMENT ON COLUMN "public"."provider_support_reflections"."updated_at" IS 'When it was last changed; of an anonymous reflection the hour only.';
COMMENT ON COLUMN "public"."provider_support_reflections"."updated_by" IS 'Who changed it last, null for the system.';
COMMENT ON COLUMN "public"."provider_support_reflections"."version" IS 'Counts the writes; send back the one you read to learn of a change by another.';
COMMENT ON COLUMN "public"."resilience_resources"."category" IS 'What it helps with.';
COMMENT ON COLUMN "public"."resilience_resources"."country_code" IS 'ISO 3166-1 alpha-2 code of where it serves; null for everywhere.';
COMMENT ON COLUMN "public"."resilience_resources"."created_at" IS 'When the row was made.';
COMMENT ON COLUMN "public"."resilience_resources"."created_by" IS 'Who made it (auth.users), null for the system.';
COMMENT ON COLUMN "public"."resilience_resources"."deleted_at" IS 'When it was removed; a removed row is invisible through the API.';
COMMENT ON COLUMN "public"."resilience_resources"."description" IS 'What it offers.';
COMMENT ON COLUMN "public"."resilience_resources"."is_active" IS 'Whether it is offered now.';
COMMENT ON COLUMN "public"."resilience_resources"."is_crisis" IS 'For people in danger now: get_resilience_resources() shows it first and never leaves it out.';
COMMENT ON COLUMN "public"."resilience_resources"."kind" IS 'What it is.';
COMMENT ON COLUMN "public"."resilience_resources"."telephone" IS 'Number to call or text.';
COMMENT ON COLUMN "public"."resilience_resources"."title" IS 'Name for people, 1 to 200 characters.';
COMMENT ON COLUMN "public"."resilience_resources"."updated_at" IS 'When it was last changed.';
COMMENT ON COLUMN "public"."resilience_resources"."updated_by" IS 'Who changed it last, null for the system.';
COMMENT ON COLUMN "public"."resilience_resources"."url" IS 'Where it is, https only.';
COMMENT ON COLUMN "public"."resilience_resources"."version" IS 'Counts the writes; send back the one you read to learn of a change by another.';
COMMENT ON COLUMN "public"."resilience_training_modules"."category" IS 'What it helps with.';
COMMENT ON COLUMN "public"."resilience_training_modules"."content_type" IS 'How it is taken.';
COMMENT ON COLUMN "public"."resilience_training_modules"."content_url" IS 'Where it is, https only.';
COMMENT ON COLUMN "public"."resilience_training_modules"."created_at" IS 'When the row was made.';
COMMENT ON COLUMN "public"."resilience_training_modules"."created_by" IS 'Who made it (auth.users), null for the system.';
COMMENT ON COLUMN "public"."resilience_training_modules"."deleted_at" IS 'When it was removed; a removed row is invisible through the API.';
COMMENT ON COLUMN "public"."resilience_training_modules"."description" IS 'What it teaches.';
COMMENT ON COLUMN "public"."resilience_training_modules"."duration_minutes" IS 'How long it takes, 1 to 600 minutes.';
COMMENT ON COLUMN "public"."resilience_training_modules"."evidence" IS 'That evidence, as citations; never missing where evidence_based is true.';
COMMENT ON COLUMN "public"."resilience_training_modules"."evidence_based" IS 'Whether published evidence supports it.';
COMMENT ON COLUMN "public"."resilience_training_modules"."is_active" IS 'Whether it is offered now.';
COMMENT ON COLUMN "public"."resilience_training_modules"."title" IS 'Name for people, 1 to 200 characters.';
COMMENT ON COLUMN "public"."resilience_training_modules"."updated_at" IS 'When it was last changed.';
COMMENT ON COLUMN "public"."resilience_training_modules"."updated_by" IS 'Who changed it last, null for the system.';
COMMENT ON COLUMN "public"."resilience_training_modules"."version" IS 'Counts the writes; send back the one you read to learn of a change by another.';
COMMENT ON COLUMN "public"."user_sessions"."aal" IS 'How strongly it is authenticated: aal2 after a second factor.';
COMMENT ON COLUMN "public"."user_sessions"."active_org_id" IS 'The active organization; stays until switched, null while the person has never had a role.';
COMMENT ON COLUMN "public"."user_sessions"."ends_at" IS 'When it ends, however busy.';
COMMENT ON COLUMN "public"."user_sessions"."id" IS 'The session of the auth layer (claim session_id).';
COMMENT ON COLUMN "public"."user_sessions"."idle_limit" IS 'The organization''s limit between two signs of life.';
COMMENT ON COLUMN "public"."user_sessions"."needs_mfa" IS 'One of the roles is refused below aal2.';
COMMENT ON COLUMN "public"."user_sessions"."resolved_at" IS 'From when on the resolved columns hold.';
COMMENT ON COLUMN "public"."user_sessions"."role_sites" IS 'Role to the sites it is limited to; null for a role held in the whole organization.';
COMMENT ON COLUMN "public"."user_sessions"."roles" IS 'Roles that hold now in the active organization.';
COMMENT ON COLUMN "public"."user_sessions"."stale_at" IS 'When they must be resolved anew: the next moment at which a role begins or ends; null without one.';
COMMENT ON COLUMN "public"."user_sessions"."started_at" IS 'When the person signed in.';
COMMENT ON COLUMN "public"."user_sessions"."time_zone" IS 'Of the active organization.';
COMMENT ON COLUMN "public"."user_sessions"."user_agent" IS 'The browser or device that it began on, so that its holder knows it again.';
COMMENT ON COLUMN "public"."user_sessions"."user_id" IS 'Who signed in.';
COMMENT ON FUNCTION "app"."appoint_owner"(uuid, text) IS 'Invites an owner to an organization that has none; for those who run the platform.';
COMMENT ON FUNCTION "app"."are_settings_valid"(jsonb) IS 'Whether an organization may have these settings.';
COMMENT ON FUNCTION "app"."assign_role"(uuid, uuid, public.app_role, uuid, tstzrange) IS 'Gives a person a role at a place for a time; returns the assignment that holds when that time begins.';
COMMENT ON FUNCTION "app"."base64url"(bytea) IS 'Base64 for addresses and tokens: without padding (RFC 4648, section 5).';
COMMENT ON FUNCTION "app"."blur_reflection"() IS 'Trigger _500_blur: an anonymous reflection keeps the hour and no closer time.';

COMMENT ON FUNCTION "app"."check_json"(jsonb, integer, integer) IS 'Whether a JSON value is at most p_max_bytes long and no value in it lies more than p_max_depth steps from the top: 0 for
a plain value or an empty object, 1 for an object of plain values. Null for null.';
COMMENT ON FUNCTION "app"."check_role_place"(public.app_role, uuid) IS 'Ends the request with invalid_input unless the role can be held there.';
COMMENT ON FUNCTION "app"."clock"() IS 'The time of this transaction; tests freeze it with the setting carebase.frozen_clock.';
COMMENT ON FUNCTION "app"."count_circle_seats"(uuid, uuid) IS 'How many seats of a circle are taken; that of somebody who has left the organization is free again.';
COMMENT ON FUNCTION "app"."create_api_key"(text, public.app_role[], integer, uuid, integer) IS 'What public.create_api_key does; authorizes for itself.';
COMMENT ON FUNCTION "app"."current_org"() IS 'The caller''s active organization; null without a valid role there. Errors: session_expired, mfa_required.';
COMMENT ON FUNCTION "app"."custom_access_token"(jsonb) IS 'Custom access token hook: adds the claim carebase {org_id, roles} for frontends to read.';
COMMENT ON FUNCTION "app"."end_my_session"(uuid) IS 'Ends a session of the caller in the auth layer, and with it everything that hangs on it.';
COMMENT ON FUNCTION "app"."end_sessions_of_member"(uuid) IS 'Ends a person''s sessions in the active organization and no other; for its owners and administrators.';
COMMENT ON FUNCTION "app"."ensure_open"() IS 'Resolves the request unless it has been resolved for this very token.';
COMMENT ON FUNCTION "app"."exchange_api_key"(text) IS 'What public.exchange_api_key does; the key is the authorization.';
COMMENT ON FUNCTION "app"."find_provider"(uuid, uuid) IS 'A signed-in person as an active practitioner of an organization, as far as the caller sees it; null for anyone else.';
COMMENT ON FUNCTION "app"."first_organization"(uuid) IS 'The organization that is active when this person signs in.';
COMMENT ON FUNCTION "app"."follow_organization"() IS 'Trigger _500_reach of organizations: deactivation, session rules and time zone act on the next request.';
COMMENT ON FUNCTION "app"."follow_profile"() IS 'Trigger _500_reach of profiles: a deactivated person is refused on the next request.';
COMMENT ON FUNCTION "app"."follow_roles"() IS 'Triggers _500_reach_* of role_assignments: a granted or revoked role acts on the next request.';
COMMENT ON FUNCTION "app"."follow_session"() IS 'Trigger carebase_500_reach of auth.sessions: every session has its row in user_sessions from the start.';
COMMENT ON FUNCTION "app"."found_organization"(text, text, public.organization_kind, public.license_tier, public.time_zone) IS 'A new organization, without people yet.';
COMMENT ON FUNCTION "app"."give_role_to_member"(uuid, public.app_role, uuid, tstzrange) IS 'Gives a person of the active organization another role in it.';
COMMENT ON FUNCTION "app"."grantable_roles"(public.app_role) IS 'The roles that a holder of this role may give and take; a manager''s only at sites of their own.';
COMMENT ON FUNCTION "app"."guard_owners"() IS 'Triggers _200_owners_* of role_assignments: the last owner cannot be removed, replaced or let run out.';

COMMENT ON FUNCTION "app"."guard_reflection"() IS 'Trigger _200_guard: practitioners write, while the feature is on and the circle meets; an anonymous reflection carries
no name and needs three members.';
COMMENT ON FUNCTION "app"."guard_super_admin"() IS 'Trigger _200_super_admin of role_assignments: the role is held in the platform''s organization and no other.';
COMMENT ON FUNCTION "app"."guard_support_circle"() IS 'Trigger _200_guard: circles are written while the feature is on, and led by a practitioner of the organization.';
COMMENT ON FUNCTION "app"."hash_token"(text) IS 'What is kept of a secret made by app.make_token(): its SHA-256.';
COMMENT ON FUNCTION "app"."hold_reach"(uuid[]) IS 'Waits until nobody else changes what these people may reach.';
COMMENT ON FUNCTION "app"."idle_limit"(jsonb) IS 'Setting session_idle_minutes: how long a session lives without a sign of life; 60 unless set.';
COMMENT ON FUNCTION "app"."integer_fault"(jsonb, integer, integer) IS 'The rule, if this is not a whole number within bounds.';
COMMENT ON FUNCTION "app"."invite_to_organization"(text, public.app_role, uuid, integer) IS 'Offers a role in the active organization to whoever reads mail at an address.';
COMMENT ON FUNCTION "app"."is_backed"(app.invitations) IS 'Whether organization and site are still there, and the inviter may still give the role.';
COMMENT ON FUNCTION "app"."is_email"(text) IS 'Whether a text has the form of an e-mail address: at most 254 characters, one @, a domain with a dot. Null for null.';
COMMENT ON FUNCTION "app"."is_owned"(uuid) IS 'Whether from now on without end somebody owns the organization who can sign in.';
COMMENT ON FUNCTION "app"."is_site_role"(public.app_role) IS 'Whether a role can be held at one site; the others are over the whole organization.';
COMMENT ON FUNCTION "app"."is_standalone"(jsonb) IS 'Setting standalone: only what is for staff is used, features about patients are hidden; false unless set.';
COMMENT ON FUNCTION "app"."jwt_key_id"() IS 'The name of that secret among the gateway''s keys; null where it has only one.';
COMMENT ON FUNCTION "app"."jwt_secret"() IS 'What access tokens are signed with, from the vault.';
COMMENT ON FUNCTION "app"."leave_circle_seat"(uuid) IS 'Ends the caller''s own seat in a circle of the active organization.';

COMMENT ON FUNCTION "app"."limit_rate"(text, text, integer, interval) IS 'Ends the request with rate_limited (and Retry-After) if this subject has done this p_limit times in the current window.
p_action: what is counted; p_subject: an id or hash, in hexadecimal; p_per: the window, in days or less.';
COMMENT ON FUNCTION "app"."list_invitations"(boolean, integer) IS 'Invitations of the active organization, for those who give roles there.';
COMMENT ON FUNCTION "app"."list_member_sessions"(uuid, integer) IS 'Live sessions in the active organization, for its owners and administrators.';
COMMENT ON FUNCTION "app"."list_members"(public.app_role, uuid, boolean, uuid, integer) IS 'Who holds which role in the active organization, for those who give roles there.';
COMMENT ON FUNCTION "app"."list_my_organizations"() IS 'The organizations in which the caller holds a role now.';
COMMENT ON FUNCTION "app"."list_my_sessions"() IS 'The caller''s live sessions, the last used first.';
COMMENT ON FUNCTION "app"."lock_people_and_organizations"(uuid[], uuid[]) IS 'Waits until nobody else changes the owners of these organizations, or any role of these people.';
COMMENT ON FUNCTION "app"."make_api_key"(public.api_keys) IS 'Makes a new API key with the name, roles, site, rate and end of this row; the only time that the key is told.';
COMMENT ON FUNCTION "app"."make_invitation"(uuid, text, public.app_role, uuid, integer) IS 'A new invitation to an organization, and its token.';
COMMENT ON FUNCTION "app"."make_token"() IS 'A new secret of 256 random bits: 43 characters that need no escaping in an address (base64url).';
COMMENT ON FUNCTION "app"."may_grant"(public.app_role, uuid) IS 'Whether the caller may give and take this role there in the active organization.';

COMMENT ON FUNCTION "app"."may_pass_on"(public.app_role[], jsonb, public.app_role, uuid) IS 'Whether someone who holds these roles, at these sites (null: everywhere), may give and take a role at a site (null: the
whole organization).';
COMMENT ON FUNCTION "app"."merge_patch"(jsonb, jsonb) IS 'A JSON document with changes: null removes, objects are merged, all else replaces (RFC 7396).';
COMMENT ON FUNCTION "app"."mfa_roles"(jsonb) IS 'Setting mfa_roles: the roles refused without a second factor; super_admin, org_owner, admin and clinician unless set.';
COMMENT ON FUNCTION "app"."my_circles"() IS 'The support circles of the active organization that the caller is an active member of.';

COMMENT ON FUNCTION "app"."my_id"() IS 'The signed-in person, whatever their organization asks of them; null for nobody and for an API key. Errors:
session_expired.';
COMMENT ON FUNCTION "app"."my_sites"(public.app_role[]) IS 'The sites of the active organization where the caller holds one of these roles.';
COMMENT ON FUNCTION "app"."name_at_sign_up"(jsonb, text) IS 'How a person called themselves when they signed up, else what their address begins with.';
COMMENT ON FUNCTION "app"."note_activity"(uuid) IS 'Remembers that this session is in use, where the transaction may write.';
COMMENT ON FUNCTION "app"."note_api_key_use"(public.api_keys) IS 'Remembers that this key is in use, once a minute, where the transaction may write.';
COMMENT ON FUNCTION "app"."org_as"(public.app_role[]) IS 'The active organization, if the caller holds one of these roles there; else null.';
COMMENT ON FUNCTION "app"."organization_features"(uuid, text) IS 'The features of an organization, or one of them: available to it, wanted by it, on.';
COMMENT ON FUNCTION "app"."organization_sites"() IS 'Every site of the active organization.';
COMMENT ON FUNCTION "app"."override_feature"(uuid, text, boolean, text) IS 'Overrides a feature for one organization, or takes that back (null); whether it is on now, null for nothing known.';
COMMENT ON FUNCTION "app"."raise_error"(text, text, jsonb, text) IS 'Ends the request with a stable code and its HTTP status: invalid_input 400, not_authenticated and session_expired 401, permission_denied, feature_disabled and mfa_required 403, not_found 404, conflict 409, rate_limited 429.';
COMMENT ON FUNCTION "app"."reachable_org"() IS 'The active organization for questions that are answered "no" rather than refused.';
COMMENT ON FUNCTION "app"."read_encounters_restricted"(uuid[]) IS 'The restricted columns of encounters, for whom the matrix opens them; behind public.get_encounters_restricted.';
COMMENT ON FUNCTION "app"."read_org_patients_restricted"(uuid[]) IS 'The restricted columns of org_patients, for whom the matrix opens them; behind public.get_org_patients_restricted.';
COMMENT ON FUNCTION "app"."read_patients_restricted"(uuid[]) IS 'The restricted columns of patients, for whom the matrix opens them; behind public.get_patients_restricted.';
COMMENT ON FUNCTION "app"."refresh_sessions"(uuid[]) IS 'Resolves anew what the live sessions of these people may reach.';
COMMENT ON FUNCTION "app"."refuse_request"() IS 'Ends the request with the reason why this session reaches nothing.';
COMMENT ON FUNCTION "app"."require_another_address"(text) IS 'Ends the request if this is the caller''s own address.';

COMMENT ON FUNCTION "app"."require_grant"(public.app_role, uuid) IS 'Ends the request unless the caller is a person who may give and take this role at this site (null: the whole
organization).';
COMMENT ON FUNCTION "app"."require_open_circle"(uuid) IS 'Ends the request where a circle of the active organization no longer meets.';
COMMENT ON FUNCTION "app"."require_person"() IS 'Ends the request unless it comes from a signed-in person, in whatever organization.';
COMMENT ON FUNCTION "app"."resolve_api_key"(uuid) IS 'Organization, roles and their sites of an API key that works now; no row for any other.';
COMMENT ON FUNCTION "app"."resolve_reach"(uuid, uuid) IS 'A person''s roles, their sites and the session rules in one organization, now; one row, also for nothing.';
COMMENT ON FUNCTION "app"."revoke_api_key"(uuid) IS 'What public.revoke_api_key does; authorizes for itself.';
COMMENT ON FUNCTION "app"."revoke_invitation_of_organization"(uuid) IS 'Takes back an invitation of the active organization.';
COMMENT ON FUNCTION "app"."roles_fault"(jsonb) IS 'The rule, if this is not a list of roles.';
COMMENT ON FUNCTION "app"."rollout_place"(uuid, text) IS 'A number from 0 to 99; the feature has reached the organization when it is below rollout_percent.';
COMMENT ON FUNCTION "app"."rotate_api_key"(uuid, integer) IS 'What public.rotate_api_key does; authorizes for itself.';
COMMENT ON FUNCTION "app"."session_limit"(jsonb) IS 'Setting session_hours: how long a session lives at most; 24 unless set.';
COMMENT ON FUNCTION "app"."set_active_organization"(uuid) IS 'Makes an organization of the caller the active one of this session.';
COMMENT ON FUNCTION "app"."set_default_organization"(uuid) IS 'Where the caller''s next sessions begin; of no effect once they have no role there.';
COMMENT ON FUNCTION "app"."set_organization_feature"(uuid, text, boolean, text) IS 'What public.set_organization_feature does; authorizes for itself.';
COMMENT ON FUNCTION "app"."setting_fault"(jsonb) IS 'The first setting of an organization that is wrong, and its rule; nulls if all are right.';
COMMENT ON FUNCTION "app"."sign_jwt"(jsonb) IS 'A JSON Web Token with these claims, signed with app.jwt_secret().';
COMMENT ON FUNCTION "app"."staff_org"() IS 'The active organization, if the caller works for it; else null.';
COMMENT ON FUNCTION "app"."store_reach"(uuid[]) IS 'Writes into these sessions what their holders may reach now; callers hold what decides it.';
COMMENT ON FUNCTION "app"."take_circle_seat"(uuid, uuid) IS 'Gives a practitioner of the active organization a seat in a circle, as long as there is one.';
COMMENT ON FUNCTION "app"."take_role_from_member"(uuid) IS 'Ends a role of a person in the active organization now.';
COMMENT ON FUNCTION "app"."take_up_invitation"(text, text) IS 'Gives the caller the role that an invitation to their address offers.';
COMMENT ON FUNCTION "app"."text_fault"(jsonb, integer, text, text) IS 'The rule, if this is not a text of that form, at most so long.';
COMMENT ON FUNCTION "app"."touch_my_session"() IS 'A sign of life of this session.';

COMMENT ON FUNCTION "public"."accept_invitation"(text, text) IS 'Takes up an invitation: gives the caller the role, and makes that organization the active one of this session if the
session has none in which they hold a role. The caller''s verified address must be the one that was invited. At most ten
an hour.
p_token: from the invitation.
p_display_name: how to be called, 1 to 200 characters, for somebody who has no profile yet.
Returns the role. Errors: not_authenticated, session_expired, not_found, rate_limited, invalid_input.';

COMMENT ON FUNCTION "public"."add_support_circle_member"(uuid, uuid) IS 'Gives a practitioner of the organization a seat in a support circle; from their next request on they read it and
write to it. For administrators, care managers, wellness officers and the circle''s facilitator; nobody adds themselves.
p_circle_id: a circle that has not ended (else conflict) and has a free seat (else conflict, details name max_members).
p_user_id: who joins; somebody who has left joins again.
Returns nothing: who else is a member is for members to read.
Errors: feature_disabled, permission_denied, not_found, conflict, invalid_input.
Idempotent: yes.';

COMMENT ON FUNCTION "public"."create_api_key"(text, public.app_role[], integer, uuid, integer) IS 'Makes an API key for another system of the active organization. For owners and administrators. The key (api_key) is
told in this answer and never again; exchange_api_key() gives a token for it.
p_name: what it is for, 1 to 100 characters.
p_scopes: what it may do besides service: scheduler, billing. A key never governs an organization.
p_expires_in_days: 1 to 366.
p_site_id: limit it to this site; not with billing.
p_exchanges_per_minute: how often it can be exchanged, 1 to 600.
Never null: api_key_id, api_key, prefix, expires_at.
Errors: not_authenticated, session_expired, mfa_required, permission_denied, invalid_input, not_found.';

COMMENT ON FUNCTION "public"."create_organization"(text, text, public.organization_kind, public.license_tier, text, text) IS 'Makes an organization and invites its first owner. For super administrators.
p_name: for people, 1 to 200 characters.
p_slug: for addresses and commands: lower case, digits, hyphens; no other organization has it.
p_kind: what it mainly does; not platform.
p_license_tier: what it has bought.
p_time_zone: IANA name; its days begin and end there.
p_owner_email: who becomes owner by accepting.
Returns the organization, the invitation and its token, which is shown now and never again.
Never null: org_id, invitation_id, expires_at, token.
Errors: not_authenticated, session_expired, mfa_required, permission_denied, conflict, invalid_input.';

COMMENT ON FUNCTION "public"."end_member_sessions"(uuid) IS 'Ends every session of a person in the active organization, at once. For owners and administrators. Their roles stay:
revoke those to keep them out.
p_user_id: whose.
Returns how many sessions ended; 0 also for a stranger.
Errors: not_authenticated, session_expired, mfa_required, permission_denied.
Idempotent: yes.';

COMMENT ON FUNCTION "public"."end_session"(uuid) IS 'Ends one of the caller''s sessions: its next request is refused and it cannot be refreshed.
p_session_id: one of get_my_sessions().
Errors: not_authenticated, session_expired, not_found.';

COMMENT ON FUNCTION "public"."exchange_api_key"(text) IS 'Gives an access token for an API key, good for a quarter of an hour at most: send it as Authorization: Bearer. Ask
again before it ends. Each request is checked against the key, so a revoked key ends its tokens with it.
p_key: the key, cb_<prefix>_<secret>, as create_api_key() or rotate_api_key() told it.
expires_in: seconds from now; expires_at: the same as a moment.
Never null: access_token, token_type, expires_in, expires_at.
Errors: not_authenticated (whatever is wrong with the key), rate_limited.';

COMMENT ON FUNCTION "public"."get_api_keys"(boolean, integer) IS 'The API keys of the active organization, newest first: never the keys themselves. For owners and administrators.
p_include_ended: also those that were revoked or have expired.
p_limit: at most so many, 1 to 1000.
Errors: not_authenticated, session_expired, mfa_required, permission_denied, invalid_input.';

COMMENT ON FUNCTION "public"."get_encounters_restricted"(uuid[]) IS 'The columns of encounters that not everyone who sees a row may read; they cannot be selected.
class_code: for care_manager, case_manager, nurse, clinician, billing.
took_place_during: for care_manager, case_manager, nurse, clinician, scheduler.
A row of which the caller may read none of them is not in the answer; a column that they may not read is null.
p_ids: id of the rows, at most 1000.
Never null: id.
Errors: not_authenticated, invalid_input.';

COMMENT ON FUNCTION "public"."get_invitations"(boolean, integer) IS 'Invitations of the active organization, newest first. For owners and administrators; a manager gets those to sites of
their own.
p_is_open: those that can be accepted now; false for those that were accepted, revoked or have expired.
p_limit: 1 to 1000.
invited_by, accepted_by: who (auth.users); null once that person is deleted.
Never null: invitation_id, email, role, invited_at, expires_at.
Errors: not_authenticated, session_expired, mfa_required, permission_denied, invalid_input.';

COMMENT ON FUNCTION "public"."get_member_sessions"(uuid, integer) IS 'Live sessions in the active organization, the last used first. For owners and administrators.
p_user_id: of this person only.
p_limit: 1 to 1000.
Never null: session_id, user_id, roles, aal, started_at, last_seen_at, ends_at.
Errors: not_authenticated, session_expired, mfa_required, permission_denied, invalid_input.';

COMMENT ON FUNCTION "public"."get_members"(public.app_role, uuid, boolean, uuid, integer) IS 'The people of the active organization, one row per role that they hold or will hold, the oldest first. For owners and
administrators; a manager gets the roles at sites of their own.
p_role, p_site_id: only this role; only roles limited to this site.
p_is_past: instead, roles that ended.
p_after: the role_assignment_id of the last row of the page before.
p_limit: 1 to 1000.
valid_from, valid_until: null for without beginning, without end.
Never null: role_assignment_id, user_id, display_name, role.
Errors: not_authenticated, session_expired, mfa_required, permission_denied, invalid_input.';

COMMENT ON FUNCTION "public"."get_my_features"() IS 'Every feature and whether it is on for the active organization: what a menu shows.
is_available: override, licence and rollout allow it. is_wanted: the organization''s administrators have not switched
it off. is_enabled: it is on, that is both, and not hidden because the organization is standalone.
Never null: feature_key, feature_name, is_available, is_wanted, is_enabled.
Errors: not_authenticated, session_expired, mfa_required, permission_denied.';

COMMENT ON FUNCTION "public"."get_my_organizations"() IS 'The organizations in which the caller holds a role now, with those roles, and which of them is active here.
needs_mfa: refused there below aal2.
Never null: org_id, name, slug, kind, roles, needs_mfa, is_active_here.
Errors: not_authenticated, session_expired.';

COMMENT ON FUNCTION "public"."get_my_sessions"() IS 'The caller''s live sessions, the last used first.
idle_at: when it ends without another sign of life.
Never null: session_id, started_at, last_seen_at, idle_at, ends_at, is_this_one.
Errors: not_authenticated, session_expired.';

COMMENT ON FUNCTION "public"."get_org_patients_restricted"(uuid[]) IS 'The columns of org_patients that not everyone who sees a row may read; they cannot be selected.
medical_record_number: for care_manager, case_manager, nurse, clinician, billing.
A row of which the caller may read none of them is not in the answer.
p_ids: patient_id of the rows, at most 1000.
Never null: patient_id.
Errors: not_authenticated, invalid_input.';

COMMENT ON FUNCTION "public"."get_patients_restricted"(uuid[]) IS 'The columns of patients that not everyone who sees a row may read; they cannot be selected.
gender, is_deceased, deceased_at: for care_manager, case_manager, nurse, clinician, and their owner.
A row of which the caller may read none of them is not in the answer.
p_ids: id of the rows, at most 1000.
Never null: id.
Errors: not_authenticated, invalid_input.';

COMMENT ON FUNCTION "public"."get_resilience_modules"(public.resilience_category) IS 'The training modules in use, by category and title. For everyone with a role in the organization.
p_category: only those of this category.
Errors: feature_disabled, permission_denied.';

COMMENT ON FUNCTION "public"."get_resilience_resources"(public.resilience_category) IS 'Where to turn: the resources in use, crisis lines first and always, then by category and title. For everyone with a
role in the organization.
p_category: beside the crisis lines only those of this category.
Errors: feature_disabled, permission_denied.';

COMMENT ON FUNCTION "public"."grant_role"(uuid, public.app_role, uuid, timestamp with time zone, timestamp with time zone) IS 'Gives a person who has, or once had, a role in the active organization another one. Others are invited.
Owners give every role but super_admin and service; administrators all below owner; managers nurse, carer, scheduler,
resident and family at sites of their own; nobody to themselves. Acts on the person''s next request.
p_user_id: one of get_members().
p_role: which.
p_site_id: limits it to one site, where the role can be; without, it is over the whole organization.
p_valid_from: when it begins; now unless said.
p_valid_until: when it ends; never unless said.
Returns the assignment that holds at the beginning; where the person held the role already, only the rest is added.
Errors: not_authenticated, session_expired, mfa_required, permission_denied, not_found, invalid_input.
Idempotent: yes.';

COMMENT ON FUNCTION "public"."invite_member"(text, public.app_role, uuid, integer) IS 'Offers somebody a role in the active organization. Who may offer which, grant_role() says. At most 20 an hour by one
person and 200 a day by an organization.
p_email: to whom; only a person with this verified address can accept.
p_role: which role.
p_site_id: limits it to one site, where the role can be; without, it is over the whole organization.
p_expires_in_days: how long it can be accepted, 1 to 30.
Returns the invitation and its token, which is shown now and never again.
Never null: invitation_id, email, role, expires_at, token.
Errors: not_authenticated, session_expired, mfa_required, permission_denied, not_found, conflict (the same is open),
rate_limited, invalid_input.';

COMMENT ON FUNCTION "public"."invite_owner"(uuid, text) IS 'Invites an owner to an organization that has none: its first, when the first invitation expired or went astray, or
another, when the only one is gone. An owner''s invitation that is still open there is taken back. For super
administrators.
p_org_id: which organization.
p_owner_email: who becomes owner by accepting, within seven days.
Returns the invitation and its token, which is shown now and never again.
Never null: invitation_id, expires_at, token.
Errors: not_authenticated, session_expired, mfa_required, permission_denied, not_found, conflict (it has an owner),
invalid_input.';
COMMENT ON FUNCTION "public"."is_feature_enabled"(text) IS 'Whether a feature is on for the caller''s active organization; false for anything unknown.';

COMMENT ON FUNCTION "public"."leave_support_circle"(uuid) IS 'Ends the caller''s membership of a support circle: from the next request on they read nothing of it. What they wrote
stays, named or unnamed as they chose.
p_circle_id: one of the caller''s circles; any other is not_found.
Errors: feature_disabled, permission_denied, not_found, invalid_input.';

COMMENT ON FUNCTION "public"."revoke_api_key"(uuid) IS 'Ends an API key at once: tokens that it was exchanged for are refused from their next request on. For owners and
administrators.
p_api_key_id: one of get_api_keys().
Returns the key''s row. Errors: not_authenticated, session_expired, mfa_required, permission_denied, not_found.
Idempotent: yes.';

COMMENT ON FUNCTION "public"."revoke_invitation"(uuid) IS 'Takes an invitation back: from now on nobody can accept it. Whoever may offer the role there may take it back.
p_invitation_id: one of get_invitations().
Errors: not_authenticated, session_expired, mfa_required, permission_denied, not_found, conflict (accepted already),
invalid_input.
Idempotent: yes.';

COMMENT ON FUNCTION "public"."revoke_role"(uuid) IS 'Ends a role now; the row stays as the record, unless the role had not begun. Whoever may give a role there may take it.
Acts on the person''s next request. An organization''s last owner cannot be revoked.
p_role_assignment_id: one of get_members().
Returns the assignment.
Errors: not_authenticated, session_expired, mfa_required, permission_denied, not_found, conflict (the last owner),
invalid_input.
Idempotent: yes.';

COMMENT ON FUNCTION "public"."rotate_api_key"(uuid, integer) IS 'Replaces an API key by a new one with the same name, roles, site, rate and length of life. For owners and
administrators. The new key (api_key) is told in this answer and never again.
p_api_key_id: one of get_api_keys() that still works and was not replaced before.
p_overlap_hours: how long the old one goes on working, 0 to 720.
Never null: api_key_id, api_key, prefix, expires_at.
Errors: not_authenticated, session_expired, mfa_required, permission_denied, invalid_input, not_found, conflict.';

COMMENT ON FUNCTION "public"."set_feature_flag"(text, boolean, integer, public.license_tier) IS 'Switches a feature for every organization; it acts on their next request. For super_admin. What is left out stays.
p_feature_key: the feature.
p_is_enabled_globally: on for those whose licence includes it and whom the rollout has reached.
p_rollout_percent: 0 to 100 percent of the organizations; always the same ones first, so 10, then 50, then 100 takes it
from nobody.
p_required_license_tier: the lowest tier that includes it.
Returns the flag. Errors: not_authenticated, session_expired, mfa_required, permission_denied, invalid_input, not_found.
Idempotent: yes.';

COMMENT ON FUNCTION "public"."set_my_organization_feature"(text, boolean) IS 'Switches a feature off for the active organization, or on again. For owners and administrators.
p_feature_key: one of get_my_features().
p_is_wanted: false switches off; true takes that back, if the feature is available to the organization.
Returns whether it is on now: false, too, where the organization is standalone and the feature is about patients.
Errors: not_authenticated, session_expired, mfa_required, permission_denied, invalid_input, not_found,
feature_disabled.
Idempotent: yes.';

COMMENT ON FUNCTION "public"."set_organization_feature"(uuid, text, boolean, text) IS 'Overrides a feature for one organization, before global switch, licence and rollout: a beta, or a feature withheld.
It acts on the organization''s next request. For super_admin.
p_org_id: the organization.
p_feature_key: the feature.
p_is_enabled: on or off; null removes the override.
p_reason: why, for those who come later, at most 500 characters.
Returns whether it is on now: false, too, where the organization itself has switched it off.
Errors: not_authenticated, session_expired, mfa_required, permission_denied, invalid_input, not_found.
Idempotent: yes.';

COMMENT ON FUNCTION "public"."switch_organization"(uuid, boolean) IS 'Makes another of the caller''s organizations the active one of this session, from this request on.
p_org_id: one of get_my_organizations().
p_is_default: also begin later sessions there.
Returns the session. Errors: not_authenticated, session_expired, not_found.
Idempotent: yes.';

COMMENT ON FUNCTION "public"."touch_session"() IS 'A sign of life: call it while somebody works who only reads, at least twice per idle limit. Reading alone does not
count, because it may be served by a replica.
Returns the session. Errors: not_authenticated, session_expired.
Idempotent: yes.';

COMMENT ON FUNCTION "public"."update_organization_settings"(jsonb) IS 'Changes settings of the active organization. For owners and administrators.
p_changes: a JSON object of the settings to change; null removes one, and its default holds again. Within branding only
what is named changes. They are:
session_idle_minutes (5 to 1440; default 60) and session_hours (1 to 720; default 24): how long a session lives without
a sign of life, and at most.
mfa_roles (a list of roles; default super_admin, org_owner, admin, clinician): who needs a second factor.
standalone (true or false; default false): only what is for staff is used; features about patients are hidden.
branding: product_name (1 to 80 characters), logo_url and support_url (https), primary_color and accent_color
(#rrggbb), support_email.
Returns all settings as they are now. Errors: not_authenticated, session_expired, mfa_required, permission_denied,
invalid_input (details name the setting).
Idempotent: yes.';
COMMENT ON POLICY "floor_organization" ON "app"."api_key_hashes" IS 'Whatever else is allowed: only rows of the active organization.';
COMMENT ON POLICY "floor_organization" ON "app"."invitations" IS 'Whatever else is allowed: only rows of the active organization.';
COMMENT ON POLICY "select_organization" ON "public"."encounters" IS 'care_manager, case_manager, nurse, clinician, scheduler, billing: every row of the active organization.';
COMMENT ON POLICY "floor_person" ON "public"."fhir_practitioners" IS 'Whatever else is allowed: only rows of the person, or of people whom the active organization knows.';
COMMENT ON POLICY "select_own_or_related" ON "public"."fhir_practitioners" IS 'anyone who is signed in: their own rows; anyone with a valid role in the active organization: people whom the active organization knows.';
COMMENT ON POLICY "select_anyone" ON "public"."nurseos_feature_flags" IS 'anyone who is signed in, service: every row.';
COMMENT ON POLICY "select_organization" ON "public"."org_patients" IS 'care_manager, case_manager, nurse, clinician, scheduler, billing: every row of the active organization.';
COMMENT ON POLICY "insert_organization" ON "public"."organization_feature_flags" IS 'org_owner, admin: every row of the active organization.';
COMMENT ON POLICY "update_organization" ON "public"."organization_feature_flags" IS 'org_owner, admin: every row of the active organization.';
COMMENT ON POLICY "update_organization" ON "public"."organizations" IS 'org_owner, admin: every row of the active organization.';
COMMENT ON POLICY "floor_person" ON "public"."patients" IS 'Whatever else is allowed: only rows of the person, or of people whom the active organization knows.';
COMMENT ON POLICY "select_own_or_related" ON "public"."patients" IS 'anyone who is signed in: their own rows; care_manager, case_manager, nurse, clinician, scheduler, billing: people whom the active organization knows.';
COMMENT ON POLICY "floor_person" ON "public"."profiles" IS 'Whatever else is allowed: only rows of the person.';
COMMENT ON POLICY "select_own" ON "public"."profiles" IS 'anyone who is signed in: their own rows.';
COMMENT ON POLICY "update_own" ON "public"."profiles" IS 'anyone who is signed in: their own rows.';
COMMENT ON POLICY "insert_own" ON "public"."provider_daily_checkins" IS 'anyone who works for the active organization: their own rows.';
COMMENT ON POLICY "select_own_or_shared" ON "public"."provider_daily_checkins" IS 'anyone who works for the active organization: their own rows; admin, care_manager: rows that their owner shared.';
COMMENT ON POLICY "update_own" ON "public"."provider_daily_checkins" IS 'anyone who works for the active organization: their own rows.';
COMMENT ON POLICY "insert_anyone" ON "public"."resilience_resources" IS 'super_admin: every row.';
COMMENT ON POLICY "select_active_or_anyone" ON "public"."resilience_resources" IS 'anyone who is signed in: rows that are offered now; super_admin: every row.';
COMMENT ON POLICY "update_anyone" ON "public"."resilience_resources" IS 'super_admin: every row.';
COMMENT ON POLICY "insert_anyone" ON "public"."resilience_training_modules" IS 'super_admin: every row.';
COMMENT ON POLICY "select_active_or_anyone" ON "public"."resilience_training_modules" IS 'anyone who is signed in: rows that are offered now; super_admin: every row.';
COMMENT ON POLICY "update_anyone" ON "public"."resilience_training_modules" IS 'super_admin: every row.';
COMMENT ON POLICY "select_own_or_organization" ON "public"."role_assignments" IS 'anyone with a valid role in the active organization: their own rows; org_owner, admin: every row of the active organization.';
COMMENT ON POLICY "floor_person" ON "public"."user_sessions" IS 'Whatever else is allowed: only rows of the person.';
COMMENT ON POLICY "select_own" ON "public"."user_sessions" IS 'anyone who is signed in: their own rows.';
COMMENT ON TABLE "app"."api_key_hashes" IS 'SHA-256 of each API key; never readable through the API.';
COMMENT ON TABLE "app"."invitations" IS 'Roles offered by e-mail: to whom, by whom, and what became of it.';
COMMENT ON TABLE "app"."rate_limits" IS 'How often each subject has done what is limited, per window of time.';
COMMENT ON TABLE "app"."session_activity" IS 'Signs of life of each session; the idle limit counts from the last.';
COMMENT ON TABLE "public"."api_keys" IS 'API keys of an organization''s other systems; the keys themselves are not kept.';
COMMENT ON TABLE "public"."organization_feature_flags" IS 'Per organization and feature: the platform''s override of the flag, and whether the organization wants it.';
COMMENT ON TABLE "public"."provider_support_circle_members" IS 'Members of support circles.';
COMMENT ON TABLE "public"."provider_support_circles" IS 'Support circles of providers.';
COMMENT ON TABLE "public"."provider_support_reflections" IS 'Reflections that members share in their circle.';
COMMENT ON TABLE "public"."resilience_resources" IS 'Places to turn to, of the resilience library.';
COMMENT ON TABLE "public"."resilience_training_modules" IS 'Training modules of the resilience library.';
COMMENT ON TABLE "public"."user_sessions" IS 'Live sessions: which organization is active in each, and what its holder may reach there.';
COMMENT ON TYPE "public"."meeting_frequency" IS 'How often a support circle meets.';
COMMENT ON TYPE "public"."resilience_category" IS 'What a training module or resource helps with.';
COMMENT ON TYPE "public"."resilience_resource_kind" IS 'What a resource is; a crisis line answers people in danger now, a service everybody else.';
COMMENT ON TYPE "public"."training_content_type" IS 'How a training module is taken.';
COMMENT ON VIEW "public"."company_settings" IS 'The settings of the active organization as they hold, defaults included; changed by update_organization_settings().';
COMMENT ON COLUMN "app"."invitations"."id" IS 'Key within the organization.';

ALTER TABLE "public"."api_keys" ADD CONSTRAINT "api_keys_org_id_fkey" FOREIGN KEY (org_id) REFERENCES public.organizations(id);

ALTER TABLE "public"."api_keys" ADD CONSTRAINT "api_keys_site_fkey" FOREIGN KEY (org_id, site_id) REFERENCES public.sites(org_id, id);

CREATE INDEX api_keys_replaced_by_idx ON public.api_keys USING btree (org_id, replaced_by);

CREATE INDEX api_keys_site_id_idx ON public.api_keys USING btree (org_id, site_id);

CREATE POLICY "floor_organization" ON "public"."api_keys" AS RESTRICTIVE FOR ALL TO "anon", "authenticated" USING ((org_id = ( SELECT app.current_org() AS current_org))) WITH CHECK ((org_id = ( SELECT app.current_org() AS current_org)));

CREATE POLICY "select_organization" ON "public"."api_keys" FOR SELECT TO "authenticated" USING (((org_id = ( SELECT app.current_org() AS current_org)) AND ( SELECT app.has_role(VARIADIC ARRAY['org_owner'::public.app_role, 'admin'::public.app_role]) AS has_role)));

COMMENT ON COLUMN "public"."api_keys"."org_id" IS 'The organization that the key is of.';
COMMENT ON POLICY "floor_organization" ON "public"."api_keys" IS 'Whatever else is allowed: only rows of the active organization.';
COMMENT ON POLICY "select_organization" ON "public"."api_keys" IS 'org_owner, admin: every row of the active organization.';

ALTER TABLE "public"."api_keys" ADD CONSTRAINT "api_keys_pkey" PRIMARY KEY (org_id, id);

ALTER TABLE "app"."api_key_hashes" ADD CONSTRAINT "api_key_hashes_key_fkey" FOREIGN KEY (org_id, api_key_id) REFERENCES public.api_keys(org_id, id) ON DELETE CASCADE;

ALTER TABLE "public"."api_keys" ADD CONSTRAINT "api_keys_replaced_by_fkey" FOREIGN KEY (org_id, replaced_by) REFERENCES public.api_keys(org_id, id);

CREATE UNIQUE INDEX api_keys_id_key ON public.api_keys USING btree (id);

COMMENT ON COLUMN "public"."api_keys"."id" IS 'Key of the row, and subject of the tokens that the API key is exchanged for.';

ALTER TABLE "public"."provider_support_circle_members" ADD CONSTRAINT "provider_support_circle_members_circle_user_key" UNIQUE (org_id, circle_id, user_id);

ALTER TABLE "public"."provider_support_circle_members" ADD CONSTRAINT "provider_support_circle_members_practitioner_fkey" FOREIGN KEY (org_id, practitioner_id) REFERENCES public.org_practitioners(org_id, practitioner_id);

CREATE INDEX provider_support_circle_members_practitioner_id_idx ON public.provider_support_circle_members USING btree (org_id, practitioner_id);

CREATE INDEX provider_support_circle_members_user_id_idx ON public.provider_support_circle_members USING btree (user_id, org_id);

CREATE POLICY "floor_organization" ON "public"."provider_support_circle_members" AS RESTRICTIVE FOR ALL TO "anon", "authenticated" USING ((org_id = ( SELECT app.current_org() AS current_org))) WITH CHECK ((org_id = ( SELECT app.current_org() AS current_org)));

CREATE POLICY "select_joined" ON "public"."provider_support_circle_members" FOR SELECT TO "authenticated" USING (((org_id = ( SELECT app.current_org() AS current_org)) AND (deleted_at IS NULL) AND ( SELECT app.is_staff() AS is_staff) AND (circle_id = ANY (( SELECT app.my_circles() AS my_circles)::uuid[]))));

COMMENT ON COLUMN "public"."provider_support_circle_members"."org_id" IS 'The organization of the circle.';
COMMENT ON POLICY "floor_organization" ON "public"."provider_support_circle_members" IS 'Whatever else is allowed: only rows of the active organization.';
COMMENT ON POLICY "select_joined" ON "public"."provider_support_circle_members" IS 'anyone who works for the active organization: rows of the circles they are in.';

ALTER TABLE "public"."provider_support_circle_members" ADD CONSTRAINT "provider_support_circle_members_pkey" PRIMARY KEY (org_id, id);

COMMENT ON COLUMN "public"."provider_support_circle_members"."id" IS 'Key within the organization.';

ALTER TABLE "public"."provider_support_circles" ADD CONSTRAINT "provider_support_circles_facilitator_practitioner_fkey" FOREIGN KEY (org_id, facilitator_practitioner_id) REFERENCES public.org_practitioners(org_id, practitioner_id);

ALTER TABLE "public"."provider_support_circles" ADD CONSTRAINT "provider_support_circles_org_id_fkey" FOREIGN KEY (org_id) REFERENCES public.organizations(id);

CREATE INDEX provider_support_circles_facilitator_practitioner_id_idx ON public.provider_support_circles USING btree (org_id, facilitator_practitioner_id);

CREATE POLICY "floor_organization" ON "public"."provider_support_circles" AS RESTRICTIVE FOR ALL TO "anon", "authenticated" USING ((org_id = ( SELECT app.current_org() AS current_org))) WITH CHECK ((org_id = ( SELECT app.current_org() AS current_org)));

CREATE POLICY "insert_organization" ON "public"."provider_support_circles" FOR INSERT TO "authenticated" WITH CHECK (((org_id = ( SELECT app.current_org() AS current_org)) AND ( SELECT app.has_role(VARIADIC ARRAY['admin'::public.app_role, 'care_manager'::public.app_role, 'wellness_officer'::public.app_role]) AS has_role)));

CREATE POLICY "select_organization" ON "public"."provider_support_circles" FOR SELECT TO "authenticated" USING (((org_id = ( SELECT app.current_org() AS current_org)) AND (deleted_at IS NULL) AND ( SELECT app.is_staff() AS is_staff)));

CREATE POLICY "update_organization" ON "public"."provider_support_circles" FOR UPDATE TO "authenticated" USING (((org_id = ( SELECT app.current_org() AS current_org)) AND (deleted_at IS NULL) AND ( SELECT app.has_role(VARIADIC ARRAY['admin'::public.app_role, 'care_manager'::public.app_role, 'wellness_officer'::public.app_role]) AS has_role))) WITH CHECK (((org_id = ( SELECT app.current_org() AS current_org)) AND (deleted_at IS NULL) AND ( SELECT app.has_role(VARIADIC ARRAY['admin'::public.app_role, 'care_manager'::public.app_role, 'wellness_officer'::public.app_role]) AS has_role)));

COMMENT ON COLUMN "public"."provider_support_circles"."org_id" IS 'The organization it belongs to.';
COMMENT ON POLICY "floor_organization" ON "public"."provider_support_circles" IS 'Whatever else is allowed: only rows of the active organization.';
COMMENT ON POLICY "insert_organization" ON "public"."provider_support_circles" IS 'admin, care_manager, wellness_officer: every row of the active organization.';
COMMENT ON POLICY "select_organization" ON "public"."provider_support_circles" IS 'anyone who works for the active organization: every row of the active organization.';
COMMENT ON POLICY "update_organization" ON "public"."provider_support_circles" IS 'admin, care_manager, wellness_officer: every row of the active organization.';

ALTER TABLE "public"."provider_support_circles" ADD CONSTRAINT "provider_support_circles_pkey" PRIMARY KEY (org_id, id);

ALTER TABLE "public"."provider_support_circle_members" ADD CONSTRAINT "provider_support_circle_members_circle_fkey" FOREIGN KEY (org_id, circle_id) REFERENCES public.provider_support_circles(org_id, id);

COMMENT ON COLUMN "public"."provider_support_circles"."id" IS 'Key within the organization.';

ALTER TABLE "public"."provider_support_reflections" ADD CONSTRAINT "provider_support_reflections_circle_fkey" FOREIGN KEY (org_id, circle_id) REFERENCES public.provider_support_circles(org_id, id);

ALTER TABLE "public"."provider_support_reflections" ADD CONSTRAINT "provider_support_reflections_pkey" PRIMARY KEY (org_id, id);

CREATE VIEW "public"."support_circle_reflections" WITH (security_invoker=true) AS  SELECT org_id,
    id,
    circle_id,
    reflection_text,
    is_anonymous,
    author_name,
    created_at
   FROM public.provider_support_reflections;

CREATE OR REPLACE FUNCTION public.write_reflection(p_circle_id uuid, p_reflection_text text, p_is_anonymous boolean DEFAULT false)
 RETURNS public.support_circle_reflections
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
declare
  v_id uuid;
  v_reflection public.support_circle_reflections;
begin
  perform app.require_feature('resilience_hub');
  perform app.check_input('p_circle_id', p_circle_id is not null, 'Say which circle.');
  perform app.check_input(
    'p_reflection_text', length(p_reflection_text) <= 4000 and p_reflection_text ~ '\S',
    'A reflection is a text of 1 to 4000 characters.'
  );
  perform app.check_input('p_is_anonymous', p_is_anonymous is not null, 'Say whether you stay unnamed.');
  if p_circle_id <> all(app.my_circles()) then
    perform app.raise_error('not_found', 'You are in no such circle.');
  end if;

  insert into public.provider_support_reflections (circle_id, reflection_text, is_anonymous)
  values (p_circle_id, p_reflection_text, p_is_anonymous)
  returning id into v_id;
  select reflections.* into v_reflection
  from public.support_circle_reflections as reflections
  where reflections.org_id = (select app.current_org()) and reflections.id = v_id;
  return v_reflection;
end
$function$;

CREATE INDEX provider_support_reflections_circle_id_idx ON public.provider_support_reflections USING btree (org_id, circle_id, created_at);

CREATE POLICY "floor_organization" ON "public"."provider_support_reflections" AS RESTRICTIVE FOR ALL TO "anon", "authenticated" USING ((org_id = ( SELECT app.current_org() AS current_org))) WITH CHECK ((org_id = ( SELECT app.current_org() AS current_org)));

CREATE POLICY "insert_joined" ON "public"."provider_support_reflections" FOR INSERT TO "authenticated" WITH CHECK (((org_id = ( SELECT app.current_org() AS current_org)) AND ( SELECT app.is_staff() AS is_staff) AND (circle_id = ANY (( SELECT app.my_circles() AS my_circles)::uuid[]))));

CREATE POLICY "select_joined" ON "public"."provider_support_reflections" FOR SELECT TO "authenticated" USING (((org_id = ( SELECT app.current_org() AS current_org)) AND (deleted_at IS NULL) AND ( SELECT app.is_staff() AS is_staff) AND (circle_id = ANY (( SELECT app.my_circles() AS my_circles)::uuid[]))));

COMMENT ON COLUMN "public"."provider_support_reflections"."org_id" IS 'The organization of the circle.';

COMMENT ON FUNCTION "public"."write_reflection"(uuid, text, boolean) IS 'Writes to one of the caller''s support circles. It cannot be changed afterwards.
p_circle_id: one of the caller''s circles (any other is not_found) that has not ended (else conflict).
p_reflection_text: 1 to 4000 characters; nothing about a patient.
p_is_anonymous: hides the author from everyone, and the time but for
the hour. Needs three members or more (else
conflict): between two, the other one knows.
Returns the reflection as the circle sees it.
Errors: feature_disabled, permission_denied, not_found, conflict, invalid_input.';
COMMENT ON POLICY "floor_organization" ON "public"."provider_support_reflections" IS 'Whatever else is allowed: only rows of the active organization.';
COMMENT ON POLICY "insert_joined" ON "public"."provider_support_reflections" IS 'anyone who works for the active organization: rows of the circles they are in.';
COMMENT ON POLICY "select_joined" ON "public"."provider_support_reflections" IS 'anyone who works for the active organization: rows of the circles they are in.';
COMMENT ON VIEW "public"."support_circle_reflections" IS 'Reflections of the caller''s support circles, with the author''s name where they signed.';

ALTER TABLE "public"."provider_support_reflections" ADD CONSTRAINT "provider_support_reflections_author_fkey" FOREIGN KEY (org_id, author_id) REFERENCES public.org_practitioners(org_id, practitioner_id);

ALTER TABLE "public"."provider_support_reflections" ADD CONSTRAINT "provider_support_reflections_author_id_fkey" FOREIGN KEY (author_id) REFERENCES public.fhir_practitioners(id);

CREATE INDEX provider_support_reflections_author_id_idx ON public.provider_support_reflections USING btree (org_id, author_id);

CREATE INDEX provider_support_reflections_person_idx ON public.provider_support_reflections USING btree (author_id);

COMMENT ON COLUMN "public"."provider_support_reflections"."author_id" IS 'The author as a practitioner; no role of the API reads it.';

ALTER TABLE "public"."provider_support_reflections" ADD CONSTRAINT "provider_support_reflections_member_fkey" FOREIGN KEY (org_id, circle_id, user_id) REFERENCES public.provider_support_circle_members(org_id, circle_id, user_id) ON DELETE CASCADE;

ALTER TABLE "public"."provider_support_reflections" ADD CONSTRAINT "provider_support_reflections_user_id_fkey" FOREIGN KEY (user_id) REFERENCES auth.users(id) ON DELETE CASCADE;

CREATE INDEX provider_support_reflections_member_idx ON public.provider_support_reflections USING btree (org_id, circle_id, user_id);

CREATE INDEX provider_support_reflections_user_id_idx ON public.provider_support_reflections USING btree (user_id);

COMMENT ON COLUMN "public"."provider_support_reflections"."user_id" IS 'The author as a signed-in person; no role of the API reads it.';
COMMENT ON COLUMN "public"."resilience_resources"."id" IS 'Key.';
COMMENT ON COLUMN "public"."resilience_training_modules"."id" IS 'Key.';

ALTER TABLE "public"."organizations" ADD CONSTRAINT "organizations_settings_valid" CHECK (app.are_settings_valid(settings));

comment on column public.company_settings.accent_color is 'Its second colour, #rrggbb.';
comment on column public.company_settings.company_name is 'Its name.';
comment on column public.company_settings.is_standalone is 'Only what is for staff is used; patient features are hidden.';
comment on column public.company_settings.logo_url is 'Address of its logo.';
comment on column public.company_settings.mfa_roles is 'Who needs a second factor.';
comment on column public.company_settings.org_id is 'The organization.';
comment on column public.company_settings.primary_color is 'Its colour, #rrggbb.';
comment on column public.company_settings.product_name is 'What the product is called here; else the company''s name.';
comment on column public.company_settings.session_idle_limit is 'How long a session lives without a sign of life.';
comment on column public.company_settings.session_limit is 'How long a session lives at most.';
comment on column public.company_settings.support_email is 'Whom its people ask for help.';
comment on column public.company_settings.support_url is 'Where its people find help.';

revoke all on function app.appoint_owner(uuid,text) from public, anon, authenticated, service_role;
grant all on function app.appoint_owner(uuid,text) to authenticated;

revoke all on function app.are_settings_valid(jsonb) from public, anon, authenticated, service_role;
grant all on function app.are_settings_valid(jsonb) to authenticated, service_role;

revoke all on function app.assign_role(uuid,uuid,public.app_role,uuid,tstzrange) from public, anon, authenticated, service_role;

revoke all on function app.base64url(bytea) from public, anon, authenticated, service_role;

revoke all on function app.blur_reflection() from public, anon, authenticated, service_role;

revoke all on function app.check_json(jsonb,integer,integer) from public, anon, authenticated, service_role;
grant all on function app.check_json(jsonb,integer,integer) to authenticated, service_role;

revoke all on function app.check_role_place(public.app_role,uuid) from public, anon, authenticated, service_role;
grant all on function app.check_role_place(public.app_role,uuid) to authenticated, service_role;

revoke all on function app.clock() from public, anon, authenticated, service_role;
grant all on function app.clock() to authenticated, service_role;

revoke all on function app.count_circle_seats(uuid,uuid) from public, anon, authenticated, service_role;

revoke all on function app.create_api_key(text,public.app_role[],integer,uuid,integer) from public, anon, authenticated, service_role;
grant all on function app.create_api_key(text,public.app_role[],integer,uuid,integer) to authenticated;

revoke all on function app.custom_access_token(jsonb) from public, anon, authenticated, service_role;

revoke all on function app.end_my_session(uuid) from public, anon, authenticated, service_role;
grant all on function app.end_my_session(uuid) to authenticated;

revoke all on function app.end_sessions_of_member(uuid) from public, anon, authenticated, service_role;
grant all on function app.end_sessions_of_member(uuid) to authenticated;

revoke all on function app.ensure_open() from public, anon, authenticated, service_role;
grant all on function app.ensure_open() to authenticated, service_role;

revoke all on function app.exchange_api_key(text) from public, anon, authenticated, service_role;
grant all on function app.exchange_api_key(text) to anon, authenticated;

revoke all on function app.find_provider(uuid,uuid) from public, anon, authenticated, service_role;
grant all on function app.find_provider(uuid,uuid) to authenticated, service_role;

revoke all on function app.first_organization(uuid) from public, anon, authenticated, service_role;

revoke all on function app.follow_organization() from public, anon, authenticated, service_role;

revoke all on function app.follow_profile() from public, anon, authenticated, service_role;

revoke all on function app.follow_roles() from public, anon, authenticated, service_role;

revoke all on function app.follow_session() from public, anon, authenticated, service_role;

revoke all on function app.found_organization(text,text,public.organization_kind,public.license_tier,public.time_zone) from public, anon, authenticated, service_role;
grant all on function app.found_organization(text,text,public.organization_kind,public.license_tier,public.time_zone) to authenticated;

revoke all on function app.give_role_to_member(uuid,public.app_role,uuid,tstzrange) from public, anon, authenticated, service_role;
grant all on function app.give_role_to_member(uuid,public.app_role,uuid,tstzrange) to authenticated;

revoke all on function app.grantable_roles(public.app_role) from public, anon, authenticated, service_role;
grant all on function app.grantable_roles(public.app_role) to authenticated, service_role;

revoke all on function app.guard_owners() from public, anon, authenticated, service_role;

revoke all on function app.guard_reflection() from public, anon, authenticated, service_role;

revoke all on function app.guard_super_admin() from public, anon, authenticated, service_role;

revoke all on function app.guard_support_circle() from public, anon, authenticated, service_role;

revoke all on function app.hash_token(text) from public, anon, authenticated, service_role;

revoke all on function app.hold_reach(uuid[]) from public, anon, authenticated, service_role;

revoke all on function app.idle_limit(jsonb) from public, anon, authenticated, service_role;
grant all on function app.idle_limit(jsonb) to authenticated, service_role;

revoke all on function app.integer_fault(jsonb,integer,integer) from public, anon, authenticated, service_role;
grant all on function app.integer_fault(jsonb,integer,integer) to authenticated, service_role;

revoke all on function app.invite_to_organization(text,public.app_role,uuid,integer) from public, anon, authenticated, service_role;
grant all on function app.invite_to_organization(text,public.app_role,uuid,integer) to authenticated;

revoke all on function app.is_backed(app.invitations) from public, anon, authenticated, service_role;

revoke all on function app.is_email(text) from public, anon, authenticated, service_role;
grant all on function app.is_email(text) to authenticated, service_role;

revoke all on function app.is_owned(uuid) from public, anon, authenticated, service_role;

revoke all on function app.is_site_role(public.app_role) from public, anon, authenticated, service_role;
grant all on function app.is_site_role(public.app_role) to authenticated, service_role;

revoke all on function app.is_standalone(jsonb) from public, anon, authenticated, service_role;
grant all on function app.is_standalone(jsonb) to authenticated, service_role;

revoke all on function app.jwt_key_id() from public, anon, authenticated, service_role;

revoke all on function app.jwt_secret() from public, anon, authenticated, service_role;

revoke all on function app.leave_circle_seat(uuid) from public, anon, authenticated, service_role;
grant all on function app.leave_circle_seat(uuid) to authenticated;

revoke all on function app.limit_rate(text,text,integer,interval) from public, anon, authenticated, service_role;

revoke all on function app.list_invitations(boolean,integer) from public, anon, authenticated, service_role;
grant all on function app.list_invitations(boolean,integer) to authenticated;

revoke all on function app.list_member_sessions(uuid,integer) from public, anon, authenticated, service_role;
grant all on function app.list_member_sessions(uuid,integer) to authenticated;

revoke all on function app.list_members(public.app_role,uuid,boolean,uuid,integer) from public, anon, authenticated, service_role;
grant all on function app.list_members(public.app_role,uuid,boolean,uuid,integer) to authenticated;

revoke all on function app.list_my_organizations() from public, anon, authenticated, service_role;
grant all on function app.list_my_organizations() to authenticated;

revoke all on function app.list_my_sessions() from public, anon, authenticated, service_role;
grant all on function app.list_my_sessions() to authenticated;

revoke all on function app.lock_people_and_organizations(uuid[],uuid[]) from public, anon, authenticated, service_role;

revoke all on function app.make_api_key(public.api_keys) from public, anon, authenticated, service_role;

revoke all on function app.make_invitation(uuid,text,public.app_role,uuid,integer) from public, anon, authenticated, service_role;

revoke all on function app.make_token() from public, anon, authenticated, service_role;

revoke all on function app.may_grant(public.app_role,uuid) from public, anon, authenticated, service_role;
grant all on function app.may_grant(public.app_role,uuid) to authenticated, service_role;

revoke all on function app.may_pass_on(public.app_role[],jsonb,public.app_role,uuid) from public, anon, authenticated, service_role;
grant all on function app.may_pass_on(public.app_role[],jsonb,public.app_role,uuid) to authenticated, service_role;

revoke all on function app.merge_patch(jsonb,jsonb) from public, anon, authenticated, service_role;
grant all on function app.merge_patch(jsonb,jsonb) to authenticated, service_role;

revoke all on function app.mfa_roles(jsonb) from public, anon, authenticated, service_role;
grant all on function app.mfa_roles(jsonb) to authenticated, service_role;

revoke all on function app.my_circles() from public, anon, authenticated, service_role;
grant all on function app.my_circles() to authenticated, service_role;

revoke all on function app.my_id() from public, anon, authenticated, service_role;
grant all on function app.my_id() to authenticated, service_role;

revoke all on function app.my_sites(public.app_role[]) from public, anon, authenticated, service_role;
grant all on function app.my_sites(public.app_role[]) to authenticated, service_role;

revoke all on function app.name_at_sign_up(jsonb,text) from public, anon, authenticated, service_role;

revoke all on function app.note_activity(uuid) from public, anon, authenticated, service_role;

revoke all on function app.note_api_key_use(public.api_keys) from public, anon, authenticated, service_role;

revoke all on function app.open_request() from public, anon, authenticated, service_role;
grant all on function app.open_request() to anon, authenticated, service_role;

revoke all on function app.org_as(public.app_role[]) from public, anon, authenticated, service_role;
grant all on function app.org_as(public.app_role[]) to authenticated, service_role;

revoke all on function app.organization_features(uuid,text) from public, anon, authenticated, service_role;
grant all on function app.organization_features(uuid,text) to authenticated, service_role;

revoke all on function app.organization_sites() from public, anon, authenticated, service_role;
grant all on function app.organization_sites() to authenticated, service_role;

revoke all on function app.override_feature(uuid,text,boolean,text) from public, anon, authenticated, service_role;

revoke all on function app.reachable_org() from public, anon, authenticated, service_role;
grant all on function app.reachable_org() to authenticated, service_role;

revoke all on function app.read_encounters_restricted(uuid[]) from public, anon, authenticated, service_role;
grant all on function app.read_encounters_restricted(uuid[]) to authenticated;

revoke all on function app.read_org_patients_restricted(uuid[]) from public, anon, authenticated, service_role;
grant all on function app.read_org_patients_restricted(uuid[]) to authenticated;

revoke all on function app.read_patients_restricted(uuid[]) from public, anon, authenticated, service_role;
grant all on function app.read_patients_restricted(uuid[]) to authenticated;

revoke all on function app.refresh_sessions(uuid[]) from public, anon, authenticated, service_role;

revoke all on function app.refuse_request() from public, anon, authenticated, service_role;
grant all on function app.refuse_request() to authenticated, service_role;

revoke all on function app.require_another_address(text) from public, anon, authenticated, service_role;

revoke all on function app.require_grant(public.app_role,uuid) from public, anon, authenticated, service_role;

revoke all on function app.require_open_circle(uuid) from public, anon, authenticated, service_role;
grant all on function app.require_open_circle(uuid) to authenticated;

revoke all on function app.require_person() from public, anon, authenticated, service_role;
grant all on function app.require_person() to authenticated, service_role;

revoke all on function app.resolve_api_key(uuid) from public, anon, authenticated, service_role;

revoke all on function app.resolve_reach(uuid,uuid) from public, anon, authenticated, service_role;

revoke all on function app.revoke_api_key(uuid) from public, anon, authenticated, service_role;
grant all on function app.revoke_api_key(uuid) to authenticated;

revoke all on function app.revoke_invitation_of_organization(uuid) from public, anon, authenticated, service_role;
grant all on function app.revoke_invitation_of_organization(uuid) to authenticated;

revoke all on function app.roles_fault(jsonb) from public, anon, authenticated, service_role;
grant all on function app.roles_fault(jsonb) to authenticated, service_role;

revoke all on function app.rollout_place(uuid,text) from public, anon, authenticated, service_role;
grant all on function app.rollout_place(uuid,text) to authenticated, service_role;

revoke all on function app.rotate_api_key(uuid,integer) from public, anon, authenticated, service_role;
grant all on function app.rotate_api_key(uuid,integer) to authenticated;

revoke all on function app.session_limit(jsonb) from public, anon, authenticated, service_role;
grant all on function app.session_limit(jsonb) to authenticated, service_role;

revoke all on function app.set_active_organization(uuid) from public, anon, authenticated, service_role;
grant all on function app.set_active_organization(uuid) to authenticated;

revoke all on function app.set_default_organization(uuid) from public, anon, authenticated, service_role;
grant all on function app.set_default_organization(uuid) to authenticated;

revoke all on function app.set_organization_feature(uuid,text,boolean,text) from public, anon, authenticated, service_role;
grant all on function app.set_organization_feature(uuid,text,boolean,text) to authenticated;

revoke all on function app.setting_fault(jsonb) from public, anon, authenticated, service_role;
grant all on function app.setting_fault(jsonb) to authenticated, service_role;

revoke all on function app.sign_jwt(jsonb) from public, anon, authenticated, service_role;

revoke all on function app.staff_org() from public, anon, authenticated, service_role;
grant all on function app.staff_org() to authenticated, service_role;

revoke all on function app.store_reach(uuid[]) from public, anon, authenticated, service_role;

revoke all on function app.take_circle_seat(uuid,uuid) from public, anon, authenticated, service_role;
grant all on function app.take_circle_seat(uuid,uuid) to authenticated;

revoke all on function app.take_role_from_member(uuid) from public, anon, authenticated, service_role;
grant all on function app.take_role_from_member(uuid) to authenticated;

revoke all on function app.take_up_invitation(text,text) from public, anon, authenticated, service_role;
grant all on function app.take_up_invitation(text,text) to authenticated;

revoke all on function app.text_fault(jsonb,integer,text,text) from public, anon, authenticated, service_role;
grant all on function app.text_fault(jsonb,integer,text,text) to authenticated, service_role;

revoke all on function app.touch_my_session() from public, anon, authenticated, service_role;
grant all on function app.touch_my_session() to authenticated;

revoke all on function public.accept_invitation(text,text) from public, anon, authenticated, service_role;
grant all on function public.accept_invitation(text,text) to authenticated;

revoke all on function public.add_support_circle_member(uuid,uuid) from public, anon, authenticated, service_role;
grant all on function public.add_support_circle_member(uuid,uuid) to authenticated;

revoke all on function public.create_api_key(text,public.app_role[],integer,uuid,integer) from public, anon, authenticated, service_role;
grant all on function public.create_api_key(text,public.app_role[],integer,uuid,integer) to authenticated;

revoke all on function public.create_organization(text,text,public.organization_kind,public.license_tier,text,text) from public, anon, authenticated, service_role;
grant all on function public.create_organization(text,text,public.organization_kind,public.license_tier,text,text) to authenticated;

revoke all on function public.end_member_sessions(uuid) from public, anon, authenticated, service_role;
grant all on function public.end_member_sessions(uuid) to authenticated;

revoke all on function public.end_session(uuid) from public, anon, authenticated, service_role;
grant all on function public.end_session(uuid) to authenticated;

revoke all on function public.exchange_api_key(text) from public, anon, authenticated, service_role;
grant all on function public.exchange_api_key(text) to anon, authenticated;

revoke all on function public.get_api_keys(boolean,integer) from public, anon, authenticated, service_role;
grant all on function public.get_api_keys(boolean,integer) to authenticated;

revoke all on function public.get_encounters_restricted(uuid[]) from public, anon, authenticated, service_role;
grant all on function public.get_encounters_restricted(uuid[]) to authenticated;

revoke all on function public.get_invitations(boolean,integer) from public, anon, authenticated, service_role;
grant all on function public.get_invitations(boolean,integer) to authenticated;

revoke all on function public.get_member_sessions(uuid,integer) from public, anon, authenticated, service_role;
grant all on function public.get_member_sessions(uuid,integer) to authenticated;

revoke all on function public.get_members(public.app_role,uuid,boolean,uuid,integer) from public, anon, authenticated, service_role;
grant all on function public.get_members(public.app_role,uuid,boolean,uuid,integer) to authenticated;

revoke all on function public.get_my_features() from public, anon, authenticated, service_role;
grant all on function public.get_my_features() to authenticated;

revoke all on function public.get_my_organizations() from public, anon, authenticated, service_role;
grant all on function public.get_my_organizations() to authenticated;

revoke all on function public.get_my_sessions() from public, anon, authenticated, service_role;
grant all on function public.get_my_sessions() to authenticated;

revoke all on function public.get_org_patients_restricted(uuid[]) from public, anon, authenticated, service_role;
grant all on function public.get_org_patients_restricted(uuid[]) to authenticated;

revoke all on function public.get_patients_restricted(uuid[]) from public, anon, authenticated, service_role;
grant all on function public.get_patients_restricted(uuid[]) to authenticated;

revoke all on function public.get_resilience_modules(public.resilience_category) from public, anon, authenticated, service_role;
grant all on function public.get_resilience_modules(public.resilience_category) to authenticated;

revoke all on function public.get_resilience_resources(public.resilience_category) from public, anon, authenticated, service_role;
grant all on function public.get_resilience_resources(public.resilience_category) to authenticated;

revoke all on function public.grant_role(uuid,public.app_role,uuid,timestamp with time zone,timestamp with time zone) from public, anon, authenticated, service_role;
grant all on function public.grant_role(uuid,public.app_role,uuid,timestamp with time zone,timestamp with time zone) to authenticated;

revoke all on function public.invite_member(text,public.app_role,uuid,integer) from public, anon, authenticated, service_role;
grant all on function public.invite_member(text,public.app_role,uuid,integer) to authenticated;

revoke all on function public.invite_owner(uuid,text) from public, anon, authenticated, service_role;
grant all on function public.invite_owner(uuid,text) to authenticated;

revoke all on function public.is_feature_enabled(text) from public, anon, authenticated, service_role;
grant all on function public.is_feature_enabled(text) to authenticated, service_role;

revoke all on function public.leave_support_circle(uuid) from public, anon, authenticated, service_role;
grant all on function public.leave_support_circle(uuid) to authenticated;

revoke all on function public.revoke_api_key(uuid) from public, anon, authenticated, service_role;
grant all on function public.revoke_api_key(uuid) to authenticated;

revoke all on function public.revoke_invitation(uuid) from public, anon, authenticated, service_role;
grant all on function public.revoke_invitation(uuid) to authenticated;

revoke all on function public.revoke_role(uuid) from public, anon, authenticated, service_role;
grant all on function public.revoke_role(uuid) to authenticated;

revoke all on function public.rotate_api_key(uuid,integer) from public, anon, authenticated, service_role;
grant all on function public.rotate_api_key(uuid,integer) to authenticated;

revoke all on function public.set_feature_flag(text,boolean,integer,public.license_tier) from public, anon, authenticated, service_role;
grant all on function public.set_feature_flag(text,boolean,integer,public.license_tier) to authenticated;

revoke all on function public.set_my_organization_feature(text,boolean) from public, anon, authenticated, service_role;
grant all on function public.set_my_organization_feature(text,boolean) to authenticated;

revoke all on function public.set_organization_feature(uuid,text,boolean,text) from public, anon, authenticated, service_role;
grant all on function public.set_organization_feature(uuid,text,boolean,text) to authenticated;

revoke all on function public.switch_organization(uuid,boolean) from public, anon, authenticated, service_role;
grant all on function public.switch_organization(uuid,boolean) to authenticated;

revoke all on function public.touch_session() from public, anon, authenticated, service_role;
grant all on function public.touch_session() to authenticated;

revoke all on function public.update_organization_settings(jsonb) from public, anon, authenticated, service_role;
grant all on function public.update_organization_settings(jsonb) to authenticated;

revoke all on function public.write_reflection(uuid,text,boolean) from public, anon, authenticated, service_role;
grant all on function public.write_reflection(uuid,text,boolean) to authenticated;

revoke all on schema app from public, anon, authenticated, service_role;
grant usage on schema app to anon, authenticated, service_role;

revoke all on table app.api_key_hashes from public, anon, authenticated, service_role;

revoke all on table app.invitations from public, anon, authenticated, service_role;

revoke all on table app.rate_limits from public, anon, authenticated, service_role;

revoke all on table app.session_activity from public, anon, authenticated, service_role;

revoke all on table public.api_keys from public, anon, authenticated, service_role;
grant select on table public.api_keys to authenticated;
grant delete, insert, select, update on table public.api_keys to service_role;

revoke all on table public.company_settings from public, anon, authenticated, service_role;
grant select on table public.company_settings to authenticated, service_role;

revoke all on table public.encounters from public, anon, authenticated, service_role;
grant select (created_at, created_by, date_of_service, deleted_at, external_organization_id, id, org_id, patient_id, provider_id, status, updated_at, updated_by, version) on table public.encounters to authenticated;
grant delete, insert, select, update on table public.encounters to service_role;

revoke all on table public.nurseos_feature_flags from public, anon, authenticated, service_role;
grant select, insert (description, feature_key, feature_name, is_enabled_globally, is_hidden_when_standalone, required_license_tier, rollout_percent), update (description, feature_name, is_enabled_globally, is_hidden_when_standalone, required_license_tier, rollout_percent) on table public.nurseos_feature_flags to authenticated;
grant delete, insert, select, update on table public.nurseos_feature_flags to service_role;

revoke all on table public.org_patients from public, anon, authenticated, service_role;
grant select (created_at, created_by, deleted_at, is_active, org_id, patient_id, updated_at, updated_by, version) on table public.org_patients to authenticated;
grant delete, insert, select, update on table public.org_patients to service_role;

revoke all on table public.organization_feature_flags from public, anon, authenticated, service_role;
grant select, insert (feature_key, is_wanted), update (is_wanted) on table public.organization_feature_flags to authenticated;
grant delete, insert, select, update on table public.organization_feature_flags to service_role;

revoke all on table public.organizations from public, anon, authenticated, service_role;
grant select, update (settings) on table public.organizations to authenticated;
grant delete, insert, select, update on table public.organizations to service_role;

revoke all on table public.patients from public, anon, authenticated, service_role;
grant select (birth_date, birth_date_precision, created_at, created_by, deleted_at, family_name, given_names, id, is_active, updated_at, updated_by, user_id, version) on table public.patients to authenticated;
grant delete, insert, select, update on table public.patients to service_role;

revoke all on table public.provider_support_circle_members from public, anon, authenticated, service_role;
grant select on table public.provider_support_circle_members to authenticated;
grant delete, insert, select, update on table public.provider_support_circle_members to service_role;

revoke all on table public.provider_support_circles from public, anon, authenticated, service_role;
grant select, insert (facilitator_id, is_active, max_members, meeting_frequency, name), update (facilitator_id, is_active, max_members, meeting_frequency, name) on table public.provider_support_circles to authenticated;
grant delete, insert, select, update on table public.provider_support_circles to service_role;

revoke all on table public.provider_support_reflections from public, anon, authenticated, service_role;
grant insert (circle_id, is_anonymous, reflection_text), select (author_name, circle_id, created_at, deleted_at, id, is_anonymous, org_id, reflection_text, updated_at, version) on table public.provider_support_reflections to authenticated;
grant delete, insert, select, update on table public.provider_support_reflections to service_role;

revoke all on table public.resilience_resources from public, anon, authenticated, service_role;
grant select, insert (category, country_code, description, is_active, kind, telephone, title, url), update (category, country_code, description, is_active, kind, telephone, title, url) on table public.resilience_resources to authenticated;
grant delete, insert, select, update on table public.resilience_resources to service_role;

revoke all on table public.resilience_training_modules from public, anon, authenticated, service_role;
grant select, insert (category, content_type, content_url, description, duration_minutes, evidence, evidence_based, is_active, title), update (category, content_type, content_url, description, duration_minutes, evidence, evidence_based, is_active, title) on table public.resilience_training_modules to authenticated;
grant delete, insert, select, update on table public.resilience_training_modules to service_role;

revoke all on table public.support_circle_reflections from public, anon, authenticated, service_role;
grant select on table public.support_circle_reflections to authenticated, service_role;

revoke all on table public.user_sessions from public, anon, authenticated, service_role;
grant select on table public.user_sessions to authenticated;
grant delete, insert, select, update on table public.user_sessions to service_role;
