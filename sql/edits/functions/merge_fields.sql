-- The merge itself: nothing but values in, values out. PL/pgSQL, because its plans are kept per connection.
create function app.merge_fields(
  p_theirs jsonb, p_base jsonb, p_yours jsonb, p_strategies jsonb, out writes jsonb, out conflicts jsonb
)
language plpgsql immutable
set search_path = ''
as $$
declare
  v_field text;
  v_theirs jsonb;
  v_yours jsonb;
  v_value jsonb;
begin
  writes := '{}';
  conflicts := '[]';
  for v_field, v_yours in
    select given.field, given.yours from jsonb_each(p_yours) as given (field, yours) order by given.field
  loop
    v_theirs := p_theirs -> v_field;
    if v_theirs = v_yours then
      continue;
    end if;
    v_value := case
      when v_theirs = p_base -> v_field then v_yours
      else case p_strategies ->> v_field
        when 'last_write' then v_yours
        when 'max' then app.greater_value(v_theirs, v_yours)
        when 'union' then app.united_values(v_theirs, v_yours)
      end
    end;
    if v_value is null then
      conflicts := conflicts || jsonb_build_object(
        'field', v_field, 'base', p_base -> v_field, 'theirs', v_theirs, 'yours', v_yours
      );
    elsif v_value <> v_theirs then
      writes := writes || jsonb_build_object(v_field, v_value);
    end if;
  end loop;
end
$$;

comment on function app.merge_fields(jsonb, jsonb, jsonb, jsonb) is
'What to write, and what only a person can decide: [{field, base, theirs, yours}].
p_theirs: the row as it is; p_base: as the caller read it; p_yours: what they change; p_strategies: field to reject,
last_write, max or union.';

create function app.greater_value(p_one jsonb, p_other jsonb) returns jsonb
language sql immutable
set search_path = ''
as $$
  select case
    when p_one = 'null' then p_other
    when p_other = 'null' then p_one
    when jsonb_typeof(p_one) = 'number' then greatest(p_one, p_other)
    -- Dates and moments as Postgres writes them in one time zone sort as text.
    when p_one #>> '{}' collate "C" >= p_other #>> '{}' then p_one
    else p_other
  end
$$;

comment on function app.greater_value(jsonb, jsonb) is
'The greater of two numbers, dates or moments; the other one where one is null.';

create function app.united_values(p_one jsonb, p_other jsonb) returns jsonb
language sql immutable
set search_path = ''
as $$
  select case
    when p_one = 'null' then p_other
    when p_other = 'null' then p_one
    else p_one || coalesce(
      (
        select jsonb_agg(added.value order by added.place)
        from jsonb_array_elements(p_other) with ordinality as added (value, place)
        where not p_one @> jsonb_build_array(added.value)
      ),
      '[]'
    )
  end
$$;

comment on function app.united_values(jsonb, jsonb) is 'The values of one list, then what only the other one has.';

revoke all on function app.merge_fields(jsonb, jsonb, jsonb, jsonb) from public;
revoke all on function app.greater_value(jsonb, jsonb) from public;
revoke all on function app.united_values(jsonb, jsonb) from public;
grant execute on function app.merge_fields(jsonb, jsonb, jsonb, jsonb) to authenticated;
grant execute on function app.greater_value(jsonb, jsonb) to authenticated;
grant execute on function app.united_values(jsonb, jsonb) to authenticated;
