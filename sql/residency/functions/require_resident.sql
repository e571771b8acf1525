-- What the functions of this room ask before they change anything. For definers only: rows are read past row-level
-- security, within the active organization and the sites of the roles that are named.
--
-- Whoever locks, locks in this order: beds by their id, offers, enquiries, entries of the waiting list, residents. So
-- two calls may wait for each other's end, and never for each other.
create function app.require_resident(p_resident_id uuid, variadic p_roles public.app_role[]) returns public.residents
language plpgsql volatile
set search_path = ''
as $$
declare
  v_resident public.residents;
begin
  select residents.* into v_resident
  from public.residents
  where
    residents.org_id = app.current_org() and residents.id = p_resident_id and residents.deleted_at is null
    and residents.site_id = any(app.my_sites(variadic p_roles))
  for update;
  if v_resident.id is null then
    perform app.raise_error('not_found', 'There is no such resident at your sites.');
  end if;
  return v_resident;
end
$$;

comment on function app.require_resident(uuid, public.app_role[]) is
'Locks a resident at a site where the caller holds one of these roles; not_found for any other.';

create function app.require_bed(p_bed_id uuid) returns public.beds
language plpgsql volatile
set search_path = ''
as $$
declare
  v_bed public.beds;
begin
  select beds.* into v_bed
  from public.beds
  where
    beds.org_id = app.current_org() and beds.id = p_bed_id and beds.deleted_at is null
    and beds.site_id = any(app.my_sites('manager', 'care_manager'))
  for no key update;
  if v_bed.id is null then
    perform app.raise_error('not_found', 'There is no such bed at your sites.');
  end if;
  -- Held, so that the room is not closed meanwhile.
  perform from public.rooms
  where rooms.org_id = v_bed.org_id and rooms.id = v_bed.room_id and rooms.is_active and rooms.deleted_at is null
  for share;
  if not found or not v_bed.is_active then
    perform app.raise_error('conflict', 'The bed or its room is closed.', jsonb_build_object('reason', 'bed_closed'));
  end if;
  return v_bed;
end
$$;

comment on function app.require_bed(uuid) is
'Locks a bed at a site where the caller admits people; not_found for any other, conflict for one that is closed.';

create function app.lock_beds(p_bed_ids uuid[]) returns void
language plpgsql volatile
set search_path = ''
as $$
begin
  perform 1
  from public.beds
  where beds.org_id = app.current_org() and beds.id = any(p_bed_ids)
  order by beds.id
  for no key update;
end
$$;

comment on function app.lock_beds(uuid[]) is 'Locks beds of the active organization, in the order of their ids.';

-- What happened is entered when it happened or soon after; figures of the last days are counted again for that.
create function app.check_moment(p_field text, p_at timestamptz) returns void
language plpgsql stable
set search_path = ''
as $$
begin
  perform app.check_input(
    p_field, p_at <= app.clock() and p_at >= app.clock() - interval '7 days',
    'It happened in the last seven days, and not in the future.'
  );
end
$$;

comment on function app.check_moment(text, timestamptz) is
'Ends the request with invalid_input unless the moment is past and at most seven days ago.';

create function app.current_admission(p_resident_id uuid) returns public.admissions
language plpgsql volatile
set search_path = ''
as $$
declare
  v_admission public.admissions;
begin
  select admissions.* into v_admission
  from public.admissions
  where
    admissions.org_id = app.current_org() and admissions.resident_id = p_resident_id
    and admissions.admitted_at is not null and admissions.discharged_at is null and admissions.deleted_at is null;
  if v_admission.id is null then
    perform app.raise_error(
      'conflict', 'They do not live here.', jsonb_build_object('reason', 'not_admitted')
    );
  end if;
  return v_admission;
end
$$;

comment on function app.current_admission(uuid) is 'The stay that a resident is in; conflict if they are in none.';

-- Volatile, so that it sees what was committed while somebody waited for a lock.
create function app.latest_stay(p_resident_id uuid) returns public.bed_stays
language sql volatile
set search_path = ''
as $$
  select stays.*
  from public.bed_stays as stays
  where
    stays.org_id = app.current_org() and stays.resident_id = p_resident_id and stays.deleted_at is null
    and not stays.is_reserved
  order by stays.starts_at desc
  limit 1
$$;

comment on function app.latest_stay(uuid) is 'The bed that a resident has, or had last; null if they never had one.';

revoke all on function app.require_resident(uuid, public.app_role[]) from public;
revoke all on function app.require_bed(uuid) from public;
revoke all on function app.lock_beds(uuid[]) from public;
revoke all on function app.check_moment(text, timestamptz) from public;
revoke all on function app.current_admission(uuid) from public;
revoke all on function app.latest_stay(uuid) from public;
