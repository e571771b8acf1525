-- What is due is made ahead, today and two days more, so that a shift has its list and nobody's has more than it needs.
create function app.job_generate_care_tasks(p_org_id uuid, p_limit integer) returns integer
language plpgsql volatile
set search_path = ''
as $$
declare
  v_through constant date := app.organization_day(p_org_id) + 2;
  v_due record;
  v_count integer := 0;
begin
  if not app.has_care_homes(p_org_id) then
    return 0;
  end if;
  for v_due in
    select tasks, residents.status
    from public.care_plan_tasks as tasks
    inner join public.residents on residents.org_id = tasks.org_id and residents.id = tasks.resident_id
    where
      tasks.org_id = p_org_id and tasks.ended_at is null and tasks.deleted_at is null
      and tasks.generated_through < v_through
      -- Nothing is due of who is not there yet, or away; it goes on when they are back.
      and residents.status in ('resident', 'discharged', 'deceased')
    order by tasks.generated_through
    limit p_limit
    for update of tasks skip locked
  loop
    if v_due.status = 'resident' then
      perform app.generate_care_task(v_due.tasks, v_through);
    else
      perform app.close_care_plan_task(v_due.tasks);
    end if;
    v_count := v_count + 1;
  end loop;
  return v_count;
end
$$;

comment on function app.job_generate_care_tasks(uuid, integer) is
'Scheduled: makes what tasks of care plans have due until the day after tomorrow, p_limit tasks at a time; ends those of
who left. Idempotent: yes.';

-- No further back than yesterday: what nobody was shown is not what somebody missed.
create function app.generate_care_task(p_task public.care_plan_tasks, p_through date) returns integer
language plpgsql volatile
set search_path = ''
as $$
declare
  v_zone constant text := app.site_zone(p_task.org_id, p_task.site_id);
  v_start constant timestamp := p_task.first_on + p_task.first_time;
  v_from constant date := greatest(
    p_task.generated_through + 1, p_task.first_on, (app.clock() at time zone v_zone)::date - 1
  );
  v_rule app.recurrence;
  v_is_over boolean := p_task.rule is null and p_task.first_on <= p_through;
  v_count integer;
begin
  if p_task.rule is not null then
    v_rule := app.read_recurrence(p_task.rule, v_zone);
    v_is_over := v_rule.until < p_through + 1;
    if v_rule.most is not null then
      select count(*) = v_rule.most into v_is_over
      from app.recurrence_times(app.without_exceptions(v_rule), v_start, v_start, p_through + 1);
    end if;
  end if;

  insert into public.care_plan_task_occurrences (
    org_id, care_plan_task_id, resident_id, site_id, task_kind, due_on, due_time, due_at, overdue_at, assigned_to
  )
  select
    p_task.org_id, p_task.id, p_task.resident_id, p_task.site_id, p_task.task_kind,
    (moments.due_at at time zone v_zone)::date, (moments.due_at at time zone v_zone)::time,
    moments.due_at, moments.due_at + make_interval(mins => p_task.grace_minutes), p_task.assigned_to
  from (
    select v_start as due where p_task.rule is null and v_start >= v_from and v_start < p_through + 1
    union all
    select times.due
    from app.recurrence_times(v_rule, v_start, v_from, p_through + 1) as times (due)
    where p_task.rule is not null
  ) as times
  cross join lateral (select app.wall_moment(times.due, v_zone) as due_at) as moments
  where p_task.begins_at is null or (
    moments.due_at > p_task.begins_at
    -- What was done ahead of its time, before the task was changed, is not asked for again.
    and not exists (
      select
      from public.care_plan_tasks as former
      inner join public.care_plan_task_occurrences as done
        on done.org_id = former.org_id and done.care_plan_task_id = former.id
      where
        former.org_id = p_task.org_id
        and (former.id = p_task.series_id or former.series_id = p_task.series_id) and former.id <> p_task.id
        and done.due_at = moments.due_at and done.status in ('completed', 'skipped')
    )
  )
  on conflict (org_id, care_plan_task_id, due_on, due_time) do nothing;
  get diagnostics v_count = row_count;

  update public.care_plan_tasks as tasks
  set generated_through = case when v_is_over then '9999-12-31' else greatest(tasks.generated_through, p_through) end
  where tasks.org_id = p_task.org_id and tasks.id = p_task.id;
  return v_count;
end
$$;

comment on function app.generate_care_task(public.care_plan_tasks, date) is
'Makes what a task has due through a day of its site, where it is not made yet; how many. In the hour that the clocks
skip it is due after it, in the one they show twice the first time, and never twice at one moment.';

create function app.without_exceptions(p_rule app.recurrence) returns app.recurrence
language plpgsql immutable
set search_path = ''
as $$
begin
  p_rule.except_times := '{}';
  p_rule.except_days := '{}';
  return p_rule;
end
$$;

comment on function app.without_exceptions(app.recurrence) is 'The rule with all its times: what COUNT counts.';

revoke all on function app.job_generate_care_tasks(uuid, integer) from public;
revoke all on function app.generate_care_task(public.care_plan_tasks, date) from public;
revoke all on function app.without_exceptions(app.recurrence) from public;
