create function public.witness_administration(
  p_id uuid, p_confirms boolean default true
) returns public.medication_administrations
language plpgsql volatile
set search_path = ''
as $$
begin
  perform app.require_feature('care_homes');
  perform app.require_role('carer', 'nurse', 'clinician', 'manager');
  perform app.check_input('p_confirms', p_confirms is not null, 'Say whether you saw it.');
  return app.witness_administration(p_id, p_confirms);
end
$$;

comment on function public.witness_administration(uuid, boolean) is
'The second signature for a controlled drug: from then on it counts as given and stands in the register. Whoever gave
it does not witness it, nor does a relative of the resident. For carers, nurses, clinicians and managers, at their
sites.
p_id: an administration that is awaiting_witness.
p_confirms: false if the caller did not see it; then it is not_witnessed, and the manager and the nurses are told.
Errors: feature_disabled, permission_denied (also: not employed here, no witness by
medication_witness_rules), not_found, conflict, invalid_input.
Idempotent: yes.';

revoke all on function public.witness_administration(uuid, boolean)
from public, anon, authenticated, service_role;
grant execute on function public.witness_administration(uuid, boolean) to authenticated;
