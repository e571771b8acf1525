-- Tasks of care plans and each time they are due. SECURITY DEFINER because nobody writes the tables; who may what at
-- the site where the resident lives is asked in each, and the active organization is the bound.
create function app.add_care_plan_task(p_task public.care_plan_tasks) returns public.care_plan_tasks
language plpgsql volatile
security definer
set search_path = ''
as $$
declare
  v_plan public.care_plans;
  v_task public.care_plan_tasks;
begin
  v_plan := app.find_care_plan(p_task.care_plan_id);
  if
    p_task.assigned_to is not null
    and not app.can_be_given_care_tasks(v_plan.org_id, v_plan.site_id, p_task.assigned_to)
  then
    perform app.refuse_care_assignee();
  end if;
  insert into public.care_plan_tasks (
    org_id, care_plan_id, resident_id, site_id, task_kind, instructions, first_on, first_time, rule, grace_minutes,
    assigned_to
  )
  values (
    v_plan.org_id, v_plan.id, v_plan.resident_id, v_plan.site_id, p_task.task_kind, p_task.instructions,
    p_task.first_on, p_task.first_time, p_task.rule, p_task.grace_minutes, p_task.assigned_to
  )
  returning * into v_task;
  perform app.generate_care_task(v_task, app.organization_day(v_plan.org_id) + 2);
  return v_task;
end
$$;

comment on function app.add_care_plan_task(public.care_plan_tasks) is
'What public.add_care_plan_task does; app.find_care_plan() authorizes.';

create function app.refuse_care_assignee() returns void
language plpgsql stable
set search_path = ''
as $$
begin
  perform app.raise_error(
    'not_found', 'There is no such member of staff at the site.', jsonb_build_object('field', 'p_assigned_to')
  );
end
$$;

comment on function app.refuse_care_assignee() is 'Ends the request: the person gives no care at the site.';

create function app.end_care_plan_task(p_task_id uuid) returns public.care_plan_tasks
language plpgsql volatile
security definer
set search_path = ''
as $$
declare
  v_task public.care_plan_tasks;
begin
  select tasks.* into v_task
  from public.care_plan_tasks as tasks
  where tasks.org_id = app.current_org() and tasks.id = p_task_id and tasks.deleted_at is null
  for update;
  if v_task.id is null or not app.plans_care_at(v_task.site_id) then
    perform app.raise_error('not_found', 'There is no such task at your sites.');
  end if;
  return app.close_care_plan_task(v_task);
end
$$;

comment on function app.end_care_plan_task(uuid) is 'What public.end_care_plan_task does; authorizes for itself.';

create function app.close_care_plan_task(p_task public.care_plan_tasks) returns public.care_plan_tasks
language plpgsql volatile
set search_path = ''
as $$
declare
  v_task public.care_plan_tasks;
begin
  update public.care_plan_task_occurrences as ahead set status = 'cancelled'
  where
    ahead.org_id = p_task.org_id and ahead.care_plan_task_id = p_task.id
    and ahead.status = 'due' and ahead.due_at > app.clock();
  update public.care_plan_tasks as tasks set ended_at = coalesce(tasks.ended_at, app.clock())
  where tasks.org_id = p_task.org_id and tasks.id = p_task.id
  returning tasks.* into v_task;
  return v_task;
end
$$;

comment on function app.close_care_plan_task(public.care_plan_tasks) is
'Ends a task and cancels what of it is ahead; what is due already is still to be done.';

-- Everything that is done with one occurrence begins here, with its row locked.
create function app.find_care_task(p_occurrence_id uuid) returns public.care_plan_task_occurrences
language plpgsql volatile
set search_path = ''
as $$
declare
  v_task public.care_plan_task_occurrences;
begin
  select occurrences.* into v_task
  from public.care_plan_task_occurrences as occurrences
  where occurrences.org_id = app.current_org() and occurrences.id = p_occurrence_id
  for update;
  if v_task.id is null or not app.gives_care_at(v_task.site_id) then
    perform app.raise_error('not_found', 'There is no such task at your sites.');
  end if;
  return v_task;
end
$$;

comment on function app.find_care_task(uuid) is
'One time that a task is due, where the caller gives care; locked. Errors: not_found.';

create function app.take_task(p_occurrence_id uuid) returns public.care_plan_task_occurrences
language plpgsql volatile
security definer
set search_path = ''
as $$
declare
  v_task public.care_plan_task_occurrences;
