-- Care ends with the stay: whoever is discharged or has died is owed nothing more, from the moment they left. What was
-- due before can still be accounted for until its time is over; what was recorded stays. A transfer to another home is
-- no end: the resident stays one, and all of it goes with them.
--
-- SECURITY DEFINER because nobody writes these tables; a trigger function, it answers nothing.
create function app.end_care_of_resident() returns trigger
language plpgsql
security definer
set search_path = ''
as $$
declare
  -- A discharge may be entered up to a week late.
  v_left_at constant timestamptz := least(app.clock(), (
    select max(admissions.discharged_at) from public.admissions
    where admissions.org_id = new.org_id and admissions.resident_id = new.id
  ));
begin
  perform app.end_medication_of_resident(new, v_left_at);
  perform app.end_plans_of_resident(new, v_left_at);
  update public.assessment_schedules as schedules
  set is_active = false, next_due_at = null, repeat_after = null, ended_at = app.clock()
  where schedules.org_id = new.org_id and schedules.resident_id = new.id and schedules.ended_at is null;
  update public.assessment_follow_ups as follow_ups set cancelled_at = app.clock()
  where
    follow_ups.org_id = new.org_id and follow_ups.resident_id = new.id
    and follow_ups.done_at is null and follow_ups.cancelled_at is null;
  return null;
end
$$;

comment on function app.end_care_of_resident() is
'Trigger _520_care of residents: when they leave or have died, orders, care plans, tasks, reviews and assessments end.';

create function app.end_medication_of_resident(p_resident public.residents, p_left_at timestamptz) returns void
language plpgsql volatile
set search_path = ''
as $$
begin
  with stopped as (
    update public.medication_orders as orders
    set status = 'stopped', ends_at = greatest(orders.starts_at, least(orders.ends_at, p_left_at))
    where orders.org_id = p_resident.org_id and orders.resident_id = p_resident.id and orders.status <> 'stopped'
    returning orders.id
  ),
  unplanned as (
    delete from app.medication_plans as plans
    using stopped where plans.org_id = p_resident.org_id and plans.order_id = stopped.id
  )
  insert into public.medication_order_events (org_id, resident_id, site_id, order_id, change, occurred_at, done_by)
  select p_resident.org_id, p_resident.id, p_resident.site_id, stopped.id, 'stopped', app.clock(), staff.user_id
  from stopped
  left join public.staff_members as staff
    on staff.org_id = p_resident.org_id and staff.user_id = app.my_id() and staff.deleted_at is null;
  update public.medication_doses as doses set status = 'cancelled'
  where
    doses.org_id = p_resident.org_id and doses.resident_id = p_resident.id and doses.status = 'planned'
    and doses.due_at > p_left_at;
  update public.medication_administrations as given set reminded_at = app.clock()
  where
    given.org_id = p_resident.org_id and given.resident_id = p_resident.id
    and given.effect_due_at > p_left_at and given.reminded_at is null;
end
$$;

comment on function app.end_medication_of_resident(public.residents, timestamptz) is
'Stops the orders of who left, and cancels the doses that were due after they did.';

create function app.end_plans_of_resident(p_resident public.residents, p_left_at timestamptz) returns void
language plpgsql volatile
set search_path = ''
as $$
begin
  update public.care_plan_task_occurrences as ahead set status = 'cancelled'
  where
    ahead.org_id = p_resident.org_id and ahead.resident_id = p_resident.id and ahead.status = 'due'
    and ahead.due_at > p_left_at;
  update public.care_plan_tasks as tasks set ended_at = app.clock()
  where
    tasks.org_id = p_resident.org_id and tasks.resident_id = p_resident.id and tasks.ended_at is null
    and tasks.deleted_at is null;
  update public.care_plan_reviews as reviews set status = 'cancelled'
  where
    reviews.org_id = p_resident.org_id and reviews.resident_id = p_resident.id and reviews.status = 'scheduled';
  update public.care_plan_versions as versions
  set
    status = case versions.status when 'draft' then 'discarded' else 'superseded' end::public.care_plan_version_status,
    closed_at = app.clock()
  where
    versions.org_id = p_resident.org_id and versions.resident_id = p_resident.id
    and versions.status in ('draft', 'active');
  update public.care_plans as plans set ended_at = app.clock()
  where plans.org_id = p_resident.org_id and plans.resident_id = p_resident.id and plans.ended_at is null;
end
$$;

comment on function app.end_plans_of_resident(public.residents, timestamptz) is
'Ends the care plans of who left, with tasks and reviews, and cancels what was due after they did.';

create function app.is_gone(p_org_id uuid, p_resident_id uuid) returns boolean
language sql stable
set search_path = ''
as $$
  select exists (
    select from public.residents
    where
      residents.org_id = p_org_id and residents.id = p_resident_id and residents.status in ('discharged', 'deceased')
  )
$$;

comment on function app.is_gone(uuid, uuid) is 'Whether a resident was discharged or has died.';

-- Nothing begins for who is gone; for who is expected it is prepared.
create function app.guard_gone_resident() returns trigger
language plpgsql
set search_path = ''
as $$
begin
  if app.is_gone(new.org_id, new.resident_id) then
    perform app.raise_error(
      'conflict', 'They do not live here any more.', '{"reason": "not_admitted"}', 'Admit them first.'
    );
  end if;
  return new;
end
$$;

comment on function app.guard_gone_resident() is
'Trigger _220_gone: no order, care plan or task begins for a resident who was discharged or has died.';

revoke all on function app.end_care_of_resident() from public;
revoke all on function app.end_medication_of_resident(public.residents, timestamptz) from public;
revoke all on function app.end_plans_of_resident(public.residents, timestamptz) from public;
revoke all on function app.is_gone(uuid, uuid) from public;
revoke all on function app.guard_gone_resident() from public;
grant execute on function app.is_gone(uuid, uuid) to service_role;
