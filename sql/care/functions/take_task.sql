create function public.take_task(p_occurrence_id uuid)
returns public.care_plan_task_occurrences
language plpgsql volatile
set search_path = ''
as $$
begin
  perform app.require_feature('care_homes');
  perform app.require_role('manager', 'care_manager', 'nurse', 'clinician', 'carer');
  perform app.check_input('p_occurrence_id', p_occurrence_id is not null, 'Say which task.');
  return app.take_task(p_occurrence_id);
end
$$;

comment on function public.take_task(uuid) is
'The caller will do a task of their shift that nobody has. Of two at once one gets it. For who gives care at the site and is
a member of staff.
p_occurrence_id: the task as list_shift_tasks() lists it; conflict if somebody else has it, or it is done.
Errors: feature_disabled, permission_denied, not_found, conflict, invalid_input.
Idempotent: yes.';

revoke all on function public.take_task(uuid) from public, anon, authenticated, service_role;
grant execute on function public.take_task(uuid) to authenticated;
