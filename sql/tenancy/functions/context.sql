-- What policies and RPCs ask about the caller. Where the request is open, the answer is a setting; those functions are
-- SQL that is bound when it is made, so that the planner puts their expression in the place of the call and the
-- search path of whoever asks does not matter. What opens the request, or refuses it, is PL/pgSQL.
--
-- The setting says for which token it was resolved: another token in the same transaction is resolved again, never
-- served the first one's answer.
create function app.is_open() returns boolean
language sql stable
return (
  current_setting('carebase.opened_for', true) = nullif(current_setting('request.jwt.claims', true), '')
  and current_setting('carebase.refusal', true) = ''
);

comment on function app.is_open() is
'Whether the request has been resolved for this very token, and nothing is refused.';

create function app.ensure_open() returns void
language plpgsql stable
set search_path = ''
as $$
begin
  if coalesce(current_setting('carebase.opened_for', true), '') = ''
    or current_setting('carebase.opened_for', true)
      is distinct from current_setting('request.jwt.claims', true) then
    perform app.open_request();
  end if;
end
$$;

comment on function app.ensure_open() is
'Resolves the request unless it has been resolved for this very token.';

create function app.refuse_request() returns void
language plpgsql stable
set search_path = ''
as $$
begin
  if current_setting('carebase.refusal', true) = 'mfa_required' then
    perform app.raise_error(
      'mfa_required', 'Your role needs a second factor in this organization.',
      p_hint => 'Sign in with your second factor, or enrol one first.'
    );
  end if;
  perform app.raise_error(
    'session_expired', 'Your session has ended.', p_hint => 'Sign in again. Nothing that was saved is lost.'
  );
end
$$;

comment on function app.refuse_request() is
'Ends the request with the reason why this session reaches nothing.';

-- A session that ended answers with its reason instead of an empty list, so that a frontend can ask the person to
-- sign in again; so does one that lacks the second factor.
create function app.open_org() returns uuid
language plpgsql stable
set search_path = ''
as $$
begin
  perform app.open_request();
  if current_setting('carebase.refusal', true) <> '' then
    perform app.refuse_request();
  end if;
  return nullif(current_setting('carebase.org_id', true), '')::uuid;
end
$$;

comment on function app.open_org() is
'What app.current_org() answers first, or instead, in a request.';

create function app.current_org() returns uuid
language sql stable
return case
  when app.is_open() then nullif(current_setting('carebase.org_id', true), '')::uuid
  else app.open_org()
end;

comment on function app.current_org() is
'The caller''s active organization; null without a valid role there. Errors: session_expired, mfa_required.';

create function app.reachable_org() returns uuid
language plpgsql stable
set search_path = ''
as $$
begin
  perform app.ensure_open();
  return nullif(current_setting('carebase.org_id', true), '')::uuid;
end
$$;

comment on function app.reachable_org() is
'The active organization for questions that are answered "no" rather than refused.';

create function app.open_id() returns uuid
language plpgsql stable
set search_path = ''
as $$
begin
  perform app.ensure_open();
  if current_setting('carebase.refusal', true) = 'session_expired' then
    perform app.refuse_request();
  end if;
  return nullif(current_setting('carebase.user_id', true), '')::uuid;
end
$$;

comment on function app.open_id() is
'What app.my_id() answers first in a request, and throughout one that lacks a second factor.';

create function app.my_id() returns uuid
language sql stable
return case
  when app.is_open() then nullif(current_setting('carebase.user_id', true), '')::uuid
  else app.open_id()
end;

comment on function app.my_id() is
'The signed-in person, whatever their organization asks of them; null for nobody and for an API key. Errors:
session_expired.';

create function app.open_roles() returns public.app_role[]
language plpgsql stable
set search_path = ''
as $$
begin
  perform app.open_org();
  return coalesce(nullif(current_setting('carebase.roles', true), ''), '{}')::public.app_role[];
end
$$;

comment on function app.open_roles() is 'What app.my_roles() answers first, or instead, in a request.';

create function app.my_roles() returns public.app_role[]
language sql stable
return case
  when app.is_open() then current_setting('carebase.roles', true)::public.app_role[]
  else app.open_roles()
end;

comment on function app.my_roles() is 'The caller''s roles in the active organization.';

-- Sites where a role is held, in two parts, for policies: who has one of the roles throughout reaches rows by the
-- organization, whose index is used, and is compared with no list of sites.
create function app.org_throughout(variadic p_roles public.app_role[]) returns uuid
language plpgsql stable
set search_path = ''
as $$
declare
  v_org_id constant uuid := app.current_org();
  v_role_sites constant jsonb := coalesce(nullif(current_setting('carebase.role_sites', true), ''), '{}')::jsonb;
  v_role public.app_role;
begin
  foreach v_role in array p_roles loop
    if v_role_sites -> v_role::text = 'null'::jsonb then
      return v_org_id;
    end if;
  end loop;
  return null;
end
$$;

comment on function app.org_throughout(public.app_role[]) is
'The active organization, if the caller holds one of these roles in all of it; else null.';

