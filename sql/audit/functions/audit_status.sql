-- What whoever looks after the database asks: does sealing keep up, are there partitions, how old is the key.
create function app.audit_status() returns table (
  unsealed_count bigint,
  oldest_unsealed_at timestamptz,
  run_count bigint,
  sealed_at timestamptz,
  key_version integer,
  unpartitioned_count bigint,
  partitioned_until date
)
language plpgsql stable
set search_path = ''
as $$
declare
  v_last app.audit_runs;
  v_now app.audit_runs;
begin
  select runs.* into v_last from app.audit_runs as runs order by runs.number desc limit 1;
  v_now.snapshot := pg_current_snapshot();
  v_now.era_began_at := coalesce(v_last.era_began_at, '-infinity');
  return query
  select
    count(*),
    min(events.occurred_at),
    coalesce(v_last.number, 0),
    v_last.sealed_at,
    v_last.key_version::integer,
    (select count(*) from app.audit_events_default),
    (select max(partitions.to_date) from app.audit_partitions() as partitions)
  from app.unsealed_audit_events(v_last, v_now) as events;
end
$$;

comment on function app.audit_status() is
'How far sealing has come and how far partitions are made ahead. The oldest event that is not sealed may seem up to an
hour older than it is, if it is concealed.';

revoke all on function app.audit_status() from public;
