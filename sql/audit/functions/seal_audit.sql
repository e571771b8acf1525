-- Sealing: events get their place in the chain after the fact, so that nobody waits for anybody when they happen. A run
-- takes what has been committed since the last one, neither more nor less, whatever is still open: what this snapshot
-- sees and the last did not. By the index that is: transactions from the last one's end on, and the few that were open
-- then. One run at a time; it is one transaction, so a kill leaves nothing.
create function app.seal_audit(p_limit integer default 50000) returns integer
language plpgsql volatile
set search_path = ''
as $$
declare
  v_last app.audit_runs;
  v_run app.audit_runs;
  v_count integer;
begin
  if not pg_try_advisory_xact_lock(hashtext('carebase.audit.seal')) then
    return 0;
  end if;
  select runs.* into v_last from app.audit_runs as runs order by runs.number desc limit 1;
  v_run := app.next_audit_run(v_last, p_limit);
  v_count := app.write_audit_seals(v_last, v_run);
  if v_count = 0 and v_last.era_began_at = v_run.era_began_at then
    return 0;
  end if;
  v_run.seals_digest := app.audit_seals_digest(v_run.number);
  v_run.code := app.audit_run_code(
    v_run, app.audit_key('00000000-0000-0000-0000-000000000000', v_run.key_version)
  );
  insert into app.audit_runs select v_run.*;
  return v_count;
end
$$;

comment on function app.seal_audit(integer) is
'Seals events that are not sealed yet; how many. None while another run is at work.
p_limit: about as many at once; the events of one transaction are sealed together.';

-- Where the run begins and ends. A database that was restored elsewhere counts transactions anew: then all that is
-- there and unsealed is sealed at once, and an era begins.
create function app.next_audit_run(p_last app.audit_runs, p_limit integer) returns app.audit_runs
language plpgsql volatile
set search_path = ''
as $$
declare
  v_now constant pg_snapshot := pg_current_snapshot();
  v_run app.audit_runs;
  v_end xid8;
begin
  v_run.number := coalesce(p_last.number, 0) + 1;
  v_run.cluster_id := (select control.system_identifier from pg_catalog.pg_control_system() as control);
  v_run.era_began_at := coalesce(p_last.era_began_at, '-infinity');
  v_run.key_version := app.audit_key_version();
  v_run.previous_code := coalesce(p_last.code, decode(repeat('00', 32), 'hex'));
  v_run.sealed_at := clock_timestamp();
  v_run.snapshot := v_now;
  if p_last.cluster_id <> v_run.cluster_id or pg_snapshot_xmax(v_now) < pg_snapshot_xmax(p_last.snapshot) then
    v_run.era_began_at := greatest(
      clock_timestamp(), (select max(events.occurred_at) from public.audit_events as events) + interval '1 microsecond'
    );
    return v_run;
  end if;

  -- Not more than the limit: the run ends before the transaction that would be too many.
  select events.transaction_id into v_end
  from public.audit_events as events
  where
    events.transaction_id >= coalesce(pg_snapshot_xmax(p_last.snapshot), '0'::xid8)
    and events.transaction_id < pg_snapshot_xmax(v_now)
  order by events.transaction_id
  offset p_limit
  limit 1;
  if v_end <= pg_snapshot_xmax(p_last.snapshot) then
    -- One transaction alone is over the limit.
    v_end := (v_end::text::bigint + 1)::text::xid8;
  end if;
  if v_end is not null then
    v_run.snapshot := format(
      '%s:%s:%s',
      least(pg_snapshot_xmin(v_now), v_end),
      v_end,
      (select string_agg(open.id::text, ',' order by open.id) from pg_snapshot_xip(v_now) as open (id) where open.id < v_end)
    )::pg_snapshot;
  end if;
  return v_run;
end
$$;

comment on function app.next_audit_run(app.audit_runs, integer) is
'The next run of sealing, without what it will have sealed.';

revoke all on function app.seal_audit(integer) from public;
revoke all on function app.next_audit_run(app.audit_runs, integer) from public;
