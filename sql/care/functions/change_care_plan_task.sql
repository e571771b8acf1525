-- What is changed is a new task of the same series: the former one is ended and says what was asked until then. What of
-- it is ahead is made anew by the new rule; what was done, also ahead of its time, stays. SECURITY DEFINER because
-- nobody writes tasks; app.plans_care_at() is the authorization, for the site where the resident lives.
create function app.change_care_plan_task(p_task_id uuid, p_changes jsonb) returns public.care_plan_tasks
language plpgsql volatile
security definer
set search_path = ''
as $$
declare
  v_old public.care_plan_tasks;
  v_new public.care_plan_tasks;
begin
  select tasks.* into v_old
  from public.care_plan_tasks as tasks
  where tasks.org_id = app.current_org() and tasks.id = p_task_id and tasks.deleted_at is null
  for update;
  if v_old.id is null or not app.plans_care_at(v_old.site_id) then
    perform app.raise_error('not_found', 'There is no such task at your sites.');
  end if;
  if v_old.ended_at is not null then
    perform app.raise_error('conflict', 'This task has ended.', p_hint => 'Change the one that took its place.');
  end if;
  v_new := jsonb_populate_record(v_old, p_changes - 'instructions');
  if
    v_new.assigned_to is not null
    and not app.can_be_given_care_tasks(v_old.org_id, v_old.site_id, v_new.assigned_to)
  then
    perform app.refuse_care_assignee();
  end if;

  perform app.close_care_plan_task(v_old);
  insert into public.care_plan_tasks (
    org_id, care_plan_id, resident_id, site_id, task_kind, instructions, first_on, first_time, rule, grace_minutes,
    assigned_to, series_id, begins_at
  )
  values (
    v_old.org_id, v_old.care_plan_id, v_old.resident_id, v_old.site_id, v_old.task_kind,
    app.plain(coalesce(
      p_changes ->> 'instructions',
      (select opened.instructions from app.open_care_plan_tasks(array[v_old.id], 'treatment') as opened)
    )),
    v_new.first_on, v_new.first_time, v_new.rule, v_new.grace_minutes, v_new.assigned_to,
    coalesce(v_old.series_id, v_old.id), app.clock()
  )
  returning * into v_new;
  perform app.generate_care_task(v_new, app.organization_day(v_new.org_id) + 2);
  return v_new;
end
$$;

comment on function app.change_care_plan_task(uuid, jsonb) is
'What public.change_care_plan_task does; authorizes for itself.';

create function app.are_task_changes(p_changes jsonb) returns boolean
language plpgsql stable
set search_path = ''
as $$
begin
  return
    jsonb_typeof(p_changes) = 'object' and p_changes <> '{}' and octet_length(p_changes::text) <= 12000
    and p_changes - '{first_on,first_time,rule,grace_minutes,assigned_to,instructions}'::text[] = '{}'
    and (not p_changes ? 'first_on' or coalesce(
      (p_changes ->> 'first_on')::date >= date '2000-01-01' and (p_changes ->> 'first_on')::date < date '2200-01-01',
      false
    ))
    and (not p_changes ? 'first_time' or coalesce(
      extract(second from (p_changes ->> 'first_time')::time) = 0, false
    ))
    and (not p_changes ? 'rule' or coalesce(length(p_changes ->> 'rule') >= 1 and length(p_changes ->> 'rule') <= 1000, true))
    and (not p_changes ? 'grace_minutes' or coalesce(
      (p_changes ->> 'grace_minutes')::integer >= 0 and (p_changes ->> 'grace_minutes')::integer <= 1440, false
    ))
    and coalesce(p_changes ->> 'assigned_to', '') ~ '^([0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12})?$'
    and (not p_changes ? 'instructions' or coalesce(
      length(p_changes ->> 'instructions') <= 2000 and p_changes ->> 'instructions' ~ '\S', false
    ));
exception when data_exception then
  return false;
end
$$;

comment on function app.are_task_changes(jsonb) is
'Whether these are changes of a task: first_on, first_time, rule, grace_minutes, assigned_to, instructions, at least one.';

create function public.change_care_plan_task(p_task_id uuid, p_changes jsonb) returns public.care_plan_tasks
language plpgsql volatile
set search_path = ''
as $$
begin
  perform app.require_feature('care_homes');
  perform app.require_role('manager', 'care_manager', 'nurse', 'clinician');
  perform app.check_input('p_task_id', p_task_id is not null, 'Say which task.');
  perform app.check_input(
    'p_changes', app.are_task_changes(p_changes),
    'Changes are an object of first_on, first_time, rule, grace_minutes, assigned_to, instructions.'
  );
  return app.change_care_plan_task(p_task_id, p_changes);
end
$$;

comment on function public.change_care_plan_task(uuid, jsonb) is
'Changes what a task of a care plan asks for, from now on: the task is ended, and another takes its place in the same
series. What is ahead and not done is made anew; what was done stays, what is due by now is still to be done. For managers,
care managers, nurses and clinicians of the site.
p_task_id: the task; conflict once it has ended, also because somebody else has changed it.
p_changes: what changes, everything else stays: {"first_on", "first_time", "rule", "grace_minutes", "assigned_to",
"instructions"} as add_care_plan_task() takes them; rule null: once; assigned_to null: the shift. PHI.
Returns the task that took its place.
Errors: feature_disabled, permission_denied, not_found, conflict, invalid_input.';

revoke all on function app.change_care_plan_task(uuid, jsonb) from public;
revoke all on function app.are_task_changes(jsonb) from public;
grant execute on function app.change_care_plan_task(uuid, jsonb) to authenticated;
grant execute on function app.are_task_changes(jsonb) to authenticated;
revoke all on function public.change_care_plan_task(uuid, jsonb) from public, anon, authenticated, service_role;
grant execute on function public.change_care_plan_task(uuid, jsonb) to authenticated;
