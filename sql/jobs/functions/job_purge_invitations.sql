-- An invitation holds an address of somebody who may never have had to do with the organization. Thirty days after it
-- was accepted, taken back or expired nobody asks for it any more.
create function app.job_purge_invitations(p_limit integer) returns integer
language plpgsql volatile
set search_path = ''
as $$
declare
  v_count integer;
begin
  delete from app.invitations as offers
  where (offers.org_id, offers.id) in (
    select closed.org_id, closed.id
    from app.invitations as closed
    where coalesce(closed.accepted_at, closed.revoked_at, closed.expires_at) < app.clock() - interval '30 days'
    limit p_limit
    for update skip locked
  );
  get diagnostics v_count = row_count;
  return v_count;
end
$$;

comment on function app.job_purge_invitations(integer) is
'Scheduled: deletes invitations thirty days after they were accepted, revoked or expired, p_limit at a time. Idempotent: yes.';

revoke all on function app.job_purge_invitations(integer) from public;
