-- Undoes stock_begun_once: written by `carebase db diff`.
-- Loses data: ALTER TABLE "public"."medication_stock" DROP COLUMN "request_key"
-- Take a backup first; what was written since the migration is in nothing else.

set local lock_timeout = '30s';

set local check_function_bodies = off;

DROP INDEX "public"."medication_stock_request_key";

DROP FUNCTION "app"."create_medication_stock"(uuid, uuid, text, text, boolean, numeric, uuid);

DROP FUNCTION "app"."tell_of_declined"(uuid, uuid, text, uuid);

DROP FUNCTION "public"."create_medication_stock"(uuid, text, text, boolean, numeric, uuid, uuid);

ALTER TABLE "public"."medication_stock" DROP COLUMN "request_key";

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

CREATE OR REPLACE FUNCTION app.create_medication_stock(p_resident_id uuid, p_site_id uuid, p_name text, p_unit text, p_is_controlled boolean, p_reorder_quantity numeric)
 RETURNS public.medication_stock
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
declare
  v_org_id uuid;
  v_site_id uuid;
  v_stock public.medication_stock;
begin
  perform app.require_feature('care_homes');
  perform app.require_role('nurse', 'clinician', 'manager');
  perform app.signing_staff();
  v_org_id := app.current_org();
  if p_resident_id is not null then
    select residents.site_id into v_site_id
    from public.residents
    where
      residents.org_id = v_org_id and residents.id = p_resident_id and residents.deleted_at is null
      and residents.site_id = any(app.my_sites('nurse', 'clinician', 'manager'))
    for key share;
  elsif p_site_id = any(app.my_sites('nurse', 'clinician', 'manager')) then
    v_site_id := p_site_id;
  end if;
  if v_site_id is null then
    perform app.raise_error('not_found', 'There is no such resident or site.');
  end if;
  insert into public.medication_stock (
    org_id, site_id, resident_id, is_controlled, medication_name, remedy_name, unit, reorder_quantity
  )
  values (
    v_org_id, v_site_id, p_resident_id, p_is_controlled,
    case when p_resident_id is not null then app.plain(p_name) end, case when p_resident_id is null then p_name end,
    p_unit, p_reorder_quantity
  )
  returning * into v_stock;
  return v_stock;
end
$function$;

CREATE OR REPLACE FUNCTION app.witness_administration(p_id uuid, p_confirms boolean)
 RETURNS public.medication_administrations
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
declare
  v_org_id uuid;
  v_row public.medication_administrations;
  v_status constant public.medication_administration_status := case
    when p_confirms then 'given' else 'not_witnessed'
  end;
begin
  perform app.require_feature('care_homes');
  perform app.require_role('carer', 'nurse', 'clinician', 'manager');
  v_org_id := app.current_org();
  v_row := app.lock_administration(p_id);
  if v_row.witnessed_by = app.my_id() and v_row.status = v_status then
    return v_row;
  end if;
  perform app.require_witness(v_row.administered_by, v_row.resident_id);
  if v_row.status <> 'awaiting_witness' then
    perform app.raise_error('conflict', 'Nobody waits for a witness here.', jsonb_build_object('status', v_row.status));
  end if;

  update public.medication_administrations as administrations
  set status = v_status, witnessed_by = app.my_id(), witnessed_at = app.clock()
  where administrations.org_id = v_org_id and administrations.id = p_id
  returning administrations.* into v_row;
  update public.medication_stock_movements as movements
  set
    status = case when p_confirms then 'confirmed' else 'declined' end::public.signature_status,
    witnessed_by = app.my_id(), witnessed_at = app.clock()
  where movements.org_id = v_org_id and movements.administration_id = p_id;
  update public.medication_doses as doses set status = v_status::text::public.medication_dose_status
  where doses.org_id = v_org_id and doses.id = v_row.dose_id;
  if not p_confirms then
    perform app.tell_care_site(
      v_org_id, v_row.site_id, '{manager,nurse}', 'medication.not_witnessed', 'A witness declined',
      'A witness did not confirm what was recorded of a controlled drug: {{ link }}',
      '/care/medication/administrations/' || p_id, p_id::text
    );
  end if;
  return v_row;
end
$function$;

CREATE OR REPLACE FUNCTION app.witness_stock_count(p_id uuid, p_confirms boolean)
 RETURNS public.medication_stock_counts
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
declare
  v_org_id uuid;
  v_row public.medication_stock_counts;
  v_status constant public.signature_status := case when p_confirms then 'confirmed' else 'declined' end;
