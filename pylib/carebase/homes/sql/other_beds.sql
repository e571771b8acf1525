select homes.line, homes.name, homes.beds, counted.beds
from pg_temp.homes cross join lateral (
  select count(*) as beds from public.beds
  where beds.org_id = %(org)s and beds.site_id = homes.site_id and beds.deleted_at is null
) as counted
where homes.beds is not null and counted.beds <> homes.beds
order by homes.line
