-- requests_known_for_good: written by `carebase db diff`. Never edited once it is applied anywhere.

set local lock_timeout = '30s';

set local check_function_bodies = off;

CREATE OR REPLACE FUNCTION app.create_medication_order(p_order public.medication_orders, p_reason text)
 RETURNS public.medication_orders
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
declare
  v_org_id uuid;
  v_order public.medication_orders := p_order;
  v_known public.medication_orders;
begin
  perform app.require_feature('care_homes');
  perform app.require_role('nurse', 'clinician', 'manager');
  perform app.signing_staff();
  v_org_id := app.current_org();
  perform app.claim_request(
    p_order.request_key, concat_ws(':', 'create_medication_order', to_jsonb(p_order), p_reason)
  );
  select orders.* into v_known
  from public.medication_orders as orders
  where orders.org_id = v_org_id and orders.created_by = app.my_id() and orders.request_key = p_order.request_key;
  if found then
    return v_known;
  end if;

  select residents.site_id into v_order.site_id
  from public.residents
  where
    residents.org_id = v_org_id and residents.id = v_order.resident_id and residents.deleted_at is null
    and residents.site_id = any(app.my_sites('nurse', 'clinician', 'manager'))
  for key share;
  if v_order.site_id is null then
    perform app.raise_error(
      'not_found', 'There is no such resident.', jsonb_build_object('field', 'p_resident_id')
    );
  end if;
  perform app.check_order_stock(v_org_id, v_order);
  v_order.starts_at := coalesce(v_order.starts_at, app.clock());
  if v_order.replaces_id is not null then
    v_order.starts_at := greatest(v_order.starts_at, app.clock());
    perform app.replace_medication_order(v_org_id, v_order, p_reason);
  end if;
  perform app.check_input(
    'p_ends_at', coalesce(v_order.ends_at > v_order.starts_at, true), 'An order ends after it starts.'
  );

  v_order.org_id := v_org_id;
  v_order.id := app.uuid_v7();
  v_order.status := 'active';
  v_order.created_at := app.clock();
  v_order.updated_at := app.clock();
  v_order.version := 1;
  insert into public.medication_orders select v_order.* returning * into v_order;
  perform app.note_order_event(v_order, 'created', p_reason);
  if not v_order.is_as_needed then
    insert into app.medication_plans (org_id, order_id, planned_until_at)
    values (
      v_org_id, v_order.id,
      -- What is entered in the morning for this morning can still be given while its window is open.
      greatest(v_order.starts_at, app.clock() - make_interval(mins => v_order.window_minutes))
    );
    perform app.plan_doses(v_org_id, array[v_order.id], app.dose_horizon());
  end if;
  return v_order;
end
$function$;

CREATE OR REPLACE FUNCTION app.create_medication_stock(p_resident_id uuid, p_site_id uuid, p_name text, p_unit text, p_is_controlled boolean, p_reorder_quantity numeric, p_request_key uuid)
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
  if p_request_key is not null then
    perform app.claim_request(
      p_request_key,
      concat_ws(
        ':', 'create_medication_stock', p_resident_id, p_site_id, p_unit, p_is_controlled, p_reorder_quantity, p_name
      )
    );
    select stock.* into v_stock
    from public.medication_stock as stock
    where stock.org_id = v_org_id and stock.created_by = app.my_id() and stock.request_key = p_request_key;
    if found then
      return v_stock;
    end if;
  end if;
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
    org_id, site_id, resident_id, is_controlled, medication_name, remedy_name, unit, reorder_quantity,
    request_key
  )
  values (
    v_org_id, v_site_id, p_resident_id, p_is_controlled,
    case when p_resident_id is not null then app.plain(p_name) end, case when p_resident_id is null then p_name end,
    p_unit, p_reorder_quantity, p_request_key
  )
  returning * into v_stock;
  return v_stock;
end
$function$;

CREATE OR REPLACE FUNCTION app.record_administration(p_administration public.medication_administrations)
 RETURNS public.medication_administrations
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
declare
  v_row public.medication_administrations := p_administration;
  v_known public.medication_administrations;
  v_dose public.medication_doses;
  v_order public.medication_orders;
begin
  perform app.require_feature('care_homes');
  perform app.require_role('carer', 'nurse', 'clinician', 'manager');
  perform app.signing_staff();
  v_row.org_id := app.current_org();
  perform app.claim_request(v_row.request_key, concat_ws(':', 'record_administration', to_jsonb(p_administration)));
  v_known := app.recorded_administration(v_row.request_key);
  if v_known.id is not null then
    return v_known;
  end if;

  select doses.* into v_dose
  from public.medication_doses as doses
  where
    doses.org_id = v_row.org_id and doses.id = v_row.dose_id
    and doses.site_id = any(app.my_sites('carer', 'nurse', 'clinician', 'manager'))
  for no key update;
  if v_dose.id is null then
    perform app.raise_error('not_found', 'There is no such dose.', jsonb_build_object('field', 'p_dose_id'));
  end if;
  v_row.occurred_at := coalesce(v_row.occurred_at, app.clock());
  perform app.check_dose_open(v_dose, v_row.status, v_row.occurred_at);
  select orders.* into v_order
  from public.medication_orders as orders
  where orders.org_id = v_dose.org_id and orders.id = v_dose.order_id;

  if v_row.status = 'given' then
    v_row.quantity := v_order.dose_quantity;
  end if;
  v_row := app.write_administration(v_order, v_order.stock_id, v_row);
  update public.medication_doses as doses set status = v_row.status::text::public.medication_dose_status
  where doses.org_id = v_dose.org_id and doses.id = v_dose.id;
  return v_row;
