-- SECURITY DEFINER because a person sees their organizations before one of them is active, and where a second
-- factor is still missing; the query answers for the caller's own roles only.
create function public.get_my_organizations() returns table (
  org_id uuid,
  name text,
  slug text,
  kind public.organization_kind,
  roles public.app_role[],
  needs_mfa boolean,
  is_active_here boolean
)
language plpgsql stable
security definer
set search_path = ''
as $$
begin
  perform app.require_person();
  return query
  select
    organizations.id, organizations.name, organizations.slug, organizations.kind, reach.roles, reach.needs_mfa,
    organizations.id is not distinct from (
      select user_sessions.org_id
      from public.user_sessions
      where user_sessions.id = (auth.jwt() ->> 'session_id')::uuid
    )
  from public.organizations
  cross join lateral app.resolve_reach(app.my_id(), organizations.id) as reach
  where
    organizations.id in (
      select role_assignments.org_id from public.role_assignments where role_assignments.user_id = app.my_id()
    )
    and cardinality(reach.roles) > 0
  order by organizations.name, organizations.id;
end
$$;

comment on function public.get_my_organizations() is
'The organizations in which the caller holds a role now, with those roles, and which of them is active here.
needs_mfa: refused there below aal2.
Never null: org_id, name, slug, kind, roles, needs_mfa, is_active_here.
Errors: not_authenticated, session_expired.';

revoke all on function public.get_my_organizations() from public, anon, authenticated, service_role;
grant execute on function public.get_my_organizations() to authenticated;
