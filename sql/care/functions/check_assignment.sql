-- SECURITY DEFINER because the rules read what who plans may not: shifts at other sites, contracts. It asks for a role
-- and whether the site is the caller's, and answers with the names of rules.
create function app.check_assignment(p_shift_id uuid, p_user_id uuid) returns table (
  reason public.assignment_refusal, details jsonb
)
language plpgsql stable
security definer
set search_path = ''
as $$
declare
  v_site_id uuid;
begin
  perform app.require_role('admin', 'manager', 'care_manager');
  select shifts.site_id into v_site_id
  from public.shifts
  where
    shifts.org_id = app.current_org() and shifts.id = p_shift_id and shifts.deleted_at is null
    and shifts.site_id = any(app.my_sites('admin', 'manager', 'care_manager'));
  if v_site_id is null then
    perform app.raise_error('not_found', 'There is no such shift at a site of yours.');
  end if;
  return query
  select faults.reason, faults.details
  from app.assignment_faults(app.current_org(), p_shift_id, p_user_id, array(
    select assignments.id from public.shift_assignments as assignments
    where
      assignments.org_id = app.current_org() and assignments.shift_id = p_shift_id
      and assignments.user_id = p_user_id and assignments.deleted_at is null
  )) as faults
  order by faults.reason;
end
$$;

comment on function app.check_assignment(uuid, uuid) is
'What public.check_assignment answers; authorizes for itself.';

create function public.check_assignment(p_shift_id uuid, p_user_id uuid) returns table (
  reason public.assignment_refusal, details jsonb
)
language plpgsql stable
set search_path = ''
as $$
begin
  perform app.require_feature('care_homes');
  perform app.check_input('p_shift_id', p_shift_id is not null, 'Say which shift.');
  perform app.check_input('p_user_id', p_user_id is not null, 'Say whom.');
  return query select faults.* from app.check_assignment(p_shift_id, p_user_id) as faults;
end
$$;

comment on function public.check_assignment(uuid, uuid) is
'Whether somebody could work a shift: every reason against it at once, none if there is none; nothing is written. The
rules are those of assign_shift(). Somebody who is on the shift is asked about as if they were not. For
administrators, care managers, and managers of the site.
p_shift_id: the shift; one that is not at a site of the caller''s is not_found. p_user_id: whom.
reason: the rule. details: what it counts: {rest_minutes}, {maximum_minutes, planned_minutes}, {gaps}, {skill},
{needed_count}; empty for the others.
Never null: reason, details.
Errors: feature_disabled, not_authenticated, permission_denied, not_found, invalid_input.';

revoke all on function app.check_assignment(uuid, uuid) from public;
grant execute on function app.check_assignment(uuid, uuid) to authenticated;
revoke all on function public.check_assignment(uuid, uuid) from public, anon, authenticated, service_role;
grant execute on function public.check_assignment(uuid, uuid) to authenticated;
