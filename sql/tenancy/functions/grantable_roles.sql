-- The ladder: who may give which role, and so take it. Nobody gives what is above them or beside their own scope;
-- carers and all others give nothing. An owner makes owners and an administrator administrators, because whoever runs
-- an organization must be able to share that work and hand it over.
create function app.grantable_roles(p_role public.app_role) returns public.app_role[]
language sql immutable
set search_path = ''
as $$
  select case p_role
    -- Only in the organization that runs the platform, where alone this role can be held.
    when 'super_admin' then array_remove(enum_range(null::public.app_role), 'service')
    when 'org_owner' then array_remove(array_remove(enum_range(null::public.app_role), 'service'), 'super_admin')
    when 'admin' then array_remove(
      array_remove(array_remove(enum_range(null::public.app_role), 'service'), 'super_admin'), 'org_owner'
    )
    -- Whom a house or home takes in and who works the day there. Clinicians and case managers are the organization's.
    when 'manager' then '{nurse,carer,scheduler,resident,family}'::public.app_role[]
    else '{}'::public.app_role[]
  end
$$;

comment on function app.grantable_roles(public.app_role) is
'The roles that a holder of this role may give and take; a manager''s only at sites of their own.';

-- The same list is a check of role_assignments, as literals, because a check must not change under its rows.
create function app.is_site_role(p_role public.app_role) returns boolean
language sql immutable
set search_path = ''
as $$
  select p_role in (
    'manager', 'case_manager', 'nurse', 'clinician', 'carer', 'scheduler', 'resident', 'family'
  )
$$;

comment on function app.is_site_role(public.app_role) is
'Whether a role can be held at one site; the others are over the whole organization.';

-- Takes what app.resolve_reach() and the session say of a person, so that the caller of now and the inviter of last
-- week are judged by one rule.
create function app.may_pass_on(
  p_roles public.app_role[], p_role_sites jsonb, p_role public.app_role, p_site_id uuid
) returns boolean
language sql immutable
set search_path = ''
as $$
  select exists (
    select from unnest(p_roles) as held (role)
    where
      p_role = any(app.grantable_roles(held.role))
      and (
        held.role <> 'manager'
        or (
          p_site_id is not null
          and (p_role_sites -> 'manager' = 'null'::jsonb or p_role_sites -> 'manager' ? p_site_id::text)
        )
      )
  )
$$;

comment on function app.may_pass_on(public.app_role[], jsonb, public.app_role, uuid) is
'Whether someone who holds these roles, at these sites (null: everywhere), may give and take a role at a site (null: the
whole organization).';

create function app.may_grant(p_role public.app_role, p_site_id uuid) returns boolean
language plpgsql stable
set search_path = ''
as $$
begin
  return app.may_pass_on(
    app.my_roles(), jsonb_build_object('manager', app.my_sites('manager')), p_role, p_site_id
  );
end
$$;

comment on function app.may_grant(public.app_role, uuid) is
'Whether the caller may give and take this role there in the active organization.';

revoke all on function app.grantable_roles(public.app_role) from public;
revoke all on function app.is_site_role(public.app_role) from public;
revoke all on function app.may_pass_on(public.app_role[], jsonb, public.app_role, uuid) from public;
revoke all on function app.may_grant(public.app_role, uuid) from public;
grant execute on function app.grantable_roles(public.app_role) to authenticated, service_role;
grant execute on function app.is_site_role(public.app_role) to authenticated, service_role;
grant execute on function app.may_pass_on(public.app_role[], jsonb, public.app_role, uuid)
to authenticated, service_role;
grant execute on function app.may_grant(public.app_role, uuid) to authenticated, service_role;
