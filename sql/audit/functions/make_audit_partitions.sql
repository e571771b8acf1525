-- A month's events are one partition, so that retention drops a month and not millions of rows. In schema app, which
-- no API role can name; row-level security all the same, should a grant ever slip.
create function app.make_audit_partitions(p_months_ahead integer default 3) returns integer
language plpgsql volatile
set search_path = ''
as $$
declare
  v_this constant date := app.audit_month(app.clock());
  v_month date;
  v_count integer := 0;
begin
  perform pg_advisory_xact_lock(hashtext('carebase.audit.partitions'));
  perform app.empty_audit_default();
  for v_month in
    select month.first_at::date
    from generate_series(
      v_this::timestamp, v_this + make_interval(months => p_months_ahead), interval '1 month'
    ) as month (first_at)
  loop
    v_count := v_count + app.make_audit_partition(v_month, (v_month + interval '1 month')::date);
  end loop;
  return v_count;
end
$$;

comment on function app.make_audit_partitions(integer) is
'Makes the partitions of this month and the next ones where they are missing; how many it made. Idempotent: yes.
p_months_ahead: how many months beyond this one.';

create function app.make_audit_partition(p_from date, p_to date, p_from_table text default null) returns integer
language plpgsql volatile
set search_path = ''
as $$
declare
  v_name constant text := 'audit_events_' || to_char(p_from, 'YYYY_MM');
  v_bounds constant text := format(
    'for values from (%L) to (%L)', p_from::text || ' 00:00:00+00', p_to::text || ' 00:00:00+00'
  );
begin
  -- The month may be in a partition of several.
  if exists (
    select from app.audit_partitions() as partitions
    where partitions.from_date < p_to and partitions.to_date > p_from
  ) then
    return 0;
  end if;
  if p_from_table is null then
    execute format('create table app.%I partition of public.audit_events %s', v_name, v_bounds);
    execute format(
      'create trigger _200_append_only_truncate before truncate on app.%I '
      'for each statement execute function app.refuse_change()', v_name
    );
  else
    execute format('alter table app.%I rename to %I', p_from_table, v_name);
    execute format('alter table public.audit_events attach partition app.%I %s', v_name, v_bounds);
  end if;
  execute format('alter table app.%I enable row level security, force row level security', v_name);
  execute format('revoke all on app.%I from public, anon, authenticated, service_role', v_name);
  execute format('comment on table app.%I is %L', v_name, 'Audit events from ' || p_from || ' to before ' || p_to || '.');
  return 1;
end
$$;

comment on function app.make_audit_partition(date, date, text) is
'Makes the partition of some months, or attaches a table as it; 1, or 0 if there is one.';

-- Once a partition is missing its events are in the default one, and no partition could be made over them. Rows of the
-- trail are never moved: the default partition itself becomes the partition of the months it holds.
create function app.empty_audit_default() returns void
language plpgsql volatile
set search_path = ''
as $$
declare
  v_from date;
  v_to date;
begin
  if not exists (select from app.audit_events_default) then
    return;
  end if;
  lock table public.audit_events in access exclusive mode;
  select app.audit_month(min(events.occurred_at)), (app.audit_month(max(events.occurred_at)) + interval '1 month')::date
  into v_from, v_to
  from app.audit_events_default as events;
  if exists (
    select from app.audit_partitions() as partitions
    where partitions.from_date < v_to and partitions.to_date > v_from
  ) then
    raise warning 'app.audit_events_default holds events from % to before %, around other partitions; left as it is.',
      v_from, v_to;
    return;
  end if;
  alter table public.audit_events detach partition app.audit_events_default;
  perform app.make_audit_partition(v_from, v_to, 'audit_events_default');
  create table app.audit_events_default partition of public.audit_events default;
  comment on table app.audit_events_default is 'Events that no partition was made for.';
  alter table app.audit_events_default enable row level security;
  alter table app.audit_events_default force row level security;
  revoke all on app.audit_events_default from public, anon, authenticated, service_role;
  create trigger _200_append_only_truncate
  before truncate on app.audit_events_default
  for each statement execute function app.refuse_change();
end
$$;

comment on function app.empty_audit_default() is
'Makes the default partition, if it holds events, the partition of their months, and a new default one.';

create function app.audit_partitions() returns table (name text, from_date date, to_date date)
language sql stable
set search_path = ''
as $$
  select
    c.relname::text,
    app.audit_month(bounds.texts[1]::timestamptz),
    app.audit_month(bounds.texts[2]::timestamptz)
  from pg_catalog.pg_inherits as i
  inner join pg_catalog.pg_class as c on c.oid = i.inhrelid
  cross join lateral regexp_match(
    pg_catalog.pg_get_expr(c.relpartbound, c.oid), $pattern$FROM \('(.*)'\) TO \('(.*)'\)$pattern$
  ) as bounds (texts)
  where i.inhparent = 'public.audit_events'::regclass and bounds.texts is not null
$$;

comment on function app.audit_partitions() is
'The partitions of audit_events but the default one: first day, and the day after the last.';

revoke all on function app.make_audit_partitions(integer) from public;
revoke all on function app.make_audit_partition(date, date, text) from public;
revoke all on function app.empty_audit_default() from public;
revoke all on function app.audit_partitions() from public;
