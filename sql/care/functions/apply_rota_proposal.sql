-- SECURITY DEFINER because nobody writes assignments; it asks for a role and whether the site is the caller's. Shifts
-- and people are locked as a whole first, each in their order: lines that are refused are left out, and none is in
-- doubt.
create function app.apply_rota_proposal(p_proposal_id uuid) returns table (
  shift_id uuid, user_id uuid, assignment_id uuid, reason public.assignment_refusal
)
language plpgsql volatile
security definer
set search_path = ''
as $$
declare
  v_proposal public.rota_proposals;
  v_line record;
begin
  perform app.require_role('admin', 'manager', 'care_manager');
  select proposals.* into v_proposal
  from public.rota_proposals as proposals
  where
    proposals.org_id = app.current_org() and proposals.id = p_proposal_id and proposals.deleted_at is null
    and proposals.site_id = any(app.my_sites('admin', 'manager', 'care_manager'));
  if v_proposal.id is null then
    perform app.raise_error('not_found', 'There is no such proposal for a site of yours.');
  end if;
  perform app.lock_proposal(v_proposal.org_id, v_proposal.rota_week_id, v_proposal.id);
  update public.rota_proposals as proposals
  set status = 'applied', applied_at = app.clock(), applied_by = app.my_id()
  where proposals.org_id = v_proposal.org_id and proposals.id = v_proposal.id and proposals.status = 'proposed';
  if not found then
    perform app.raise_error('conflict', 'This proposal was applied, or there is a newer one.', '{"reason": "status"}');
  end if;

  for v_line in
    select lines.assignee_id, shifts as shift
    from public.rota_proposal_lines as lines
    inner join public.shifts on shifts.org_id = lines.org_id and shifts.id = lines.shift_id
    where
      lines.org_id = v_proposal.org_id and lines.site_id = v_proposal.site_id and lines.proposal_id = v_proposal.id
      and lines.assignee_id is not null and shifts.deleted_at is null
    order by shifts.starts_at, lines.id
  loop
    shift_id := (v_line.shift).id;
    user_id := v_line.assignee_id;
    assignment_id := null;
    reason := (
      select min(faults.reason) from app.assignment_faults(v_proposal.org_id, shift_id, v_line.assignee_id) as faults
    );
    if reason is null then
      assignment_id := (app.book_shift(v_line.shift, v_line.assignee_id)).id;
      perform app.tell_staff(v_proposal.org_id, array[v_line.assignee_id], 'rota.changed', assignment_id::text)
      where (v_line.shift).is_published;
    end if;
    return next;
  end loop;
end
$$;

comment on function app.apply_rota_proposal(uuid) is 'What public.apply_rota_proposal does; authorizes for itself.';

create function app.lock_proposal(p_org_id uuid, p_rota_week_id uuid, p_proposal_id uuid) returns void
language plpgsql volatile
set search_path = ''
as $$
begin
  perform from public.rota_weeks as rotas where rotas.org_id = p_org_id and rotas.id = p_rota_week_id for share;
  perform from public.shifts
  where shifts.org_id = p_org_id and shifts.id = any(array(
    select lines.shift_id from public.rota_proposal_lines as lines
    where lines.org_id = p_org_id and lines.proposal_id = p_proposal_id
  ))
  order by shifts.id
  for no key update;
  perform app.lock_staff(p_org_id, array(
    select lines.assignee_id from public.rota_proposal_lines as lines
    where lines.org_id = p_org_id and lines.proposal_id = p_proposal_id and lines.assignee_id is not null
  ));
end
$$;

comment on function app.lock_proposal(uuid, uuid, uuid) is
'Locks the rota, the shifts and the people of a proposal, each kind in its order.';

create function public.apply_rota_proposal(p_proposal_id uuid) returns table (
  shift_id uuid, user_id uuid, assignment_id uuid, reason public.assignment_refusal
)
language plpgsql volatile
set search_path = ''
as $$
begin
  perform app.require_feature('care_homes');
  perform app.check_input('p_proposal_id', p_proposal_id is not null, 'Say which proposal.');
  return query select lines.* from app.apply_rota_proposal(p_proposal_id) as lines;
end
$$;

comment on function public.apply_rota_proposal(uuid) is
'Assigns whom a proposal names. Each line is checked again as assign_shift() does: one that no longer holds is left
out and answered with its reason. On a published rota they are told. For administrators, care managers, and managers
of the site.
p_proposal_id: one for a site that is not the caller''s is not_found; one that was applied or superseded is conflict.
assignment_id: what was made; null where a rule speaks against it now: reason, the first one.
Never null: shift_id, user_id.
Errors: feature_disabled, not_authenticated, permission_denied, not_found, conflict, invalid_input.';

revoke all on function app.apply_rota_proposal(uuid) from public;
revoke all on function app.lock_proposal(uuid, uuid, uuid) from public;
grant execute on function app.apply_rota_proposal(uuid) to authenticated;
revoke all on function public.apply_rota_proposal(uuid) from public, anon, authenticated, service_role;
grant execute on function public.apply_rota_proposal(uuid) to authenticated;
