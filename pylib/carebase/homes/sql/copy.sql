copy pg_temp.homes (
  line, name, npi, ccn, cqc_location, address_lines, city, region, postal_code, country_code, latitude, longitude,
  telephone, website, beds, services, specialisms, holder, local_authority, inspected_on
) from stdin
