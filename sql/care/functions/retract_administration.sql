create function public.retract_administration(
  p_id uuid, p_reason public.medication_retraction_reason, p_is_back boolean default true
) returns public.medication_administrations
language plpgsql volatile
set search_path = ''
as $$
begin
  perform app.require_feature('care_homes');
  perform app.require_role('carer', 'nurse', 'clinician', 'manager');
  perform app.check_input('p_id', p_id is not null, 'Say which entry was wrong.');
  perform app.check_input('p_reason', p_reason is not null, 'Say what was wrong about it.');
  perform app.check_input('p_is_back', p_is_back is not null, 'Say whether it is in the stock.');
  return app.retract_administration(p_id, p_reason, p_is_back);
end
$$;

comment on function public.retract_administration(uuid, public.medication_retraction_reason, boolean) is
'Takes back what was recorded in error (FHIR: entered-in-error). It stays, superseded, with who took it back and why; the
dose is open again and can be recorded as it really was. Nurses and managers of the site are told. For whoever signed
it, for 24 hours, and for nurses, clinicians and managers, at their sites.
p_id: an administration that holds and was given, refused or withheld.
p_reason: not_given, wrong_resident, wrong_medicine, wrong_time, recorded_twice.
p_is_back: whether what was recorded as given lies in its stock; then a line of the stock puts it back, which for a
controlled drug is awaiting_witness until witness_stock_movement(). False if it is gone, such as given to another.
Errors: conflict with details: reason superseded, or status (such as awaiting_witness: its witness declines);
feature_disabled, permission_denied (also: not employed here), not_found, invalid_input.
Idempotent: yes.';

revoke all on function public.retract_administration(uuid, public.medication_retraction_reason, boolean)
from public, anon, authenticated, service_role;
grant execute on function public.retract_administration(uuid, public.medication_retraction_reason, boolean)
to authenticated;
