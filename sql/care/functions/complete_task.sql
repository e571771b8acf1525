create function public.complete_task(p_occurrence_id uuid, p_note text default null)
returns public.care_plan_task_occurrences
language plpgsql volatile
set search_path = ''
as $$
begin
  perform app.require_feature('care_homes');
  perform app.require_role('manager', 'care_manager', 'nurse', 'clinician', 'carer');
  perform app.check_input('p_occurrence_id', p_occurrence_id is not null, 'Say which task.');
  perform app.check_input(
    'p_note', coalesce(length(p_note) between 1 and 1000, true),
    'A note has 1 to 1,000 characters.'
  );
  return app.finish_task(p_occurrence_id, 'completed', null, p_note);
end
$$;

comment on function public.complete_task(uuid, text) is
'A task was done. Carers complete what is assigned to them; one that nobody has they take first (take_task). Managers, care
managers, nurses and clinicians complete any at their sites. One that was missed may be done late; that it was missed stays.
p_occurrence_id: the task as list_shift_tasks() lists it; conflict if it is done, skipped or cancelled, or the caller is a
carer and nobody has it; permission_denied if somebody else has.
p_note: what there is to say, 1 to 1000 characters. PHI.
Errors: feature_disabled, permission_denied, not_found, conflict, invalid_input.
Idempotent: yes.';

revoke all on function public.complete_task(uuid, text) from public, anon, authenticated, service_role;
grant execute on function public.complete_task(uuid, text) to authenticated;
