-- What policies and RPCs ask about the caller. PL/pgSQL, because its plan is kept per connection while an SQL
-- function that cannot be inlined is planned anew in every statement. The setting says for which token it was
-- resolved: another token in the same transaction is resolved again, never served the first one's answer.
create function app.current_org() returns uuid
language plpgsql stable
set search_path = ''
as $$
begin
  if coalesce(current_setting('carebase.opened_for', true), '') = ''
    or current_setting('carebase.opened_for', true)
      is distinct from current_setting('request.jwt.claims', true) then
    perform app.open_request();
  end if;
  return nullif(current_setting('carebase.org_id', true), '')::uuid;
end
$$;

comment on function app.current_org() is
'The caller''s active organization; null without a valid role anywhere.';

create function app.my_roles() returns public.app_role[]
language plpgsql stable
set search_path = ''
as $$
begin
  perform app.current_org();
  return coalesce(nullif(current_setting('carebase.roles', true), ''), '{}')::public.app_role[];
end
$$;

comment on function app.my_roles() is 'The caller''s roles in the active organization.';

create function app.my_sites() returns uuid[]
language plpgsql stable
set search_path = ''
as $$
begin
  perform app.current_org();
  return coalesce(nullif(current_setting('carebase.sites', true), ''), '{}')::uuid[];
end
$$;

comment on function app.my_sites() is 'The sites that the caller''s roles in the active organization are limited to.';

create function app.has_role(variadic p_roles public.app_role[]) returns boolean
language plpgsql stable
set search_path = ''
as $$
begin
  return app.my_roles() && has_role.p_roles;
end
$$;

comment on function app.has_role(public.app_role[]) is
'Whether the caller holds one of these roles in the active organization.';

create function app.is_staff() returns boolean
language plpgsql stable
set search_path = ''
as $$
begin
  return app.has_role(
    'org_owner', 'admin', 'manager', 'care_manager', 'case_manager', 'nurse', 'clinician', 'carer',
    'compliance_lead', 'wellness_officer', 'billing', 'scheduler'
  );
end
$$;

comment on function app.is_staff() is
'Whether the caller works for the active organization: not a resident, patient, relative, partner or machine.';

create function app.today() returns date
language plpgsql stable
set search_path = ''
as $$
begin
  perform app.current_org();
  return (
    app.clock() at time zone coalesce(nullif(current_setting('carebase.time_zone', true), ''), 'UTC')
  )::date;
end
$$;

comment on function app.today() is 'The calendar day of the active organization, in its own time zone.';

revoke all on function app.current_org() from public;
revoke all on function app.my_roles() from public;
revoke all on function app.my_sites() from public;
revoke all on function app.has_role(public.app_role[]) from public;
revoke all on function app.is_staff() from public;
revoke all on function app.today() from public;
grant execute on function app.current_org() to authenticated, service_role;
grant execute on function app.my_roles() to authenticated, service_role;
grant execute on function app.my_sites() to authenticated, service_role;
grant execute on function app.has_role(public.app_role[]) to authenticated, service_role;
grant execute on function app.is_staff() to authenticated, service_role;
grant execute on function app.today() to authenticated, service_role;
