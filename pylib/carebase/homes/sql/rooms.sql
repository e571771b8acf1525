-- Only where there is no room yet: who arranged rooms here knows better than a list.
insert into public.rooms (org_id, site_id, name)
select %(org)s, homes.site_id, number::text
from pg_temp.homes cross join lateral generate_series(1, homes.beds) as number
where not exists (
  select from public.rooms as known where known.org_id = %(org)s and known.site_id = homes.site_id
)
