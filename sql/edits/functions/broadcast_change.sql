-- Whoever looks at the row learns that it changed, not what it holds: they read it again, as far as they may. On a
-- private Realtime channel where Realtime is there, else by NOTIFY on channel carebase_changes.
create function app.broadcast(p_topic text, p_event text, p_payload jsonb) returns void
language plpgsql volatile
set search_path = ''
as $$
begin
  if to_regprocedure('realtime.send(jsonb,text,text,boolean)') is not null then
    execute 'select realtime.send($1, $2, $3, true)' using p_payload, p_event, p_topic;
  else
    perform pg_notify(
      'carebase_changes', jsonb_build_object('topic', p_topic, 'event', p_event, 'payload', p_payload)::text
    );
  end if;
end
$$;

comment on function app.broadcast(text, text, jsonb) is
'The one adapter to Realtime: a message to those who may listen to the topic. Never anything of what a row holds.';

create function app.broadcast_change() returns trigger
language plpgsql
set search_path = ''
as $$
declare
  v_row constant jsonb := to_jsonb(new);
begin
  perform app.broadcast(
    format('org:%s:%s', v_row ->> 'org_id', tg_table_name), 'changed',
    jsonb_build_object('id', v_row -> tg_argv[0], 'version', v_row -> 'version')
  );
  return null;
end
$$;

comment on function app.broadcast_change() is
'Trigger _900_broadcast of tables that are merged: which row changed, and its version.';

revoke all on function app.broadcast(text, text, jsonb) from public;
revoke all on function app.broadcast_change() from public;
grant execute on function app.broadcast(text, text, jsonb) to authenticated, service_role;
