create view public.houses
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
where kind = 'house' and deleted_at is null;

comment on view public.houses is 'Recovery residences: the sites of kind house.';

revoke all on public.houses from public, anon, authenticated, service_role;
grant select on public.houses to authenticated, service_role;
