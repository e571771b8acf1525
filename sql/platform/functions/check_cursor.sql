-- The row that a page goes on from can be gone: taken back, moved to another site, no longer shown to the caller. An
-- empty page would say that the list ends here, and what is behind it, a dose or a task, would be overlooked.
create function app.check_cursor(p_field text, p_is_known boolean) returns void
language plpgsql stable
set search_path = ''
as $$
begin
  if p_is_known is not true then
    perform app.raise_error(
      'not_found', 'The list has changed meanwhile. Read it again from its beginning.',
      jsonb_build_object('field', p_field)
    );
  end if;
end
$$;

comment on function app.check_cursor(text, boolean) is
'Ends the request with not_found, naming the parameter, unless the row that a page goes on from is there for the caller
(null counts as not there). For lists whose order is not that of their ids: those just go on behind an id.';

revoke all on function app.check_cursor(text, boolean) from public;
grant execute on function app.check_cursor(text, boolean) to authenticated, service_role;
