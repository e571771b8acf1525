create function public.end_care_plan_task(p_task_id uuid)
returns public.care_plan_tasks
language plpgsql volatile
set search_path = ''
as $$
begin
  perform app.require_feature('care_homes');
  perform app.require_role('manager', 'care_manager', 'nurse', 'clinician');
  perform app.check_input('p_task_id', p_task_id is not null, 'Say which task.');
  return app.end_care_plan_task(p_task_id);
end
$$;

comment on function public.end_care_plan_task(uuid) is
'Ends a task: nothing more of it becomes due, and what is ahead is cancelled; what is due by now is still to be done. For
managers, care managers, nurses and clinicians of the site.
p_task_id: the task.
Errors: feature_disabled, permission_denied, not_found, invalid_input.
Idempotent: yes.';

revoke all on function public.end_care_plan_task(uuid) from public, anon, authenticated, service_role;
grant execute on function public.end_care_plan_task(uuid) to authenticated;
