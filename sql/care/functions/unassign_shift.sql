-- SECURITY DEFINER because nobody writes assignments; it asks for a role and whether the site is the caller's.
create function app.unassign_shift(p_assignment_id uuid) returns void
language plpgsql volatile
security definer
set search_path = ''
as $$
declare
  v_found public.shift_assignments;
begin
  perform app.require_role('admin', 'manager', 'care_manager');
  select assignments.* into v_found
  from public.shift_assignments as assignments
  where
    assignments.org_id = app.current_org() and assignments.id = p_assignment_id
    and assignments.site_id = any(app.my_sites('admin', 'manager', 'care_manager'));
  if v_found.id is null then
    perform app.raise_error('not_found', 'There is no such assignment at a site of yours.');
  end if;
  perform app.lock_shift(v_found.shift_id);
  perform app.lock_staff(v_found.org_id, array[v_found.user_id]);
  if exists (
    select from public.shift_attendance as attendance
    where
      attendance.org_id = v_found.org_id and attendance.assignment_id = v_found.id
      and attendance.clocked_in_at is not null
  ) then
    perform app.raise_error('conflict', 'They came to this shift.', '{"reason": "attended"}');
  end if;
  perform app.end_assignments(v_found.org_id, array[v_found.id]);
end
$$;

comment on function app.unassign_shift(uuid) is
'What public.unassign_shift does; authorizes for itself.';

create function public.unassign_shift(p_assignment_id uuid) returns void
language plpgsql volatile
set search_path = ''
as $$
begin
  perform app.require_feature('care_homes');
  perform app.check_input('p_assignment_id', p_assignment_id is not null, 'Say which assignment.');
  perform app.unassign_shift(p_assignment_id);
end
$$;

comment on function public.unassign_shift(uuid) is
'Takes somebody off a shift. On a published rota they are told. For administrators, care managers, and managers of the
site.
p_assignment_id: one that is not at a site of the caller''s is not_found. conflict once they clocked in (reason
attended).
Errors: feature_disabled, not_authenticated, permission_denied, not_found, conflict, invalid_input.
Idempotent: yes.';

revoke all on function app.unassign_shift(uuid) from public;
grant execute on function app.unassign_shift(uuid) to authenticated;
revoke all on function public.unassign_shift(uuid) from public, anon, authenticated, service_role;
grant execute on function public.unassign_shift(uuid) to authenticated;