-- Most of the roles that a policy names are not the caller's: only a list that is there is read, and without a query,
-- which took longer than all the rest: ids have nothing that an array would have to quote.
create function app.my_named_sites(variadic p_roles public.app_role[]) returns uuid[]
language plpgsql stable
set search_path = ''
as $$
declare
  v_role_sites jsonb;
  v_role public.app_role;
  v_named jsonb;
  v_sites uuid[] := '{}';
begin
  perform app.current_org();
  v_role_sites := coalesce(nullif(current_setting('carebase.role_sites', true), ''), '{}')::jsonb;
  foreach v_role in array p_roles loop
    v_named := v_role_sites -> v_role::text;
    continue when v_named is null;
    if v_named = 'null'::jsonb then
      return '{}';
    end if;
    v_sites := v_sites || translate(v_named::text, '[]" ', '{}')::uuid[];
  end loop;
  return v_sites;
end
$$;

comment on function app.my_named_sites(public.app_role[]) is
'The sites that the caller holds one of these roles for by name; none if one of them is held in all of the
organization.';

create function app.my_sites(variadic p_roles public.app_role[]) returns uuid[]
language plpgsql stable
set search_path = ''
as $$
begin
  if app.org_throughout(variadic p_roles) is not null then
    return app.organization_sites();
  end if;
  return app.my_named_sites(variadic p_roles);
end
$$;

comment on function app.my_sites(public.app_role[]) is
'The sites of the active organization where the caller holds one of these roles.';

-- SECURITY DEFINER because the policy of sites may ask for it; it answers for the active organization only.
create function app.organization_sites() returns uuid[]
language plpgsql stable
security definer
set search_path = ''
as $$
begin
  return array(
    select sites.id from public.sites where sites.org_id = app.current_org()
  );
end
$$;

comment on function app.organization_sites() is 'Every site of the active organization.';

create function app.has_role(variadic p_roles public.app_role[]) returns boolean
language sql stable
return app.my_roles() && p_roles;

comment on function app.has_role(public.app_role[]) is
'Whether the caller holds one of these roles in the active organization.';

create function app.staff_roles() returns public.app_role[]
language sql immutable
return array[
  'org_owner', 'admin', 'manager', 'care_manager', 'case_manager', 'nurse', 'clinician', 'carer', 'compliance_lead',
  'wellness_officer', 'billing', 'scheduler'
]::public.app_role[];

comment on function app.staff_roles() is 'The roles of those who work for an organization.';

create function app.is_staff() returns boolean
language sql stable
return app.has_role(variadic app.staff_roles());

comment on function app.is_staff() is
'Whether the caller works for the active organization: not a resident, patient, relative, partner or machine.';

-- The question of roles as an organization, for policies of several alternatives: the comparison
-- `org_id = (select app.org_as('admin'))` uses the index, and is with null for everybody else, so that an alternative
-- that is not the caller's reads no row.
create function app.org_as(variadic p_roles public.app_role[]) returns uuid
language sql stable
return case when app.has_role(variadic p_roles) then app.current_org() end;

comment on function app.org_as(public.app_role[]) is
'The active organization, if the caller holds one of these roles there; else null.';

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
revoke all on function app.my_sites(public.app_role[]) from public;
revoke all on function app.org_throughout(public.app_role[]) from public;
revoke all on function app.my_named_sites(public.app_role[]) from public;
revoke all on function app.organization_sites() from public;
revoke all on function app.is_open() from public;
revoke all on function app.open_org() from public;
revoke all on function app.open_id() from public;
revoke all on function app.open_roles() from public;
revoke all on function app.ensure_open() from public;
revoke all on function app.reachable_org() from public;
revoke all on function app.my_id() from public;
revoke all on function app.refuse_request() from public;
revoke all on function app.has_role(public.app_role[]) from public;
revoke all on function app.staff_roles() from public;
revoke all on function app.is_staff() from public;
revoke all on function app.org_as(public.app_role[]) from public;
revoke all on function app.today() from public;
grant execute on function app.current_org() to authenticated, service_role;
grant execute on function app.my_roles() to authenticated, service_role;
grant execute on function app.my_sites(public.app_role[]) to authenticated, service_role;
grant execute on function app.org_throughout(public.app_role[]) to authenticated, service_role;
grant execute on function app.my_named_sites(public.app_role[]) to authenticated, service_role;
grant execute on function app.organization_sites() to authenticated, service_role;
grant execute on function app.is_open() to authenticated, service_role;
grant execute on function app.open_org() to authenticated, service_role;
grant execute on function app.open_id() to authenticated, service_role;
grant execute on function app.open_roles() to authenticated, service_role;
grant execute on function app.ensure_open() to authenticated, service_role;
grant execute on function app.reachable_org() to authenticated, service_role;
grant execute on function app.my_id() to authenticated, service_role;
grant execute on function app.refuse_request() to authenticated, service_role;
grant execute on function app.has_role(public.app_role[]) to authenticated, service_role;
grant execute on function app.staff_roles() to authenticated, service_role;
grant execute on function app.is_staff() to authenticated, service_role;
grant execute on function app.org_as(public.app_role[]) to authenticated, service_role;
grant execute on function app.today() to authenticated, service_role;
