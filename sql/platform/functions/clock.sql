-- One clock for every rule, so that midnight, expiry and daylight saving can be tested at the moment they
-- happen. Only a direct SQL session can set the setting; nothing that API roles may call does.
-- PL/pgSQL, because every request asks it and an SQL function would be planned anew each time.
create function app.clock() returns timestamptz
language plpgsql stable
set search_path = ''
as $$
begin
  return coalesce(nullif(current_setting('carebase.frozen_clock', true), '')::timestamptz, now());
end
$$;

comment on function app.clock() is
'The time of this transaction; tests freeze it with the setting carebase.frozen_clock.';

revoke all on function app.clock() from public;
grant execute on function app.clock() to authenticated, service_role;
