-- The next moment of a schedule, as Debian's cron keeps it when the clocks change:
-- - A job at fixed times runs once for each of them: in an hour that is skipped, at the moment of the skip; in an hour
--   that comes twice, the first time.
-- - A job whose minute or hour begins with a star runs whenever a clock on the wall shows such a time: not in an hour
--   that is skipped, and twice in one that comes twice, so that every fifteen minutes stay every fifteen minutes.
-- Days and weekdays: both must be right if one of them begins with a star, else one is enough.
create function app.next_run(p_cron text, p_zone text, p_after timestamptz) returns timestamptz
language plpgsql stable
set search_path = ''
as $$
declare
  v_fields constant text[] := regexp_split_to_array(p_cron, ' +');
  v_is_fixed constant boolean := v_fields[1] !~ '^\*' and v_fields[2] !~ '^\*';
  v_needs_both constant boolean := v_fields[3] ~ '^\*' or v_fields[5] ~ '^\*';
  v_after constant bigint := floor(extract(epoch from p_after));
  v_cron record;
  v_seconds bigint[];
  v_day date := (p_after at time zone p_zone)::date - 1;
  -- Eight years without a 29th of February: around 2100.
  v_end constant date := v_day + 9 * 366;
  v_is_day boolean;
  v_is_weekday boolean;
  v_zone record;
  v_changes bigint;
  v_next bigint;
  v_found bigint;
begin
  select fields.* into v_cron from app.cron_fields(p_cron) as fields;
  v_seconds := array(
    select 3600 * hours.h + 60 * minutes.m
    from unnest(v_cron.hours) as hours (h)
    cross join unnest(v_cron.minutes) as minutes (m)
    order by 1
  );
  while v_day < v_end loop
    v_is_day := extract(day from v_day) = any(v_cron.days)
      or v_cron.has_last_day and extract(day from v_day + 1) = 1;
    v_is_weekday := extract(dow from v_day) = any(v_cron.weekdays) or extract(isodow from v_day) = any(v_cron.weekdays);
    if extract(month from v_day) = any(v_cron.months)
      and (v_is_day and v_is_weekday or not v_needs_both and (v_is_day or v_is_weekday)) then
      v_zone := app.zone_day(p_zone, v_day);
      v_changes := v_zone.changes;
      v_next := app.first_of_day(v_zone.begins, v_zone.offset_before, v_zone.offset_after, v_changes, v_seconds,
        v_is_fixed, v_after);
    else
      v_next := null;
      v_changes := null;
    end if;
    -- Clocks that go back past midnight bring moments of this day after moments of the next.
    if v_found is not null or (v_next is not null and v_changes is null) then
      return to_timestamp(least(v_found, v_next));
    end if;
    v_found := v_next;
    v_day := v_day + 1;
  end loop;
  return null;
end
$$;

comment on function app.next_run(text, text, timestamptz) is
'The first moment after p_after that a cron expression names by the clocks of a zone; null if there is none.';

create function app.first_of_day(
  p_begins bigint,
  p_offset_before bigint,
  p_offset_after bigint,
  p_changes bigint,
  p_seconds bigint[],
  p_is_fixed boolean,
  p_after bigint
) returns bigint
language plpgsql immutable
set search_path = ''
as $$
begin
  if p_changes is null then
    return (
      select min(p_begins - p_offset_before + times.t)
      from unnest(p_seconds) as times (t)
      where p_begins - p_offset_before + times.t > p_after
    );
  end if;
  return (
    select min(moments.moment)
    from unnest(p_seconds) as times (t)
    cross join lateral (
      select p_begins + times.t - p_offset_before as old, p_begins + times.t - p_offset_after as new
    ) as clocks
    cross join lateral (
      values
        (case when clocks.old < p_changes then clocks.old end),
        (
          case
            when clocks.new >= p_changes and (clocks.old >= p_changes or not p_is_fixed) then clocks.new
            when clocks.new < p_changes and clocks.old >= p_changes and p_is_fixed then p_changes
          end
        )
    ) as moments (moment)
    where moments.moment > p_after
  );
end
$$;

comment on function app.first_of_day(bigint, bigint, bigint, bigint, bigint[], boolean, bigint) is
'The first of a day''s times of day (p_seconds) after a moment, all in seconds; null if there is none.';

revoke all on function app.next_run(text, text, timestamptz) from public;
revoke all on function app.first_of_day(bigint, bigint, bigint, bigint, bigint[], boolean, bigint) from public;
