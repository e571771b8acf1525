update pg_temp.homes set site_id = known.site_id, property_id = sites.property_id
from pg_temp.numbers, public.site_registrations as known, public.sites
where
  numbers.line = homes.line and known.org_id = %(org)s and known.registry = numbers.registry
  and known.registration = numbers.registration and known.deleted_at is null
  and sites.org_id = known.org_id and sites.id = known.site_id
