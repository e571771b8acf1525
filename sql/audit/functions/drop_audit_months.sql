-- Retention: whole months go, never single events, and only months in which every event is sealed. Seals stay, so that
-- the chain verifies from its beginning as before; app.audit_dropped_months says, with a code, that the events of
-- these were dropped and not deleted. Six years is what 45 CFR 164.316(b)(2) asks for.
create function app.drop_audit_months(p_before date) returns integer
language plpgsql volatile
set search_path = ''
as $$
declare
  v_partition record;
  v_count integer := 0;
begin
  if p_before is null or p_before > app.audit_month(app.clock() - interval '6 years') then
    raise exception 'Audit events are kept for six years: nothing after % can be dropped.',
      app.audit_month(app.clock() - interval '6 years')
    using errcode = 'invalid_parameter_value';
  end if;
  -- In the order in which sealing and making partitions lock.
  perform pg_advisory_xact_lock(hashtext('carebase.audit.seal'));
  perform pg_advisory_xact_lock(hashtext('carebase.audit.partitions'));
  for v_partition in
    select partitions.* from app.audit_partitions() as partitions
    where partitions.to_date <= p_before
    order by partitions.from_date
  loop
    v_count := v_count + app.drop_audit_partition(v_partition.name, v_partition.from_date, v_partition.to_date);
  end loop;
  return v_count;
end
$$;

comment on function app.drop_audit_months(date) is
'Drops the partitions of whole months before a day; how many months. Idempotent: yes.
p_before: at least six years ago. Refused if an event of these months is not sealed.';

create function app.drop_audit_partition(p_name text, p_from date, p_to date) returns integer
language plpgsql volatile
set search_path = ''
as $$
declare
  v_month date;
  v_row app.audit_dropped_months;
  v_events bigint;
  v_sealed bigint;
  v_count integer := 0;
begin
  execute format('lock table app.%I in access exclusive mode', p_name);
  execute format('select count(*) from app.%I', p_name) into v_events;
  select coalesce(sum(seals.event_count), 0) into v_sealed
  from app.audit_seals as seals
  where seals.month_date >= p_from and seals.month_date < p_to;
  if v_events <> v_sealed then
    raise exception '% has % events, and % are sealed: nothing was dropped.', p_name, v_events, v_sealed
    using errcode = 'object_not_in_prerequisite_state', hint = 'Run: carebase audit verify';
  end if;

  for v_month in
    select months.first_at::date
    from generate_series(p_from::timestamp, p_to - interval '1 month', interval '1 month') as months (first_at)
  loop
    v_row.month_date := v_month;
    v_row.event_count := (
      select coalesce(sum(seals.event_count), 0) from app.audit_seals as seals where seals.month_date = v_month
    );
    v_row.run_number := (select coalesce(max(runs.number), 0) from app.audit_runs as runs);
    v_row.key_version := app.audit_key_version();
    v_row.dropped_at := clock_timestamp();
    v_row.code := app.audit_drop_code(
      v_row, app.audit_key('00000000-0000-0000-0000-000000000000', v_row.key_version)
    );
    insert into app.audit_dropped_months select v_row.*;
    execute format('drop table if exists app.%I', 'audit_contents_' || to_char(v_month, 'YYYY_MM'));
    v_count := v_count + 1;
  end loop;
  execute format('drop table app.%I', p_name);
  perform app.audit(
    'purge', null, 'public.audit_events', p_operation => 'drop_audit_months',
    p_changes => jsonb_build_object(
      'from', jsonb_build_array(p_from, null), 'to', jsonb_build_array(p_to, null),
      'events', jsonb_build_array(v_events, null)
    )
  );
  return v_count;
end
$$;

comment on function app.drop_audit_partition(text, date, date) is
'Drops one partition whose events are all sealed; how many months it held.';

revoke all on function app.drop_audit_months(date) from public;
revoke all on function app.drop_audit_partition(text, date, date) from public;
