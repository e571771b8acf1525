-- Stocks, their movements by hand, counts and what does not fit. SECURITY DEFINER because nobody writes these tables; a
-- role at the site of the stock, in the active organization, is the authorization.
create function app.create_medication_stock(
  p_resident_id uuid, p_site_id uuid, p_name text, p_unit text, p_is_controlled boolean, p_reorder_quantity numeric,
  p_request_key uuid
) returns public.medication_stock
language plpgsql volatile
security definer
set search_path = ''
as $$
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
$$;

comment on function app.create_medication_stock(uuid, uuid, text, text, boolean, numeric, uuid) is
'What public.create_medication_stock does; authorizes for itself.';

create function app.find_stock(p_stock_id uuid) returns public.medication_stock
language plpgsql volatile
set search_path = ''
as $$
declare
  v_stock public.medication_stock;
begin
  select stock.* into v_stock
  from public.medication_stock as stock
  where
    stock.org_id = app.current_org() and stock.id = p_stock_id and stock.deleted_at is null
    and stock.site_id = any(app.my_sites('carer', 'nurse', 'clinician', 'manager'))
  for no key update;
  if v_stock.id is null then
    perform app.raise_error('not_found', 'There is no such stock.', jsonb_build_object('field', 'p_stock_id'));
  end if;
  return v_stock;
end
$$;

comment on function app.find_stock(uuid) is 'A stock at a site of the caller, locked; not_found otherwise.';

create function app.record_stock_movement(
  p_stock_id uuid, p_kind public.stock_movement_kind, p_quantity numeric, p_request_key uuid, p_note text,
  p_discrepancy_id uuid
) returns public.medication_stock_movements
language plpgsql volatile
security definer
set search_path = ''
as $$
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
$$;

comment on function app.record_stock_movement(
  uuid, public.stock_movement_kind, numeric, uuid, text, uuid
) is 'What public.record_stock_movement does; authorizes for itself.';

-- A register is put right by what was counted and is no longer open, by somebody who answers for it, and once.
create function app.difference_to_adjust(p_stock public.medication_stock, p_discrepancy_id uuid) returns numeric
language plpgsql stable
set search_path = ''
as $$
declare
  v_discrepancy public.medication_discrepancies;
begin
  if not coalesce(p_stock.site_id = any(app.my_sites('nurse', 'clinician', 'manager')), false) then
    perform app.raise_error('permission_denied', 'Your role does not put a stock right.');
  end if;
  select discrepancies.* into v_discrepancy
  from public.medication_discrepancies as discrepancies
  where
    discrepancies.org_id = p_stock.org_id and discrepancies.id = p_discrepancy_id
    and discrepancies.stock_id = p_stock.id;
  if v_discrepancy.id is null then
    perform app.raise_error(
      'not_found', 'There is no such discrepancy.', jsonb_build_object('field', 'p_discrepancy_id')
    );
  end if;
  if v_discrepancy.status = 'open' then
    perform app.raise_error('conflict', 'Explain or report the discrepancy first.');
  end if;
  if exists (
    select from public.medication_stock_movements as movements
    where
      movements.org_id = p_stock.org_id and movements.discrepancy_id = p_discrepancy_id
      and movements.status <> 'declined'
  ) then
    perform app.raise_error('conflict', 'This discrepancy was put right already.');
  end if;
  return v_discrepancy.difference;
end
$$;

comment on function app.difference_to_adjust(public.medication_stock, uuid) is
'By how much a stock is put right after a discrepancy; ends the request unless the caller may do so now.';

create function app.witness_stock_movement(p_id uuid, p_confirms boolean) returns public.medication_stock_movements
language plpgsql volatile
security definer
set search_path = ''
as $$
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
  if not p_confirms then
    perform app.tell_of_declined(v_org_id, v_row.site_id, '/care/medication/stock/' || v_row.stock_id, p_id);
  end if;
  return v_row;
end
$$;

comment on function app.witness_stock_movement(uuid, boolean) is
'What public.witness_stock_movement does; authorizes for itself.';

revoke all on function app.create_medication_stock(uuid, uuid, text, text, boolean, numeric, uuid) from public;
revoke all on function app.find_stock(uuid) from public;
revoke all on function app.record_stock_movement(
  uuid, public.stock_movement_kind, numeric, uuid, text, uuid
) from public;
revoke all on function app.difference_to_adjust(public.medication_stock, uuid) from public;
revoke all on function app.witness_stock_movement(uuid, boolean) from public;
grant execute on function app.create_medication_stock(uuid, uuid, text, text, boolean, numeric, uuid) to authenticated;
grant execute on function app.record_stock_movement(
  uuid, public.stock_movement_kind, numeric, uuid, text, uuid
) to authenticated;
grant execute on function app.witness_stock_movement(uuid, boolean) to authenticated;
