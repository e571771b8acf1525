-- cheaper_events: written by `carebase db diff`. Never edited once it is applied anywhere.

set local lock_timeout = '30s';

set local check_function_bodies = off;

CREATE OR REPLACE FUNCTION app.plan_once_for_one_site(p_site_ids uuid[])
 RETURNS void
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
begin
  if cardinality(p_site_ids) = 1 then
    perform set_config('plan_cache_mode', 'force_generic_plan', true);
  end if;
end
$function$;

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

CREATE OR REPLACE FUNCTION app.count_occupancy(p_org_id uuid, p_site_ids uuid[])
 RETURNS TABLE(site_id uuid, bed_count integer, closed_count integer, occupied_count integer, on_leave_count integer, reserved_count integer, vacant_count integer, overstay_count integer, waiting_count integer)
 LANGUAGE plpgsql
 STABLE
 SET search_path TO ''
 SET plan_cache_mode TO 'force_custom_plan'
AS $function$
begin
  perform app.plan_once_for_one_site(p_site_ids);
  return query
  with beds as (
    select places.site_id, count(*)::integer as total
    from public.beds as places
    where places.org_id = p_org_id and places.site_id = any(p_site_ids) and places.deleted_at is null
    group by places.site_id
  ),
  occupied as (
    select had.bed_site_id, count(*)::integer as total
    from public.bed_stays as had
    where
      had.org_id = p_org_id and had.bed_site_id = any(p_site_ids) and had.ends_at > app.clock()
      and had.starts_at <= app.clock() and not had.is_reserved and had.deleted_at is null
    group by had.bed_site_id
  ),
  away as (
    select had.bed_site_id, count(*)::integer as total
    from public.resident_leaves as leaves
    inner join public.bed_stays as had
      on
        had.org_id = p_org_id and had.resident_id = leaves.resident_id and had.ends_at > app.clock()
        and had.starts_at <= app.clock() and not had.is_reserved and had.deleted_at is null
    where
      leaves.org_id = p_org_id and leaves.site_id = any(p_site_ids) and leaves.ends_at > app.clock()
      and leaves.starts_at <= app.clock() and leaves.deleted_at is null and had.bed_site_id = leaves.site_id
    group by had.bed_site_id
  ),
  withheld as (
    select
      empty.site_id,
      count(*) filter (where empty.is_closed)::integer as closed,
      count(*) filter (where not empty.is_closed)::integer as reserved
    from app.withheld_beds(p_org_id, p_site_ids) as empty
    group by empty.site_id
  ),
  people as (
    select homes.site_id, count(*)::integer as total
    from public.residents as homes
    where
      homes.org_id = p_org_id and homes.site_id = any(p_site_ids) and homes.status in ('resident', 'on_leave')
      and homes.deleted_at is null
    group by homes.site_id
  ),
  waiting as (
    select entries.site_id, count(*)::integer as total
    from public.waitlist_entries as entries
    where
      entries.org_id = p_org_id and entries.site_id = any(p_site_ids) and entries.status in ('waiting', 'offered')
      and entries.deleted_at is null
    group by entries.site_id
  )
  select
    asked.id, coalesce(beds.total, 0), coalesce(withheld.closed, 0), coalesce(occupied.total, 0),
    coalesce(away.total, 0), coalesce(withheld.reserved, 0),
    coalesce(beds.total, 0) - coalesce(occupied.total, 0) - coalesce(withheld.closed + withheld.reserved, 0),
    -- Who has a bed lives at its site.
    coalesce(people.total, 0) - coalesce(occupied.total, 0), coalesce(waiting.total, 0)
  from unnest(p_site_ids) as asked (id)
  left join beds on beds.site_id = asked.id
  left join occupied on occupied.bed_site_id = asked.id
  left join away on away.bed_site_id = asked.id
  left join withheld on withheld.site_id = asked.id
  left join people on people.site_id = asked.id
  left join waiting on waiting.site_id = asked.id;
end
$function$;

CREATE OR REPLACE FUNCTION app.withheld_beds(p_org_id uuid, p_site_ids uuid[])
 RETURNS TABLE(site_id uuid, bed_id uuid, is_closed boolean)
 LANGUAGE plpgsql
 STABLE
 SET search_path TO ''
 SET plan_cache_mode TO 'force_custom_plan'
AS $function$
begin
  perform app.plan_once_for_one_site(p_site_ids);
  return query
  select places.site_id, places.id, bool_or(not places.is_active or not rooms.is_active)
  from (
    select beds.id from public.beds
    where beds.org_id = p_org_id and beds.site_id = any(p_site_ids) and not beds.is_active
    union
    select beds.id
    from public.rooms
    inner join public.beds on beds.org_id = p_org_id and beds.site_id = rooms.site_id and beds.room_id = rooms.id
    where rooms.org_id = p_org_id and rooms.site_id = any(p_site_ids) and not rooms.is_active
    union
    select kept.bed_id from public.bed_stays as kept
    where
      kept.org_id = p_org_id and kept.bed_site_id = any(p_site_ids) and kept.ends_at > app.clock()
      and kept.is_reserved and kept.deleted_at is null
    union
    select offers.bed_id from public.bed_offers as offers
    where
      offers.org_id = p_org_id and offers.site_id = any(p_site_ids) and offers.status = 'open'
      and offers.deleted_at is null
  ) as named
  inner join public.beds as places on places.org_id = p_org_id and places.id = named.id and places.deleted_at is null
  inner join public.rooms on rooms.org_id = p_org_id and rooms.id = places.room_id
  where not exists (
    select from public.bed_stays as had
    where
      had.org_id = p_org_id and had.bed_site_id = places.site_id and had.bed_id = places.id
      and had.ends_at > app.clock() and had.starts_at <= app.clock() and not had.is_reserved
      and had.deleted_at is null
  )
  group by places.site_id, places.id;
end
$function$;

CREATE POLICY "floor_published" ON "public"."rota_weeks" AS RESTRICTIVE FOR SELECT TO "authenticated" USING (((status = 'published'::public.rota_status) OR ( SELECT app.sees_draft_rotas() AS sees_draft_rotas)));

COMMENT ON FUNCTION "app"."audit_concealed"(public.audit_action, uuid, text, jsonb) IS 'Writes that somebody did something with a row of their own, and not who.';
COMMENT ON FUNCTION "app"."plan_once_for_one_site"(uuid[]) IS 'Keeps the plan of what a function asks of a single site; for functions that set plan_cache_mode.';
COMMENT ON POLICY "floor_published" ON "public"."rota_weeks" IS 'Whatever else is allowed: a draft is seen by those who plan and by those who look across the organization.';

revoke all on function app.audit_concealed(public.audit_action,uuid,text,jsonb) from public, anon, authenticated, service_role;

revoke all on function app.plan_once_for_one_site(uuid[]) from public, anon, authenticated, service_role;
