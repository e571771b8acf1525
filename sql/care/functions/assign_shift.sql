-- SECURITY DEFINER because nobody writes assignments: the rules read more than who plans may. It asks for a role and
-- whether the site is the caller's.
create function app.assign_shift(p_shift_id uuid, p_user_id uuid) returns public.shift_assignments
language plpgsql volatile
security definer
set search_path = ''
as $$
declare
  v_shift public.shifts;
  v_made public.shift_assignments;
begin
  v_shift := app.lock_my_shift(p_shift_id);
  v_made := app.book_shift(v_shift, p_user_id);
  if v_made.is_published then
    perform app.tell_staff(v_made.org_id, array[p_user_id], 'rota.changed', v_made.id::text);
  end if;
  return v_made;
end
$$;

comment on function app.assign_shift(uuid, uuid) is
'What public.assign_shift does; authorizes for itself.';

create function public.assign_shift(p_shift_id uuid, p_user_id uuid) returns public.shift_assignments
language plpgsql volatile
set search_path = ''
as $$
begin
  perform app.require_feature('care_homes');
  perform app.check_input('p_shift_id', p_shift_id is not null, 'Say which shift.');
  perform app.check_input('p_user_id', p_user_id is not null, 'Say whom.');
  return app.assign_shift(p_shift_id, p_user_id);
end
$$;

comment on function public.assign_shift(uuid, uuid) is
'Puts a member of staff on a shift. On a published rota they are told. For administrators, care managers, and managers
of the site.
p_shift_id: the shift; one that is not at a site of the caller''s is not_found.
p_user_id: whom. conflict if a rule speaks against it; details: {reason, reasons}: not_employed, no_role, skill,
training, unavailable, double_booking, rest, weekly_maximum or full, each with what it counts. check_assignment() asks
first.
Errors: feature_disabled, not_authenticated, permission_denied, not_found, conflict, invalid_input.';

revoke all on function app.assign_shift(uuid, uuid) from public;
grant execute on function app.assign_shift(uuid, uuid) to authenticated;
revoke all on function public.assign_shift(uuid, uuid) from public, anon, authenticated, service_role;
grant execute on function public.assign_shift(uuid, uuid) to authenticated;
