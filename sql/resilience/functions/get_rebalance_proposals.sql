create function public.get_rebalance_proposals(
  p_status public.rebalance_status default null,
  p_limit integer default 50,
  p_before uuid default null
) returns table (
  id uuid,
  from_practitioner_id uuid,
  status public.rebalance_status,
  reason_kind public.rebalance_reason,
  target_percent smallint,
  proposed_at timestamptz,
  expires_at timestamptz,
  decided_by uuid,
  decided_at timestamptz,
  patient_count integer,
  acuity_points numeric,
  moves jsonb
)
language plpgsql stable
set search_path = ''
as $$
begin
  perform app.require_feature('resilience_hub');
  perform app.require_panels();
  perform app.require_role('admin', 'manager', 'care_manager');
  perform app.check_input('p_limit', p_limit between 1 and 500, 'The limit is a number from 1 to 500.');

  return query
  select
    proposals.id, proposals.from_practitioner_id, proposals.status, proposals.reason_kind, proposals.target_percent,
    proposals.proposed_at, proposals.expires_at, proposals.decided_by, proposals.decided_at, plans.patient_count,
    plans.acuity_points, plans.moves
  from public.provider_rebalance_proposals as proposals
  cross join lateral (
    select
      count(*)::integer as patient_count,
      coalesce(sum(moves.acuity), 0) as acuity_points,
      coalesce(
        jsonb_agg(
          jsonb_build_object(
            'patient_id', moves.patient_id, 'to_practitioner_id', moves.to_practitioner_id, 'acuity', moves.acuity
          )
          order by moves.acuity desc, moves.patient_id
        ),
        '[]'
      ) as moves
    from public.provider_rebalance_moves as moves
    where moves.org_id = proposals.org_id and moves.proposal_id = proposals.id
  ) as plans
  where
    proposals.org_id = (select app.current_org())
    and (p_status is null or proposals.status = p_status)
    and (p_before is null or proposals.id < p_before)
  order by proposals.id desc
  limit p_limit;
end
$$;

comment on function public.get_rebalance_proposals(public.rebalance_status, integer, uuid) is
'Proposals to hand patients over, newest first, each with its moves. For administrators, managers and care managers.
p_status: only those that stand so.
p_limit: at most so many, 1 to 500.
p_before: the id of the last one of the page before, for the next one.
moves: a list of { patient_id, to_practitioner_id, acuity }.
Never null: id, from_practitioner_id, status, reason_kind, target_percent, proposed_at, expires_at, patient_count,
acuity_points, moves.
Errors: feature_disabled, permission_denied, invalid_input.';

revoke all on function public.get_rebalance_proposals(public.rebalance_status, integer, uuid)
from public, anon, authenticated, service_role;
grant execute on function public.get_rebalance_proposals(public.rebalance_status, integer, uuid) to authenticated;
