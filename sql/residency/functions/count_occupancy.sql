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
language plpgsql stable
set search_path = ''
-- Site by site, each found by its own keys: so one plan is right for a home and for five hundred, in an organization of
-- five beds as of thirty thousand. Planning took longer than counting; and planned for all sites at once, for an
-- organization of average size, one home's residents were looked for among everybody's.
set plan_cache_mode = force_generic_plan
as $$
begin
  return query
  with withheld as (
    select
      empty.site_id,
      count(*) filter (where empty.is_closed)::integer as closed,
      count(*) filter (where not empty.is_closed)::integer as reserved
    from app.withheld_beds(p_org_id, p_site_ids) as empty
    group by empty.site_id
  )
  select
    asked.id, beds.total, coalesce(withheld.closed, 0), occupied.total, away.total, coalesce(withheld.reserved, 0),
    beds.total - occupied.total - coalesce(withheld.closed + withheld.reserved, 0),
    -- Who has a bed lives at its site.
    people.total - occupied.total, waiting.total
  from unnest(p_site_ids) as asked (id)
  cross join lateral (
    select count(*)::integer as total
    from public.beds as places
    where places.org_id = p_org_id and places.site_id = asked.id and places.deleted_at is null
  ) as beds
  cross join lateral (
    select count(*)::integer as total
    from public.bed_stays as had
    where
      had.org_id = p_org_id and had.bed_site_id = asked.id and had.ends_at > app.clock()
      and had.starts_at <= app.clock() and not had.is_reserved and had.deleted_at is null
  ) as occupied
  cross join lateral (
    select count(*)::integer as total
    from public.resident_leaves as leaves
    inner join public.bed_stays as had
      on
        had.org_id = p_org_id and had.resident_id = leaves.resident_id and had.bed_site_id = asked.id
        and had.ends_at > app.clock() and had.starts_at <= app.clock() and not had.is_reserved and had.deleted_at is null
    where
      leaves.org_id = p_org_id and leaves.site_id = asked.id and leaves.ends_at > app.clock()
      and leaves.starts_at <= app.clock() and leaves.deleted_at is null
  ) as away
  cross join lateral (
    select count(*) filter (where homes.status in ('resident', 'on_leave'))::integer as total
    from public.residents as homes
    where homes.org_id = p_org_id and homes.site_id = asked.id and homes.deleted_at is null
  ) as people
  cross join lateral (
    select count(*)::integer as total
    from public.waitlist_entries as entries
    where
      entries.org_id = p_org_id and entries.site_id = asked.id and entries.status in ('waiting', 'offered')
      and entries.deleted_at is null
  ) as waiting
  left join withheld on withheld.site_id = asked.id;
end
$$;

comment on function app.count_occupancy(uuid, uuid[]) is
'How full sites of an organization are at this moment; one row for each that was asked for.';

-- A home is found by keys, however many there are beside it: the plan that the connection keeps is the right one, and
-- planning took longer than counting. The setting ends with the function that calls this, because that one has its own.
create function app.plan_once_for_one_site(p_site_ids uuid[]) returns void
language plpgsql volatile
set search_path = ''
as $$
begin
  if cardinality(p_site_ids) = 1 then
    perform set_config('plan_cache_mode', 'force_generic_plan', true);
  end if;
end
$$;

comment on function app.plan_once_for_one_site(uuid[]) is
'Keeps the plan of what a function asks of a single site; for functions that set plan_cache_mode.';

create function app.withheld_beds(p_org_id uuid, p_site_ids uuid[])
returns table (site_id uuid, bed_id uuid, is_closed boolean)
language plpgsql stable
set search_path = ''
set plan_cache_mode = force_custom_plan
as $$
begin
  perform app.plan_once_for_one_site(p_site_ids);
  return query
  select places.site_id, places.id, bool_or(not places.is_active or not rooms.is_active)
  from (
    select beds.id from public.beds
    where beds.org_id = p_org_id and beds.site_id = any(p_site_ids) and not beds.is_active
    union
    select beds.id
    from public.rooms
    inner join public.beds on beds.org_id = p_org_id and beds.site_id = rooms.site_id and beds.room_id = rooms.id
    where rooms.org_id = p_org_id and rooms.site_id = any(p_site_ids) and not rooms.is_active
    union
    select kept.bed_id from public.bed_stays as kept
    where
      kept.org_id = p_org_id and kept.bed_site_id = any(p_site_ids) and kept.ends_at > app.clock()
      and kept.is_reserved and kept.deleted_at is null
    union
    select offers.bed_id from public.bed_offers as offers
    where
      offers.org_id = p_org_id and offers.site_id = any(p_site_ids) and offers.status = 'open'
      and offers.deleted_at is null
  ) as named
  inner join public.beds as places on places.org_id = p_org_id and places.id = named.id and places.deleted_at is null
  inner join public.rooms on rooms.org_id = p_org_id and rooms.id = places.room_id
  where not exists (
    select from public.bed_stays as had
    where
      had.org_id = p_org_id and had.bed_site_id = places.site_id and had.bed_id = places.id
      and had.ends_at > app.clock() and had.starts_at <= app.clock() and not had.is_reserved
      and had.deleted_at is null
  )
  group by places.site_id, places.id;
end
$$;

comment on function app.withheld_beds(uuid, uuid[]) is
'The beds of sites that nobody is in and that are not to be given: closed, or else kept for somebody or on offer.';

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
as $$
declare
  v_org_id constant uuid := app.current_org();
  -- Asked once and not for each site.
  v_known constant uuid[] := app.occupancy_sites();
begin
  return query
  select counted.*
  from app.count_occupancy(
    v_org_id,
    array(
      select sites.id
      from public.sites
      where
        sites.org_id = v_org_id and sites.id = any(v_known) and sites.deleted_at is null
        and (p_site_id is null or sites.id = p_site_id)
    )
  ) as counted;
end
$$;

comment on function app.my_occupancy(uuid) is
'How full the sites are whose occupancy the caller may know, or one of them; behind get_occupancy_figures() and the view.';

revoke all on function app.count_occupancy(uuid, uuid[]) from public;
revoke all on function app.plan_once_for_one_site(uuid[]) from public;
revoke all on function app.withheld_beds(uuid, uuid[]) from public;
revoke all on function app.occupancy_sites() from public;
revoke all on function app.my_occupancy(uuid) from public;
grant execute on function app.occupancy_sites() to authenticated, service_role;
grant execute on function app.my_occupancy(uuid) to authenticated, service_role;
