-- app.limit_rate() clears a few in passing; this is for what is limited and no longer used. The hour is for
-- transactions that began in a window which has ended since.
create function app.job_purge_rate_limits(p_limit integer) returns integer
language plpgsql volatile
set search_path = ''
as $$
declare
  v_count integer;
begin
  delete from app.rate_limits as limits
  where (limits.action, limits.subject, limits.ends_at) in (
    select old.action, old.subject, old.ends_at
    from app.rate_limits as old
    where old.ends_at < app.clock() - interval '1 hour'
    order by old.ends_at
    limit p_limit
    for update skip locked
  );
  get diagnostics v_count = row_count;
  return v_count;
end
$$;

comment on function app.job_purge_rate_limits(integer) is
'Scheduled: deletes counts of windows that ended more than an hour ago, p_limit at a time. Idempotent: yes.';

revoke all on function app.job_purge_rate_limits(integer) from public;
