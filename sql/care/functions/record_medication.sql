-- Recording what became of a dose. SECURITY DEFINER because nobody writes these tables; a role at the site of the
-- resident, in the active organization, is the authorization. Locks are taken in one order: dose or order, stock.
create function app.record_administration(p_administration public.medication_administrations)
returns public.medication_administrations
language plpgsql volatile
security definer
set search_path = ''
as $$
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
$$;

comment on function app.record_administration(public.medication_administrations) is
'What public.record_administration does; authorizes for itself.';

-- A dose is told of once. What was missed, or was given and not witnessed, can still be told of, as it really was.
create function app.check_dose_open(
  p_dose public.medication_doses, p_status public.medication_administration_status, p_occurred_at timestamptz
) returns void
language plpgsql stable
set search_path = ''
as $$
begin
  if p_dose.status not in ('planned', 'missed', 'not_witnessed') then
    perform app.raise_error(
      'conflict', 'What became of this dose is recorded already.', jsonb_build_object('status', p_dose.status)
    );
  end if;
  if p_status = 'given' and p_occurred_at < p_dose.window_starts_at then
    perform app.raise_error(
      'conflict', 'It is too early for this dose.',
      jsonb_build_object('reason', 'too_early', 'possible_at', p_dose.window_starts_at)
    );
  end if;
  if p_status = 'given' and exists (
    select from public.medication_doses as later
    where
      later.org_id = p_dose.org_id and later.order_id = p_dose.order_id and later.due_at > p_dose.due_at
      and later.window_starts_at <= p_occurred_at and later.status <> 'cancelled'
  ) then
    perform app.raise_error(
      'conflict', 'The next dose is due: this one is no longer given.', jsonb_build_object('reason', 'next_is_due'),
      'Record the next dose, and this one as withheld.'
    );
  end if;
end
$$;

comment on function app.check_dose_open(
  public.medication_doses, public.medication_administration_status, timestamptz
) is 'Ends the request with conflict unless this can still become of a dose.';

-- One account takes the place of the one before; a controlled drug that was given waits for its witness, and what was
-- taken from a stock is written there.
create function app.write_administration(
  p_order public.medication_orders, p_stock_id uuid, p_row public.medication_administrations
) returns public.medication_administrations
language plpgsql volatile
set search_path = ''
as $$
declare
  v_row public.medication_administrations := p_row;
begin
  if v_row.dose_id is not null then
    update public.medication_administrations as earlier set superseded_at = app.clock()
    where earlier.org_id = p_order.org_id and earlier.dose_id = v_row.dose_id and earlier.superseded_at is null
    returning earlier.id into v_row.replaces_id;
  end if;
  if v_row.status = 'given' and p_order.is_controlled then
    v_row.status := 'awaiting_witness';
  end if;
  insert into public.medication_administrations (
    org_id, resident_id, site_id, order_id, dose_id, is_controlled, status, reason_code, note, quantity, occurred_at,
    administered_by, replaces_id, request_key, effect_due_at
  )
  values (
    p_order.org_id, p_order.resident_id, p_order.site_id, p_order.id, v_row.dose_id, p_order.is_controlled,
    v_row.status, v_row.reason_code, v_row.note, v_row.quantity, v_row.occurred_at,
    app.my_id(), v_row.replaces_id, v_row.request_key,
    case when p_order.is_as_needed then v_row.occurred_at + make_interval(mins => p_order.effect_after_minutes) end
  )
  returning * into v_row;
  if p_stock_id is not null and v_row.quantity is not null then
    perform app.move_stock(
      p_order.org_id, p_stock_id, 'administered', -v_row.quantity, v_row.occurred_at,
      p_administration_id => v_row.id
    );
  end if;
  return v_row;
end
$$;

comment on function app.write_administration(
  public.medication_orders, uuid, public.medication_administrations
) is 'Writes what became of a dose, signed by the caller, and takes what was given from the stock.';

create function app.recorded_administration(p_request_key uuid) returns public.medication_administrations
language sql stable
set search_path = ''
as $$
  select administrations
  from public.medication_administrations as administrations
  where
    administrations.org_id = app.current_org() and administrations.administered_by = app.my_id()
    and administrations.request_key = p_request_key
$$;

comment on function app.recorded_administration(uuid) is 'What the caller recorded by a request before.';

revoke all on function app.record_administration(public.medication_administrations) from public;
revoke all on function app.check_dose_open(
  public.medication_doses, public.medication_administration_status, timestamptz
) from public;
revoke all on function app.write_administration(
  public.medication_orders, uuid, public.medication_administrations
) from public;
revoke all on function app.recorded_administration(uuid) from public;
grant execute on function app.record_administration(public.medication_administrations) to authenticated;
