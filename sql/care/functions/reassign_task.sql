create function public.reassign_task(p_occurrence_id uuid, p_assigned_to uuid default null)
returns public.care_plan_task_occurrences
language plpgsql volatile
set search_path = ''
as $$
begin
  perform app.require_feature('care_homes');
  perform app.require_role('manager', 'care_manager', 'nurse', 'clinician');
  perform app.check_input('p_occurrence_id', p_occurrence_id is not null, 'Say which task.');
  return app.reassign_task(p_occurrence_id, p_assigned_to);
end
$$;

comment on function public.reassign_task(uuid, uuid) is
'Gives a task that is to be done to somebody else, or back to the shift. For managers, care managers, nurses and clinicians
of the site.
p_occurrence_id: the task as list_shift_tasks() lists it; conflict if it is done, skipped or cancelled.
p_assigned_to: a member of staff who gives care at the site (else not_found); null: the shift.
Errors: feature_disabled, permission_denied, not_found, conflict, invalid_input.
Idempotent: yes.';

revoke all on function public.reassign_task(uuid, uuid) from public, anon, authenticated, service_role;
grant execute on function public.reassign_task(uuid, uuid) to authenticated;
