-- platform: written by `carebase db diff`. Never edited once it is applied anywhere.

set local lock_timeout = '30s';

set local check_function_bodies = off;

alter default privileges for role postgres in schema public revoke all on functions from anon, authenticated, service_role;
alter default privileges for role postgres in schema public revoke all on sequences from anon, authenticated, service_role;
alter default privileges for role postgres in schema public revoke all on tables from anon, authenticated, service_role;

CREATE SCHEMA "app";

CREATE EXTENSION IF NOT EXISTS "btree_gist" SCHEMA "extensions";

CREATE OR REPLACE FUNCTION app.check_input(p_field text, p_is_right boolean, p_message text)
 RETURNS void
 LANGUAGE plpgsql
 STABLE
 SET search_path TO ''
AS $function$
begin
  if p_is_right is not true then
    perform app.raise_error('invalid_input', p_message, jsonb_build_object('field', p_field));
  end if;
end
$function$;

CREATE OR REPLACE FUNCTION app.clock()
 RETURNS timestamp with time zone
 LANGUAGE sql
 STABLE
 SET search_path TO ''
AS $function$
  select coalesce(
    nullif(current_setting('carebase.frozen_clock', true), '')::timestamptz,
    now()
  )
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

CREATE OR REPLACE FUNCTION app.stamp_row()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
begin
  if tg_op = 'INSERT' then
    new.created_at := now();
    new.created_by := auth.uid();
    new.version := 1;
  else
    new.created_at := old.created_at;
    new.created_by := old.created_by;
    new.version := old.version + 1;
  end if;
  new.updated_at := now();
  new.updated_by := auth.uid();
  return new;
end
$function$;

CREATE OR REPLACE FUNCTION app.uuid_v7()
 RETURNS uuid
 LANGUAGE sql
 SET search_path TO ''
AS $function$
  -- A random (version 4) uuid with the time laid over its first six bytes; bits 52 and 53 turn 4 into 7.
  select encode(
    set_bit(
      set_bit(
        overlay(
          uuid_send(gen_random_uuid())
          placing substring(int8send((extract(epoch from clock_timestamp()) * 1000)::bigint) from 3)
          from 1 for 6
        ),
        52, 1
      ),
      53, 1
    ),
    'hex'
  )::uuid
$function$;

COMMENT ON FUNCTION "app"."check_input"(text, boolean, text) IS 'Ends the request with invalid_input, naming the parameter, unless the rule holds (null counts as broken).';
COMMENT ON FUNCTION "app"."clock"() IS 'The time of this transaction; tests freeze it with the setting carebase.frozen_clock.';
COMMENT ON FUNCTION "app"."raise_error"(text, text, jsonb, text) IS 'Ends the request with a stable code and its HTTP status: invalid_input 400, not_authenticated 401, permission_denied, feature_disabled and mfa_required 403, not_found 404, conflict 409, rate_limited 429.';
COMMENT ON FUNCTION "app"."stamp_row"() IS 'Trigger _100_stamp of every mutable table: created_*, updated_* and version are the database''s to set.';
COMMENT ON FUNCTION "app"."uuid_v7"() IS 'A new time-ordered uuid (RFC 9562, version 7): the default of every id.';
COMMENT ON SCHEMA "app" IS 'Private helpers of the rules in public. Never exposed through the API.';

revoke all on function app.check_input(text,boolean,text) from public, anon, authenticated, service_role;
grant all on function app.check_input(text,boolean,text) to authenticated, service_role;

revoke all on function app.clock() from public, anon, authenticated, service_role;
grant all on function app.clock() to authenticated, service_role;

revoke all on function app.raise_error(text,text,jsonb,text) from public, anon, authenticated, service_role;
grant all on function app.raise_error(text,text,jsonb,text) to authenticated, service_role;

revoke all on function app.stamp_row() from public, anon, authenticated, service_role;

revoke all on function app.uuid_v7() from public, anon, authenticated, service_role;
grant all on function app.uuid_v7() to authenticated, service_role;

revoke all on schema app from public, anon, authenticated, service_role;
grant usage on schema app to authenticated, service_role;
