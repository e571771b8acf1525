create temporary view numbers as
select line, site_id, holder, services, specialisms, local_authority, inspected_on, each.registry, each.registration
from pg_temp.homes cross join lateral (values
  ('us_npi'::public.site_registry, npi), ('us_ccn', ccn), ('cqc_location', cqc_location)
) as each (registry, registration)
where each.registration is not null
