create function public.record_effect(
  p_administration_id uuid, p_effect public.medication_effect_grade, p_note text default null
) returns public.medication_effects
language plpgsql volatile
set search_path = ''
as $$
begin
  perform app.require_feature('care_homes');
  perform app.require_role('carer', 'nurse', 'clinician', 'manager');
  perform app.check_input('p_effect', p_effect is not null, 'Say whether it helped.');
  perform app.check_input(
    'p_note', coalesce(length(p_note) between 1 and 1000, true), 'A note has 1 to 1000 characters.'
  );
  return app.record_effect(p_administration_id, p_effect, p_note);
end
$$;

comment on function public.record_effect(uuid, public.medication_effect_grade, text) is
'Says whether what was given as needed helped, once, within 24 hours. For carers, nurses, clinicians and managers, at
their sites.
p_administration_id: what was given. p_effect: effective, partly_effective, not_effective, adverse.
p_note: what was seen, 1 to 1,000 characters; sealed.
Errors: feature_disabled, permission_denied (also: not employed here), not_found, conflict, invalid_input.
Idempotent: yes.';

revoke all on function public.record_effect(uuid, public.medication_effect_grade, text)
from public, anon, authenticated, service_role;
grant execute on function public.record_effect(uuid, public.medication_effect_grade, text) to authenticated;
