create function public.record_stock_movement(
  p_stock_id uuid,
  p_kind public.stock_movement_kind,
  p_request_key uuid,
  p_quantity numeric default null,
  p_note text default null,
  p_discrepancy_id uuid default null
) returns public.medication_stock_movements
language plpgsql volatile
set search_path = ''
as $$
begin
  perform app.require_feature('care_homes');
  perform app.require_role('carer', 'nurse', 'clinician', 'manager');
  perform app.check_input('p_request_key', p_request_key is not null, 'Give the request a key.');
  perform app.check_input(
    'p_kind', p_kind <> 'administered', 'What is given is recorded where it is given.'
  );
  perform app.check_input(
    'p_quantity',
    case p_kind
      when 'adjusted' then p_quantity is null
      else p_quantity > 0 and p_quantity < 1000000 and p_quantity = round(p_quantity, 3)
    end,
    'A quantity is above zero, with three decimals at most; what is adjusted, the discrepancy says.'
  );
  perform app.check_input(
    'p_note', coalesce(length(p_note) between 1 and 500, true), 'A note has 1 to 500 characters.'
  );
  perform app.check_input(
    'p_discrepancy_id', (p_kind = 'adjusted') = (p_discrepancy_id is not null),
    'Only what a count found is adjusted: say which discrepancy.'
  );
  return app.record_stock_movement(p_stock_id, p_kind, p_quantity, p_request_key, p_note, p_discrepancy_id);
end
$$;

comment on function public.record_stock_movement(uuid, public.stock_movement_kind, uuid, numeric, text, uuid) is
'Says what came into a stock or went out of it otherwise than by giving it, signed by the caller; a controlled drug is
awaiting_witness until witness_stock_movement(). For carers, nurses, clinicians and managers, at their sites; adjusted
not for carers.
p_stock_id: the stock. p_kind: received, returned, destroyed, adjusted.
p_request_key: made by the caller for this request; sent again, it answers with the line that it wrote.
p_quantity: how much, above zero, in the unit of the stock; null for adjusted. p_note: 1 to 500 characters; sealed.
p_discrepancy_id: for adjusted: what a count found and somebody explained or reported; once.
Errors: conflict with reason not_in_stock if there is not so much; feature_disabled, permission_denied (also: not
employed here), not_found, conflict, invalid_input.
Idempotent: yes.';

revoke all on function public.record_stock_movement(uuid, public.stock_movement_kind, uuid, numeric, text, uuid)
from public, anon, authenticated, service_role;
grant execute on function public.record_stock_movement(uuid, public.stock_movement_kind, uuid, numeric, text, uuid)
to authenticated;
