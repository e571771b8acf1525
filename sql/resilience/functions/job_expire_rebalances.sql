-- A plan nobody decided in its time is about panels as they were.
create function app.job_expire_rebalances(p_org_id uuid, p_limit integer) returns integer
language plpgsql volatile
set search_path = ''
as $$
declare
  v_count integer;
begin
  update public.provider_rebalance_proposals as proposals
  set status = 'expired'
  where
    proposals.org_id = p_org_id
    and proposals.id in (
      select late.id
      from public.provider_rebalance_proposals as late
      where late.org_id = p_org_id and late.status = 'proposed' and late.expires_at <= app.clock()
      limit p_limit
      for update skip locked
    );
  get diagnostics v_count = row_count;
  return v_count;
end
$$;

comment on function app.job_expire_rebalances(uuid, integer) is
'Scheduled: ends proposals to hand patients over that were not decided in time, p_limit at a time. Idempotent: yes.';

revoke all on function app.job_expire_rebalances(uuid, integer) from public;
