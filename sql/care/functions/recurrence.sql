-- Reading a recurrence rule: RFC 5545 as far as tasks of care need it, refused beyond that rather than half understood.
-- The text is one rule (FREQ=…, with or without RRULE:), and lines EXDATE:… below it.
create function app.read_recurrence(p_rule text, p_zone text) returns app.recurrence
language plpgsql stable
set search_path = ''
as $$
declare
  v_lines constant text[] := regexp_split_to_array(upper(btrim(p_rule, e' \r\n')), e'\r?\n');
  v_parts jsonb;
  v_rule app.recurrence;
begin
  perform app.check_recurrence(
    length(p_rule) <= 1000 and v_lines[1] ~ '^(RRULE:)?[A-Z]+=[A-Z0-9,+-]+(;[A-Z]+=[A-Z0-9,+-]+)*$',
    'A rule is written as FREQ=DAILY;BYHOUR=8,20 and has at most 1,000 characters.'
  );
  perform app.check_recurrence(
    (
      select count(*) = count(distinct split_part(parts.part, '=', 1))
      from string_to_table(regexp_replace(v_lines[1], '^RRULE:', ''), ';') as parts (part)
    ),
    'Each part of a rule is given once.'
  );
  select jsonb_object_agg(split_part(parts.part, '=', 1), split_part(parts.part, '=', 2)) into v_parts
  from string_to_table(regexp_replace(v_lines[1], '^RRULE:', ''), ';') as parts (part);
  perform app.check_recurrence(
    v_parts - '{FREQ,INTERVAL,COUNT,UNTIL,BYDAY,BYMONTHDAY,BYMONTH,BYHOUR,BYMINUTE,BYSETPOS,WKST}'::text[] = '{}',
    'A rule has FREQ, INTERVAL, COUNT, UNTIL, BYDAY, BYMONTHDAY, BYMONTH, BYHOUR, BYMINUTE, BYSETPOS, WKST.'
  );
  v_rule.freq := v_parts ->> 'FREQ';
  perform app.check_recurrence(
    v_rule.freq in ('HOURLY', 'DAILY', 'WEEKLY', 'MONTHLY', 'YEARLY'),
    'FREQ is HOURLY, DAILY, WEEKLY, MONTHLY or YEARLY.'
  );
  v_rule.step := (app.recurrence_numbers(v_parts ->> 'INTERVAL', 1, 1000, false))[1];
  v_rule.most := (app.recurrence_numbers(v_parts ->> 'COUNT', 1, 1000, false))[1];
  v_rule.until := app.recurrence_until(v_parts ->> 'UNTIL', p_zone);
  v_rule.week_start := app.recurrence_weekday(coalesce(v_parts ->> 'WKST', 'MO'));
  v_rule.month_days := app.recurrence_numbers(v_parts ->> 'BYMONTHDAY', 1, 31, true);
  v_rule.months := app.recurrence_numbers(v_parts ->> 'BYMONTH', 1, 12, false);
  v_rule.hours := app.recurrence_numbers(v_parts ->> 'BYHOUR', 0, 23, false);
  v_rule.minutes := app.recurrence_numbers(v_parts ->> 'BYMINUTE', 0, 59, false);
  v_rule.places := app.recurrence_numbers(v_parts ->> 'BYSETPOS', 1, 366, true);
  v_rule := app.read_recurrence_days(v_rule, v_parts ->> 'BYDAY');
  perform app.check_recurrence(
    v_rule.week_start is not null
    and not (v_parts ? 'COUNT' and v_parts ? 'UNTIL')
    and not (v_rule.freq = 'WEEKLY' and v_parts ? 'BYMONTHDAY')
    and (not v_parts ? 'BYSETPOS' or v_parts ?| '{BYDAY,BYMONTHDAY,BYMONTH,BYHOUR,BYMINUTE}'),
    'COUNT excludes UNTIL, a weekly rule has no BYMONTHDAY, BYSETPOS goes with another BY, WKST is a day of the week.'
  );
  return app.read_recurrence_exceptions(v_rule, v_lines[2:]);
end
$$;

comment on function app.read_recurrence(text, text) is
'A recurrence rule in parts, its UNTIL by the clocks of the zone. Errors: invalid_input (p_rule).';

create function app.check_recurrence(p_is_right boolean, p_message text) returns void
language plpgsql stable
set search_path = ''
as $$
begin
  perform app.check_input('p_rule', p_is_right, p_message);
end
$$;

comment on function app.check_recurrence(boolean, text) is 'Ends the request with invalid_input of p_rule unless it holds.';

create function app.recurrence_numbers(p_list text, p_least integer, p_greatest integer, p_is_signed boolean)
returns integer[]
language plpgsql stable
set search_path = ''
as $$
declare
  v_numbers integer[];
begin
  if p_list is null then
    return null;
  end if;
  perform app.check_recurrence(p_list ~ '^[+-]?[0-9]{1,4}(,[+-]?[0-9]{1,4})*$', 'A part of the rule takes whole numbers.');
  v_numbers := array(select distinct each.number::integer from string_to_table(p_list, ',') as each (number) order by 1);
  perform app.check_recurrence(
    (
      select bool_and(abs(each.number) >= p_least and abs(each.number) <= p_greatest and (p_is_signed or each.number >= 0))
      from unnest(v_numbers) as each (number)
    ),
    'A number of the rule is beyond what its part takes.'
  );
  return v_numbers;
