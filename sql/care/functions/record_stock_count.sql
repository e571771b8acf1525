create function public.record_stock_count(
  p_stock_id uuid, p_counted_quantity numeric, p_request_key uuid
) returns public.medication_stock_counts
language plpgsql volatile
set search_path = ''
as $$
begin
  perform app.require_feature('care_homes');
  perform app.require_role('carer', 'nurse', 'clinician', 'manager');
  perform app.check_input('p_request_key', p_request_key is not null, 'Give the request a key.');
  perform app.check_input(
    'p_counted_quantity',
    p_counted_quantity >= 0 and p_counted_quantity < 1000000 and p_counted_quantity = round(p_counted_quantity, 3),
    'A quantity is zero or more, with three decimals at most.'
  );
  return app.record_stock_count(p_stock_id, p_counted_quantity, p_request_key);
end
$$;

comment on function public.record_stock_count(uuid, numeric, uuid) is
'Says what was counted, signed by the caller; of a controlled drug it is awaiting_witness until witness_stock_count().
A difference opens a discrepancy, and the manager of the site is told at once; nothing is put right by counting. For
carers, nurses, clinicians and managers, at their sites.
p_stock_id: the stock. p_counted_quantity: what is there, in its unit.
p_request_key: made by the caller for this request; sent again, it answers with the count that it recorded.
Errors: feature_disabled, permission_denied (also: not employed here), not_found, conflict, invalid_input.
Idempotent: yes.';

revoke all on function public.record_stock_count(uuid, numeric, uuid)
from public, anon, authenticated, service_role;
grant execute on function public.record_stock_count(uuid, numeric, uuid) to authenticated;
