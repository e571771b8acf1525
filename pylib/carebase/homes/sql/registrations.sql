with written as (
  insert into public.site_registrations as known (
    org_id, site_id, registry, registration, holder, services, specialisms, local_authority, inspected_on
  )
  select %(org)s, site_id, registry, registration, holder, services, specialisms, local_authority, inspected_on
  from pg_temp.numbers
  on conflict (org_id, registry, registration) where deleted_at is null do update set
    holder = coalesce(excluded.holder, known.holder),
    services = case when excluded.services = '{}' then known.services else excluded.services end,
    specialisms = case when excluded.specialisms = '{}' then known.specialisms else excluded.specialisms end,
    local_authority = coalesce(excluded.local_authority, known.local_authority),
    inspected_on = coalesce(excluded.inspected_on, known.inspected_on)
  where
    excluded.services not in ('{}', known.services)
    or excluded.specialisms not in ('{}', known.specialisms)
    or coalesce(excluded.holder, known.holder) is distinct from known.holder
    or coalesce(excluded.local_authority, known.local_authority) is distinct from known.local_authority
    or coalesce(excluded.inspected_on, known.inspected_on) is distinct from known.inspected_on
  returning known.site_id
)
update pg_temp.homes set is_changed = true from written where written.site_id = homes.site_id
