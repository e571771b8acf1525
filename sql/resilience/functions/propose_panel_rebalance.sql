create function public.propose_panel_rebalance(p_practitioner_id uuid, p_target_percent integer default 80)
returns public.provider_rebalance_proposals
language plpgsql volatile
set search_path = ''
as $$
declare
  v_id uuid;
  v_proposal public.provider_rebalance_proposals;
begin
  perform app.require_feature('resilience_hub');
  perform app.check_input('p_practitioner_id', p_practitioner_id is not null, 'Say whose panel.');
  perform app.check_input(
    'p_target_percent', p_target_percent between 0 and 99, 'What stays is a number from 0 to 99 percent.'
  );

  v_id := app.plan_rebalance(p_practitioner_id, p_target_percent);
  select proposals.* into v_proposal
  from public.provider_rebalance_proposals as proposals
  where proposals.org_id = (select app.current_org()) and proposals.id = v_id;
  return v_proposal;
end
$$;

comment on function public.propose_panel_rebalance(uuid, integer) is
'Proposes which patients of a provider to hand to whom, so that nobody goes beyond their limits. Nothing moves before
decide_rebalance(). For administrators, managers and care managers.
p_practitioner_id: whose panel is to be lighter; they may have left.
p_target_percent: how much of the panel''s points of acuity is to stay, 0 to 99; more stays where nobody has room.
Returns the proposal; conflict where nobody can take a patient, or one is open for that panel.
Errors: feature_disabled, permission_denied, not_found, conflict, invalid_input.';

revoke all on function public.propose_panel_rebalance(uuid, integer) from public, anon, authenticated, service_role;
grant execute on function public.propose_panel_rebalance(uuid, integer) to authenticated;
