-- The fields of a cron expression as sets of numbers, as Debian's cron reads them: lists, ranges, steps and names.
create function app.cron_field(p_field text, p_lowest integer, p_highest integer, p_names text[] default '{}')
returns integer[]
language plpgsql immutable
set search_path = ''
as $$
declare
  v_item text;
  v_parts text[];
  v_from integer;
  v_to integer;
  v_found integer[] := '{}';
begin
  foreach v_item in array string_to_array(upper(p_field), ',') loop
    v_parts := regexp_match(v_item, '^(?:(\*)|([0-9]{1,2}|[A-Z]{3})(?:-([0-9]{1,2}|[A-Z]{3}))?)(?:/([0-9]{1,2}))?$');
    if v_parts is null then
      return null;
    end if;
    v_from := case
      when v_parts[1] is not null then p_lowest
      when v_parts[2] ~ '^[0-9]' then v_parts[2]::integer
      else array_position(p_names, v_parts[2]) - 1 + p_lowest
    end;
    v_to := case
      when v_parts[3] ~ '^[0-9]' then v_parts[3]::integer
      when v_parts[3] is not null then array_position(p_names, v_parts[3]) - 1 + p_lowest
      -- A star, or a number with a step: to the end.
      when v_parts[1] is not null or v_parts[4] is not null then p_highest
      else v_from
    end;
    if (v_from >= p_lowest and v_from <= v_to and v_to <= p_highest) is not true or v_parts[4]::integer = 0 then
      return null;
    end if;
    v_found := v_found || array(select generate_series(v_from, v_to, coalesce(v_parts[4]::integer, 1)));
  end loop;
  return array(select distinct numbers.n from unnest(v_found) as numbers (n) order by 1);
end
$$;

comment on function app.cron_field(text, integer, integer, text[]) is
'The numbers that one field of a cron expression stands for, in order; null if it is none.
p_names: what the numbers from p_lowest on are called.';

create function app.cron_fields(
  p_cron text,
  out minutes integer[],
  out hours integer[],
  out days integer[],
  out has_last_day boolean,
  out months integer[],
  out weekdays integer[]
)
language plpgsql immutable
set search_path = ''
as $$
declare
  v_fields constant text[] := regexp_split_to_array(upper(p_cron), ' +');
begin
  if array_length(v_fields, 1) is distinct from 5 then
    return;
  end if;
  minutes := app.cron_field(v_fields[1], 0, 59);
  hours := app.cron_field(v_fields[2], 0, 23);
  has_last_day := v_fields[3] ~ '(^|,)L(,|$)';
  days := case
    when v_fields[3] = 'L' then '{}'::integer[]
    else app.cron_field(regexp_replace(v_fields[3], ',L(?=,|$)|^L,', '', 'g'), 1, 31)
  end;
  months := app.cron_field(v_fields[4], 1, 12, '{JAN,FEB,MAR,APR,MAY,JUN,JUL,AUG,SEP,OCT,NOV,DEC}');
  weekdays := app.cron_field(v_fields[5], 0, 7, '{SUN,MON,TUE,WED,THU,FRI,SAT}');
end
$$;

comment on function app.cron_fields(text) is
'A cron expression as the numbers of each field; null where a field is none. Weekdays from 0 to 7, Sunday is both.';

create function app.is_cron(p_cron text) returns boolean
language plpgsql immutable
set search_path = ''
as $$
begin
  return (
    select
      fields.minutes is not null and fields.hours is not null and fields.days is not null
      and fields.months is not null and fields.weekdays is not null
    from app.cron_fields(p_cron) as fields
  );
end
$$;

comment on function app.is_cron(text) is 'Whether this is a cron expression.';

revoke all on function app.cron_field(text, integer, integer, text[]) from public;
revoke all on function app.cron_fields(text) from public;
revoke all on function app.is_cron(text) from public;
