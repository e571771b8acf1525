-- SECURITY DEFINER because nobody writes attendance; bound to a published shift of the caller's own. The moment is the
-- database's.
create function app.clock_in(p_assignment_id uuid) returns public.shift_attendance
language plpgsql volatile
security definer
set search_path = ''
as $$
declare
  v_mine public.shift_assignments;
  v_attendance public.shift_attendance;
begin
  v_mine := app.my_assignment(p_assignment_id);
  if app.clock() < v_mine.starts_at - interval '1 hour' or app.clock() >= v_mine.ends_at then
    perform app.raise_error(
      'conflict', 'This is not the time of the shift.',
      jsonb_build_object('reason', case when app.clock() < v_mine.starts_at then 'early' else 'over' end)
    );
  end if;
  insert into public.shift_attendance as attendance (org_id, assignment_id, site_id, user_id, clocked_in_at)
  values (v_mine.org_id, v_mine.id, v_mine.site_id, v_mine.user_id, app.clock())
  on conflict (org_id, assignment_id) do update
  set clocked_in_at = coalesce(attendance.clocked_in_at, excluded.clocked_in_at)
  returning * into v_attendance;
  return v_attendance;
end
$$;

comment on function app.clock_in(uuid) is
'What public.clock_in does; bound to the caller.';

create function public.clock_in(p_assignment_id uuid) returns public.shift_attendance
language plpgsql volatile
set search_path = ''
as $$
begin
  perform app.require_feature('care_homes');
  perform app.check_input('p_assignment_id', p_assignment_id is not null, 'Say which of your shifts.');
  return app.clock_in(p_assignment_id);
end
$$;

comment on function public.clock_in(uuid) is
'Says that the caller came to their shift. A second time changes nothing.
p_assignment_id: a published shift of the caller''s own, else not_found. conflict more than an hour before it begins
(reason early), or once it is over (over).
Errors: feature_disabled, not_authenticated, permission_denied, not_found, conflict, invalid_input.
Idempotent: yes.';

revoke all on function app.clock_in(uuid) from public;
grant execute on function app.clock_in(uuid) to authenticated;
revoke all on function public.clock_in(uuid) from public, anon, authenticated, service_role;
grant execute on function public.clock_in(uuid) to authenticated;

create function app.my_assignment(p_assignment_id uuid) returns public.shift_assignments
language plpgsql stable
set search_path = ''
as $$
declare
  v_mine public.shift_assignments;
begin
  perform app.require_member();
  select assignments.* into v_mine
  from public.shift_assignments as assignments
  where
    assignments.org_id = app.current_org() and assignments.id = p_assignment_id
    and assignments.user_id = app.my_id() and assignments.is_published and assignments.deleted_at is null;
  if v_mine.id is null then
    perform app.raise_error('not_found', 'There is no such shift of yours.');
  end if;
  return v_mine;
end
$$;

comment on function app.my_assignment(uuid) is 'A published shift of the caller''s own; else not_found.';

revoke all on function app.my_assignment(uuid) from public;
