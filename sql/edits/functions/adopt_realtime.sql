-- Who may listen: to a private channel org:<organization>:<table>, whoever works for that organization and has it open.
-- What they hear is an id and a version; what the row holds they read as far as they may. Where Realtime is, its own
-- policy asks; local stacks have none, and nobody listens there.
create function app.may_listen(p_topic text) returns boolean
language plpgsql stable
set search_path = ''
as $$
begin
  return
    p_topic ~ '^org:[0-9a-f-]{36}:[a-z][a-z_0-9]{0,62}$'
    and split_part(p_topic, ':', 2) = app.current_org()::text
    and app.is_staff();
end
$$;

comment on function app.may_listen(text) is
'Whether the caller may listen to a private channel: for the policy of realtime.messages.';

create function app.adopt_realtime() returns boolean
language plpgsql volatile
set search_path = ''
as $$
begin
  if to_regclass('realtime.messages') is null or to_regprocedure('realtime.topic()') is null then
    return false;
  end if;
  if not exists (
    select from pg_catalog.pg_policy as policies
    where policies.polrelid = to_regclass('realtime.messages') and policies.polname = 'carebase_listen'
  ) then
    execute
      'create policy carebase_listen on realtime.messages for select to authenticated '
      'using (extension = ''broadcast'' and app.may_listen((select realtime.topic())))';
  end if;
  return true;
exception when insufficient_privilege then
  raise notice 'Nobody can listen to private channels: the owner of realtime.messages has to run app.adopt_realtime().';
  return false;
end
$$;

comment on function app.adopt_realtime() is
'Puts the policy of private channels on realtime.messages, where that is there; whether it is there now. For migrations
and administrators of the database. Idempotent: yes.';

revoke all on function app.may_listen(text) from public;
revoke all on function app.adopt_realtime() from public;
grant execute on function app.may_listen(text) to authenticated;