end
$function$;

CREATE OR REPLACE FUNCTION app.record_as_needed(p_administration public.medication_administrations, p_stock_id uuid)
 RETURNS public.medication_administrations
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
declare
  v_row public.medication_administrations := p_administration;
  v_known public.medication_administrations;
  v_order public.medication_orders;
  v_next record;
begin
  perform app.require_feature('care_homes');
  perform app.require_role('carer', 'nurse', 'clinician', 'manager');
  perform app.signing_staff();
  v_row.org_id := app.current_org();
  perform app.claim_request(
    v_row.request_key, concat_ws(':', 'record_as_needed', to_jsonb(p_administration), p_stock_id)
  );
  v_known := app.recorded_administration(v_row.request_key);
  if v_known.id is not null then
    return v_known;
  end if;

  v_order := app.lock_as_needed_order(v_row.org_id, v_row.order_id);
  v_row.occurred_at := coalesce(v_row.occurred_at, app.clock());
  if v_order.status <> 'active' or v_row.occurred_at < v_order.starts_at
    or coalesce(v_row.occurred_at >= v_order.ends_at, false) then
    perform app.raise_error('conflict', 'This order is not in force.', jsonb_build_object('status', v_order.status));
  end if;
  v_row.quantity := coalesce(v_row.quantity, v_order.dose_quantity);
  perform app.check_input(
    'p_quantity', v_row.quantity > 0 and v_row.quantity <= v_order.dose_quantity,
    'At once no more is given than the order says.'
  );
  select next.* into v_next
  from app.next_as_needed_at(v_order, v_row.quantity, v_row.occurred_at) as next;
  if v_next.reason is not null then
    perform app.raise_error(
      'conflict',
      case v_next.reason
        when 'minimum_interval' then 'It is too soon after the last dose.'
        else 'That would be more than is allowed within 24 hours.'
      end,
      jsonb_build_object('reason', v_next.reason, 'possible_at', v_next.possible_at)
    );
  end if;
  perform app.check_remedy(v_order, p_stock_id);
  return app.write_administration(v_order, coalesce(v_order.stock_id, p_stock_id), v_row);
end
$function$;

CREATE OR REPLACE FUNCTION app.record_stock_count(p_stock_id uuid, p_counted_quantity numeric, p_request_key uuid)
 RETURNS public.medication_stock_counts
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
declare
  v_org_id uuid;
  v_stock public.medication_stock;
  v_there record;
  v_count public.medication_stock_counts;
begin
  perform app.require_feature('care_homes');
  perform app.require_role('carer', 'nurse', 'clinician', 'manager');
  perform app.signing_staff();
  v_org_id := app.current_org();
  perform app.claim_request(p_request_key, concat_ws(':', 'record_stock_count', p_stock_id, p_counted_quantity));
  select counts.* into v_count
  from public.medication_stock_counts as counts
  where counts.org_id = v_org_id and counts.recorded_by = app.my_id() and counts.request_key = p_request_key;
  if found then
    return v_count;
  end if;
  v_stock := app.find_stock(p_stock_id);
  select quantities.* into v_there from app.stock_quantity(v_org_id, p_stock_id) as quantities;
  insert into public.medication_stock_counts (
    org_id, site_id, resident_id, stock_id, is_controlled, expected_quantity, counted_quantity, status, counted_at,
    recorded_by, request_key
  )
  values (
    v_org_id, v_stock.site_id, v_stock.resident_id, p_stock_id, v_stock.is_controlled,
    v_there.confirmed + v_there.incoming + v_there.outgoing, p_counted_quantity,
    case when v_stock.is_controlled then 'awaiting_witness' else 'confirmed' end::public.signature_status,
    app.clock(), app.my_id(), p_request_key
  )
  returning * into v_count;
  if v_count.difference <> 0 then
    perform app.open_discrepancy(v_count);
  end if;
  return v_count;
end
$function$;

CREATE OR REPLACE FUNCTION app.record_stock_movement(p_stock_id uuid, p_kind public.stock_movement_kind, p_quantity numeric, p_request_key uuid, p_note text, p_discrepancy_id uuid)
 RETURNS public.medication_stock_movements
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
declare
  v_org_id uuid;
  v_stock public.medication_stock;
  v_movement public.medication_stock_movements;
begin
  perform app.require_feature('care_homes');
  perform app.require_role('carer', 'nurse', 'clinician', 'manager');
  perform app.signing_staff();
  v_org_id := app.current_org();
  perform app.claim_request(
    p_request_key, concat_ws(':', 'record_stock_movement', p_stock_id, p_kind, p_quantity, p_discrepancy_id, p_note)
  );
  select movements.* into v_movement
  from public.medication_stock_movements as movements
  where movements.org_id = v_org_id and movements.recorded_by = app.my_id() and movements.request_key = p_request_key;
  if found then
    return v_movement;
  end if;
  v_stock := app.find_stock(p_stock_id);
  return app.move_stock(
    v_org_id, p_stock_id, p_kind,
    case p_kind
      when 'received' then p_quantity
      when 'adjusted' then app.difference_to_adjust(v_stock, p_discrepancy_id)
      else -p_quantity
    end,
    app.clock(), p_note, p_discrepancy_id => p_discrepancy_id, p_request_key => p_request_key
  );
end
$function$;
