create function public.close_intervention(
  p_id uuid,
  p_outcome public.intervention_outcome,
  p_note text default null
)
returns public.provider_interventions
language plpgsql volatile
set search_path = ''
as $$
begin
  perform app.require_feature('resilience_hub');
  perform app.require_role('wellness_officer', 'care_manager', 'admin');
  perform app.check_input('p_id', p_id is not null, 'Say which case.');
  perform app.check_input('p_outcome', p_outcome is not null, 'Say how it ended.');
  perform app.check_input(
    'p_note', coalesce(length(p_note) <= 500 and p_note ~ '\S', true), 'A note has 1 to 500 characters.'
  );
  return app.close_intervention(p_id, p_outcome, p_note);
end
$$;

comment on function public.close_intervention(uuid, public.intervention_outcome, text) is
'Closes a case for good: declined if its person wanted none of it, else completed. For wellness officers, care managers
and administrators. The score after it is added by a later assessment.
p_id: the case; not_found as for get_intervention(). conflict: it is closed, or an offer that nobody took up.
p_outcome: improved, unchanged, worse, declined, unknown.
p_note: what was agreed, 1 to 500 characters; its person reads it. Nothing about a patient.
Errors: feature_disabled, permission_denied, not_found, conflict, invalid_input.';

revoke all on function public.close_intervention(uuid, public.intervention_outcome, text)
from public, anon, authenticated, service_role;
grant execute on function public.close_intervention(uuid, public.intervention_outcome, text) to authenticated;
