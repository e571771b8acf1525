-- What is sealed can be checked by no constraint, so it is checked on its way in. Postgres' own message would repeat
-- the value, and messages are logged.
create function app.check_plain(p_column text, p_type text, p_value bytea) returns void
language plpgsql stable
set search_path = ''
as $$
declare
  v_text text;
begin
  if p_value is null then
    return;
  end if;
  begin
    v_text := convert_from(p_value, 'UTF8');
    if p_type = 'date' and v_text !~ '^[0-9]{4,6}-[0-9]{2}-[0-9]{2}$' then
      raise exception 'not a day';
    elsif p_type = 'date' then
      perform v_text::date;
    elsif p_type = 'timestamptz' and v_text !~ '^[0-9]{4,6}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}([.][0-9]{1,6})?Z( BC)?$' then
      raise exception 'not a moment';
    elsif p_type = 'timestamptz' then
      perform v_text::timestamptz;
    elsif p_type = 'jsonb' then
      perform v_text::jsonb;
    end if;
    return;
  exception when others then
    null;
  end;
  perform app.raise_error('invalid_input', 'That is no value of this field.', jsonb_build_object('field', p_column));
end
$$;

comment on function app.check_plain(text, text, bytea) is
'Ends the request with invalid_input unless what is to be sealed is of the type that it opens as.';

revoke all on function app.check_plain(text, text, bytea) from public;
