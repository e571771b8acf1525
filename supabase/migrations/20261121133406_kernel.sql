-- kernel: written by `carebase db diff`. Never edited once it is applied anywhere.

set local lock_timeout = '30s';

set local check_function_bodies = off;

CREATE TYPE "app"."unwrapped_key" AS ("tag" bytea, "schedule" bytea);

CREATE TYPE "public"."access_purpose" AS ENUM ('treatment', 'payment', 'operations', 'patient_request', 'public_health', 'legal', 'research', 'emergency');

CREATE TYPE "public"."audit_action" AS ENUM ('insert', 'update', 'delete', 'restore', 'purge', 'read', 'export', 'sign_in', 'refuse', 'break_glass', 'configure');

CREATE TYPE "public"."audit_outcome" AS ENUM ('success', 'failure');

CREATE TYPE "public"."integration_kind" AS ENUM ('smtp', 'resend', 'twilio', 'slack', 'teams');

CREATE TYPE "public"."job_catch_up" AS ENUM ('skip', 'once', 'all');

CREATE TYPE "public"."job_outcome" AS ENUM ('running', 'succeeded', 'failed', 'timed_out', 'stopped', 'lost', 'skipped');

CREATE TYPE "public"."job_scope" AS ENUM ('platform', 'organization');

CREATE TYPE "public"."key_purpose" AS ENUM ('seal', 'index');

CREATE TYPE "public"."legal_hold_reason" AS ENUM ('litigation', 'investigation', 'regulator', 'records_request', 'other');

CREATE TYPE "public"."notification_channel" AS ENUM ('email', 'sms', 'chat', 'webhook', 'in_app');

CREATE TYPE "public"."notification_priority" AS ENUM ('urgent', 'normal', 'low');

CREATE TYPE "public"."notification_status" AS ENUM ('pending', 'sent', 'dead', 'expired', 'cancelled');

CREATE OR REPLACE FUNCTION app.acting_org(p_is_request boolean)
 RETURNS uuid
 LANGUAGE sql
 STABLE
RETURN CASE WHEN p_is_request THEN (NULLIF(current_setting('carebase.org_id'::text, true), ''::text))::uuid ELSE NULL::uuid END;

CREATE OR REPLACE FUNCTION app.active_kek()
 RETURNS integer
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
declare
  v_version integer;
begin
  select keks.version into v_version from app.key_encryption_keys as keks where keks.retired_at is null;
  if v_version is null then
    perform pg_advisory_xact_lock(hashtextextended('carebase.first_kek', 0));
    select keks.version into v_version from app.key_encryption_keys as keks where keks.retired_at is null;
  end if;
  if v_version is null then
    v_version := app.add_kek(encode(extensions.gen_random_bytes(64), 'hex'), 'vault', null, null);
  end if;
  return v_version;
end
$function$;

CREATE OR REPLACE FUNCTION app.add_kek(p_key text, p_provider text, p_reference text, p_ciphertext bytea)
 RETURNS integer
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
declare
  v_version integer;
begin
  if p_key !~ '^[0-9a-f]{128}$' then
    raise exception 'app.add_kek: a key-encryption key is 64 bytes, as hexadecimal';
  end if;
  lock table app.key_encryption_keys in share row exclusive mode;
  update app.key_encryption_keys set retired_at = now() where retired_at is null;
  insert into app.key_encryption_keys (version, provider, reference, ciphertext)
  select coalesce(max(keks.version), 0) + 1, p_provider, p_reference, p_ciphertext
  from app.key_encryption_keys as keks
  returning key_encryption_keys.version into v_version;
  perform vault.create_secret(
    p_key, 'carebase_phi_kek_' || v_version, 'Wraps the data keys of carebase. Losing it loses what they seal.'
  );
  return v_version;
end
$function$;

CREATE OR REPLACE FUNCTION app.add_task(p_org_id uuid, p_notification_id uuid, p_priority public.notification_priority, p_due_at timestamp with time zone, p_line_key text DEFAULT NULL::text)
 RETURNS void
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
declare
  v_place integer;
begin
  if p_line_key is not null then
    insert into app.notification_lines as lines (org_id, notification_id, line_key, place)
    select
      p_org_id, p_notification_id, p_line_key,
      coalesce((
        select max(others.place) + 1 from app.notification_lines as others
        where others.org_id = p_org_id and others.line_key = p_line_key
      ), 1)
    on conflict (org_id, notification_id) do update set place = lines.place
    returning lines.place into v_place;
  end if;
  insert into app.notification_tasks (org_id, notification_id, priority, due_at, written_by, line_key, place)
  values (
    p_org_id, p_notification_id, p_priority, p_due_at, pg_current_xact_id(), p_line_key, v_place
  )
  on conflict (org_id, notification_id) do nothing;
end
$function$;

CREATE OR REPLACE FUNCTION app.aead_schedule(p_key bytea)
 RETURNS bytea
 LANGUAGE plpgsql
 IMMUTABLE STRICT
 SET search_path TO ''
AS $function$
declare
  v_inner bytea := '';
  v_outer bytea := '';
  v_eight bigint;
begin
  if length(p_key) <> 64 then
    raise exception 'app.aead_schedule: a key has 64 bytes';
  end if;
  for v_start in 1..25 by 8 loop
    v_eight := ('x' || encode(substr(p_key, v_start, 8), 'hex'))::bit(64)::bigint;
    v_inner := v_inner || int8send(v_eight # 3906369333256140342);
    v_outer := v_outer || int8send(v_eight # 6655295901103053916);
  end loop;
  return v_inner || decode(repeat('36', 96), 'hex') || v_outer || decode(repeat('5c', 96), 'hex') || substr(p_key, 33);
end
$function$;

CREATE OR REPLACE FUNCTION app.aead_seal(p_schedule bytea, p_aad bytea, p_plaintext bytea, p_iv bytea)
 RETURNS bytea
 LANGUAGE plpgsql
 IMMUTABLE STRICT
 SET search_path TO ''
AS $function$
declare
  v_body constant bytea := p_iv || extensions.encrypt_iv(p_plaintext, substr(p_schedule, 257, 32), p_iv, 'aes');
begin
  if length(p_iv) <> 16 then
    raise exception 'app.aead_seal: an IV has 16 bytes';
  end if;
  return v_body || app.aead_tag(p_schedule, p_aad, v_body);
end
$function$;

CREATE OR REPLACE FUNCTION app.aead_tag(p_schedule bytea, p_aad bytea, p_body bytea)
 RETURNS bytea
 LANGUAGE sql
 IMMUTABLE
RETURN substr(sha512((substr(p_schedule, 129, 128) || sha512((((substr(p_schedule, 1, 128) || p_aad) || p_body) || int8send((8 * (length(p_aad))::bigint)))))), 1, 32);

CREATE OR REPLACE FUNCTION app.aead_open(p_schedule bytea, p_aad bytea, p_sealed bytea)
 RETURNS bytea
 LANGUAGE sql
 IMMUTABLE
RETURN CASE WHEN (length(p_sealed) >= 64) THEN CASE WHEN (sha256(substr(p_sealed, (length(p_sealed) - 31))) = sha256(app.aead_tag(p_schedule, p_aad, substr(p_sealed, 1, (length(p_sealed) - 32))))) THEN extensions.decrypt_iv(substr(p_sealed, 17, (length(p_sealed) - 48)), substr(p_schedule, 257, 32), substr(p_sealed, 1, 16), 'aes'::text) ELSE NULL::bytea END ELSE NULL::bytea END;

CREATE OR REPLACE FUNCTION app.alert_job_failure(p_run_id uuid)
 RETURNS void
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
declare
  v_job_name text;
  v_payload jsonb;
  v_told record;
begin
  update public.job_runs as runs
  set alerted_at = clock_timestamp()
  where runs.id = p_run_id
  returning runs.job_name into v_job_name;
  v_payload := jsonb_build_object('job', v_job_name, 'run', p_run_id);

  for v_told in
    select distinct roles.org_id, roles.user_id
    from public.role_assignments as roles
    where roles.role = 'super_admin' and roles.deleted_at is null and roles.valid_during @> app.clock()
  loop
    perform app.ensure_job_failed_templates(v_told.org_id);
    perform app.enqueue_notification(
      v_told.org_id, each.channel, v_told.user_id, 'job.failed', v_payload,
      p_dedupe_key => format('job.failed:%s:%s:%s', each.channel, v_told.user_id, p_run_id)
    )
    from unnest(array['email', 'in_app']::public.notification_channel[]) as each (channel);
  end loop;

  perform app.emit_event(platforms.org_id, 'job.failed', v_payload, 'job.failed:' || p_run_id)
  from (
    select orgs.id as org_id
    from public.organizations as orgs
    inner join public.notification_templates as templates
      on templates.org_id = orgs.id and templates.template_key = 'job.failed' and templates.channel = 'webhook'
    where orgs.kind = 'platform' and orgs.deleted_at is null and templates.deleted_at is null
  ) as platforms;
end
$function$;

CREATE OR REPLACE FUNCTION app.are_event_types(p_types text[])
 RETURNS boolean
 LANGUAGE sql
 IMMUTABLE
 SET search_path TO ''
AS $function$
  select coalesce(bool_and(
    types.type is not null and (types.type = '*' or types.type ~ '^[a-z][a-z0-9_.]{0,99}$')
  ), true)
  from unnest(p_types) as types (type)
$function$;

CREATE OR REPLACE FUNCTION app.are_integration_settings_valid(p_kind public.integration_kind, p_settings jsonb)
 RETURNS boolean
 LANGUAGE plpgsql
 IMMUTABLE
 SET search_path TO ''
AS $function$
declare
  v_known constant text[] := case p_kind
    when 'smtp' then '{host,port,security,username,from}'
    when 'resend' then '{from}'
    when 'twilio' then '{account_sid,from}'
    else '{}'
  end;
begin
  if jsonb_typeof(p_settings) is distinct from 'object' or pg_column_size(p_settings) > 2048 then
    return false;
  end if;
  if exists (
    select from jsonb_each(p_settings) as given
    where given.key <> all(v_known) or jsonb_typeof(given.value) not in ('string', 'number')
      or (given.value #>> '{}') ~ '[[:cntrl:]]'
  ) then
    return false;
  end if;
  return case p_kind
    when 'smtp' then
      p_settings ->> 'host' ~ '^[A-Za-z0-9][A-Za-z0-9.:-]{0,252}$'
      and p_settings ->> 'port' ~ '^[0-9]{1,5}$'
      and p_settings ->> 'security' in ('tls', 'starttls', 'none')
      and app.is_email(p_settings ->> 'from')
    when 'resend' then app.is_email(p_settings ->> 'from')
    when 'twilio' then
      p_settings ->> 'account_sid' ~ '^AC[0-9a-f]{32}$'
      and p_settings ->> 'from' ~ '^([+][1-9][0-9]{6,14}|MG[0-9a-f]{32})$'
    else true
  end is true;
end
$function$;

CREATE OR REPLACE FUNCTION app.are_payload_keys_valid(p_keys jsonb)
 RETURNS boolean
 LANGUAGE sql
 IMMUTABLE
 SET search_path TO ''
AS $function$
  select
    jsonb_typeof(p_keys) = 'object'
    and (
      select
        count(*) <= 20
        and coalesce(bool_and(
          keys.key ~ '^[a-z][a-z0-9_]{0,39}$'
          and keys.value <@ '["number", "date", "moment", "code", "id", "link"]'::jsonb
          and jsonb_typeof(keys.value) = 'string'
          -- What a template is told without asking.
          and keys.key not in ('recipient_name', 'organization_name', 'loop', 'self')
        ), true)
      from jsonb_each(case jsonb_typeof(p_keys) when 'object' then p_keys else '{}' end) as keys
    )
$function$;

CREATE OR REPLACE FUNCTION app.attempt_of(p_slot integer, p_due_at timestamp with time zone)
 RETURNS integer
 LANGUAGE sql
 STABLE
 SET search_path TO ''
AS $function$
  select least(3, 1 + count(*))::integer
  from public.job_runs as runs
  where runs.slot = p_slot and runs.due_at = p_due_at and runs.outcome in ('lost', 'stopped')
$function$;

CREATE OR REPLACE FUNCTION app.audit(p_action public.audit_action, p_org_id uuid, p_table_name text DEFAULT NULL::text, p_row_key jsonb DEFAULT NULL::jsonb, p_changes jsonb DEFAULT NULL::jsonb, p_operation text DEFAULT NULL::text, p_purpose text DEFAULT NULL::text, p_subject_ids uuid[] DEFAULT NULL::uuid[], p_consent_id uuid DEFAULT NULL::uuid, p_outcome public.audit_outcome DEFAULT 'success'::public.audit_outcome)
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
declare
  v_token jsonb;
  v_headers jsonb;
begin
  if coalesce(current_setting('request.jwt.claims', true), '') <> '' then
    perform app.ensure_open();
    v_token := current_setting('request.jwt.claims');
  end if;
  if coalesce(current_setting('request.headers', true), '') <> '' then
    v_headers := current_setting('request.headers');
  end if;
  insert into public.audit_events (
    org_id, action, outcome, actor_id, actor_roles, session_id, api_key_id, database_role, ip_address, user_agent,
    request_id, table_name, row_key, operation, changes, purpose, subject_ids, consent_id
  )
  values (
    coalesce(
      p_org_id, app.acting_org(v_token is not null), '00000000-0000-0000-0000-000000000000'
    ),
    p_action,
    p_outcome,
    case when v_token ? 'api_key_id' then null else (v_token ->> 'sub')::uuid end,
    case when v_token is null then '{}' else coalesce(nullif(current_setting('carebase.roles', true), ''), '{}') end
    ::public.app_role[],
    (v_token ->> 'session_id')::uuid,
    (v_token ->> 'api_key_id')::uuid,
    coalesce(nullif(current_setting('role', true), 'none'), session_user),
    substring(split_part(v_headers ->> 'x-forwarded-for', ',', 1) from '^[0-9A-Fa-f:.]{2,45}$'),
    left(v_headers ->> 'user-agent', 300),
    left(v_headers ->> 'x-request-id', 100),
    p_table_name, p_row_key, p_operation, p_changes, left(p_purpose, 200), p_subject_ids, p_consent_id
  );
end
$function$;

CREATE OR REPLACE FUNCTION app.audit_checkpoint()
 RETURNS jsonb
 LANGUAGE sql
 STABLE
 SET search_path TO ''
AS $function$
  select jsonb_build_object(
    'format', 'carebase audit checkpoint 1',
    'made_at', clock_timestamp(),
    'run', (
      select jsonb_build_object('number', runs.number, 'code', encode(runs.code, 'hex'))
      from app.audit_runs as runs order by runs.number desc limit 1
    ),
    'chains', coalesce(
      (
        select jsonb_agg(
          jsonb_build_object('org_id', ends.org_id, 'number', ends.number, 'code', encode(ends.code, 'hex'))
          order by ends.org_id
        )
        from (
          select distinct on (seals.org_id) seals.org_id, seals.number, seals.code
          from app.audit_seals as seals
          order by seals.org_id, seals.number desc
        ) as ends
      ),
      '[]'
    )
  )
$function$;

CREATE OR REPLACE FUNCTION app.audit_concealed(p_action public.audit_action, p_org_id uuid, p_table_name text, p_changes jsonb)
 RETURNS void
 LANGUAGE sql
 SET search_path TO ''
AS $function$
  insert into public.audit_events (
    org_id, id, occurred_at, action, is_concealed, database_role, table_name, changes
  )
  values (
    coalesce(p_org_id, '00000000-0000-0000-0000-000000000000'),
    gen_random_uuid(),
    date_trunc('hour', clock_timestamp(), 'UTC'),
    p_action,
    true,
    'authenticated',
    p_table_name,
    (select jsonb_object_agg(columns.name, 'changed') from jsonb_object_keys(p_changes) as columns (name))
  )
$function$;

CREATE OR REPLACE FUNCTION app.audit_contents_digest(p_event_ids uuid[], p_event_digests bytea)
 RETURNS bytea
 LANGUAGE sql
 IMMUTABLE
RETURN sha256((convert_to((p_event_ids)::text, 'UTF8'::name) || p_event_digests));

CREATE OR REPLACE FUNCTION app.audit_key(p_org_id uuid, p_version smallint)
 RETURNS bytea
 LANGUAGE plpgsql
 STABLE
 SET search_path TO ''
AS $function$
begin
  return extensions.hmac(
    convert_to('carebase audit ' || p_org_id, 'UTF8'),
    convert_to(app.secret('carebase_audit_key_' || p_version), 'UTF8'),
    'sha256'
  );
end
$function$;

CREATE OR REPLACE FUNCTION app.audit_key_version()
 RETURNS smallint
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
declare
  v_version smallint;
begin
  select max(substring(secrets.name from '^carebase_audit_key_(\d{1,4})$')::smallint) into v_version
  from vault.secrets
  where secrets.name like 'carebase\_audit\_key\_%';
  if v_version is null then
    v_version := 1;
    perform app.ensure_secret('carebase_audit_key_1');
  end if;
  return v_version;
end
$function$;

CREATE OR REPLACE FUNCTION app.audit_month(p_at timestamp with time zone)
 RETURNS date
 LANGUAGE sql
 IMMUTABLE
RETURN (date_trunc('month'::text, (p_at AT TIME ZONE 'UTC'::text)))::date;

CREATE OR REPLACE FUNCTION app.audit_partitions()
 RETURNS TABLE(name text, from_date date, to_date date)
 LANGUAGE sql
 STABLE
 SET search_path TO ''
AS $function$
  select
    c.relname::text,
    app.audit_month(bounds.texts[1]::timestamptz),
    app.audit_month(bounds.texts[2]::timestamptz)
  from pg_catalog.pg_inherits as i
  inner join pg_catalog.pg_class as c on c.oid = i.inhrelid
  cross join lateral regexp_match(
    pg_catalog.pg_get_expr(c.relpartbound, c.oid), $pattern$FROM \('(.*)'\) TO \('(.*)'\)$pattern$
  ) as bounds (texts)
  where i.inhparent = 'public.audit_events'::regclass and bounds.texts is not null
$function$;

CREATE OR REPLACE FUNCTION app.audit_row()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
declare
  v_old constant jsonb := case when tg_op = 'INSERT' then '{}'::jsonb else to_jsonb(old) end;
  v_new constant jsonb := case when tg_op = 'DELETE' then '{}'::jsonb else to_jsonb(new) end;
  v_row constant jsonb := case when tg_op = 'DELETE' then v_old else v_new end;
  v_protected constant text[] := string_to_array(tg_argv[2], ',');
  v_is_closed constant boolean := tg_argv[2] = '*';
  v_table constant text := tg_table_schema || '.' || tg_table_name;
  v_changes jsonb;
  v_action public.audit_action;
begin
  select
    jsonb_object_agg(
      columns.name,
      case
        when v_is_closed or columns.name = any(v_protected) then '"changed"'::jsonb
        else jsonb_build_array(v_old -> columns.name, v_new -> columns.name)
      end
    )
  into v_changes
  from jsonb_object_keys(v_row) as columns (name)
  where
    coalesce(v_old -> columns.name, 'null') <> coalesce(v_new -> columns.name, 'null')
    -- What the stamps say, the event says itself.
    and columns.name <> all('{created_at,created_by,updated_at,updated_by,version}');

  if v_changes is null and tg_op = 'UPDATE' then
    return null;
  end if;
  -- Sealing anew writes the same value under a newer key: nothing that anybody did.
  if
    tg_op = 'UPDATE' and current_setting('carebase.resealing', true) = 'on'
    and (v_is_closed or v_changes - v_protected = '{}')
  then
    return null;
  end if;

  v_action := case
    when tg_op = 'UPDATE' and v_changes ? 'deleted_at' and v_old -> 'deleted_at' = 'null' then 'delete'
    when tg_op = 'UPDATE' and v_changes ? 'deleted_at' and v_new -> 'deleted_at' = 'null' then 'restore'
    when tg_op = 'DELETE' then 'purge'
    else lower(tg_op)
  end;

  if tg_argv[3] <> '' and app.is_own_doing(v_row ->> tg_argv[3]) then
    perform app.audit_concealed(v_action, (v_row ->> tg_argv[0])::uuid, v_table, v_changes);
  else
    perform app.audit(
      v_action,
      (v_row ->> tg_argv[0])::uuid,
      v_table,
      (
        select jsonb_object_agg(keys.name, v_row -> keys.name)
        from unnest(string_to_array(tg_argv[1], ',')) as keys (name)
        where keys.name <> tg_argv[3] and keys.name <> all(v_protected)
      ),
      v_changes
    );
  end if;
  return null;
end
$function$;

CREATE OR REPLACE FUNCTION app.audit_seals_digest(p_run_number bigint)
 RETURNS bytea
 LANGUAGE sql
 STABLE
 SET search_path TO ''
AS $function$
  select sha256(coalesce(string_agg(seals.code, ''::bytea order by seals.org_id, seals.number), ''::bytea))
  from app.audit_seals as seals
  where seals.run_number = p_run_number
$function$;

CREATE OR REPLACE FUNCTION app.audit_status()
 RETURNS TABLE(unsealed_count bigint, oldest_unsealed_at timestamp with time zone, run_count bigint, sealed_at timestamp with time zone, key_version integer, unpartitioned_count bigint, partitioned_until date)
 LANGUAGE plpgsql
 STABLE
 SET search_path TO ''
AS $function$
declare
  v_last app.audit_runs;
  v_now app.audit_runs;
begin
  select runs.* into v_last from app.audit_runs as runs order by runs.number desc limit 1;
  v_now.snapshot := pg_current_snapshot();
  v_now.era_began_at := coalesce(v_last.era_began_at, '-infinity');
  return query
  select
    count(*),
    min(events.occurred_at),
    coalesce(v_last.number, 0),
    v_last.sealed_at,
    v_last.key_version::integer,
    (select count(*) from app.audit_events_default),
    (select max(partitions.to_date) from app.audit_partitions() as partitions)
  from app.unsealed_audit_events(v_last, v_now) as events;
end
$function$;

CREATE OR REPLACE FUNCTION app.blind_indexes(p_org_id uuid, p_place bytea, p_value text)
 RETURNS bytea[]
 LANGUAGE plpgsql
 STABLE
 SET search_path TO ''
AS $function$
declare
  v_tags bytea[];
begin
  select array_agg(uuid_send(keys.id)) into v_tags
  from app.data_keys as keys
  where
    keys.purpose = 'index' and keys.subject_id is null
    and coalesce(keys.org_id, '00000000-0000-0000-0000-000000000000')
    = coalesce(p_org_id, '00000000-0000-0000-0000-000000000000')
    and keys.wrapped_key is not null;
  return array(
    select app.blind_index(unwrapped.schedule, p_place, p_value) from app.unwrap_keys(v_tags) as unwrapped
  );
end
$function$;

CREATE OR REPLACE FUNCTION app.broadcast(p_topic text, p_event text, p_payload jsonb)
 RETURNS void
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
begin
  if to_regprocedure('realtime.send(jsonb,text,text,boolean)') is not null then
    execute 'select realtime.send($1, $2, $3, true)' using p_payload, p_event, p_topic;
  else
    perform pg_notify(
      'carebase_changes', jsonb_build_object('topic', p_topic, 'event', p_event, 'payload', p_payload)::text
    );
  end if;
end
$function$;

CREATE OR REPLACE FUNCTION app.broadcast_change()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
declare
  v_row constant jsonb := to_jsonb(new);
begin
  perform app.broadcast(
    format('org:%s:%s', v_row ->> 'org_id', tg_table_name), 'changed',
    jsonb_build_object('id', v_row -> tg_argv[0], 'version', v_row -> 'version')
  );
  return null;
end
$function$;

CREATE OR REPLACE FUNCTION app.cancel_notification(p_notification_id uuid)
 RETURNS boolean
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
declare
  v_status public.notification_status;
begin
  perform app.require_role('org_owner', 'admin', 'manager', 'care_manager', 'case_manager', 'scheduler', 'service');
  select queue.status into v_status from public.notification_queue as queue
  where
    queue.org_id = app.current_org() and queue.id = p_notification_id
    -- Those who answer for everything cancel anything; others what they scheduled themselves.
    and (app.has_role('org_owner', 'admin') or queue.created_by = auth.uid())
  for no key update;
  if v_status is null then
    perform app.raise_error('not_found', 'There is no such message.');
  end if;
  if v_status <> 'pending' then
    return v_status = 'cancelled';
  end if;
  update public.notification_queue as queue set status = 'cancelled', settled_at = app.clock()
  where queue.org_id = app.current_org() and queue.id = p_notification_id;
  perform app.leave_lines(array[app.current_org()], array[p_notification_id]);
  return true;
end
$function$;

CREATE OR REPLACE FUNCTION app.channel_secret(p_id uuid)
 RETURNS text
 LANGUAGE sql
 STABLE
 SET search_path TO ''
AS $function$
  select app.secret('carebase_channel_' || p_id)
$function$;

CREATE OR REPLACE FUNCTION app.check_merge(p_strategies jsonb, p_changes jsonb, p_base jsonb, p_base_version integer)
 RETURNS void
 LANGUAGE plpgsql
 STABLE
 SET search_path TO ''
AS $function$
declare
  v_unknown text;
begin
  -- All at once where nothing is wrong.
  if jsonb_typeof(p_changes) = 'object'
    and p_changes <> '{}'
    and p_changes - array(select jsonb_object_keys(p_strategies)) = '{}'
    and (p_base_version is not null or jsonb_typeof(p_base) = 'object')
    and pg_column_size(p_changes) <= 262144
    and coalesce(pg_column_size(p_base), 0) <= 262144 then
    return;
  end if;

  perform app.check_input(
    'p_changes', jsonb_typeof(p_changes) = 'object' and p_changes <> '{}', 'Send an object of the fields you change.'
  );
  perform app.check_input(
    'p_base', p_base_version is not null or jsonb_typeof(p_base) = 'object',
    'Send what you began from: p_base_version, or p_base with the fields you change.'
  );
  perform app.check_input('p_changes', pg_column_size(p_changes) <= 262144, 'At most 256 KiB at once.');
  perform app.check_input('p_base', coalesce(pg_column_size(p_base), 0) <= 262144, 'At most 256 KiB at once.');

  select given.name into v_unknown
  from jsonb_object_keys(p_changes) as given (name)
  where not p_strategies ? given.name
  limit 1;
  perform app.check_input(
    'p_changes', v_unknown is null,
    format(
      'Fields that can be changed: %s.',
      (select string_agg(known.name, ', ' order by known.name) from jsonb_object_keys(p_strategies) as known (name))
    )
  );
end
$function$;

CREATE OR REPLACE FUNCTION app.check_plain(p_column text, p_type text, p_value bytea)
 RETURNS void
 LANGUAGE plpgsql
 STABLE
 SET search_path TO ''
AS $function$
declare
  v_text text;
begin
  if p_value is null then
    return;
  end if;
  begin
    v_text := convert_from(p_value, 'UTF8');
    if p_type = 'date' and v_text !~ '^[0-9]{4,6}-[0-9]{2}-[0-9]{2}$' then
      raise exception 'not a day';
    elsif p_type = 'date' then
      perform v_text::date;
    elsif p_type = 'jsonb' then
      perform v_text::jsonb;
    end if;
    return;
  exception when others then
    null;
  end;
  perform app.raise_error('invalid_input', 'That is no value of this field.', jsonb_build_object('field', p_column));
end
$function$;

CREATE OR REPLACE FUNCTION app.claim_notifications(p_worker text, p_limit integer, p_lease interval, p_cursor jsonb DEFAULT NULL::jsonb)
 RETURNS json
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
declare
  -- The time before the snapshot: see enqueue_notification.
  v_now constant timestamptz := app.wall_clock();
  v_snapshot constant pg_snapshot := pg_current_snapshot();
  v_before pg_snapshot;
  v_late xid8[];
  v_priority public.notification_priority;
  v_found record;
  v_org_ids uuid[] := '{}';
  v_ids uuid[] := '{}';
  v_cursor jsonb := jsonb_build_object('snapshot', v_snapshot::text);
  v_back_to timestamptz;
  v_from jsonb;
begin
  if p_cursor is not null then
    v_before := (p_cursor ->> 'snapshot')::pg_snapshot;
    v_late := array(
      select xip.id from pg_snapshot_xip(v_before) as xip (id) where pg_visible_in_snapshot(xip.id, v_snapshot)
    );
    select picked.* into v_found
    from app.pick_late_tasks(v_late, pg_snapshot_xmax(v_before), p_cursor, p_limit) as picked;
    v_org_ids := v_found.org_ids;
    v_ids := v_found.notification_ids;
    -- Somebody wrote more than one batch: the cursor goes back to the first of it.
    if cardinality(v_ids) >= p_limit then
      v_back_to := app.first_due(v_late, pg_snapshot_xmax(v_before));
    end if;
  end if;

  foreach v_priority in array enum_range(null::public.notification_priority) loop
    v_from := p_cursor -> v_priority::text;
    if v_back_to < (v_from ->> 0)::timestamptz then
      v_from := jsonb_build_array(v_back_to, '00000000-0000-0000-0000-000000000000');
    end if;
    if cardinality(v_ids) < p_limit then
      select picked.* into v_found
      from app.pick_tasks(
        v_now, v_priority, coalesce((v_from ->> 0)::timestamptz, '-infinity'),
        coalesce((v_from ->> 1)::uuid, '00000000-0000-0000-0000-000000000000'), p_limit - cardinality(v_ids)
      ) as picked;
      v_org_ids := v_org_ids || v_found.org_ids;
      v_ids := v_ids || v_found.notification_ids;
      v_from := jsonb_build_array(v_found.seen_at, v_found.seen_id);
    end if;
    v_cursor := v_cursor || jsonb_build_object(v_priority, v_from);
  end loop;

  select leased.* into v_found from app.lease_notifications(p_worker, p_lease, v_now, v_org_ids, v_ids) as leased;
  return json_build_object(
    'cursor', v_cursor, 'found', cardinality(v_ids), 'lease_id', v_found.lease_id,
    'messages', coalesce(v_found.messages, '[]')
  );
end
$function$;

CREATE OR REPLACE FUNCTION app.claim_request(p_request_key uuid, p_request text)
 RETURNS boolean
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
declare
  v_caller_id constant uuid := coalesce(app.my_id(), (auth.jwt() ->> 'api_key_id')::uuid);
  v_digest constant bytea := sha256(convert_to(p_request, 'UTF8'));
  v_known bytea;
begin
  if v_caller_id is null then
    perform app.raise_error('not_authenticated', 'Sign in first.');
  end if;

  insert into app.claimed_requests (caller_id, request_key, digest, claimed_at)
  values (v_caller_id, p_request_key, v_digest, app.clock())
  on conflict (caller_id, request_key) do nothing;
  if found then
    -- Clears a few old ones in passing, more than it adds, so the table stays as small as its use.
    delete from app.claimed_requests
    where (caller_id, request_key) in (
      select old.caller_id, old.request_key
      from app.claimed_requests as old
      where old.claimed_at < app.clock() - interval '1 day'
      order by old.claimed_at
      limit 3
      for update skip locked
    );
    return true;
  end if;

  select requests.digest into v_known
  from app.claimed_requests as requests
  where requests.caller_id = v_caller_id and requests.request_key = p_request_key;
  if v_known is distinct from v_digest then
    perform app.raise_error(
      'conflict', 'This request key was used for another request.', p_hint => 'Make a new key for each request.'
    );
  end if;
  return false;
end
$function$;

CREATE OR REPLACE FUNCTION app.close_lost_runs(p_slot integer)
 RETURNS void
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
declare
  v_run_id uuid;
begin
  update public.job_runs as runs
  set outcome = 'lost', ended_at = clock_timestamp(), message = 'Its server ended during the run.'
  where runs.slot = p_slot and runs.outcome = 'running'
  returning runs.id into v_run_id;
  if v_run_id is not null then
    perform app.count_outcome(v_run_id);
  end if;
end
$function$;

CREATE OR REPLACE FUNCTION app.count_failure(p_now timestamp with time zone, p_org_id uuid, p_notification_id uuid, p_attempts_before integer, p_error text, p_is_final boolean DEFAULT false, p_retry_seconds numeric DEFAULT NULL::numeric)
 RETURNS void
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
declare
  v_queue public.notification_queue;
  v_pause numeric;
begin
  update public.notification_queue as queue
  set
    attempt_count = queue.attempt_count + 1,
    last_error = left(p_error, 500),
    status = case when p_is_final or queue.attempt_count + 1 >= queue.max_attempts then 'dead' else queue.status end,
    settled_at = case when p_is_final or queue.attempt_count + 1 >= queue.max_attempts then p_now end,
    died_at = case when p_is_final or queue.attempt_count + 1 >= queue.max_attempts then p_now end
  where
    queue.org_id = p_org_id and queue.id = p_notification_id and queue.status = 'pending'
    and queue.attempt_count = p_attempts_before
  returning queue.* into v_queue;
  if v_queue.status = 'dead' then
    perform app.leave_lines(array[p_org_id], array[p_notification_id]);
  elsif v_queue.status = 'pending' then
    v_pause := least(5 * power(2, least(v_queue.attempt_count - 1, 10)), 3600) * (0.5 + random()::numeric);
    -- What the receiver asked for is honoured within a day.
    v_pause := greatest(v_pause, least(coalesce(p_retry_seconds, 0), 86400));
    perform app.add_task(
      p_org_id, p_notification_id, v_queue.priority, p_now + make_interval(secs => v_pause), v_queue.line_key
    );
  end if;
end
$function$;

CREATE OR REPLACE FUNCTION app.count_outcome(p_run_id uuid)
 RETURNS void
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
declare
  v_run public.job_runs;
  v_job public.scheduled_jobs;
  v_failure_count integer;
begin
  select runs.* into v_run from public.job_runs as runs where runs.id = p_run_id;
  select jobs.* into v_job from public.scheduled_jobs as jobs where jobs.name = v_run.job_name;

  update app.job_slots as slots
  set
    failure_count = case v_run.outcome
      when 'succeeded' then 0
      when 'stopped' then slots.failure_count
      else slots.failure_count + 1
    end,
    next_run_at = case
      when v_run.outcome in ('lost', 'stopped') and v_run.attempt < 3 and not v_run.is_manual
        and v_job.catch_up <> 'skip' then least(v_run.due_at, slots.next_run_at)
      else slots.next_run_at
    end
  where slots.slot = v_run.slot
  returning slots.failure_count into v_failure_count;

  if v_run.outcome in ('failed', 'timed_out', 'lost') and v_failure_count = v_job.alert_after then
    perform app.alert_job_failure(p_run_id);
  end if;
end
$function$;

CREATE OR REPLACE FUNCTION app.create_webhook(p_url text, p_event_types text[], p_description text, OUT webhook_id uuid, OUT secret text)
 RETURNS record
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
begin
  perform app.require_role('org_owner', 'admin');
  perform app.check_input(
    'p_url', p_url ~ '^https://[^/?#@[:space:][:cntrl:]]+([/?][^#[:space:][:cntrl:]]*)?$' and length(p_url) <= 2000,
    'The address begins with https:// and has no password and no fragment.'
  );
  perform app.check_input(
    'p_event_types', cardinality(p_event_types) between 1 and 100 and app.are_event_types(p_event_types),
    'Name 1 to 100 types of events, or a star for every one.'
  );
  perform app.check_input(
    'p_description', length(p_description) <= 500, 'The description has at most 500 characters.'
  );
  -- What is posted to many receivers is posted by us: their number is bounded.
  if (
    select count(*) from public.webhooks
    where webhooks.org_id = app.current_org() and webhooks.deleted_at is null
  ) >= 100 then
    perform app.raise_error('conflict', 'An organization has at most 100 webhooks.');
  end if;
  insert into public.webhooks (org_id, url, event_types, description)
  values (app.current_org(), p_url, p_event_types, p_description)
  returning webhooks.id into webhook_id;
  secret := app.make_webhook_secret();
  perform app.keep_channel_secret(webhook_id, secret);
end
$function$;

CREATE OR REPLACE FUNCTION app.cron_field(p_field text, p_lowest integer, p_highest integer, p_names text[] DEFAULT '{}'::text[])
 RETURNS integer[]
 LANGUAGE plpgsql
 IMMUTABLE
 SET search_path TO ''
AS $function$
declare
  v_item text;
  v_parts text[];
  v_from integer;
  v_to integer;
  v_found integer[] := '{}';
begin
  foreach v_item in array string_to_array(upper(p_field), ',') loop
    v_parts := regexp_match(v_item, '^(?:(\*)|([0-9]{1,2}|[A-Z]{3})(?:-([0-9]{1,2}|[A-Z]{3}))?)(?:/([0-9]{1,2}))?$');
    if v_parts is null then
      return null;
    end if;
    v_from := case
      when v_parts[1] is not null then p_lowest
      when v_parts[2] ~ '^[0-9]' then v_parts[2]::integer
      else array_position(p_names, v_parts[2]) - 1 + p_lowest
    end;
    v_to := case
      when v_parts[3] ~ '^[0-9]' then v_parts[3]::integer
      when v_parts[3] is not null then array_position(p_names, v_parts[3]) - 1 + p_lowest
      -- A star, or a number with a step: to the end.
      when v_parts[1] is not null or v_parts[4] is not null then p_highest
      else v_from
    end;
    if (v_from >= p_lowest and v_from <= v_to and v_to <= p_highest) is not true or v_parts[4]::integer = 0 then
      return null;
    end if;
    v_found := v_found || array(select generate_series(v_from, v_to, coalesce(v_parts[4]::integer, 1)));
  end loop;
  return array(select distinct numbers.n from unnest(v_found) as numbers (n) order by 1);
end
$function$;

CREATE OR REPLACE FUNCTION app.cron_fields(p_cron text, OUT minutes integer[], OUT hours integer[], OUT days integer[], OUT has_last_day boolean, OUT months integer[], OUT weekdays integer[])
 RETURNS record
 LANGUAGE plpgsql
 IMMUTABLE
 SET search_path TO ''
AS $function$
declare
  v_fields constant text[] := regexp_split_to_array(upper(p_cron), ' +');
begin
  if array_length(v_fields, 1) is distinct from 5 then
    return;
  end if;
  minutes := app.cron_field(v_fields[1], 0, 59);
  hours := app.cron_field(v_fields[2], 0, 23);
  has_last_day := v_fields[3] ~ '(^|,)L(,|$)';
  days := case
    when v_fields[3] = 'L' then '{}'::integer[]
    else app.cron_field(regexp_replace(v_fields[3], ',L(?=,|$)|^L,', '', 'g'), 1, 31)
  end;
  months := app.cron_field(v_fields[4], 1, 12, '{JAN,FEB,MAR,APR,MAY,JUN,JUL,AUG,SEP,OCT,NOV,DEC}');
  weekdays := app.cron_field(v_fields[5], 0, 7, '{SUN,MON,TUE,WED,THU,FRI,SAT}');
end
$function$;

CREATE OR REPLACE FUNCTION app.describe_failure(p_state text, p_message text)
 RETURNS text
 LANGUAGE sql
 IMMUTABLE
 SET search_path TO ''
AS $function$
  select left(
    p_state || ': ' || case
      when p_state like '22%' then 'bad data; what is wrong with it may repeat a value, and is left out'
      else p_message
    end,
    1000
  )
$function$;

CREATE OR REPLACE FUNCTION app.destroy_data_keys(p_org_id uuid, p_subject_id uuid DEFAULT NULL::uuid)
 RETURNS integer
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
declare
  v_key_id uuid;
  v_table record;
  v_done integer := 0;
begin
  if p_org_id is null and p_subject_id is null then
    raise exception 'app.destroy_data_keys: name an organization, a person, or both';
  end if;
  for v_key_id in
    select keys.id from app.data_keys as keys
    where
      keys.wrapped_key is not null
      and (p_org_id is null or keys.org_id = p_org_id)
      and (p_subject_id is null or keys.subject_id = p_subject_id)
    order by keys.id
  loop
    perform pg_advisory_xact_lock(hashtextextended('carebase.data_key.' || v_key_id, 0));
    update app.data_keys
    set wrapped_key = null, retired_at = coalesce(retired_at, now()), destroyed_at = now()
    where data_keys.id = v_key_id;
    v_done := v_done + 1;
  end loop;

  if p_subject_id is not null then
    perform set_config('carebase.resealing', 'on', true);
    for v_table in
      select sealed.* from app.sealed_tables() as sealed
      where sealed.subject <> 'null::uuid' and cardinality(sealed.indexed) > 0
    loop
      execute format(
        'update %s set %s where %s = $1 and ($2 is null or %s = $2)',
        v_table.name,
        (select string_agg(format('%I = null', each.name || '_index'), ', ') from unnest(v_table.indexed) as each (name)),
        v_table.subject, v_table.org
      ) using p_subject_id, p_org_id;
    end loop;
    perform set_config('carebase.resealing', '', true);
  end if;
  perform app.audit(
    'configure', p_org_id, 'app.data_keys', p_changes => jsonb_build_object('destroyed', v_done),
    p_operation => 'destroy_keys',
    p_subject_ids => case when p_subject_id is not null then array[p_subject_id] end
  );
  return v_done;
end
$function$;

CREATE OR REPLACE FUNCTION app.destroy_kek(p_version integer)
 RETURNS void
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
begin
  if not exists (
    select from app.key_encryption_keys as keks where keks.version = p_version and keks.retired_at is not null
  ) or exists (
    select from app.data_keys as keys where keys.kek_version = p_version and keys.wrapped_key is not null
  ) then
    raise exception 'Key-encryption key % still wraps keys, or there is none.', p_version
    using errcode = 'object_not_in_prerequisite_state', hint = 'Rewrap first: carebase keys rewrap.';
  end if;
  delete from vault.secrets where secrets.name = 'carebase_phi_kek_' || p_version;
  update app.key_encryption_keys set destroyed_at = now(), ciphertext = null
  where version = p_version and destroyed_at is null;
end
$function$;

CREATE OR REPLACE FUNCTION app.destroy_retired_index_keys()
 RETURNS integer
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
declare
  v_done integer;
begin
  update app.data_keys set wrapped_key = null, destroyed_at = now()
  where purpose = 'index' and retired_at is not null and destroyed_at is null;
  get diagnostics v_done = row_count;
  return v_done;
end
$function$;

CREATE OR REPLACE FUNCTION app.drop_audit_months(p_before date)
 RETURNS integer
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
declare
  v_partition record;
  v_count integer := 0;
begin
  if p_before is null or p_before > app.audit_month(app.clock() - interval '6 years') then
    raise exception 'Audit events are kept for six years: nothing after % can be dropped.',
      app.audit_month(app.clock() - interval '6 years')
    using errcode = 'invalid_parameter_value';
  end if;
  -- In the order in which sealing and making partitions lock.
  perform pg_advisory_xact_lock(hashtext('carebase.audit.seal'));
  perform pg_advisory_xact_lock(hashtext('carebase.audit.partitions'));
  for v_partition in
    select partitions.* from app.audit_partitions() as partitions
    where partitions.to_date <= p_before
    order by partitions.from_date
  loop
    v_count := v_count + app.drop_audit_partition(v_partition.name, v_partition.from_date, v_partition.to_date);
  end loop;
  return v_count;
end
$function$;

CREATE OR REPLACE FUNCTION app.drop_audit_partition(p_name text, p_from date, p_to date)
 RETURNS integer
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
declare
  v_month date;
  v_row app.audit_dropped_months;
  v_events bigint;
  v_sealed bigint;
  v_count integer := 0;
begin
  execute format('lock table app.%I in access exclusive mode', p_name);
  execute format('select count(*) from app.%I', p_name) into v_events;
  select coalesce(sum(seals.event_count), 0) into v_sealed
  from app.audit_seals as seals
  where seals.month_date >= p_from and seals.month_date < p_to;
  if v_events <> v_sealed then
    raise exception '% has % events, and % are sealed: nothing was dropped.', p_name, v_events, v_sealed
    using errcode = 'object_not_in_prerequisite_state', hint = 'Run: carebase audit verify';
  end if;

  for v_month in
    select months.first_at::date
    from generate_series(p_from::timestamp, p_to - interval '1 month', interval '1 month') as months (first_at)
  loop
    v_row.month_date := v_month;
    v_row.event_count := (
      select coalesce(sum(seals.event_count), 0) from app.audit_seals as seals where seals.month_date = v_month
    );
    v_row.run_number := (select coalesce(max(runs.number), 0) from app.audit_runs as runs);
    v_row.key_version := app.audit_key_version();
    v_row.dropped_at := clock_timestamp();
    v_row.code := app.audit_drop_code(
      v_row, app.audit_key('00000000-0000-0000-0000-000000000000', v_row.key_version)
    );
    insert into app.audit_dropped_months select v_row.*;
    execute format('drop table if exists app.%I', 'audit_contents_' || to_char(v_month, 'YYYY_MM'));
    v_count := v_count + 1;
  end loop;
  execute format('drop table app.%I', p_name);
  perform app.audit(
    'purge', null, 'public.audit_events', p_operation => 'drop_audit_months',
    p_changes => jsonb_build_object(
      'from', jsonb_build_array(p_from, null), 'to', jsonb_build_array(p_to, null),
      'events', jsonb_build_array(v_events, null)
    )
  );
  return v_count;
end
$function$;

CREATE OR REPLACE FUNCTION app.due_slots(p_name text, p_org_id uuid)
 RETURNS integer[]
 LANGUAGE sql
 STABLE
 SET search_path TO ''
AS $function$
  select array(
    select slots.slot
    from app.job_slots as slots
    inner join public.scheduled_jobs as jobs on jobs.name = slots.job_name
    left join public.organizations as orgs on orgs.id = slots.for_org_id
    where
      case
        when p_name is null then slots.next_run_at <= app.clock() and jobs.paused_at is null
        else slots.job_name = p_name and slots.for_org_id is not distinct from p_org_id
      end
      and (slots.for_org_id is null or (orgs.is_active and orgs.deleted_at is null))
    order by slots.next_run_at, slots.slot
    limit 50
  )
$function$;

CREATE OR REPLACE FUNCTION app.emit_event(p_org_id uuid, p_event_type text, p_payload jsonb DEFAULT '{}'::jsonb, p_dedupe_key text DEFAULT NULL::text, p_line_key text DEFAULT NULL::text)
 RETURNS integer
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
declare
  v_webhook_id uuid;
  v_count integer := 0;
begin
  for v_webhook_id in
    select webhooks.id from public.webhooks
    where
      webhooks.org_id = p_org_id and webhooks.is_active and webhooks.deleted_at is null
      and webhooks.event_types && array[p_event_type, '*']
    order by webhooks.id
  loop
    perform app.enqueue_notification(
      p_org_id, 'webhook', v_webhook_id, p_event_type, p_payload,
      p_dedupe_key => p_dedupe_key || ':' || v_webhook_id, p_line_key => p_line_key || ':' || v_webhook_id
    );
    v_count := v_count + 1;
  end loop;
  return v_count;
end
$function$;

CREATE OR REPLACE FUNCTION app.empty_audit_default()
 RETURNS void
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
declare
  v_from date;
  v_to date;
begin
  if not exists (select from app.audit_events_default) then
    return;
  end if;
  lock table public.audit_events in access exclusive mode;
  select app.audit_month(min(events.occurred_at)), (app.audit_month(max(events.occurred_at)) + interval '1 month')::date
  into v_from, v_to
  from app.audit_events_default as events;
  if exists (
    select from app.audit_partitions() as partitions
    where partitions.from_date < v_to and partitions.to_date > v_from
  ) then
    raise warning 'app.audit_events_default holds events from % to before %, around other partitions; left as it is.',
      v_from, v_to;
    return;
  end if;
  alter table public.audit_events detach partition app.audit_events_default;
  perform app.make_audit_partition(v_from, v_to, 'audit_events_default');
  create table app.audit_events_default partition of public.audit_events default;
  comment on table app.audit_events_default is 'Events that no partition was made for.';
  alter table app.audit_events_default enable row level security;
  alter table app.audit_events_default force row level security;
  revoke all on app.audit_events_default from public, anon, authenticated, service_role;
  create trigger _200_append_only_truncate
  before truncate on app.audit_events_default
  for each statement execute function app.refuse_change();
end
$function$;

CREATE OR REPLACE FUNCTION app.enqueue_notification(p_org_id uuid, p_channel public.notification_channel, p_recipient uuid, p_template text, p_payload jsonb DEFAULT '{}'::jsonb, p_trigger_at timestamp with time zone DEFAULT NULL::timestamp with time zone, p_priority public.notification_priority DEFAULT 'normal'::public.notification_priority, p_dedupe_key text DEFAULT NULL::text, p_expires_at timestamp with time zone DEFAULT NULL::timestamp with time zone, p_line_key text DEFAULT NULL::text, p_max_attempts integer DEFAULT 12)
 RETURNS uuid
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
declare
  -- In this order: whoever sees that this transaction is not over yet, knows that nothing of it was due before.
  v_written_by constant xid8 := pg_current_xact_id();
  v_now constant timestamptz := app.wall_clock();
  v_trigger_at constant timestamptz := coalesce(p_trigger_at, v_now);
  v_keys jsonb;
  v_id uuid;
begin
  select templates.payload_keys into v_keys
  from public.notification_templates as templates
  where
    templates.org_id = p_org_id and templates.template_key = p_template and templates.channel = p_channel
    and templates.deleted_at is null;
  if v_keys is null then
    perform app.raise_error(
      'not_found', 'There is no such template for this channel.', jsonb_build_object('field', 'p_template')
    );
  end if;
  perform app.check_input(
    'p_payload', app.payload_fault(p_payload, v_keys) is null,
    coalesce(app.payload_fault(p_payload, v_keys), 'The payload does not fit the template.')
  );
  perform app.check_input(
    'p_expires_at', coalesce(p_expires_at > v_trigger_at, true), 'A message expires after it may first go out.'
  );

  insert into public.notification_queue (
    org_id, channel, recipient_id, webhook_id, integration_id, template_key, payload, priority, trigger_at,
    expires_at, dedupe_key, line_key, max_attempts, created_at, created_by
  )
  values (
    p_org_id, p_channel,
    case when p_channel in ('email', 'sms', 'in_app') then p_recipient end,
    case p_channel when 'webhook' then p_recipient end,
    case p_channel when 'chat' then p_recipient end,
    p_template, p_payload, p_priority, v_trigger_at, p_expires_at, p_dedupe_key, p_line_key, p_max_attempts,
    v_now, auth.uid()
  )
  on conflict (org_id, dedupe_key) where dedupe_key is not null do nothing
  returning id into v_id;

  if v_id is null then
    return (
      select queue.id from public.notification_queue as queue
      where queue.org_id = p_org_id and queue.dedupe_key = p_dedupe_key
    );
  end if;
  perform app.add_task(p_org_id, v_id, p_priority, greatest(v_trigger_at, v_now), p_line_key);
  return v_id;
end
$function$;

CREATE OR REPLACE FUNCTION app.ensure_job_failed_templates(p_org_id uuid)
 RETURNS void
 LANGUAGE sql
 SET search_path TO ''
AS $function$
  select app.ensure_template(
    p_org_id, 'job.failed', each.channel, 'Job {{ job }} fails',
    'Job {{ job }} failed again and again. `carebase jobs history {{ job }} --failed` says why. Run: {{ run }}',
    '{"job": "code", "run": "id"}'
  )
  from unnest(array['email', 'in_app', 'webhook']::public.notification_channel[]) as each (channel)
$function$;

CREATE OR REPLACE FUNCTION app.ensure_secret(p_name text)
 RETURNS void
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
begin
  if not exists (select from vault.secrets where secrets.name = p_name) then
    perform vault.create_secret(
      encode(extensions.gen_random_bytes(32), 'hex'), p_name, 'Made by carebase. Losing it loses what it protects.'
    );
  end if;
end
$function$;

CREATE OR REPLACE FUNCTION app.ensure_template(p_org_id uuid, p_template text, p_channel public.notification_channel, p_subject text, p_body text, p_keys jsonb)
 RETURNS void
 LANGUAGE sql
 SET search_path TO ''
AS $function$
  insert into public.notification_templates (org_id, template_key, channel, subject, body, payload_keys)
  values (p_org_id, p_template, p_channel, p_subject, p_body, p_keys)
  on conflict (org_id, template_key, channel) do nothing
$function$;

CREATE OR REPLACE FUNCTION app.finish_job(p_run_id uuid, p_outcome public.job_outcome, p_message text DEFAULT NULL::text)
 RETURNS void
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
declare
  v_slot integer;
begin
  update public.job_runs as runs
  set outcome = p_outcome, message = left(p_message, 1000), ended_at = clock_timestamp()
  where runs.id = p_run_id and runs.outcome = 'running'
  returning runs.slot into v_slot;
  if not found then
    return;
  end if;
  perform app.count_outcome(p_run_id);
  perform pg_advisory_unlock(app.job_lock_class(), v_slot);
end
$function$;

CREATE OR REPLACE FUNCTION app.first_due(p_written_by xid8[], p_written_from xid8)
 RETURNS timestamp with time zone
 LANGUAGE sql
 STABLE
 SET search_path TO ''
 SET enable_seqscan TO 'off'
AS $function$
  select min(tasks.due_at) from app.notification_tasks as tasks
  where tasks.written_by = any(p_written_by) or tasks.written_by >= p_written_from
$function$;

CREATE OR REPLACE FUNCTION app.first_of_day(p_begins bigint, p_offset_before bigint, p_offset_after bigint, p_changes bigint, p_seconds bigint[], p_is_fixed boolean, p_after bigint)
 RETURNS bigint
 LANGUAGE plpgsql
 IMMUTABLE
 SET search_path TO ''
AS $function$
begin
  if p_changes is null then
    return (
      select min(p_begins - p_offset_before + times.t)
      from unnest(p_seconds) as times (t)
      where p_begins - p_offset_before + times.t > p_after
    );
  end if;
  return (
    select min(moments.moment)
    from unnest(p_seconds) as times (t)
    cross join lateral (
      select p_begins + times.t - p_offset_before as old, p_begins + times.t - p_offset_after as new
    ) as clocks
    cross join lateral (
      values
        (case when clocks.old < p_changes then clocks.old end),
        (
          case
            when clocks.new >= p_changes and (clocks.old >= p_changes or not p_is_fixed) then clocks.new
            when clocks.new < p_changes and clocks.old >= p_changes and p_is_fixed then p_changes
          end
        )
    ) as moments (moment)
    where moments.moment > p_after
  );
end
$function$;

CREATE OR REPLACE FUNCTION app.first_uuid_v7(p_at timestamp with time zone)
 RETURNS uuid
 LANGUAGE sql
 IMMUTABLE
RETURN (encode((SUBSTRING(int8send(((EXTRACT(epoch FROM p_at) * (1000)::numeric))::bigint) FROM 3) || '\x70008000000000000000'::bytea), 'hex'::text))::uuid;

CREATE OR REPLACE FUNCTION app.found_notifications(p_now timestamp with time zone, p_org_ids uuid[], p_notification_ids uuid[], OUT place bigint, OUT org_id uuid, OUT id uuid, OUT channel public.notification_channel, OUT recipient_id uuid, OUT webhook_id uuid, OUT template_key text, OUT payload jsonb, OUT status public.notification_status, OUT attempt_count smallint, OUT created_at timestamp with time zone, OUT expires_at timestamp with time zone, OUT organization_name text, OUT is_org_active boolean, OUT recipient_name text, OUT is_member boolean, OUT address text, OUT muted_channels public.notification_channel[], OUT quiet_until timestamp with time zone, OUT is_webhook_active boolean, OUT service_id uuid, OUT service_kind public.integration_kind, OUT service_settings jsonb, OUT subject text, OUT template_body text)
 RETURNS SETOF record
 LANGUAGE plpgsql
 STABLE
 SET search_path TO ''
 SET enable_seqscan TO 'off'
 SET enable_hashjoin TO 'off'
 SET enable_mergejoin TO 'off'
 SET plan_cache_mode TO 'force_generic_plan'
AS $function$
begin
  return query
  select
    given.place, queue.org_id, queue.id, queue.channel, queue.recipient_id, queue.webhook_id, queue.template_key,
    queue.payload, queue.status, queue.attempt_count, queue.created_at, queue.expires_at,
    organizations.name, organizations.is_active and organizations.deleted_at is null,
    profiles.display_name,
    profiles.is_active and profiles.deleted_at is null and exists (
      select from public.role_assignments as roles
      where
        roles.org_id = queue.org_id and roles.user_id = queue.recipient_id and roles.deleted_at is null
        and roles.valid_during @> p_now
    ),
    case queue.channel
      when 'email' then people.email::text
      when 'sms' then '+' || ltrim(people.phone, '+')
      when 'webhook' then webhooks.url
    end,
    coalesce(preferences.muted_channels, '{}'),
    case
      when queue.channel in ('email', 'sms') and queue.priority <> 'urgent' and preferences.user_id is not null
        then app.quiet_until(
          p_now, coalesce(preferences.time_zone, organizations.time_zone), preferences.quiet_from,
          preferences.quiet_until, preferences.quiet_days
        )
    end,
    webhooks.is_active and webhooks.deleted_at is null,
    services.id, services.kind, services.settings,
    templates.subject, templates.body
  from unnest(p_org_ids, p_notification_ids) with ordinality as given (org_id, id, place)
  inner join public.notification_queue as queue on queue.org_id = given.org_id and queue.id = given.id
  inner join public.organizations on organizations.id = queue.org_id
  left join public.profiles on profiles.id = queue.recipient_id
  left join auth.users as people on people.id = queue.recipient_id
  left join public.notification_preferences as preferences
    on preferences.org_id = queue.org_id and preferences.user_id = queue.recipient_id
  left join public.webhooks on webhooks.org_id = queue.org_id and webhooks.id = queue.webhook_id
  left join public.notification_templates as templates
    on templates.org_id = queue.org_id and templates.template_key = queue.template_key
    and templates.channel = queue.channel and templates.deleted_at is null
  left join lateral (
    select configs.id, configs.kind, configs.settings
    from public.integration_configs as configs
    where
      configs.org_id = queue.org_id and configs.is_active and configs.deleted_at is null
      and case queue.channel
        when 'chat' then configs.id = queue.integration_id
        when 'email' then configs.kind in ('smtp', 'resend')
        when 'sms' then configs.kind = 'twilio'
        else false
      end
    order by configs.id
    limit 1
  ) as services on true;
end
$function$;

CREATE OR REPLACE FUNCTION app.greater_value(p_one jsonb, p_other jsonb)
 RETURNS jsonb
 LANGUAGE sql
 IMMUTABLE
 SET search_path TO ''
AS $function$
  select case
    when p_one = 'null' then p_other
    when p_other = 'null' then p_one
    when jsonb_typeof(p_one) = 'number' then greatest(p_one, p_other)
    -- Dates and moments as Postgres writes them in one time zone sort as text.
    when p_one #>> '{}' collate "C" >= p_other #>> '{}' then p_one
    else p_other
  end
$function$;

CREATE OR REPLACE FUNCTION app.guard_legal_hold()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
begin
  if
    tg_op = 'DELETE' or old.released_at is not null or new.released_at is null
    or to_jsonb(new) - '{released_at,released_by}'::text[] <> to_jsonb(old) - '{released_at,released_by}'::text[]
  then
    perform app.raise_error('conflict', 'A legal hold is released once, and never changed or deleted.');
  end if;
  return null;
end
$function$;

CREATE OR REPLACE FUNCTION app.held_clause(p_name text, p_tenant text, p_key text, p_people text[])
 RETURNS text
 LANGUAGE sql
 IMMUTABLE
 SET search_path TO ''
AS $function$
  select format(
    'app.is_held(rows.%I, %L, rows.%I, array[%s]::uuid[])', p_tenant, p_name, p_key,
    (select string_agg(format('rows.%I', people.name), ', ') from unnest(p_people) as people (name))
  )
$function$;

CREATE OR REPLACE FUNCTION app.hold_lock(p_org_id uuid)
 RETURNS bigint
 LANGUAGE sql
 IMMUTABLE
RETURN hashtextextended(('carebase.legal_holds '::text || p_org_id), (0)::bigint);

CREATE OR REPLACE FUNCTION app.index_form(p_value text)
 RETURNS text
 LANGUAGE sql
 IMMUTABLE
RETURN CASE WHEN ((octet_length(p_value) = length(p_value)) AND (strpos(p_value, '  '::text) = 0) AND (p_value !~ '[\t\n\r\f\v]'::text)) THEN lower(btrim(p_value)) ELSE lower(btrim(regexp_replace(NORMALIZE(p_value, NFKC), '\s+'::text, ' '::text, 'g'::text))) END;

CREATE OR REPLACE FUNCTION app.blind_index(p_schedule bytea, p_place bytea, p_value text)
 RETURNS bytea
 LANGUAGE sql
 STABLE
RETURN substr(app.aead_tag(p_schedule, '\x'::bytea, (p_place || convert_to(app.index_form(p_value), 'UTF8'::name))), 1, 4);

CREATE OR REPLACE FUNCTION app.is_audit_month_dropped(p_month date)
 RETURNS boolean
 LANGUAGE sql
 STABLE
 SET search_path TO ''
AS $function$
  select exists (select from app.audit_dropped_months as months where months.month_date = p_month)
$function$;

CREATE OR REPLACE FUNCTION app.is_audit_sealed(p_org_id uuid, p_event_id uuid, p_occurred_at timestamp with time zone)
 RETURNS boolean
 LANGUAGE sql
 STABLE
 SET search_path TO ''
AS $function$
  select exists (
    select from app.audit_contents as contents
    where
      contents.org_id = p_org_id
      and contents.month_date = app.audit_month(p_occurred_at)
      and contents.event_ids @> array[p_event_id]
  )
$function$;

CREATE OR REPLACE FUNCTION app.is_cron(p_cron text)
 RETURNS boolean
 LANGUAGE plpgsql
 IMMUTABLE
 SET search_path TO ''
AS $function$
begin
  return (
    select
      fields.minutes is not null and fields.hours is not null and fields.days is not null
      and fields.months is not null and fields.weekdays is not null
    from app.cron_fields(p_cron) as fields
  );
end
$function$;

CREATE OR REPLACE FUNCTION app.is_first_in_line(p_org_id uuid, p_line_key text, p_place integer, p_notification_id uuid)
 RETURNS boolean
 LANGUAGE sql
 STABLE
 SET search_path TO ''
AS $function$
  select not exists (
    select from app.notification_lines as lines
    where
      lines.org_id = p_org_id and lines.line_key = p_line_key
      and (lines.place, lines.notification_id) < (p_place, p_notification_id)
  )
$function$;

CREATE OR REPLACE FUNCTION app.is_held(p_org_id uuid, p_table_name text, p_row_id uuid, p_people uuid[])
 RETURNS boolean
 LANGUAGE sql
 STABLE
 SET search_path TO ''
AS $function$
  select exists (
    select from public.legal_holds as holds
    where
      holds.org_id = p_org_id
      and holds.released_at is null
      and coalesce(holds.table_name = p_table_name, true)
      and coalesce(holds.row_id = p_row_id, true)
      and (holds.subject_id is null or holds.subject_id = any(p_people))
  )
$function$;

CREATE OR REPLACE FUNCTION app.is_job_slot_held(p_slot integer)
 RETURNS boolean
 LANGUAGE sql
 STABLE
 SET search_path TO ''
AS $function$
  select exists (
    select
    from pg_catalog.pg_locks as locks
    inner join pg_catalog.pg_database as databases on databases.oid = locks.database
    where
      locks.locktype = 'advisory'
      and locks.granted
      and databases.datname = current_database()
      and locks.classid::bigint = app.job_lock_class()
      and locks.objid::bigint = p_slot
      and locks.objsubid = 2
  )
$function$;

CREATE OR REPLACE FUNCTION app.is_near(p_moment text, p_now timestamp with time zone)
 RETURNS boolean
 LANGUAGE plpgsql
 STABLE
 SET search_path TO ''
AS $function$
begin
  return p_moment::timestamptz between p_now - interval '2 years' and p_now + interval '5 years';
exception
  when invalid_datetime_format or datetime_field_overflow then
    return false;
end
$function$;

CREATE OR REPLACE FUNCTION app.is_own_doing(p_owner_id text)
 RETURNS boolean
 LANGUAGE sql
 STABLE
RETURN (p_owner_id = ((NULLIF(current_setting('request.jwt.claims'::text, true), ''::text))::jsonb ->> 'sub'::text));

CREATE OR REPLACE FUNCTION app.is_payload_value(p_value jsonb, p_kind text, p_now timestamp with time zone)
 RETURNS boolean
 LANGUAGE plpgsql
 STABLE
 SET search_path TO ''
AS $function$
declare
  v_text constant text := p_value #>> '{}';
begin
  if p_kind = 'number' then
    return jsonb_typeof(p_value) = 'number' and abs(v_text::numeric) < 1000000 and length(v_text) <= 12;
  end if;
  if jsonb_typeof(p_value) <> 'string' then
    return false;
  end if;
  return case p_kind
    when 'date' then v_text ~ '^[0-9]{4}-[0-9]{2}-[0-9]{2}$'
      and app.is_near(v_text, p_now)
    when 'moment' then v_text
      ~ '^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}(:[0-9]{2}([.][0-9]{1,6})?)?(Z|[+-][0-9]{2}:[0-9]{2})$'
      and app.is_near(v_text, p_now)
    when 'code' then v_text ~ '^[a-z][a-z0-9_.-]{0,63}$'
    when 'id' then v_text ~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$'
    -- A path of the application without a query: what is behind it asks who is there.
    when 'link' then v_text ~ '^/([a-z0-9._~-]+(/[a-z0-9._~-]+)*/?)?$' and length(v_text) <= 200
    else false
  end;
end
$function$;

CREATE OR REPLACE FUNCTION app.is_recipient(p_org_id uuid, p_channel public.notification_channel, p_recipient uuid)
 RETURNS boolean
 LANGUAGE sql
 STABLE
 SET search_path TO ''
AS $function$
  select case p_channel
    when 'webhook' then exists (
      select from public.webhooks
      where webhooks.org_id = p_org_id and webhooks.id = p_recipient and webhooks.deleted_at is null
    )
    when 'chat' then exists (
      select from public.integration_configs as configs
      where
        configs.org_id = p_org_id and configs.id = p_recipient and configs.kind in ('slack', 'teams')
        and configs.deleted_at is null
    )
    else exists (
      select from public.role_assignments as roles
      where
        roles.org_id = p_org_id and roles.user_id = p_recipient and roles.deleted_at is null
        and roles.valid_during @> app.clock()
    )
  end
$function$;

CREATE OR REPLACE FUNCTION app.is_sealed(p_value bytea, p_max_length integer DEFAULT 10000)
 RETURNS boolean
 LANGUAGE sql
 IMMUTABLE
RETURN ((length(p_value) >= 81) AND (length(p_value) <= p_max_length) AND (get_byte(p_value, 0) = 1) AND (((length(p_value) - 65) % 16) = 0));

CREATE OR REPLACE FUNCTION app.job_lock_class()
 RETURNS integer
 LANGUAGE sql
 IMMUTABLE
 SET search_path TO ''
AS $function$
  select 207300731
$function$;

CREATE OR REPLACE FUNCTION app.job_make_audit_partitions()
 RETURNS integer
 LANGUAGE sql
 SET search_path TO ''
AS $function$
  select app.make_audit_partitions()
$function$;

CREATE OR REPLACE FUNCTION app.job_purge_invitations(p_limit integer)
 RETURNS integer
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
declare
  v_count integer;
begin
  delete from app.invitations as offers
  where (offers.org_id, offers.id) in (
    select closed.org_id, closed.id
    from app.invitations as closed
    where coalesce(closed.accepted_at, closed.revoked_at, closed.expires_at) < app.clock() - interval '30 days'
    limit p_limit
    for update skip locked
  );
  get diagnostics v_count = row_count;
  return v_count;
end
$function$;

CREATE OR REPLACE FUNCTION app.job_purge_job_runs(p_limit integer)
 RETURNS integer
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
declare
  v_count integer;
begin
  delete from public.job_runs as runs
  where runs.id in (
    select old.id
    from public.job_runs as old
    where old.ended_at < app.clock() - interval '90 days'
    limit p_limit
    for update skip locked
  );
  get diagnostics v_count = row_count;
  if to_regclass('cron.job_run_details') is not null then
    execute 'delete from cron.job_run_details where end_time < now() - interval ''7 days''';
  end if;
  return v_count;
end
$function$;

CREATE OR REPLACE FUNCTION app.job_purge_notifications(p_org_id uuid, p_limit integer)
 RETURNS integer
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
declare
  v_until constant timestamptz := app.clock() - interval '400 days';
  v_count integer;
begin
  delete from public.notification_queue as queue
  where
    queue.org_id = p_org_id
    and queue.id in (
      select old.id from public.notification_queue as old
      where old.org_id = p_org_id and old.id < app.first_uuid_v7(v_until) and old.settled_at < v_until
      order by old.id
      limit p_limit
      for update skip locked
    );
  get diagnostics v_count = row_count;
  return v_count;
end
$function$;

CREATE OR REPLACE FUNCTION app.job_purge_rate_limits(p_limit integer)
 RETURNS integer
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
declare
  v_count integer;
begin
  delete from app.rate_limits as limits
  where (limits.action, limits.subject, limits.ends_at) in (
    select old.action, old.subject, old.ends_at
    from app.rate_limits as old
    where old.ends_at < app.clock() - interval '1 hour'
    order by old.ends_at
    limit p_limit
    for update skip locked
  );
  get diagnostics v_count = row_count;
  return v_count;
end
$function$;

CREATE OR REPLACE FUNCTION app.job_purge_removed(p_org_id uuid, p_limit integer)
 RETURNS integer
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
declare
  v_name text;
  v_before integer;
  v_count integer := 0;
begin
  loop
    v_before := v_count;
    for v_name in select purged.name from app.purged_tables() as purged loop
      exit when v_count >= p_limit;
      v_count := v_count + app.purge_removed(v_name, p_org_id, p_limit - v_count);
    end loop;
    exit when v_count = v_before or v_count >= p_limit;
  end loop;
  return v_count;
end
$function$;

CREATE OR REPLACE FUNCTION app.job_purge_sessions(p_limit integer)
 RETURNS integer
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
declare
  v_ids uuid[];
begin
  v_ids := array(
    select sessions.id
    from auth.sessions
    inner join public.user_sessions as reaches on reaches.id = sessions.id
    left join app.session_activity as activity on activity.session_id = sessions.id
    where
      reaches.ends_at < app.clock() - interval '1 day'
      or coalesce(activity.last_seen_at, reaches.started_at) + reaches.idle_limit < app.clock() - interval '1 day'
    order by sessions.id
    limit p_limit
    for update of sessions, reaches skip locked
  );
  delete from auth.sessions where sessions.id = any(v_ids);
  return cardinality(v_ids);
end
$function$;

CREATE OR REPLACE FUNCTION app.job_rotate_data_keys(p_limit integer, p_due_at timestamp with time zone)
 RETURNS integer
 LANGUAGE sql
 SET search_path TO ''
AS $function$
  select app.rotate_data_keys(null, p_due_at, p_limit)
$function$;

CREATE OR REPLACE FUNCTION app.job_seal_audit(p_limit integer)
 RETURNS integer
 LANGUAGE sql
 SET search_path TO ''
AS $function$
  select app.seal_audit(p_limit)
$function$;

CREATE OR REPLACE FUNCTION app.keep_channel_secret(p_id uuid, p_secret text)
 RETURNS void
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
declare
  v_name constant text := 'carebase_channel_' || p_id;
  v_secret_id uuid;
begin
  select secrets.id into v_secret_id from vault.secrets where secrets.name = v_name;
  if v_secret_id is null then
    perform vault.create_secret(p_secret, v_name, 'Of a webhook or integration of carebase.');
  else
    perform vault.update_secret(v_secret_id, p_secret);
  end if;
end
$function$;

CREATE OR REPLACE FUNCTION app.kek_schedule(p_version integer)
 RETURNS bytea
 LANGUAGE plpgsql
 STABLE
 SET search_path TO ''
AS $function$
begin
  return app.aead_schedule(decode(app.secret('carebase_phi_kek_' || p_version), 'hex'));
end
$function$;

CREATE OR REPLACE FUNCTION app.lease_notifications(p_worker text, p_lease interval, p_now timestamp with time zone, p_org_ids uuid[], p_notification_ids uuid[], OUT lease_id uuid, OUT messages json)
 RETURNS record
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
declare
  v_org_ids uuid[];
  v_ids uuid[];
  v_counts smallint[];
  v_aside jsonb;
begin
  if cardinality(p_notification_ids) = 0 then
    return;
  end if;
  select
    array_agg(told.org_id) filter (where told.verdict = 'send'),
    array_agg(told.id) filter (where told.verdict = 'send'),
    array_agg(told.attempt_count) filter (where told.verdict = 'send'),
    json_agg(told.document order by told.place) filter (where told.verdict = 'send'),
    jsonb_agg(jsonb_build_object(
      'org_id', told.org_id, 'id', told.id, 'verdict', told.verdict, 'quiet_until', told.quiet_until,
      'reason', told.reason
    )) filter (where told.verdict not in ('send', 'settled'))
  into v_org_ids, v_ids, v_counts, messages, v_aside
  from app.notification_documents(p_now, p_org_ids, p_notification_ids) as told;

  if v_aside is not null then
    perform app.set_aside(p_now, v_aside);
  end if;
  if v_ids is null then
    return;
  end if;
  insert into app.notification_leases (worker, ends_at, org_ids, notification_ids, attempt_counts)
  values (p_worker, p_now + p_lease, v_org_ids, v_ids, v_counts)
  returning id into lease_id;
end
$function$;

CREATE OR REPLACE FUNCTION app.leave_lines(p_org_ids uuid[], p_notification_ids uuid[])
 RETURNS void
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
declare
  v_line record;
  v_next record;
begin
  for v_line in
    delete from app.notification_lines as lines
    using unnest(p_org_ids, p_notification_ids) as given (org_id, id)
    where lines.org_id = given.org_id and lines.notification_id = given.id
    returning lines.org_id, lines.line_key
  loop
    select lines.notification_id into v_next
    from app.notification_lines as lines
    where lines.org_id = v_line.org_id and lines.line_key = v_line.line_key
    order by lines.place, lines.notification_id
    limit 1;
    if found then
      update app.notification_tasks as tasks
      set due_at = greatest(tasks.due_at, app.wall_clock()), written_by = pg_current_xact_id()
      where tasks.org_id = v_line.org_id and tasks.notification_id = v_next.notification_id;
    end if;
  end loop;
end
$function$;

CREATE OR REPLACE FUNCTION app.make_audit_contents_partition(p_month date)
 RETURNS void
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
declare
  v_name constant text := 'audit_contents_' || to_char(p_month, 'YYYY_MM');
begin
  if to_regclass('app.' || v_name) is not null then
    return;
  end if;
  execute format(
    'create table app.%I partition of app.audit_contents for values from (%L) to (%L)',
    v_name, p_month, (p_month + interval '1 month')::date
  );
  execute format('alter table app.%I enable row level security, force row level security', v_name);
  execute format('revoke all on app.%I from public, anon, authenticated, service_role', v_name);
  execute format('comment on table app.%I is %L', v_name, 'What seals of ' || to_char(p_month, 'YYYY-MM') || ' are over.');
  -- Digests do not compress.
  execute format('alter table app.%I alter column event_digests set storage external', v_name);
  execute format(
    'create trigger _200_append_only_truncate before truncate on app.%I '
    'for each statement execute function app.refuse_change()', v_name
  );
end
$function$;

CREATE OR REPLACE FUNCTION app.make_audit_partition(p_from date, p_to date, p_from_table text DEFAULT NULL::text)
 RETURNS integer
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
declare
  v_name constant text := 'audit_events_' || to_char(p_from, 'YYYY_MM');
  v_bounds constant text := format(
    'for values from (%L) to (%L)', p_from::text || ' 00:00:00+00', p_to::text || ' 00:00:00+00'
  );
begin
  -- The month may be in a partition of several.
  if exists (
    select from app.audit_partitions() as partitions
    where partitions.from_date < p_to and partitions.to_date > p_from
  ) then
    return 0;
  end if;
  if p_from_table is null then
    execute format('create table app.%I partition of public.audit_events %s', v_name, v_bounds);
    execute format(
      'create trigger _200_append_only_truncate before truncate on app.%I '
      'for each statement execute function app.refuse_change()', v_name
    );
  else
    execute format('alter table app.%I rename to %I', p_from_table, v_name);
    execute format('alter table public.audit_events attach partition app.%I %s', v_name, v_bounds);
  end if;
  execute format('alter table app.%I enable row level security, force row level security', v_name);
  execute format('revoke all on app.%I from public, anon, authenticated, service_role', v_name);
  execute format('comment on table app.%I is %L', v_name, 'Audit events from ' || p_from || ' to before ' || p_to || '.');
  return 1;
end
$function$;

CREATE OR REPLACE FUNCTION app.make_audit_partitions(p_months_ahead integer DEFAULT 3)
 RETURNS integer
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
declare
  v_this constant date := app.audit_month(app.clock());
  v_month date;
  v_count integer := 0;
begin
  perform pg_advisory_xact_lock(hashtext('carebase.audit.partitions'));
  perform app.empty_audit_default();
  for v_month in
    select month.first_at::date
    from generate_series(
      v_this::timestamp, v_this + make_interval(months => p_months_ahead), interval '1 month'
    ) as month (first_at)
  loop
    v_count := v_count + app.make_audit_partition(v_month, (v_month + interval '1 month')::date);
  end loop;
  return v_count;
end
$function$;

CREATE OR REPLACE FUNCTION app.make_data_key(p_purpose public.key_purpose, p_org_id uuid, p_subject_id uuid, p_replace boolean DEFAULT false, OUT key_id uuid, OUT wrapped_key bytea)
 RETURNS record
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
declare
  v_kek constant integer := app.active_kek();
  v_found app.data_keys;
begin
  perform pg_advisory_xact_lock(hashtextextended(concat_ws('.', 'carebase.make_key', p_purpose, p_org_id, p_subject_id), 0));
  select keys.* into v_found
  from app.data_keys as keys
  where
    keys.purpose = p_purpose
    and coalesce(keys.org_id, '00000000-0000-0000-0000-000000000000')
    = coalesce(p_org_id, '00000000-0000-0000-0000-000000000000')
    and coalesce(keys.subject_id, '00000000-0000-0000-0000-000000000000')
    = coalesce(p_subject_id, '00000000-0000-0000-0000-000000000000')
  order by keys.version desc
  limit 1;
  if v_found.retired_at is not null then
    perform app.refuse_key(v_found.id);
  elsif v_found.id is not null and not p_replace then
    key_id := v_found.id;
    wrapped_key := v_found.wrapped_key;
    return;
  end if;

  update app.data_keys set retired_at = now() where id = v_found.id;
  key_id := gen_random_uuid();
  wrapped_key := app.aead_seal(
    app.kek_schedule(v_kek), app.key_context(key_id, p_purpose, p_org_id, p_subject_id),
    extensions.gen_random_bytes(64), extensions.gen_random_bytes(16)
  );
  insert into app.data_keys (id, purpose, org_id, subject_id, version, kek_version, wrapped_key)
  values (key_id, p_purpose, p_org_id, p_subject_id, coalesce(v_found.version, 0) + 1, v_kek, wrapped_key);
end
$function$;

CREATE OR REPLACE FUNCTION app.make_webhook_secret()
 RETURNS text
 LANGUAGE sql
 SET search_path TO ''
AS $function$
  select 'whsec_' || encode(extensions.gen_random_bytes(32), 'base64')
$function$;

CREATE OR REPLACE FUNCTION app.mark_notifications_read(p_notification_ids uuid[])
 RETURNS integer
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
declare
  v_count integer;
begin
  perform app.require_member();
  perform app.check_input(
    'p_notification_ids', coalesce(cardinality(p_notification_ids), 0) <= 500, 'At most 500 at once.'
  );
  update public.notification_queue as queue set read_at = app.clock()
  where
    queue.recipient_id = app.my_id() and queue.org_id = app.current_org() and queue.channel = 'in_app'
    and queue.status = 'sent' and queue.read_at is null
    and (p_notification_ids is null or queue.id = any(p_notification_ids));
  get diagnostics v_count = row_count;
  return v_count;
end
$function$;

CREATE OR REPLACE FUNCTION app.merge_fields(p_theirs jsonb, p_base jsonb, p_yours jsonb, p_strategies jsonb, OUT writes jsonb, OUT conflicts jsonb)
 RETURNS record
 LANGUAGE plpgsql
 IMMUTABLE
 SET search_path TO ''
AS $function$
declare
  v_field text;
  v_theirs jsonb;
  v_yours jsonb;
  v_value jsonb;
begin
  writes := '{}';
  conflicts := '[]';
  for v_field, v_yours in
    select given.field, given.yours from jsonb_each(p_yours) as given (field, yours) order by given.field
  loop
    v_theirs := p_theirs -> v_field;
    if v_theirs = v_yours then
      continue;
    end if;
    v_value := case
      when v_theirs = p_base -> v_field then v_yours
      else case p_strategies ->> v_field
        when 'last_write' then v_yours
        when 'max' then app.greater_value(v_theirs, v_yours)
        when 'union' then app.united_values(v_theirs, v_yours)
      end
    end;
    if v_value is null then
      conflicts := conflicts || jsonb_build_object(
        'field', v_field, 'base', p_base -> v_field, 'theirs', v_theirs, 'yours', v_yours
      );
    elsif v_value <> v_theirs then
      writes := writes || jsonb_build_object(v_field, v_value);
    end if;
  end loop;
end
$function$;

CREATE OR REPLACE FUNCTION app.next_run(p_cron text, p_zone text, p_after timestamp with time zone)
 RETURNS timestamp with time zone
 LANGUAGE plpgsql
 STABLE
 SET search_path TO ''
AS $function$
declare
  v_fields constant text[] := regexp_split_to_array(p_cron, ' +');
  v_is_fixed constant boolean := v_fields[1] !~ '^\*' and v_fields[2] !~ '^\*';
  v_needs_both constant boolean := v_fields[3] ~ '^\*' or v_fields[5] ~ '^\*';
  v_after constant bigint := floor(extract(epoch from p_after));
  v_cron record;
  v_seconds bigint[];
  v_day date := (p_after at time zone p_zone)::date - 1;
  -- Eight years without a 29th of February: around 2100.
  v_end constant date := v_day + 9 * 366;
  v_is_day boolean;
  v_is_weekday boolean;
  v_zone record;
  v_changes bigint;
  v_next bigint;
  v_found bigint;
begin
  select fields.* into v_cron from app.cron_fields(p_cron) as fields;
  v_seconds := array(
    select 3600 * hours.h + 60 * minutes.m
    from unnest(v_cron.hours) as hours (h)
    cross join unnest(v_cron.minutes) as minutes (m)
    order by 1
  );
  while v_day < v_end loop
    v_is_day := extract(day from v_day) = any(v_cron.days)
      or v_cron.has_last_day and extract(day from v_day + 1) = 1;
    v_is_weekday := extract(dow from v_day) = any(v_cron.weekdays) or extract(isodow from v_day) = any(v_cron.weekdays);
    if extract(month from v_day) = any(v_cron.months)
      and (v_is_day and v_is_weekday or not v_needs_both and (v_is_day or v_is_weekday)) then
      v_zone := app.zone_day(p_zone, v_day);
      v_changes := v_zone.changes;
      v_next := app.first_of_day(v_zone.begins, v_zone.offset_before, v_zone.offset_after, v_changes, v_seconds,
        v_is_fixed, v_after);
    else
      v_next := null;
      v_changes := null;
    end if;
    -- Clocks that go back past midnight bring moments of this day after moments of the next.
    if v_found is not null or (v_next is not null and v_changes is null) then
      return to_timestamp(least(v_found, v_next));
    end if;
    v_found := v_next;
    v_day := v_day + 1;
  end loop;
  return null;
end
$function$;

CREATE OR REPLACE FUNCTION app.note_access(p_purpose public.access_purpose, p_table text, p_org_id uuid, p_subject_ids uuid[], p_row_count bigint, p_key_tags bytea[])
 RETURNS void
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
declare
  v_keys jsonb;
begin
  select coalesce(jsonb_agg(jsonb_build_object('id', keys.id, 'version', keys.version) order by keys.id), '[]')
  into v_keys
  from app.data_keys as keys
  where keys.id = any(array(select encode(each.tag, 'hex')::uuid from unnest(p_key_tags) as each (tag)));
  perform app.audit(
    'read', p_org_id, p_table,
    p_changes => jsonb_build_object('opened', p_row_count, 'keys', v_keys),
    p_operation => 'open', p_purpose => p_purpose::text, p_subject_ids => p_subject_ids
  );
end
$function$;

CREATE OR REPLACE FUNCTION app.notification_documents(p_now timestamp with time zone, p_org_ids uuid[], p_notification_ids uuid[], OUT org_id uuid, OUT id uuid, OUT attempt_count smallint, OUT verdict text, OUT reason text, OUT quiet_until timestamp with time zone, OUT place bigint, OUT document json)
 RETURNS SETOF record
 LANGUAGE plpgsql
 STABLE
 SET search_path TO ''
 SET plan_cache_mode TO 'force_generic_plan'
AS $function$
begin
  return query
  select
    judged.org_id, judged.id, judged.attempt_count, judged.verdict, judged.reason, judged.quiet_until, judged.place,
    case judged.verdict when 'send' then json_build_object(
      'org_id', judged.org_id, 'id', judged.id, 'channel', judged.channel, 'template_key', judged.template_key,
      'subject', judged.subject, 'body', judged.template_body, 'payload', judged.payload,
      'attempt', judged.attempt_count + 1, 'created_at', judged.created_at, 'expires_at', judged.expires_at,
      'organization_name', judged.organization_name, 'recipient_name', judged.recipient_name,
      'address', judged.address, 'webhook_id', judged.webhook_id, 'integration_id', judged.service_id,
      'integration_kind', judged.service_kind, 'integration_settings', judged.service_settings
    ) end
  from (
    select
      found.*, why.reason,
      case
        when found.status <> 'pending' then 'settled'
        when found.expires_at <= p_now then 'expired'
        when why.reason in ('no_address', 'template_missing') then 'dead'
        when why.reason is not null then 'cancelled'
        when found.quiet_until > p_now then 'postponed'
        else 'send'
      end as verdict
    from app.found_notifications(p_now, p_org_ids, p_notification_ids) as found
    cross join lateral (
      select case
        when not found.is_org_active then 'organization_inactive'
        when found.recipient_id is not null and not found.is_member then 'recipient_left'
        when found.channel = any(found.muted_channels) then 'muted'
        when found.webhook_id is not null and not found.is_webhook_active then 'webhook_paused'
        when found.channel = 'chat' and found.service_id is null then 'integration_paused'
        when found.template_body is null then 'template_missing'
        when found.channel in ('email', 'sms', 'webhook') and found.address is null then 'no_address'
      end as reason
    ) as why
  ) as judged;
end
$function$;

CREATE OR REPLACE FUNCTION app.only_fields(p_values jsonb, p_named jsonb)
 RETURNS jsonb
 LANGUAGE plpgsql
 IMMUTABLE
 SET search_path TO ''
AS $function$
begin
  return (
    select jsonb_object_agg(named.field, p_values -> named.field) from jsonb_object_keys(p_named) as named (field)
  );
end
$function$;

CREATE OR REPLACE FUNCTION app.open_value(p_schedule bytea, p_context bytea, p_value bytea)
 RETURNS bytea
 LANGUAGE sql
 IMMUTABLE
RETURN CASE WHEN (length(p_value) >= 81) THEN CASE WHEN ((get_byte(p_value, 0) = 1) AND (sha256(substr(p_value, (length(p_value) - 31))) = sha256(app.aead_tag(p_schedule, p_context, substr(p_value, 18, (length(p_value) - 49)))))) THEN extensions.decrypt_iv(substr(p_value, 34, (length(p_value) - 65)), substr(p_schedule, 257, 32), substr(p_value, 18, 16), 'aes'::text) ELSE NULL::bytea END ELSE NULL::bytea END;

CREATE OR REPLACE FUNCTION app.payload_fault(p_payload jsonb, p_keys jsonb)
 RETURNS text
 LANGUAGE plpgsql
 STABLE
 SET search_path TO ''
AS $function$
declare
  v_key text;
  v_value jsonb;
begin
  if jsonb_typeof(p_payload) is distinct from 'object' then
    return 'The payload is a JSON object.';
  end if;
  if not app.check_json(p_payload, 2048, 1) then
    return 'The payload is at most 2,048 bytes long and has no lists or objects in it.';
  end if;
  for v_key, v_value in select given.key, given.value from jsonb_each(p_payload) as given loop
    if not p_keys ? v_key then
      -- The name is the client's own text: it is not repeated.
      return 'The template has no value of this name.';
    end if;
    if not app.is_payload_value(v_value, p_keys ->> v_key, app.clock()) then
      return format('%s is not of the kind that the template says: %s.', v_key, p_keys ->> v_key);
    end if;
  end loop;
  return null;
end
$function$;

CREATE OR REPLACE FUNCTION app.pick_late_tasks(p_written_by xid8[], p_written_from xid8, p_cursor jsonb, p_limit integer, OUT org_ids uuid[], OUT notification_ids uuid[])
 RETURNS record
 LANGUAGE plpgsql
 SET search_path TO ''
 SET enable_seqscan TO 'off'
AS $function$
declare
  v_urgent constant timestamptz := coalesce((p_cursor -> 'urgent' ->> 0)::timestamptz, '-infinity');
  v_normal constant timestamptz := coalesce((p_cursor -> 'normal' ->> 0)::timestamptz, '-infinity');
  v_low constant timestamptz := coalesce((p_cursor -> 'low' ->> 0)::timestamptz, '-infinity');
begin
  with picked as materialized (
    select tasks.ctid as address, tasks.org_id, tasks.notification_id
    from app.notification_tasks as tasks
    where
      (tasks.written_by = any(p_written_by) or tasks.written_by >= p_written_from)
      -- What lies before the cursor is found from there, in its order.
      and tasks.due_at <= case tasks.priority when 'urgent' then v_urgent when 'normal' then v_normal else v_low end
      and (
        tasks.line_key is null
        or app.is_first_in_line(tasks.org_id, tasks.line_key, tasks.place, tasks.notification_id)
      )
    limit p_limit
    for update skip locked
  ), gone as (
    delete from app.notification_tasks where ctid = any(array(select picked.address from picked))
  )
  select coalesce(array_agg(picked.org_id), '{}'), coalesce(array_agg(picked.notification_id), '{}')
  into org_ids, notification_ids
  from picked;
end
$function$;

CREATE OR REPLACE FUNCTION app.pick_tasks(p_now timestamp with time zone, p_priority public.notification_priority, p_from_at timestamp with time zone, p_from_id uuid, p_limit integer, OUT org_ids uuid[], OUT notification_ids uuid[], OUT seen_at timestamp with time zone, OUT seen_id uuid)
 RETURNS record
 LANGUAGE plpgsql
 SET search_path TO ''
 SET enable_seqscan TO 'off'
 SET enable_bitmapscan TO 'off'
 SET enable_sort TO 'off'
AS $function$
begin
  with picked as materialized (
    select tasks.ctid as address, tasks.org_id, tasks.notification_id, tasks.due_at
    from app.notification_tasks as tasks
    where
      tasks.priority = p_priority and tasks.due_at <= p_now
      and (tasks.due_at, tasks.notification_id) > (p_from_at, p_from_id)
      and (
        tasks.line_key is null
        or app.is_first_in_line(tasks.org_id, tasks.line_key, tasks.place, tasks.notification_id)
      )
    order by tasks.due_at, tasks.notification_id
    limit p_limit
    for update skip locked
  ), gone as (
    delete from app.notification_tasks where ctid = any(array(select picked.address from picked))
  )
  select
    coalesce(array_agg(picked.org_id), '{}'), coalesce(array_agg(picked.notification_id), '{}'),
    max(picked.due_at)
  into org_ids, notification_ids, seen_at
  from picked;

  if cardinality(notification_ids) < p_limit then
    seen_at := p_now;
    seen_id := 'ffffffff-ffff-ffff-ffff-ffffffffffff';
  else
    seen_id := notification_ids[cardinality(notification_ids)];
  end if;
end
$function$;

CREATE OR REPLACE FUNCTION app.place_legal_hold(p_reason_code public.legal_hold_reason, p_table_name text, p_row_id uuid, p_subject_id uuid, p_reference text)
 RETURNS uuid
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
declare
  v_org_id uuid;
  v_hold public.legal_holds;
begin
  perform app.require_role('org_owner', 'compliance_lead');
  v_org_id := app.current_org();
  perform app.check_input(
    'p_table_name',
    p_table_name is null or exists (select from app.purged_tables() as purged where purged.name = p_table_name),
    'It is a table that get_retention() names.'
  );
  perform pg_advisory_xact_lock(app.hold_lock(v_org_id));
  perform app.require_holdable(v_org_id, p_table_name, p_row_id, p_subject_id);
  -- The moment after the waiting, and not that of the transaction: no deletion of what is held is later.
  insert into public.legal_holds (org_id, reason_code, reference, table_name, row_id, subject_id, placed_at, placed_by)
  values (v_org_id, p_reason_code, p_reference, p_table_name, p_row_id, p_subject_id, clock_timestamp(), app.my_id())
  returning * into v_hold;
  perform app.audit_hold(v_hold, 'place_legal_hold');
  return v_hold.id;
end
$function$;

CREATE OR REPLACE FUNCTION app.plain(p_value date)
 RETURNS bytea
 LANGUAGE sql
 STABLE
RETURN convert_to((to_json(p_value) #>> '{}'::text[]), 'UTF8'::name);

CREATE OR REPLACE FUNCTION app.plain(p_value jsonb)
 RETURNS bytea
 LANGUAGE sql
 STABLE
RETURN convert_to((p_value)::text, 'UTF8'::name);

CREATE OR REPLACE FUNCTION app.plain(p_value text)
 RETURNS bytea
 LANGUAGE sql
 STABLE
RETURN convert_to(p_value, 'UTF8'::name);

CREATE OR REPLACE FUNCTION app.plan_jobs()
 RETURNS void
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
begin
  perform pg_advisory_xact_lock(app.job_lock_class(), 0);

  delete from app.job_slots as slots
  where
    slots.for_org_id is not null
    and not exists (select from public.organizations where organizations.id = slots.for_org_id)
    and not app.is_job_slot_held(slots.slot);

  insert into app.job_slots as slots (slot, job_name, for_org_id, planned_as, next_run_at)
  select
    (select coalesce(max(last.slot), 0) from app.job_slots as last) + row_number() over (order by wanted.name),
    wanted.name, wanted.org_id, wanted.cron || ' ' || wanted.zone,
    app.next_run(wanted.cron, wanted.zone, app.clock())
  from app.wanted_job_slots() as wanted
  where not exists (
    select
    from app.job_slots as existing
    where existing.job_name = wanted.name and existing.for_org_id is not distinct from wanted.org_id
  );

  update app.job_slots as slots
  set
    planned_as = wanted.cron || ' ' || wanted.zone,
    next_run_at = app.next_run(wanted.cron, wanted.zone, app.clock())
  from app.wanted_job_slots() as wanted
  where
    slots.job_name = wanted.name
    and slots.for_org_id is not distinct from wanted.org_id
    and slots.planned_as <> wanted.cron || ' ' || wanted.zone;
end
$function$;

CREATE OR REPLACE FUNCTION app.prolong_leases(p_lease_ids uuid[], p_lease interval)
 RETURNS integer
 LANGUAGE sql
 SET search_path TO ''
AS $function$
  with prolonged as (
    update app.notification_leases set ends_at = app.wall_clock() + p_lease where id = any(p_lease_ids) returning id
  )
  select count(*)::integer from prolonged
$function$;

CREATE OR REPLACE FUNCTION app.purge_removed(p_table_name text, p_org_id uuid, p_limit integer)
 RETURNS integer
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
declare
  v_table record;
  v_until timestamptz;
  v_what text;
  v_ids uuid[];
  v_count integer;
begin
  select purged.* into strict v_table from app.purged_tables() as purged where purged.name = p_table_name;
  v_until := app.clock() - app.retention_term(p_org_id, p_table_name);
  v_what := format(
    'rows.%1$I = $1 and rows.deleted_at < $2 and not %2$s%3$s',
    v_table.tenant_column,
    app.held_clause(v_table.name, v_table.tenant_column, v_table.key_column, v_table.people_columns),
    app.unreferenced(v_table.name)
  );
  perform pg_advisory_xact_lock_shared(app.hold_lock(p_org_id));
  execute format(
    'select array(
       select rows.%1$I from public.%2$I as rows where %3$s
       order by rows.deleted_at, rows.%1$I limit $3 for update skip locked
     )',
    v_table.key_column, v_table.name, v_what
  ) into v_ids using p_org_id, v_until, p_limit;
  execute format(
    'delete from public.%2$I as rows where %3$s and rows.%1$I = any($3)', v_table.key_column, v_table.name, v_what
  ) using p_org_id, v_until, v_ids;
  get diagnostics v_count = row_count;
  return v_count;
end
$function$;

CREATE OR REPLACE FUNCTION app.purged_at(p_org_id uuid, p_table_name text, p_deleted_at timestamp with time zone)
 RETURNS timestamp with time zone
 LANGUAGE sql
 STABLE
 SET search_path TO ''
AS $function$
  select p_deleted_at + app.retention_term(p_org_id, p_table_name)
$function$;

CREATE OR REPLACE FUNCTION app.purged_tables()
 RETURNS TABLE(name text, tenant_column text, key_column text, keep_for interval, at_least interval, at_most interval, is_counted boolean, people_columns text[])
 LANGUAGE sql
 STABLE
 SET search_path TO ''
AS $function$
  select
    tables.relname::text, args.list[1], args.list[2],
    args.list[3]::interval, args.list[4]::interval, args.list[5]::interval,
    args.list[6] = 'counted', string_to_array(args.list[7], ',')
  from pg_catalog.pg_trigger as triggers
  inner join pg_catalog.pg_class as tables on tables.oid = triggers.tgrelid
  cross join lateral (select string_to_array(encode(triggers.tgargs, 'escape'), '\000') as list) as args
  where
    triggers.tgname = '_200_hold' and not triggers.tgisinternal
    and tables.relnamespace = 'public'::regnamespace
    and triggers.tgfoid = 'app.refuse_held()'::regprocedure
  order by 1
$function$;

CREATE OR REPLACE FUNCTION app.queue_depth(OUT waiting_count bigint, OUT due_count bigint, OUT oldest_due_at timestamp with time zone, OUT leased_count bigint, OUT dead_count bigint)
 RETURNS record
 LANGUAGE sql
 STABLE
 SET search_path TO ''
AS $function$
  select
    (select count(*) from app.notification_tasks),
    (select count(*) from app.notification_tasks as tasks where tasks.due_at <= clock_timestamp()),
    (select min(tasks.due_at) from app.notification_tasks as tasks),
    (select coalesce(sum(cardinality(leases.notification_ids)), 0)::bigint from app.notification_leases as leases),
    (select count(*) from public.notification_queue as queue where queue.died_at is not null)
$function$;

CREATE OR REPLACE FUNCTION app.quiet_until(p_at timestamp with time zone, p_zone text, p_from time without time zone, p_until time without time zone, p_days smallint[] DEFAULT '{}'::smallint[])
 RETURNS timestamp with time zone
 LANGUAGE plpgsql
 STABLE
 SET search_path TO ''
AS $function$
declare
  v_at timestamptz := p_at;
  v_local timestamp;
  v_end timestamp;
  v_next timestamptz;
begin
  -- Six quiet days and a night between each two: no more steps than that.
  for v_step in 1..20 loop
    v_local := v_at at time zone p_zone;
    v_end := case
      when extract(isodow from v_local) = any(p_days) then v_local::date + 1
      when p_from < p_until and v_local::time >= p_from and v_local::time < p_until then v_local::date + p_until
      when p_from > p_until and v_local::time >= p_from then v_local::date + 1 + p_until
      when p_from > p_until and v_local::time < p_until then v_local::date + p_until
    end;
    exit when v_end is null;
    v_next := v_end at time zone p_zone;
    -- Where an hour comes twice, its end is looked up as the first of the two and may lie behind us already.
    v_at := case when v_next > v_at then v_next else v_at + (v_end - v_local) end;
  end loop;
  return v_at;
end
$function$;

CREATE OR REPLACE FUNCTION app.recover_leases()
 RETURNS integer
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
declare
  v_now constant timestamptz := app.wall_clock();
  v_lease app.notification_leases;
  v_count integer := 0;
begin
  for v_lease in
    delete from app.notification_leases
    where id in (
      select leases.id from app.notification_leases as leases
      where leases.ends_at < v_now
      limit 10
      for update skip locked
    )
    returning *
  loop
    perform app.count_failure(
      v_now, lost.org_id, lost.id, lost.attempt_count, 'lease_lost: the worker was not heard of again'
    )
    from (
      select given.* from unnest(v_lease.org_ids, v_lease.notification_ids, v_lease.attempt_counts)
        as given (org_id, id, attempt_count)
      order by given.org_id, given.id
    ) as lost;
    v_count := v_count + cardinality(v_lease.notification_ids);
  end loop;
  return v_count;
end
$function$;

CREATE OR REPLACE FUNCTION app.refuse_change()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
begin
  raise exception '% only grows: % is refused.', tg_table_name, lower(tg_op)
  using errcode = 'insufficient_privilege';
end
$function$;

CREATE OR REPLACE FUNCTION app.refuse_damaged(p_place text, p_row_id uuid)
 RETURNS text
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
begin
  raise exception 'A sealed value does not open: % of row %.', p_place, p_row_id
  using
    errcode = 'data_corrupted',
    hint = 'It was altered, or moved from another column, person or organization. Restore it from a backup.';
end
$function$;

CREATE OR REPLACE FUNCTION app.refuse_held()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
declare
  v_row constant jsonb := to_jsonb(old);
  v_org_id constant uuid := v_row ->> tg_argv[0];
begin
  if current_setting('transaction_isolation') not in ('read committed', 'read uncommitted') then
    raise exception 'Rows of % are deleted in transactions that are READ COMMITTED: others do not see new legal holds.',
      tg_table_name using errcode = 'object_not_in_prerequisite_state';
  end if;
  perform pg_advisory_xact_lock_shared(app.hold_lock(v_org_id));
  if app.is_held(
    v_org_id, tg_table_name, (v_row ->> tg_argv[1])::uuid,
    array(select (v_row ->> people.name)::uuid from unnest(string_to_array(tg_argv[6], ',')) as people (name))
  ) then
    perform app.raise_error('conflict', 'A legal hold keeps this row.');
  end if;
  return old;
end
$function$;

CREATE OR REPLACE FUNCTION app.refuse_key(p_key_id uuid)
 RETURNS void
 LANGUAGE plpgsql
 STABLE
 SET search_path TO ''
AS $function$
begin
  raise exception 'Data key % was destroyed, or does not open with its key-encryption key.', p_key_id
  using errcode = 'object_not_in_prerequisite_state', hint = 'carebase keys status shows the state of every key.';
end
$function$;

CREATE OR REPLACE FUNCTION app.release_lease(p_lease_id uuid)
 RETURNS integer
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
declare
  v_lease app.notification_leases;
begin
  delete from app.notification_leases where id = p_lease_id returning * into v_lease;
  return (
    select count(app.add_task(queue.org_id, queue.id, queue.priority, app.wall_clock(), queue.line_key))::integer
    from unnest(v_lease.org_ids, v_lease.notification_ids, v_lease.attempt_counts) as given (org_id, id, attempt_count)
    inner join public.notification_queue as queue on queue.org_id = given.org_id and queue.id = given.id
    where queue.status = 'pending' and queue.attempt_count = given.attempt_count
  );
end
$function$;

CREATE OR REPLACE FUNCTION app.release_legal_hold(p_hold_id uuid)
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
declare
  v_hold public.legal_holds;
begin
  perform app.require_role('org_owner', 'compliance_lead');
  select holds.* into v_hold from public.legal_holds as holds
  where holds.org_id = app.current_org() and holds.id = p_hold_id
  for update;
  if not found then
    perform app.raise_error('not_found', 'There is no such legal hold.');
  end if;
  -- A second time changes nothing: who released it first, and when, stays known.
  if v_hold.released_at is null then
    update public.legal_holds as holds
    set released_at = clock_timestamp(), released_by = app.my_id()
    where holds.org_id = v_hold.org_id and holds.id = v_hold.id;
    perform app.audit_hold(v_hold, 'release_legal_hold');
  end if;
end
$function$;

CREATE OR REPLACE FUNCTION app.remove_properties(p_id uuid, OUT id uuid, OUT version integer)
 RETURNS record
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
begin
  perform app.require_role('org_owner', 'admin');
  update public.properties as rows set deleted_at = app.clock()
  where rows.org_id = (select app.current_org()) and rows.id = p_id and rows.deleted_at is null
  returning rows.id, rows.version into id, version;
  -- A second time changes nothing.
  if not found then
    select rows.id, rows.version into id, version from public.properties as rows
    where rows.org_id = (select app.current_org()) and rows.id = p_id;
  end if;
  if not found then
    perform app.raise_error('not_found', 'There is no such row in your organization.');
  end if;
end
$function$;

CREATE OR REPLACE FUNCTION app.remove_provider_support_circles(p_id uuid, OUT id uuid, OUT version integer)
 RETURNS record
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
begin
  perform app.require_feature('resilience_hub');
  perform app.require_role('admin', 'care_manager', 'wellness_officer');
  update public.provider_support_circles as rows set deleted_at = app.clock()
  where rows.org_id = (select app.current_org()) and rows.id = p_id and rows.deleted_at is null
  returning rows.id, rows.version into id, version;
  -- A second time changes nothing.
  if not found then
    select rows.id, rows.version into id, version from public.provider_support_circles as rows
    where rows.org_id = (select app.current_org()) and rows.id = p_id;
  end if;
  if not found then
    perform app.raise_error('not_found', 'There is no such row in your organization.');
  end if;
end
$function$;

CREATE OR REPLACE FUNCTION app.remove_sites(p_id uuid, OUT id uuid, OUT version integer)
 RETURNS record
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
begin
  perform app.require_role('org_owner', 'admin');
  update public.sites as rows set deleted_at = app.clock()
  where rows.org_id = (select app.current_org()) and rows.id = p_id and rows.deleted_at is null
  returning rows.id, rows.version into id, version;
  -- A second time changes nothing.
  if not found then
    select rows.id, rows.version into id, version from public.sites as rows
    where rows.org_id = (select app.current_org()) and rows.id = p_id;
  end if;
  if not found then
    perform app.raise_error('not_found', 'There is no such row in your organization.');
  end if;
end
$function$;

CREATE OR REPLACE FUNCTION app.remove_webhook(p_webhook_id uuid)
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
begin
  perform app.require_role('org_owner', 'admin');
  update public.webhooks set deleted_at = app.clock(), is_active = false
  where webhooks.org_id = app.current_org() and webhooks.id = p_webhook_id and webhooks.deleted_at is null;
  if not found then
    perform app.raise_error('not_found', 'There is no such webhook.');
  end if;
  delete from vault.secrets where secrets.name = 'carebase_channel_' || p_webhook_id;
end
$function$;

CREATE OR REPLACE FUNCTION app.removed_properties(p_limit integer)
 RETURNS TABLE(id uuid, deleted_at timestamp with time zone, purge_at timestamp with time zone, is_held boolean, row_values jsonb)
 LANGUAGE plpgsql
 STABLE SECURITY DEFINER
 SET search_path TO ''
AS $function$
begin
  perform app.require_role('org_owner', 'admin');
  return query
  select
    rows.id,
    rows.deleted_at,
    app.purged_at(rows.org_id, 'properties', rows.deleted_at),
    app.is_held(rows.org_id, 'properties', rows.id, '{}'),
    to_jsonb(rows)
  from public.properties as rows
  where rows.org_id = (select app.current_org()) and rows.deleted_at is not null
  order by rows.deleted_at desc, rows.id
  limit p_limit;
end
$function$;

CREATE OR REPLACE FUNCTION app.removed_provider_support_circles(p_limit integer)
 RETURNS TABLE(id uuid, deleted_at timestamp with time zone, purge_at timestamp with time zone, is_held boolean, row_values jsonb)
 LANGUAGE plpgsql
 STABLE SECURITY DEFINER
 SET search_path TO ''
AS $function$
begin
  perform app.require_feature('resilience_hub');
  perform app.require_role('admin', 'care_manager', 'wellness_officer');
  return query
  select
    rows.id,
    rows.deleted_at,
    app.purged_at(rows.org_id, 'provider_support_circles', rows.deleted_at),
    app.is_held(rows.org_id, 'provider_support_circles', rows.id, '{}'),
    to_jsonb(rows)
  from public.provider_support_circles as rows
  where rows.org_id = (select app.current_org()) and rows.deleted_at is not null
  order by rows.deleted_at desc, rows.id
  limit p_limit;
end
$function$;

CREATE OR REPLACE FUNCTION app.removed_sites(p_limit integer)
 RETURNS TABLE(id uuid, deleted_at timestamp with time zone, purge_at timestamp with time zone, is_held boolean, row_values jsonb)
 LANGUAGE plpgsql
 STABLE SECURITY DEFINER
 SET search_path TO ''
AS $function$
begin
  perform app.require_role('org_owner', 'admin');
  return query
  select
    rows.id,
    rows.deleted_at,
    app.purged_at(rows.org_id, 'sites', rows.deleted_at),
    app.is_held(rows.org_id, 'sites', rows.id, '{}'),
    to_jsonb(rows)
  from public.sites as rows
  where rows.org_id = (select app.current_org()) and rows.deleted_at is not null
  order by rows.deleted_at desc, rows.id
  limit p_limit;
end
$function$;

CREATE OR REPLACE FUNCTION app.reopen(p_row_id uuid, p_value bytea, p_place text, p_org_id uuid, p_subject_id uuid, p_is_indexed boolean, p_keys app.unwrapped_key[])
 RETURNS bytea
 LANGUAGE plpgsql
 STABLE
 SET search_path TO ''
AS $function$
declare
  v_schedule bytea;
  v_plain bytea;
begin
  if p_value is null then
    return null;
  end if;
  select unwrapped.schedule into v_schedule
  from unnest(p_keys) as unwrapped where unwrapped.tag = substr(p_value, 2, 16);
  if v_schedule is null or (
    -- Sealed with the newest key, and indexed with the only one there is.
    exists (
      select from app.data_keys as keys
      where keys.id = encode(substr(p_value, 2, 16), 'hex')::uuid and keys.retired_at is null
    ) and not (
      p_is_indexed and exists (
        select from app.data_keys as keys
        where
          keys.purpose = 'index' and keys.retired_at is not null and keys.destroyed_at is null
          and keys.org_id is not distinct from p_org_id
      )
    )
  ) then
    return p_value;
  end if;
  v_plain := app.open_value(v_schedule, app.sealed_context(p_place::bytea, p_org_id, p_subject_id), p_value);
  if v_plain is null then
    perform app.refuse_damaged(p_place, p_row_id);
  end if;
  return v_plain;
end
$function$;

CREATE OR REPLACE FUNCTION app.requeue_dead(p_org_id uuid, p_notification_id uuid)
 RETURNS boolean
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
declare
  v_queue public.notification_queue;
begin
  update public.notification_queue as queue
  set status = 'pending', settled_at = null, died_at = null, attempt_count = 0
  where queue.org_id = p_org_id and queue.id = p_notification_id and queue.status = 'dead'
  returning queue.* into v_queue;
  if v_queue.id is null then
    return false;
  end if;
  perform app.add_task(p_org_id, p_notification_id, v_queue.priority, app.wall_clock(), v_queue.line_key);
  return true;
end
$function$;

CREATE OR REPLACE FUNCTION app.requeue_notification(p_notification_id uuid)
 RETURNS boolean
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
begin
  perform app.require_role('org_owner', 'admin');
  return app.requeue_dead(app.current_org(), p_notification_id);
end
$function$;

CREATE OR REPLACE FUNCTION app.require_holdable(p_org_id uuid, p_table_name text, p_row_id uuid, p_subject_id uuid)
 RETURNS void
 LANGUAGE plpgsql
 STABLE
 SET search_path TO ''
AS $function$
declare
  v_table record;
  v_has_row boolean := p_row_id is null;
  v_has_person boolean := p_subject_id is null or exists (
    select from public.role_assignments as assignments
    where assignments.org_id = p_org_id and assignments.user_id = p_subject_id
  );
begin
  for v_table in select purged.* from app.purged_tables() as purged loop
    if not v_has_row and v_table.name = p_table_name then
      execute format(
        'select exists (select from public.%I as rows where rows.%I = $1 and rows.%I = $2)',
        v_table.name, v_table.tenant_column, v_table.key_column
      ) into v_has_row using p_org_id, p_row_id;
    end if;
    if not v_has_person and v_table.people_columns <> '{}' then
      execute format(
        'select exists (select from public.%I as rows where rows.%I = $1 and $2 in (%s))',
        v_table.name, v_table.tenant_column,
        (select string_agg(format('rows.%I', people.name), ', ') from unnest(v_table.people_columns) as people (name))
      ) into v_has_person using p_org_id, p_subject_id;
    end if;
  end loop;
  if not v_has_row then
    perform app.raise_error('not_found', 'There is no such row in your organization.');
  end if;
  if not v_has_person then
    perform app.raise_error('not_found', 'Your organization knows no such person.');
  end if;
end
$function$;

CREATE OR REPLACE FUNCTION app.reseal_rows(p_table text, p_after_org_id uuid, p_after_id uuid, p_limit integer, OUT last_org_id uuid, OUT last_id uuid, OUT seen_count integer, OUT resealed_count integer)
 RETURNS record
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
declare
  v_table record;
  v_org_ids uuid[];
  v_ids uuid[];
  v_is_tenant boolean;
begin
  select sealed.* into strict v_table from app.sealed_tables() as sealed where sealed.name = p_table;
  v_is_tenant := v_table.org <> 'null::uuid';
  execute format(
    case when v_is_tenant then
      'select array_agg(org_id order by org_id, id), array_agg(id order by org_id, id) from (
         select %1$I as org_id, %2$I as id from %3$s where $2 is null or (%1$I, %2$I) > ($1, $2)
         order by %1$I, %2$I limit $3 for update
       ) as batch'
    else
      'select null::uuid[], array_agg(id order by id) from (
         select %2$I as id from %3$s where $2 is null or %2$I > $2 order by %2$I limit $3 for update
       ) as batch'
    end,
    v_table.org, v_table.key, v_table.name
  ) into v_org_ids, v_ids using p_after_org_id, p_after_id, p_limit;
  seen_count := coalesce(cardinality(v_ids), 0);
  resealed_count := 0;
  if seen_count > 0 then
    last_org_id := v_org_ids[seen_count];
    last_id := v_ids[seen_count];
    perform set_config('carebase.resealing', 'on', true);
    execute app.reseal_statement(v_table.name) using v_org_ids, v_ids;
    get diagnostics resealed_count = row_count;
    perform set_config('carebase.resealing', '', true);
  end if;
end
$function$;

CREATE OR REPLACE FUNCTION app.reseal_statement(p_table text)
 RETURNS text
 LANGUAGE sql
 STABLE
 SET search_path TO ''
AS $function$
  select format(
    'with batch as materialized (
       select %1$I as row_id, %2$s as org_id, %3$s as subject_id, %4$s from %5$s where %6$s
     ),
     opened as materialized (
       select array_agg((unwrapped.tag, unwrapped.schedule)::app.unwrapped_key) as keys
       from app.unwrap_keys(array(%7$s)) as unwrapped
     ),
     changed as materialized (select batch.row_id, batch.org_id, %8$s from batch cross join opened)
     update %5$s as target set %9$s from changed
     where target.%1$I = changed.row_id%10$s and (%11$s) is distinct from (%12$s)',
    sealed.key, sealed.org, sealed.subject, parts.reads, sealed.name,
    case
      when sealed.org = 'null::uuid' then format('%I = any($2)', sealed.key)
      else format('(%I, %I) in (select * from unnest($1, $2))', sealed.org, sealed.key)
    end,
    parts.tags, parts.opens, parts.sets,
    case when sealed.org <> 'null::uuid' then format(' and target.%I = changed.org_id', sealed.org) end,
    parts.before, parts.after
  )
  from app.sealed_tables() as sealed
  cross join lateral (
    select
      string_agg(format('%I', each.name), ', ') as reads,
      string_agg(format('select substr(%I, 2, 16) from batch', each.name), ' union ') as tags,
      string_agg(
        format(
          'app.reopen(row_id, %1$I, %2$L, org_id, subject_id, %3$L, opened.keys) as %1$I',
          each.name, format('carebase:1:%s:%s:', sealed.name, each.name), each.name = any(sealed.indexed)
        ), ', '
      ) as opens,
      string_agg(format('%1$I = changed.%1$I', each.name), ', ') as sets,
      string_agg(format('target.%I', each.name), ', ') as before,
      string_agg(format('changed.%I', each.name), ', ') as after
    from unnest(sealed.columns) as each (name)
  ) as parts
  where sealed.name = p_table
$function$;

CREATE OR REPLACE FUNCTION app.restore_properties(p_id uuid, OUT id uuid, OUT version integer)
 RETURNS record
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
begin
  perform app.require_role('org_owner', 'admin');
  update public.properties as rows set deleted_at = null
  where rows.org_id = (select app.current_org()) and rows.id = p_id and rows.deleted_at is not null
  returning rows.id, rows.version into id, version;
  -- A second time changes nothing.
  if not found then
    select rows.id, rows.version into id, version from public.properties as rows
    where rows.org_id = (select app.current_org()) and rows.id = p_id;
  end if;
  if not found then
    perform app.raise_error('not_found', 'There is no such row in your organization.');
  end if;
exception when unique_violation or exclusion_violation then
  perform app.raise_error('conflict', 'Another row has taken its place: change or remove that one first.');
end
$function$;

CREATE OR REPLACE FUNCTION app.restore_provider_support_circles(p_id uuid, OUT id uuid, OUT version integer)
 RETURNS record
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
begin
  perform app.require_feature('resilience_hub');
  perform app.require_role('admin', 'care_manager', 'wellness_officer');
  update public.provider_support_circles as rows set deleted_at = null
  where rows.org_id = (select app.current_org()) and rows.id = p_id and rows.deleted_at is not null
  returning rows.id, rows.version into id, version;
  -- A second time changes nothing.
  if not found then
    select rows.id, rows.version into id, version from public.provider_support_circles as rows
    where rows.org_id = (select app.current_org()) and rows.id = p_id;
  end if;
  if not found then
    perform app.raise_error('not_found', 'There is no such row in your organization.');
  end if;
exception when unique_violation or exclusion_violation then
  perform app.raise_error('conflict', 'Another row has taken its place: change or remove that one first.');
end
$function$;

CREATE OR REPLACE FUNCTION app.restore_sites(p_id uuid, OUT id uuid, OUT version integer)
 RETURNS record
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
begin
  perform app.require_role('org_owner', 'admin');
  update public.sites as rows set deleted_at = null
  where rows.org_id = (select app.current_org()) and rows.id = p_id and rows.deleted_at is not null
  returning rows.id, rows.version into id, version;
  -- A second time changes nothing.
  if not found then
    select rows.id, rows.version into id, version from public.sites as rows
    where rows.org_id = (select app.current_org()) and rows.id = p_id;
  end if;
  if not found then
    perform app.raise_error('not_found', 'There is no such row in your organization.');
  end if;
exception when unique_violation or exclusion_violation then
  perform app.raise_error('conflict', 'Another row has taken its place: change or remove that one first.');
end
$function$;

CREATE OR REPLACE FUNCTION app.retention()
 RETURNS TABLE(table_name text, keep_for interval, is_default boolean, at_least interval, at_most interval, removed_count bigint, due_count bigint, held_count bigint, referenced_count bigint)
 LANGUAGE plpgsql
 STABLE SECURITY DEFINER
 SET search_path TO ''
AS $function$
declare
  v_org_id uuid;
  v_table record;
begin
  perform app.require_role('org_owner', 'admin', 'compliance_lead');
  v_org_id := app.current_org();
  for v_table in select purged.* from app.purged_tables() as purged loop
    table_name := v_table.name;
    keep_for := app.retention_term(v_org_id, table_name);
    is_default := not exists (
      select from public.retention_policies as policies
      where
        policies.org_id = v_org_id and policies.table_name = v_table.name and policies.deleted_at is null
    );
    at_least := v_table.at_least;
    at_most := v_table.at_most;
    removed_count := null;
    due_count := null;
    held_count := null;
    referenced_count := null;
    if v_table.is_counted then
      execute format(
        'select count(*), count(*) filter (where is_due), count(*) filter (where is_held),
           count(*) filter (where is_due and not is_held and is_referenced)
         from (
           select rows.deleted_at < $2 as is_due, %3$s as is_held, not (true%4$s) as is_referenced
           from public.%2$I as rows where rows.%1$I = $1 and rows.deleted_at is not null
         ) as removed',
        v_table.tenant_column, v_table.name,
        app.held_clause(v_table.name, v_table.tenant_column, v_table.key_column, v_table.people_columns),
        app.unreferenced(v_table.name)
      )
      into removed_count, due_count, held_count, referenced_count
      using v_org_id, app.clock() - keep_for;
    end if;
    return next;
  end loop;
end
$function$;

CREATE OR REPLACE FUNCTION app.retention_term(p_org_id uuid, p_table_name text)
 RETURNS interval
 LANGUAGE sql
 STABLE
 SET search_path TO ''
AS $function$
  select least(greatest(coalesce(policies.keep_for, purged.keep_for), purged.at_least), purged.at_most)
  from app.purged_tables() as purged
  left join public.retention_policies as policies
    on policies.org_id = p_org_id and policies.table_name = purged.name and policies.deleted_at is null
  where purged.name = p_table_name
$function$;

CREATE OR REPLACE FUNCTION app.rewrap_data_keys(p_limit integer DEFAULT 500)
 RETURNS integer
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
declare
  v_target constant integer := app.active_kek();
  v_schedule constant bytea := app.kek_schedule(v_target);
  v_key record;
  v_opened bytea;
  v_done integer := 0;
begin
  for v_key in
    select keys.* from app.data_keys as keys
    where keys.kek_version <> v_target and keys.wrapped_key is not null
    order by keys.kek_version, keys.id
    limit p_limit
    for update skip locked
  loop
    v_opened := app.aead_open(
      app.kek_schedule(v_key.kek_version),
      app.key_context(v_key.id, v_key.purpose, v_key.org_id, v_key.subject_id), v_key.wrapped_key
    );
    if v_opened is null then
      perform app.refuse_key(v_key.id);
    end if;
    update app.data_keys
    set
      kek_version = v_target,
      wrapped_key = app.aead_seal(
        v_schedule, app.key_context(v_key.id, v_key.purpose, v_key.org_id, v_key.subject_id), v_opened,
        extensions.gen_random_bytes(16)
      )
    where data_keys.id = v_key.id;
    v_done := v_done + 1;
  end loop;
  return v_done;
end
$function$;

CREATE OR REPLACE FUNCTION app.rotate_audit_key()
 RETURNS integer
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
declare
  v_version integer;
begin
  perform pg_advisory_xact_lock(hashtext('carebase.audit.seal'));
  v_version := app.audit_key_version() + 1;
  perform app.ensure_secret('carebase_audit_key_' || v_version);
  perform app.audit(
    'configure', null, p_operation => 'rotate_audit_key',
    p_changes => jsonb_build_object('key_version', jsonb_build_array(v_version - 1, v_version))
  );
  return v_version;
end
$function$;

CREATE OR REPLACE FUNCTION app.rotate_data_keys(p_org_id uuid DEFAULT NULL::uuid, p_created_before timestamp with time zone DEFAULT now(), p_limit integer DEFAULT 500)
 RETURNS integer
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
declare
  v_key app.data_keys;
  v_done integer := 0;
begin
  for v_key in
    select keys.* from app.data_keys as keys
    where
      keys.retired_at is null
      and keys.created_at < p_created_before
      and (p_org_id is null or keys.org_id = p_org_id)
    order by keys.id
    limit p_limit
  loop
    perform app.make_data_key(v_key.purpose, v_key.org_id, v_key.subject_id, true);
    v_done := v_done + 1;
  end loop;
  return v_done;
end
$function$;

CREATE OR REPLACE FUNCTION app.rotate_webhook_secret(p_webhook_id uuid)
 RETURNS text
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
declare
  v_secret constant text := app.make_webhook_secret();
begin
  perform app.require_role('org_owner', 'admin');
  perform webhooks.id from public.webhooks
  where webhooks.org_id = app.current_org() and webhooks.id = p_webhook_id and webhooks.deleted_at is null
  for no key update;
  if not found then
    perform app.raise_error('not_found', 'There is no such webhook.');
  end if;
  -- New key, old key, until when the old one signs along.
  perform app.keep_channel_secret(
    p_webhook_id,
    concat_ws(
      ' ', v_secret, split_part(app.channel_secret(p_webhook_id), ' ', 1),
      extract(epoch from app.clock() + interval '1 day')::bigint::text
    )
  );
  return v_secret;
end
$function$;

CREATE OR REPLACE FUNCTION app.run_job_batch(p_run_id uuid)
 RETURNS boolean
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
declare
  v_run public.job_runs;
  v_batch_size integer;
  v_names text[];
  v_arguments text;
  v_row_count bigint;
begin
  select runs.* into v_run from public.job_runs as runs where runs.id = p_run_id;
  if v_run.backend_pid is distinct from pg_backend_pid() or not app.is_job_slot_held(v_run.slot) then
    raise exception 'app.run_job_batch: this session has not claimed that run';
  end if;
  select jobs.batch_size into v_batch_size from public.scheduled_jobs as jobs where jobs.name = v_run.job_name;

  select coalesce(routines.proargnames, '{}') into v_names
  from pg_catalog.pg_proc as routines
  where routines.pronamespace = 'app'::regnamespace and routines.proname = 'job_' || v_run.job_name;
  if not found then
    raise exception 'There is no function app.job_%().', v_run.job_name using errcode = 'undefined_function';
  end if;
  select coalesce(string_agg(format('%I => %s', wanted.name, wanted.value), ', '), '') into v_arguments
  from (
    values ('p_limit', '$1'), ('p_org_id', '$2'), ('p_due_at', '$3')
  ) as wanted (name, value)
  where wanted.name = any(v_names);
  execute format('select nullif((app.%I(%s))::text, '''')::bigint', 'job_' || v_run.job_name, v_arguments)
  into v_row_count
  using v_batch_size, v_run.for_org_id, v_run.due_at;

  update public.job_runs as runs
  set row_count = coalesce(runs.row_count, 0) + v_row_count
  where runs.id = p_run_id and v_row_count is not null;
  return 'p_limit' = any(v_names) and coalesce(v_row_count >= v_batch_size, false);
end
$function$;

CREATE OR REPLACE FUNCTION app.schedule_notification(p_recipient uuid, p_payload jsonb, p_trigger_at timestamp with time zone, p_template text, p_channel public.notification_channel, p_priority public.notification_priority, p_dedupe_key text, p_expires_at timestamp with time zone, p_line_key text)
 RETURNS uuid
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
declare
  v_org_id uuid;
begin
  perform app.require_role('org_owner', 'admin', 'manager', 'care_manager', 'case_manager', 'scheduler', 'service');
  v_org_id := app.current_org();
  perform app.check_input('p_recipient', p_recipient is not null, 'Say to whom.');
  perform app.check_input('p_channel', p_channel is not null, 'Say how.');
  perform app.check_input('p_priority', p_priority is not null, 'Say how urgent it is.');
  perform app.check_input(
    'p_trigger_at', coalesce(p_trigger_at <= app.clock() + interval '2 years', true), 'At most two years ahead.'
  );
  perform app.check_input(
    'p_dedupe_key', coalesce(p_dedupe_key ~ '^[A-Za-z0-9:._-]{1,120}$', true),
    'The dedupe key has 1 to 120 letters, digits and :._-'
  );
  perform app.check_input(
    'p_line_key', coalesce(p_line_key ~ '^[A-Za-z0-9:._-]{1,80}$', true),
    'The line has 1 to 80 letters, digits and :._-'
  );
  if not app.is_recipient(v_org_id, p_channel, p_recipient) then
    perform app.raise_error('not_found', 'There is no such recipient.', jsonb_build_object('field', 'p_recipient'));
  end if;
  perform app.limit_rate('schedule_notification', auth.uid()::text, 3000, interval '1 hour');
  if p_template = 'notice' then
    perform app.ensure_template(
      v_org_id, 'notice', p_channel, 'Something new for you', 'There is something new for you: {{ link }}',
      '{"link": "link"}'
    );
  end if;
  -- Keys that a client chooses stay apart from those of the rooms, which must not be taken before they are used.
  return app.enqueue_notification(
    v_org_id, p_channel, p_recipient, p_template, p_payload, p_trigger_at, p_priority, 'client:' || p_dedupe_key,
    p_expires_at, 'client:' || p_line_key
  );
end
$function$;

CREATE OR REPLACE FUNCTION app.seal_audit(p_limit integer DEFAULT 50000)
 RETURNS integer
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
declare
  v_last app.audit_runs;
  v_run app.audit_runs;
  v_count integer;
begin
  if not pg_try_advisory_xact_lock(hashtext('carebase.audit.seal')) then
    return 0;
  end if;
  select runs.* into v_last from app.audit_runs as runs order by runs.number desc limit 1;
  v_run := app.next_audit_run(v_last, p_limit);
  v_count := app.write_audit_seals(v_last, v_run);
  if v_count = 0 and v_last.era_began_at = v_run.era_began_at then
    return 0;
  end if;
  v_run.seals_digest := app.audit_seals_digest(v_run.number);
  v_run.code := app.audit_run_code(
    v_run, app.audit_key('00000000-0000-0000-0000-000000000000', v_run.key_version)
  );
  insert into app.audit_runs select v_run.*;
  return v_count;
end
$function$;

CREATE OR REPLACE FUNCTION app.seal_value(p_key_id uuid, p_schedule bytea, p_context bytea, p_plaintext bytea)
 RETURNS bytea
 LANGUAGE plpgsql
 STRICT
 SET search_path TO ''
AS $function$
declare
  v_iv constant bytea := extensions.gen_random_bytes(16);
  v_body constant bytea := v_iv || extensions.encrypt_iv(p_plaintext, substr(p_schedule, 257, 32), v_iv, 'aes');
begin
  return '\x01'::bytea || uuid_send(p_key_id) || v_body || app.aead_tag(p_schedule, p_context, v_body);
end
$function$;

CREATE OR REPLACE FUNCTION app.sealed_context(p_place bytea, p_org_id uuid, p_subject_id uuid)
 RETURNS bytea
 LANGUAGE sql
 IMMUTABLE
RETURN ((p_place || uuid_send(COALESCE(p_org_id, '00000000-0000-0000-0000-000000000000'::uuid))) || uuid_send(COALESCE(p_subject_id, '00000000-0000-0000-0000-000000000000'::uuid)));

CREATE OR REPLACE FUNCTION app.key_context(p_key_id uuid, p_purpose public.key_purpose, p_org_id uuid, p_subject_id uuid)
 RETURNS bytea
 LANGUAGE sql
 IMMUTABLE
RETURN app.sealed_context(((CASE p_purpose WHEN 'seal'::public.key_purpose THEN 'carebase:1:key:seal:'::text ELSE 'carebase:1:key:index:'::text END)::bytea || uuid_send(p_key_id)), p_org_id, p_subject_id);

CREATE OR REPLACE FUNCTION app.sealed_tables()
 RETURNS TABLE(name text, key text, org text, subject text, columns text[], indexed text[])
 LANGUAGE sql
 STABLE
 SET search_path TO ''
AS $function$
  select
    format('%I.%I', schemas.nspname, tables.relname), args.list[1], args.list[2], args.list[3],
    array(
      select rtrim(each.name, '+') from unnest(args.list[4:]) with ordinality as each (name, place)
      where each.name <> '' order by each.place
    ),
    array(
      select rtrim(each.name, '+') from unnest(args.list[4:]) with ordinality as each (name, place)
      where each.name like '%+' order by each.place
    )
  from pg_catalog.pg_trigger as triggers
  inner join pg_catalog.pg_class as tables on tables.oid = triggers.tgrelid
  inner join pg_catalog.pg_namespace as schemas on schemas.oid = tables.relnamespace
  cross join lateral (select string_to_array(encode(triggers.tgargs, 'escape'), '\000') as list) as args
  where triggers.tgname = '_300_seal' and not triggers.tgisinternal
  order by 1
$function$;

CREATE OR REPLACE FUNCTION app.sealing_key(p_purpose public.key_purpose, p_org_id uuid, p_subject_id uuid, OUT key_id uuid, OUT schedule bytea)
 RETURNS record
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
declare
  v_setting constant text := 'carebase.sealing_' || p_purpose;
  v_wrapped bytea;
  v_mask bytea;
  v_kept bytea;
begin
  select keys.id, keys.wrapped_key into key_id, v_wrapped
  from app.data_keys as keys
  where
    keys.purpose = p_purpose
    and coalesce(keys.org_id, '00000000-0000-0000-0000-000000000000')
    = coalesce(p_org_id, '00000000-0000-0000-0000-000000000000')
    and coalesce(keys.subject_id, '00000000-0000-0000-0000-000000000000')
    = coalesce(p_subject_id, '00000000-0000-0000-0000-000000000000')
    and keys.retired_at is null;
  if key_id is null then
    select made.key_id, made.wrapped_key into key_id, v_wrapped
    from app.make_data_key(p_purpose, p_org_id, p_subject_id) as made;
  end if;

  v_mask := sha256('carebase:1:mask:'::bytea || v_wrapped);
  v_kept := decode(coalesce(current_setting(v_setting, true), ''), 'hex');
  if length(v_kept) = 320 then
    v_kept := extensions.decrypt(v_kept, v_mask, 'aes-cbc/pad:none');
    if substr(v_kept, 289) = sha256(substr(v_kept, 1, 288)) then
      schedule := substr(v_kept, 1, 288);
      return;
    end if;
  end if;

  perform pg_advisory_xact_lock_shared(hashtextextended('carebase.data_key.' || key_id, 0));
  -- It was replaced while the lock was waited for.
  if exists (select from app.data_keys as keys where keys.id = key_id and keys.retired_at is not null) then
    select found.* into key_id, schedule from app.sealing_key(p_purpose, p_org_id, p_subject_id) as found;
    return;
  end if;
  select unwrapped.schedule into schedule from app.unwrap_keys(array[uuid_send(key_id)]) as unwrapped;
  if schedule is null then
    perform app.refuse_key(key_id);
  end if;
  perform set_config(
    v_setting,
    encode(extensions.encrypt(schedule || sha256(schedule), v_mask, 'aes-cbc/pad:none'), 'hex'),
    true
  );
end
$function$;

CREATE OR REPLACE FUNCTION app.secret(p_name text)
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
  where secrets.name = p_name;
  if coalesce(v_secret, '') = '' then
    raise exception 'The vault has no secret %.', p_name
    using errcode = 'object_not_in_prerequisite_state',
    hint = 'Store it with vault.create_secret(secret, name).';
  end if;
  return v_secret;
end
$function$;

CREATE OR REPLACE FUNCTION app.set_aside(p_now timestamp with time zone, p_aside jsonb)
 RETURNS void
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
declare
  v_aside record;
begin
  for v_aside in
    select given.* from jsonb_to_recordset(p_aside)
      as given (org_id uuid, id uuid, verdict text, quiet_until timestamptz, reason text)
    order by given.org_id, given.id
  loop
    if v_aside.verdict = 'postponed' then
      perform app.add_task(v_aside.org_id, v_aside.id, queue.priority, v_aside.quiet_until, queue.line_key)
      from public.notification_queue as queue
      where queue.org_id = v_aside.org_id and queue.id = v_aside.id;
    else
      update public.notification_queue
      set
        status = v_aside.verdict::public.notification_status, settled_at = p_now, last_error = v_aside.reason,
        died_at = case v_aside.verdict when 'dead' then p_now end
      where org_id = v_aside.org_id and id = v_aside.id and status = 'pending';
      perform app.leave_lines(array[v_aside.org_id], array[v_aside.id]);
    end if;
  end loop;
end
$function$;

CREATE OR REPLACE FUNCTION app.set_integration(p_kind public.integration_kind, p_name text, p_settings jsonb, p_secret text, p_is_active boolean)
 RETURNS uuid
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
declare
  v_id uuid;
begin
  perform app.require_role('org_owner', 'admin');
  perform app.check_input('p_kind', p_kind is not null, 'Say which service.');
  perform app.check_input('p_name', length(trim(p_name)) between 1 and 100, 'The name has 1 to 100 characters.');
  perform app.check_input(
    'p_settings', app.are_integration_settings_valid(p_kind, p_settings), 'These are not the settings of this service.'
  );
  perform app.check_input(
    'p_secret',
    coalesce(
      length(p_secret) between 1 and 2000 and p_secret !~ '[[:cntrl:]]'
      and (p_kind not in ('slack', 'teams') or p_secret ~ '^https://[^@[:space:]]+$'),
      true
    ),
    'The secret has 1 to 2,000 characters; that of Slack or Teams is the webhook''s address.'
  );
  perform app.check_input('p_is_active', p_is_active is not null, 'Say whether it is in use.');

  insert into public.integration_configs as configs (org_id, kind, name, settings, is_active)
  values (app.current_org(), p_kind, trim(p_name), p_settings, p_is_active)
  on conflict (org_id, kind, name) do update set
    settings = excluded.settings, is_active = excluded.is_active, deleted_at = null
  returning configs.id into v_id;
  if p_secret is not null then
    perform app.keep_channel_secret(v_id, p_secret);
  end if;
  return v_id;
end
$function$;

CREATE OR REPLACE FUNCTION app.set_retention_policy(p_table_name text, p_keep_for interval)
 RETURNS interval
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
declare
  v_table record;
  v_org_id uuid;
begin
  perform app.require_role('org_owner', 'admin', 'compliance_lead');
  v_org_id := app.current_org();
  select purged.* into v_table from app.purged_tables() as purged where purged.name = p_table_name;
  perform app.check_input('p_table_name', found, 'It is a table that get_retention() names.');
  perform app.check_input(
    'p_keep_for', p_keep_for is null or p_keep_for between v_table.at_least and v_table.at_most,
    format('Removed rows of this table are kept for %s to %s.', v_table.at_least, v_table.at_most)
  );
  if p_keep_for is null then
    update public.retention_policies as policies set deleted_at = app.clock()
    where
      policies.org_id = v_org_id and policies.table_name = p_table_name and policies.deleted_at is null;
  else
    insert into public.retention_policies as policies (org_id, table_name, keep_for)
    values (v_org_id, p_table_name, p_keep_for)
    on conflict (org_id, table_name) do update set keep_for = excluded.keep_for, deleted_at = null
    where policies.keep_for <> excluded.keep_for or policies.deleted_at is not null;
  end if;
  return app.retention_term(v_org_id, p_table_name);
end
$function$;

CREATE OR REPLACE FUNCTION app.settle_notifications(p_lease_id uuid, p_org_ids uuid[], p_notification_ids uuid[], p_details jsonb DEFAULT '[]'::jsonb, p_is_last boolean DEFAULT true)
 RETURNS void
 LANGUAGE plpgsql
 SET search_path TO ''
 SET enable_seqscan TO 'off'
 SET enable_hashjoin TO 'off'
 SET enable_mergejoin TO 'off'
AS $function$
declare
  v_now constant timestamptz := app.wall_clock();
  v_line_org_ids uuid[];
  v_line_ids uuid[];
begin
  -- Always in the order of the keys: two who settle at once do not wait for each other in a circle.
  with done as (
    update public.notification_queue as queue
    set status = 'sent', settled_at = v_now, died_at = null
    from unnest(p_org_ids, p_notification_ids) as given (org_id, id)
    where queue.org_id = given.org_id and queue.id = given.id and queue.status <> 'sent'
    returning queue.org_id, queue.id, queue.line_key
  )
  select array_agg(done.org_id), array_agg(done.id) into v_line_org_ids, v_line_ids
  from done where done.line_key is not null;
  if v_line_ids is not null then
    perform app.leave_lines(v_line_org_ids, v_line_ids);
  end if;
  if p_details <> '[]' then
    perform app.settle_one(v_now, given.detail) from jsonb_array_elements(p_details) as given (detail);
  end if;
  if p_is_last then
    delete from app.notification_leases where id = p_lease_id;
  end if;
end
$function$;

CREATE OR REPLACE FUNCTION app.settle_one(p_now timestamp with time zone, p_detail jsonb)
 RETURNS void
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
declare
  v_given record;
begin
  select given.* into v_given from jsonb_to_record(p_detail) as given (
    org_id uuid, id uuid, attempt integer, is_sent boolean, error text, is_final boolean, retry_seconds numeric,
    title text, body text, webhook_id uuid, status_code smallint, duration_ms integer
  );
  if v_given.webhook_id is not null then
    insert into public.webhook_deliveries (
      org_id, webhook_id, notification_id, attempt, attempted_at, is_delivered, status_code, duration_ms, error
    )
    values (
      v_given.org_id, v_given.webhook_id, v_given.id, v_given.attempt, p_now, v_given.is_sent, v_given.status_code,
      v_given.duration_ms, left(v_given.error, 500)
    );
  end if;
  if v_given.is_sent then
    update public.notification_queue as queue
    set status = 'sent', settled_at = p_now, died_at = null, title = v_given.title, body = v_given.body
    where queue.org_id = v_given.org_id and queue.id = v_given.id and queue.status <> 'sent';
    perform app.leave_lines(array[v_given.org_id], array[v_given.id]);
    return;
  end if;
  perform app.count_failure(
    p_now, v_given.org_id, v_given.id, v_given.attempt - 1, v_given.error, v_given.is_final, v_given.retry_seconds
  );
end
$function$;

CREATE OR REPLACE FUNCTION app.settle_retired_keys()
 RETURNS integer
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
declare
  v_key_id uuid;
  v_done integer := 0;
begin
  for v_key_id in
    select keys.id from app.data_keys as keys
    where keys.retired_at > now() - interval '1 day' and keys.destroyed_at is null
    order by keys.id
  loop
    perform pg_advisory_xact_lock(hashtextextended('carebase.data_key.' || v_key_id, 0));
    v_done := v_done + 1;
  end loop;
  return v_done;
end
$function$;

CREATE OR REPLACE FUNCTION app.sync_cron(p_workers integer DEFAULT 2)
 RETURNS text
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
declare
  v_entry record;
begin
  perform app.check_input('p_workers', p_workers between 0 and 16, 'The number of workers is from 0 to 16.');
  if to_regclass('cron.job') is null then
    return 'pg_cron is not in this database: run `carebase jobs serve`.';
  end if;

  for v_entry in
    execute 'select jobname::text as name from cron.job where jobname like ''carebase\_jobs\_%'' and database = current_database()'
  loop
    execute 'select cron.unschedule($1)' using v_entry.name;
  end loop;
  for v_entry in
    select 'carebase_jobs_' || workers.n as name, 'call app.work_jobs()' as command
    from generate_series(1, p_workers) as workers (n)
    union all
    select 'carebase_jobs_watch', 'select app.watch_jobs()'
    where p_workers > 0
  loop
    execute 'select cron.schedule($1, $2, $3)' using v_entry.name, '* * * * *', v_entry.command;
  end loop;
  return case p_workers when 0 then 'pg_cron runs no jobs any more.' else 'pg_cron runs the jobs.' end;
end
$function$;

CREATE OR REPLACE FUNCTION app.united_values(p_one jsonb, p_other jsonb)
 RETURNS jsonb
 LANGUAGE sql
 IMMUTABLE
 SET search_path TO ''
AS $function$
  select case
    when p_one = 'null' then p_other
    when p_other = 'null' then p_one
    else p_one || coalesce(
      (
        select jsonb_agg(added.value order by added.place)
        from jsonb_array_elements(p_other) with ordinality as added (value, place)
        where not p_one @> jsonb_build_array(added.value)
      ),
      '[]'
    )
  end
$function$;

CREATE OR REPLACE FUNCTION app.unreferenced(p_table_name text)
 RETURNS text
 LANGUAGE sql
 STABLE
 SET search_path TO ''
AS $function$
  select coalesce(
    string_agg(format(' and not exists (select from %s as other where %s)', referring.name, referring.columns), ''), ''
  )
  from (
    select
      references_.oid,
      format('%I.%I', schemas.nspname, tables.relname) as name,
      (
        select string_agg(format('other.%I = rows.%I', theirs.attname, ours.attname), ' and ' order by pairs.place)
        from unnest(references_.conkey, references_.confkey) with ordinality as pairs (theirs, ours, place)
        inner join pg_catalog.pg_attribute as theirs
          on theirs.attrelid = references_.conrelid and theirs.attnum = pairs.theirs
        inner join pg_catalog.pg_attribute as ours
          on ours.attrelid = references_.confrelid and ours.attnum = pairs.ours
      ) as columns
    from pg_catalog.pg_constraint as references_
    inner join pg_catalog.pg_class as tables on tables.oid = references_.conrelid
    inner join pg_catalog.pg_namespace as schemas on schemas.oid = tables.relnamespace
    where
      references_.contype = 'f' and references_.conparentid = 0
      and references_.confrelid = format('public.%I', p_table_name)::regclass
    order by references_.oid
  ) as referring
$function$;

CREATE OR REPLACE FUNCTION app.unsealed_though_passed(p_org_id uuid, p_since timestamp with time zone)
 RETURNS SETOF uuid
 LANGUAGE sql
 STABLE
 SET search_path TO ''
AS $function$
  with last as (
    select runs.snapshot, runs.era_began_at from app.audit_runs as runs order by runs.number desc limit 1
  )

  select events.id
  from public.audit_events as events
  cross join last
  where
    events.org_id = p_org_id
    and (p_since is null or events.occurred_at >= p_since)
    and (pg_visible_in_snapshot(events.transaction_id, last.snapshot) or events.occurred_at < last.era_began_at)
    and not exists (
      select from (
        select unnest(contents.event_ids) as id
        from app.audit_contents as contents
        where
          contents.org_id = p_org_id
          and (p_since is null or contents.month_date >= app.audit_month(p_since))
      ) as sealed
      where sealed.id = events.id
    )
  order by events.transaction_id, events.id
  limit 1
$function$;

CREATE OR REPLACE FUNCTION app.unwrap_keys(p_tags bytea[])
 RETURNS TABLE(tag bytea, schedule bytea)
 LANGUAGE plpgsql
 STABLE ROWS 5
 SET search_path TO ''
AS $function$
declare
  v_key record;
  v_kek integer := 0;
  v_kek_schedule bytea;
  v_opened bytea;
begin
  for v_key in
    select keys.* from app.data_keys as keys
    where
      keys.id = any(array(select encode(each.tag, 'hex')::uuid from unnest(p_tags) as each (tag)))
      and keys.wrapped_key is not null
    order by keys.kek_version
  loop
    if v_key.kek_version <> v_kek then
      v_kek := v_key.kek_version;
      v_kek_schedule := app.kek_schedule(v_kek);
    end if;
    v_opened := app.aead_open(
      v_kek_schedule, app.key_context(v_key.id, v_key.purpose, v_key.org_id, v_key.subject_id), v_key.wrapped_key
    );
    if v_opened is null then
      perform app.refuse_key(v_key.id);
    end if;
    tag := uuid_send(v_key.id);
    schedule := app.aead_schedule(v_opened);
    return next;
  end loop;
end
$function$;

CREATE OR REPLACE FUNCTION app.verify_audit(p_org_id uuid DEFAULT NULL::uuid, p_since timestamp with time zone DEFAULT NULL::timestamp with time zone)
 RETURNS TABLE(org_id uuid, seal_number bigint, event_id uuid, fault text, seal_count bigint, event_count bigint)
 LANGUAGE plpgsql
 STABLE
 SET search_path TO ''
AS $function$
begin
  return query select * from app.verify_audit_runs(p_since);
  return query
  select found.*
  from (
    select seals.org_id from app.audit_seals as seals group by seals.org_id
    union
    select events.org_id from public.audit_events as events group by events.org_id
  ) as chains
  cross join lateral app.verify_audit_chain(chains.org_id, p_since) as found
  where p_org_id is null or chains.org_id = p_org_id
  order by chains.org_id;
end
$function$;

CREATE OR REPLACE FUNCTION app.verify_audit_chain(p_org_id uuid, p_since timestamp with time zone)
 RETURNS TABLE(org_id uuid, seal_number bigint, event_id uuid, fault text, seal_count bigint, event_count bigint)
 LANGUAGE plpgsql
 STABLE
 SET search_path TO ''
AS $function$
declare
  v_seal app.audit_seals;
  v_key bytea;
  v_version smallint;
  v_number bigint := 0;
  v_code bytea := decode(repeat('00', 32), 'hex');
begin
  org_id := p_org_id;
  seal_count := 0;
  event_count := 0;
  if p_since is not null then
    select seals.number, seals.code into v_number, v_code
    from app.audit_seals as seals
    where seals.org_id = p_org_id and seals.sealed_at < p_since
    order by seals.number desc
    limit 1;
    v_number := coalesce(v_number, 0);
    v_code := coalesce(v_code, decode(repeat('00', 32), 'hex'));
  end if;

  for v_seal in
    select seals.* from app.audit_seals as seals
    where seals.org_id = p_org_id and seals.number > v_number
    order by seals.number
  loop
    v_number := v_number + 1;
    if v_version is distinct from v_seal.key_version then
      v_version := v_seal.key_version;
      v_key := app.audit_key(p_org_id, v_version);
    end if;
    seal_number := v_number;
    if v_seal.number <> v_number then
      fault := 'missing seal';
    elsif v_seal.previous_code <> v_code or v_seal.code <> app.audit_seal_code(v_seal, v_key) then
      fault := app.explain_audit_seal(v_seal, v_key);
    else
      select found.event_id, found.fault into event_id, fault from app.verify_audit_seal(v_seal) as found;
    end if;
    exit when fault is not null;
    v_code := v_seal.code;
    seal_count := seal_count + 1;
    event_count := event_count + v_seal.event_count;
  end loop;

  if fault is null then
    select found.id, 'inserted' into event_id, fault
    from app.unsealed_though_passed(p_org_id, p_since) as found (id);
    seal_number := null;
  end if;
  return next;
end
$function$;

CREATE OR REPLACE FUNCTION app.verify_audit_checkpoint(p_checkpoint jsonb, p_org_id uuid DEFAULT NULL::uuid)
 RETURNS TABLE(org_id uuid, seal_number bigint, event_id uuid, fault text)
 LANGUAGE sql
 STABLE
 SET search_path TO ''
AS $function$
  select
    (chain.said ->> 'org_id')::uuid,
    (chain.said ->> 'number')::bigint,
    null::uuid,
    case when seals.org_id is null then 'cut off' else 'rewritten since the checkpoint' end
  from jsonb_array_elements(p_checkpoint -> 'chains') as chain (said)
  left join app.audit_seals as seals
    on seals.org_id = (chain.said ->> 'org_id')::uuid and seals.number = (chain.said ->> 'number')::bigint
  where
    (p_org_id is null or (chain.said ->> 'org_id')::uuid = p_org_id)
    and encode(seals.code, 'hex') is distinct from chain.said ->> 'code'
  union all
  select
    null::uuid,
    (p_checkpoint -> 'run' ->> 'number')::bigint,
    null::uuid,
    case when runs.number is null then 'runs cut off' else 'runs rewritten since the checkpoint' end
  from (select) as one
  left join app.audit_runs as runs on runs.number = (p_checkpoint -> 'run' ->> 'number')::bigint
  where
    p_checkpoint -> 'run' ->> 'number' is not null
    and encode(runs.code, 'hex') is distinct from p_checkpoint -> 'run' ->> 'code'
$function$;

CREATE OR REPLACE FUNCTION app.verify_audit_runs(p_since timestamp with time zone)
 RETURNS TABLE(org_id uuid, seal_number bigint, event_id uuid, fault text, seal_count bigint, event_count bigint)
 LANGUAGE plpgsql
 STABLE
 SET search_path TO ''
AS $function$
declare
  v_run app.audit_runs;
  v_key bytea;
  v_version smallint;
  v_number bigint := 0;
  v_code bytea := decode(repeat('00', 32), 'hex');
begin
  seal_count := 0;
  event_count := 0;
  if p_since is not null then
    select runs.number, runs.code into v_number, v_code
    from app.audit_runs as runs where runs.sealed_at < p_since order by runs.number desc limit 1;
    v_number := coalesce(v_number, 0);
    v_code := coalesce(v_code, decode(repeat('00', 32), 'hex'));
  end if;
  for v_run in
    select runs.* from app.audit_runs as runs where runs.number > v_number order by runs.number
  loop
    v_number := v_number + 1;
    if v_version is distinct from v_run.key_version then
      v_version := v_run.key_version;
      v_key := app.audit_key('00000000-0000-0000-0000-000000000000', v_version);
    end if;
    seal_number := v_number;
    fault := case
      when v_run.number <> v_number then 'missing run'
      when v_run.previous_code <> v_code then 'altered run'
      when v_run.code <> app.audit_run_code(v_run, v_key) then 'altered run'
      when v_run.seals_digest <> app.audit_seals_digest(v_number) then 'seals of this run altered or cut off'
    end;
    exit when fault is not null;
    v_code := v_run.code;
    seal_count := seal_count + 1;
  end loop;
  if fault is null and exists (
    select from app.audit_seals as seals where seals.run_number > v_number
  ) then
    fault := 'missing run';
    seal_number := v_number + 1;
  end if;
  if fault is null then
    select 'dropped month altered: ' || months.month_date into fault
    from app.audit_dropped_months as months
    where
      months.code <> app.audit_drop_code(
        months, app.audit_key('00000000-0000-0000-0000-000000000000', months.key_version)
      )
    order by months.month_date
    limit 1;
  end if;
  return next;
end
$function$;

CREATE OR REPLACE FUNCTION app.wall_clock()
 RETURNS timestamp with time zone
 LANGUAGE sql
 SET search_path TO ''
AS $function$
  select coalesce(nullif(current_setting('carebase.frozen_clock', true), '')::timestamptz, clock_timestamp())
$function$;

CREATE OR REPLACE FUNCTION app.wanted_job_slots()
 RETURNS TABLE(name text, org_id uuid, cron text, zone text)
 LANGUAGE sql
 STABLE
 SET search_path TO ''
AS $function$
  select scheduled_jobs.name, null::uuid, scheduled_jobs.cron, scheduled_jobs.time_zone::text
  from public.scheduled_jobs
  where scheduled_jobs.scope = 'platform'
  union all
  select scheduled_jobs.name, organizations.id, scheduled_jobs.cron, organizations.time_zone::text
  from public.scheduled_jobs
  cross join public.organizations
  where scheduled_jobs.scope = 'organization' and organizations.is_active and organizations.deleted_at is null
$function$;

CREATE OR REPLACE FUNCTION app.watch_jobs()
 RETURNS void
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
declare
  v_slot integer;
  v_pid integer;
begin
  perform app.plan_jobs();

  for v_slot in
    select slots.slot
    from app.job_slots as slots
    inner join public.job_runs as runs on runs.slot = slots.slot and runs.outcome = 'running'
    order by slots.slot
    for update of slots skip locked
  loop
    perform app.close_lost_runs(v_slot) where not app.is_job_slot_held(v_slot);
  end loop;

  -- `carebase jobs` limits its own statements and gets ten seconds to do so; what pg_cron runs cannot.
  for v_pid in
    select runs.backend_pid
    from public.job_runs as runs
    inner join public.scheduled_jobs as jobs on jobs.name = runs.job_name
    where
      runs.outcome = 'running'
      and runs.started_at + jobs.time_limit + interval '10 seconds' * (runs.server <> 'pg_cron')::integer
        < clock_timestamp()
      and app.is_job_slot_held(runs.slot)
  loop
    perform pg_cancel_backend(v_pid);
  end loop;
end
$function$;

CREATE OR REPLACE FUNCTION app.zone_day(p_zone text, p_day date, OUT begins bigint, OUT offset_before bigint, OUT offset_after bigint, OUT changes bigint)
 RETURNS record
 LANGUAGE plpgsql
 STABLE
 SET search_path TO ''
AS $function$
declare
  v_low bigint;
  v_high bigint;
  v_middle bigint;
begin
  begins := extract(epoch from p_day)::bigint;
  v_low := begins - 15 * 3600;
  v_high := begins + 37 * 3600;
  offset_before := app.zone_offset(p_zone, v_low);
  offset_after := app.zone_offset(p_zone, v_high);
  if offset_before = offset_after then
    return;
  end if;
  while v_high - v_low > 1 loop
    v_middle := (v_low + v_high) / 2;
    if app.zone_offset(p_zone, v_middle) = offset_before then
      v_low := v_middle;
    else
      v_high := v_middle;
    end if;
  end loop;
  changes := v_high;
end
$function$;

CREATE OR REPLACE FUNCTION app.zone_offset(p_zone text, p_epoch bigint)
 RETURNS bigint
 LANGUAGE sql
 STABLE
 SET search_path TO ''
AS $function$
  select extract(epoch from to_timestamp(p_epoch) at time zone p_zone)::bigint - p_epoch
$function$;

CREATE OR REPLACE FUNCTION public.cancel_notification(p_notification_id uuid)
 RETURNS boolean
 LANGUAGE sql
 SET search_path TO ''
AS $function$
  select app.cancel_notification(p_notification_id)
$function$;

CREATE OR REPLACE FUNCTION public.create_webhook(p_url text, p_event_types text[], p_description text DEFAULT ''::text, OUT webhook_id uuid, OUT secret text)
 RETURNS record
 LANGUAGE sql
 SET search_path TO ''
AS $function$
  select made.* from app.create_webhook(p_url, p_event_types, p_description) as made
$function$;

CREATE OR REPLACE FUNCTION public.get_my_notifications(p_only_unread boolean DEFAULT false, p_limit integer DEFAULT 50, p_before uuid DEFAULT NULL::uuid)
 RETURNS TABLE(id uuid, template_key text, title text, body text, payload jsonb, sent_at timestamp with time zone, read_at timestamp with time zone)
 LANGUAGE plpgsql
 STABLE
 SET search_path TO ''
AS $function$
begin
  perform app.require_member();
  perform app.check_input('p_limit', p_limit between 1 and 500, 'The limit is a number from 1 to 500.');
  perform app.check_input('p_only_unread', p_only_unread is not null, 'Say whether only unread ones.');

  return query
  select
    queue.id, queue.template_key, queue.title, queue.body, queue.payload, queue.settled_at, queue.read_at
  from public.notification_queue as queue
  where
    queue.recipient_id = (select app.my_id()) and queue.org_id = (select app.current_org())
    and queue.channel = 'in_app' and queue.status = 'sent'
    and (queue.read_at is null or not p_only_unread)
    and (p_before is null or queue.id < p_before)
  order by queue.id desc
  limit p_limit;
end
$function$;

CREATE OR REPLACE FUNCTION public.get_removed_properties(p_limit integer DEFAULT 50)
 RETURNS TABLE(id uuid, deleted_at timestamp with time zone, purge_at timestamp with time zone, is_held boolean, row_values jsonb)
 LANGUAGE plpgsql
 STABLE
 SET search_path TO ''
AS $function$
begin
  perform app.require_role('org_owner', 'admin');
  perform app.check_input('p_limit', p_limit between 1 and 500, 'The limit is a number from 1 to 500.');
  return query select removed.* from app.removed_properties(p_limit) as removed;
end
$function$;

CREATE OR REPLACE FUNCTION public.get_removed_provider_support_circles(p_limit integer DEFAULT 50)
 RETURNS TABLE(id uuid, deleted_at timestamp with time zone, purge_at timestamp with time zone, is_held boolean, row_values jsonb)
 LANGUAGE plpgsql
 STABLE
 SET search_path TO ''
AS $function$
begin
  perform app.require_feature('resilience_hub');
  perform app.require_role('admin', 'care_manager', 'wellness_officer');
  perform app.check_input('p_limit', p_limit between 1 and 500, 'The limit is a number from 1 to 500.');
  return query select removed.* from app.removed_provider_support_circles(p_limit) as removed;
end
$function$;

CREATE OR REPLACE FUNCTION public.get_removed_sites(p_limit integer DEFAULT 50)
 RETURNS TABLE(id uuid, deleted_at timestamp with time zone, purge_at timestamp with time zone, is_held boolean, row_values jsonb)
 LANGUAGE plpgsql
 STABLE
 SET search_path TO ''
AS $function$
begin
  perform app.require_role('org_owner', 'admin');
  perform app.check_input('p_limit', p_limit between 1 and 500, 'The limit is a number from 1 to 500.');
  return query select removed.* from app.removed_sites(p_limit) as removed;
end
$function$;

CREATE OR REPLACE FUNCTION public.get_retention()
 RETURNS TABLE(table_name text, keep_for interval, is_default boolean, at_least interval, at_most interval, removed_count bigint, due_count bigint, held_count bigint, referenced_count bigint)
 LANGUAGE plpgsql
 STABLE
 SET search_path TO ''
AS $function$
begin
  perform app.require_role('org_owner', 'admin', 'compliance_lead');
  return query select answer.* from app.retention() as answer;
end
$function$;

CREATE OR REPLACE FUNCTION public.mark_notifications_read(p_notification_ids uuid[] DEFAULT NULL::uuid[])
 RETURNS integer
 LANGUAGE sql
 SET search_path TO ''
AS $function$
  select app.mark_notifications_read(p_notification_ids)
$function$;

CREATE OR REPLACE FUNCTION public.merge_provider_support_circles(p_id uuid, p_changes jsonb, p_base jsonb DEFAULT NULL::jsonb, p_base_version integer DEFAULT NULL::integer, p_request_key uuid DEFAULT NULL::uuid, OUT row_values jsonb, OUT is_changed boolean, OUT conflicts jsonb)
 RETURNS record
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
declare
  v_strategies constant jsonb := jsonb_build_object(
    'name', 'reject', 'meeting_frequency', 'reject', 'max_members', 'max', 'facilitator_id', 'reject',
    'is_active', 'reject'
  );
  v_row record;
  v_yours jsonb;
  v_base jsonb;
  v_writes jsonb;
begin
  perform app.require_feature('resilience_hub');
  perform app.require_role('admin', 'care_manager', 'wellness_officer');
  perform app.check_merge(v_strategies, p_changes, p_base, p_base_version);

  select
    org_id, id, name, meeting_frequency, max_members, facilitator_id, facilitator_practitioner_id, is_active,
    created_at, created_by, updated_at, updated_by, version, deleted_at
  into v_row
  from public.provider_support_circles
  where org_id = (select app.current_org()) and id = p_id
  for update;
  if not found then
    perform app.raise_error('not_found', 'There is no such row, or it is not yours to change.');
  end if;
  row_values := to_jsonb(v_row);

  -- In the types of the columns, so that what is equal is equal however the client writes it.
  begin
    v_yours := app.only_fields(
      to_jsonb(jsonb_populate_record(null::public.provider_support_circles, p_changes)), p_changes
    );
    v_base := case
      when p_base_version = v_row.version then row_values
      else app.only_fields(to_jsonb(jsonb_populate_record(null::public.provider_support_circles, p_base)), p_base)
    end;
  exception when data_exception then
    perform app.raise_error('invalid_input', 'A value is not of its field''s type.', '{"field": "p_changes"}');
  end;

  select * into v_writes, conflicts from app.merge_fields(row_values, v_base, v_yours, v_strategies);
  is_changed := v_writes <> '{}' and (
    p_request_key is null
    or app.claim_request(
      p_request_key, concat_ws(' ', 'provider_support_circles', p_id, p_changes, p_base, p_base_version)
    )
  );
  if is_changed then
    update public.provider_support_circles
    set (
      name, meeting_frequency, max_members, facilitator_id, is_active
    ) = (
      select
        wanted.name, wanted.meeting_frequency, wanted.max_members, wanted.facilitator_id, wanted.is_active
      from jsonb_populate_record(null::public.provider_support_circles, row_values || v_writes) as wanted
    )
    where org_id = (select app.current_org()) and id = p_id
    returning
      org_id, id, name, meeting_frequency, max_members, facilitator_id, facilitator_practitioner_id, is_active,
      created_at, created_by, updated_at, updated_by, version, deleted_at
    into v_row;
    row_values := to_jsonb(v_row);
  end if;
end
$function$;

CREATE OR REPLACE FUNCTION public.place_legal_hold(p_reason_code public.legal_hold_reason, p_table_name text DEFAULT NULL::text, p_row_id uuid DEFAULT NULL::uuid, p_subject_id uuid DEFAULT NULL::uuid, p_reference text DEFAULT NULL::text)
 RETURNS uuid
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
begin
  perform app.require_role('org_owner', 'compliance_lead');
  perform app.check_input('p_reason_code', p_reason_code is not null, 'Say why.');
  perform app.check_input('p_row_id', p_row_id is null or p_table_name is not null, 'Say of which table.');
  perform app.check_input(
    'p_reference', p_reference is null or (length(p_reference) <= 100 and p_reference ~ '\S'),
    'The number of the matter is a text of 1 to 100 characters.'
  );
  return app.place_legal_hold(p_reason_code, p_table_name, p_row_id, p_subject_id, p_reference);
end
$function$;

CREATE OR REPLACE FUNCTION public.release_legal_hold(p_hold_id uuid)
 RETURNS void
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
begin
  perform app.require_role('org_owner', 'compliance_lead');
  perform app.check_input('p_hold_id', p_hold_id is not null, 'Say which hold.');
  perform app.release_legal_hold(p_hold_id);
end
$function$;

CREATE OR REPLACE FUNCTION public.remove_properties(p_id uuid, OUT id uuid, OUT version integer)
 RETURNS record
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
begin
  perform app.require_role('org_owner', 'admin');
  perform app.check_input('p_id', p_id is not null, 'Say which row.');
  select done.id, done.version into id, version from app.remove_properties(p_id) as done;
end
$function$;

CREATE OR REPLACE FUNCTION public.remove_provider_support_circles(p_id uuid, OUT id uuid, OUT version integer)
 RETURNS record
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
begin
  perform app.require_feature('resilience_hub');
  perform app.require_role('admin', 'care_manager', 'wellness_officer');
  perform app.check_input('p_id', p_id is not null, 'Say which row.');
  select done.id, done.version into id, version from app.remove_provider_support_circles(p_id) as done;
end
$function$;

CREATE OR REPLACE FUNCTION public.remove_sites(p_id uuid, OUT id uuid, OUT version integer)
 RETURNS record
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
begin
  perform app.require_role('org_owner', 'admin');
  perform app.check_input('p_id', p_id is not null, 'Say which row.');
  select done.id, done.version into id, version from app.remove_sites(p_id) as done;
end
$function$;

CREATE OR REPLACE FUNCTION public.remove_webhook(p_webhook_id uuid)
 RETURNS void
 LANGUAGE sql
 SET search_path TO ''
AS $function$
  select app.remove_webhook(p_webhook_id)
$function$;

CREATE OR REPLACE FUNCTION public.requeue_notification(p_notification_id uuid)
 RETURNS boolean
 LANGUAGE sql
 SET search_path TO ''
AS $function$
  select app.requeue_notification(p_notification_id)
$function$;

CREATE OR REPLACE FUNCTION public.restore_properties(p_id uuid, OUT id uuid, OUT version integer)
 RETURNS record
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
begin
  perform app.require_role('org_owner', 'admin');
  perform app.check_input('p_id', p_id is not null, 'Say which row.');
  select done.id, done.version into id, version from app.restore_properties(p_id) as done;
end
$function$;

CREATE OR REPLACE FUNCTION public.restore_provider_support_circles(p_id uuid, OUT id uuid, OUT version integer)
 RETURNS record
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
begin
  perform app.require_feature('resilience_hub');
  perform app.require_role('admin', 'care_manager', 'wellness_officer');
  perform app.check_input('p_id', p_id is not null, 'Say which row.');
  select done.id, done.version into id, version from app.restore_provider_support_circles(p_id) as done;
end
$function$;

CREATE OR REPLACE FUNCTION public.restore_sites(p_id uuid, OUT id uuid, OUT version integer)
 RETURNS record
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
begin
  perform app.require_role('org_owner', 'admin');
  perform app.check_input('p_id', p_id is not null, 'Say which row.');
  select done.id, done.version into id, version from app.restore_sites(p_id) as done;
end
$function$;

CREATE OR REPLACE FUNCTION public.rotate_webhook_secret(p_webhook_id uuid)
 RETURNS text
 LANGUAGE sql
 SET search_path TO ''
AS $function$
  select app.rotate_webhook_secret(p_webhook_id)
$function$;

CREATE OR REPLACE FUNCTION public.schedule_notification(p_recipient uuid, p_payload jsonb, p_trigger_at timestamp with time zone DEFAULT NULL::timestamp with time zone, p_template text DEFAULT 'notice'::text, p_channel public.notification_channel DEFAULT 'in_app'::public.notification_channel, p_priority public.notification_priority DEFAULT 'normal'::public.notification_priority, p_dedupe_key text DEFAULT NULL::text, p_expires_at timestamp with time zone DEFAULT NULL::timestamp with time zone, p_line_key text DEFAULT NULL::text)
 RETURNS uuid
 LANGUAGE sql
 SET search_path TO ''
AS $function$
  select app.schedule_notification(
    p_recipient, p_payload, p_trigger_at, p_template, p_channel, p_priority, p_dedupe_key, p_expires_at, p_line_key
  )
$function$;

CREATE OR REPLACE FUNCTION public.set_integration(p_kind public.integration_kind, p_name text, p_settings jsonb DEFAULT '{}'::jsonb, p_secret text DEFAULT NULL::text, p_is_active boolean DEFAULT true)
 RETURNS uuid
 LANGUAGE sql
 SET search_path TO ''
AS $function$
  select app.set_integration(p_kind, p_name, p_settings, p_secret, p_is_active)
$function$;

CREATE OR REPLACE FUNCTION public.set_retention_policy(p_table_name text, p_keep_for interval DEFAULT NULL::interval)
 RETURNS interval
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
begin
  perform app.require_role('org_owner', 'admin', 'compliance_lead');
  return app.set_retention_policy(p_table_name, p_keep_for);
end
$function$;

CREATE OR REPLACE PROCEDURE app.work_jobs(IN p_server text DEFAULT 'pg_cron'::text)
 LANGUAGE plpgsql
AS $procedure$
declare
  v_run public.job_runs;
  v_has_more boolean;
  v_outcome public.job_outcome;
  v_message text;
begin
  perform pg_catalog.set_config('search_path', '', false);
  loop
    v_run := app.claim_job(p_server);
    commit;
    exit when v_run.id is null;
    v_has_more := true;
    v_outcome := 'succeeded';
    v_message := null;
    while v_has_more loop
      begin
        v_has_more := app.run_job_batch(v_run.id);
      exception
        when query_canceled then
          v_has_more := false;
          v_outcome := app.outcome_of_cancel(v_run);
          v_message := 'It was cancelled.';
        when others then
          v_has_more := false;
          v_outcome := 'failed';
          v_message := app.describe_failure(sqlstate, sqlerrm);
      end;
      commit;
    end loop;
    perform app.finish_job(v_run.id, v_outcome, v_message);
    commit;
  end loop;
end
$procedure$;

CREATE TABLE "app"."audit_contents" (
  "org_id" uuid NOT NULL,
  "number" bigint NOT NULL,
  "month_date" date NOT NULL,
  "event_ids" uuid[] NOT NULL,
  "event_digests" bytea NOT NULL
) PARTITION BY RANGE (month_date);

CREATE TABLE "app"."audit_contents_default" PARTITION OF "app"."audit_contents" DEFAULT;

ALTER TABLE "app"."audit_contents_default" ENABLE ROW LEVEL SECURITY;

ALTER TABLE "app"."audit_contents_default" FORCE ROW LEVEL SECURITY;

ALTER TABLE "app"."audit_contents" ENABLE ROW LEVEL SECURITY;

ALTER TABLE "app"."audit_contents" FORCE ROW LEVEL SECURITY;

CREATE TABLE "app"."audit_dropped_months" (
  "month_date" date NOT NULL,
  "event_count" bigint NOT NULL,
  "run_number" bigint NOT NULL,
  "key_version" smallint NOT NULL,
  "code" bytea NOT NULL,
  "dropped_at" timestamp with time zone NOT NULL,
  CONSTRAINT "audit_dropped_months_code_whole" CHECK ((octet_length(code) = 32)),
  CONSTRAINT "audit_dropped_months_pkey" PRIMARY KEY (month_date)
);

ALTER TABLE "app"."audit_dropped_months" ENABLE ROW LEVEL SECURITY;

ALTER TABLE "app"."audit_dropped_months" FORCE ROW LEVEL SECURITY;

CREATE TABLE "app"."audit_runs" (
  "number" bigint NOT NULL,
  "snapshot" pg_snapshot NOT NULL,
  "cluster_id" bigint NOT NULL,
  "era_began_at" timestamp with time zone NOT NULL,
  "seals_digest" bytea NOT NULL,
  "key_version" smallint NOT NULL,
  "previous_code" bytea NOT NULL,
  "code" bytea NOT NULL,
  "sealed_at" timestamp with time zone NOT NULL,
  CONSTRAINT "audit_runs_codes_whole" CHECK (((octet_length(seals_digest) = 32) AND (octet_length(previous_code) = 32) AND (octet_length(code) = 32))),
  CONSTRAINT "audit_runs_number_counts" CHECK ((number >= 1)),
  CONSTRAINT "audit_runs_pkey" PRIMARY KEY (number)
);

ALTER TABLE "app"."audit_runs" ENABLE ROW LEVEL SECURITY;

ALTER TABLE "app"."audit_runs" FORCE ROW LEVEL SECURITY;

CREATE TABLE "app"."audit_seals" (
  "org_id" uuid NOT NULL,
  "number" bigint NOT NULL,
  "run_number" bigint NOT NULL,
  "month_date" date NOT NULL,
  "event_count" integer NOT NULL,
  "contents_digest" bytea NOT NULL,
  "key_version" smallint NOT NULL,
  "previous_code" bytea NOT NULL,
  "code" bytea NOT NULL,
  "sealed_at" timestamp with time zone NOT NULL,
  CONSTRAINT "audit_seals_codes_whole" CHECK (((octet_length(contents_digest) = 32) AND (octet_length(previous_code) = 32) AND (octet_length(code) = 32))),
  CONSTRAINT "audit_seals_number_counts" CHECK ((number >= 1)),
  CONSTRAINT "audit_seals_pkey" PRIMARY KEY (org_id, number)
);

ALTER TABLE "app"."audit_seals" ENABLE ROW LEVEL SECURITY;

ALTER TABLE "app"."audit_seals" FORCE ROW LEVEL SECURITY;

CREATE TABLE "app"."claimed_requests" (
  "caller_id" uuid NOT NULL,
  "request_key" uuid NOT NULL,
  "digest" bytea NOT NULL,
  "claimed_at" timestamp with time zone NOT NULL,
  CONSTRAINT "claimed_requests_digest_length" CHECK ((length(digest) = 32)),
  CONSTRAINT "claimed_requests_pkey" PRIMARY KEY (caller_id, request_key)
);

ALTER TABLE "app"."claimed_requests" ENABLE ROW LEVEL SECURITY;

ALTER TABLE "app"."claimed_requests" FORCE ROW LEVEL SECURITY;

CREATE TABLE "app"."data_keys" (
  "id" uuid NOT NULL DEFAULT gen_random_uuid(),
  "purpose" public.key_purpose NOT NULL,
  "org_id" uuid,
  "subject_id" uuid,
  "version" integer NOT NULL,
  "kek_version" integer NOT NULL,
  "wrapped_key" bytea,
  "created_at" timestamp with time zone NOT NULL DEFAULT now(),
  "retired_at" timestamp with time zone,
  "destroyed_at" timestamp with time zone,
  CONSTRAINT "data_keys_destroyed_after_retired" CHECK (((destroyed_at IS NULL) OR (retired_at IS NOT NULL))),
  CONSTRAINT "data_keys_destroyed_is_gone" CHECK (((wrapped_key IS NULL) = (destroyed_at IS NOT NULL))),
  CONSTRAINT "data_keys_index_of_organization" CHECK (((purpose = 'seal'::public.key_purpose) OR (subject_id IS NULL))),
  CONSTRAINT "data_keys_pkey" PRIMARY KEY (id),
  CONSTRAINT "data_keys_version_positive" CHECK ((version > 0)),
  CONSTRAINT "data_keys_wrapped_length" CHECK ((length(wrapped_key) = 128))
);

ALTER TABLE "app"."data_keys" ENABLE ROW LEVEL SECURITY;

ALTER TABLE "app"."data_keys" FORCE ROW LEVEL SECURITY;

CREATE TABLE "app"."job_slots" (
  "slot" integer NOT NULL,
  "job_name" text NOT NULL,
  "for_org_id" uuid,
  "planned_as" text NOT NULL,
  "next_run_at" timestamp with time zone,
  "failure_count" integer NOT NULL DEFAULT 0,
  CONSTRAINT "job_slots_failure_count_not_negative" CHECK ((failure_count >= 0)),
  CONSTRAINT "job_slots_pkey" PRIMARY KEY (slot),
  CONSTRAINT "job_slots_planned_as_length" CHECK ((length(planned_as) <= 300))
);

ALTER TABLE "app"."job_slots" ENABLE ROW LEVEL SECURITY;

ALTER TABLE "app"."job_slots" FORCE ROW LEVEL SECURITY;

CREATE TABLE "app"."key_encryption_keys" (
  "version" integer NOT NULL,
  "provider" text NOT NULL,
  "reference" text,
  "ciphertext" bytea,
  "created_at" timestamp with time zone NOT NULL DEFAULT now(),
  "retired_at" timestamp with time zone,
  "destroyed_at" timestamp with time zone,
  CONSTRAINT "key_encryption_keys_ciphertext_length" CHECK (((length(ciphertext) >= 1) AND (length(ciphertext) <= 6144))),
  CONSTRAINT "key_encryption_keys_destroyed_after_retired" CHECK (((destroyed_at IS NULL) OR (retired_at IS NOT NULL))),
  CONSTRAINT "key_encryption_keys_pkey" PRIMARY KEY (version),
  CONSTRAINT "key_encryption_keys_provider_known" CHECK ((provider = ANY (ARRAY['vault'::text, 'file'::text, 'aws-kms'::text]))),
  CONSTRAINT "key_encryption_keys_reference_length" CHECK (((length(reference) >= 1) AND (length(reference) <= 500))),
  CONSTRAINT "key_encryption_keys_version_positive" CHECK ((version > 0))
);

ALTER TABLE "app"."key_encryption_keys" ENABLE ROW LEVEL SECURITY;

ALTER TABLE "app"."key_encryption_keys" FORCE ROW LEVEL SECURITY;

CREATE TABLE "app"."notification_leases" (
  "id" uuid NOT NULL DEFAULT app.uuid_v7(),
  "worker" text NOT NULL,
  "ends_at" timestamp with time zone NOT NULL,
  "org_ids" uuid[] NOT NULL,
  "notification_ids" uuid[] NOT NULL,
  "attempt_counts" smallint[] NOT NULL,
  CONSTRAINT "notification_leases_batch_size" CHECK (((cardinality(notification_ids) >= 1) AND (cardinality(notification_ids) <= 10000))),
  CONSTRAINT "notification_leases_same_size" CHECK (((cardinality(org_ids) = cardinality(notification_ids)) AND (cardinality(attempt_counts) = cardinality(notification_ids)))),
  CONSTRAINT "notification_leases_worker_length" CHECK (((length(worker) >= 1) AND (length(worker) <= 200)))
);

ALTER TABLE "app"."notification_leases" ENABLE ROW LEVEL SECURITY;

ALTER TABLE "app"."notification_leases" FORCE ROW LEVEL SECURITY;

ALTER TABLE "app"."notification_leases" SET (fillfactor=50);

CREATE TABLE "app"."notification_lines" (
  "org_id" uuid NOT NULL,
  "notification_id" uuid NOT NULL,
  "line_key" text NOT NULL,
  "place" integer NOT NULL,
  CONSTRAINT "notification_lines_line_key_length" CHECK (((length(line_key) >= 1) AND (length(line_key) <= 100))),
  CONSTRAINT "notification_lines_pkey" PRIMARY KEY (org_id, notification_id)
);

ALTER TABLE "app"."notification_lines" ENABLE ROW LEVEL SECURITY;

ALTER TABLE "app"."notification_lines" FORCE ROW LEVEL SECURITY;

CREATE TABLE "app"."notification_tasks" (
  "org_id" uuid NOT NULL,
  "notification_id" uuid NOT NULL,
  "priority" public.notification_priority NOT NULL,
  "due_at" timestamp with time zone NOT NULL,
  "written_by" xid8 NOT NULL,
  "line_key" text,
  "place" integer,
  CONSTRAINT "notification_tasks_line_key_length" CHECK (((length(line_key) >= 1) AND (length(line_key) <= 100))),
  CONSTRAINT "notification_tasks_pkey" PRIMARY KEY (org_id, notification_id),
  CONSTRAINT "notification_tasks_place_in_line" CHECK (((line_key IS NULL) = (place IS NULL)))
);

ALTER TABLE "app"."notification_tasks" ENABLE ROW LEVEL SECURITY;

ALTER TABLE "app"."notification_tasks" FORCE ROW LEVEL SECURITY;

ALTER TABLE "app"."notification_tasks" SET (autovacuum_vacuum_scale_factor=0.05);

CREATE TABLE "public"."audit_events" (
  "org_id" uuid NOT NULL,
  "id" uuid NOT NULL,
  "occurred_at" timestamp with time zone NOT NULL,
  "transaction_id" xid8 NOT NULL,
  "action" public.audit_action NOT NULL,
  "outcome" public.audit_outcome NOT NULL,
  "is_concealed" boolean NOT NULL,
  "actor_id" uuid,
  "actor_roles" public.app_role[] NOT NULL,
  "session_id" uuid,
  "api_key_id" uuid,
  "database_role" text NOT NULL,
  "ip_address" text,
  "user_agent" text,
  "request_id" text,
  "table_name" text,
  "row_key" jsonb,
  "operation" text,
  "changes" jsonb,
  "subject_ids" uuid[],
  "purpose" text,
  "consent_id" uuid
) PARTITION BY RANGE (occurred_at);

CREATE TABLE "app"."audit_events_default" PARTITION OF "public"."audit_events" DEFAULT;

ALTER TABLE "app"."audit_events_default" ENABLE ROW LEVEL SECURITY;

ALTER TABLE "app"."audit_events_default" FORCE ROW LEVEL SECURITY;

ALTER TABLE "public"."audit_events" ENABLE ROW LEVEL SECURITY;

ALTER TABLE "public"."audit_events" FORCE ROW LEVEL SECURITY;

CREATE TABLE "public"."integration_configs" (
  "org_id" uuid NOT NULL DEFAULT app.current_org(),
  "id" uuid NOT NULL DEFAULT app.uuid_v7(),
  "kind" public.integration_kind NOT NULL,
  "name" text NOT NULL,
  "settings" jsonb NOT NULL DEFAULT '{}'::jsonb,
  "is_active" boolean NOT NULL DEFAULT true,
  "created_at" timestamp with time zone NOT NULL DEFAULT now(),
  "created_by" uuid,
  "updated_at" timestamp with time zone NOT NULL DEFAULT now(),
  "updated_by" uuid,
  "version" integer NOT NULL DEFAULT 1,
  "deleted_at" timestamp with time zone,
  CONSTRAINT "integration_configs_name_length" CHECK (((length(name) >= 1) AND (length(name) <= 100))),
  CONSTRAINT "integration_configs_name_key" UNIQUE (org_id, kind, name),
  CONSTRAINT "integration_configs_settings_valid" CHECK (app.are_integration_settings_valid(kind, settings))
);

ALTER TABLE "public"."integration_configs" ENABLE ROW LEVEL SECURITY;

ALTER TABLE "public"."integration_configs" FORCE ROW LEVEL SECURITY;

CREATE TABLE "public"."job_runs" (
  "id" uuid NOT NULL DEFAULT app.uuid_v7(),
  "job_name" text NOT NULL,
  "for_org_id" uuid,
  "slot" integer,
  "due_at" timestamp with time zone NOT NULL,
  "attempt" integer NOT NULL DEFAULT 1,
  "is_manual" boolean NOT NULL DEFAULT false,
  "started_at" timestamp with time zone NOT NULL,
  "ended_at" timestamp with time zone,
  "outcome" public.job_outcome NOT NULL DEFAULT 'running'::public.job_outcome,
  "row_count" bigint,
  "message" text,
  "server" text NOT NULL,
  "backend_pid" integer NOT NULL,
  "alerted_at" timestamp with time zone,
  CONSTRAINT "job_runs_attempt_range" CHECK (((attempt >= 1) AND (attempt <= 3))),
  CONSTRAINT "job_runs_ended_unless_running" CHECK (((outcome = 'running'::public.job_outcome) = (ended_at IS NULL))),
  CONSTRAINT "job_runs_message_length" CHECK ((length(message) <= 1000)),
  CONSTRAINT "job_runs_server_length" CHECK (((length(server) >= 1) AND (length(server) <= 200)))
);

ALTER TABLE "public"."job_runs" ENABLE ROW LEVEL SECURITY;

ALTER TABLE "public"."job_runs" FORCE ROW LEVEL SECURITY;

CREATE TABLE "public"."legal_holds" (
  "org_id" uuid NOT NULL DEFAULT app.current_org(),
  "id" uuid NOT NULL DEFAULT app.uuid_v7(),
  "reason_code" public.legal_hold_reason NOT NULL,
  "reference" text,
  "table_name" text,
  "row_id" uuid,
  "subject_id" uuid,
  "placed_at" timestamp with time zone NOT NULL DEFAULT now(),
  "placed_by" uuid,
  "released_at" timestamp with time zone,
  "released_by" uuid,
  CONSTRAINT "legal_holds_reference_length" CHECK (((length(reference) >= 1) AND (length(reference) <= 100))),
  CONSTRAINT "legal_holds_released_after" CHECK ((released_at >= placed_at)),
  CONSTRAINT "legal_holds_released_by_somebody_then" CHECK (((released_at IS NOT NULL) OR (released_by IS NULL))),
  CONSTRAINT "legal_holds_row_is_of_a_table" CHECK (((row_id IS NULL) OR (table_name IS NOT NULL))),
  CONSTRAINT "legal_holds_table_name_form" CHECK ((table_name ~ '^[a-z][a-z0-9_]{0,62}$'::text))
);

ALTER TABLE "public"."legal_holds" ENABLE ROW LEVEL SECURITY;

ALTER TABLE "public"."legal_holds" FORCE ROW LEVEL SECURITY;

CREATE TABLE "public"."notification_preferences" (
  "org_id" uuid NOT NULL DEFAULT app.current_org(),
  "user_id" uuid NOT NULL DEFAULT auth.uid(),
  "muted_channels" public.notification_channel[] NOT NULL DEFAULT '{}'::public.notification_channel[],
  "quiet_from" time without time zone,
  "quiet_until" time without time zone,
  "quiet_days" smallint[] NOT NULL DEFAULT '{}'::smallint[],
  "time_zone" public.time_zone,
  "created_at" timestamp with time zone NOT NULL DEFAULT now(),
  "created_by" uuid,
  "updated_at" timestamp with time zone NOT NULL DEFAULT now(),
  "updated_by" uuid,
  "version" integer NOT NULL DEFAULT 1,
  CONSTRAINT "notification_preferences_muted_channels_known" CHECK (((muted_channels <@ '{email,sms}'::public.notification_channel[]) AND (cardinality(muted_channels) <= 10))),
  CONSTRAINT "notification_preferences_quiet_days_known" CHECK (((quiet_days <@ '{1,2,3,4,5,6,7}'::smallint[]) AND (cardinality(quiet_days) <= 6) AND (NOT (quiet_days @> '{1,2,3,4,5,6,7}'::smallint[])))),
  CONSTRAINT "notification_preferences_quiet_hours_whole" CHECK ((((quiet_from IS NULL) = (quiet_until IS NULL)) AND (quiet_from <> quiet_until))),
  CONSTRAINT "notification_preferences_pkey" PRIMARY KEY (org_id, user_id)
);

ALTER TABLE "public"."notification_preferences" ENABLE ROW LEVEL SECURITY;

ALTER TABLE "public"."notification_preferences" FORCE ROW LEVEL SECURITY;

CREATE TABLE "public"."notification_queue" (
  "org_id" uuid NOT NULL DEFAULT app.current_org(),
  "id" uuid NOT NULL DEFAULT app.uuid_v7(),
  "channel" public.notification_channel NOT NULL,
  "recipient_id" uuid,
  "webhook_id" uuid,
  "integration_id" uuid,
  "template_key" text NOT NULL,
  "payload" jsonb NOT NULL DEFAULT '{}'::jsonb,
  "priority" public.notification_priority NOT NULL DEFAULT 'normal'::public.notification_priority,
  "trigger_at" timestamp with time zone NOT NULL,
  "expires_at" timestamp with time zone,
  "dedupe_key" text,
  "line_key" text,
  "max_attempts" smallint NOT NULL DEFAULT 12,
  "created_at" timestamp with time zone NOT NULL,
  "created_by" uuid,
  "status" public.notification_status NOT NULL DEFAULT 'pending'::public.notification_status,
  "attempt_count" smallint NOT NULL DEFAULT 0,
  "last_error" text,
  "settled_at" timestamp with time zone,
  "died_at" timestamp with time zone,
  "title" text,
  "body" text,
  "read_at" timestamp with time zone,
  CONSTRAINT "notification_queue_attempt_count_range" CHECK (((attempt_count >= 0) AND (attempt_count <= 1000))),
  CONSTRAINT "notification_queue_body_length" CHECK ((length(body) <= 10000)),
  CONSTRAINT "notification_queue_dedupe_key_length" CHECK (((length(dedupe_key) >= 1) AND (length(dedupe_key) <= 200))),
  CONSTRAINT "notification_queue_died" CHECK (((status = 'dead'::public.notification_status) = (died_at IS NOT NULL))),
  CONSTRAINT "notification_queue_last_error_length" CHECK ((length(last_error) <= 500)),
  CONSTRAINT "notification_queue_line_key_length" CHECK (((length(line_key) >= 1) AND (length(line_key) <= 100))),
  CONSTRAINT "notification_queue_max_attempts_range" CHECK (((max_attempts >= 1) AND (max_attempts <= 50))),
  CONSTRAINT "notification_queue_one_recipient" CHECK (
CASE channel
    WHEN 'webhook'::public.notification_channel THEN ((webhook_id IS NOT NULL) AND (num_nonnulls(recipient_id, integration_id) = 0))
    WHEN 'chat'::public.notification_channel THEN ((integration_id IS NOT NULL) AND (num_nonnulls(recipient_id, webhook_id) = 0))
    ELSE ((recipient_id IS NOT NULL) AND (num_nonnulls(webhook_id, integration_id) = 0))
END),
  CONSTRAINT "notification_queue_settled" CHECK (((status = 'pending'::public.notification_status) = (settled_at IS NULL))),
  CONSTRAINT "notification_queue_shown_in_app" CHECK (((channel = 'in_app'::public.notification_channel) OR (num_nonnulls(title, body, read_at) = 0))),
  CONSTRAINT "notification_queue_template_key_form" CHECK ((template_key ~ '^[a-z][a-z0-9_.]{0,99}$'::text)),
  CONSTRAINT "notification_queue_title_length" CHECK ((length(title) <= 200)),
  CONSTRAINT "notification_queue_payload_small" CHECK (app.check_json(payload, 2048, 1))
);

ALTER TABLE "public"."notification_queue" ENABLE ROW LEVEL SECURITY;

ALTER TABLE "public"."notification_queue" FORCE ROW LEVEL SECURITY;

ALTER TABLE "public"."notification_queue" SET (fillfactor=50);

CREATE TABLE "public"."notification_templates" (
  "org_id" uuid NOT NULL DEFAULT app.current_org(),
  "id" uuid NOT NULL DEFAULT app.uuid_v7(),
  "template_key" text NOT NULL,
  "channel" public.notification_channel NOT NULL,
  "subject" text,
  "body" text NOT NULL DEFAULT ''::text,
  "payload_keys" jsonb NOT NULL DEFAULT '{}'::jsonb,
  "created_at" timestamp with time zone NOT NULL DEFAULT now(),
  "created_by" uuid,
  "updated_at" timestamp with time zone NOT NULL DEFAULT now(),
  "updated_by" uuid,
  "version" integer NOT NULL DEFAULT 1,
  "deleted_at" timestamp with time zone,
  CONSTRAINT "notification_templates_body_length" CHECK ((length(body) <= 10000)),
  CONSTRAINT "notification_templates_subject_line" CHECK ((((length(subject) >= 1) AND (length(subject) <= 200)) AND (subject !~ '[[:cntrl:]]'::text))),
  CONSTRAINT "notification_templates_template_key_form" CHECK ((template_key ~ '^[a-z][a-z0-9_.]{0,99}$'::text)),
  CONSTRAINT "notification_templates_channel_key" UNIQUE (org_id, template_key, channel),
  CONSTRAINT "notification_templates_payload_keys_valid" CHECK (app.are_payload_keys_valid(payload_keys))
);

ALTER TABLE "public"."notification_templates" ENABLE ROW LEVEL SECURITY;

ALTER TABLE "public"."notification_templates" FORCE ROW LEVEL SECURITY;

CREATE TABLE "public"."retention_policies" (
  "org_id" uuid NOT NULL DEFAULT app.current_org(),
  "table_name" text NOT NULL,
  "keep_for" interval NOT NULL,
  "created_at" timestamp with time zone NOT NULL DEFAULT now(),
  "created_by" uuid,
  "updated_at" timestamp with time zone NOT NULL DEFAULT now(),
  "updated_by" uuid,
  "version" integer NOT NULL DEFAULT 1,
  "deleted_at" timestamp with time zone,
  CONSTRAINT "retention_policies_keep_for_positive" CHECK ((keep_for > '00:00:00'::interval)),
  CONSTRAINT "retention_policies_table_name_form" CHECK ((table_name ~ '^[a-z][a-z0-9_]{0,62}$'::text)),
  CONSTRAINT "retention_policies_pkey" PRIMARY KEY (org_id, table_name)
);

ALTER TABLE "public"."retention_policies" ENABLE ROW LEVEL SECURITY;

ALTER TABLE "public"."retention_policies" FORCE ROW LEVEL SECURITY;

CREATE TABLE "public"."scheduled_jobs" (
  "name" text NOT NULL,
  "description" text NOT NULL,
  "scope" public.job_scope NOT NULL DEFAULT 'platform'::public.job_scope,
  "cron" text NOT NULL,
  "time_zone" public.time_zone,
  "time_limit" interval NOT NULL DEFAULT '00:05:00'::interval,
  "batch_size" integer NOT NULL DEFAULT 1000,
  "catch_up" public.job_catch_up NOT NULL DEFAULT 'once'::public.job_catch_up,
  "catch_up_window" interval NOT NULL DEFAULT '1 day'::interval,
  "alert_after" integer NOT NULL DEFAULT 1,
  "paused_at" timestamp with time zone,
  "pause_reason" text,
  "created_at" timestamp with time zone NOT NULL DEFAULT now(),
  "created_by" uuid,
  "updated_at" timestamp with time zone NOT NULL DEFAULT now(),
  "updated_by" uuid,
  "version" integer NOT NULL DEFAULT 1,
  CONSTRAINT "scheduled_jobs_alert_after_range" CHECK (((alert_after >= 1) AND (alert_after <= 100))),
  CONSTRAINT "scheduled_jobs_batch_size_range" CHECK (((batch_size >= 1) AND (batch_size <= 100000))),
  CONSTRAINT "scheduled_jobs_catch_up_window_range" CHECK (((catch_up_window >= '00:01:00'::interval) AND (catch_up_window <= '31 days'::interval))),
  CONSTRAINT "scheduled_jobs_description_length" CHECK (((length(description) >= 1) AND (length(description) <= 500))),
  CONSTRAINT "scheduled_jobs_name_form" CHECK ((name ~ '^[a-z][a-z0-9_]{1,50}$'::text)),
  CONSTRAINT "scheduled_jobs_pause_reason_length" CHECK (((length(pause_reason) >= 1) AND (length(pause_reason) <= 500))),
  CONSTRAINT "scheduled_jobs_pause_reason_of_pause" CHECK (((paused_at IS NOT NULL) OR (pause_reason IS NULL))),
  CONSTRAINT "scheduled_jobs_pkey" PRIMARY KEY (name),
  CONSTRAINT "scheduled_jobs_time_limit_range" CHECK (((time_limit >= '00:00:01'::interval) AND (time_limit <= '06:00:00'::interval))),
  CONSTRAINT "scheduled_jobs_time_zone_by_scope" CHECK (((scope = 'platform'::public.job_scope) = (time_zone IS NOT NULL))),
  CONSTRAINT "scheduled_jobs_cron_form" CHECK (((length(cron) <= 100) AND app.is_cron(cron)))
);

ALTER TABLE "public"."scheduled_jobs" ENABLE ROW LEVEL SECURITY;

ALTER TABLE "public"."scheduled_jobs" FORCE ROW LEVEL SECURITY;

CREATE TABLE "public"."webhook_deliveries" (
  "org_id" uuid NOT NULL,
  "id" uuid NOT NULL DEFAULT app.uuid_v7(),
  "webhook_id" uuid NOT NULL,
  "notification_id" uuid NOT NULL,
  "attempt" smallint NOT NULL,
  "attempted_at" timestamp with time zone NOT NULL,
  "is_delivered" boolean NOT NULL,
  "status_code" smallint,
  "duration_ms" integer NOT NULL,
  "error" text,
  CONSTRAINT "webhook_deliveries_duration_ms_range" CHECK ((duration_ms >= 0)),
  CONSTRAINT "webhook_deliveries_error_length" CHECK ((length(error) <= 500)),
  CONSTRAINT "webhook_deliveries_status_code_range" CHECK (((status_code >= 100) AND (status_code <= 999)))
);

ALTER TABLE "public"."webhook_deliveries" ENABLE ROW LEVEL SECURITY;

ALTER TABLE "public"."webhook_deliveries" FORCE ROW LEVEL SECURITY;

CREATE TABLE "public"."webhooks" (
  "org_id" uuid NOT NULL DEFAULT app.current_org(),
  "id" uuid NOT NULL DEFAULT app.uuid_v7(),
  "url" text NOT NULL,
  "description" text NOT NULL DEFAULT ''::text,
  "event_types" text[] NOT NULL,
  "is_active" boolean NOT NULL DEFAULT true,
  "created_at" timestamp with time zone NOT NULL DEFAULT now(),
  "created_by" uuid,
  "updated_at" timestamp with time zone NOT NULL DEFAULT now(),
  "updated_by" uuid,
  "version" integer NOT NULL DEFAULT 1,
  "deleted_at" timestamp with time zone,
  CONSTRAINT "webhooks_description_length" CHECK ((length(description) <= 500)),
  CONSTRAINT "webhooks_url_form" CHECK (((url ~ '^https?://[^/?#@[:space:][:cntrl:]]+([/?][^#[:space:][:cntrl:]]*)?$'::text) AND (length(url) <= 2000))),
  CONSTRAINT "webhooks_event_types_known" CHECK ((((cardinality(event_types) >= 1) AND (cardinality(event_types) <= 100)) AND app.are_event_types(event_types)))
);

ALTER TABLE "public"."webhooks" ENABLE ROW LEVEL SECURITY;

ALTER TABLE "public"."webhooks" FORCE ROW LEVEL SECURITY;

ALTER TABLE "public"."audit_events" ALTER COLUMN "actor_roles" SET DEFAULT '{}'::public.app_role[];

ALTER TABLE "public"."audit_events" ALTER COLUMN "is_concealed" SET DEFAULT false;

ALTER TABLE "public"."audit_events" ALTER COLUMN "occurred_at" SET DEFAULT clock_timestamp();

ALTER TABLE "public"."audit_events" ALTER COLUMN "outcome" SET DEFAULT 'success'::public.audit_outcome;

ALTER TABLE "public"."audit_events" ALTER COLUMN "transaction_id" SET DEFAULT pg_current_xact_id();

CREATE OR REPLACE FUNCTION app.audit_digest(p_event public.audit_events)
 RETURNS bytea
 LANGUAGE sql
 STABLE
RETURN sha256(convert_to((p_event)::text, 'UTF8'::name));

CREATE OR REPLACE FUNCTION app.audit_drop_code(p_month app.audit_dropped_months, p_key bytea)
 RETURNS bytea
 LANGUAGE sql
 IMMUTABLE
RETURN extensions.hmac(convert_to((ROW('carebase drop 1', ((p_month).month_date - '2000-01-01'::date), (p_month).event_count, (p_month).run_number, (p_month).key_version, EXTRACT(epoch FROM (p_month).dropped_at)))::text, 'UTF8'::name), p_key, 'sha256'::text);

CREATE OR REPLACE FUNCTION app.audit_hold(p_hold public.legal_holds, p_operation text)
 RETURNS void
 LANGUAGE sql
 SET search_path TO ''
AS $function$
  select app.audit(
    'configure', p_hold.org_id, 'public.legal_holds',
    jsonb_build_object('org_id', p_hold.org_id, 'id', p_hold.id),
    jsonb_strip_nulls(jsonb_build_object(
      'reason_code', p_hold.reason_code, 'table_name', p_hold.table_name, 'row_id', p_hold.row_id,
      'reference', p_hold.reference
    )),
    p_operation,
    p_subject_ids => case when p_hold.subject_id is not null then array[p_hold.subject_id] end
  )
$function$;

CREATE OR REPLACE FUNCTION app.audit_run_code(p_run app.audit_runs, p_key bytea)
 RETURNS bytea
 LANGUAGE sql
 IMMUTABLE
RETURN extensions.hmac(convert_to((ROW('carebase run 1', (p_run).number, (p_run).snapshot, (p_run).cluster_id, EXTRACT(epoch FROM (p_run).era_began_at), encode((p_run).seals_digest, 'hex'::text), (p_run).key_version, encode((p_run).previous_code, 'hex'::text), EXTRACT(epoch FROM (p_run).sealed_at)))::text, 'UTF8'::name), p_key, 'sha256'::text);

CREATE OR REPLACE FUNCTION app.audit_seal_code(p_seal app.audit_seals, p_key bytea)
 RETURNS bytea
 LANGUAGE sql
 IMMUTABLE
RETURN extensions.hmac(convert_to((ROW('carebase seal 1', (p_seal).org_id, (p_seal).number, (p_seal).run_number, ((p_seal).month_date - '2000-01-01'::date), (p_seal).event_count, encode((p_seal).contents_digest, 'hex'::text), (p_seal).key_version, encode((p_seal).previous_code, 'hex'::text), EXTRACT(epoch FROM (p_seal).sealed_at)))::text, 'UTF8'::name), p_key, 'sha256'::text);

CREATE OR REPLACE FUNCTION app.begin_run(p_slot integer, p_server text, p_is_manual boolean)
 RETURNS public.job_runs
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
declare
  v_slot app.job_slots;
  v_job public.scheduled_jobs;
  v_cron text;
  v_zone text;
  v_window interval;
  v_due_at timestamptz;
  v_run public.job_runs;
begin
  perform app.close_lost_runs(p_slot);
  select slots.* into v_slot from app.job_slots as slots where slots.slot = p_slot;
  select jobs.* into v_job from public.scheduled_jobs as jobs where jobs.name = v_slot.job_name;
  if p_is_manual then
    return app.write_run(v_slot, app.clock(), 1, p_server, true);
  end if;

  v_zone := split_part(v_slot.planned_as, ' ', -1);
  v_cron := left(v_slot.planned_as, -length(v_zone) - 1);
  v_window := case v_job.catch_up when 'skip' then interval '5 minutes' else v_job.catch_up_window end;
  v_due_at := v_slot.next_run_at;
  if v_due_at < app.clock() - v_window then
    v_due_at := app.next_run(v_cron, v_zone, app.clock() - v_window);
    insert into public.job_runs (
      job_name, for_org_id, slot, due_at, started_at, ended_at, outcome, message, server, backend_pid
    )
    values (
      v_slot.job_name, v_slot.for_org_id, v_slot.slot, v_slot.next_run_at, app.clock(), app.clock(), 'skipped',
      'Nothing ran from then on; what is not made up for is left out.', p_server, pg_backend_pid()
    );
  end if;
  if v_due_at <= app.clock() then
    v_run := app.write_run(v_slot, v_due_at, app.attempt_of(p_slot, v_due_at), p_server, false);
  end if;

  update app.job_slots as slots
  set next_run_at = case
    when v_due_at > app.clock() then v_due_at
    when v_job.catch_up = 'all' then app.next_run(v_cron, v_zone, v_due_at)
    else app.next_run(v_cron, v_zone, app.clock())
  end
  where slots.slot = p_slot;
  return v_run;
end
$function$;

CREATE OR REPLACE FUNCTION app.claim_job(p_server text, p_name text DEFAULT NULL::text, p_org_id uuid DEFAULT NULL::uuid)
 RETURNS public.job_runs
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
declare
  v_run public.job_runs;
  v_slot integer;
begin
  -- Looked at first and locked one by one: whoever claims at the same moment is to find the others free.
  foreach v_slot in array app.due_slots(p_name, p_org_id) loop
    continue when app.is_job_slot_held(v_slot);
    perform 1
    from app.job_slots as slots
    where slots.slot = v_slot and (p_name is not null or slots.next_run_at <= app.clock())
    for update skip locked;
    continue when not found;
    continue when not pg_try_advisory_lock(app.job_lock_class(), v_slot);
    v_run := app.begin_run(v_slot, p_server, p_name is not null);
    if v_run.id is not null then
      return v_run;
    end if;
    perform pg_advisory_unlock(app.job_lock_class(), v_slot);
  end loop;
  return null;
end
$function$;

CREATE OR REPLACE FUNCTION app.explain_audit_seal(p_seal app.audit_seals, p_key bytea)
 RETURNS text
 LANGUAGE plpgsql
 STABLE
 SET search_path TO ''
AS $function$
declare
  v_moved app.audit_seals := p_seal;
  v_number bigint;
begin
  if p_seal.code = app.audit_seal_code(p_seal, p_key) then
    return 'seal before it altered';
  end if;
  -- Whole, but at another place than it was made for?
  for v_number in
    select seals.number from app.audit_seals as seals where seals.org_id = p_seal.org_id
  loop
    v_moved.number := v_number;
    if p_seal.code = app.audit_seal_code(v_moved, p_key) then
      return 'reordered';
    end if;
  end loop;
  return 'altered seal';
end
$function$;

CREATE OR REPLACE FUNCTION app.last_audit_seal(p_org_id uuid)
 RETURNS app.audit_seals
 LANGUAGE sql
 STABLE
 SET search_path TO ''
AS $function$
  select seals.* from app.audit_seals as seals where seals.org_id = p_org_id order by seals.number desc limit 1
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
    inner join public.provider_support_circles as circles
      on circles.org_id = members.org_id and circles.id = members.circle_id
    where
      members.user_id = app.my_id()
      and members.org_id = app.current_org()
      and members.is_active
      and members.deleted_at is null
      and circles.deleted_at is null
  );
end
$function$;

CREATE OR REPLACE FUNCTION app.next_audit_run(p_last app.audit_runs, p_limit integer)
 RETURNS app.audit_runs
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
declare
  v_now constant pg_snapshot := pg_current_snapshot();
  v_run app.audit_runs;
  v_end xid8;
begin
  v_run.number := coalesce(p_last.number, 0) + 1;
  v_run.cluster_id := (select control.system_identifier from pg_catalog.pg_control_system() as control);
  v_run.era_began_at := coalesce(p_last.era_began_at, '-infinity');
  v_run.key_version := app.audit_key_version();
  v_run.previous_code := coalesce(p_last.code, decode(repeat('00', 32), 'hex'));
  v_run.sealed_at := clock_timestamp();
  v_run.snapshot := v_now;
  if p_last.cluster_id <> v_run.cluster_id or pg_snapshot_xmax(v_now) < pg_snapshot_xmax(p_last.snapshot) then
    v_run.era_began_at := greatest(
      clock_timestamp(), (select max(events.occurred_at) from public.audit_events as events) + interval '1 microsecond'
    );
    return v_run;
  end if;

  -- Not more than the limit: the run ends before the transaction that would be too many.
  select events.transaction_id into v_end
  from public.audit_events as events
  where
    events.transaction_id >= coalesce(pg_snapshot_xmax(p_last.snapshot), '0'::xid8)
    and events.transaction_id < pg_snapshot_xmax(v_now)
  order by events.transaction_id
  offset p_limit
  limit 1;
  if v_end <= pg_snapshot_xmax(p_last.snapshot) then
    -- One transaction alone is over the limit.
    v_end := (v_end::text::bigint + 1)::text::xid8;
  end if;
  if v_end is not null then
    v_run.snapshot := format(
      '%s:%s:%s',
      least(pg_snapshot_xmin(v_now), v_end),
      v_end,
      (select string_agg(open.id::text, ',' order by open.id) from pg_snapshot_xip(v_now) as open (id) where open.id < v_end)
    )::pg_snapshot;
  end if;
  return v_run;
end
$function$;

CREATE OR REPLACE FUNCTION app.outcome_of_cancel(p_run public.job_runs)
 RETURNS public.job_outcome
 LANGUAGE sql
 STABLE
 SET search_path TO ''
AS $function$
  select case
    when p_run.started_at + jobs.time_limit <= clock_timestamp() then 'timed_out'
    else 'failed'
  end::public.job_outcome
  from public.scheduled_jobs as jobs
  where jobs.name = p_run.job_name
$function$;

CREATE OR REPLACE FUNCTION app.unsealed_audit_events(p_last app.audit_runs, p_run app.audit_runs)
 RETURNS TABLE(org_id uuid, id uuid, occurred_at timestamp with time zone, transaction_id xid8, digest bytea)
 LANGUAGE sql
 STABLE
 SET search_path TO ''
 SET "TimeZone" TO 'UTC'
 SET "DateStyle" TO 'ISO, YMD'
AS $function$
  select events.org_id, events.id, events.occurred_at, events.transaction_id, app.audit_digest(events)
  from public.audit_events as events
  where
    coalesce((p_last).era_began_at, '-infinity') = (p_run).era_began_at
    and events.transaction_id >= coalesce(pg_snapshot_xmax((p_last).snapshot), '0'::xid8)
    and events.transaction_id < pg_snapshot_xmax((p_run).snapshot)
    and pg_visible_in_snapshot(events.transaction_id, (p_run).snapshot)
    and (
      events.occurred_at >= (p_run).era_began_at
      or not app.is_audit_sealed(events.org_id, events.id, events.occurred_at)
    )
  union all
  select events.org_id, events.id, events.occurred_at, events.transaction_id, app.audit_digest(events)
  from public.audit_events as events
  where
    coalesce((p_last).era_began_at, '-infinity') = (p_run).era_began_at
    and events.transaction_id = any(array(select pg_snapshot_xip((p_last).snapshot)))
    and pg_visible_in_snapshot(events.transaction_id, (p_run).snapshot)
    and (
      events.occurred_at >= (p_run).era_began_at
      or not app.is_audit_sealed(events.org_id, events.id, events.occurred_at)
    )
  union all
  select events.org_id, events.id, events.occurred_at, events.transaction_id, app.audit_digest(events)
  from public.audit_events as events
  where
    (p_last).era_began_at < (p_run).era_began_at
    and events.occurred_at < (p_run).era_began_at
    and not exists (
      select from app.audit_contents as contents
      cross join unnest(contents.event_ids) as sealed (id)
      where contents.org_id = events.org_id and sealed.id = events.id
    )
$function$;

CREATE OR REPLACE FUNCTION app.uuid_v7()
 RETURNS uuid
 LANGUAGE sql
RETURN (encode(set_bit(set_bit("overlay"(uuid_send(gen_random_uuid()), SUBSTRING(int8send(((EXTRACT(epoch FROM clock_timestamp()) * (1000)::numeric))::bigint) FROM 3), 1, 6), (52)::bigint, 1), (53)::bigint, 1), 'hex'::text))::uuid;

CREATE OR REPLACE FUNCTION app.verify_audit_seal(p_seal app.audit_seals)
 RETURNS TABLE(event_id uuid, fault text)
 LANGUAGE plpgsql
 STABLE
 SET search_path TO ''
 SET "TimeZone" TO 'UTC'
 SET "DateStyle" TO 'ISO, YMD'
AS $function$
declare
  v_contents app.audit_contents;
  v_end date;
begin
  if app.is_audit_month_dropped(p_seal.month_date) then
    return;
  end if;
  select contents.* into v_contents
  from app.audit_contents as contents
  where
    contents.org_id = p_seal.org_id and contents.number = p_seal.number and contents.month_date = p_seal.month_date;
  if not found then
    return query select null::uuid, 'missing contents';
    return;
  end if;
  if app.audit_contents_digest(v_contents.event_ids, v_contents.event_digests) <> p_seal.contents_digest then
    return query select null::uuid, 'altered contents';
    return;
  end if;
  v_end := p_seal.month_date + interval '1 month';
  return query
  select
    sealed.id,
    case when events.id is null then 'missing' else 'altered' end
  from unnest(v_contents.event_ids) with ordinality as sealed (id, place)
  left join public.audit_events as events
    on
      events.org_id = p_seal.org_id
      and events.id = sealed.id
      and events.occurred_at >= (p_seal.month_date::timestamp at time zone 'UTC')
      and events.occurred_at < (v_end::timestamp at time zone 'UTC')
  where
    events.id is null
    or app.audit_digest(events) <> substring(v_contents.event_digests from (sealed.place::integer - 1) * 32 + 1 for 32)
  order by sealed.place
  limit 1;
end
$function$;

CREATE OR REPLACE FUNCTION app.write_audit_seals(p_last app.audit_runs, p_run app.audit_runs)
 RETURNS integer
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
declare
  v_chain record;
  v_seal app.audit_seals;
  v_key bytea;
  v_from integer;
  v_event_ids uuid[];
  v_event_digests bytea;
  v_count integer := 0;
begin
  for v_chain in
    select
      fresh.org_id,
      app.audit_month(fresh.occurred_at) as month_date,
      array_agg(fresh.id order by fresh.transaction_id, fresh.occurred_at, fresh.id) as event_ids,
      string_agg(fresh.digest, ''::bytea order by fresh.transaction_id, fresh.occurred_at, fresh.id) as event_digests
    from app.unsealed_audit_events(p_last, p_run) as fresh
    group by fresh.org_id, app.audit_month(fresh.occurred_at)
    order by fresh.org_id, app.audit_month(fresh.occurred_at)
  loop
    if v_seal.org_id is distinct from v_chain.org_id then
      v_key := app.audit_key(v_chain.org_id, p_run.key_version);
      v_seal := app.last_audit_seal(v_chain.org_id);
    end if;
    perform app.make_audit_contents_partition(v_chain.month_date);
    for v_from in 1 .. cardinality(v_chain.event_ids) by 1000 loop
      v_event_ids := v_chain.event_ids[v_from:v_from + 999];
      v_event_digests := substring(
        v_chain.event_digests from (v_from - 1) * 32 + 1 for cardinality(v_event_ids) * 32
      );
      v_seal.org_id := v_chain.org_id;
      v_seal.number := coalesce(v_seal.number, 0) + 1;
      v_seal.run_number := p_run.number;
      v_seal.month_date := v_chain.month_date;
      v_seal.event_count := cardinality(v_event_ids);
      v_seal.contents_digest := app.audit_contents_digest(v_event_ids, v_event_digests);
      v_seal.key_version := p_run.key_version;
      v_seal.previous_code := coalesce(v_seal.code, decode(repeat('00', 32), 'hex'));
      v_seal.sealed_at := p_run.sealed_at;
      v_seal.code := app.audit_seal_code(v_seal, v_key);
      insert into app.audit_seals select v_seal.*;
      insert into app.audit_contents (org_id, number, month_date, event_ids, event_digests)
      values (v_seal.org_id, v_seal.number, v_seal.month_date, v_event_ids, v_event_digests);
      v_count := v_count + v_seal.event_count;
    end loop;
  end loop;
  return v_count;
end
$function$;

CREATE OR REPLACE FUNCTION app.write_run(p_slot app.job_slots, p_due_at timestamp with time zone, p_attempt integer, p_server text, p_is_manual boolean)
 RETURNS public.job_runs
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
declare
  v_run public.job_runs;
begin
  insert into public.job_runs as runs (
    job_name, for_org_id, slot, due_at, attempt, is_manual, started_at, server, backend_pid
  )
  values (
    p_slot.job_name, p_slot.for_org_id, p_slot.slot, p_due_at, p_attempt, p_is_manual, clock_timestamp(),
    left(p_server, 200), pg_backend_pid()
  )
  returning runs.* into v_run;
  return v_run;
end
$function$;

CREATE OR REPLACE FUNCTION public.get_dead_letters(p_limit integer DEFAULT 100, p_before timestamp with time zone DEFAULT NULL::timestamp with time zone)
 RETURNS SETOF public.notification_queue
 LANGUAGE plpgsql
 STABLE
 SET search_path TO ''
AS $function$
begin
  perform app.require_role('org_owner', 'admin');
  perform app.check_input('p_limit', p_limit between 1 and 500, 'The limit is a number from 1 to 500.');

  return query
  select queue.*
  from public.notification_queue as queue
  where
    queue.org_id = (select app.current_org()) and queue.died_at is not null
    and queue.died_at < coalesce(p_before, 'infinity')
  order by queue.died_at desc
  limit p_limit;
end
$function$;

ALTER TABLE "app"."audit_contents" ADD CONSTRAINT "audit_contents_few" CHECK ((((cardinality(event_ids) >= 1) AND (cardinality(event_ids) <= 1000)) AND (octet_length(event_digests) = (32 * cardinality(event_ids)))));

ALTER TABLE "app"."audit_contents" ADD CONSTRAINT "audit_contents_pkey" PRIMARY KEY (org_id, number, month_date);

ALTER TABLE "app"."data_keys" ADD CONSTRAINT "data_keys_org_id_fkey" FOREIGN KEY (org_id) REFERENCES public.organizations(id);

ALTER TABLE "app"."data_keys" ADD CONSTRAINT "data_keys_kek_version_fkey" FOREIGN KEY (kek_version) REFERENCES app.key_encryption_keys(version);

ALTER TABLE "app"."notification_tasks" ADD CONSTRAINT "notification_tasks_org_id_fkey" FOREIGN KEY (org_id) REFERENCES public.organizations(id);

ALTER TABLE "public"."audit_events" ADD CONSTRAINT "audit_events_actor_roles_few" CHECK ((cardinality(actor_roles) <= 50));

ALTER TABLE "public"."audit_events" ADD CONSTRAINT "audit_events_changes_bounded" CHECK ((pg_column_size(changes) <= 268435456));

ALTER TABLE "public"."audit_events" ADD CONSTRAINT "audit_events_concealed_unnamed" CHECK (((NOT is_concealed) OR ((num_nonnulls(actor_id, session_id, ip_address, user_agent, request_id, row_key, subject_ids) = 0) AND (occurred_at = date_trunc('hour'::text, occurred_at, 'UTC'::text)))));

ALTER TABLE "public"."audit_events" ADD CONSTRAINT "audit_events_pkey" PRIMARY KEY (org_id, id, occurred_at);

ALTER TABLE "public"."audit_events" ADD CONSTRAINT "audit_events_row_key_bounded" CHECK ((pg_column_size(row_key) <= 1048576));

ALTER TABLE "public"."audit_events" ADD CONSTRAINT "audit_events_subjects_few" CHECK ((cardinality(subject_ids) <= 100000));

ALTER TABLE "public"."audit_events" ADD CONSTRAINT "audit_events_texts_short" CHECK (((length(database_role) <= 63) AND (length(ip_address) <= 45) AND (length(user_agent) <= 300) AND (length(request_id) <= 100) AND (length(table_name) <= 130) AND (length(operation) <= 130) AND (length(purpose) <= 200)));

ALTER TABLE "public"."job_runs" ADD CONSTRAINT "job_runs_slot_fkey" FOREIGN KEY (slot) REFERENCES app.job_slots(slot) ON DELETE SET NULL;

ALTER TABLE "public"."notification_queue" ADD CONSTRAINT "notification_queue_recipient_id_fkey" FOREIGN KEY (recipient_id) REFERENCES auth.users(id) ON DELETE CASCADE;

ALTER TABLE "app"."job_slots" ADD CONSTRAINT "job_slots_job_name_fkey" FOREIGN KEY (job_name) REFERENCES public.scheduled_jobs(name) ON DELETE CASCADE;

ALTER TABLE "public"."job_runs" ADD CONSTRAINT "job_runs_job_name_fkey" FOREIGN KEY (job_name) REFERENCES public.scheduled_jobs(name) ON DELETE CASCADE;

CREATE VIEW "public"."audit_logs" WITH (security_invoker=true) AS  SELECT org_id,
    id,
    occurred_at,
    action,
    outcome,
    is_concealed,
    actor_id,
    actor_roles,
    session_id,
    api_key_id,
    database_role,
    ip_address,
    user_agent,
    request_id,
    table_name,
    row_key,
    operation,
    changes,
    subject_ids,
    purpose,
    consent_id
   FROM public.audit_events;

CREATE INDEX audit_runs_sealed_at_idx ON app.audit_runs USING btree (sealed_at);

CREATE INDEX audit_seals_month_date_idx ON app.audit_seals USING btree (month_date);

CREATE INDEX audit_seals_run_number_idx ON app.audit_seals USING btree (run_number, org_id, number);

CREATE INDEX claimed_requests_claimed_at_idx ON app.claimed_requests USING btree (claimed_at);

CREATE UNIQUE INDEX data_keys_active_key ON app.data_keys USING btree (purpose, COALESCE(org_id, '00000000-0000-0000-0000-000000000000'::uuid), COALESCE(subject_id, '00000000-0000-0000-0000-000000000000'::uuid)) WHERE (retired_at IS NULL);

CREATE INDEX data_keys_kek_version_idx ON app.data_keys USING btree (kek_version);

CREATE INDEX data_keys_org_id_idx ON app.data_keys USING btree (org_id);

CREATE INDEX data_keys_subject_id_idx ON app.data_keys USING btree (subject_id) WHERE (subject_id IS NOT NULL);

CREATE UNIQUE INDEX data_keys_version_key ON app.data_keys USING btree (purpose, COALESCE(org_id, '00000000-0000-0000-0000-000000000000'::uuid), COALESCE(subject_id, '00000000-0000-0000-0000-000000000000'::uuid), version);

CREATE UNIQUE INDEX job_slots_job_name_for_org_id_key ON app.job_slots USING btree (job_name, for_org_id) NULLS NOT DISTINCT;

CREATE INDEX job_slots_next_run_at_idx ON app.job_slots USING btree (next_run_at);

CREATE UNIQUE INDEX key_encryption_keys_active_key ON app.key_encryption_keys USING btree ((true)) WHERE (retired_at IS NULL);

CREATE INDEX notification_lines_place_idx ON app.notification_lines USING btree (org_id, line_key, place, notification_id);

CREATE INDEX notification_tasks_order_idx ON app.notification_tasks USING btree (priority, due_at, notification_id);

CREATE INDEX notification_tasks_written_by_idx ON app.notification_tasks USING btree (written_by);

CREATE INDEX audit_events_actor_id_idx ON public.audit_events USING btree (org_id, actor_id, occurred_at);

CREATE INDEX audit_events_occurred_at_idx ON public.audit_events USING btree (org_id, occurred_at);

CREATE INDEX audit_events_table_name_idx ON public.audit_events USING btree (org_id, table_name, occurred_at);

CREATE INDEX audit_events_transaction_id_idx ON public.audit_events USING btree (transaction_id);

CREATE INDEX job_runs_ended_at_idx ON public.job_runs USING btree (ended_at);

CREATE INDEX job_runs_job_name_idx ON public.job_runs USING btree (job_name, started_at);

CREATE UNIQUE INDEX job_runs_running_key ON public.job_runs USING btree (slot) WHERE (outcome = 'running'::public.job_outcome);

CREATE INDEX job_runs_slot_idx ON public.job_runs USING btree (slot, due_at);

CREATE INDEX properties_deleted_at_idx ON public.properties USING btree (org_id, deleted_at) WHERE (deleted_at IS NOT NULL);

CREATE INDEX provider_support_circle_members_deleted_at_idx ON public.provider_support_circle_members USING btree (org_id, deleted_at) WHERE (deleted_at IS NOT NULL);

CREATE INDEX provider_support_circles_deleted_at_idx ON public.provider_support_circles USING btree (org_id, deleted_at) WHERE (deleted_at IS NOT NULL);

CREATE INDEX provider_support_reflections_deleted_at_idx ON public.provider_support_reflections USING btree (org_id, deleted_at) WHERE (deleted_at IS NOT NULL);

CREATE INDEX sites_deleted_at_idx ON public.sites USING btree (org_id, deleted_at) WHERE (deleted_at IS NOT NULL);

CREATE INDEX webhook_deliveries_notification_id_idx ON public.webhook_deliveries USING btree (org_id, notification_id);

CREATE TRIGGER _200_append_only_truncate BEFORE TRUNCATE ON app.audit_contents FOR EACH STATEMENT EXECUTE FUNCTION app.refuse_change();

CREATE TRIGGER _200_append_only BEFORE DELETE OR UPDATE ON app.audit_contents FOR EACH ROW EXECUTE FUNCTION app.refuse_change();

CREATE TRIGGER _200_append_only_truncate BEFORE TRUNCATE ON app.audit_contents_default FOR EACH STATEMENT EXECUTE FUNCTION app.refuse_change();

CREATE TRIGGER _200_append_only_truncate BEFORE TRUNCATE ON app.audit_dropped_months FOR EACH STATEMENT EXECUTE FUNCTION app.refuse_change();

CREATE TRIGGER _200_append_only BEFORE DELETE OR UPDATE ON app.audit_dropped_months FOR EACH ROW EXECUTE FUNCTION app.refuse_change();

CREATE TRIGGER _200_append_only_truncate BEFORE TRUNCATE ON app.audit_events_default FOR EACH STATEMENT EXECUTE FUNCTION app.refuse_change();

CREATE TRIGGER _200_append_only_truncate BEFORE TRUNCATE ON app.audit_runs FOR EACH STATEMENT EXECUTE FUNCTION app.refuse_change();

CREATE TRIGGER _200_append_only BEFORE DELETE OR UPDATE ON app.audit_runs FOR EACH ROW EXECUTE FUNCTION app.refuse_change();

CREATE TRIGGER _200_append_only_truncate BEFORE TRUNCATE ON app.audit_seals FOR EACH STATEMENT EXECUTE FUNCTION app.refuse_change();

CREATE TRIGGER _200_append_only BEFORE DELETE OR UPDATE ON app.audit_seals FOR EACH ROW EXECUTE FUNCTION app.refuse_change();

CREATE TRIGGER _200_append_only_truncate BEFORE TRUNCATE ON public.audit_events FOR EACH STATEMENT EXECUTE FUNCTION app.refuse_change();

CREATE TRIGGER _200_append_only BEFORE DELETE OR UPDATE ON public.audit_events FOR EACH ROW EXECUTE FUNCTION app.refuse_change();

CREATE TRIGGER _800_audit AFTER INSERT OR DELETE OR UPDATE ON public.encounters FOR EACH ROW EXECUTE FUNCTION app.audit_row('org_id', 'org_id,id', 'class_code,date_of_service,took_place_during', '');

CREATE TRIGGER _800_audit AFTER INSERT OR DELETE OR UPDATE ON public.external_organizations FOR EACH ROW EXECUTE FUNCTION app.audit_row('org_id', 'org_id,id', '', '');

CREATE TRIGGER _800_audit AFTER INSERT OR DELETE OR UPDATE ON public.fhir_practitioners FOR EACH ROW EXECUTE FUNCTION app.audit_row('', 'id', '', '');

CREATE TRIGGER _100_stamp BEFORE INSERT OR UPDATE ON public.integration_configs FOR EACH ROW EXECUTE FUNCTION app.stamp_row();

CREATE TRIGGER _800_audit AFTER INSERT OR DELETE OR UPDATE ON public.integration_configs FOR EACH ROW EXECUTE FUNCTION app.audit_row('org_id', 'org_id,id', '', '');

CREATE TRIGGER _200_guard AFTER DELETE OR UPDATE ON public.legal_holds FOR EACH ROW EXECUTE FUNCTION app.guard_legal_hold();

CREATE TRIGGER _100_stamp BEFORE INSERT OR UPDATE ON public.notification_preferences FOR EACH ROW EXECUTE FUNCTION app.stamp_row();

CREATE TRIGGER _800_audit AFTER INSERT OR DELETE OR UPDATE ON public.notification_preferences FOR EACH ROW EXECUTE FUNCTION app.audit_row('org_id', 'org_id,user_id', '*', 'user_id');

CREATE TRIGGER _100_stamp BEFORE INSERT OR UPDATE ON public.notification_templates FOR EACH ROW EXECUTE FUNCTION app.stamp_row();

CREATE TRIGGER _800_audit AFTER INSERT OR DELETE OR UPDATE ON public.notification_templates FOR EACH ROW EXECUTE FUNCTION app.audit_row('org_id', 'org_id,id', '', '');

CREATE TRIGGER _800_audit AFTER INSERT OR DELETE OR UPDATE ON public.nurseos_feature_flags FOR EACH ROW EXECUTE FUNCTION app.audit_row('', 'id', '', '');

CREATE TRIGGER _800_audit AFTER INSERT OR DELETE OR UPDATE ON public.org_patients FOR EACH ROW EXECUTE FUNCTION app.audit_row('org_id', 'org_id,patient_id', 'medical_record_number', '');

CREATE TRIGGER _800_audit AFTER INSERT OR DELETE OR UPDATE ON public.org_practitioners FOR EACH ROW EXECUTE FUNCTION app.audit_row('org_id', 'org_id,practitioner_id', '', '');

CREATE TRIGGER _800_audit AFTER INSERT OR DELETE OR UPDATE ON public.organization_feature_flags FOR EACH ROW EXECUTE FUNCTION app.audit_row('org_id', 'org_id,id', '', '');

CREATE TRIGGER _800_audit AFTER INSERT OR DELETE OR UPDATE ON public.organizations FOR EACH ROW EXECUTE FUNCTION app.audit_row('id', 'id', '', '');

CREATE TRIGGER _800_audit AFTER INSERT OR DELETE OR UPDATE ON public.patients FOR EACH ROW EXECUTE FUNCTION app.audit_row('', 'id', 'family_name,given_names,birth_date,gender,is_deceased,deceased_at', '');

CREATE TRIGGER _800_audit AFTER INSERT OR DELETE OR UPDATE ON public.practitioner_roles FOR EACH ROW EXECUTE FUNCTION app.audit_row('org_id', 'org_id,id', '', '');

CREATE TRIGGER _800_audit AFTER INSERT OR DELETE OR UPDATE ON public.profiles FOR EACH ROW EXECUTE FUNCTION app.audit_row('', 'id', '*', 'id');

CREATE TRIGGER _200_hold BEFORE DELETE ON public.properties FOR EACH ROW EXECUTE FUNCTION app.refuse_held('org_id', 'id', '1 year', '30 days', '10 years', 'counted', '');

CREATE TRIGGER _800_audit AFTER INSERT OR DELETE OR UPDATE ON public.properties FOR EACH ROW EXECUTE FUNCTION app.audit_row('org_id', 'org_id,id', '', '');

CREATE TRIGGER _800_audit AFTER INSERT OR DELETE OR UPDATE ON public.provider_daily_checkins FOR EACH ROW EXECUTE FUNCTION app.audit_row('org_id', 'org_id,id', '*', 'user_id');

CREATE TRIGGER _200_hold BEFORE DELETE ON public.provider_support_circle_members FOR EACH ROW EXECUTE FUNCTION app.refuse_held('org_id', 'id', '180 days', '30 days', '10 years', 'uncounted', 'user_id');

CREATE TRIGGER _800_audit AFTER INSERT OR DELETE OR UPDATE ON public.provider_support_circle_members FOR EACH ROW EXECUTE FUNCTION app.audit_row('org_id', 'org_id,id', '*', 'user_id');

CREATE TRIGGER _200_hold BEFORE DELETE ON public.provider_support_circles FOR EACH ROW EXECUTE FUNCTION app.refuse_held('org_id', 'id', '180 days', '30 days', '10 years', 'counted', '');

CREATE TRIGGER _800_audit AFTER INSERT OR DELETE OR UPDATE ON public.provider_support_circles FOR EACH ROW EXECUTE FUNCTION app.audit_row('org_id', 'org_id,id', '', '');

CREATE TRIGGER _900_broadcast AFTER UPDATE ON public.provider_support_circles FOR EACH ROW EXECUTE FUNCTION app.broadcast_change('id');

CREATE TRIGGER _200_hold BEFORE DELETE ON public.provider_support_reflections FOR EACH ROW EXECUTE FUNCTION app.refuse_held('org_id', 'id', '90 days', '30 days', '10 years', 'uncounted', 'user_id');

CREATE TRIGGER _800_audit AFTER INSERT OR DELETE OR UPDATE ON public.provider_support_reflections FOR EACH ROW EXECUTE FUNCTION app.audit_row('org_id', 'org_id,id', '*', 'user_id');

CREATE TRIGGER _800_audit AFTER INSERT OR DELETE OR UPDATE ON public.resilience_resources FOR EACH ROW EXECUTE FUNCTION app.audit_row('', 'id', '', '');

CREATE TRIGGER _800_audit AFTER INSERT OR DELETE OR UPDATE ON public.resilience_training_modules FOR EACH ROW EXECUTE FUNCTION app.audit_row('', 'id', '', '');

CREATE TRIGGER _100_stamp BEFORE INSERT OR UPDATE ON public.retention_policies FOR EACH ROW EXECUTE FUNCTION app.stamp_row();

CREATE TRIGGER _800_audit AFTER INSERT OR DELETE OR UPDATE ON public.retention_policies FOR EACH ROW EXECUTE FUNCTION app.audit_row('org_id', 'org_id,table_name', '', '');

CREATE TRIGGER _800_audit AFTER INSERT OR DELETE OR UPDATE ON public.role_assignments FOR EACH ROW EXECUTE FUNCTION app.audit_row('org_id', 'org_id,id', '', '');

CREATE TRIGGER _100_stamp BEFORE INSERT OR UPDATE ON public.scheduled_jobs FOR EACH ROW EXECUTE FUNCTION app.stamp_row();

CREATE TRIGGER _800_audit AFTER INSERT OR DELETE OR UPDATE ON public.scheduled_jobs FOR EACH ROW EXECUTE FUNCTION app.audit_row('', 'name', '', '');

CREATE TRIGGER _200_hold BEFORE DELETE ON public.sites FOR EACH ROW EXECUTE FUNCTION app.refuse_held('org_id', 'id', '1 year', '30 days', '10 years', 'counted', '');

CREATE TRIGGER _800_audit AFTER INSERT OR DELETE OR UPDATE ON public.sites FOR EACH ROW EXECUTE FUNCTION app.audit_row('org_id', 'org_id,id', '', '');

CREATE TRIGGER _100_stamp BEFORE INSERT OR UPDATE ON public.webhooks FOR EACH ROW EXECUTE FUNCTION app.stamp_row();

CREATE TRIGGER _800_audit AFTER INSERT OR DELETE OR UPDATE ON public.webhooks FOR EACH ROW EXECUTE FUNCTION app.audit_row('org_id', 'org_id,id', '', '');

CREATE POLICY "floor_organization" ON "app"."audit_contents" AS RESTRICTIVE FOR ALL TO "anon", "authenticated" USING ((org_id = ( SELECT app.current_org() AS current_org))) WITH CHECK ((org_id = ( SELECT app.current_org() AS current_org)));

CREATE POLICY "floor_organization" ON "app"."audit_seals" AS RESTRICTIVE FOR ALL TO "anon", "authenticated" USING ((org_id = ( SELECT app.current_org() AS current_org))) WITH CHECK ((org_id = ( SELECT app.current_org() AS current_org)));

CREATE POLICY "floor_organization" ON "app"."notification_lines" AS RESTRICTIVE FOR ALL TO "anon", "authenticated" USING ((org_id = ( SELECT app.current_org() AS current_org))) WITH CHECK ((org_id = ( SELECT app.current_org() AS current_org)));

CREATE POLICY "floor_organization" ON "app"."notification_tasks" AS RESTRICTIVE FOR ALL TO "anon", "authenticated" USING ((org_id = ( SELECT app.current_org() AS current_org))) WITH CHECK ((org_id = ( SELECT app.current_org() AS current_org)));

CREATE POLICY "floor_organization" ON "public"."audit_events" AS RESTRICTIVE FOR ALL TO "anon", "authenticated" USING ((org_id = ( SELECT app.current_org() AS current_org))) WITH CHECK ((org_id = ( SELECT app.current_org() AS current_org)));

CREATE POLICY "floor_told" ON "public"."audit_events" AS RESTRICTIVE FOR SELECT TO "authenticated" USING ((NOT is_concealed));

CREATE POLICY "select_organization" ON "public"."audit_events" FOR SELECT TO "authenticated" USING (((org_id = ( SELECT app.current_org() AS current_org)) AND ( SELECT app.has_role(VARIADIC ARRAY['org_owner'::public.app_role, 'admin'::public.app_role, 'compliance_lead'::public.app_role]) AS has_role)));

CREATE POLICY "select_anyone" ON "public"."job_runs" FOR SELECT TO "authenticated" USING (( SELECT app.has_role(VARIADIC ARRAY['super_admin'::public.app_role]) AS has_role));

CREATE POLICY "select_anyone" ON "public"."scheduled_jobs" FOR SELECT TO "authenticated" USING (( SELECT app.has_role(VARIADIC ARRAY['super_admin'::public.app_role]) AS has_role));

CREATE POLICY "floor_organization" ON "public"."webhook_deliveries" AS RESTRICTIVE FOR ALL TO "anon", "authenticated" USING ((org_id = ( SELECT app.current_org() AS current_org))) WITH CHECK ((org_id = ( SELECT app.current_org() AS current_org)));

CREATE POLICY "select_organization" ON "public"."webhook_deliveries" FOR SELECT TO "authenticated" USING (((org_id = ( SELECT app.current_org() AS current_org)) AND ( SELECT app.has_role(VARIADIC ARRAY['org_owner'::public.app_role, 'admin'::public.app_role]) AS has_role)));

COMMENT ON COLUMN "app"."audit_contents"."event_digests" IS 'SHA-256 of each event, 32 bytes each, in the same order.';
COMMENT ON COLUMN "app"."audit_contents"."event_ids" IS 'The events, in the order of transactions.';
COMMENT ON COLUMN "app"."audit_contents"."month_date" IS 'First day of the month (UTC) that its events are of.';
COMMENT ON COLUMN "app"."audit_contents"."number" IS 'The seal.';
COMMENT ON COLUMN "app"."audit_contents"."org_id" IS 'Whose chain.';
COMMENT ON COLUMN "app"."audit_dropped_months"."code" IS 'HMAC-SHA-256 over all of the above.';
COMMENT ON COLUMN "app"."audit_dropped_months"."dropped_at" IS 'When it was dropped.';
COMMENT ON COLUMN "app"."audit_dropped_months"."event_count" IS 'How many events it had; all were sealed.';
COMMENT ON COLUMN "app"."audit_dropped_months"."key_version" IS 'Which key the code was made with.';
COMMENT ON COLUMN "app"."audit_dropped_months"."month_date" IS 'First day of the month (UTC).';
COMMENT ON COLUMN "app"."audit_dropped_months"."run_number" IS 'The last run of sealing before that.';
COMMENT ON COLUMN "app"."audit_runs"."cluster_id" IS 'The Postgres cluster, whose transactions are meant.';
COMMENT ON COLUMN "app"."audit_runs"."code" IS 'HMAC-SHA-256 over all of the above.';
COMMENT ON COLUMN "app"."audit_runs"."era_began_at" IS 'Since when transactions are counted as now; later than the first event only where the database was restored.';
COMMENT ON COLUMN "app"."audit_runs"."key_version" IS 'Which key the code was made with.';
COMMENT ON COLUMN "app"."audit_runs"."number" IS 'From 1 on, without gaps.';
COMMENT ON COLUMN "app"."audit_runs"."previous_code" IS 'The code of the run before it; zeros for the first.';
COMMENT ON COLUMN "app"."audit_runs"."sealed_at" IS 'When it was made.';
COMMENT ON COLUMN "app"."audit_runs"."seals_digest" IS 'SHA-256 over the codes of the seals that it made.';
COMMENT ON COLUMN "app"."audit_runs"."snapshot" IS 'Events of transactions that it sees are sealed.';
COMMENT ON COLUMN "app"."audit_seals"."code" IS 'HMAC-SHA-256 over all of the above.';
COMMENT ON COLUMN "app"."audit_seals"."contents_digest" IS 'SHA-256 over the ids and digests of its events.';
COMMENT ON COLUMN "app"."audit_seals"."event_count" IS 'How many events it is over.';
COMMENT ON COLUMN "app"."audit_seals"."key_version" IS 'Which key the code was made with.';
COMMENT ON COLUMN "app"."audit_seals"."month_date" IS 'First day of the month (UTC) that its events are of.';
COMMENT ON COLUMN "app"."audit_seals"."number" IS 'The place in the chain, from 1 on, without gaps.';
COMMENT ON COLUMN "app"."audit_seals"."org_id" IS 'Whose chain; the nil uuid for events of no organization.';
COMMENT ON COLUMN "app"."audit_seals"."previous_code" IS 'The code of the seal before it; zeros for the first.';
COMMENT ON COLUMN "app"."audit_seals"."run_number" IS 'The run of sealing that made it.';
COMMENT ON COLUMN "app"."audit_seals"."sealed_at" IS 'When it was made.';
COMMENT ON COLUMN "app"."claimed_requests"."caller_id" IS 'The person, or the API key.';
COMMENT ON COLUMN "app"."claimed_requests"."claimed_at" IS 'When; a day later it may go.';
COMMENT ON COLUMN "app"."claimed_requests"."digest" IS 'SHA-256 of what was asked: one key is for one request.';
COMMENT ON COLUMN "app"."claimed_requests"."request_key" IS 'The caller''s name for the request.';
COMMENT ON COLUMN "app"."data_keys"."created_at" IS 'Since when it seals.';
COMMENT ON COLUMN "app"."data_keys"."destroyed_at" IS 'Since when nothing that it sealed can be read.';
COMMENT ON COLUMN "app"."data_keys"."id" IS 'Names the key in every value that it sealed. Random: it says nothing of when.';
COMMENT ON COLUMN "app"."data_keys"."kek_version" IS 'What wraps it.';
COMMENT ON COLUMN "app"."data_keys"."org_id" IS 'The organization; null for records that no organization owns.';
COMMENT ON COLUMN "app"."data_keys"."purpose" IS 'What it is for.';
COMMENT ON COLUMN "app"."data_keys"."retired_at" IS 'Since when a later one does; it still opens.';
COMMENT ON COLUMN "app"."data_keys"."subject_id" IS 'The person whose record it seals; null for a key of an organization.';
COMMENT ON COLUMN "app"."data_keys"."version" IS 'Counts up with each rotation.';
COMMENT ON COLUMN "app"."data_keys"."wrapped_key" IS 'IV, ciphertext and tag (A256CBC-HS512) of 64 random bytes; null once the key is destroyed.';
COMMENT ON COLUMN "app"."job_slots"."failure_count" IS 'How many runs in a row did not succeed.';
COMMENT ON COLUMN "app"."job_slots"."for_org_id" IS 'The organization that it runs for; null for the platform.';
COMMENT ON COLUMN "app"."job_slots"."job_name" IS 'The job.';
COMMENT ON COLUMN "app"."job_slots"."next_run_at" IS 'When it is next due; null if its expression names no day that exists.';
COMMENT ON COLUMN "app"."job_slots"."planned_as" IS 'Expression and zone that next_run_at was computed from; computed anew when they change.';
COMMENT ON COLUMN "app"."job_slots"."slot" IS 'Key, and second half of the advisory lock that a run of it holds.';
COMMENT ON COLUMN "app"."key_encryption_keys"."ciphertext" IS 'The key as the provider encrypted it; null where it does not.';
COMMENT ON COLUMN "app"."key_encryption_keys"."created_at" IS 'Since when it wraps keys.';
COMMENT ON COLUMN "app"."key_encryption_keys"."destroyed_at" IS 'When it was taken out of the vault; what only it wrapped is gone.';
COMMENT ON COLUMN "app"."key_encryption_keys"."provider" IS 'Who keeps it outside the database: vault (nobody else), file, aws-kms.';
COMMENT ON COLUMN "app"."key_encryption_keys"."reference" IS 'What the provider calls it: the id of a KMS key, the fingerprint of a file. Never a secret.';
COMMENT ON COLUMN "app"."key_encryption_keys"."retired_at" IS 'Since when a later one does; null for the one that wraps now.';
COMMENT ON COLUMN "app"."key_encryption_keys"."version" IS 'Counts up from 1; the secret is carebase_phi_kek_<version>.';
COMMENT ON COLUMN "app"."notification_leases"."attempt_counts" IS 'How many attempts each had when it was claimed: one that has more since has been dealt with.';
COMMENT ON COLUMN "app"."notification_leases"."ends_at" IS 'Until when, unless it is prolonged.';
COMMENT ON COLUMN "app"."notification_leases"."notification_ids" IS 'The messages.';
COMMENT ON COLUMN "app"."notification_leases"."org_ids" IS 'The organization of each message.';
COMMENT ON COLUMN "app"."notification_leases"."worker" IS 'Who has it: machine and process.';
COMMENT ON COLUMN "app"."notification_lines"."line_key" IS 'The line, such as a person or a task.';
COMMENT ON COLUMN "app"."notification_lines"."notification_id" IS 'The message.';
COMMENT ON COLUMN "app"."notification_lines"."org_id" IS 'The organization of the line.';
COMMENT ON COLUMN "app"."notification_lines"."place" IS 'Counted up within the line; two that were scheduled at the same moment may share one and then go by their ids.';
COMMENT ON COLUMN "app"."notification_tasks"."due_at" IS 'Then this: when it may go out, never before the row was written.';
COMMENT ON COLUMN "app"."notification_tasks"."line_key" IS 'The line that it waits in, if any.';
COMMENT ON COLUMN "app"."notification_tasks"."notification_id" IS 'The message: it waits once at most.';
COMMENT ON COLUMN "app"."notification_tasks"."org_id" IS 'The organization of the message.';
COMMENT ON COLUMN "app"."notification_tasks"."place" IS 'Its place in the line.';
COMMENT ON COLUMN "app"."notification_tasks"."priority" IS 'First in the order.';
COMMENT ON COLUMN "app"."notification_tasks"."written_by" IS 'The transaction that wrote the row: one that commits late is looked for by it.';
COMMENT ON COLUMN "public"."audit_events"."action" IS 'What was done.';
COMMENT ON COLUMN "public"."audit_events"."actor_id" IS 'The person who did it; null for the system and for an API key.';
COMMENT ON COLUMN "public"."audit_events"."actor_roles" IS 'Their roles in the active organization at that moment.';
COMMENT ON COLUMN "public"."audit_events"."api_key_id" IS 'The API key, if a machine did it.';
COMMENT ON COLUMN "public"."audit_events"."changes" IS 'Column to [old, new], a protected column to "changed"; only columns that changed.';
COMMENT ON COLUMN "public"."audit_events"."consent_id" IS 'The consent it was done under.';
COMMENT ON COLUMN "public"."audit_events"."database_role" IS 'The role of the database connection.';
COMMENT ON COLUMN "public"."audit_events"."id" IS 'Key.';
COMMENT ON COLUMN "public"."audit_events"."ip_address" IS 'The address that the gateway saw.';
COMMENT ON COLUMN "public"."audit_events"."is_concealed" IS 'Whether somebody did it with a row of their own that is nobody else''s to see: told without a name, and to nobody.';
COMMENT ON COLUMN "public"."audit_events"."occurred_at" IS 'When it happened; of a concealed event the hour only.';
COMMENT ON COLUMN "public"."audit_events"."operation" IS 'The RPC or job, where no single row was changed.';
COMMENT ON COLUMN "public"."audit_events"."org_id" IS 'The organization it concerns: the row''s, else the one that the person acted in; the nil uuid for none.';
COMMENT ON COLUMN "public"."audit_events"."outcome" IS 'Whether it succeeded.';
COMMENT ON COLUMN "public"."audit_events"."purpose" IS 'Why protected data were read, 200 characters at most.';
COMMENT ON COLUMN "public"."audit_events"."request_id" IS 'The gateway''s id of the request.';
COMMENT ON COLUMN "public"."audit_events"."row_key" IS 'Primary key of the row.';
COMMENT ON COLUMN "public"."audit_events"."session_id" IS 'The session of the auth layer.';
COMMENT ON COLUMN "public"."audit_events"."subject_ids" IS 'The patients or residents whose data were read.';
COMMENT ON COLUMN "public"."audit_events"."table_name" IS 'The table, with its schema.';
COMMENT ON COLUMN "public"."audit_events"."transaction_id" IS 'The transaction that did it, for sealing; no role of the API reads it.';
COMMENT ON COLUMN "public"."audit_events"."user_agent" IS 'The program that the gateway saw, 300 characters at most.';
COMMENT ON COLUMN "public"."integration_configs"."created_at" IS 'When the row was made.';
COMMENT ON COLUMN "public"."integration_configs"."created_by" IS 'Who made it (auth.users), null for the system.';
COMMENT ON COLUMN "public"."integration_configs"."deleted_at" IS 'When it was removed; a removed row is invisible through the API.';
COMMENT ON COLUMN "public"."integration_configs"."is_active" IS 'Mail and SMS go through the active one that was made first.';
COMMENT ON COLUMN "public"."integration_configs"."kind" IS 'Which service.';
COMMENT ON COLUMN "public"."integration_configs"."name" IS 'Which one of them, for people, 1 to 100 characters: a team''s channel, a mail server.';
COMMENT ON COLUMN "public"."integration_configs"."settings" IS 'What is no secret: for smtp host, port, username, from, security; for resend from; for twilio account_sid, from.';
COMMENT ON COLUMN "public"."integration_configs"."updated_at" IS 'When it was last changed.';
COMMENT ON COLUMN "public"."integration_configs"."updated_by" IS 'Who changed it last, null for the system.';
COMMENT ON COLUMN "public"."integration_configs"."version" IS 'Counts the writes; send back the one you read to learn of a change by another.';
COMMENT ON COLUMN "public"."job_runs"."alerted_at" IS 'When somebody was told of its failure.';
COMMENT ON COLUMN "public"."job_runs"."attempt" IS 'Counts the runs for the same moment; a run that was lost is repeated twice.';
COMMENT ON COLUMN "public"."job_runs"."backend_pid" IS 'The database session that it ran in.';
COMMENT ON COLUMN "public"."job_runs"."due_at" IS 'The moment of its schedule that it was for.';
COMMENT ON COLUMN "public"."job_runs"."ended_at" IS 'When it ended, or was found to have; null while it runs.';
COMMENT ON COLUMN "public"."job_runs"."for_org_id" IS 'The organization that it ran for; null for the platform.';
COMMENT ON COLUMN "public"."job_runs"."is_manual" IS 'Somebody ran it by hand, outside its schedule.';
COMMENT ON COLUMN "public"."job_runs"."job_name" IS 'The job.';
COMMENT ON COLUMN "public"."job_runs"."message" IS 'Why it did not succeed. Never personal data: what could repeat a value is left out.';
COMMENT ON COLUMN "public"."job_runs"."outcome" IS 'How it ended; running until then.';
COMMENT ON COLUMN "public"."job_runs"."row_count" IS 'How many rows it handled, where its function tells.';
COMMENT ON COLUMN "public"."job_runs"."server" IS 'Who ran it: pg_cron, or the machine and process of `carebase jobs`.';
COMMENT ON COLUMN "public"."job_runs"."slot" IS 'What was claimed for it (app.job_slots).';
COMMENT ON COLUMN "public"."job_runs"."started_at" IS 'When it began.';
COMMENT ON COLUMN "public"."legal_holds"."placed_at" IS 'Since when it holds.';
COMMENT ON COLUMN "public"."legal_holds"."placed_by" IS 'Who placed it (auth.users).';
COMMENT ON COLUMN "public"."legal_holds"."reason_code" IS 'Why, in a word.';
COMMENT ON COLUMN "public"."legal_holds"."reference" IS 'The number of the matter, 1 to 100 characters. Never a name.';
COMMENT ON COLUMN "public"."legal_holds"."released_at" IS 'When it ended; null while it holds.';
COMMENT ON COLUMN "public"."legal_holds"."released_by" IS 'Who released it (auth.users).';
COMMENT ON COLUMN "public"."legal_holds"."row_id" IS 'Only this row of the table.';
COMMENT ON COLUMN "public"."legal_holds"."subject_id" IS 'Only rows about this person: whose they are, or whose record they are.';
COMMENT ON COLUMN "public"."legal_holds"."table_name" IS 'Only rows of this table; null for every table that is purged.';
COMMENT ON COLUMN "public"."notification_preferences"."created_at" IS 'When the row was made.';
COMMENT ON COLUMN "public"."notification_preferences"."created_by" IS 'Who made it (auth.users), null for the system.';
COMMENT ON COLUMN "public"."notification_preferences"."muted_channels" IS 'Channels that nothing is sent on: email, sms.';
COMMENT ON COLUMN "public"."notification_preferences"."quiet_days" IS 'Days that are quiet as a whole: 1 is Monday, 7 Sunday; at most six.';
COMMENT ON COLUMN "public"."notification_preferences"."quiet_from" IS 'Quiet hours begin, on the clock of time_zone; null: none.';
COMMENT ON COLUMN "public"."notification_preferences"."quiet_until" IS 'Quiet hours end; earlier than quiet_from: on the next day.';
COMMENT ON COLUMN "public"."notification_preferences"."time_zone" IS 'The person''s own zone; null: the organization''s.';
COMMENT ON COLUMN "public"."notification_preferences"."updated_at" IS 'When it was last changed.';
COMMENT ON COLUMN "public"."notification_preferences"."updated_by" IS 'Who changed it last, null for the system.';
COMMENT ON COLUMN "public"."notification_preferences"."version" IS 'Counts the writes; send back the one you read to learn of a change by another.';
COMMENT ON COLUMN "public"."notification_queue"."attempt_count" IS 'Attempts that failed or were never heard of again.';
COMMENT ON COLUMN "public"."notification_queue"."body" IS 'In the application only: the text as it is shown.';
COMMENT ON COLUMN "public"."notification_queue"."channel" IS 'How it goes out.';
COMMENT ON COLUMN "public"."notification_queue"."created_at" IS 'When it was scheduled.';
COMMENT ON COLUMN "public"."notification_queue"."created_by" IS 'Who scheduled it (auth.users), null for the system.';
COMMENT ON COLUMN "public"."notification_queue"."dedupe_key" IS 'Scheduling again with the same key gives this row.';
COMMENT ON COLUMN "public"."notification_queue"."died_at" IS 'When it was given up, for the list of dead letters.';
COMMENT ON COLUMN "public"."notification_queue"."expires_at" IS 'Not any more from then on; null: whenever it succeeds.';
COMMENT ON COLUMN "public"."notification_queue"."integration_id" IS 'The chat integration, for that channel.';
COMMENT ON COLUMN "public"."notification_queue"."last_error" IS 'Why the last attempt failed: a code, then a short text. Never the message.';
COMMENT ON COLUMN "public"."notification_queue"."line_key" IS 'Messages of one line go out one after the other, in the order in which they were scheduled; null: in any order.';
COMMENT ON COLUMN "public"."notification_queue"."max_attempts" IS 'Given up after so many.';
COMMENT ON COLUMN "public"."notification_queue"."payload" IS 'The values, of the kinds that the template lists; never free text.';
COMMENT ON COLUMN "public"."notification_queue"."priority" IS 'What goes first.';
COMMENT ON COLUMN "public"."notification_queue"."read_at" IS 'In the application only: when the recipient marked it as read.';
COMMENT ON COLUMN "public"."notification_queue"."recipient_id" IS 'To whom (auth.users); null for chat and webhook. The address is looked up when it is sent.';
COMMENT ON COLUMN "public"."notification_queue"."settled_at" IS 'When it was sent or given up.';
COMMENT ON COLUMN "public"."notification_queue"."status" IS 'What became of it.';
COMMENT ON COLUMN "public"."notification_queue"."template_key" IS 'The words.';
COMMENT ON COLUMN "public"."notification_queue"."title" IS 'In the application only: the subject as it is shown.';
COMMENT ON COLUMN "public"."notification_queue"."trigger_at" IS 'Not before.';
COMMENT ON COLUMN "public"."notification_queue"."webhook_id" IS 'The webhook, for that channel.';

COMMENT ON COLUMN "public"."notification_templates"."body" IS 'The text, up to 10,000 characters. Besides its values a template knows recipient_name, organization_name and, for a
link, its full address.';
COMMENT ON COLUMN "public"."notification_templates"."channel" IS 'The channel that it is written for.';
COMMENT ON COLUMN "public"."notification_templates"."created_at" IS 'When the row was made.';
COMMENT ON COLUMN "public"."notification_templates"."created_by" IS 'Who made it (auth.users), null for the system.';
COMMENT ON COLUMN "public"."notification_templates"."deleted_at" IS 'When it was removed; a removed row is invisible through the API.';
COMMENT ON COLUMN "public"."notification_templates"."payload_keys" IS 'Names of the values and their kinds: number, date, moment, code, id, link. At most 20.';
COMMENT ON COLUMN "public"."notification_templates"."subject" IS 'Subject or title, up to 200 characters; null where the channel has none.';
COMMENT ON COLUMN "public"."notification_templates"."template_key" IS 'What it is about, such as task.overdue; for webhooks the event''s type.';
COMMENT ON COLUMN "public"."notification_templates"."updated_at" IS 'When it was last changed.';
COMMENT ON COLUMN "public"."notification_templates"."updated_by" IS 'Who changed it last, null for the system.';
COMMENT ON COLUMN "public"."notification_templates"."version" IS 'Counts the writes; send back the one you read to learn of a change by another.';
COMMENT ON COLUMN "public"."retention_policies"."created_at" IS 'When the row was made.';
COMMENT ON COLUMN "public"."retention_policies"."created_by" IS 'Who made it (auth.users), null for the system.';
COMMENT ON COLUMN "public"."retention_policies"."deleted_at" IS 'When the organization went back to the default; a removed row is invisible through the API.';
COMMENT ON COLUMN "public"."retention_policies"."keep_for" IS 'From removing a row until it is deleted for good.';
COMMENT ON COLUMN "public"."retention_policies"."table_name" IS 'The table.';
COMMENT ON COLUMN "public"."retention_policies"."updated_at" IS 'When it was last changed.';
COMMENT ON COLUMN "public"."retention_policies"."updated_by" IS 'Who changed it last, null for the system.';
COMMENT ON COLUMN "public"."retention_policies"."version" IS 'Counts the writes; send back the one you read to learn of a change by another.';
COMMENT ON COLUMN "public"."scheduled_jobs"."alert_after" IS 'After how many failures in a row somebody is told; once each time.';
COMMENT ON COLUMN "public"."scheduled_jobs"."batch_size" IS 'How many rows one transaction of a run handles, where its function takes p_limit.';
COMMENT ON COLUMN "public"."scheduled_jobs"."catch_up" IS 'What becomes of moments that passed while nothing could run. skip: run if less than five minutes late.';
COMMENT ON COLUMN "public"."scheduled_jobs"."catch_up_window" IS 'Moments older than this are not made up for, whatever catch_up says; up to 31 days.';
COMMENT ON COLUMN "public"."scheduled_jobs"."created_at" IS 'When the row was made.';
COMMENT ON COLUMN "public"."scheduled_jobs"."created_by" IS 'Who made it (auth.users), null for the system.';
COMMENT ON COLUMN "public"."scheduled_jobs"."cron" IS 'Minute, hour, day of month, month, day of week, as in Debian''s cron; L is the last day of a month.';
COMMENT ON COLUMN "public"."scheduled_jobs"."description" IS 'What it does, for people.';
COMMENT ON COLUMN "public"."scheduled_jobs"."name" IS 'The job; app.job_<name>() is what it runs.';
COMMENT ON COLUMN "public"."scheduled_jobs"."pause_reason" IS 'Why it is paused.';
COMMENT ON COLUMN "public"."scheduled_jobs"."paused_at" IS 'When it was paused; null while it runs on its schedule.';
COMMENT ON COLUMN "public"."scheduled_jobs"."scope" IS 'Once for the platform, or once for each active organization.';
COMMENT ON COLUMN "public"."scheduled_jobs"."time_limit" IS 'How long a run may take in all, up to six hours.';
COMMENT ON COLUMN "public"."scheduled_jobs"."time_zone" IS 'Whose clock the expression is read by; null for a job of organizations, each of which has its own.';
COMMENT ON COLUMN "public"."scheduled_jobs"."updated_at" IS 'When it was last changed.';
COMMENT ON COLUMN "public"."scheduled_jobs"."updated_by" IS 'Who changed it last, null for the system.';
COMMENT ON COLUMN "public"."scheduled_jobs"."version" IS 'Counts the writes; send back the one you read to learn of a change by another.';
COMMENT ON COLUMN "public"."webhook_deliveries"."attempt" IS 'Which attempt it was, counted from 1.';
COMMENT ON COLUMN "public"."webhook_deliveries"."attempted_at" IS 'When it was over.';
COMMENT ON COLUMN "public"."webhook_deliveries"."duration_ms" IS 'How long it took, in milliseconds.';
COMMENT ON COLUMN "public"."webhook_deliveries"."error" IS 'Why it failed: a code, then a short text.';
COMMENT ON COLUMN "public"."webhook_deliveries"."is_delivered" IS 'Whether the receiver took it.';
COMMENT ON COLUMN "public"."webhook_deliveries"."notification_id" IS 'The event; the same in every attempt, and what the receiver can tell repeats by.';
COMMENT ON COLUMN "public"."webhook_deliveries"."org_id" IS 'The organization of the webhook.';
COMMENT ON COLUMN "public"."webhook_deliveries"."status_code" IS 'The HTTP status; null without an answer.';
COMMENT ON COLUMN "public"."webhook_deliveries"."webhook_id" IS 'The webhook.';
COMMENT ON COLUMN "public"."webhooks"."created_at" IS 'When the row was made.';
COMMENT ON COLUMN "public"."webhooks"."created_by" IS 'Who made it (auth.users), null for the system.';
COMMENT ON COLUMN "public"."webhooks"."deleted_at" IS 'When it was removed; a removed row is invisible through the API.';
COMMENT ON COLUMN "public"."webhooks"."description" IS 'What is behind it, for people, up to 500 characters.';
COMMENT ON COLUMN "public"."webhooks"."event_types" IS 'Types of events, such as incident.created; a star alone stands for every type.';
COMMENT ON COLUMN "public"."webhooks"."is_active" IS 'A paused webhook is told nothing; what is under way to it is cancelled.';
COMMENT ON COLUMN "public"."webhooks"."updated_at" IS 'When it was last changed.';
COMMENT ON COLUMN "public"."webhooks"."updated_by" IS 'Who changed it last, null for the system.';
COMMENT ON COLUMN "public"."webhooks"."url" IS 'Where events are posted to. It is in the lists that administrators read, so no secret belongs in it.';
COMMENT ON COLUMN "public"."webhooks"."version" IS 'Counts the writes; send back the one you read to learn of a change by another.';
COMMENT ON FUNCTION "app"."acting_org"(boolean) IS 'The active organization of a request that is open, refused or not; null for the system.';
COMMENT ON FUNCTION "app"."active_kek"() IS 'The version of the key that wraps new data keys; made if there is none.';
COMMENT ON FUNCTION "app"."add_kek"(text, text, text, bytea) IS 'Stores a new key-encryption key, which wraps from now on; its version. For the command line.';
COMMENT ON FUNCTION "app"."add_task"(uuid, uuid, public.notification_priority, timestamp with time zone, text) IS 'Makes a message claimable from p_due_at on, at its place in the line, if it has one.';
COMMENT ON FUNCTION "app"."aead_open"(bytea, bytea, bytea) IS 'The plaintext of IV || ciphertext || tag; null unless key, associated data and every bit are those it was sealed with.';
COMMENT ON FUNCTION "app"."aead_schedule"(bytea) IS 'A key of 64 bytes as the functions below want it: inner and outer block of HMAC-SHA-512 (128 bytes each), AES key (32).';
COMMENT ON FUNCTION "app"."aead_seal"(bytea, bytea, bytea, bytea) IS 'IV || ciphertext || tag. The IV is 16 unpredictable bytes, never used twice.';
COMMENT ON FUNCTION "app"."aead_tag"(bytea, bytea, bytea) IS 'The authentication tag (32 bytes) over associated data and IV || ciphertext.';

COMMENT ON FUNCTION "app"."alert_job_failure"(uuid) IS 'Tells those who run the platform of a job that failed as often in a row as it may (scheduled_jobs.alert_after): by
mail, in the application and to their webhooks for job.failed. Marks the run as told of.';
COMMENT ON FUNCTION "app"."are_event_types"(text[]) IS 'Whether all of these are types of events, or a star.';
COMMENT ON FUNCTION "app"."are_integration_settings_valid"(public.integration_kind, jsonb) IS 'Whether a service can be reached with these settings; what is secret is not among them.';
COMMENT ON FUNCTION "app"."are_payload_keys_valid"(jsonb) IS 'Whether a template may list these names and kinds of values: at most 20, no name that is taken.';
COMMENT ON FUNCTION "app"."attempt_of"(integer, timestamp with time zone) IS 'How often a run for this moment of a slot will have begun.';
COMMENT ON FUNCTION "app"."audit"(public.audit_action, uuid, text, jsonb, jsonb, text, text, uuid[], uuid, public.audit_outcome) IS 'Writes one audit event about the current request. Without an organization it is the one that the caller acts in.';
COMMENT ON FUNCTION "app"."audit_checkpoint"() IS 'The ends of all chains and of the runs, to be kept elsewhere.';
COMMENT ON FUNCTION "app"."audit_concealed"(public.audit_action, uuid, text, jsonb) IS 'Writes that somebody did something with a row of their own, and not who.';
COMMENT ON FUNCTION "app"."audit_contents_digest"(uuid[], bytea) IS 'SHA-256 over what a seal is over.';
COMMENT ON FUNCTION "app"."audit_digest"(public.audit_events) IS 'SHA-256 over an event as it is stored.';
COMMENT ON FUNCTION "app"."audit_drop_code"(app.audit_dropped_months, bytea) IS 'The code that a dropped month must have.';
COMMENT ON FUNCTION "app"."audit_hold"(public.legal_holds, text) IS 'The audit event of a hold that is placed or released.';
COMMENT ON FUNCTION "app"."audit_key"(uuid, smallint) IS 'The key that an organization''s chain is made with; that of the nil uuid is for runs and dropped months, too.';
COMMENT ON FUNCTION "app"."audit_key_version"() IS 'The version of the key that seals; makes the first one.';
COMMENT ON FUNCTION "app"."audit_month"(timestamp with time zone) IS 'First day of the month of a moment, in UTC.';
COMMENT ON FUNCTION "app"."audit_partitions"() IS 'The partitions of audit_events but the default one: first day, and the day after the last.';
COMMENT ON FUNCTION "app"."audit_row"() IS 'Trigger _800_audit: one event per changed row, with the columns that changed.';
COMMENT ON FUNCTION "app"."audit_run_code"(app.audit_runs, bytea) IS 'The code that a run must have.';
COMMENT ON FUNCTION "app"."audit_seal_code"(app.audit_seals, bytea) IS 'The code that a seal must have.';
COMMENT ON FUNCTION "app"."audit_seals_digest"(bigint) IS 'SHA-256 over the codes of the seals of a run.';

COMMENT ON FUNCTION "app"."audit_status"() IS 'How far sealing has come and how far partitions are made ahead. The oldest event that is not sealed may seem up to an
hour older than it is, if it is concealed.';
COMMENT ON FUNCTION "app"."begin_run"(integer, text, boolean) IS 'Decides what a slot that is due and held runs now, if anything, and when it is due next.';
COMMENT ON FUNCTION "app"."blind_index"(bytea, bytea, text) IS 'The blind index of a value. p_place: as of the sealed value, so that equal values of two columns differ.';
COMMENT ON FUNCTION "app"."blind_indexes"(uuid, bytea, text) IS 'The indexes that a value may have been stored with, one per index key of the organization.';
COMMENT ON FUNCTION "app"."broadcast"(text, text, jsonb) IS 'The one adapter to Realtime: a message to those who may listen to the topic. Never anything of what a row holds.';
COMMENT ON FUNCTION "app"."broadcast_change"() IS 'Trigger _900_broadcast of tables that are merged: which row changed, and its version.';
COMMENT ON FUNCTION "app"."cancel_notification"(uuid) IS 'What public.cancel_notification does; authorizes for itself.';
COMMENT ON FUNCTION "app"."channel_secret"(uuid) IS 'The secret of a webhook or an integration, for the worker.';
COMMENT ON FUNCTION "app"."check_merge"(jsonb, jsonb, jsonb, integer) IS 'Ends the request with invalid_input unless it says what changes and from what.';
COMMENT ON FUNCTION "app"."check_plain"(text, text, bytea) IS 'Ends the request with invalid_input unless what is to be sealed is of the type that it opens as.';

COMMENT ON FUNCTION "app"."claim_job"(text, text, uuid) IS 'Claims a run that is due, or the one named, due or not; null without one, or while it is running. The session holds it.
p_server: who runs it, for job_runs; p_name: this job, now; p_org_id: and this organization, for a job of organizations.';

COMMENT ON FUNCTION "app"."claim_notifications"(text, integer, interval, jsonb) IS 'Claims up to p_limit messages that are due, for a worker.
p_lease: how long, unless the worker prolongs it. p_cursor: that of the answer before; null looks from the beginning.
Answers {cursor, found, lease_id, messages}; found counts also what turned out not to be sent.';

COMMENT ON FUNCTION "app"."claim_request"(uuid, text) IS 'Whether the caller asks this for the first time under this key; within a day, a repeated request is told apart.
Errors: not_authenticated, session_expired, conflict (another request had the key).';
COMMENT ON FUNCTION "app"."close_lost_runs"(integer) IS 'Marks the run of a slot as lost; callers have made sure that nobody holds the slot.';

COMMENT ON FUNCTION "app"."count_failure"(timestamp with time zone, uuid, uuid, integer, text, boolean, numeric) IS 'Counts a failed attempt: again after a pause, or given up. Nothing if somebody else has counted since.
p_attempts_before: as many as there were when it was claimed. p_is_final: trying again cannot help.
p_retry_seconds: not before, as the receiver asked.';
COMMENT ON FUNCTION "app"."count_outcome"(uuid) IS 'What follows from how a run ended: failures in a row, an alert, another attempt.';
COMMENT ON FUNCTION "app"."create_webhook"(text, text[], text) IS 'What public.create_webhook does; authorizes for itself.';

COMMENT ON FUNCTION "app"."cron_field"(text, integer, integer, text[]) IS 'The numbers that one field of a cron expression stands for, in order; null if it is none.
p_names: what the numbers from p_lowest on are called.';
COMMENT ON FUNCTION "app"."cron_fields"(text) IS 'A cron expression as the numbers of each field; null where a field is none. Weekdays from 0 to 7, Sunday is both.';
COMMENT ON FUNCTION "app"."describe_failure"(text, text) IS 'Why a run failed, without what could be personal data.';

COMMENT ON FUNCTION "app"."destroy_data_keys"(uuid, uuid) IS 'Destroys every data key of an organization, of a person there, or (without organization) of a person everywhere; how
many it were. Cannot be undone but from a backup, as long as that opens with a key-encryption key that still exists.';
COMMENT ON FUNCTION "app"."destroy_kek"(integer) IS 'Removes a key-encryption key that wraps nothing any more. Errors: 55000 while it does. For the command line.';
COMMENT ON FUNCTION "app"."destroy_retired_index_keys"() IS 'Destroys the index keys that a complete re-sealing has replaced; how many it were.';

COMMENT ON FUNCTION "app"."drop_audit_months"(date) IS 'Drops the partitions of whole months before a day; how many months. Idempotent: yes.
p_before: at least six years ago. Refused if an event of these months is not sealed.';
COMMENT ON FUNCTION "app"."drop_audit_partition"(text, date, date) IS 'Drops one partition whose events are all sealed; how many months it held.';
COMMENT ON FUNCTION "app"."due_slots"(text, uuid) IS 'Slots that are due, the longest due first, or those of the job that is named; whoever may be running them.';

COMMENT ON FUNCTION "app"."emit_event"(uuid, text, jsonb, text, text) IS 'Tells the webhooks of an organization that something happened; how many. For the functions of other rooms.
p_event_type: a template of the channel webhook, which lists the values.
p_dedupe_key: the same event again is told once. p_line_key: events of one line are told in order.';
COMMENT ON FUNCTION "app"."empty_audit_default"() IS 'Makes the default partition, if it holds events, the partition of their months, and a new default one.';

COMMENT ON FUNCTION "app"."enqueue_notification"(uuid, public.notification_channel, uuid, text, jsonb, timestamp with time zone, public.notification_priority, text, timestamp with time zone, text, integer) IS 'Schedules a message of an organization, for the functions of other rooms; its id.
p_recipient: a person, or the webhook or chat integration that the channel is about.
p_trigger_at: not before; null: at once. p_dedupe_key: again with the same one is the same message.
p_line_key: messages of one line go out in order. p_max_attempts: given up after so many.
Errors: not_found, invalid_input.';
COMMENT ON FUNCTION "app"."ensure_job_failed_templates"(uuid) IS 'The words for app.alert_job_failure(), unless they are there.';
COMMENT ON FUNCTION "app"."ensure_secret"(text) IS 'Makes a random secret of 32 bytes under this name unless there is one.';
COMMENT ON FUNCTION "app"."ensure_template"(uuid, text, public.notification_channel, text, text, jsonb) IS 'Gives an organization this template, unless it has one for the same thing and channel.';
COMMENT ON FUNCTION "app"."explain_audit_seal"(app.audit_seals, bytea) IS 'Why a seal does not fit its place.';
COMMENT ON FUNCTION "app"."finish_job"(uuid, public.job_outcome, text) IS 'Ends a run that this session claimed; a second call changes nothing.';
COMMENT ON FUNCTION "app"."first_due"(xid8[], xid8) IS 'When the first task falls due that these transactions wrote, or those from a number on; null without one.';
COMMENT ON FUNCTION "app"."first_of_day"(bigint, bigint, bigint, bigint, bigint[], boolean, bigint) IS 'The first of a day''s times of day (p_seconds) after a moment, all in seconds; null if there is none.';
COMMENT ON FUNCTION "app"."first_uuid_v7"(timestamp with time zone) IS 'The smallest id that app.uuid_v7() can make from this moment on: rows with smaller ids are older.';
COMMENT ON FUNCTION "app"."found_notifications"(timestamp with time zone, uuid[], uuid[]) IS 'These messages with all that decides whether and how they go out.';
COMMENT ON FUNCTION "app"."greater_value"(jsonb, jsonb) IS 'The greater of two numbers, dates or moments; the other one where one is null.';
COMMENT ON FUNCTION "app"."guard_legal_hold"() IS 'Trigger _200_guard of legal_holds: only a release changes one.';
COMMENT ON FUNCTION "app"."held_clause"(text, text, text, text[]) IS 'The condition that a legal hold covers a row, called rows, of this table.';
COMMENT ON FUNCTION "app"."hold_lock"(uuid) IS 'The advisory lock between legal holds and deletions of an organization.';
COMMENT ON FUNCTION "app"."index_form"(text) IS 'The form in which values are equal for a search: without differences of case, width or spaces.';
COMMENT ON FUNCTION "app"."is_audit_month_dropped"(date) IS 'Whether retention has dropped a month.';
COMMENT ON FUNCTION "app"."is_audit_sealed"(uuid, uuid, timestamp with time zone) IS 'Whether a seal is over this event; reads a month.';
COMMENT ON FUNCTION "app"."is_cron"(text) IS 'Whether this is a cron expression.';
COMMENT ON FUNCTION "app"."is_first_in_line"(uuid, text, integer, uuid) IS 'Whether nothing that is not settled stands before this place.';
COMMENT ON FUNCTION "app"."is_held"(uuid, text, uuid, uuid[]) IS 'Whether a legal hold covers this row, which is about these people.';
COMMENT ON FUNCTION "app"."is_job_slot_held"(integer) IS 'Whether somebody is running this slot now.';
COMMENT ON FUNCTION "app"."is_near"(text, timestamp with time zone) IS 'Whether this is a moment from two years ago to five years ahead.';
COMMENT ON FUNCTION "app"."is_own_doing"(text) IS 'Whether the person of the request is this one.';
COMMENT ON FUNCTION "app"."is_payload_value"(jsonb, text, timestamp with time zone) IS 'Whether a value is of this kind.';
COMMENT ON FUNCTION "app"."is_recipient"(uuid, public.notification_channel, uuid) IS 'Whether an organization can send to this on this channel: one of its people, webhooks or chat integrations.';
COMMENT ON FUNCTION "app"."is_sealed"(bytea, integer) IS 'Whether a value has the form of a sealed one and at most so many bytes: for the checks of tables. Null for null.';
COMMENT ON FUNCTION "app"."job_lock_class"() IS 'First key of the advisory lock of each running job slot.';
COMMENT ON FUNCTION "app"."job_make_audit_partitions"() IS 'Scheduled: makes the audit trail''s partitions of this month and the next three. Idempotent: yes.';
COMMENT ON FUNCTION "app"."job_purge_invitations"(integer) IS 'Scheduled: deletes invitations thirty days after they were accepted, revoked or expired, p_limit at a time. Idempotent: yes.';
COMMENT ON FUNCTION "app"."job_purge_job_runs"(integer) IS 'Scheduled: deletes runs that ended more than 90 days ago, and pg_cron''s own log after a week. Idempotent: yes.';

COMMENT ON FUNCTION "app"."job_purge_notifications"(uuid, integer) IS 'Scheduled: deletes an organization''s messages, with their deliveries, 400 days after they were sent or given up, p_limit
at a time. Idempotent: yes.';
COMMENT ON FUNCTION "app"."job_purge_rate_limits"(integer) IS 'Scheduled: deletes counts of windows that ended more than an hour ago, p_limit at a time. Idempotent: yes.';

COMMENT ON FUNCTION "app"."job_purge_removed"(uuid, integer) IS 'Scheduled: deletes an organization''s removed rows whose term is over, p_limit at a time, each with an audit event; not
what a legal hold covers nor what something refers to. Idempotent: yes.';
COMMENT ON FUNCTION "app"."job_purge_sessions"(integer) IS 'Scheduled: deletes sessions that ended more than a day ago, by age or idleness, p_limit at a time. Idempotent: yes.';

COMMENT ON FUNCTION "app"."job_rotate_data_keys"(integer, timestamp with time zone) IS 'Scheduled: gives every owner of a data key a new one, p_limit at a time; `carebase keys reseal` moves what older keys
sealed. Idempotent: yes.';
COMMENT ON FUNCTION "app"."job_seal_audit"(integer) IS 'Scheduled: seals events of the audit trail, about p_limit at a time. Idempotent: yes.';
COMMENT ON FUNCTION "app"."keep_channel_secret"(uuid, text) IS 'Stores the secret of a webhook or an integration, or replaces it.';
COMMENT ON FUNCTION "app"."kek_schedule"(integer) IS 'A key-encryption key from the vault, ready for use.';
COMMENT ON FUNCTION "app"."key_context"(uuid, public.key_purpose, uuid, uuid) IS 'What a wrapped key is bound to.';
COMMENT ON FUNCTION "app"."last_audit_seal"(uuid) IS 'The end of an organization''s chain; null before the first seal.';
COMMENT ON FUNCTION "app"."lease_notifications"(text, interval, timestamp with time zone, uuid[], uuid[]) IS 'Leases to a worker what of these messages is to be sent now, and settles or postpones the rest.';
COMMENT ON FUNCTION "app"."leave_lines"(uuid[], uuid[]) IS 'Takes settled messages out of their lines, so that the next ones can go.';
COMMENT ON FUNCTION "app"."make_audit_contents_partition"(date) IS 'Makes the partition of app.audit_contents for a month unless there is one.';
COMMENT ON FUNCTION "app"."make_audit_partition"(date, date, text) IS 'Makes the partition of some months, or attaches a table as it; 1, or 0 if there is one.';

COMMENT ON FUNCTION "app"."make_audit_partitions"(integer) IS 'Makes the partitions of this month and the next ones where they are missing; how many it made. Idempotent: yes.
p_months_ahead: how many months beyond this one.';
COMMENT ON FUNCTION "app"."make_data_key"(public.key_purpose, uuid, uuid, boolean) IS 'A new data key for this owner, who has none or, with p_replace, changes it. Errors: 55000 if theirs was destroyed.';
COMMENT ON FUNCTION "app"."make_webhook_secret"() IS 'A new key for signing webhooks: whsec_ and 256 random bits in base64.';
COMMENT ON FUNCTION "app"."mark_notifications_read"(uuid[]) IS 'What public.mark_notifications_read does; authorizes for itself.';

COMMENT ON FUNCTION "app"."merge_fields"(jsonb, jsonb, jsonb, jsonb) IS 'What to write, and what only a person can decide: [{field, base, theirs, yours}].
p_theirs: the row as it is; p_base: as the caller read it; p_yours: what they change; p_strategies: field to reject,
last_write, max or union.';
COMMENT ON FUNCTION "app"."my_circles"() IS 'The support circles of the active organization that the caller is an active member of; none that was removed.';
COMMENT ON FUNCTION "app"."next_audit_run"(app.audit_runs, integer) IS 'The next run of sealing, without what it will have sealed.';
COMMENT ON FUNCTION "app"."next_run"(text, text, timestamp with time zone) IS 'The first moment after p_after that a cron expression names by the clocks of a zone; null if there is none.';
COMMENT ON FUNCTION "app"."note_access"(public.access_purpose, text, uuid, uuid[], bigint, bytea[]) IS 'Writes the access event of one call: how many rows it opened, of whom, what for, with which versions of keys.';
COMMENT ON FUNCTION "app"."notification_documents"(timestamp with time zone, uuid[], uuid[]) IS 'What is to become of these messages now, and all that a worker needs to send those that are to be sent.';
COMMENT ON FUNCTION "app"."only_fields"(jsonb, jsonb) IS 'Of these values those whose fields the other object has.';
COMMENT ON FUNCTION "app"."open_value"(bytea, bytea, bytea) IS 'What was sealed; null if it does not open with this key in this context.';
COMMENT ON FUNCTION "app"."outcome_of_cancel"(public.job_runs) IS 'What a run that was cancelled ended as: by its time limit, or by somebody''s hand.';
COMMENT ON FUNCTION "app"."payload_fault"(jsonb, jsonb) IS 'What is wrong with these values for a template that lists p_keys; null if nothing is.';

COMMENT ON FUNCTION "app"."pick_late_tasks"(xid8[], xid8, jsonb, integer) IS 'Takes tasks that lie behind the cursor and were written by these transactions, or by those from a number on: they
committed after somebody had looked past them.';
COMMENT ON FUNCTION "app"."pick_tasks"(timestamp with time zone, public.notification_priority, timestamp with time zone, uuid, integer) IS 'Takes tasks of one priority, in their order, from a place on; and the place up to which everything has been seen.';
COMMENT ON FUNCTION "app"."place_legal_hold"(public.legal_hold_reason, text, uuid, uuid, text) IS 'What public.place_legal_hold does; authorizes for itself.';
COMMENT ON FUNCTION "app"."plain"(date) IS 'A day as the bytes that a sealed column of type date takes: ISO 8601.';
COMMENT ON FUNCTION "app"."plain"(jsonb) IS 'A document as the bytes that a sealed column of type jsonb takes.';
COMMENT ON FUNCTION "app"."plain"(text) IS 'A text as the bytes that a sealed column of type text takes.';
COMMENT ON FUNCTION "app"."plan_jobs"() IS 'Gives each job, and each organization of it, a slot with the next moment; plans anew whose expression or zone changed.';
COMMENT ON FUNCTION "app"."prolong_leases"(uuid[], interval) IS 'Prolongs leases from now on; how many of them there still are.';
COMMENT ON FUNCTION "app"."purge_removed"(text, uuid, integer) IS 'Deletes removed rows of a table whose term is over, except those that are held or that something refers to.';
COMMENT ON FUNCTION "app"."purged_at"(uuid, text, timestamp with time zone) IS 'From when on a row that was removed then is deleted for good, unless it is held or something refers to it.';

COMMENT ON FUNCTION "app"."purged_tables"() IS 'Tables whose removed rows are deleted in the end: keys, default term and its bounds, whether their rows may be counted,
the columns that say whom a row is about.';
COMMENT ON FUNCTION "app"."queue_depth"() IS 'How many messages wait, are due, are with workers and are dead, and since when the first one is due. For metrics.';

COMMENT ON FUNCTION "app"."quiet_until"(timestamp with time zone, text, time without time zone, time without time zone, smallint[]) IS 'The first moment from p_at on that is in none of the quiet hours and days of somebody in this time zone; p_at itself if
it is not quiet.';
COMMENT ON FUNCTION "app"."recover_leases"() IS 'Takes back what dead workers held, ten leases at a time; how many messages they held.';
COMMENT ON FUNCTION "app"."refuse_change"() IS 'Triggers _200_append_only of tables whose rows are never changed or removed.';
COMMENT ON FUNCTION "app"."refuse_damaged"(text, uuid) IS 'Ends a transaction that found a sealed value altered or moved. Names the place, never what it holds.';

COMMENT ON FUNCTION "app"."refuse_held"() IS 'Trigger _200_hold of tables that are purged: what a legal hold covers is not deleted. Its arguments are what
app.purged_tables() answers.';
COMMENT ON FUNCTION "app"."refuse_key"(uuid) IS 'Ends a transaction that needs a key which cannot be had.';
COMMENT ON FUNCTION "app"."release_lease"(uuid) IS 'Ends a lease; what of it was not tried goes back at once and counts no attempt. How many messages.';
COMMENT ON FUNCTION "app"."release_legal_hold"(uuid) IS 'What public.release_legal_hold does; authorizes for itself.';
COMMENT ON FUNCTION "app"."remove_properties"(uuid) IS 'What public.remove_properties does; authorizes for itself.';
COMMENT ON FUNCTION "app"."remove_provider_support_circles"(uuid) IS 'What public.remove_provider_support_circles does; authorizes for itself.';
COMMENT ON FUNCTION "app"."remove_sites"(uuid) IS 'What public.remove_sites does; authorizes for itself.';
COMMENT ON FUNCTION "app"."remove_webhook"(uuid) IS 'What public.remove_webhook does; authorizes for itself.';
COMMENT ON FUNCTION "app"."removed_properties"(integer) IS 'What public.get_removed_properties answers; authorizes for itself.';
COMMENT ON FUNCTION "app"."removed_provider_support_circles"(integer) IS 'What public.get_removed_provider_support_circles answers; authorizes for itself.';
COMMENT ON FUNCTION "app"."removed_sites"(integer) IS 'What public.get_removed_sites answers; authorizes for itself.';
COMMENT ON FUNCTION "app"."reopen"(uuid, bytea, text, uuid, uuid, boolean, app.unwrapped_key[]) IS 'What a re-sealing writes: the opened value, or the value as it is where nothing is to be done or its key is destroyed.';
COMMENT ON FUNCTION "app"."requeue_dead"(uuid, uuid) IS 'Gives a dead message all its attempts again, at the end of its line; whether there was one. For owners'' functions.';
COMMENT ON FUNCTION "app"."requeue_notification"(uuid) IS 'What public.requeue_notification does; authorizes for itself.';
COMMENT ON FUNCTION "app"."require_holdable"(uuid, text, uuid, uuid) IS 'Ends the request where an organization has no such row, removed or not, or knows no such person.';

COMMENT ON FUNCTION "app"."reseal_rows"(text, uuid, uuid, integer) IS 'Re-seals what is not sealed with the newest key in the next rows after this one. last_org_id, last_id: where to go on;
seen_count, resealed_count: rows, no seen ones at the end.';
COMMENT ON FUNCTION "app"."reseal_statement"(text) IS 'The statement that re-seals rows of a table; its parameters are their organizations and their ids.';
COMMENT ON FUNCTION "app"."restore_properties"(uuid) IS 'What public.restore_properties does; authorizes for itself.';
COMMENT ON FUNCTION "app"."restore_provider_support_circles"(uuid) IS 'What public.restore_provider_support_circles does; authorizes for itself.';
COMMENT ON FUNCTION "app"."restore_sites"(uuid) IS 'What public.restore_sites does; authorizes for itself.';
COMMENT ON FUNCTION "app"."retention"() IS 'What public.get_retention answers; authorizes for itself.';
COMMENT ON FUNCTION "app"."retention_term"(uuid, text) IS 'How long an organization keeps removed rows of a table; null for a table that is not purged.';
COMMENT ON FUNCTION "app"."rewrap_data_keys"(integer) IS 'Wraps at most so many data keys anew with the active key-encryption key; how many it were. For the command line.';
COMMENT ON FUNCTION "app"."rotate_audit_key"() IS 'Makes a new key for the chain and returns its version; seals from now on are made with it. Idempotent: no.';

COMMENT ON FUNCTION "app"."rotate_data_keys"(uuid, timestamp with time zone, integer) IS 'Gives every owner (of one organization, or all) whose key is older a new one, at most so many; how many it
were. Older keys still open what they sealed; app.reseal_rows() moves it.';
COMMENT ON FUNCTION "app"."rotate_webhook_secret"(uuid) IS 'What public.rotate_webhook_secret does; authorizes for itself.';
COMMENT ON FUNCTION "app"."run_job_batch"(uuid) IS 'Runs a job that this session has claimed, for one batch of rows; true if there may be more.';
COMMENT ON FUNCTION "app"."schedule_notification"(uuid, jsonb, timestamp with time zone, text, public.notification_channel, public.notification_priority, text, timestamp with time zone, text) IS 'What public.schedule_notification does; authorizes for itself.';

COMMENT ON FUNCTION "app"."seal_audit"(integer) IS 'Seals events that are not sealed yet; how many. None while another run is at work.
p_limit: about as many at once; the events of one transaction are sealed together.';
COMMENT ON FUNCTION "app"."seal_value"(uuid, bytea, bytea, bytea) IS 'Seals a value for one context; null for null.';
COMMENT ON FUNCTION "app"."sealed_context"(bytea, uuid, uuid) IS 'The associated data of a value. p_place: carebase:1:<schema>.<table>:<column>: in ASCII.';
COMMENT ON FUNCTION "app"."sealed_tables"() IS 'Tables with sealed columns: name, key, the owners of the key as SQL of a row, columns, those with a blind index.';
COMMENT ON FUNCTION "app"."sealing_key"(public.key_purpose, uuid, uuid) IS 'The key that seals, or indexes, for this owner now; made if there never was one. Errors: 55000 once it was destroyed.';
COMMENT ON FUNCTION "app"."secret"(text) IS 'A secret of this installation, by name, from the vault.';
COMMENT ON FUNCTION "app"."set_aside"(timestamp with time zone, jsonb) IS 'Postpones, or settles as expired, cancelled or dead, messages that are not to be sent now.';
COMMENT ON FUNCTION "app"."set_integration"(public.integration_kind, text, jsonb, text, boolean) IS 'What public.set_integration does; authorizes for itself.';
COMMENT ON FUNCTION "app"."set_retention_policy"(text, interval) IS 'What public.set_retention_policy does; authorizes for itself.';

COMMENT ON FUNCTION "app"."settle_notifications"(uuid, uuid[], uuid[], jsonb, boolean) IS 'Settles messages of a lease: those that were simply sent by their keys, the others in p_details, each with org_id, id,
attempt, is_sent, error, is_final, retry_seconds, title, body, webhook_id, status_code, duration_ms.
p_is_last: the lease ends with it.';
COMMENT ON FUNCTION "app"."settle_one"(timestamp with time zone, jsonb) IS 'Settles one message that failed or has more to be kept.';
COMMENT ON FUNCTION "app"."settle_retired_keys"() IS 'Waits until no transaction seals with a retired key any more; how many keys were waited for.';
COMMENT ON FUNCTION "app"."sync_cron"(integer) IS 'Has pg_cron run the jobs, p_workers at a time; 0 takes that back. Says what it did, also without pg_cron. Idempotent.';
COMMENT ON FUNCTION "app"."united_values"(jsonb, jsonb) IS 'The values of one list, then what only the other one has.';
COMMENT ON FUNCTION "app"."unreferenced"(text) IS 'The condition that nothing refers to a row, called rows, of this table.';
COMMENT ON FUNCTION "app"."unsealed_audit_events"(app.audit_runs, app.audit_runs) IS 'The events that a run is to seal, and their digests.';
COMMENT ON FUNCTION "app"."unsealed_though_passed"(uuid, timestamp with time zone) IS 'The first event that is not under a seal although sealing has passed it; null if there is none.';
COMMENT ON FUNCTION "app"."unwrap_keys"(bytea[]) IS 'Data keys ready for use, by the 16 bytes that name them in values; without those that were destroyed.';

COMMENT ON FUNCTION "app"."verify_audit"(uuid, timestamp with time zone) IS 'One row per chain: how much of it was verified, and the first fault in it, null where all is well. The first rows,
without an organization, are about the runs of sealing, which tell where a chain was cut off.
p_org_id: this organization''s only, and the runs.
p_since: only what was sealed since; what is before is trusted.';

COMMENT ON FUNCTION "app"."verify_audit_chain"(uuid, timestamp with time zone) IS 'One row: how much of an organization''s chain was verified, and the first fault: missing seal, altered seal,
reordered, altered contents, missing contents, missing, altered, or inserted.';
COMMENT ON FUNCTION "app"."verify_audit_checkpoint"(jsonb, uuid) IS 'Where the chains are not what they were at a checkpoint; no row where they still are.';
COMMENT ON FUNCTION "app"."verify_audit_runs"(timestamp with time zone) IS 'One row: how many runs of sealing were verified, and the first fault among them. seal_number is the run.';
COMMENT ON FUNCTION "app"."verify_audit_seal"(app.audit_seals) IS 'The first event under a seal that is missing or altered; no row where all are as they were.';
COMMENT ON FUNCTION "app"."wall_clock"() IS 'The time at this very moment, also within a transaction; tests freeze it.';
COMMENT ON FUNCTION "app"."wanted_job_slots"() IS 'Each job of the platform, and each job of organizations with each organization that is active, with its clock.';
COMMENT ON FUNCTION "app"."watch_jobs"() IS 'Plans slots, marks runs whose session is gone as lost, cancels runs beyond their time limit. Idempotent, any number may watch.';
COMMENT ON FUNCTION "app"."write_audit_seals"(app.audit_runs, app.audit_runs) IS 'Writes the seals of a run; how many events they are over.';
COMMENT ON FUNCTION "app"."write_run"(app.job_slots, timestamp with time zone, integer, text, boolean) IS 'A run that begins now.';
COMMENT ON FUNCTION "app"."zone_day"(text, date) IS 'A day by the clocks of a zone: where it would begin in UTC, the offsets around it, and when they change, if they do.';
COMMENT ON FUNCTION "app"."zone_offset"(text, bigint) IS 'By how many seconds the clocks of a zone are ahead of UTC at a moment; behind: negative.';

COMMENT ON FUNCTION "public"."cancel_notification"(uuid) IS 'Takes back a message that has not gone out: whether it will not. One that is being sent at this moment may still
arrive. For whoever scheduled it, and for owners and administrators.
p_notification_id: what schedule_notification() answered.
Errors: not_authenticated, session_expired, mfa_required, permission_denied, not_found.
Idempotent: yes.';

COMMENT ON FUNCTION "public"."create_webhook"(text, text[], text) IS 'Makes a webhook: another system that is told what happens. The secret is told in this answer and never again; each
request is signed with it as Standard Webhooks specifies. For owners and administrators.
p_url: where to post, https only. Addresses within private networks are refused when it comes to sending.
p_event_types: types such as task.overdue, 1 to 100, or a star for every type.
p_description: what is behind it, up to 500 characters.
Never null: webhook_id, secret.
Errors: not_authenticated, session_expired, mfa_required, permission_denied, invalid_input, conflict.';

COMMENT ON FUNCTION "public"."get_dead_letters"(integer, timestamp with time zone) IS 'Messages of the active organization that were given up, newest first, with their last error. For owners and
administrators; requeue_notification() tries one again.
p_limit: at most so many, 1 to 500. p_before: only those given up before, for the next page.
Errors: not_authenticated, session_expired, mfa_required, permission_denied, invalid_input.';

COMMENT ON FUNCTION "public"."get_my_notifications"(boolean, integer, uuid) IS 'The caller''s own notifications in the application, in the active organization, the newest scheduled first.
p_only_unread: leaves out what is marked as read. p_limit: at most so many, 1 to 500.
p_before: only those older than this id, for the next page.
Never null: id, template_key, body, payload, sent_at.
Errors: not_authenticated, session_expired, mfa_required, permission_denied, invalid_input.';

COMMENT ON FUNCTION "public"."get_removed_properties"(integer) IS 'What was removed from properties and can be restored, latest first. For org_owner, admin.
p_limit: at most so many, 1 to 500.
purge_at: from when on it is deleted for good, unless is_held: a legal hold keeps it. row_values: the row.
Never null: id, deleted_at, is_held, row_values.
Errors: not_authenticated, permission_denied, invalid_input.';

COMMENT ON FUNCTION "public"."get_removed_provider_support_circles"(integer) IS 'What was removed from provider_support_circles and can be restored, latest first. For admin, care_manager, wellness_officer.
p_limit: at most so many, 1 to 500.
purge_at: from when on it is deleted for good, unless is_held: a legal hold keeps it. row_values: the row.
Never null: id, deleted_at, is_held, row_values.
Errors: feature_disabled, not_authenticated, permission_denied, invalid_input.';

COMMENT ON FUNCTION "public"."get_removed_sites"(integer) IS 'What was removed from sites and can be restored, latest first. For org_owner, admin.
p_limit: at most so many, 1 to 500.
purge_at: from when on it is deleted for good, unless is_held: a legal hold keeps it. row_values: the row.
Never null: id, deleted_at, is_held, row_values.
Errors: not_authenticated, permission_denied, invalid_input.';

COMMENT ON FUNCTION "public"."get_retention"() IS 'The tables whose removed rows are deleted in the end, and how it stands with them in the active organization. For
owners, administrators and compliance leads.
keep_for: how long removed rows are kept; is_default: nobody here has decided so. at_least, at_most: what
set_retention_policy() allows.
removed_count: removed rows; of them due_count are past their term; held_count are under a legal hold; referenced_count
are past their term, not held, and stay as long as something refers to them. Null for tables whose rows nobody reads
across the organization.
Never null: table_name, keep_for, is_default, at_least, at_most.
Errors: not_authenticated, permission_denied.';

COMMENT ON FUNCTION "public"."mark_notifications_read"(uuid[]) IS 'Marks the caller''s own notifications as read; how many were not.
p_notification_ids: which, at most 500; null: all of them. Ids that are not the caller''s are passed over.
Errors: not_authenticated, session_expired, mfa_required, permission_denied, invalid_input.
Idempotent: yes.';

COMMENT ON FUNCTION "public"."merge_provider_support_circles"(uuid, jsonb, jsonb, integer, uuid) IS 'Changes fields of one row while others may be changing it, too. Fields that nobody else touched since are written;
one that somebody did comes back as a conflict, unless its strategy decides.
p_id: the row.
p_changes: an object of the fields to change:
name, meeting_frequency, max_members (the greater one), facilitator_id, is_active.
p_base: the same fields as you read them. p_base_version: or the version of the row as you read it, if it is whole.
p_request_key: a uuid of your own for this request; asked again under it, within a day, nothing is changed twice.
row_values: the row as it is now. is_changed: whether this call changed it.
conflicts: a list of {field, base, theirs, yours}, empty if there is none; ask your user, then send theirs as base.
Never null: row_values, is_changed, conflicts.
Errors: feature_disabled, not_authenticated, permission_denied, not_found, conflict, invalid_input.';

COMMENT ON FUNCTION "public"."place_legal_hold"(public.legal_hold_reason, text, uuid, uuid, text) IS 'Keeps rows of the active organization from being deleted for good, until release_legal_hold(). Once it has returned,
nothing that it covers is deleted. For owners and compliance leads.
p_reason_code: why. p_reference: the number of the matter, 1 to 100 characters; never a name.
p_table_name: only rows of this table, one of get_retention(); else all of them. p_row_id: only this row of it, removed
or not. p_subject_id: only rows about this person, those to come as well.
Returns the id of the hold.
Errors: not_authenticated, permission_denied, not_found, invalid_input.';

COMMENT ON FUNCTION "public"."release_legal_hold"(uuid) IS 'Ends a legal hold: what it covered alone is deleted by the next purge, if its term is over. For owners and compliance
leads. The hold stays in legal_holds.
p_hold_id: one of legal_holds.
Errors: not_authenticated, permission_denied, not_found, invalid_input.
Idempotent: yes.';

COMMENT ON FUNCTION "public"."remove_properties"(uuid) IS 'Removes a row of properties: it is invisible through the API at once, and can be restored until it is purged. What refers
to it stays as it is. For org_owner, admin.
p_id: the row. One of another organization is as one that does not exist: not_found.
id, version: of the row as it is now.
Never null: id, version.
Errors: not_authenticated, permission_denied, not_found, invalid_input.
Idempotent: yes.';

COMMENT ON FUNCTION "public"."remove_provider_support_circles"(uuid) IS 'Removes a row of provider_support_circles: it is invisible through the API at once, and can be restored until it is purged. What refers
to it stays as it is. For admin, care_manager, wellness_officer.
p_id: the row. One of another organization is as one that does not exist: not_found.
id, version: of the row as it is now.
Never null: id, version.
Errors: feature_disabled, not_authenticated, permission_denied, not_found, invalid_input.
Idempotent: yes.';

COMMENT ON FUNCTION "public"."remove_sites"(uuid) IS 'Removes a row of sites: it is invisible through the API at once, and can be restored until it is purged. What refers
to it stays as it is. For org_owner, admin.
p_id: the row. One of another organization is as one that does not exist: not_found.
id, version: of the row as it is now.
Never null: id, version.
Errors: not_authenticated, permission_denied, not_found, invalid_input.
Idempotent: yes.';

COMMENT ON FUNCTION "public"."remove_webhook"(uuid) IS 'Removes a webhook and destroys its secret; what is under way to it is cancelled. For owners and administrators.
p_webhook_id: the webhook.
Errors: not_authenticated, session_expired, mfa_required, permission_denied, not_found.';

COMMENT ON FUNCTION "public"."requeue_notification"(uuid) IS 'Sends a message again that was given up, once what was wrong is put right; false if it is not among the dead letters.
Receivers know it by the same id as before. For owners and administrators.
p_notification_id: one of get_dead_letters().
Errors: not_authenticated, session_expired, mfa_required, permission_denied.
Idempotent: yes.';

COMMENT ON FUNCTION "public"."restore_properties"(uuid) IS 'Brings a removed row of properties back as it was. conflict: another row has taken its place, as with a name that
may be there once. For org_owner, admin.
p_id: the row. One of another organization is as one that does not exist: not_found.
id, version: of the row as it is now.
Never null: id, version.
Errors: not_authenticated, permission_denied, not_found, conflict, invalid_input.
Idempotent: yes.';

COMMENT ON FUNCTION "public"."restore_provider_support_circles"(uuid) IS 'Brings a removed row of provider_support_circles back as it was. conflict: another row has taken its place, as with a name that
may be there once. For admin, care_manager, wellness_officer.
p_id: the row. One of another organization is as one that does not exist: not_found.
id, version: of the row as it is now.
Never null: id, version.
Errors: feature_disabled, not_authenticated, permission_denied, not_found, conflict, invalid_input.
Idempotent: yes.';

COMMENT ON FUNCTION "public"."restore_sites"(uuid) IS 'Brings a removed row of sites back as it was. conflict: another row has taken its place, as with a name that
may be there once. For org_owner, admin.
p_id: the row. One of another organization is as one that does not exist: not_found.
id, version: of the row as it is now.
Never null: id, version.
Errors: not_authenticated, permission_denied, not_found, conflict, invalid_input.
Idempotent: yes.';

COMMENT ON FUNCTION "public"."rotate_webhook_secret"(uuid) IS 'A new secret for a webhook, told in this answer and never again. For a day requests are signed with both. For owners
and administrators.
p_webhook_id: the webhook.
Errors: not_authenticated, session_expired, mfa_required, permission_denied, not_found.';

COMMENT ON FUNCTION "public"."schedule_notification"(uuid, jsonb, timestamp with time zone, text, public.notification_channel, public.notification_priority, text, timestamp with time zone, text) IS 'Schedules a message to somebody of the active organization, a chat integration or a webhook, in this transaction; its
id. For owners, administrators, managers, care and case managers, schedulers and API keys; 3,000 an hour for each.
p_recipient: the person, or the integration or webhook that the channel is about.
p_payload: the values of the template, by name; never free text.
p_trigger_at: not before, at most two years ahead; null: at once. Quiet hours of a person come on top, unless urgent.
p_template: the words, by key; notice says that there is something new behind a link.
p_channel: in_app, email, sms, chat, webhook.
p_priority: urgent, normal, low.
p_dedupe_key: scheduling again with the same key gives the first one''s id and sends nothing more.
p_expires_at: not any more from then on.
p_line_key: messages of one line go out one after the other, in the order in which they were scheduled.
Errors: not_authenticated, session_expired, mfa_required, permission_denied, not_found, invalid_input, rate_limited.';

COMMENT ON FUNCTION "public"."set_integration"(public.integration_kind, text, jsonb, text, boolean) IS 'Says which service the active organization sends through, or changes what is said; its id. For owners and
administrators. The secret is kept in the vault and never told again.
p_kind: smtp, resend, twilio, slack, teams. p_name: which one of them, 1 to 100 characters.
p_settings: smtp: host, port, security (tls, starttls, none), username, from; resend: from; twilio: account_sid, from;
slack and teams: none.
p_secret: password, API key, auth token, or the address of the chat webhook; null: as it is.
p_is_active: mail and SMS go through the active one that was made first.
Errors: not_authenticated, session_expired, mfa_required, permission_denied, invalid_input.
Idempotent: yes.';

COMMENT ON FUNCTION "public"."set_retention_policy"(text, interval) IS 'Decides how long the active organization keeps removed rows of a table before they are deleted for good; it holds for
what has been removed already, too, from the next night on. For owners, administrators and compliance leads.
p_table_name: one of get_retention().
p_keep_for: between at_least and at_most as get_retention() says; null goes back to the default.
Returns what holds now.
Errors: not_authenticated, permission_denied, invalid_input.
Idempotent: yes.';
COMMENT ON POLICY "floor_organization" ON "app"."audit_contents" IS 'Whatever else is allowed: only rows of the active organization.';
COMMENT ON POLICY "floor_organization" ON "app"."audit_seals" IS 'Whatever else is allowed: only rows of the active organization.';
COMMENT ON POLICY "floor_organization" ON "app"."notification_lines" IS 'Whatever else is allowed: only rows of the active organization.';
COMMENT ON POLICY "floor_organization" ON "app"."notification_tasks" IS 'Whatever else is allowed: only rows of the active organization.';
COMMENT ON POLICY "floor_organization" ON "public"."audit_events" IS 'Whatever else is allowed: only rows of the active organization.';
COMMENT ON POLICY "floor_told" ON "public"."audit_events" IS 'Whatever else is allowed: what somebody did with rows of their own is told to nobody.';
COMMENT ON POLICY "select_organization" ON "public"."audit_events" IS 'org_owner, admin, compliance_lead: every row of the active organization.';
COMMENT ON POLICY "select_anyone" ON "public"."job_runs" IS 'super_admin: every row.';
COMMENT ON POLICY "select_anyone" ON "public"."scheduled_jobs" IS 'super_admin: every row.';
COMMENT ON POLICY "floor_organization" ON "public"."webhook_deliveries" IS 'Whatever else is allowed: only rows of the active organization.';
COMMENT ON POLICY "select_organization" ON "public"."webhook_deliveries" IS 'org_owner, admin: every row of the active organization.';
COMMENT ON PROCEDURE "app"."work_jobs"(text) IS 'Runs the jobs that are due, one after the other; another call beside it takes others. For pg_cron.';
COMMENT ON TABLE "app"."audit_contents" IS 'The events that each seal is over.';
COMMENT ON TABLE "app"."audit_contents_default" IS 'What seals are over, of months that no partition was made for: nothing.';
COMMENT ON TABLE "app"."audit_dropped_months" IS 'Months whose events retention has dropped.';
COMMENT ON TABLE "app"."audit_events_default" IS 'Events that no partition was made for.';
COMMENT ON TABLE "app"."audit_runs" IS 'Each run of sealing.';
COMMENT ON TABLE "app"."audit_seals" IS 'The chain of each organization; a seal is over some of its events.';
COMMENT ON TABLE "app"."claimed_requests" IS 'Requests that were carried out, so that a repeated one changes nothing.';
COMMENT ON TABLE "app"."data_keys" IS 'Data keys by owner and version, wrapped by a key-encryption key.';
COMMENT ON TABLE "app"."job_slots" IS 'When each job is next due, per organization where it is theirs.';
COMMENT ON TABLE "app"."key_encryption_keys" IS 'Versions of the key-encryption key and where each can be had again; the keys are in the vault.';
COMMENT ON TABLE "app"."notification_leases" IS 'Batches of messages that workers have claimed.';
COMMENT ON TABLE "app"."notification_lines" IS 'Messages that are not settled yet, in the lines that they wait in.';
COMMENT ON TABLE "app"."notification_tasks" IS 'Messages that wait to be claimed by a worker.';
COMMENT ON TABLE "public"."audit_events" IS 'The audit trail: append-only, sealed in a chain per organization.';
COMMENT ON TABLE "public"."integration_configs" IS 'Services that an organization sends through: mail, SMS, chat.';
COMMENT ON TABLE "public"."job_runs" IS 'How each run of a scheduled job went; kept for 90 days.';
COMMENT ON TABLE "public"."legal_holds" IS 'Legal holds: what must not be deleted, whatever its term.';
COMMENT ON TABLE "public"."notification_preferences" IS 'How people want to be told: muted channels, quiet hours, days off.';
COMMENT ON TABLE "public"."notification_queue" IS 'Messages to people, teams'' channels and other systems, from being scheduled to what became of them.';
COMMENT ON TABLE "public"."notification_templates" IS 'The words of an organization''s messages, in Jinja, with the values that each may carry.';
COMMENT ON TABLE "public"."retention_policies" IS 'How long an organization keeps removed rows of a table, where it has decided so; get_retention() says what holds.';
COMMENT ON TABLE "public"."scheduled_jobs" IS 'What runs on a schedule, when, and how long it may take; pg_cron and `carebase jobs serve` run from the same rows.';
COMMENT ON TABLE "public"."webhook_deliveries" IS 'Attempts to tell other systems, one row each.';
COMMENT ON TABLE "public"."webhooks" IS 'Addresses of other systems, and the events each is told of.';
COMMENT ON TYPE "app"."unwrapped_key" IS 'A data key ready for use, handed from function to function; never stored.';

COMMENT ON TYPE "public"."access_purpose" IS 'Why protected information is opened (45 CFR 164.506 to 164.512). `emergency` is break-glass; `patient_request` is
the person themselves or whom they sent.';
COMMENT ON TYPE "public"."audit_action" IS 'What an audit event tells of; delete and restore include a row that was marked and unmarked as removed.';
COMMENT ON TYPE "public"."audit_outcome" IS 'Whether it was done or refused (FHIR AuditEvent.outcome, in two values).';
COMMENT ON TYPE "public"."integration_kind" IS 'The services that an organization can send through.';
COMMENT ON TYPE "public"."job_catch_up" IS 'What becomes of moments that passed while nothing could run: skipped, made up for by one run, or run one by one.';
COMMENT ON TYPE "public"."job_outcome" IS 'How a run ended. stopped: its server was told to end. lost: its server died. skipped: too late to be run.';
COMMENT ON TYPE "public"."job_scope" IS 'How often a job exists: once for the platform, or once for each active organization, in that one''s time zone.';
COMMENT ON TYPE "public"."key_purpose" IS 'What a data key is for: sealing values, or blind indexes that find them by equality.';
COMMENT ON TYPE "public"."legal_hold_reason" IS 'Why rows are kept that would be deleted: a lawsuit, an investigation, a regulator, a request for records, or else.';
COMMENT ON TYPE "public"."notification_channel" IS 'How a message reaches its recipient; chat is a team''s channel in Slack or Teams, webhook another system.';
COMMENT ON TYPE "public"."notification_priority" IS 'What goes first. Urgent messages do not wait for the end of quiet hours.';
COMMENT ON TYPE "public"."notification_status" IS 'What became of a message: dead is given up and can be requeued; expired and cancelled were never sent.';
COMMENT ON VIEW "public"."audit_logs" IS 'The audit trail, as audit_events.';

ALTER TABLE "app"."notification_leases" ADD CONSTRAINT "notification_leases_pkey" PRIMARY KEY (id);

COMMENT ON COLUMN "app"."notification_leases"."id" IS 'Key.';

ALTER TABLE "public"."integration_configs" ADD CONSTRAINT "integration_configs_org_id_fkey" FOREIGN KEY (org_id) REFERENCES public.organizations(id);

CREATE POLICY "floor_organization" ON "public"."integration_configs" AS RESTRICTIVE FOR ALL TO "anon", "authenticated" USING ((org_id = ( SELECT app.current_org() AS current_org))) WITH CHECK ((org_id = ( SELECT app.current_org() AS current_org)));

CREATE POLICY "select_organization" ON "public"."integration_configs" FOR SELECT TO "authenticated" USING (((org_id = ( SELECT app.current_org() AS current_org)) AND (deleted_at IS NULL) AND ( SELECT app.has_role(VARIADIC ARRAY['org_owner'::public.app_role, 'admin'::public.app_role]) AS has_role)));

COMMENT ON COLUMN "public"."integration_configs"."org_id" IS 'The organization.';
COMMENT ON POLICY "floor_organization" ON "public"."integration_configs" IS 'Whatever else is allowed: only rows of the active organization.';
COMMENT ON POLICY "select_organization" ON "public"."integration_configs" IS 'org_owner, admin: every row of the active organization.';

ALTER TABLE "public"."integration_configs" ADD CONSTRAINT "integration_configs_pkey" PRIMARY KEY (org_id, id);

COMMENT ON COLUMN "public"."integration_configs"."id" IS 'Key within the organization.';

ALTER TABLE "public"."job_runs" ADD CONSTRAINT "job_runs_pkey" PRIMARY KEY (id);

COMMENT ON COLUMN "public"."job_runs"."id" IS 'Key, in order of time.';

ALTER TABLE "public"."legal_holds" ADD CONSTRAINT "legal_holds_org_id_fkey" FOREIGN KEY (org_id) REFERENCES public.organizations(id);

CREATE INDEX legal_holds_active_idx ON public.legal_holds USING btree (org_id) WHERE (released_at IS NULL);

CREATE POLICY "floor_organization" ON "public"."legal_holds" AS RESTRICTIVE FOR ALL TO "anon", "authenticated" USING ((org_id = ( SELECT app.current_org() AS current_org))) WITH CHECK ((org_id = ( SELECT app.current_org() AS current_org)));

CREATE POLICY "select_organization" ON "public"."legal_holds" FOR SELECT TO "authenticated" USING (((org_id = ( SELECT app.current_org() AS current_org)) AND ( SELECT app.has_role(VARIADIC ARRAY['org_owner'::public.app_role, 'admin'::public.app_role, 'compliance_lead'::public.app_role]) AS has_role)));

COMMENT ON COLUMN "public"."legal_holds"."org_id" IS 'The organization whose rows are held.';
COMMENT ON POLICY "floor_organization" ON "public"."legal_holds" IS 'Whatever else is allowed: only rows of the active organization.';
COMMENT ON POLICY "select_organization" ON "public"."legal_holds" IS 'org_owner, admin, compliance_lead: every row of the active organization.';

ALTER TABLE "public"."legal_holds" ADD CONSTRAINT "legal_holds_pkey" PRIMARY KEY (org_id, id);

COMMENT ON COLUMN "public"."legal_holds"."id" IS 'Key within the organization.';

ALTER TABLE "public"."notification_preferences" ADD CONSTRAINT "notification_preferences_org_id_fkey" FOREIGN KEY (org_id) REFERENCES public.organizations(id);

CREATE POLICY "floor_organization" ON "public"."notification_preferences" AS RESTRICTIVE FOR ALL TO "anon", "authenticated" USING ((org_id = ( SELECT app.current_org() AS current_org))) WITH CHECK ((org_id = ( SELECT app.current_org() AS current_org)));

COMMENT ON COLUMN "public"."notification_preferences"."org_id" IS 'The organization that sends.';
COMMENT ON POLICY "floor_organization" ON "public"."notification_preferences" IS 'Whatever else is allowed: only rows of the active organization.';

ALTER TABLE "public"."notification_preferences" ADD CONSTRAINT "notification_preferences_user_id_fkey" FOREIGN KEY (user_id) REFERENCES auth.users(id) ON DELETE CASCADE;

CREATE INDEX notification_preferences_user_id_idx ON public.notification_preferences USING btree (user_id);

CREATE POLICY "insert_own" ON "public"."notification_preferences" FOR INSERT TO "authenticated" WITH CHECK (((org_id = ( SELECT app.current_org() AS current_org)) AND (user_id = ( SELECT app.my_id() AS my_id))));

CREATE POLICY "select_own" ON "public"."notification_preferences" FOR SELECT TO "authenticated" USING (((org_id = ( SELECT app.current_org() AS current_org)) AND (user_id = ( SELECT app.my_id() AS my_id))));

CREATE POLICY "update_own" ON "public"."notification_preferences" FOR UPDATE TO "authenticated" USING (((org_id = ( SELECT app.current_org() AS current_org)) AND (user_id = ( SELECT app.my_id() AS my_id)))) WITH CHECK (((org_id = ( SELECT app.current_org() AS current_org)) AND (user_id = ( SELECT app.my_id() AS my_id))));

COMMENT ON COLUMN "public"."notification_preferences"."user_id" IS 'The person.';
COMMENT ON POLICY "insert_own" ON "public"."notification_preferences" IS 'anyone with a valid role in the active organization: their own rows.';
COMMENT ON POLICY "select_own" ON "public"."notification_preferences" IS 'anyone with a valid role in the active organization: their own rows.';
COMMENT ON POLICY "update_own" ON "public"."notification_preferences" IS 'anyone with a valid role in the active organization: their own rows.';

ALTER TABLE "public"."notification_queue" ADD CONSTRAINT "notification_queue_integration_fkey" FOREIGN KEY (org_id, integration_id) REFERENCES public.integration_configs(org_id, id);

ALTER TABLE "public"."notification_queue" ADD CONSTRAINT "notification_queue_org_id_fkey" FOREIGN KEY (org_id) REFERENCES public.organizations(id);

CREATE UNIQUE INDEX notification_queue_dedupe_key ON public.notification_queue USING btree (org_id, dedupe_key) WHERE (dedupe_key IS NOT NULL);

CREATE INDEX notification_queue_died_at_idx ON public.notification_queue USING btree (org_id, died_at) WHERE (died_at IS NOT NULL);

CREATE INDEX notification_queue_integration_id_idx ON public.notification_queue USING btree (org_id, integration_id);

CREATE INDEX notification_queue_webhook_id_idx ON public.notification_queue USING btree (org_id, webhook_id);

CREATE POLICY "floor_organization" ON "public"."notification_queue" AS RESTRICTIVE FOR ALL TO "anon", "authenticated" USING ((org_id = ( SELECT app.current_org() AS current_org))) WITH CHECK ((org_id = ( SELECT app.current_org() AS current_org)));

CREATE POLICY "select_own_or_organization" ON "public"."notification_queue" FOR SELECT TO "authenticated" USING (((org_id = ( SELECT app.current_org() AS current_org)) AND ((recipient_id = ( SELECT app.my_id() AS my_id)) OR (org_id = ( SELECT app.org_as(VARIADIC ARRAY['org_owner'::public.app_role, 'admin'::public.app_role]) AS org_as)))));

COMMENT ON COLUMN "public"."notification_queue"."org_id" IS 'The organization that sends.';
COMMENT ON POLICY "floor_organization" ON "public"."notification_queue" IS 'Whatever else is allowed: only rows of the active organization.';
COMMENT ON POLICY "select_own_or_organization" ON "public"."notification_queue" IS 'anyone with a valid role in the active organization: their own rows; org_owner, admin: every row of the active organization.';

ALTER TABLE "public"."notification_queue" ADD CONSTRAINT "notification_queue_pkey" PRIMARY KEY (org_id, id);

ALTER TABLE "app"."notification_lines" ADD CONSTRAINT "notification_lines_notification_fkey" FOREIGN KEY (org_id, notification_id) REFERENCES public.notification_queue(org_id, id) ON DELETE CASCADE;

ALTER TABLE "public"."webhook_deliveries" ADD CONSTRAINT "webhook_deliveries_notification_fkey" FOREIGN KEY (org_id, notification_id) REFERENCES public.notification_queue(org_id, id) ON DELETE CASCADE;

CREATE INDEX notification_queue_recipient_idx ON public.notification_queue USING btree (recipient_id, org_id, id);

COMMENT ON COLUMN "public"."notification_queue"."id" IS 'Key within the organization, and the idempotency key towards receivers.';

ALTER TABLE "public"."notification_templates" ADD CONSTRAINT "notification_templates_org_id_fkey" FOREIGN KEY (org_id) REFERENCES public.organizations(id);

CREATE POLICY "floor_organization" ON "public"."notification_templates" AS RESTRICTIVE FOR ALL TO "anon", "authenticated" USING ((org_id = ( SELECT app.current_org() AS current_org))) WITH CHECK ((org_id = ( SELECT app.current_org() AS current_org)));

CREATE POLICY "insert_organization" ON "public"."notification_templates" FOR INSERT TO "authenticated" WITH CHECK (((org_id = ( SELECT app.current_org() AS current_org)) AND ( SELECT app.has_role(VARIADIC ARRAY['org_owner'::public.app_role, 'admin'::public.app_role]) AS has_role)));

CREATE POLICY "select_organization" ON "public"."notification_templates" FOR SELECT TO "authenticated" USING (((org_id = ( SELECT app.current_org() AS current_org)) AND (deleted_at IS NULL) AND ( SELECT app.has_role(VARIADIC ARRAY['org_owner'::public.app_role, 'admin'::public.app_role]) AS has_role)));

CREATE POLICY "update_organization" ON "public"."notification_templates" FOR UPDATE TO "authenticated" USING (((org_id = ( SELECT app.current_org() AS current_org)) AND (deleted_at IS NULL) AND ( SELECT app.has_role(VARIADIC ARRAY['org_owner'::public.app_role, 'admin'::public.app_role]) AS has_role))) WITH CHECK (((org_id = ( SELECT app.current_org() AS current_org)) AND (deleted_at IS NULL) AND ( SELECT app.has_role(VARIADIC ARRAY['org_owner'::public.app_role, 'admin'::public.app_role]) AS has_role)));

COMMENT ON COLUMN "public"."notification_templates"."org_id" IS 'The organization that sends.';
COMMENT ON POLICY "floor_organization" ON "public"."notification_templates" IS 'Whatever else is allowed: only rows of the active organization.';
COMMENT ON POLICY "insert_organization" ON "public"."notification_templates" IS 'org_owner, admin: every row of the active organization.';
COMMENT ON POLICY "select_organization" ON "public"."notification_templates" IS 'org_owner, admin: every row of the active organization.';
COMMENT ON POLICY "update_organization" ON "public"."notification_templates" IS 'org_owner, admin: every row of the active organization.';

ALTER TABLE "public"."notification_templates" ADD CONSTRAINT "notification_templates_pkey" PRIMARY KEY (org_id, id);

COMMENT ON COLUMN "public"."notification_templates"."id" IS 'Key within the organization.';

ALTER TABLE "public"."retention_policies" ADD CONSTRAINT "retention_policies_org_id_fkey" FOREIGN KEY (org_id) REFERENCES public.organizations(id);

CREATE POLICY "floor_organization" ON "public"."retention_policies" AS RESTRICTIVE FOR ALL TO "anon", "authenticated" USING ((org_id = ( SELECT app.current_org() AS current_org))) WITH CHECK ((org_id = ( SELECT app.current_org() AS current_org)));

CREATE POLICY "select_organization" ON "public"."retention_policies" FOR SELECT TO "authenticated" USING (((org_id = ( SELECT app.current_org() AS current_org)) AND (deleted_at IS NULL) AND ( SELECT app.has_role(VARIADIC ARRAY['org_owner'::public.app_role, 'admin'::public.app_role, 'compliance_lead'::public.app_role]) AS has_role)));

COMMENT ON COLUMN "public"."retention_policies"."org_id" IS 'The organization.';
COMMENT ON POLICY "floor_organization" ON "public"."retention_policies" IS 'Whatever else is allowed: only rows of the active organization.';
COMMENT ON POLICY "select_organization" ON "public"."retention_policies" IS 'org_owner, admin, compliance_lead: every row of the active organization.';

ALTER TABLE "public"."webhook_deliveries" ADD CONSTRAINT "webhook_deliveries_pkey" PRIMARY KEY (org_id, id);

CREATE INDEX webhook_deliveries_webhook_id_idx ON public.webhook_deliveries USING btree (org_id, webhook_id, id);

COMMENT ON COLUMN "public"."webhook_deliveries"."id" IS 'Key within the organization.';

ALTER TABLE "public"."webhooks" ADD CONSTRAINT "webhooks_org_id_fkey" FOREIGN KEY (org_id) REFERENCES public.organizations(id);

CREATE POLICY "floor_organization" ON "public"."webhooks" AS RESTRICTIVE FOR ALL TO "anon", "authenticated" USING ((org_id = ( SELECT app.current_org() AS current_org))) WITH CHECK ((org_id = ( SELECT app.current_org() AS current_org)));

CREATE POLICY "select_organization" ON "public"."webhooks" FOR SELECT TO "authenticated" USING (((org_id = ( SELECT app.current_org() AS current_org)) AND (deleted_at IS NULL) AND ( SELECT app.has_role(VARIADIC ARRAY['org_owner'::public.app_role, 'admin'::public.app_role]) AS has_role)));

CREATE POLICY "update_organization" ON "public"."webhooks" FOR UPDATE TO "authenticated" USING (((org_id = ( SELECT app.current_org() AS current_org)) AND (deleted_at IS NULL) AND ( SELECT app.has_role(VARIADIC ARRAY['org_owner'::public.app_role, 'admin'::public.app_role]) AS has_role))) WITH CHECK (((org_id = ( SELECT app.current_org() AS current_org)) AND (deleted_at IS NULL) AND ( SELECT app.has_role(VARIADIC ARRAY['org_owner'::public.app_role, 'admin'::public.app_role]) AS has_role)));

COMMENT ON COLUMN "public"."webhooks"."org_id" IS 'The organization that tells.';
COMMENT ON POLICY "floor_organization" ON "public"."webhooks" IS 'Whatever else is allowed: only rows of the active organization.';
COMMENT ON POLICY "select_organization" ON "public"."webhooks" IS 'org_owner, admin: every row of the active organization.';
COMMENT ON POLICY "update_organization" ON "public"."webhooks" IS 'org_owner, admin: every row of the active organization.';

ALTER TABLE "public"."webhooks" ADD CONSTRAINT "webhooks_pkey" PRIMARY KEY (org_id, id);

ALTER TABLE "public"."notification_queue" ADD CONSTRAINT "notification_queue_webhook_fkey" FOREIGN KEY (org_id, webhook_id) REFERENCES public.webhooks(org_id, id);

ALTER TABLE "public"."webhook_deliveries" ADD CONSTRAINT "webhook_deliveries_webhook_fkey" FOREIGN KEY (org_id, webhook_id) REFERENCES public.webhooks(org_id, id);

COMMENT ON COLUMN "public"."webhooks"."id" IS 'Key within the organization.';

ALTER TABLE "public"."audit_events" ALTER COLUMN "id" SET DEFAULT app.uuid_v7();

revoke all on function app.acting_org(boolean) from public, anon, authenticated, service_role;

revoke all on function app.active_kek() from public, anon, authenticated, service_role;

revoke all on function app.add_kek(text,text,text,bytea) from public, anon, authenticated, service_role;

revoke all on function app.add_task(uuid,uuid,public.notification_priority,timestamp with time zone,text) from public, anon, authenticated, service_role;

revoke all on function app.aead_open(bytea,bytea,bytea) from public, anon, authenticated, service_role;

revoke all on function app.aead_schedule(bytea) from public, anon, authenticated, service_role;

revoke all on function app.aead_seal(bytea,bytea,bytea,bytea) from public, anon, authenticated, service_role;

revoke all on function app.aead_tag(bytea,bytea,bytea) from public, anon, authenticated, service_role;

revoke all on function app.alert_job_failure(uuid) from public, anon, authenticated, service_role;

revoke all on function app.are_event_types(text[]) from public, anon, authenticated, service_role;
grant all on function app.are_event_types(text[]) to authenticated, service_role;

revoke all on function app.are_integration_settings_valid(public.integration_kind,jsonb) from public, anon, authenticated, service_role;
grant all on function app.are_integration_settings_valid(public.integration_kind,jsonb) to authenticated, service_role;

revoke all on function app.are_payload_keys_valid(jsonb) from public, anon, authenticated, service_role;
grant all on function app.are_payload_keys_valid(jsonb) to authenticated, service_role;

revoke all on function app.attempt_of(integer,timestamp with time zone) from public, anon, authenticated, service_role;

revoke all on function app.audit(public.audit_action,uuid,text,jsonb,jsonb,text,text,uuid[],uuid,public.audit_outcome) from public, anon, authenticated, service_role;

revoke all on function app.audit_checkpoint() from public, anon, authenticated, service_role;

revoke all on function app.audit_concealed(public.audit_action,uuid,text,jsonb) from public, anon, authenticated, service_role;

revoke all on function app.audit_contents_digest(uuid[],bytea) from public, anon, authenticated, service_role;

revoke all on function app.audit_digest(public.audit_events) from public, anon, authenticated, service_role;

revoke all on function app.audit_drop_code(app.audit_dropped_months,bytea) from public, anon, authenticated, service_role;

revoke all on function app.audit_hold(public.legal_holds,text) from public, anon, authenticated, service_role;

revoke all on function app.audit_key(uuid,smallint) from public, anon, authenticated, service_role;

revoke all on function app.audit_key_version() from public, anon, authenticated, service_role;

revoke all on function app.audit_month(timestamp with time zone) from public, anon, authenticated, service_role;

revoke all on function app.audit_partitions() from public, anon, authenticated, service_role;

revoke all on function app.audit_row() from public, anon, authenticated, service_role;

revoke all on function app.audit_run_code(app.audit_runs,bytea) from public, anon, authenticated, service_role;

revoke all on function app.audit_seal_code(app.audit_seals,bytea) from public, anon, authenticated, service_role;

revoke all on function app.audit_seals_digest(bigint) from public, anon, authenticated, service_role;

revoke all on function app.audit_status() from public, anon, authenticated, service_role;

revoke all on function app.begin_run(integer,text,boolean) from public, anon, authenticated, service_role;

revoke all on function app.blind_index(bytea,bytea,text) from public, anon, authenticated, service_role;

revoke all on function app.blind_indexes(uuid,bytea,text) from public, anon, authenticated, service_role;

revoke all on function app.broadcast(text,text,jsonb) from public, anon, authenticated, service_role;
grant all on function app.broadcast(text,text,jsonb) to authenticated, service_role;

revoke all on function app.broadcast_change() from public, anon, authenticated, service_role;

revoke all on function app.cancel_notification(uuid) from public, anon, authenticated, service_role;
grant all on function app.cancel_notification(uuid) to authenticated;

revoke all on function app.channel_secret(uuid) from public, anon, authenticated, service_role;

revoke all on function app.check_merge(jsonb,jsonb,jsonb,integer) from public, anon, authenticated, service_role;
grant all on function app.check_merge(jsonb,jsonb,jsonb,integer) to authenticated;

revoke all on function app.check_plain(text,text,bytea) from public, anon, authenticated, service_role;

revoke all on function app.claim_job(text,text,uuid) from public, anon, authenticated, service_role;

revoke all on function app.claim_notifications(text,integer,interval,jsonb) from public, anon, authenticated, service_role;

revoke all on function app.claim_request(uuid,text) from public, anon, authenticated, service_role;
grant all on function app.claim_request(uuid,text) to authenticated;

revoke all on function app.close_lost_runs(integer) from public, anon, authenticated, service_role;

revoke all on function app.count_failure(timestamp with time zone,uuid,uuid,integer,text,boolean,numeric) from public, anon, authenticated, service_role;

revoke all on function app.count_outcome(uuid) from public, anon, authenticated, service_role;

revoke all on function app.create_webhook(text,text[],text) from public, anon, authenticated, service_role;
grant all on function app.create_webhook(text,text[],text) to authenticated;

revoke all on function app.cron_field(text,integer,integer,text[]) from public, anon, authenticated, service_role;

revoke all on function app.cron_fields(text) from public, anon, authenticated, service_role;

revoke all on function app.describe_failure(text,text) from public, anon, authenticated, service_role;

revoke all on function app.destroy_data_keys(uuid,uuid) from public, anon, authenticated, service_role;

revoke all on function app.destroy_kek(integer) from public, anon, authenticated, service_role;

revoke all on function app.destroy_retired_index_keys() from public, anon, authenticated, service_role;

revoke all on function app.drop_audit_months(date) from public, anon, authenticated, service_role;

revoke all on function app.drop_audit_partition(text,date,date) from public, anon, authenticated, service_role;

revoke all on function app.due_slots(text,uuid) from public, anon, authenticated, service_role;

revoke all on function app.emit_event(uuid,text,jsonb,text,text) from public, anon, authenticated, service_role;

revoke all on function app.empty_audit_default() from public, anon, authenticated, service_role;

revoke all on function app.enqueue_notification(uuid,public.notification_channel,uuid,text,jsonb,timestamp with time zone,public.notification_priority,text,timestamp with time zone,text,integer) from public, anon, authenticated, service_role;

revoke all on function app.ensure_job_failed_templates(uuid) from public, anon, authenticated, service_role;

revoke all on function app.ensure_secret(text) from public, anon, authenticated, service_role;

revoke all on function app.ensure_template(uuid,text,public.notification_channel,text,text,jsonb) from public, anon, authenticated, service_role;

revoke all on function app.explain_audit_seal(app.audit_seals,bytea) from public, anon, authenticated, service_role;

revoke all on function app.finish_job(uuid,public.job_outcome,text) from public, anon, authenticated, service_role;

revoke all on function app.first_due(xid8[],xid8) from public, anon, authenticated, service_role;

revoke all on function app.first_of_day(bigint,bigint,bigint,bigint,bigint[],boolean,bigint) from public, anon, authenticated, service_role;

revoke all on function app.first_uuid_v7(timestamp with time zone) from public, anon, authenticated, service_role;

revoke all on function app.found_notifications(timestamp with time zone,uuid[],uuid[]) from public, anon, authenticated, service_role;

revoke all on function app.greater_value(jsonb,jsonb) from public, anon, authenticated, service_role;
grant all on function app.greater_value(jsonb,jsonb) to authenticated;

revoke all on function app.guard_legal_hold() from public, anon, authenticated, service_role;

revoke all on function app.held_clause(text,text,text,text[]) from public, anon, authenticated, service_role;

revoke all on function app.hold_lock(uuid) from public, anon, authenticated, service_role;

revoke all on function app.index_form(text) from public, anon, authenticated, service_role;

revoke all on function app.is_audit_month_dropped(date) from public, anon, authenticated, service_role;

revoke all on function app.is_audit_sealed(uuid,uuid,timestamp with time zone) from public, anon, authenticated, service_role;

revoke all on function app.is_cron(text) from public, anon, authenticated, service_role;

revoke all on function app.is_first_in_line(uuid,text,integer,uuid) from public, anon, authenticated, service_role;

revoke all on function app.is_held(uuid,text,uuid,uuid[]) from public, anon, authenticated, service_role;

revoke all on function app.is_job_slot_held(integer) from public, anon, authenticated, service_role;

revoke all on function app.is_near(text,timestamp with time zone) from public, anon, authenticated, service_role;

revoke all on function app.is_own_doing(text) from public, anon, authenticated, service_role;

revoke all on function app.is_payload_value(jsonb,text,timestamp with time zone) from public, anon, authenticated, service_role;

revoke all on function app.is_recipient(uuid,public.notification_channel,uuid) from public, anon, authenticated, service_role;

revoke all on function app.is_sealed(bytea,integer) from public, anon, authenticated, service_role;
grant all on function app.is_sealed(bytea,integer) to authenticated, service_role;

revoke all on function app.job_lock_class() from public, anon, authenticated, service_role;

revoke all on function app.job_make_audit_partitions() from public, anon, authenticated, service_role;

revoke all on function app.job_purge_invitations(integer) from public, anon, authenticated, service_role;

revoke all on function app.job_purge_job_runs(integer) from public, anon, authenticated, service_role;

revoke all on function app.job_purge_notifications(uuid,integer) from public, anon, authenticated, service_role;

revoke all on function app.job_purge_rate_limits(integer) from public, anon, authenticated, service_role;

revoke all on function app.job_purge_removed(uuid,integer) from public, anon, authenticated, service_role;

revoke all on function app.job_purge_sessions(integer) from public, anon, authenticated, service_role;

revoke all on function app.job_rotate_data_keys(integer,timestamp with time zone) from public, anon, authenticated, service_role;

revoke all on function app.job_seal_audit(integer) from public, anon, authenticated, service_role;

revoke all on function app.keep_channel_secret(uuid,text) from public, anon, authenticated, service_role;

revoke all on function app.kek_schedule(integer) from public, anon, authenticated, service_role;

revoke all on function app.key_context(uuid,public.key_purpose,uuid,uuid) from public, anon, authenticated, service_role;

revoke all on function app.last_audit_seal(uuid) from public, anon, authenticated, service_role;

revoke all on function app.lease_notifications(text,interval,timestamp with time zone,uuid[],uuid[]) from public, anon, authenticated, service_role;

revoke all on function app.leave_lines(uuid[],uuid[]) from public, anon, authenticated, service_role;

revoke all on function app.make_audit_contents_partition(date) from public, anon, authenticated, service_role;

revoke all on function app.make_audit_partition(date,date,text) from public, anon, authenticated, service_role;

revoke all on function app.make_audit_partitions(integer) from public, anon, authenticated, service_role;

revoke all on function app.make_data_key(public.key_purpose,uuid,uuid,boolean) from public, anon, authenticated, service_role;

revoke all on function app.make_webhook_secret() from public, anon, authenticated, service_role;

revoke all on function app.mark_notifications_read(uuid[]) from public, anon, authenticated, service_role;
grant all on function app.mark_notifications_read(uuid[]) to authenticated;

revoke all on function app.merge_fields(jsonb,jsonb,jsonb,jsonb) from public, anon, authenticated, service_role;
grant all on function app.merge_fields(jsonb,jsonb,jsonb,jsonb) to authenticated;

revoke all on function app.next_audit_run(app.audit_runs,integer) from public, anon, authenticated, service_role;

revoke all on function app.next_run(text,text,timestamp with time zone) from public, anon, authenticated, service_role;

revoke all on function app.note_access(public.access_purpose,text,uuid,uuid[],bigint,bytea[]) from public, anon, authenticated, service_role;

revoke all on function app.notification_documents(timestamp with time zone,uuid[],uuid[]) from public, anon, authenticated, service_role;

revoke all on function app.only_fields(jsonb,jsonb) from public, anon, authenticated, service_role;
grant all on function app.only_fields(jsonb,jsonb) to authenticated;

revoke all on function app.open_value(bytea,bytea,bytea) from public, anon, authenticated, service_role;

revoke all on function app.outcome_of_cancel(public.job_runs) from public, anon, authenticated, service_role;

revoke all on function app.payload_fault(jsonb,jsonb) from public, anon, authenticated, service_role;

revoke all on function app.pick_late_tasks(xid8[],xid8,jsonb,integer) from public, anon, authenticated, service_role;

revoke all on function app.pick_tasks(timestamp with time zone,public.notification_priority,timestamp with time zone,uuid,integer) from public, anon, authenticated, service_role;

revoke all on function app.place_legal_hold(public.legal_hold_reason,text,uuid,uuid,text) from public, anon, authenticated, service_role;
grant all on function app.place_legal_hold(public.legal_hold_reason,text,uuid,uuid,text) to authenticated;

revoke all on function app.plain(date) from public, anon, authenticated, service_role;
grant all on function app.plain(date) to authenticated, service_role;

revoke all on function app.plain(jsonb) from public, anon, authenticated, service_role;
grant all on function app.plain(jsonb) to authenticated, service_role;

revoke all on function app.plain(text) from public, anon, authenticated, service_role;
grant all on function app.plain(text) to authenticated, service_role;

revoke all on function app.plan_jobs() from public, anon, authenticated, service_role;

revoke all on function app.prolong_leases(uuid[],interval) from public, anon, authenticated, service_role;

revoke all on function app.purge_removed(text,uuid,integer) from public, anon, authenticated, service_role;

revoke all on function app.purged_at(uuid,text,timestamp with time zone) from public, anon, authenticated, service_role;

revoke all on function app.purged_tables() from public, anon, authenticated, service_role;

revoke all on function app.queue_depth() from public, anon, authenticated, service_role;

revoke all on function app.quiet_until(timestamp with time zone,text,time without time zone,time without time zone,smallint[]) from public, anon, authenticated, service_role;

revoke all on function app.recover_leases() from public, anon, authenticated, service_role;

revoke all on function app.refuse_change() from public, anon, authenticated, service_role;

revoke all on function app.refuse_damaged(text,uuid) from public, anon, authenticated, service_role;

revoke all on function app.refuse_held() from public, anon, authenticated, service_role;

revoke all on function app.refuse_key(uuid) from public, anon, authenticated, service_role;

revoke all on function app.release_lease(uuid) from public, anon, authenticated, service_role;

revoke all on function app.release_legal_hold(uuid) from public, anon, authenticated, service_role;
grant all on function app.release_legal_hold(uuid) to authenticated;

revoke all on function app.remove_properties(uuid) from public, anon, authenticated, service_role;
grant all on function app.remove_properties(uuid) to authenticated;

revoke all on function app.remove_provider_support_circles(uuid) from public, anon, authenticated, service_role;
grant all on function app.remove_provider_support_circles(uuid) to authenticated;

revoke all on function app.remove_sites(uuid) from public, anon, authenticated, service_role;
grant all on function app.remove_sites(uuid) to authenticated;

revoke all on function app.remove_webhook(uuid) from public, anon, authenticated, service_role;
grant all on function app.remove_webhook(uuid) to authenticated;

revoke all on function app.removed_properties(integer) from public, anon, authenticated, service_role;
grant all on function app.removed_properties(integer) to authenticated;

revoke all on function app.removed_provider_support_circles(integer) from public, anon, authenticated, service_role;
grant all on function app.removed_provider_support_circles(integer) to authenticated;

revoke all on function app.removed_sites(integer) from public, anon, authenticated, service_role;
grant all on function app.removed_sites(integer) to authenticated;

revoke all on function app.reopen(uuid,bytea,text,uuid,uuid,boolean,app.unwrapped_key[]) from public, anon, authenticated, service_role;

revoke all on function app.requeue_dead(uuid,uuid) from public, anon, authenticated, service_role;

revoke all on function app.requeue_notification(uuid) from public, anon, authenticated, service_role;
grant all on function app.requeue_notification(uuid) to authenticated;

revoke all on function app.require_holdable(uuid,text,uuid,uuid) from public, anon, authenticated, service_role;

revoke all on function app.reseal_rows(text,uuid,uuid,integer) from public, anon, authenticated, service_role;

revoke all on function app.reseal_statement(text) from public, anon, authenticated, service_role;

revoke all on function app.restore_properties(uuid) from public, anon, authenticated, service_role;
grant all on function app.restore_properties(uuid) to authenticated;

revoke all on function app.restore_provider_support_circles(uuid) from public, anon, authenticated, service_role;
grant all on function app.restore_provider_support_circles(uuid) to authenticated;

revoke all on function app.restore_sites(uuid) from public, anon, authenticated, service_role;
grant all on function app.restore_sites(uuid) to authenticated;

revoke all on function app.retention() from public, anon, authenticated, service_role;
grant all on function app.retention() to authenticated;

revoke all on function app.retention_term(uuid,text) from public, anon, authenticated, service_role;

revoke all on function app.rewrap_data_keys(integer) from public, anon, authenticated, service_role;

revoke all on function app.rotate_audit_key() from public, anon, authenticated, service_role;

revoke all on function app.rotate_data_keys(uuid,timestamp with time zone,integer) from public, anon, authenticated, service_role;

revoke all on function app.rotate_webhook_secret(uuid) from public, anon, authenticated, service_role;
grant all on function app.rotate_webhook_secret(uuid) to authenticated;

revoke all on function app.run_job_batch(uuid) from public, anon, authenticated, service_role;

revoke all on function app.schedule_notification(uuid,jsonb,timestamp with time zone,text,public.notification_channel,public.notification_priority,text,timestamp with time zone,text) from public, anon, authenticated, service_role;
grant all on function app.schedule_notification(uuid,jsonb,timestamp with time zone,text,public.notification_channel,public.notification_priority,text,timestamp with time zone,text) to authenticated;

revoke all on function app.seal_audit(integer) from public, anon, authenticated, service_role;

revoke all on function app.seal_value(uuid,bytea,bytea,bytea) from public, anon, authenticated, service_role;

revoke all on function app.sealed_context(bytea,uuid,uuid) from public, anon, authenticated, service_role;

revoke all on function app.sealed_tables() from public, anon, authenticated, service_role;

revoke all on function app.sealing_key(public.key_purpose,uuid,uuid) from public, anon, authenticated, service_role;

revoke all on function app.secret(text) from public, anon, authenticated, service_role;

revoke all on function app.set_aside(timestamp with time zone,jsonb) from public, anon, authenticated, service_role;

revoke all on function app.set_integration(public.integration_kind,text,jsonb,text,boolean) from public, anon, authenticated, service_role;
grant all on function app.set_integration(public.integration_kind,text,jsonb,text,boolean) to authenticated;

revoke all on function app.set_retention_policy(text,interval) from public, anon, authenticated, service_role;
grant all on function app.set_retention_policy(text,interval) to authenticated;

revoke all on function app.settle_notifications(uuid,uuid[],uuid[],jsonb,boolean) from public, anon, authenticated, service_role;

revoke all on function app.settle_one(timestamp with time zone,jsonb) from public, anon, authenticated, service_role;

revoke all on function app.settle_retired_keys() from public, anon, authenticated, service_role;

revoke all on function app.sync_cron(integer) from public, anon, authenticated, service_role;

revoke all on function app.united_values(jsonb,jsonb) from public, anon, authenticated, service_role;
grant all on function app.united_values(jsonb,jsonb) to authenticated;

revoke all on function app.unreferenced(text) from public, anon, authenticated, service_role;

revoke all on function app.unsealed_audit_events(app.audit_runs,app.audit_runs) from public, anon, authenticated, service_role;

revoke all on function app.unsealed_though_passed(uuid,timestamp with time zone) from public, anon, authenticated, service_role;

revoke all on function app.unwrap_keys(bytea[]) from public, anon, authenticated, service_role;

revoke all on function app.verify_audit(uuid,timestamp with time zone) from public, anon, authenticated, service_role;

revoke all on function app.verify_audit_chain(uuid,timestamp with time zone) from public, anon, authenticated, service_role;

revoke all on function app.verify_audit_checkpoint(jsonb,uuid) from public, anon, authenticated, service_role;

revoke all on function app.verify_audit_runs(timestamp with time zone) from public, anon, authenticated, service_role;

revoke all on function app.verify_audit_seal(app.audit_seals) from public, anon, authenticated, service_role;

revoke all on function app.wall_clock() from public, anon, authenticated, service_role;

revoke all on function app.wanted_job_slots() from public, anon, authenticated, service_role;

revoke all on function app.watch_jobs() from public, anon, authenticated, service_role;

revoke all on function app.write_audit_seals(app.audit_runs,app.audit_runs) from public, anon, authenticated, service_role;

revoke all on function app.write_run(app.job_slots,timestamp with time zone,integer,text,boolean) from public, anon, authenticated, service_role;

revoke all on function app.zone_day(text,date) from public, anon, authenticated, service_role;

revoke all on function app.zone_offset(text,bigint) from public, anon, authenticated, service_role;

revoke all on function public.cancel_notification(uuid) from public, anon, authenticated, service_role;
grant all on function public.cancel_notification(uuid) to authenticated;

revoke all on function public.create_webhook(text,text[],text) from public, anon, authenticated, service_role;
grant all on function public.create_webhook(text,text[],text) to authenticated;

revoke all on function public.get_dead_letters(integer,timestamp with time zone) from public, anon, authenticated, service_role;
grant all on function public.get_dead_letters(integer,timestamp with time zone) to authenticated;

revoke all on function public.get_my_notifications(boolean,integer,uuid) from public, anon, authenticated, service_role;
grant all on function public.get_my_notifications(boolean,integer,uuid) to authenticated;

revoke all on function public.get_removed_properties(integer) from public, anon, authenticated, service_role;
grant all on function public.get_removed_properties(integer) to authenticated;

revoke all on function public.get_removed_provider_support_circles(integer) from public, anon, authenticated, service_role;
grant all on function public.get_removed_provider_support_circles(integer) to authenticated;

revoke all on function public.get_removed_sites(integer) from public, anon, authenticated, service_role;
grant all on function public.get_removed_sites(integer) to authenticated;

revoke all on function public.get_retention() from public, anon, authenticated, service_role;
grant all on function public.get_retention() to authenticated;

revoke all on function public.mark_notifications_read(uuid[]) from public, anon, authenticated, service_role;
grant all on function public.mark_notifications_read(uuid[]) to authenticated;

revoke all on function public.merge_provider_support_circles(uuid,jsonb,jsonb,integer,uuid) from public, anon, authenticated, service_role;
grant all on function public.merge_provider_support_circles(uuid,jsonb,jsonb,integer,uuid) to authenticated;

revoke all on function public.place_legal_hold(public.legal_hold_reason,text,uuid,uuid,text) from public, anon, authenticated, service_role;
grant all on function public.place_legal_hold(public.legal_hold_reason,text,uuid,uuid,text) to authenticated;

revoke all on function public.release_legal_hold(uuid) from public, anon, authenticated, service_role;
grant all on function public.release_legal_hold(uuid) to authenticated;

revoke all on function public.remove_properties(uuid) from public, anon, authenticated, service_role;
grant all on function public.remove_properties(uuid) to authenticated;

revoke all on function public.remove_provider_support_circles(uuid) from public, anon, authenticated, service_role;
grant all on function public.remove_provider_support_circles(uuid) to authenticated;

revoke all on function public.remove_sites(uuid) from public, anon, authenticated, service_role;
grant all on function public.remove_sites(uuid) to authenticated;

revoke all on function public.remove_webhook(uuid) from public, anon, authenticated, service_role;
grant all on function public.remove_webhook(uuid) to authenticated;

revoke all on function public.requeue_notification(uuid) from public, anon, authenticated, service_role;
grant all on function public.requeue_notification(uuid) to authenticated;

revoke all on function public.restore_properties(uuid) from public, anon, authenticated, service_role;
grant all on function public.restore_properties(uuid) to authenticated;

revoke all on function public.restore_provider_support_circles(uuid) from public, anon, authenticated, service_role;
grant all on function public.restore_provider_support_circles(uuid) to authenticated;

revoke all on function public.restore_sites(uuid) from public, anon, authenticated, service_role;
grant all on function public.restore_sites(uuid) to authenticated;

revoke all on function public.rotate_webhook_secret(uuid) from public, anon, authenticated, service_role;
grant all on function public.rotate_webhook_secret(uuid) to authenticated;

revoke all on function public.schedule_notification(uuid,jsonb,timestamp with time zone,text,public.notification_channel,public.notification_priority,text,timestamp with time zone,text) from public, anon, authenticated, service_role;
grant all on function public.schedule_notification(uuid,jsonb,timestamp with time zone,text,public.notification_channel,public.notification_priority,text,timestamp with time zone,text) to authenticated;

revoke all on function public.set_integration(public.integration_kind,text,jsonb,text,boolean) from public, anon, authenticated, service_role;
grant all on function public.set_integration(public.integration_kind,text,jsonb,text,boolean) to authenticated;

revoke all on function public.set_retention_policy(text,interval) from public, anon, authenticated, service_role;
grant all on function public.set_retention_policy(text,interval) to authenticated;

revoke all on procedure app.work_jobs(text) from public, anon, authenticated, service_role;

revoke all on table app.audit_contents from public, anon, authenticated, service_role;

revoke all on table app.audit_contents_default from public, anon, authenticated, service_role;

revoke all on table app.audit_dropped_months from public, anon, authenticated, service_role;

revoke all on table app.audit_events_default from public, anon, authenticated, service_role;

revoke all on table app.audit_runs from public, anon, authenticated, service_role;

revoke all on table app.audit_seals from public, anon, authenticated, service_role;

revoke all on table app.claimed_requests from public, anon, authenticated, service_role;

revoke all on table app.data_keys from public, anon, authenticated, service_role;

revoke all on table app.job_slots from public, anon, authenticated, service_role;

revoke all on table app.key_encryption_keys from public, anon, authenticated, service_role;

revoke all on table app.notification_leases from public, anon, authenticated, service_role;

revoke all on table app.notification_lines from public, anon, authenticated, service_role;

revoke all on table app.notification_tasks from public, anon, authenticated, service_role;

revoke all on table public.audit_events from public, anon, authenticated, service_role;
grant select (action, actor_id, actor_roles, api_key_id, changes, consent_id, database_role, id, ip_address, is_concealed, occurred_at, operation, org_id, outcome, purpose, request_id, row_key, session_id, subject_ids, table_name, user_agent) on table public.audit_events to authenticated;
grant select on table public.audit_events to service_role;

revoke all on table public.audit_logs from public, anon, authenticated, service_role;
grant select on table public.audit_logs to authenticated, service_role;

revoke all on table public.integration_configs from public, anon, authenticated, service_role;
grant select on table public.integration_configs to authenticated;
grant delete, insert, select, update on table public.integration_configs to service_role;

revoke all on table public.job_runs from public, anon, authenticated, service_role;
grant select on table public.job_runs to authenticated;
grant delete, insert, select, update on table public.job_runs to service_role;

revoke all on table public.legal_holds from public, anon, authenticated, service_role;
grant select on table public.legal_holds to authenticated;
grant delete, insert, select, update on table public.legal_holds to service_role;

revoke all on table public.notification_preferences from public, anon, authenticated, service_role;
grant select, insert (muted_channels, quiet_days, quiet_from, quiet_until, time_zone), update (muted_channels, quiet_days, quiet_from, quiet_until, time_zone) on table public.notification_preferences to authenticated;
grant delete, insert, select, update on table public.notification_preferences to service_role;

revoke all on table public.notification_queue from public, anon, authenticated, service_role;
grant select on table public.notification_queue to authenticated;
grant delete, insert, select, update on table public.notification_queue to service_role;

revoke all on table public.notification_templates from public, anon, authenticated, service_role;
grant select, insert (body, channel, payload_keys, subject, template_key), update (body, payload_keys, subject) on table public.notification_templates to authenticated;
grant delete, insert, select, update on table public.notification_templates to service_role;

revoke all on table public.retention_policies from public, anon, authenticated, service_role;
grant select on table public.retention_policies to authenticated;
grant delete, insert, select, update on table public.retention_policies to service_role;

revoke all on table public.scheduled_jobs from public, anon, authenticated, service_role;
grant select on table public.scheduled_jobs to authenticated;
grant delete, insert, select, update on table public.scheduled_jobs to service_role;

revoke all on table public.webhook_deliveries from public, anon, authenticated, service_role;
grant select on table public.webhook_deliveries to authenticated;
grant delete, insert, select, update on table public.webhook_deliveries to service_role;

revoke all on table public.webhooks from public, anon, authenticated, service_role;
grant select, update (description, event_types, is_active) on table public.webhooks to authenticated;
grant delete, insert, select, update on table public.webhooks to service_role;
