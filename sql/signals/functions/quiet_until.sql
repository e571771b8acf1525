-- Quiet hours are on the wall clock of the person, so every step is taken there and turned into a moment afterwards:
-- "until seven" is seven o'clock also in the night in which an hour is missing or comes twice.
create function app.quiet_until(
  p_at timestamptz, p_zone text, p_from time, p_until time, p_days smallint[] default '{}'
) returns timestamptz
language plpgsql stable
set search_path = ''
as $$
declare
  v_at timestamptz := p_at;
  v_local timestamp;
  v_end timestamp;
  v_next timestamptz;
begin
  -- Six quiet days and a night between each two: no more steps than that.
  for v_step in 1..20 loop
    v_local := v_at at time zone p_zone;
    v_end := case
      when extract(isodow from v_local) = any(p_days) then v_local::date + 1
      when p_from < p_until and v_local::time >= p_from and v_local::time < p_until then v_local::date + p_until
      when p_from > p_until and v_local::time >= p_from then v_local::date + 1 + p_until
      when p_from > p_until and v_local::time < p_until then v_local::date + p_until
    end;
    exit when v_end is null;
    v_next := v_end at time zone p_zone;
    -- Where an hour comes twice, its end is looked up as the first of the two and may lie behind us already.
    v_at := case when v_next > v_at then v_next else v_at + (v_end - v_local) end;
  end loop;
  return v_at;
end
$$;

comment on function app.quiet_until(timestamptz, text, time, time, smallint[]) is
'The first moment from p_at on that is in none of the quiet hours and days of somebody in this time zone; p_at itself if
it is not quiet.';

revoke all on function app.quiet_until(timestamptz, text, time, time, smallint[]) from public;
