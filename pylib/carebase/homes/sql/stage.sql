create temporary table homes (
  line integer primary key, name text, npi text, ccn text, cqc_location text, address_lines text[], city text,
  region text, postal_code text, country_code text, latitude numeric(8, 6), longitude numeric(9, 6), telephone text,
  website text, beds integer, services text[], specialisms text[], holder text, local_authority text,
  inspected_on date, site_id uuid, property_id uuid, is_new boolean not null default false,
  is_changed boolean not null default false
) on commit drop
