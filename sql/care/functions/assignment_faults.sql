-- The rules of a rota, in one place: what is written is checked by it (app.guard_assignment()), and so are the
-- question before writing, the choice of whom to offer a shift, and what the solver may propose.
--
-- Roles that work shifts are those that look after residents or run a home.
create function app.works_at(p_org_id uuid, p_user_id uuid, p_site_id uuid, p_during tstzrange) returns boolean
language sql stable
set search_path = ''
as $$
  select exists (
    select from public.role_assignments as roles
    where
      roles.org_id = p_org_id and roles.user_id = p_user_id
      and (roles.site_id = p_site_id or roles.site_id is null)
      and roles.role in ('manager', 'care_manager', 'case_manager', 'nurse', 'clinician', 'carer')
      and roles.valid_during @> p_during and roles.deleted_at is null
  )
$$;

comment on function app.works_at(uuid, uuid, uuid, tstzrange) is
'Whether somebody has a role at a site, or in all of the organization, that works shifts, all of that time.';

create function app.assignment_faults(
  p_org_id uuid, p_shift_id uuid, p_user_id uuid, p_without uuid[] default '{}'
) returns table (reason public.assignment_refusal, details jsonb)
language plpgsql stable
set search_path = ''
as $$
declare
  v_shift record;
  v_terms record;
  v_gaps text[];
begin
  select
    shifts.site_id, shifts.shift_on, shifts.starts_at, shifts.ends_at, shifts.skill, shifts.needed_count,
    tstzrange(shifts.starts_at, shifts.ends_at) as during, shifts.week_on,
    extract(epoch from shifts.ends_at - shifts.starts_at)::integer / 60 - shifts.break_minutes as minutes
  into v_shift
  from public.shifts
  where shifts.org_id = p_org_id and shifts.id = p_shift_id and shifts.deleted_at is null;
  select terms.* into v_terms from app.staff_terms(p_org_id, p_user_id, v_shift.shift_on) as terms;
  v_gaps := app.training_gaps(p_org_id, p_user_id, v_shift.shift_on);

  return query
  select 'not_employed'::public.assignment_refusal, '{}'::jsonb
  where not exists (
    select from public.staff_members as staff
    where
      staff.org_id = p_org_id and staff.user_id = p_user_id and staff.deleted_at is null
      and staff.employed_during @> daterange(
        v_shift.shift_on, v_shift.shift_on + (v_shift.ends_at - v_shift.starts_at >= interval '1 day')::integer, '[]'
      )
  )
  union all
  select 'no_role', '{}'
  where not app.works_at(p_org_id, p_user_id, v_shift.site_id, v_shift.during)
  union all
  select 'skill', jsonb_build_object('skill', v_shift.skill)
  where v_shift.skill <> all(v_terms.skills)
  union all
  select 'training', jsonb_build_object('gaps', v_gaps)
  where cardinality(v_gaps) > 0
  union all
  select 'unavailable', '{}'
  where exists (
    select from public.staff_availability as availability
    where
      availability.org_id = p_org_id and availability.user_id = p_user_id
      and availability.kind = 'unavailable' and availability.deleted_at is null
      and tstzrange(availability.starts_at, availability.ends_at) && v_shift.during
  )
  union all
  select clashes.reason, clashes.details
  from app.time_faults(
    p_org_id, p_user_id, v_shift.during, v_shift.week_on, v_shift.minutes, v_terms.minimum_rest_minutes,
    v_terms.weekly_maximum_minutes, p_without
  ) as clashes
  union all
  select 'full', jsonb_build_object('needed_count', v_shift.needed_count)
  where v_shift.needed_count <= (
    select count(*) from public.shift_assignments as others
    where
      others.org_id = p_org_id and others.shift_id = p_shift_id and others.deleted_at is null
      and others.id <> all(p_without)
  );
end
$$;

comment on function app.assignment_faults(uuid, uuid, uuid, uuid[]) is
'Every rule that keeps somebody from a shift, none if nothing does.
p_without: assignments that are not counted: those that end with this change, and the one that is changed.';

-- What somebody works besides. The same range as the exclusion constraint of shift_assignments, so that it never
-- refuses what this lets pass.
create function app.time_faults(
  p_org_id uuid, p_user_id uuid, p_during tstzrange, p_week_on date, p_minutes integer, p_rest_minutes integer,
  p_maximum_minutes integer, p_without uuid[]
) returns table (reason public.assignment_refusal, details jsonb)
language plpgsql stable
set search_path = ''
as $$
begin
  return query
  with others as (
    select
      assignments.work_minutes, assignments.week_on,
      tstzrange(assignments.starts_at, assignments.ends_at) && p_during as is_at_once,
      assignments.blocked_during
      && tstzrange(lower(p_during), upper(p_during) + make_interval(mins => p_rest_minutes)) as is_near
    from public.shift_assignments as assignments
    where
      assignments.org_id = p_org_id and assignments.user_id = p_user_id and assignments.deleted_at is null
      and assignments.week_on between p_week_on - 7 and p_week_on + 7
      and assignments.id <> all(p_without)
  )
  select 'double_booking'::public.assignment_refusal, '{}'::jsonb
  where exists (select from others where others.is_at_once)
  union all
  select 'rest', jsonb_build_object('rest_minutes', p_rest_minutes)
  where exists (select from others where others.is_near and not others.is_at_once)
  union all
  select
    'weekly_maximum',
    jsonb_build_object('maximum_minutes', p_maximum_minutes, 'planned_minutes', sum(others.work_minutes))
  from others
  where others.week_on = p_week_on
  having coalesce(sum(others.work_minutes), 0) + p_minutes > p_maximum_minutes;
end
$$;

comment on function app.time_faults(uuid, uuid, tstzrange, date, integer, integer, integer, uuid[]) is
'Whether somebody is at work at that time, has too little rest around it, or would work too much in that week.';

revoke all on function app.works_at(uuid, uuid, uuid, tstzrange) from public;
revoke all on function app.assignment_faults(uuid, uuid, uuid, uuid[]) from public;
revoke all on function app.time_faults(uuid, uuid, tstzrange, date, integer, integer, integer, uuid[]) from public;
