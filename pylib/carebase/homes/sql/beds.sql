with added as (
  insert into public.beds (org_id, site_id, room_id, name)
  select %(org)s, rooms.site_id, rooms.id, 'A'
  from pg_temp.homes
  inner join public.rooms on rooms.org_id = %(org)s and rooms.site_id = homes.site_id
  where
    homes.beds > 0
    and not exists (
      select from public.beds as known where known.org_id = %(org)s and known.site_id = homes.site_id
    )
  returning site_id
)
select count(*) from added
