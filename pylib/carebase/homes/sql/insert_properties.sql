insert into public.properties (
  org_id, id, name, address_lines, city, region, postal_code, country_code, latitude, longitude
)
select %(org)s, property_id, name, address_lines, city, region, postal_code, country_code, latitude, longitude
from pg_temp.homes
where
  property_id is not null
  and not exists (
    select from public.properties as known where known.org_id = %(org)s and known.id = homes.property_id
  )
