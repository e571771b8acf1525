-- The plan itself; the same panels and limits give the same plan. Patients who take most care come first, each to
-- whoever has most room then, as long as they fit into what is to be handed over; at last one more, the lightest,
-- where that is not reached. Nobody is planned beyond a limit.
--
-- For private functions that have authorized: no API role may call it.
create function app.propose_rebalance(p_org_id uuid, p_practitioner_id uuid, p_target_percent integer) returns uuid
language plpgsql volatile
set search_path = ''
as $$
declare
  v_receivers uuid[];
  v_free_patients integer[];
  v_free_points numeric[];
  v_excess numeric;
  v_patient record;
  v_place bigint;
  v_patients uuid[] := '{}';
  v_acuities numeric[] := '{}';
  v_targets uuid[] := '{}';
  v_proposal_id uuid;
begin
  select array_agg(rooms.practitioner_id), array_agg(rooms.free_patients), array_agg(rooms.free_points)
  into v_receivers, v_free_patients, v_free_points
  from app.panel_rooms(p_org_id, null, p_practitioner_id, 200) as rooms;
  select sum(panel.acuity) * (100 - p_target_percent) / 100 into v_excess
  from public.provider_panel_patients as panel
  where panel.org_id = p_org_id and panel.practitioner_id = p_practitioner_id and panel.ended_at is null;

  for v_patient in
    select panel.patient_id, panel.acuity, rounds.is_last
    from public.provider_panel_patients as panel
    cross join (values (false), (true)) as rounds (is_last)
    where panel.org_id = p_org_id and panel.practitioner_id = p_practitioner_id and panel.ended_at is null
    order by rounds.is_last, case when rounds.is_last then panel.acuity else -panel.acuity end, panel.patient_id
  loop
    exit when v_excess <= 0 or cardinality(v_patients) >= 500;
    continue when v_patient.patient_id = any(v_patients)
      or (not v_patient.is_last and v_patient.acuity > v_excess);
    select rooms.place into v_place
    from unnest(v_free_patients, v_free_points) with ordinality as rooms (free_patients, free_points, place)
    where rooms.free_patients >= 1 and rooms.free_points >= v_patient.acuity
    order by rooms.free_points desc, rooms.free_patients desc, rooms.place
    limit 1;
    continue when v_place is null;
    v_free_patients[v_place] := v_free_patients[v_place] - 1;
    v_free_points[v_place] := v_free_points[v_place] - v_patient.acuity;
    v_excess := v_excess - v_patient.acuity;
    v_patients := v_patients || v_patient.patient_id;
    v_acuities := v_acuities || v_patient.acuity;
    v_targets := v_targets || v_receivers[v_place];
  end loop;
  if cardinality(v_patients) = 0 then
    return null;
  end if;

  v_proposal_id := app.open_rebalance(p_org_id, p_practitioner_id, p_target_percent);
  insert into public.provider_rebalance_moves (org_id, proposal_id, patient_id, to_practitioner_id, acuity)
  select p_org_id, v_proposal_id, moves.patient_id, moves.to_practitioner_id, moves.acuity
  from unnest(v_patients, v_targets, v_acuities) as moves (patient_id, to_practitioner_id, acuity);
  return v_proposal_id;
end
$$;

comment on function app.propose_rebalance(uuid, uuid, integer) is
'Proposes which of a provider''s patients to hand to whom, so that so many percent of the points of acuity stay; null
where nobody has room, or there is nothing to hand over. Errors: conflict, where one is open for that panel.';

create function app.open_rebalance(p_org_id uuid, p_practitioner_id uuid, p_target_percent integer) returns uuid
language plpgsql volatile
set search_path = ''
as $$
declare
  v_decision_time constant interval := interval '14 days';
  v_id uuid;
begin
  update public.provider_rebalance_proposals as proposals
  set status = 'expired'
  where
    proposals.org_id = p_org_id and proposals.from_practitioner_id = p_practitioner_id
    and proposals.status = 'proposed' and proposals.expires_at <= app.clock();
  insert into public.provider_rebalance_proposals (
    org_id, from_practitioner_id, target_percent, proposed_at, expires_at
  )
  values (p_org_id, p_practitioner_id, p_target_percent, app.clock(), app.clock() + v_decision_time)
  on conflict (org_id, from_practitioner_id) where status = 'proposed' do nothing
  returning id into v_id;
  if v_id is null then
    perform app.raise_error(
      'conflict', 'There is a proposal for this panel that nobody has decided.',
      p_hint => 'Decide that one first.'
    );
  end if;
  return v_id;
end
$$;

comment on function app.open_rebalance(uuid, uuid, integer) is
'Opens a proposal for a panel, as the only one that can be decided.';

-- For rules that see that somebody carries too much. It does nothing unless that person agreed to be offered help, and
-- says neither that nor why: what comes of it is a proposal like any other.
create function app.propose_relief(p_org_id uuid, p_user_id uuid, p_target_percent integer default 80) returns uuid
language plpgsql volatile
set search_path = ''
as $$
declare
  v_practitioner_id constant uuid := app.find_provider(p_org_id, p_user_id);
begin
  if
    v_practitioner_id is null
    or app.consent_level(p_org_id, p_user_id) is distinct from 'may_be_contacted'
    or exists (
      select from public.provider_rebalance_proposals as proposals
      where
        proposals.org_id = p_org_id and proposals.from_practitioner_id = v_practitioner_id
        and proposals.status = 'proposed' and proposals.expires_at > app.clock()
    )
  then
    return null;
  end if;
  return app.propose_rebalance(p_org_id, v_practitioner_id, p_target_percent);
end
$$;

comment on function app.propose_relief(uuid, uuid, integer) is
'Proposes to lighten somebody''s panel if they agreed to be offered help and no such proposal is open; else null.';

revoke all on function app.propose_rebalance(uuid, uuid, integer) from public;
revoke all on function app.open_rebalance(uuid, uuid, integer) from public;
revoke all on function app.propose_relief(uuid, uuid, integer) from public;
