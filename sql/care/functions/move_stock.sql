-- How much there is: by the confirmed lines; what waits for a second signature is in the cupboard, or out of it,
-- already.
create function app.stock_quantity(
  p_org_id uuid, p_stock_id uuid, out confirmed numeric, out incoming numeric, out outgoing numeric
)
language sql stable
set search_path = ''
as $$
  select
    coalesce((
      select movements.quantity_after
      from public.medication_stock_movements as movements
      where movements.org_id = p_org_id and movements.stock_id = p_stock_id and movements.status = 'confirmed'
      order by movements.is_controlled desc, movements.entry_number desc
      limit 1
    ), 0),
    coalesce(sum(waiting.quantity) filter (where waiting.quantity > 0), 0),
    coalesce(sum(waiting.quantity) filter (where waiting.quantity < 0), 0)
  from public.medication_stock_movements as waiting
  where waiting.org_id = p_org_id and waiting.stock_id = p_stock_id and waiting.status = 'awaiting_witness'
$$;

comment on function app.stock_quantity(uuid, uuid) is
'What is in a stock by its confirmed lines, and what came in (above zero) and went out (below) without a second
signature.';

-- Whoever moves the same stock waits here for the other, and then sees what they did.
create function app.lock_stock(p_org_id uuid, p_stock_id uuid) returns public.medication_stock
language sql volatile
set search_path = ''
as $$
  select stock
  from public.medication_stock as stock
  where stock.org_id = p_org_id and stock.id = p_stock_id
  for no key update
$$;

comment on function app.lock_stock(uuid, uuid) is 'A stock, locked until the end of the transaction.';

create function app.move_stock(
  p_org_id uuid, p_stock_id uuid, p_kind public.stock_movement_kind, p_quantity numeric, p_occurred_at timestamptz,
  p_note text default null, p_administration_id uuid default null, p_discrepancy_id uuid default null,
  p_request_key uuid default null, p_retracted_id uuid default null
) returns public.medication_stock_movements
language plpgsql volatile
set search_path = ''
as $$
declare
  v_stock public.medication_stock;
  v_there record;
  v_movement public.medication_stock_movements;
begin
  v_stock := app.lock_stock(p_org_id, p_stock_id);
  select quantities.* into v_there from app.stock_quantity(p_org_id, p_stock_id) as quantities;
  if p_quantity < 0 and v_there.confirmed + v_there.outgoing + p_quantity < 0 then
    perform app.raise_error(
      'conflict', 'There is not so much in the stock.', jsonb_build_object('reason', 'not_in_stock'),
      'Count the stock, or record what was delivered.'
    );
  end if;
  insert into public.medication_stock_movements (
    org_id, site_id, resident_id, stock_id, is_controlled, kind, quantity, status, administration_id, discrepancy_id,
    note, occurred_at, recorded_by, request_key, retracted_administration_id
  )
  values (
    p_org_id, v_stock.site_id, v_stock.resident_id, v_stock.id, v_stock.is_controlled, p_kind, p_quantity,
    case when v_stock.is_controlled then 'awaiting_witness' else 'confirmed' end::public.signature_status,
    p_administration_id, p_discrepancy_id, app.plain(p_note), p_occurred_at, app.my_id(), p_request_key, p_retracted_id
  )
  returning * into v_movement;
  return v_movement;
end
$$;

comment on function app.move_stock(
  uuid, uuid, public.stock_movement_kind, numeric, timestamptz, text, uuid, uuid, uuid, uuid
) is
'Writes a line of a stock, signed by the caller: confirmed at once, or waiting for a witness if it is a controlled drug.
p_quantity: below zero takes out; conflict if that is not there.';

revoke all on function app.stock_quantity(uuid, uuid) from public;
revoke all on function app.lock_stock(uuid, uuid) from public;
revoke all on function app.move_stock(
  uuid, uuid, public.stock_movement_kind, numeric, timestamptz, text, uuid, uuid, uuid, uuid
) from public;
grant execute on function app.stock_quantity(uuid, uuid) to authenticated;
