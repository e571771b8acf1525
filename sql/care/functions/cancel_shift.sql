-- SECURITY DEFINER because nobody writes assignments, nor makes a row invisible; it asks for a role and whether the
-- site is the caller's.
create function app.cancel_shift(p_shift_id uuid) returns void
language plpgsql volatile
security definer
set search_path = ''
as $$
declare
  v_shift public.shifts;
  v_assignments uuid[];
begin
  v_shift := app.lock_my_shift(p_shift_id);
  perform app.lock_staff(v_shift.org_id, array(
    select assignments.user_id from public.shift_assignments as assignments
    where assignments.org_id = v_shift.org_id and assignments.shift_id = v_shift.id and assignments.deleted_at is null
  ));
  v_assignments := array(
    select assignments.id from public.shift_assignments as assignments
    where assignments.org_id = v_shift.org_id and assignments.shift_id = v_shift.id and assignments.deleted_at is null
  );
  if exists (
    select from public.shift_attendance as attendance
    where
      attendance.org_id = v_shift.org_id and attendance.assignment_id = any(v_assignments)
      and attendance.clocked_in_at is not null
  ) then
    perform app.raise_error('conflict', 'Somebody came to this shift.', '{"reason": "attended"}');
  end if;
  perform app.end_assignments(v_shift.org_id, v_assignments);
  update public.shift_offers as offers set status = 'withdrawn'
  where
    offers.org_id = v_shift.org_id and offers.site_id = v_shift.site_id and offers.shift_id = v_shift.id
    and offers.status = 'open';
  update public.shifts set deleted_at = app.clock() where shifts.org_id = v_shift.org_id and shifts.id = v_shift.id;
end
$$;

comment on function app.cancel_shift(uuid) is
'What public.cancel_shift does; authorizes for itself.';

create function public.cancel_shift(p_shift_id uuid) returns void
language plpgsql volatile
set search_path = ''
as $$
begin
  perform app.require_feature('care_homes');
  perform app.check_input('p_shift_id', p_shift_id is not null, 'Say which shift.');
  perform app.cancel_shift(p_shift_id);
end
$$;

comment on function public.cancel_shift(uuid) is
'Cancels a shift: whoever is on it is taken off it, and told if the rota is published; offers of it end. Planning the
week again does not bring it back. For administrators, care managers, and managers of the site.
p_shift_id: one that is not at a site of the caller''s is not_found. conflict once somebody clocked in (reason
attended).
Errors: feature_disabled, not_authenticated, permission_denied, not_found, conflict, invalid_input.';

revoke all on function app.cancel_shift(uuid) from public;
grant execute on function app.cancel_shift(uuid) to authenticated;
revoke all on function public.cancel_shift(uuid) from public, anon, authenticated, service_role;
grant execute on function public.cancel_shift(uuid) to authenticated;
