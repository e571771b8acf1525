-- SECURITY DEFINER because nobody writes swaps and assignments; it asks for a role and whether the site is the
-- caller's. Both leave their shifts before either takes one: the rules see the rota as it will be.
create function app.approve_swap(p_swap_id uuid, p_approve boolean) returns public.shift_swaps
language plpgsql volatile
security definer
set search_path = ''
as $$
declare
  v_swap public.shift_swaps;
begin
  perform app.require_role('admin', 'manager', 'care_manager');
  select swaps.* into v_swap
  from public.shift_swaps as swaps
  where
    swaps.org_id = app.current_org() and swaps.id = p_swap_id and swaps.deleted_at is null
    and swaps.site_id = any(app.my_sites('admin', 'manager', 'care_manager'));
  if v_swap.id is null then
    perform app.raise_error('not_found', 'There is no such swap at a site of yours.');
  end if;
  perform app.lock_swap(v_swap.org_id, array[v_swap.assignment_id, v_swap.with_assignment_id]);
  select swaps.* into v_swap
  from public.shift_swaps as swaps
  where swaps.org_id = v_swap.org_id and swaps.id = v_swap.id
  for no key update;
  if v_swap.status <> 'accepted' and (p_approve or v_swap.status <> 'requested') then
    perform app.raise_error(
      'conflict', 'This swap cannot be decided.', jsonb_build_object('reason', 'status', 'status', v_swap.status)
    );
  end if;
  update public.shift_swaps as swaps
  set
    status = case when p_approve then 'approved' else 'declined' end::public.shift_swap_status,
    decided_at = app.clock(), decided_by = app.my_id()
  where swaps.org_id = v_swap.org_id and swaps.id = v_swap.id
  returning * into v_swap;
  if p_approve then
    perform app.carry_out_swap(v_swap);
  end if;
  perform app.tell_staff(
    v_swap.org_id, array[v_swap.user_id, v_swap.with_user_id], 'shift.swap', format('%s:%s', v_swap.id, v_swap.version)
  );
  return v_swap;
end
$$;

comment on function app.approve_swap(uuid, boolean) is
'What public.approve_swap does; authorizes for itself.';

create function public.approve_swap(p_swap_id uuid, p_approve boolean default true) returns public.shift_swaps
language plpgsql volatile
set search_path = ''
as $$
begin
  perform app.require_feature('care_homes');
  perform app.check_input('p_swap_id', p_swap_id is not null, 'Say which swap.');
  perform app.check_input('p_approve', p_approve is not null, 'Say whether you agree.');
  return app.approve_swap(p_swap_id, p_approve);
end
$$;

comment on function public.approve_swap(uuid, boolean) is
'Carries out a swap that both agreed on, or turns it down; both are told. For administrators, care managers, and
managers of the site.
p_swap_id: one that is not at a site of the caller''s is not_found. conflict: it does not stand where that could be
done (reason status), or a rule speaks against one of the two: details as of assign_shift(). p_approve: false turns it
down.
Errors: feature_disabled, not_authenticated, permission_denied, not_found, conflict, invalid_input.';

revoke all on function app.approve_swap(uuid, boolean) from public;
grant execute on function app.approve_swap(uuid, boolean) to authenticated;
revoke all on function public.approve_swap(uuid, boolean) from public, anon, authenticated, service_role;
grant execute on function public.approve_swap(uuid, boolean) to authenticated;

create function app.lock_swap(p_org_id uuid, p_assignment_ids uuid[]) returns void
language plpgsql volatile
set search_path = ''
as $$
begin
  perform from public.rota_weeks as rotas
  where rotas.org_id = p_org_id and (rotas.site_id, rotas.week_on) in (
    select assignments.site_id, assignments.week_on from public.shift_assignments as assignments
    where assignments.org_id = p_org_id and assignments.id = any(p_assignment_ids)
  )
  order by rotas.id
  for share;
  perform from public.shifts
  where shifts.org_id = p_org_id and shifts.id = any(array(
    select assignments.shift_id from public.shift_assignments as assignments
    where assignments.org_id = p_org_id and assignments.id = any(p_assignment_ids)
  ))
  order by shifts.id
  for no key update;
  perform app.lock_staff(p_org_id, array(
    select assignments.user_id from public.shift_assignments as assignments
    where assignments.org_id = p_org_id and assignments.id = any(p_assignment_ids)
    union
    select swaps.with_user_id from public.shift_swaps as swaps
    where swaps.org_id = p_org_id and swaps.assignment_id = any(p_assignment_ids)
  ));
end
$$;

comment on function app.lock_swap(uuid, uuid[]) is
'Locks the rotas, shifts and people of a swap, each kind in its order.';

create function app.carry_out_swap(p_swap public.shift_swaps) returns void
language plpgsql volatile
set search_path = ''
as $$
declare
  v_left record;
begin
  update public.shift_assignments as assignments set deleted_at = app.clock()
  where
    assignments.org_id = p_swap.org_id and assignments.deleted_at is null
    and assignments.id in (p_swap.assignment_id, p_swap.with_assignment_id);
  for v_left in
    select
      shifts as shift,
      case assignments.id when p_swap.assignment_id then p_swap.with_user_id else p_swap.user_id end as to_user_id
    from public.shift_assignments as assignments
    inner join public.shifts on shifts.org_id = assignments.org_id and shifts.id = assignments.shift_id
    where
      assignments.org_id = p_swap.org_id
      and assignments.id in (p_swap.assignment_id, p_swap.with_assignment_id)
    order by assignments.starts_at, assignments.id
  loop
    perform app.book_shift(v_left.shift, v_left.to_user_id);
  end loop;
end
$$;

comment on function app.carry_out_swap(public.shift_swaps) is
'Puts two people on each other''s shifts, or one on the other''s.';

revoke all on function app.lock_swap(uuid, uuid[]) from public;
revoke all on function app.carry_out_swap(public.shift_swaps) from public;
