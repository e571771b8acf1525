-- The end of a stay, and of one that never began. SECURITY DEFINER because nobody writes stays and status; the resident
-- or the bed, at a site where the caller admits people, is the authorization.
create function app.discharge_resident(
  p_resident_id uuid, p_reason public.discharge_reason, p_destination public.discharge_destination,
  p_discharged_at timestamptz, p_note text
) returns void
language plpgsql volatile
security definer
set search_path = ''
as $$
declare
  v_at constant timestamptz := coalesce(p_discharged_at, app.clock());
  v_seen constant public.bed_stays := app.latest_stay(p_resident_id);
  v_resident public.residents;
  v_admission public.admissions;
begin
  perform app.require_role('manager', 'care_manager');
  perform app.check_moment('p_discharged_at', v_at);
  perform app.lock_beds(array[v_seen.bed_id]);
  v_resident := app.require_resident(p_resident_id, 'manager', 'care_manager');
  v_admission := app.current_admission(p_resident_id);
  if app.latest_stay(p_resident_id) is distinct from v_seen then
    perform app.raise_error('conflict', 'They have just been moved.', '{"reason": "changed"}');
  end if;
  perform app.check_input(
    'p_discharged_at', v_at > v_admission.admitted_at and coalesce(v_at > v_seen.starts_at, true),
    'They left after they came, and from the bed they had last.'
  );

  perform app.close_leave(v_resident.org_id, v_resident.id, v_at);
  update public.bed_stays as stays set stays_during = tstzrange(stays.starts_at, v_at)
  where stays.org_id = v_resident.org_id and stays.id = v_seen.id and stays.ends_at > v_at;
  update public.admissions set
    discharged_at = v_at, discharge_reason = p_reason, discharge_destination = p_destination,
    discharge_note = app.plain(p_note)
  where admissions.org_id = v_resident.org_id and admissions.id = v_admission.id;
  if p_reason = 'died' then
    perform app.note_death(v_resident.org_id, v_resident.id, v_at);
  else
    perform app.leave_site(v_resident.org_id, v_resident.id);
  end if;
  perform app.offer_freed_bed(v_resident.org_id, v_seen.bed_id);
end
$$;

comment on function app.discharge_resident(
  uuid, public.discharge_reason, public.discharge_destination, timestamptz, text
) is 'What public.discharge_resident does; authorizes for itself.';

-- Who has died is expected nowhere. The person's own row says so to whoever else knows them.
create function app.note_death(p_org_id uuid, p_resident_id uuid, p_at timestamptz) returns void
language plpgsql volatile
set search_path = ''
as $$
begin
  update public.bed_stays as stays set deleted_at = app.clock()
  where
    stays.org_id = p_org_id and stays.resident_id = p_resident_id and stays.is_reserved and stays.deleted_at is null;
  update public.admissions set cancelled_at = app.clock()
  where
    admissions.org_id = p_org_id and admissions.resident_id = p_resident_id and admissions.admitted_at is null
    and admissions.cancelled_at is null;
  update public.residents set status = 'deceased'
  where residents.org_id = p_org_id and residents.id = p_resident_id;
  update public.org_patients as known set is_active = false
  where known.org_id = p_org_id and known.patient_id = p_resident_id;
  update public.patients set is_deceased = true, deceased_at = app.plain(p_at)
  where patients.id = p_resident_id and not patients.is_deceased;
end
$$;

comment on function app.note_death(uuid, uuid, timestamptz) is 'Somebody has died: nothing is planned for them any more.';

create function app.leave_site(p_org_id uuid, p_resident_id uuid) returns void
language sql volatile
set search_path = ''
as $$
  update public.residents set status = case
    when exists (
      select from public.admissions
      where
        admissions.org_id = p_org_id and admissions.resident_id = p_resident_id and admissions.admitted_at is null
        and admissions.cancelled_at is null and admissions.deleted_at is null
    ) then 'expected'
    else 'discharged'
  end::public.resident_status
  where residents.org_id = p_org_id and residents.id = p_resident_id
$$;

comment on function app.leave_site(uuid, uuid) is 'Somebody does not live here any more, or is expected again.';

create function app.cancel_admission(p_admission_id uuid) returns void
language plpgsql volatile
security definer
set search_path = ''
as $$
declare
  v_kept public.bed_stays;
  v_resident public.residents;
begin
  perform app.require_role('manager', 'care_manager');
  select stays.* into v_kept
  from public.bed_stays as stays
  where
    stays.org_id = app.current_org() and stays.admission_id = p_admission_id and stays.deleted_at is null
    and stays.bed_site_id = any(app.my_sites('manager', 'care_manager'))
  order by stays.starts_at
  limit 1;
  if v_kept.id is null then
    perform app.raise_error('not_found', 'There is no such admission at your sites.');
  end if;
  perform app.lock_beds(array[v_kept.bed_id]);
  select residents.* into v_resident
  from public.residents
  where residents.org_id = v_kept.org_id and residents.id = v_kept.resident_id
  for update;
  update public.admissions set cancelled_at = app.clock()
  where
    admissions.org_id = v_kept.org_id and admissions.id = p_admission_id and admissions.admitted_at is null
    and admissions.cancelled_at is null;
  if not found then
    perform app.raise_error('conflict', 'They have come already, or do not come any more.', '{"reason": "changed"}');
  end if;
  update public.bed_stays as stays set deleted_at = app.clock()
  where stays.org_id = v_kept.org_id and stays.admission_id = p_admission_id and stays.is_reserved;
  if v_resident.status = 'expected' then
    perform app.leave_site(v_resident.org_id, v_resident.id);
  end if;
  perform app.offer_freed_bed(v_kept.org_id, v_kept.bed_id);
end
$$;

comment on function app.cancel_admission(uuid) is 'What public.cancel_admission does; authorizes for itself.';

revoke all on function app.discharge_resident(
  uuid, public.discharge_reason, public.discharge_destination, timestamptz, text
) from public;
revoke all on function app.note_death(uuid, uuid, timestamptz) from public;
revoke all on function app.leave_site(uuid, uuid) from public;
revoke all on function app.cancel_admission(uuid) from public;
grant execute on function app.discharge_resident(
  uuid, public.discharge_reason, public.discharge_destination, timestamptz, text
) to authenticated;
grant execute on function app.cancel_admission(uuid) to authenticated;
