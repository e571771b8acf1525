-- Before a row is looked at: the same mistakes are the same errors for every table.
create function app.check_merge(p_strategies jsonb, p_changes jsonb, p_base jsonb, p_base_version integer) returns void
language plpgsql stable
set search_path = ''
as $$
declare
  v_unknown text;
begin
  -- All at once where nothing is wrong.
  if jsonb_typeof(p_changes) = 'object'
    and p_changes <> '{}'
    and p_changes - array(select jsonb_object_keys(p_strategies)) = '{}'
    and (p_base_version is not null or jsonb_typeof(p_base) = 'object')
    and pg_column_size(p_changes) <= 262144
    and coalesce(pg_column_size(p_base), 0) <= 262144 then
    return;
  end if;

  perform app.check_input(
    'p_changes', jsonb_typeof(p_changes) = 'object' and p_changes <> '{}', 'Send an object of the fields you change.'
  );
  perform app.check_input(
    'p_base', p_base_version is not null or jsonb_typeof(p_base) = 'object',
    'Send what you began from: p_base_version, or p_base with the fields you change.'
  );
  perform app.check_input('p_changes', pg_column_size(p_changes) <= 262144, 'At most 256 KiB at once.');
  perform app.check_input('p_base', coalesce(pg_column_size(p_base), 0) <= 262144, 'At most 256 KiB at once.');

  select given.name into v_unknown
  from jsonb_object_keys(p_changes) as given (name)
  where not p_strategies ? given.name
  limit 1;
  perform app.check_input(
    'p_changes', v_unknown is null,
    format(
      'Fields that can be changed: %s.',
      (select string_agg(known.name, ', ' order by known.name) from jsonb_object_keys(p_strategies) as known (name))
    )
  );
end
$$;

comment on function app.check_merge(jsonb, jsonb, jsonb, integer) is
'Ends the request with invalid_input unless it says what changes and from what.';

create function app.only_fields(p_values jsonb, p_named jsonb) returns jsonb
language plpgsql immutable
set search_path = ''
as $$
begin
  return (
    select jsonb_object_agg(named.field, p_values -> named.field) from jsonb_object_keys(p_named) as named (field)
  );
end
$$;

comment on function app.only_fields(jsonb, jsonb) is 'Of these values those whose fields the other object has.';

revoke all on function app.check_merge(jsonb, jsonb, jsonb, integer) from public;
revoke all on function app.only_fields(jsonb, jsonb) from public;
grant execute on function app.check_merge(jsonb, jsonb, jsonb, integer) to authenticated;
grant execute on function app.only_fields(jsonb, jsonb) to authenticated;
