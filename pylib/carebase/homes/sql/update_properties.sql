-- What the file does not say stays as it is here.
with wanted as (
  select
    homes.line, known.id,
    case when homes.address_lines = '{}' then known.address_lines else homes.address_lines end as address_lines,
    coalesce(homes.city, known.city) as city,
    coalesce(homes.region, known.region) as region,
    coalesce(homes.postal_code, known.postal_code) as postal_code,
    coalesce(homes.latitude, known.latitude) as latitude,
    coalesce(homes.longitude, known.longitude) as longitude
  from pg_temp.homes
  inner join public.properties as known on known.org_id = %(org)s and known.id = homes.property_id
  where not homes.is_new
),

changed as (
  update public.properties as known set
    address_lines = wanted.address_lines,
    city = wanted.city,
    region = wanted.region,
    postal_code = wanted.postal_code,
    latitude = wanted.latitude,
    longitude = wanted.longitude
  from wanted
  where
    known.org_id = %(org)s and known.id = wanted.id
    and (known.address_lines, known.city, known.region, known.postal_code, known.latitude, known.longitude)
    is distinct from (
      wanted.address_lines, wanted.city, wanted.region, wanted.postal_code, wanted.latitude, wanted.longitude
    )
  returning wanted.line
)

update pg_temp.homes set is_changed = true from changed where changed.line = homes.line
