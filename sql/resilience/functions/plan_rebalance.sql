-- SECURITY DEFINER because nobody may write proposals, and who has room depends on what nobody else may read; it asks
-- for a role, and stays in the active organization.
create function app.plan_rebalance(p_practitioner_id uuid, p_target_percent integer) returns uuid
language plpgsql volatile
security definer
set search_path = ''
as $$
declare
  v_proposal_id uuid;
begin
  perform app.require_panels();
  perform app.require_role('admin', 'manager', 'care_manager');
  if not exists (
    select from public.org_practitioners as known
    where
      known.org_id = app.current_org() and known.practitioner_id = p_practitioner_id and known.deleted_at is null
  ) then
    perform app.raise_error('not_found', 'There is no such practitioner in your organization.');
  end if;
  v_proposal_id := app.propose_rebalance(app.current_org(), p_practitioner_id, p_target_percent);
  if v_proposal_id is null then
    perform app.raise_error('conflict', 'No patient of this panel can be handed to anybody now.');
  end if;
  return v_proposal_id;
end
$$;

comment on function app.plan_rebalance(uuid, integer) is
'Proposes how to lighten a panel of the active organization.';

revoke all on function app.plan_rebalance(uuid, integer) from public;
grant execute on function app.plan_rebalance(uuid, integer) to authenticated;
