-- The denominator of rates per provider. For other private functions only: no API role may call it.
create function app.count_providers(p_org_id uuid) returns integer
language sql stable
set search_path = ''
as $$
  select count(*)::integer
  from public.org_practitioners
  inner join public.fhir_practitioners on fhir_practitioners.id = org_practitioners.practitioner_id
  where
    org_practitioners.org_id = p_org_id
    and org_practitioners.is_active
    and org_practitioners.deleted_at is null
    and fhir_practitioners.user_id is not null
$$;

comment on function app.count_providers(uuid) is
'How many active practitioners of an organization can sign in.';

revoke all on function app.count_providers(uuid) from public;
