-- Who is asking, resolved once per transaction from live tables and kept in settings that end with it. A token
-- only says who signed in; organization and roles are never taken from it, so a revoked role, a deactivated
-- person or organization acts on the next request. PostgREST calls this before each request where it is
-- configured to; elsewhere the first policy that asks does.
--
-- SECURITY DEFINER because it must read the assignments that the policies themselves depend on. It takes no
-- argument and answers only for the caller's own token, so there is nothing to authorize.
create function app.open_request() returns void
language plpgsql stable
security definer
set search_path = ''
as $$
declare
  v_user_id constant uuid := auth.uid();
  v_context record;
begin
  select
    role_assignments.org_id,
    organizations.time_zone,
    array_agg(distinct role_assignments.role) as roles,
    array_remove(array_agg(distinct role_assignments.site_id), null) as sites
  into v_context
  from public.role_assignments
  inner join public.organizations on organizations.id = role_assignments.org_id
  left join public.profiles on profiles.id = role_assignments.user_id
  where
    role_assignments.user_id = v_user_id
    and role_assignments.valid_during @> app.clock()
    and role_assignments.deleted_at is null
    and organizations.is_active
    and organizations.deleted_at is null
    and profiles.is_active is not false
    and profiles.deleted_at is null
  group by role_assignments.org_id, organizations.time_zone, profiles.default_org_id
  order by (role_assignments.org_id = profiles.default_org_id) desc nulls last, role_assignments.org_id
  limit 1;

  perform
    set_config('carebase.org_id', coalesce(v_context.org_id::text, ''), true),
    set_config('carebase.time_zone', coalesce(v_context.time_zone::text, ''), true),
    set_config('carebase.roles', coalesce(v_context.roles::text, '{}'), true),
    set_config('carebase.sites', coalesce(v_context.sites::text, '{}'), true),
    set_config('carebase.opened_for', coalesce(current_setting('request.jwt.claims', true), ''), true);
end
$$;

comment on function app.open_request() is
'Resolves the caller''s active organization, roles and sites for this transaction.';

revoke all on function app.open_request() from public;
grant execute on function app.open_request() to authenticated, service_role;
