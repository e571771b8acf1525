-- How the clocks of a zone run on a day. In seconds since 1970, because intervals add days of 23 hours as days.
create function app.zone_offset(p_zone text, p_epoch bigint) returns bigint
language sql stable
set search_path = ''
as $$
  select extract(epoch from to_timestamp(p_epoch) at time zone p_zone)::bigint - p_epoch
$$;

comment on function app.zone_offset(text, bigint) is
'By how many seconds the clocks of a zone are ahead of UTC at a moment; behind: negative.';

-- No zone is more than 15 hours from UTC: every moment of this day, by whatever clock, lies between the two ends. One
-- change of the clocks at most in those 52 hours: of all zones since 2000, none has had two.
create function app.zone_day(
  p_zone text,
  p_day date,
  out begins bigint,
  out offset_before bigint,
  out offset_after bigint,
  out changes bigint
)
language plpgsql stable
set search_path = ''
as $$
declare
  v_low bigint;
  v_high bigint;
  v_middle bigint;
begin
  begins := extract(epoch from p_day)::bigint;
  v_low := begins - 15 * 3600;
  v_high := begins + 37 * 3600;
  offset_before := app.zone_offset(p_zone, v_low);
  offset_after := app.zone_offset(p_zone, v_high);
  if offset_before = offset_after then
    return;
  end if;
  while v_high - v_low > 1 loop
    v_middle := (v_low + v_high) / 2;
    if app.zone_offset(p_zone, v_middle) = offset_before then
      v_low := v_middle;
    else
      v_high := v_middle;
    end if;
  end loop;
  changes := v_high;
end
$$;

comment on function app.zone_day(text, date) is
'A day by the clocks of a zone: where it would begin in UTC, the offsets around it, and when they change, if they do.';

revoke all on function app.zone_offset(text, bigint) from public;
revoke all on function app.zone_day(text, date) from public;
