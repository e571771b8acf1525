-- SECURITY DEFINER because nobody writes attendance; bound to a published shift of the caller's own. The moment is the
-- database's.
create function app.clock_out(p_assignment_id uuid) returns public.shift_attendance
language plpgsql volatile
security definer
set search_path = ''
as $$
declare
  v_mine public.shift_assignments;
  v_attendance public.shift_attendance;
begin
  v_mine := app.my_assignment(p_assignment_id);
  update public.shift_attendance as attendance
  set clocked_out_at = coalesce(attendance.clocked_out_at, app.clock())
  where
    attendance.org_id = v_mine.org_id and attendance.assignment_id = v_mine.id
    and attendance.clocked_in_at is not null
  returning * into v_attendance;
  if v_attendance.assignment_id is null then
    perform app.raise_error('conflict', 'You have not clocked in.', '{"reason": "not_clocked_in"}');
  end if;
  return v_attendance;
end
$$;

comment on function app.clock_out(uuid) is
'What public.clock_out does; bound to the caller.';

create function public.clock_out(p_assignment_id uuid) returns public.shift_attendance
language plpgsql volatile
set search_path = ''
as $$
begin
  perform app.require_feature('care_homes');
  perform app.check_input('p_assignment_id', p_assignment_id is not null, 'Say which of your shifts.');
  return app.clock_out(p_assignment_id);
end
$$;

comment on function public.clock_out(uuid) is
'Says that the caller left their shift. A second time changes nothing.
p_assignment_id: a published shift of the caller''s own, else not_found. conflict (reason not_clocked_in): they did
not come.
Errors: feature_disabled, not_authenticated, permission_denied, not_found, conflict, invalid_input.
Idempotent: yes.';

revoke all on function app.clock_out(uuid) from public;
grant execute on function app.clock_out(uuid) to authenticated;
revoke all on function public.clock_out(uuid) from public, anon, authenticated, service_role;
grant execute on function public.clock_out(uuid) to authenticated;
