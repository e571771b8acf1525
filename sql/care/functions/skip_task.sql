create function public.skip_task(
  p_occurrence_id uuid,
  p_reason public.care_task_skip_reason,
  p_note text default null
)
returns public.care_plan_task_occurrences
language plpgsql volatile
set search_path = ''
as $$
begin
  perform app.require_feature('care_homes');
  perform app.require_role('manager', 'care_manager', 'nurse', 'clinician', 'carer');
  perform app.check_input('p_occurrence_id', p_occurrence_id is not null, 'Say which task.');
  perform app.check_input('p_reason', p_reason is not null, 'Say why it is not done.');
  perform app.check_input(
    'p_note', coalesce(length(p_note) between 1 and 1000, true),
    'A note has 1 to 1,000 characters.'
  );
  return app.finish_task(p_occurrence_id, 'skipped', p_reason, p_note);
end
$$;

comment on function public.skip_task(uuid, public.care_task_skip_reason, text) is
'A task is not done, and why. For whom complete_task() is, by the same rules.
p_occurrence_id: the task as list_shift_tasks() lists it.
p_reason: why. p_note: what there is to say, 1 to 1000 characters. PHI.
Errors: feature_disabled, permission_denied, not_found, conflict, invalid_input.
Idempotent: yes.';

revoke all on function public.skip_task(
  uuid, public.care_task_skip_reason, text
) from public, anon, authenticated, service_role;
grant execute on function public.skip_task(
  uuid, public.care_task_skip_reason, text
) to authenticated;
