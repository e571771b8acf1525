-- One table, three times, audited in three ways: without what sealing needs, as the platform does it, and with a chain
-- that each change continues itself. Each way has its own trail of the same columns, partitions and indexes.
create schema bench;

create table bench.plain_events (like public.audit_events including all) partition by range (occurred_at);
create table bench.plain_partition partition of bench.plain_events default;
create table bench.inline_events (like public.audit_events including all, place bigint, code bytea)
partition by range (occurred_at);
create table bench.inline_partition partition of bench.inline_events default;

-- Without a chain nobody asks for transactions.
do $$
declare
  v_index text;
begin
  for v_index in
    select indexname from pg_indexes
    where schemaname = 'bench' and tablename in ('plain_events', 'inline_events')
      and indexdef like '%(transaction_id)'
  loop
    execute format('drop index bench.%I', v_index);
  end loop;
end
$$;
alter table bench.plain_events drop column transaction_id;

-- The chain as it is usually built: whoever writes takes the head, and keeps it until the end of the transaction.
create table bench.heads (org_id uuid primary key, place bigint not null, code bytea not null);
create function bench.continue_chain() returns trigger
language plpgsql set search_path = ''
as $$
begin
  insert into bench.heads as heads (org_id, place, code) values (new.org_id, 1, '')
  on conflict (org_id) do update
  set
    place = heads.place + 1,
    code = extensions.hmac(
      heads.code || sha256(convert_to((new.id, new.occurred_at, new.action, new.table_name, new.changes)::text, 'UTF8')),
      'a key of the installation'::bytea, 'sha256'
    )
  returning place, code into new.place, new.code;
  return new;
end
$$;
create trigger chain before insert on bench.inline_events for each row execute function bench.continue_chain();

-- The platform's own functions, writing elsewhere.
do $$
declare
  v_way text;
  v_name text;
begin
  foreach v_way in array array['plain', 'inline'] loop
    foreach v_name in array array['audit', 'audit_row'] loop
      execute replace(replace(replace(replace(
        pg_get_functiondef((select oid from pg_proc where proname = v_name and pronamespace = 'app'::regnamespace)),
        'FUNCTION app.', 'FUNCTION bench.' || v_way || '_'),
        'perform app.audit(', 'perform bench.' || v_way || '_audit('),
        'public.audit_events', 'bench.' || v_way || '_events'),
        'app.audit_concealed', 'bench.audit_concealed');
    end loop;
  end loop;
end
$$;

create table bench.plain_things (
  org_id uuid not null, id uuid not null default app.uuid_v7(), name text not null, note text, amount integer,
  is_open boolean not null default true, primary key (org_id, id)
);
create table bench.sealed_things (like bench.plain_things including all);
create table bench.inline_things (like bench.plain_things including all);
create trigger _800_audit after insert on bench.plain_things
for each row execute function bench.plain_audit_row('org_id', 'org_id,id', '', '');
create trigger _800_audit after insert on bench.sealed_things
for each row execute function app.audit_row('org_id', 'org_id,id', '', '');
create trigger _800_audit after insert on bench.inline_things
for each row execute function bench.inline_audit_row('org_id', 'org_id,id', '', '');

create procedure bench.write(p_way text, p_org_id uuid, p_count integer)
language plpgsql
as $$
begin
  for v_number in 1 .. p_count loop
    if p_way = 'plain' then
      insert into bench.plain_things (org_id, name, note, amount) values (p_org_id, 'A thing', 'Some words', v_number);
    elsif p_way = 'sealed' then
      insert into bench.sealed_things (org_id, name, note, amount) values (p_org_id, 'A thing', 'Some words', v_number);
    else
      insert into bench.inline_things (org_id, name, note, amount) values (p_org_id, 'A thing', 'Some words', v_number);
    end if;
    commit;
  end loop;
end
$$;
