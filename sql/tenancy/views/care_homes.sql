create view public.care_homes
with (security_invoker = true) as
select
  org_id,
  id,
  property_id,
  name,
  time_zone,
  is_active,
  created_at,
  created_by,
  updated_at,
  updated_by,
  version,
  telephone,
  website
from public.sites
where kind = 'care_home' and deleted_at is null;

comment on view public.care_homes is 'Care homes: the sites of kind care_home.';

revoke all on public.care_homes from public, anon, authenticated, service_role;
grant select on public.care_homes to authenticated, service_role;
