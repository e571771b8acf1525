create function public.record_as_needed(
  p_order_id uuid,
  p_reason text,
  p_request_key uuid,
  p_quantity numeric default null,
  p_occurred_at timestamptz default null,
  p_stock_id uuid default null
) returns public.medication_administrations
language plpgsql volatile
set search_path = ''
as $$
declare
  v_row public.medication_administrations;
begin
  perform app.require_feature('care_homes');
  perform app.require_role('carer', 'nurse', 'clinician', 'manager');
  perform app.check_input('p_request_key', p_request_key is not null, 'Give the request a key.');
  perform app.check_input('p_order_id', p_order_id is not null, 'Say which order.');
  perform app.check_input('p_reason', length(p_reason) between 1 and 1000, 'Say why, in 1 to 1000 characters.');
  perform app.check_input(
    'p_occurred_at',
    coalesce(
      p_occurred_at >= app.clock() - interval '24 hours' and p_occurred_at <= app.clock() + interval '5 minutes', true
    ),
    'It was within the last 24 hours.'
  );
  v_row.order_id := p_order_id;
  v_row.status := 'given';
  v_row.request_key := p_request_key;
  v_row.note := app.plain(p_reason);
  v_row.quantity := p_quantity;
  v_row.occurred_at := p_occurred_at;
  return app.record_as_needed(v_row, p_stock_id);
end
$$;

comment on function public.record_as_needed(uuid, text, uuid, numeric, timestamptz, uuid) is
'Says that something was given as needed, signed by the caller; a controlled drug is awaiting_witness. What counts
towards the limits is all that was given of the medicine: by the orders that this one replaced, and from the same stock.
For carers, nurses, clinicians and managers, at their sites.
p_order_id: an as-needed order in force. p_reason: why it was needed, 1 to 1,000 characters; sealed.
p_request_key: made by the caller for this request; sent again, it answers with what it recorded, once.
p_quantity: how much, at most what the order says; null: that.
p_occurred_at: when, within the last 24 hours; null: now. p_stock_id: a homely remedy of the site it was taken from.
Errors: conflict with details: reason minimum_interval or maximum_24_hours, both with possible_at (when so much may be
given next), not_in_stock, or status (not in force); feature_disabled, permission_denied (also: not employed here),
not_found, invalid_input.
Idempotent: yes.';

revoke all on function public.record_as_needed(uuid, text, uuid, numeric, timestamptz, uuid)
from public, anon, authenticated, service_role;
grant execute on function public.record_as_needed(uuid, text, uuid, numeric, timestamptz, uuid) to authenticated;