end
$$;

comment on function app.recurrence_numbers(text, integer, integer, boolean) is
'The numbers of a part of a rule, each once; null for a part that is not there.';

-- A day includes all of it.
create function app.recurrence_until(p_until text, p_zone text) returns timestamp
language plpgsql stable
set search_path = ''
as $$
begin
  perform app.check_recurrence(
    coalesce(p_until ~ '^[0-9]{8}(T[0-9]{6}Z?)?$', true), 'UNTIL is written as 20261231, 20261231T200000 or with Z.'
  );
  return case
    when length(p_until) = 8 then app.recurrence_moment(p_until || 'T235959')
    when p_until like '%Z' then app.recurrence_moment(rtrim(p_until, 'Z')) at time zone 'UTC' at time zone p_zone
    else app.recurrence_moment(p_until)
  end;
end
$$;

comment on function app.recurrence_until(text, text) is 'The last moment of a rule by the clocks of a zone.';

create function app.recurrence_moment(p_text text) returns timestamp
language plpgsql stable
set search_path = ''
as $$
begin
  return (left(p_text, 8) || ' ' || substr(p_text, 10, 6)::time)::timestamp;
exception
  when invalid_datetime_format or datetime_field_overflow then
    perform app.check_recurrence(false, 'A date or time of the rule is on no calendar.');
    return null;
end
$$;

comment on function app.recurrence_moment(text) is 'A date and time as RFC 5545 writes it, such as 20261231T200000.';

create function app.recurrence_weekday(p_day text) returns integer
language sql immutable
return array_position('{MO,TU,WE,TH,FR,SA,SU}'::text[], p_day);

comment on function app.recurrence_weekday(text) is 'The number of a day of the week, from 1 for MO; null for no day.';

create function app.read_recurrence_days(p_rule app.recurrence, p_days text) returns app.recurrence
language plpgsql stable
set search_path = ''
as $$
declare
  v_rule app.recurrence := p_rule;
  v_most constant integer := case p_rule.freq when 'MONTHLY' then 5 when 'YEARLY' then 53 else 0 end;
begin
  if p_days is null then
    return v_rule;
  end if;
  perform app.check_recurrence(
    p_days ~ '^([+-]?[1-9][0-9]?)?(MO|TU|WE|TH|FR|SA|SU)(,([+-]?[1-9][0-9]?)?(MO|TU|WE|TH|FR|SA|SU))*$',
    'BYDAY is written as MO,TH or, in a month or year, as 1MO,-1FR.'
  );
  select
    array_agg(days.weekday) filter (where days.nth is null),
    array_agg(days.nth * 10 + sign(days.nth) * days.weekday) filter (where days.nth is not null)
  into v_rule.weekdays, v_rule.nth_weekdays
  from (
    select
      app.recurrence_weekday(right(each.day, 2)) as weekday,
      nullif(left(each.day, -2), '')::integer as nth
    from string_to_table(p_days, ',') as each (day)
  ) as days;
  perform app.check_recurrence(
    coalesce(
      (select bool_and(abs(pairs.pair) / 10 <= v_most) from unnest(v_rule.nth_weekdays) as pairs (pair)), true
    ),
    'Days are counted in a month (up to 5) or a year (up to 53).'
  );
  return v_rule;
end
$$;

comment on function app.read_recurrence_days(app.recurrence, text) is 'The rule with its BYDAY.';

create function app.read_recurrence_exceptions(p_rule app.recurrence, p_lines text[]) returns app.recurrence
language plpgsql stable
set search_path = ''
as $$
declare
  v_rule app.recurrence := p_rule;
  v_times text[];
begin
  perform app.check_recurrence(
    coalesce(
      (
        select bool_and(lines.line ~ '^EXDATE:[0-9]{8}(T[0-9]{6})?(,[0-9]{8}(T[0-9]{6})?)*$')
        from unnest(p_lines) as lines (line)
      ), true
    ),
    'Below the rule are lines such as EXDATE:20261225T080000,20261226.'
  );
  v_times := array(
    select each.time from unnest(p_lines) as lines (line)
    cross join lateral string_to_table(substr(lines.line, 8), ',') as each (time)
  );
  v_rule.except_times := array(
    select app.recurrence_moment(each.time) from unnest(v_times) as each (time) where length(each.time) > 8
  );
  v_rule.except_days := array(
    select app.recurrence_moment(each.time || 'T000000')::date
    from unnest(v_times) as each (time) where length(each.time) = 8
  );
  return v_rule;
end
$$;

comment on function app.read_recurrence_exceptions(app.recurrence, text[]) is
'The rule with its exceptions: times, and whole days.';

revoke all on function app.read_recurrence(text, text) from public;
revoke all on function app.check_recurrence(boolean, text) from public;
revoke all on function app.recurrence_numbers(text, integer, integer, boolean) from public;
revoke all on function app.recurrence_until(text, text) from public;
revoke all on function app.recurrence_moment(text) from public;
revoke all on function app.recurrence_weekday(text) from public;
revoke all on function app.read_recurrence_days(app.recurrence, text) from public;
revoke all on function app.read_recurrence_exceptions(app.recurrence, text[]) from public;
