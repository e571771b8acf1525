-- What falls due is compared with the time of day and not with the beginning of a transaction: in a long one, a message
-- would be due before it was written, behind the place that the workers have reached.
create function app.wall_clock() returns timestamptz
language sql volatile
set search_path = ''
as $$
  select coalesce(nullif(current_setting('carebase.frozen_clock', true), '')::timestamptz, clock_timestamp())
$$;

comment on function app.wall_clock() is 'The time at this very moment, also within a transaction; tests freeze it.';

revoke all on function app.wall_clock() from public;
