-- Which values a message may carry. The kinds are closed: nothing that somebody typed fits any of them, so no name and
-- no finding can leave in a payload. A date is one near today, which a date of birth is not; a number has six digits at
-- most, which a telephone or record number has not.
create function app.are_payload_keys_valid(p_keys jsonb) returns boolean
language sql immutable
set search_path = ''
as $$
  select
    jsonb_typeof(p_keys) = 'object'
    and (
      select
        count(*) <= 20
        and coalesce(bool_and(
          keys.key ~ '^[a-z][a-z0-9_]{0,39}$'
          and keys.value <@ '["number", "date", "moment", "code", "id", "link"]'::jsonb
          and jsonb_typeof(keys.value) = 'string'
          -- What a template is told without asking.
          and keys.key not in ('recipient_name', 'organization_name', 'loop', 'self')
        ), true)
      from jsonb_each(case jsonb_typeof(p_keys) when 'object' then p_keys else '{}' end) as keys
    )
$$;

comment on function app.are_payload_keys_valid(jsonb) is
'Whether a template may list these names and kinds of values: at most 20, no name that is taken.';

create function app.is_payload_value(p_value jsonb, p_kind text, p_now timestamptz) returns boolean
language plpgsql stable
set search_path = ''
as $$
declare
  v_text constant text := p_value #>> '{}';
begin
  if p_kind = 'number' then
    return jsonb_typeof(p_value) = 'number' and abs(v_text::numeric) < 1000000 and length(v_text) <= 12;
  end if;
  if jsonb_typeof(p_value) <> 'string' then
    return false;
  end if;
  return case p_kind
    when 'date' then v_text ~ '^[0-9]{4}-[0-9]{2}-[0-9]{2}$'
      and app.is_near(v_text, p_now)
    when 'moment' then v_text
      ~ '^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}(:[0-9]{2}([.][0-9]{1,6})?)?(Z|[+-][0-9]{2}:[0-9]{2})$'
      and app.is_near(v_text, p_now)
    when 'code' then v_text ~ '^[a-z][a-z0-9_.-]{0,63}$'
    when 'id' then v_text ~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$'
    -- A path of the application without a query: what is behind it asks who is there.
    when 'link' then v_text ~ '^/([a-z0-9._~-]+(/[a-z0-9._~-]+)*/?)?$' and length(v_text) <= 200
    else false
  end;
end
$$;

comment on function app.is_payload_value(jsonb, text, timestamptz) is 'Whether a value is of this kind.';

create function app.is_near(p_moment text, p_now timestamptz) returns boolean
language plpgsql stable
set search_path = ''
as $$
begin
  return p_moment::timestamptz between p_now - interval '2 years' and p_now + interval '5 years';
exception
  when invalid_datetime_format or datetime_field_overflow then
    return false;
end
$$;

comment on function app.is_near(text, timestamptz) is 'Whether this is a moment from two years ago to five years ahead.';

create function app.payload_fault(p_payload jsonb, p_keys jsonb) returns text
language plpgsql stable
set search_path = ''
as $$
declare
  v_key text;
  v_value jsonb;
begin
  if jsonb_typeof(p_payload) is distinct from 'object' then
    return 'The payload is a JSON object.';
  end if;
  if not app.check_json(p_payload, 2048, 1) then
    return 'The payload is at most 2,048 bytes long and has no lists or objects in it.';
  end if;
  for v_key, v_value in select given.key, given.value from jsonb_each(p_payload) as given loop
    if not p_keys ? v_key then
      -- The name is the client's own text: it is not repeated.
      return 'The template has no value of this name.';
    end if;
    if not app.is_payload_value(v_value, p_keys ->> v_key, app.clock()) then
      return format('%s is not of the kind that the template says: %s.', v_key, p_keys ->> v_key);
    end if;
  end loop;
  return null;
end
$$;

comment on function app.payload_fault(jsonb, jsonb) is
'What is wrong with these values for a template that lists p_keys; null if nothing is.';

create function app.are_event_types(p_types text[]) returns boolean
language sql immutable
set search_path = ''
as $$
  select coalesce(bool_and(
    types.type is not null and (types.type = '*' or types.type ~ '^[a-z][a-z0-9_.]{0,99}$')
  ), true)
  from unnest(p_types) as types (type)
$$;

comment on function app.are_event_types(text[]) is 'Whether all of these are types of events, or a star.';

revoke all on function app.are_payload_keys_valid(jsonb) from public;
revoke all on function app.is_payload_value(jsonb, text, timestamptz) from public;
revoke all on function app.is_near(text, timestamptz) from public;
revoke all on function app.payload_fault(jsonb, jsonb) from public;
revoke all on function app.are_event_types(text[]) from public;
-- A check constraint runs as whoever writes the row.
grant execute on function app.are_payload_keys_valid(jsonb) to authenticated, service_role;
grant execute on function app.are_event_types(text[]) to authenticated, service_role;
