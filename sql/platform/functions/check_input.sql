-- One line per rule at the top of an RPC. The value itself is never repeated: it may be personal.
create function app.check_input(p_field text, p_is_right boolean, p_message text) returns void
language plpgsql stable
set search_path = ''
as $$
begin
  if p_is_right is not true then
    perform app.raise_error('invalid_input', p_message, jsonb_build_object('field', p_field));
  end if;
end
$$;

comment on function app.check_input(text, boolean, text) is
'Ends the request with invalid_input, naming the parameter, unless the rule holds (null counts as broken).';

revoke all on function app.check_input(text, boolean, text) from public;
grant execute on function app.check_input(text, boolean, text) to authenticated, service_role;
