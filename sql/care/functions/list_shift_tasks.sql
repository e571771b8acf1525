create function public.list_shift_tasks(
  p_site_id uuid,
  p_from timestamptz,
  p_to timestamptz,
  p_purpose public.access_purpose,
  p_is_mine boolean default false,
  p_limit integer default 100,
  p_after uuid default null
)
returns table (
  id uuid,
  care_plan_task_id uuid,
  resident_id uuid,
  task_kind public.care_task_kind,
  status public.care_task_status,
  due_at timestamptz,
  due_on date,
  due_time time,
  overdue_at timestamptz,
  assigned_to uuid,
  completed_at timestamptz,
  completed_by uuid,
  skip_reason public.care_task_skip_reason,
  instructions text
)
language plpgsql volatile
set search_path = ''
as $$
#variable_conflict use_column
declare
  v_due_at timestamptz;
begin
  perform app.require_feature('care_homes');
  perform app.require_role('manager', 'care_manager', 'nurse', 'clinician', 'carer', 'case_manager', 'org_owner', 'compliance_lead');
  perform app.check_input('p_site_id', p_site_id is not null, 'Say which site.');
  perform app.check_input('p_purpose', p_purpose is not null, 'Say what you open it for.');
  perform app.check_input(
    'p_to', p_to > p_from and p_to <= p_from + interval '7 days',
    'The end is after the beginning, by 7 days at most.'
  );
  perform app.check_input('p_limit', p_limit between 1 and 500, 'The limit is a number from 1 to 500.');
  select last.due_at into v_due_at
  from public.care_plan_task_occurrences as last
  where last.org_id = (select app.current_org()) and last.id = p_after;
  perform app.check_cursor('p_after', p_after is null or found);

  return query
  with page as materialized (
    select listed.*
    from public.care_plan_task_occurrences as listed
    where
      listed.org_id = (select app.current_org())
      and listed.site_id = p_site_id
      and listed.due_at >= greatest(p_from, v_due_at)
      and listed.due_at < p_to
      and (p_after is null or (listed.due_at, listed.id) > (v_due_at, p_after))
      and listed.status <> 'cancelled'
      and (not p_is_mine or listed.assigned_to is null or listed.assigned_to = (select app.my_id()))
    order by listed.due_at, listed.id
    limit p_limit
  )
  select
    page.id, page.care_plan_task_id, page.resident_id, page.task_kind, page.status, page.due_at, page.due_on,
    page.due_time, page.overdue_at, page.assigned_to, page.completed_at, page.completed_by, page.skip_reason,
    opened.instructions
  from page
  left join app.open_care_plan_tasks(
    array(select distinct page.care_plan_task_id from page), p_purpose
  ) as opened on opened.id = page.care_plan_task_id
  order by page.due_at, page.id;
end
$$;

comment on function public.list_shift_tasks(
  uuid, timestamptz, timestamptz, public.access_purpose, boolean, integer, uuid
) is
'What is due at a site from one moment to another, in the order in which it is due, with its instructions opened; leaves one
access event. Notes are opened by open_care_plan_task_occurrences(). For who gives care at the site or looks across it; none
for a site that the caller cannot see.
p_site_id: the site. p_from, p_to: from when until before when, 7 days at most.
p_purpose: what for.
p_is_mine: true: only what is assigned to the caller or to nobody.
p_limit: at most so many, 1 to 500. p_after: the last of the page before; not_found if it is no longer there.
Never null: id, care_plan_task_id, resident_id, task_kind, status, due_at, due_on, due_time, overdue_at.
Protected: task_kind, status, skip_reason, instructions.
Errors: feature_disabled, permission_denied, not_found, invalid_input.';

revoke all on function public.list_shift_tasks(
  uuid, timestamptz, timestamptz, public.access_purpose, boolean, integer, uuid
) from public, anon, authenticated, service_role;
grant execute on function public.list_shift_tasks(
  uuid, timestamptz, timestamptz, public.access_purpose, boolean, integer, uuid
) to authenticated;
