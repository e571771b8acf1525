create function public.decide_rebalance(p_proposal_id uuid, p_approve boolean)
returns public.provider_rebalance_proposals
language plpgsql volatile
set search_path = ''
as $$
declare
  v_proposal public.provider_rebalance_proposals;
begin
  perform app.require_feature('resilience_hub');
  perform app.check_input('p_proposal_id', p_proposal_id is not null, 'Say which proposal.');
  perform app.check_input('p_approve', p_approve is not null, 'Say yes or no.');

  perform app.settle_rebalance(p_proposal_id, p_approve);
  select proposals.* into v_proposal
  from public.provider_rebalance_proposals as proposals
  where proposals.org_id = (select app.current_org()) and proposals.id = p_proposal_id;
  return v_proposal;
end
$$;

comment on function public.decide_rebalance(uuid, boolean) is
'Approves a proposal to hand patients over, which carries it out at once, or rejects it. For administrators, managers
and care managers.
p_proposal_id: a proposal that is open: else conflict, details name its status.
p_approve: true hands all its patients over. Where panels, limits or patients have changed so that it no longer fits:
conflict, and nothing is moved.
Returns the proposal: applied or rejected.
Errors: feature_disabled, permission_denied, not_found, conflict, invalid_input.';

revoke all on function public.decide_rebalance(uuid, boolean) from public, anon, authenticated, service_role;
grant execute on function public.decide_rebalance(uuid, boolean) to authenticated;
