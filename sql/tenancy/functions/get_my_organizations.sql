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
set search_path = ''
as $$
begin
  return query select organizations.* from app.list_my_organizations() as organizations;
end
$$;

comment on function public.get_my_organizations() is
'The organizations in which the caller holds a role now, with those roles, and which of them is active here.
needs_mfa: refused there below aal2.
Never null: org_id, name, slug, kind, roles, needs_mfa, is_active_here.
Errors: not_authenticated, session_expired.';

revoke all on function public.get_my_organizations() from public, anon, authenticated, service_role;
grant execute on function public.get_my_organizations() to authenticated;
