update pg_temp.homes set site_id = app.uuid_v7(), is_new = true where site_id is null
