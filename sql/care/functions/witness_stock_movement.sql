create function public.witness_stock_movement(
  p_id uuid, p_confirms boolean default true
) returns public.medication_stock_movements
language plpgsql volatile
set search_path = ''
as $$
begin
  perform app.require_feature('care_homes');
  perform app.require_role('carer', 'nurse', 'clinician', 'manager');
  perform app.check_input('p_confirms', p_confirms is not null, 'Say whether you saw it.');
  return app.witness_stock_movement(p_id, p_confirms);
end
$$;

comment on function public.witness_stock_movement(uuid, boolean) is
'The second signature for a movement of a controlled drug, by another person than who recorded it, and no relative.
It then has its number in the register. For carers, nurses, clinicians and managers, at their sites.
p_id: a movement that is awaiting_witness. p_confirms: false if the caller did not see it; then it is declined.
Errors: feature_disabled, permission_denied (also: not employed here, no witness by
medication_witness_rules), not_found, conflict, invalid_input.
Idempotent: yes.';

revoke all on function public.witness_stock_movement(uuid, boolean)
from public, anon, authenticated, service_role;
grant execute on function public.witness_stock_movement(uuid, boolean) to authenticated;
