-- Residents under the name that care homes have for them.
create view public.clients
with (security_invoker = true) as
select
  residents.org_id,
  residents.id,
  residents.site_id as care_home_id,
  residents.status,
  residents.created_at,
  residents.created_by,
  residents.updated_at,
  residents.updated_by,
  residents.version
from public.residents
inner join public.sites on residents.org_id = sites.org_id and residents.site_id = sites.id
where sites.kind = 'care_home' and sites.deleted_at is null and residents.deleted_at is null;

comment on view public.clients is 'Residents of care homes; names are opened by open_residents().';

revoke all on public.clients from public, anon, authenticated, service_role;
grant select on public.clients to authenticated, service_role;
