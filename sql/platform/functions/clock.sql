-- One clock for every rule, so that midnight, expiry and daylight saving can be tested at the moment they
-- happen. Only a direct SQL session can set the setting; nothing that API roles may call does.
-- SQL that is bound when it is made, so that the planner puts it in the place of the call.
create function app.clock() returns timestamptz
language sql stable
return coalesce(nullif(current_setting('carebase.frozen_clock', true), '')::timestamptz, now());

comment on function app.clock() is
'The time of this transaction; tests freeze it with the setting carebase.frozen_clock.';

revoke all on function app.clock() from public;
grant execute on function app.clock() to authenticated, service_role;