begin
  v_task := app.find_care_task(p_occurrence_id);
  if v_task.assigned_to = app.my_id() then
    return v_task;
  end if;
  if v_task.assigned_to is not null or v_task.status not in ('due', 'missed') then
    perform app.raise_error('conflict', 'Somebody else has this task, or it is done.');
  end if;
  update public.care_plan_task_occurrences as occurrences set assigned_to = app.signing_staff()
  where occurrences.org_id = v_task.org_id and occurrences.id = v_task.id
  returning occurrences.* into v_task;
  return v_task;
end
$$;

comment on function app.take_task(uuid) is 'What public.take_task does; app.find_care_task() authorizes.';

-- A carer answers for what they were given or took. Who plans care at the site may do anything that is to be done
-- there.
create function app.finish_task(
  p_occurrence_id uuid, p_status public.care_task_status, p_reason public.care_task_skip_reason, p_note text
) returns public.care_plan_task_occurrences
language plpgsql volatile
security definer
set search_path = ''
as $$
declare
  v_task public.care_plan_task_occurrences;
begin
  v_task := app.find_care_task(p_occurrence_id);
  if
    v_task.status = p_status and v_task.completed_by = app.my_id()
    and v_task.skip_reason is not distinct from p_reason
  then
    return v_task;
  end if;
  if v_task.assigned_to is distinct from app.my_id() and not app.plans_care_at(v_task.site_id) then
    if v_task.assigned_to is null then
      perform app.raise_error('conflict', 'Take the task first.', p_hint => 'Call take_task().');
    end if;
    perform app.raise_error('permission_denied', 'This task is somebody else''s.');
  end if;
  if v_task.status not in ('due', 'missed') then
    perform app.raise_error(
      'conflict', 'This task is not to be done any more.', jsonb_build_object('status', v_task.status)
    );
  end if;
  update public.care_plan_task_occurrences as occurrences
  set
    status = p_status,
    completed_at = app.clock(),
    completed_by = app.signing_staff(),
    skip_reason = p_reason,
    note = app.plain(p_note)
  where occurrences.org_id = v_task.org_id and occurrences.id = v_task.id
  returning occurrences.* into v_task;
  return v_task;
end
$$;

comment on function app.finish_task(uuid, public.care_task_status, public.care_task_skip_reason, text) is
'What public.complete_task and public.skip_task do; app.find_care_task() authorizes, and whose task it is.';

create function app.reassign_task(p_occurrence_id uuid, p_assigned_to uuid) returns public.care_plan_task_occurrences
language plpgsql volatile
security definer
set search_path = ''
as $$
declare
  v_task public.care_plan_task_occurrences;
begin
  v_task := app.find_care_task(p_occurrence_id);
  if not app.plans_care_at(v_task.site_id) then
    perform app.raise_error('not_found', 'There is no such task at your sites.');
  end if;
  if p_assigned_to is not null and not app.can_be_given_care_tasks(v_task.org_id, v_task.site_id, p_assigned_to) then
    perform app.refuse_care_assignee();
  end if;
  if v_task.status not in ('due', 'missed') then
    perform app.raise_error(
      'conflict', 'This task is not to be done any more.', jsonb_build_object('status', v_task.status)
    );
  end if;
  update public.care_plan_task_occurrences as occurrences set assigned_to = p_assigned_to
  where occurrences.org_id = v_task.org_id and occurrences.id = v_task.id
  returning occurrences.* into v_task;
  return v_task;
end
$$;

comment on function app.reassign_task(uuid, uuid) is
'What public.reassign_task does; app.find_care_task() and app.plans_care_at() authorize.';

revoke all on function app.add_care_plan_task(public.care_plan_tasks) from public;
revoke all on function app.refuse_care_assignee() from public;
revoke all on function app.end_care_plan_task(uuid) from public;
revoke all on function app.close_care_plan_task(public.care_plan_tasks) from public;
revoke all on function app.find_care_task(uuid) from public;
revoke all on function app.take_task(uuid) from public;
revoke all on function app.finish_task(uuid, public.care_task_status, public.care_task_skip_reason, text) from public;
revoke all on function app.reassign_task(uuid, uuid) from public;
grant execute on function app.add_care_plan_task(public.care_plan_tasks) to authenticated;
grant execute on function app.end_care_plan_task(uuid) to authenticated;
grant execute on function app.take_task(uuid) to authenticated;
grant execute on function app.finish_task(
  uuid, public.care_task_status, public.care_task_skip_reason, text
) to authenticated;
grant execute on function app.reassign_task(uuid, uuid) to authenticated;
