-- SECURITY DEFINER because a bed that is kept for somebody of another site is shown as kept, and not for whom. A bed of
-- a site where the caller may know occupancy; a resident of a site where they may know residents.
create function app.occupancy_board(p_site_id uuid, p_limit integer, p_after_bed_id uuid)
returns table (
  room_id uuid, room_name text, room_floor text, bed_id uuid, bed_name text, state text, resident_id uuid,
  admission_id uuid, since_at timestamptz, planned_end_at timestamptz, next_starts_at timestamptz
)
language plpgsql stable
security definer
set search_path = ''
set plan_cache_mode = force_custom_plan
as $$
declare
  v_org_id constant uuid := app.current_org();
  v_sees constant boolean := app.has_role('org_owner', 'compliance_lead', 'admin');
  v_sites constant uuid[] := app.my_sites(
    'manager', 'care_manager', 'case_manager', 'nurse', 'clinician', 'carer'
  );
  v_after record;
begin
  select last_rooms.name as room, last_beds.name as bed, last_beds.id into v_after
  from public.beds as last_beds
  inner join public.rooms as last_rooms on last_rooms.org_id = last_beds.org_id and last_rooms.id = last_beds.room_id
  where
    last_beds.org_id = v_org_id and last_beds.site_id = p_site_id and last_beds.site_id = any(app.occupancy_sites())
    and last_beds.id = p_after_bed_id;
  perform app.check_cursor('p_after_bed_id', p_after_bed_id is null or found);

  return query
  select
    rooms.id, rooms.name, rooms.floor, beds.id, beds.name,
    case
      when had.id is not null and away.id is not null then 'on_leave'
      when had.id is not null then 'occupied'
      when not (beds.is_active and rooms.is_active) then 'closed'
      when kept.id is not null then 'reserved'
      when offers.id is not null then 'offered'
      else 'vacant'
    end,
    case when v_sees or had.site_id = any(v_sites) then had.resident_id end,
    case when v_sees or had.site_id = any(v_sites) then had.admission_id end,
    had.starts_at, nullif(had.ends_at, 'infinity'), kept.starts_at
  from public.rooms
  inner join public.beds on beds.org_id = rooms.org_id and beds.site_id = rooms.site_id and beds.room_id = rooms.id
  left join public.bed_stays as had
    on
      had.org_id = v_org_id and had.bed_site_id = p_site_id and had.bed_id = beds.id and had.ends_at > app.clock()
      and had.starts_at <= app.clock() and not had.is_reserved and had.deleted_at is null
  left join public.resident_leaves as away
    on
      away.org_id = v_org_id and away.resident_id = had.resident_id and away.ends_at > app.clock()
      and away.starts_at <= app.clock() and away.deleted_at is null
  left join lateral (
    select planned.id, planned.starts_at
    from public.bed_stays as planned
    where
      planned.org_id = v_org_id and planned.bed_site_id = p_site_id and planned.bed_id = beds.id
      and planned.ends_at > app.clock() and planned.is_reserved and planned.deleted_at is null
    order by planned.starts_at
    limit 1
  ) as kept on true
  left join public.bed_offers as offers
    on
      offers.org_id = v_org_id and offers.bed_id = beds.id and offers.status = 'open' and offers.deleted_at is null
  where
    rooms.org_id = v_org_id and rooms.site_id = p_site_id and rooms.site_id = any(app.occupancy_sites())
    and rooms.deleted_at is null and beds.deleted_at is null
    and (p_after_bed_id is null or (rooms.name, beds.name, beds.id) > (v_after.room, v_after.bed, v_after.id))
  order by rooms.name, beds.name, beds.id
  limit p_limit;
end
$$;

comment on function app.occupancy_board(uuid, integer, uuid) is
'What public.get_occupancy_board does; authorizes for itself.';

create function public.get_occupancy_board(
  p_site_id uuid, p_limit integer default 200, p_after_bed_id uuid default null
)
returns table (
  room_id uuid, room_name text, room_floor text, bed_id uuid, bed_name text, state text, resident_id uuid,
  admission_id uuid, since_at timestamptz, planned_end_at timestamptz, next_starts_at timestamptz
)
language plpgsql stable
set search_path = ''
as $$
begin
  perform app.require_feature('residency');
  perform app.require_role(
    'org_owner', 'admin', 'compliance_lead', 'manager', 'care_manager', 'case_manager', 'nurse', 'clinician', 'carer'
  );
  perform app.check_input('p_limit', p_limit between 1 and 500, 'The limit is a number from 1 to 500.');

  return query select board.* from app.occupancy_board(p_site_id, p_limit, p_after_bed_id) as board;
end
$$;

comment on function public.get_occupancy_board(uuid, integer, uuid) is
'The beds of a site, room by room, and who has them now; names are opened by open_residents(). For all who give care,
managers, owners, administrators and compliance leads; none of a site that is not theirs.
p_site_id: the site.
p_limit: at most so many beds, 1 to 500. p_after_bed_id: the last bed of the page before;
not_found if it is no longer there.
state: occupied, on_leave, closed, reserved, offered, vacant.
resident_id, admission_id: who has the bed now. since_at, planned_end_at: from when and until when, null without an end.
next_starts_at: from when it is kept for somebody who comes.
Never null: room_id, room_name, bed_id, bed_name, state.
Protected: resident_id, admission_id, since_at, planned_end_at, next_starts_at.
Errors: feature_disabled, permission_denied, not_authenticated, not_found, invalid_input.';

revoke all on function app.occupancy_board(uuid, integer, uuid) from public;
grant execute on function app.occupancy_board(uuid, integer, uuid) to authenticated;

revoke all on function public.get_occupancy_board(uuid, integer, uuid) from public, anon, authenticated, service_role;
grant execute on function public.get_occupancy_board(uuid, integer, uuid) to authenticated;
