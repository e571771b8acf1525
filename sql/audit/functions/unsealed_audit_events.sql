create function app.is_audit_sealed(p_org_id uuid, p_event_id uuid, p_occurred_at timestamptz) returns boolean
language sql stable
set search_path = ''
as $$
  select exists (
    select from app.audit_contents as contents
    where
      contents.org_id = p_org_id
      and contents.month_date = app.audit_month(p_occurred_at)
      and contents.event_ids @> array[p_event_id]
  )
$$;

comment on function app.is_audit_sealed(uuid, uuid, timestamptz) is 'Whether a seal is over this event; reads a month.';

-- Three cases: what came after the last run, what was open then, and at the beginning of an era all that there is.
-- In the first two an event from before the era is taken only if no seal is over it: the number of its transaction may
-- be the other cluster's.
create function app.unsealed_audit_events(p_last app.audit_runs, p_run app.audit_runs)
returns table (org_id uuid, id uuid, occurred_at timestamptz, transaction_id xid8, digest bytea)
language sql stable
rows 1000
set search_path = ''
set timezone = 'UTC'
set datestyle = 'ISO, YMD'
as $$
  select events.org_id, events.id, events.occurred_at, events.transaction_id, app.audit_digest(events)
  from public.audit_events as events
  where
    coalesce((p_last).era_began_at, '-infinity') = (p_run).era_began_at
    and events.transaction_id >= coalesce(pg_snapshot_xmax((p_last).snapshot), '0'::xid8)
    and events.transaction_id < pg_snapshot_xmax((p_run).snapshot)
    and pg_visible_in_snapshot(events.transaction_id, (p_run).snapshot)
    and (
      events.occurred_at >= (p_run).era_began_at
      or not app.is_audit_sealed(events.org_id, events.id, events.occurred_at)
    )
  union all
  select events.org_id, events.id, events.occurred_at, events.transaction_id, app.audit_digest(events)
  from public.audit_events as events
  where
    coalesce((p_last).era_began_at, '-infinity') = (p_run).era_began_at
    and events.transaction_id = any(array(select pg_snapshot_xip((p_last).snapshot)))
    and pg_visible_in_snapshot(events.transaction_id, (p_run).snapshot)
    and (
      events.occurred_at >= (p_run).era_began_at
      or not app.is_audit_sealed(events.org_id, events.id, events.occurred_at)
    )
  union all
  select events.org_id, events.id, events.occurred_at, events.transaction_id, app.audit_digest(events)
  from public.audit_events as events
  where
    (p_last).era_began_at < (p_run).era_began_at
    and events.occurred_at < (p_run).era_began_at
    and not exists (
      select from app.audit_contents as contents
      cross join unnest(contents.event_ids) as sealed (id)
      where contents.org_id = events.org_id and sealed.id = events.id
    )
$$;

comment on function app.unsealed_audit_events(app.audit_runs, app.audit_runs) is
'The events that a run is to seal, and their digests.';

revoke all on function app.is_audit_sealed(uuid, uuid, timestamptz) from public;
revoke all on function app.unsealed_audit_events(app.audit_runs, app.audit_runs) from public;
