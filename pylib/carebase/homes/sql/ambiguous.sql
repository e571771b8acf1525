-- Two numbers of one line may belong to two sites here: then nobody but a person can say which of them is meant.
with found as (
  select numbers.line, count(distinct known.site_id) as sites
  from pg_temp.numbers
  inner join public.site_registrations as known
    on known.org_id = %(org)s and known.registry = numbers.registry and known.registration = numbers.registration
    and known.deleted_at is null
  group by numbers.line
  having count(distinct known.site_id) > 1
)
delete from pg_temp.homes using found where homes.line = found.line returning homes.line, homes.name
