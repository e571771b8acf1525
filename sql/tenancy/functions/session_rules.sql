-- The rules of an organization, out of its settings; the defaults are the rule where it has chosen none.
-- An hour without a sign of life is a shift's longest walk away from a shared screen; a day is its longest shift.
create function app.idle_limit(p_settings jsonb) returns interval
language sql immutable
set search_path = ''
as $$
  select make_interval(mins => coalesce((p_settings ->> 'session_idle_minutes')::integer, 60))
$$;

comment on function app.idle_limit(jsonb) is
'Setting session_idle_minutes: how long a session lives without a sign of life; 60 unless set.';

create function app.session_limit(p_settings jsonb) returns interval
language sql immutable
set search_path = ''
as $$
  select make_interval(hours => coalesce((p_settings ->> 'session_hours')::integer, 24))
$$;

comment on function app.session_limit(jsonb) is
'Setting session_hours: how long a session lives at most; 24 unless set.';

create function app.mfa_roles(p_settings jsonb) returns public.app_role[]
language sql immutable
set search_path = ''
as $$
  select case
    when p_settings ? 'mfa_roles' then array(
      select chosen.role::public.app_role
      from jsonb_array_elements_text(p_settings -> 'mfa_roles') as chosen (role)
    )
    else '{super_admin,org_owner,admin,clinician}'::public.app_role[]
  end
$$;

comment on function app.mfa_roles(jsonb) is
'Setting mfa_roles: the roles refused without a second factor; super_admin, org_owner, admin and clinician unless set.';

create function app.is_standalone(p_settings jsonb) returns boolean
language sql immutable
set search_path = ''
as $$
  select coalesce((p_settings ->> 'standalone')::boolean, false)
$$;

comment on function app.is_standalone(jsonb) is
'Setting standalone: only what is for staff is used, features about patients are hidden; false unless set.';

revoke all on function app.idle_limit(jsonb) from public;
revoke all on function app.session_limit(jsonb) from public;
revoke all on function app.mfa_roles(jsonb) from public;
revoke all on function app.is_standalone(jsonb) from public;
-- For the view company_settings, which reads as its caller.
grant execute on function app.idle_limit(jsonb) to authenticated, service_role;
grant execute on function app.session_limit(jsonb) to authenticated, service_role;
grant execute on function app.mfa_roles(jsonb) to authenticated, service_role;
grant execute on function app.is_standalone(jsonb) to authenticated, service_role;
