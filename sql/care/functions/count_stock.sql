-- Counting, and what did not fit. SECURITY DEFINER because nobody writes these tables; a role at the site of the stock,
-- in the active organization, is the authorization. The manager hears of a difference at once, also while the count
-- waits for its second signature: whoever would not have it known could leave it waiting.
create function app.record_stock_count(p_stock_id uuid, p_counted_quantity numeric, p_request_key uuid)
returns public.medication_stock_counts
language plpgsql volatile
security definer
set search_path = ''
as $$
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
$$;

comment on function app.record_stock_count(uuid, numeric, uuid) is
'What public.record_stock_count does; authorizes for itself.';

create function app.open_discrepancy(p_count public.medication_stock_counts) returns uuid
language plpgsql volatile
set search_path = ''
as $$
declare
  v_discrepancy public.medication_discrepancies;
begin
  insert into public.medication_discrepancies (
    org_id, site_id, resident_id, stock_id, is_controlled, count_id, difference
  )
  values (
    p_count.org_id, p_count.site_id, p_count.resident_id, p_count.stock_id, p_count.is_controlled, p_count.id,
    p_count.difference
  )
  returning * into v_discrepancy;
  perform app.open_discrepancy_incident(v_discrepancy);
  perform app.tell_care_site(
    p_count.org_id, p_count.site_id, '{manager}', 'medication.discrepancy', 'A stock does not fit',
    'What was counted in a stock is not what should be there: {{ link }}',
    '/care/medication/discrepancies/' || v_discrepancy.id, v_discrepancy.id::text
  );
  return v_discrepancy.id;
end
$$;

comment on function app.open_discrepancy(public.medication_stock_counts) is
'Opens a discrepancy and its incident for a count that does not fit, and tells the manager of the site; its id.';

create function app.witness_stock_count(p_id uuid, p_confirms boolean) returns public.medication_stock_counts
language plpgsql volatile
security definer
set search_path = ''
as $$
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
  if not p_confirms then
    perform app.tell_of_declined(v_org_id, v_row.site_id, '/care/medication/stock/' || v_row.stock_id, p_id);
  end if;
  return v_row;
end
$$;

comment on function app.witness_stock_count(uuid, boolean) is
'What public.witness_stock_count does; authorizes for itself.';

create function app.resolve_medication_discrepancy(
  p_id uuid, p_status public.discrepancy_status, p_explanation text
) returns public.medication_discrepancies
language plpgsql volatile
security definer
set search_path = ''
as $$
declare
  v_org_id uuid;
  v_row public.medication_discrepancies;
begin
  perform app.require_feature('care_homes');
  perform app.require_role('manager', 'care_manager');
  perform app.signing_staff();
  v_org_id := app.current_org();
  select discrepancies.* into v_row
  from public.medication_discrepancies as discrepancies
  where
    discrepancies.org_id = v_org_id and discrepancies.id = p_id
    and discrepancies.site_id = any(app.my_sites('manager', 'care_manager'))
  for no key update;
  if v_row.id is null then
    perform app.raise_error('not_found', 'There is no such discrepancy.');
  end if;
  if v_row.status = 'explained' or v_row.status = p_status then
    perform app.raise_error('conflict', 'That was done already.', jsonb_build_object('status', v_row.status));
  end if;
  update public.medication_discrepancies as discrepancies
  set
    status = p_status, explanation = app.plain(p_explanation), resolved_at = app.clock(), resolved_by = app.my_id()
  where discrepancies.org_id = v_org_id and discrepancies.id = p_id;
  -- It has its incident since it was found, unless it is from before that was so.
  if p_status = 'reported' then
    perform app.open_discrepancy_incident(v_row);
  end if;
  select discrepancies.* into v_row
  from public.medication_discrepancies as discrepancies
  where discrepancies.org_id = v_org_id and discrepancies.id = p_id;
  return v_row;
end
$$;

comment on function app.resolve_medication_discrepancy(uuid, public.discrepancy_status, text) is
'What public.resolve_medication_discrepancy does; authorizes for itself.';

revoke all on function app.record_stock_count(uuid, numeric, uuid) from public;
revoke all on function app.open_discrepancy(public.medication_stock_counts) from public;
revoke all on function app.witness_stock_count(uuid, boolean) from public;
revoke all on function app.resolve_medication_discrepancy(
  uuid, public.discrepancy_status, text
) from public;
grant execute on function app.record_stock_count(uuid, numeric, uuid) to authenticated;
grant execute on function app.witness_stock_count(uuid, boolean) to authenticated;
grant execute on function app.resolve_medication_discrepancy(
  uuid, public.discrepancy_status, text
) to authenticated;
