-- For definers that have authorized and hold the locks: no API role may call it.
create function app.end_assignments(p_org_id uuid, p_assignment_ids uuid[]) returns void
language plpgsql volatile
set search_path = ''
as $$
declare
  v_ended record;
begin
  update public.shift_swaps as swaps
  set status = 'cancelled'
  where
    swaps.org_id = p_org_id and swaps.status in ('requested', 'accepted')
    and (swaps.assignment_id = any(p_assignment_ids) or swaps.with_assignment_id = any(p_assignment_ids));
  for v_ended in
    update public.shift_assignments as assignments
    set deleted_at = app.clock()
    where
      assignments.org_id = p_org_id and assignments.id = any(p_assignment_ids) and assignments.deleted_at is null
    returning assignments.id, assignments.user_id, assignments.is_published
  loop
    if v_ended.is_published then
      perform app.tell_staff(p_org_id, array[v_ended.user_id], 'rota.changed', v_ended.id || ':ended');
    end if;
  end loop;
end
$$;

comment on function app.end_assignments(uuid, uuid[]) is
'Takes people off shifts, tells those whose rota is published, and ends swaps of these assignments.';

revoke all on function app.end_assignments(uuid, uuid[]) from public;
