-- SECURITY DEFINER because nobody writes swaps; bound to a shift of the caller's own and to a colleague at its site.
create function app.request_swap(p_assignment_id uuid, p_with_user_id uuid, p_with_assignment_id uuid)
returns public.shift_swaps
language plpgsql volatile
security definer
set search_path = ''
as $$
declare
  v_mine public.shift_assignments;
  v_swap public.shift_swaps;
begin
  perform app.require_member();
  select assignments.* into v_mine
  from public.shift_assignments as assignments
  where
    assignments.org_id = app.current_org() and assignments.id = p_assignment_id
    and assignments.user_id = app.my_id() and assignments.is_published and assignments.deleted_at is null;
  if v_mine.id is null
    or not app.works_at(
      v_mine.org_id, p_with_user_id, v_mine.site_id, tstzrange(v_mine.starts_at, v_mine.ends_at)
    )
    or not exists (
      select from public.staff_members as staff
      where staff.org_id = v_mine.org_id and staff.user_id = p_with_user_id and staff.deleted_at is null
    )
    or (p_with_assignment_id is not null and not exists (
      select from public.shift_assignments as theirs
      where
        theirs.org_id = v_mine.org_id and theirs.site_id = v_mine.site_id and theirs.id = p_with_assignment_id
        and theirs.user_id = p_with_user_id and theirs.is_published and theirs.deleted_at is null
        and theirs.starts_at > app.clock()
    )) then
    perform app.raise_error('not_found', 'There is no such shift of yours, or of that colleague at its site.');
  end if;
  if v_mine.starts_at <= app.clock() then
    perform app.raise_error('conflict', 'This shift has begun.', '{"reason": "over"}');
  end if;
  insert into public.shift_swaps (
    org_id, site_id, user_id, assignment_id, with_user_id, with_assignment_id
  )
  values (v_mine.org_id, v_mine.site_id, v_mine.user_id, v_mine.id, p_with_user_id, p_with_assignment_id)
  on conflict (org_id, assignment_id) where status in ('requested', 'accepted') and deleted_at is null do nothing
  returning * into v_swap;
  if v_swap.id is null then
    perform app.raise_error('conflict', 'There is an open swap of this shift.', '{"reason": "requested"}');
  end if;
  perform app.tell_staff(v_swap.org_id, array[p_with_user_id], 'shift.swap', v_swap.id || ':requested');
  return v_swap;
end
$$;

comment on function app.request_swap(uuid, uuid, uuid) is
'What public.request_swap does; authorizes for itself.';

create function public.request_swap(
  p_assignment_id uuid, p_with_user_id uuid, p_with_assignment_id uuid default null
)
returns public.shift_swaps
language plpgsql volatile
set search_path = ''
as $$
begin
  perform app.require_feature('care_homes');
  perform app.check_input('p_assignment_id', p_assignment_id is not null, 'Say which of your shifts.');
  perform app.check_input('p_with_user_id', p_with_user_id <> app.my_id(), 'Say with which colleague.');
  return app.request_swap(p_assignment_id, p_with_user_id, p_with_assignment_id);
end
$$;

comment on function public.request_swap(uuid, uuid, uuid) is
'Asks a colleague to swap shifts, or to take one over. They are told; accept_swap() answers, approve_swap() decides.
p_assignment_id: a published shift of the caller''s own that is to come. conflict: it has begun (reason over), or a
swap of it is open (requested).
p_with_user_id: a colleague with a role at its site. p_with_assignment_id: their shift at that site that the caller
takes instead; null: they only take the caller''s. Anything else is not_found.
Errors: feature_disabled, not_authenticated, permission_denied, not_found, conflict, invalid_input.';

revoke all on function app.request_swap(uuid, uuid, uuid) from public;
grant execute on function app.request_swap(uuid, uuid, uuid) to authenticated;
revoke all on function public.request_swap(uuid, uuid, uuid) from public, anon, authenticated, service_role;
grant execute on function public.request_swap(uuid, uuid, uuid) to authenticated;
