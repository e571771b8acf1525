-- audit_written_faster: written by `carebase db diff`. Never edited once it is applied anywhere.

set local lock_timeout = '30s';

set local check_function_bodies = off;

ALTER TABLE "public"."audit_events" DROP CONSTRAINT "audit_events_actor_roles_few";

ALTER TABLE "public"."audit_events" DROP CONSTRAINT "audit_events_changes_bounded";

ALTER TABLE "public"."audit_events" DROP CONSTRAINT "audit_events_row_key_bounded";

ALTER TABLE "public"."audit_events" DROP CONSTRAINT "audit_events_subjects_few";

ALTER TABLE "public"."audit_events" DROP CONSTRAINT "audit_events_texts_short";

DROP FUNCTION "app"."audit_concealed"(public.audit_action, uuid, text, jsonb);

CREATE OR REPLACE FUNCTION app.audit(p_action public.audit_action, p_org_id uuid, p_table_name text DEFAULT NULL::text, p_row_key jsonb DEFAULT NULL::jsonb, p_changes jsonb DEFAULT NULL::jsonb, p_operation text DEFAULT NULL::text, p_purpose text DEFAULT NULL::text, p_subject_ids uuid[] DEFAULT NULL::uuid[], p_consent_id uuid DEFAULT NULL::uuid, p_outcome public.audit_outcome DEFAULT 'success'::public.audit_outcome)
 RETURNS void
 LANGUAGE plpgsql
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
    left(p_table_name, 130), p_row_key, left(p_operation, 130), p_changes, left(p_purpose, 200), p_subject_ids,
    p_consent_id
  );
end
$function$;

CREATE OR REPLACE FUNCTION app.audit_concealed(p_action public.audit_action, p_org_id uuid, p_table_name text, p_changes jsonb)
 RETURNS void
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
begin
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
  );
end
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
  v_key_columns constant text[] := string_to_array(tg_argv[1], ',');
  v_is_closed constant boolean := tg_argv[2] = '*';
  v_table constant text := tg_table_schema || '.' || tg_table_name;
  v_changes jsonb;
  v_key jsonb;
  v_action public.audit_action;
begin
  select
    jsonb_object_agg(
      columns.name,
      case
        when v_is_closed or columns.name = any(v_protected) then '"changed"'::jsonb
        else jsonb_build_array(v_old -> columns.name, v_new -> columns.name)
      end
    ) filter (
      where coalesce(v_old -> columns.name, 'null') <> coalesce(v_new -> columns.name, 'null')
      -- What the stamps say, the event says itself.
      and columns.name <> all('{created_at,created_by,updated_at,updated_by,version}')
    ),
    jsonb_object_agg(columns.name, v_row -> columns.name) filter (
      where columns.name = any(v_key_columns) and columns.name <> tg_argv[3] and columns.name <> all(v_protected)
    )
  into v_changes, v_key
  from jsonb_object_keys(v_row) as columns (name);

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
  -- How many rows of their own somebody changed or deleted in one go would tell more than that they did: the function
  -- that does it leaves one event itself.
  if
    tg_op <> 'INSERT' and tg_argv[3] <> '' and current_setting('carebase.told_as_one', true) = 'on'
    and app.is_own_doing(v_row ->> tg_argv[3])
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
    perform app.audit(v_action, (v_row ->> tg_argv[0])::uuid, v_table, v_key, v_changes);
  end if;
  return null;
end
$function$;

COMMENT ON FUNCTION "app"."audit_concealed"(public.audit_action, uuid, text, jsonb) IS 'Writes that somebody did something with a row of their own, and not who.';

revoke all on function app.audit_concealed(public.audit_action,uuid,text,jsonb) from public, anon, authenticated, service_role;
