-- Enough to keep out what no mail server would take, and names or free text in the wrong field. Whether somebody
-- reads mail there, only a mail can tell.
create function app.is_email(p_value text) returns boolean
language sql immutable strict
set search_path = ''
as $$
  select length(p_value) <= 254 and p_value ~ '^[^@[:space:][:cntrl:]]{1,64}@[^@[:space:][:cntrl:]]+\.[^@.[:space:][:cntrl:]]+$'
$$;

comment on function app.is_email(text) is
'Whether a text has the form of an e-mail address: at most 254 characters, one @, a domain with a dot. Null for null.';

revoke all on function app.is_email(text) from public;
grant execute on function app.is_email(text) to authenticated, service_role;
