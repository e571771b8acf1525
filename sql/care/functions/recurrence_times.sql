-- When a rule is due, by the clocks on the wall: the days that fit it, their hours and minutes, and of each period the
-- places that BYSETPOS names. All at once, so that the cost is that of the days looked at: those of the periods around
-- what is asked for, or, where a rule counts, all since its start.
create function app.recurrence_times(p_rule app.recurrence, p_start timestamp, p_from timestamp, p_to timestamp)
returns setof timestamp
language plpgsql stable
set search_path = ''
as $$
declare
  v_from constant timestamp := case when p_rule.most is null then greatest(p_start, p_from) else p_start end;
  v_first constant date := app.recurrence_period(p_rule, v_from)::date;
  -- Places are counted in whole periods.
  v_last constant date := case
    when p_rule.places is null then p_to
    else app.recurrence_period(p_rule, p_to)
      + case p_rule.freq when 'WEEKLY' then '7 days' when 'MONTHLY' then '1 month' when 'YEARLY' then '1 year' else '0' end::interval
  end::date;
begin
  return query
  with times as (
    select days.day + make_interval(hours => hours.hour, mins => minutes.minute) as due
    from app.recurrence_days(p_rule, p_start, v_first, v_last) as days (day)
    cross join unnest(
      coalesce(
        p_rule.hours,
        case p_rule.freq
          when 'HOURLY' then array(select generate_series(0, 23)) else array[extract(hour from p_start)::integer]
        end
      )
    ) as hours (hour)
    cross join unnest(coalesce(p_rule.minutes, array[extract(minute from p_start)::integer])) as minutes (minute)
    where
      p_rule.freq <> 'HOURLY'
      or (
        extract(epoch from days.day + make_interval(hours => hours.hour) - date_trunc('hour', p_start))::bigint / 3600
      ) % coalesce(p_rule.step, 1) = 0
  ),
  placed as (
    select
      times.due,
      row_number() over (partition by app.recurrence_period(p_rule, times.due) order by times.due) as place,
      row_number() over (partition by app.recurrence_period(p_rule, times.due) order by times.due desc) as place_from_end
    from times
    where p_rule.places is not null
  ),
  chosen as (
    select times.due from times where p_rule.places is null
    union all
    select placed.due from placed
    where placed.place = any(p_rule.places) or -placed.place_from_end = any(p_rule.places)
  ),
  counted as (
    select chosen.due, row_number() over (order by chosen.due) as number
    from chosen
    where chosen.due >= p_start and (p_rule.until is null or chosen.due <= p_rule.until)
  )
  select counted.due
  from counted
  where
    (p_rule.most is null or counted.number <= p_rule.most)
    and counted.due >= p_from
    and counted.due < p_to
    and counted.due <> all(p_rule.except_times)
    and counted.due::date <> all(p_rule.except_days)
  order by counted.due;
end
$$;

comment on function app.recurrence_times(app.recurrence, timestamp, timestamp, timestamp) is
'The local times of a rule that began at p_start, from p_from until before p_to, in their order. Its start is one of them
only if it fits the rule.';

create function app.recurrence_period(p_rule app.recurrence, p_time timestamp) returns timestamp
language sql immutable
return case (p_rule).freq
  when 'HOURLY' then date_trunc('hour', p_time)
  when 'DAILY' then date_trunc('day', p_time)
  when 'WEEKLY'
    then
      date_trunc('day', p_time)
      - make_interval(days => (extract(isodow from p_time)::integer - (p_rule).week_start + 7) % 7)
  when 'MONTHLY' then date_trunc('month', p_time)
  else date_trunc('year', p_time)
end;

comment on function app.recurrence_period(app.recurrence, timestamp) is
'When the hour, day, week, month or year of a rule began in which a time is.';

-- Which days a rule without any BY… for them means follows from its start.
create function app.recurrence_days(p_rule app.recurrence, p_start timestamp, p_first date, p_last date)
returns setof timestamp
language plpgsql stable
set search_path = ''
as $$
declare
  v_is_open constant boolean :=
    p_rule.weekdays is null and p_rule.nth_weekdays is null and p_rule.month_days is null;
  v_weekdays constant integer[] := case
    when v_is_open and p_rule.freq = 'WEEKLY' then array[extract(isodow from p_start)::integer] else p_rule.weekdays
  end;
  v_month_days constant integer[] := case
    when v_is_open and p_rule.freq in ('MONTHLY', 'YEARLY') then array[extract(day from p_start)::integer]
    else p_rule.month_days
  end;
  v_months constant integer[] := case
    when v_is_open and p_rule.freq = 'YEARLY' and p_rule.months is null
      then array[extract(month from p_start)::integer]
    else p_rule.months
  end;
  v_counts_in_year constant boolean := p_rule.freq = 'YEARLY' and p_rule.months is null;
begin
  return query
  select days.day
  from (
    select
      series.day,
      extract(isodow from series.day)::integer as weekday,
      extract(day from series.day)::integer as month_day,
      extract(month from series.day)::integer as month,
      extract(year from series.day)::integer as year,
      case when v_counts_in_year then extract(doy from series.day) else extract(day from series.day) end::integer as place,
      case
        when v_counts_in_year then extract(doy from date_trunc('year', series.day) + interval '1 year - 1 day')
        else extract(day from date_trunc('month', series.day) + interval '1 month - 1 day')
      end::integer as places,
      extract(day from date_trunc('month', series.day) + interval '1 month - 1 day')::integer as month_length
    from generate_series(p_first::timestamp, p_last::timestamp, interval '1 day') as series (day)
  ) as days
  where
    case p_rule.freq
      when 'DAILY' then days.day::date - p_start::date
      when 'WEEKLY' then
        (app.recurrence_period(p_rule, days.day)::date - app.recurrence_period(p_rule, p_start)::date) / 7
      when 'MONTHLY' then
        (days.year - extract(year from p_start)::integer) * 12 + days.month - extract(month from p_start)::integer
      when 'YEARLY' then days.year - extract(year from p_start)::integer
      else 0
    end % coalesce(p_rule.step, 1) = 0
    and (v_months is null or days.month = any(v_months))
    and (
      v_month_days is null
      or days.month_day = any(v_month_days)
      or days.month_day - days.month_length - 1 = any(v_month_days)
    )
    and (
      (v_weekdays is null and p_rule.nth_weekdays is null)
      or coalesce(days.weekday = any(v_weekdays), false)
      or coalesce(
        ((days.place - 1) / 7 + 1) * 10 + days.weekday = any(p_rule.nth_weekdays)
        or -(((days.places - days.place) / 7 + 1) * 10 + days.weekday) = any(p_rule.nth_weekdays),
        false
      )
    );
end
$$;

comment on function app.recurrence_days(app.recurrence, timestamp, date, date) is
'The days of a rule from one day to another, in the periods that its interval leaves.';

revoke all on function app.recurrence_times(app.recurrence, timestamp, timestamp, timestamp) from public;
revoke all on function app.recurrence_period(app.recurrence, timestamp) from public;
revoke all on function app.recurrence_days(app.recurrence, timestamp, date, date) from public;
