-- Deciding on a proposal. SECURITY DEFINER because nobody may write proposals, and most who decide write no panels; it
-- asks for a role, and stays in the active organization.
--
-- Whoever approves takes the limits of all receivers, in the order of their ids: two approvals that fill one panel wait
-- for each other, and the second sees what the first has done. A plan that no longer fits is refused as a whole.
create function app.settle_rebalance(p_proposal_id uuid, p_approve boolean) returns void
language plpgsql volatile
security definer
set search_path = ''
as $$
declare
  v_org_id uuid;
  v_proposal public.provider_rebalance_proposals;
begin
  perform app.require_panels();
  perform app.require_role('admin', 'manager', 'care_manager');
  v_org_id := app.current_org();
  select proposals.* into v_proposal
  from public.provider_rebalance_proposals as proposals
  where proposals.org_id = v_org_id and proposals.id = p_proposal_id
  for update;
  if v_proposal.id is null then
    perform app.raise_error('not_found', 'There is no such proposal in your organization.');
  end if;
  if v_proposal.status = 'proposed' and v_proposal.expires_at <= app.clock() then
    v_proposal.status := 'expired';
  end if;
  if v_proposal.status <> 'proposed' then
    perform app.raise_error(
      'conflict', 'This proposal can no longer be decided.', jsonb_build_object('status', v_proposal.status)
    );
  end if;

  update public.provider_rebalance_proposals as proposals
  set
    status = case when p_approve then 'approved' else 'rejected' end::public.rebalance_status,
    decided_by = app.my_id(), decided_at = app.clock()
  where proposals.org_id = v_org_id and proposals.id = p_proposal_id;
  if p_approve then
    perform app.apply_rebalance(v_org_id, p_proposal_id, v_proposal.from_practitioner_id);
  end if;
end
$$;

comment on function app.settle_rebalance(uuid, boolean) is
'Approves a proposal of the active organization, and carries it out, or rejects it.';

-- For the function above only: no API role may call it.
create function app.apply_rebalance(p_org_id uuid, p_proposal_id uuid, p_from_practitioner_id uuid) returns void
language plpgsql volatile
set search_path = ''
as $$
begin
  perform app.lock_rebalance(p_org_id, p_proposal_id);
  if app.is_rebalance_stale(p_org_id, p_proposal_id, p_from_practitioner_id) then
    perform app.raise_error(
      'conflict', 'The panels have changed since this was proposed.', p_hint => 'Reject it and propose anew.'
    );
  end if;

  update public.provider_panel_patients as panel
  set ended_at = app.clock()
  from public.provider_rebalance_moves as moves
  where
    moves.org_id = p_org_id and moves.proposal_id = p_proposal_id
    and panel.org_id = p_org_id and panel.patient_id = moves.patient_id and panel.ended_at is null;
  insert into public.provider_panel_patients (org_id, practitioner_id, patient_id, acuity, assigned_at)
  select moves.org_id, moves.to_practitioner_id, moves.patient_id, moves.acuity, app.clock()
  from public.provider_rebalance_moves as moves
  where moves.org_id = p_org_id and moves.proposal_id = p_proposal_id;
  update public.provider_rebalance_proposals as proposals
  set status = 'applied'
  where proposals.org_id = p_org_id and proposals.id = p_proposal_id;
end
$$;

comment on function app.apply_rebalance(uuid, uuid, uuid) is
'Hands over the patients of an approved proposal, all of them or none.';

create function app.lock_rebalance(p_org_id uuid, p_proposal_id uuid) returns void
language plpgsql volatile
set search_path = ''
as $$
begin
  perform limits.practitioner_id
  from public.provider_panel_limits as limits
  where
    limits.org_id = p_org_id
    and limits.practitioner_id = any(array(
      select moves.to_practitioner_id
      from public.provider_rebalance_moves as moves
      where moves.org_id = p_org_id and moves.proposal_id = p_proposal_id
    ))
  order by limits.practitioner_id
  for update;
  perform panel.id
  from public.provider_panel_patients as panel
  where
    panel.org_id = p_org_id
    and panel.ended_at is null
    and panel.patient_id = any(array(
      select moves.patient_id
      from public.provider_rebalance_moves as moves
      where moves.org_id = p_org_id and moves.proposal_id = p_proposal_id
    ))
  order by panel.patient_id
  for update;
end
$$;

comment on function app.lock_rebalance(uuid, uuid) is
'Keeps what a proposal rests on as it is until the transaction ends.';

create function app.is_rebalance_stale(p_org_id uuid, p_proposal_id uuid, p_from_practitioner_id uuid) returns boolean
language sql volatile
set search_path = ''
as $$
  with moves as (
    select planned.patient_id, planned.to_practitioner_id, planned.acuity
    from public.provider_rebalance_moves as planned
    where planned.org_id = p_org_id and planned.proposal_id = p_proposal_id
  ),
  incoming as (
    select moves.to_practitioner_id, count(*) as patient_count, sum(moves.acuity) as acuity_points
    from moves
    group by moves.to_practitioner_id
  )
  select exists (
    select
    from moves
    left join public.provider_panel_patients as panel
      on
        panel.org_id = p_org_id and panel.patient_id = moves.patient_id and panel.ended_at is null
        and panel.practitioner_id = p_from_practitioner_id and panel.acuity = moves.acuity
    left join public.org_patients as known
      on
        known.org_id = p_org_id and known.patient_id = moves.patient_id and known.is_active
        and known.deleted_at is null
    where panel.id is null or known.patient_id is null
  ) or exists (
    select
    from incoming
    left join
      app.panel_rooms(
        p_org_id, array(select incoming.to_practitioner_id from incoming), p_from_practitioner_id, 500
      ) as rooms
      on rooms.practitioner_id = incoming.to_practitioner_id
    where
      rooms.practitioner_id is null
      or incoming.patient_count > rooms.free_patients
      or incoming.acuity_points > rooms.free_points
  )
$$;

comment on function app.is_rebalance_stale(uuid, uuid, uuid) is
'Whether a proposal no longer fits: a patient is elsewhere, gone or needs other care, or a receiver lacks room.';

revoke all on function app.settle_rebalance(uuid, boolean) from public;
revoke all on function app.apply_rebalance(uuid, uuid, uuid) from public;
revoke all on function app.lock_rebalance(uuid, uuid) from public;
revoke all on function app.is_rebalance_stale(uuid, uuid, uuid) from public;
grant execute on function app.settle_rebalance(uuid, boolean) to authenticated;
