-- From the clock on the wall to the moment, as RFC 5545 says it (3.3.5): a time that the clocks skip is read by the
-- offset before the change and so moves forward; of one that they show twice it is the first. Postgres does the former
-- by itself and takes the second of two.
create function app.wall_moment(p_local timestamp, p_zone text) returns timestamptz
language sql stable
set search_path = ''
as $$
  select case
    when earlier.moment < later.moment and earlier.moment at time zone p_zone = p_local then earlier.moment
    else later.moment
  end
  from (select p_local at time zone p_zone as moment) as later
  cross join lateral (
    -- By the offset of the day before, when no change was near.
    select
      (p_local - (
        (later.moment - interval '24 hours') at time zone p_zone - (later.moment - interval '24 hours') at time zone 'UTC'
      )) at time zone 'UTC' as moment
  ) as earlier
$$;

comment on function app.wall_moment(timestamp, text) is
'The moment of a local time: a time that is skipped moves forward, of one that comes twice it is the first.';

revoke all on function app.wall_moment(timestamp, text) from public;
