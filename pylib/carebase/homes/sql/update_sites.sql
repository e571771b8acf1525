with changed as (
  update public.sites as known set
    name = homes.name,
    property_id = coalesce(known.property_id, homes.property_id),
    telephone = coalesce(homes.telephone, known.telephone),
    website = coalesce(homes.website, known.website)
  from pg_temp.homes
  where
    known.org_id = %(org)s and known.id = homes.site_id and not homes.is_new
    and (known.name, known.property_id, known.telephone, known.website) is distinct from (
      homes.name, coalesce(known.property_id, homes.property_id), coalesce(homes.telephone, known.telephone),
      coalesce(homes.website, known.website)
    )
  returning homes.line
)
update pg_temp.homes set is_changed = true from changed where changed.line = homes.line