begin
  perform app.require_feature('care_homes');
  perform app.require_role('carer', 'nurse', 'clinician', 'manager');
  v_org_id := app.current_org();
  select counts.* into v_row
  from public.medication_stock_counts as counts
  where
    counts.org_id = v_org_id and counts.id = p_id
    and counts.site_id = any(app.my_sites('carer', 'nurse', 'clinician', 'manager'))
  for no key update;
  if v_row.id is null then
    perform app.raise_error('not_found', 'There is no such count.');
  end if;
  if v_row.witnessed_by = app.my_id() and v_row.status = v_status then
    return v_row;
  end if;
  perform app.require_witness(v_row.recorded_by, v_row.resident_id);
  if v_row.status <> 'awaiting_witness' then
    perform app.raise_error('conflict', 'Nobody waits for a witness here.', jsonb_build_object('status', v_row.status));
  end if;
  update public.medication_stock_counts as counts
  set status = v_status, witnessed_by = app.my_id(), witnessed_at = app.clock()
  where counts.org_id = v_org_id and counts.id = p_id
  returning counts.* into v_row;
  return v_row;
end
$function$;

CREATE OR REPLACE FUNCTION app.witness_stock_movement(p_id uuid, p_confirms boolean)
 RETURNS public.medication_stock_movements
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
declare
  v_org_id uuid;
  v_row public.medication_stock_movements;
  v_status constant public.signature_status := case when p_confirms then 'confirmed' else 'declined' end;
begin
  perform app.require_feature('care_homes');
  perform app.require_role('carer', 'nurse', 'clinician', 'manager');
  v_org_id := app.current_org();
  select movements.* into v_row
  from public.medication_stock_movements as movements
  where
    movements.org_id = v_org_id and movements.id = p_id and movements.kind <> 'administered'
    and movements.site_id = any(app.my_sites('carer', 'nurse', 'clinician', 'manager'))
  for no key update;
  if v_row.id is null then
    perform app.raise_error('not_found', 'There is no such movement.');
  end if;
  if v_row.witnessed_by = app.my_id() and v_row.status = v_status then
    return v_row;
  end if;
  perform app.require_witness(v_row.recorded_by, v_row.resident_id);
  if v_row.status <> 'awaiting_witness' then
    perform app.raise_error('conflict', 'Nobody waits for a witness here.', jsonb_build_object('status', v_row.status));
  end if;
  update public.medication_stock_movements as movements
  set status = v_status, witnessed_by = app.my_id(), witnessed_at = app.clock()
  where movements.org_id = v_org_id and movements.id = p_id
  returning movements.* into v_row;
  return v_row;
end
$function$;

CREATE OR REPLACE FUNCTION public.create_medication_stock(p_resident_id uuid, p_name text, p_unit text, p_is_controlled boolean DEFAULT false, p_reorder_quantity numeric DEFAULT NULL::numeric, p_site_id uuid DEFAULT NULL::uuid)
 RETURNS public.medication_stock
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
begin
  perform app.require_feature('care_homes');
  perform app.require_role('nurse', 'clinician', 'manager');
  perform app.check_input(
    'p_resident_id', (p_resident_id is null) <> (p_site_id is null), 'Say whose it is, or the site of a homely remedy.'
  );
  perform app.check_input('p_name', length(p_name) between 1 and 200, 'A name has 1 to 200 characters.');
  perform app.check_input('p_unit', length(p_unit) between 1 and 30, 'A unit has 1 to 30 characters.');
  perform app.check_input(
    'p_is_controlled', p_is_controlled is not null and not (p_is_controlled and p_resident_id is null),
    'A controlled drug is always kept for one resident.'
  );
  perform app.check_input(
    'p_reorder_quantity', coalesce(p_reorder_quantity > 0 and p_reorder_quantity < 1000000, true),
    'More is ordered at a quantity above zero.'
  );
  return app.create_medication_stock(
    p_resident_id, p_site_id, p_name, p_unit, p_is_controlled, p_reorder_quantity
  );
end
$function$;

COMMENT ON FUNCTION "app"."create_medication_stock"(uuid, uuid, text, text, boolean, numeric) IS 'What public.create_medication_stock does; authorizes for itself.';

COMMENT ON FUNCTION "public"."create_medication_stock"(uuid, text, text, boolean, numeric, uuid) IS 'Begins to count a medicine: of one resident, or as a homely remedy of a site. There is nothing in it until
record_stock_movement() says what was delivered. For nurses, clinicians and managers, at their sites.
p_resident_id: whose it is; null for a homely remedy.
p_name: name, strength and form, 1 to 200 characters. p_unit: what is counted: tablet, ml, patch.
p_is_controlled: whether it is a controlled drug, of which nothing moves without two signatures.
p_reorder_quantity: list_medication_stock() says so when no more than this is left.
p_site_id: the site of a homely remedy; null for a resident''s own.
Errors: feature_disabled, permission_denied (also: not employed here), not_found, invalid_input.';

revoke all on function app.create_medication_stock(uuid,uuid,text,text,boolean,numeric) from public, anon, authenticated, service_role;
grant all on function app.create_medication_stock(uuid,uuid,text,text,boolean,numeric) to authenticated;

revoke all on function public.create_medication_stock(uuid,text,text,boolean,numeric,uuid) from public, anon, authenticated, service_role;
grant all on function public.create_medication_stock(uuid,text,text,boolean,numeric,uuid) to authenticated;
