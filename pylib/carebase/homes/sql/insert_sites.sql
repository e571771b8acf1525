insert into public.sites (org_id, id, property_id, kind, name, telephone, website)
select %(org)s, site_id, property_id, 'care_home', name, telephone, website from pg_temp.homes where is_new
