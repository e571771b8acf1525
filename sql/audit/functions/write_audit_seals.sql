-- The seals of one run, up to 1000 events each. The events are read, digested and put in order once, in one query; what
-- is done one by one is one code per seal.
create function app.write_audit_seals(p_last app.audit_runs, p_run app.audit_runs) returns integer
language plpgsql volatile
set search_path = ''
as $$
declare
  v_chain record;
  v_seal app.audit_seals;
  v_key bytea;
  v_from integer;
  v_event_ids uuid[];
  v_event_digests bytea;
  v_count integer := 0;
begin
  for v_chain in
    select
      fresh.org_id,
      app.audit_month(fresh.occurred_at) as month_date,
      array_agg(fresh.id order by fresh.transaction_id, fresh.occurred_at, fresh.id) as event_ids,
      string_agg(fresh.digest, ''::bytea order by fresh.transaction_id, fresh.occurred_at, fresh.id) as event_digests
    from app.unsealed_audit_events(p_last, p_run) as fresh
    group by fresh.org_id, app.audit_month(fresh.occurred_at)
    order by fresh.org_id, app.audit_month(fresh.occurred_at)
  loop
    if v_seal.org_id is distinct from v_chain.org_id then
      v_key := app.audit_key(v_chain.org_id, p_run.key_version);
      v_seal := app.last_audit_seal(v_chain.org_id);
    end if;
    perform app.make_audit_contents_partition(v_chain.month_date);
    for v_from in 1 .. cardinality(v_chain.event_ids) by 1000 loop
      v_event_ids := v_chain.event_ids[v_from:v_from + 999];
      v_event_digests := substring(
        v_chain.event_digests from (v_from - 1) * 32 + 1 for cardinality(v_event_ids) * 32
      );
      v_seal.org_id := v_chain.org_id;
      v_seal.number := coalesce(v_seal.number, 0) + 1;
      v_seal.run_number := p_run.number;
      v_seal.month_date := v_chain.month_date;
      v_seal.event_count := cardinality(v_event_ids);
      v_seal.contents_digest := app.audit_contents_digest(v_event_ids, v_event_digests);
      v_seal.key_version := p_run.key_version;
      v_seal.previous_code := coalesce(v_seal.code, decode(repeat('00', 32), 'hex'));
      v_seal.sealed_at := p_run.sealed_at;
      v_seal.code := app.audit_seal_code(v_seal, v_key);
      insert into app.audit_seals select v_seal.*;
      insert into app.audit_contents (org_id, number, month_date, event_ids, event_digests)
      values (v_seal.org_id, v_seal.number, v_seal.month_date, v_event_ids, v_event_digests);
      v_count := v_count + v_seal.event_count;
    end loop;
  end loop;
  return v_count;
end
$$;

comment on function app.write_audit_seals(app.audit_runs, app.audit_runs) is
'Writes the seals of a run; how many events they are over.';

create function app.last_audit_seal(p_org_id uuid) returns app.audit_seals
language sql stable
set search_path = ''
as $$
  select seals.* from app.audit_seals as seals where seals.org_id = p_org_id order by seals.number desc limit 1
$$;

comment on function app.last_audit_seal(uuid) is 'The end of an organization''s chain; null before the first seal.';

create function app.make_audit_contents_partition(p_month date) returns void
language plpgsql volatile
set search_path = ''
as $$
declare
  v_name constant text := 'audit_contents_' || to_char(p_month, 'YYYY_MM');
begin
  if to_regclass('app.' || v_name) is not null then
    return;
  end if;
  execute format(
    'create table app.%I partition of app.audit_contents for values from (%L) to (%L)',
    v_name, p_month, (p_month + interval '1 month')::date
  );
  execute format('alter table app.%I enable row level security, force row level security', v_name);
  execute format('revoke all on app.%I from public, anon, authenticated, service_role', v_name);
  execute format('comment on table app.%I is %L', v_name, 'What seals of ' || to_char(p_month, 'YYYY-MM') || ' are over.');
  -- Digests do not compress.
  execute format('alter table app.%I alter column event_digests set storage external', v_name);
  execute format(
    'create trigger _200_append_only_truncate before truncate on app.%I '
    'for each statement execute function app.refuse_change()', v_name
  );
end
$$;

comment on function app.make_audit_contents_partition(date) is
'Makes the partition of app.audit_contents for a month unless there is one.';

revoke all on function app.write_audit_seals(app.audit_runs, app.audit_runs) from public;
revoke all on function app.make_audit_contents_partition(date) from public;
revoke all on function app.last_audit_seal(uuid) from public;
