-- The provider behind the sign-in. A function of its own, so that no client has to know, or may claim, which
-- practitioner it writes for.
create function app.my_practitioner() returns uuid
language sql stable
set search_path = ''
as $$
  select org_practitioners.practitioner_id
  from public.fhir_practitioners
  inner join public.org_practitioners on org_practitioners.practitioner_id = fhir_practitioners.id
  where
    fhir_practitioners.user_id = (select auth.uid())
    and org_practitioners.org_id = (select app.current_org())
    and org_practitioners.is_active
    and org_practitioners.deleted_at is null
$$;

comment on function app.my_practitioner() is
'The caller as an active practitioner of the active organization; null for anyone else.';

revoke all on function app.my_practitioner() from public;
grant execute on function app.my_practitioner() to authenticated, service_role;
