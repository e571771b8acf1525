-- Whoever signed by mistake takes it back within the shift; later, who plans care at the site does. SECURITY DEFINER
-- because nobody writes the tables; app.find_care_task() authorizes, and whose signature it is.
create function app.task_undo_window() returns interval
language sql immutable
return interval '12 hours';

comment on function app.task_undo_window() is 'For how long whoever signed for a task may take it back: a shift.';

create function app.undo_task(p_occurrence_id uuid, p_reason text) returns public.care_plan_task_occurrences
language plpgsql volatile
security definer
set search_path = ''
as $$
declare
  v_task public.care_plan_task_occurrences;
  v_note text;
begin
  v_task := app.find_care_task(p_occurrence_id);
  if v_task.status in ('due', 'missed') and exists (
    select from public.care_plan_task_corrections as mine
    where mine.org_id = v_task.org_id and mine.occurrence_id = v_task.id and mine.corrected_by = app.my_id()
  ) then
    return v_task;
  end if;
  if v_task.status not in ('completed', 'skipped') then
    perform app.raise_error(
      'conflict', 'Nobody has signed for this task.', jsonb_build_object('status', v_task.status)
    );
  end if;
  if not app.plans_care_at(v_task.site_id) and (
    v_task.completed_by is distinct from app.my_id() or app.clock() > v_task.completed_at + app.task_undo_window()
  ) then
    perform app.raise_error(
      'permission_denied', 'Only who signed takes it back, for twelve hours.', '{"reason": "not_yours_or_late"}',
      'Ask a nurse or the manager.'
    );
  end if;
  if v_task.note is not null then
    select opened.note into v_note
    from app.open_care_plan_task_occurrences(array[v_task.id], 'treatment') as opened;
  end if;
  insert into public.care_plan_task_corrections (
    org_id, occurrence_id, resident_id, site_id, former_status, former_completed_at, former_completed_by,
    former_skip_reason, former_note, reason, corrected_at, corrected_by
  )
  values (
    v_task.org_id, v_task.id, v_task.resident_id, v_task.site_id, v_task.status, v_task.completed_at,
    v_task.completed_by, v_task.skip_reason, app.plain(v_note), app.plain(p_reason), app.clock(), app.signing_staff()
  );
  -- That it was missed, if it was, stays.
  update public.care_plan_task_occurrences as occurrences
  set
    status = case when occurrences.missed_at is null then 'due' else 'missed' end::public.care_task_status,
    completed_at = null, completed_by = null, skip_reason = null, note = null
  where occurrences.org_id = v_task.org_id and occurrences.id = v_task.id
  returning occurrences.* into v_task;
  return v_task;
end
$$;

comment on function app.undo_task(uuid, text) is
'What public.undo_task does; app.find_care_task() authorizes, and whose signature it is.';

create function public.undo_task(p_occurrence_id uuid, p_reason text) returns public.care_plan_task_occurrences
language plpgsql volatile
set search_path = ''
as $$
begin
  perform app.require_feature('care_homes');
  perform app.require_role('manager', 'care_manager', 'nurse', 'clinician', 'carer');
  perform app.check_input('p_occurrence_id', p_occurrence_id is not null, 'Say which task.');
  perform app.check_input(
    'p_reason', length(p_reason) <= 1000 and p_reason ~ '\S', 'Say why, in 1 to 1,000 characters.'
  );
  return app.undo_task(p_occurrence_id, p_reason);
end
$$;

comment on function public.undo_task(uuid, text) is
'Takes back that a task was completed or skipped: it is due again, or missed if it was. What had been said of it stays in
care_plan_task_corrections. For whoever said it, within twelve hours; for managers, care managers, nurses and clinicians of
the site at any time.
p_occurrence_id: the task; conflict if nobody has signed for it. p_reason: why, 1 to 1,000 characters. PHI.
Errors: feature_disabled, permission_denied, not_found, conflict, invalid_input.
Idempotent: yes.';

revoke all on function app.task_undo_window() from public;
revoke all on function app.undo_task(uuid, text) from public;
grant execute on function app.undo_task(uuid, text) to authenticated;
revoke all on function public.undo_task(uuid, text) from public, anon, authenticated, service_role;
grant execute on function public.undo_task(uuid, text) to authenticated;
