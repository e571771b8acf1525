-- As app.my_practitioner(), for a colleague.
create function app.find_provider(p_org_id uuid, p_user_id uuid) returns uuid
language sql stable
set search_path = ''
as $$
  select org_practitioners.practitioner_id
  from public.fhir_practitioners
  inner join public.org_practitioners on org_practitioners.practitioner_id = fhir_practitioners.id
  where
    fhir_practitioners.user_id = p_user_id
    and fhir_practitioners.is_active
    and fhir_practitioners.deleted_at is null
    and org_practitioners.org_id = p_org_id
    and org_practitioners.is_active
    and org_practitioners.deleted_at is null
$$;

comment on function app.find_provider(uuid, uuid) is
'A signed-in person as an active practitioner of an organization, as far as the caller sees it; null for anyone else.';

revoke all on function app.find_provider(uuid, uuid) from public;
grant execute on function app.find_provider(uuid, uuid) to authenticated, service_role;
