-- What a client may send as JSON is bounded twice: by size, which keeps rows small, and by depth, which keeps those
-- who walk it from running out of stack. The size is that of the text Postgres would print, because a few bytes of
-- input such as 1e9999 grow to thousands. The path stops at the first value that lies too deep.
create function app.check_json(p_value jsonb, p_max_bytes integer, p_max_depth integer) returns boolean
language sql immutable strict
set search_path = ''
as $$
  select
    octet_length(p_value::text) <= p_max_bytes
    and not jsonb_path_exists(p_value, format('$.**{%s}', p_max_depth + 1)::jsonpath)
$$;

comment on function app.check_json(jsonb, integer, integer) is
'Whether a JSON value is at most p_max_bytes long and no value in it lies more than p_max_depth steps from the top: 0 for
a plain value or an empty object, 1 for an object of plain values. Null for null.';

revoke all on function app.check_json(jsonb, integer, integer) from public;
grant execute on function app.check_json(jsonb, integer, integer) to authenticated, service_role;
