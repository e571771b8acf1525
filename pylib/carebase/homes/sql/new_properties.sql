update pg_temp.homes set property_id = app.uuid_v7()
where property_id is null and (address_lines <> '{}' or city is not null or latitude is not null)
