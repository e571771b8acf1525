-- Occupancy is not kept, it is counted when it is asked for: from the beds, and from the stays that have not ended,
-- which an index has without the table. So it is exact in the moment a change is committed, nobody waits for a counter,
-- and there is nothing that could differ from it.
--
-- Not a definer and granted to nobody: those who call it have authorized for themselves.
create function app.count_occupancy(p_org_id uuid, p_site_ids uuid[])
returns table (
  site_id uuid, bed_count integer, closed_count integer, occupied_count integer, on_leave_count integer,
  reserved_count integer, vacant_count integer, overstay_count integer, waiting_count integer
)
language sql stable
set search_path = ''
as $$
  with stays as (
    select
      had.bed_id,
      bool_or(not had.is_reserved and had.starts_at <= app.clock()) as is_occupied,
      bool_or(not had.is_reserved and had.starts_at <= app.clock() and away.resident_id is not null) as is_on_leave,
      bool_or(had.is_reserved) as is_reserved
    from public.bed_stays as had
    left join public.resident_leaves as away
      on
        away.org_id = p_org_id and away.resident_id = had.resident_id and away.ends_at > app.clock()
        and away.starts_at <= app.clock() and away.deleted_at is null
    where
      had.org_id = p_org_id and had.bed_site_id = any(p_site_ids) and had.ends_at > app.clock()
      and had.deleted_at is null
    group by had.bed_id
  ),
  beds as (
    select
      places.site_id,
      coalesce(stays.is_occupied, false) as is_occupied,
      coalesce(stays.is_on_leave, false) as is_on_leave,
      (stays.is_reserved is true or offers.id is not null) as is_reserved,
      (places.is_active and rooms.is_active) as is_open
    from public.beds as places
    inner join public.rooms
      on rooms.org_id = p_org_id and rooms.site_id = places.site_id and rooms.id = places.room_id
    left join stays on stays.bed_id = places.id
    left join public.bed_offers as offers
      on
        offers.org_id = p_org_id and offers.bed_id = places.id and offers.status = 'open'
        and offers.deleted_at is null
    where places.org_id = p_org_id and places.site_id = any(p_site_ids) and places.deleted_at is null
  ),
  counted as (
    select
      beds.site_id,
      count(*)::integer as beds,
      count(*) filter (where not beds.is_open and not beds.is_occupied)::integer as closed,
      count(*) filter (where beds.is_occupied)::integer as occupied,
      count(*) filter (where beds.is_on_leave)::integer as on_leave,
      count(*) filter (where beds.is_open and not beds.is_occupied and beds.is_reserved)::integer as reserved,
      count(*) filter (where beds.is_open and not beds.is_occupied and not beds.is_reserved)::integer as vacant
    from beds
    group by beds.site_id
  ),
  overstays as (
    select homes.site_id, count(*)::integer as people
    from public.residents as homes
    where
      homes.org_id = p_org_id and homes.site_id = any(p_site_ids) and homes.status in ('resident', 'on_leave')
      and homes.deleted_at is null
      and not exists (
        select from public.bed_stays as had
        where
          had.org_id = p_org_id and had.resident_id = homes.id and had.ends_at > app.clock()
          and had.bed_site_id = homes.site_id and not had.is_reserved and had.deleted_at is null
      )
    group by homes.site_id
  ),
  waiting as (
    select entries.site_id, count(*)::integer as people
    from public.waitlist_entries as entries
    where
      entries.org_id = p_org_id and entries.site_id = any(p_site_ids) and entries.status in ('waiting', 'offered')
      and entries.deleted_at is null
    group by entries.site_id
  )
  select
    asked.id, coalesce(counted.beds, 0), coalesce(counted.closed, 0), coalesce(counted.occupied, 0),
    coalesce(counted.on_leave, 0), coalesce(counted.reserved, 0), coalesce(counted.vacant, 0),
    coalesce(overstays.people, 0), coalesce(waiting.people, 0)
  from unnest(p_site_ids) as asked (id)
  left join counted on counted.site_id = asked.id
  left join overstays on overstays.site_id = asked.id
  left join waiting on waiting.site_id = asked.id
$$;

comment on function app.count_occupancy(uuid, uuid[]) is
'How full sites of an organization are at this moment; one row for each that was asked for.';

-- The sites that the caller knows the occupancy of. It names nobody: who looks across the organization for another
-- reason than care reads it too.
create function app.occupancy_sites() returns uuid[]
language plpgsql stable
set search_path = ''
as $$
begin
  if app.has_role('org_owner', 'admin', 'compliance_lead') then
    return app.organization_sites();
  end if;
  return app.my_sites('manager', 'care_manager', 'case_manager', 'nurse', 'clinician', 'carer');
end
$$;

comment on function app.occupancy_sites() is 'The sites whose occupancy the caller may know.';

-- SECURITY DEFINER because somebody who is to come from another site holds a bed here, and those who work here see the
-- bed and not the person. It answers with numbers, of the sites that the caller may know.
create function app.my_occupancy(p_site_id uuid default null)
returns table (
  site_id uuid, bed_count integer, closed_count integer, occupied_count integer, on_leave_count integer,
  reserved_count integer, vacant_count integer, overstay_count integer, waiting_count integer
)
language plpgsql stable
security definer
set search_path = ''
-- Planned for the organization that asks: one has five beds, another thirty thousand.
set plan_cache_mode = force_custom_plan
as $$
begin
  return query
  select counted.*
  from app.count_occupancy(
    app.current_org(),
    array(
      select sites.id
      from public.sites
      where
        sites.org_id = app.current_org() and sites.id = any(app.occupancy_sites()) and sites.deleted_at is null
        and (p_site_id is null or sites.id = p_site_id)
    )
  ) as counted;
end
$$;

comment on function app.my_occupancy(uuid) is
'How full the sites are whose occupancy the caller may know, or one of them; behind get_occupancy_figures() and the view.';

revoke all on function app.count_occupancy(uuid, uuid[]) from public;
revoke all on function app.occupancy_sites() from public;
revoke all on function app.my_occupancy(uuid) from public;
grant execute on function app.occupancy_sites() to authenticated, service_role;
grant execute on function app.my_occupancy(uuid) to authenticated, service_role;
