-- What happens during a stay, and how it ends. SECURITY DEFINER because nobody writes stays, leaves and status;
-- app.require_resident() is the authorization: a role at the site where they live.
create function app.transfer_resident(p_resident_id uuid, p_bed_id uuid, p_transferred_at timestamptz)
returns public.bed_stays
language plpgsql volatile
security definer
set search_path = ''
as $$
declare
  v_at constant timestamptz := coalesce(p_transferred_at, app.clock());
  v_seen constant public.bed_stays := app.latest_stay(p_resident_id);
  v_bed public.beds;
  v_resident public.residents;
  v_admission public.admissions;
  v_ends_at timestamptz;
  v_stay public.bed_stays;
begin
  perform app.require_role('manager', 'care_manager');
  perform app.check_moment('p_transferred_at', v_at);
  perform app.lock_beds(array[p_bed_id, v_seen.bed_id]);
  v_resident := app.require_resident(p_resident_id, 'manager', 'care_manager');
  v_bed := app.require_bed(p_bed_id);
  v_admission := app.current_admission(p_resident_id);
  if app.latest_stay(p_resident_id) is distinct from v_seen then
    perform app.raise_error('conflict', 'They have just been moved.', '{"reason": "changed"}');
  end if;
  perform app.check_input('p_transferred_at', coalesce(v_at > v_seen.starts_at, true), 'They had another bed since then.');
  if v_seen.bed_id = v_bed.id and v_seen.ends_at > v_at then
    perform app.raise_error('conflict', 'They have this bed already.', '{"reason": "resident_has_bed"}');
  end if;

  update public.bed_stays as stays set stays_during = tstzrange(stays.starts_at, v_at)
  where stays.org_id = v_bed.org_id and stays.id = v_seen.id and stays.ends_at > v_at;
  if v_bed.site_id <> v_resident.site_id then
    update public.org_patients as known set site_id = v_bed.site_id
    where known.org_id = v_bed.org_id and known.patient_id = p_resident_id;
    v_resident.site_id := v_bed.site_id;
  end if;
  v_ends_at := app.site_moment(v_bed.org_id, v_bed.site_id, v_admission.planned_until, '12:00');
  v_stay := app.place_resident(
    v_bed, v_admission.id, v_resident, tstzrange(v_at, case when v_ends_at > v_at then v_ends_at end), false
  );
  perform app.offer_freed_bed(v_bed.org_id, v_seen.bed_id);
  return v_stay;
end
$$;

comment on function app.transfer_resident(uuid, uuid, timestamptz) is
'What public.transfer_resident does; authorizes for itself.';

create function app.extend_stay(p_resident_id uuid, p_planned_until date) returns public.bed_stays
language plpgsql volatile
security definer
set search_path = ''
as $$
declare
  v_stay public.bed_stays := app.latest_stay(p_resident_id);
  v_admission public.admissions;
  v_ends_at timestamptz;
  v_constraint text;
begin
  perform app.require_role('manager', 'care_manager');
  perform app.lock_beds(array[v_stay.bed_id]);
  perform app.require_resident(p_resident_id, 'manager', 'care_manager');
  v_admission := app.current_admission(p_resident_id);
  if app.latest_stay(p_resident_id) is distinct from v_stay then
    perform app.raise_error('conflict', 'They have just been moved.', '{"reason": "changed"}');
  end if;
  v_ends_at := app.site_moment(v_stay.org_id, v_stay.bed_site_id, p_planned_until, '12:00');
  perform app.check_input('p_planned_until', coalesce(v_ends_at > app.clock(), true), 'That day is over.');
  update public.admissions set planned_until = p_planned_until
  where admissions.org_id = v_stay.org_id and admissions.id = v_admission.id;
  update public.bed_stays as stays set stays_during = tstzrange(stays.starts_at, v_ends_at)
  where stays.org_id = v_stay.org_id and stays.id = v_stay.id
  returning * into v_stay;
  -- Once the end had passed the bed was offered to the next: who stays on keeps it.
  perform app.close_offer(offers, 'withdrawn')
  from public.bed_offers as offers
  where
    offers.org_id = v_stay.org_id and offers.bed_id = v_stay.bed_id and offers.status = 'open'
    and offers.deleted_at is null;
  return v_stay;
exception when exclusion_violation then
  get stacked diagnostics v_constraint = constraint_name;
  perform app.refuse_stay(v_constraint);
  return null;
end
$$;

comment on function app.extend_stay(uuid, date) is 'What public.extend_stay does; authorizes for itself.';

create function app.start_leave(
  p_resident_id uuid, p_kind public.leave_kind, p_left_at timestamptz, p_due_back_at timestamptz
) returns public.resident_leaves
language plpgsql volatile
security definer
set search_path = ''
as $$
declare
  v_at constant timestamptz := coalesce(p_left_at, app.clock());
  v_resident public.residents;
  v_admission public.admissions;
  v_leave public.resident_leaves;
begin
  perform app.require_role('manager', 'care_manager', 'case_manager', 'nurse', 'carer');
  perform app.check_moment('p_left_at', v_at);
  perform app.check_input('p_due_back_at', coalesce(p_due_back_at > v_at, true), 'They come back after they left.');
  v_resident := app.require_resident(
    p_resident_id, 'manager', 'care_manager', 'case_manager', 'nurse', 'carer'
  );
  v_admission := app.current_admission(p_resident_id);
  if v_resident.status = 'on_leave' then
    perform app.raise_error('conflict', 'They are away already.', '{"reason": "on_leave"}');
  end if;
  perform app.check_input('p_left_at', v_at > v_admission.admitted_at, 'They left after they came.');
  insert into public.resident_leaves (org_id, resident_id, site_id, admission_id, kind, away_during, due_back_at)
  values (
    v_resident.org_id, v_resident.id, v_resident.site_id, v_admission.id, p_kind, tstzrange(v_at, null), p_due_back_at
  )
  returning * into v_leave;
  update public.residents set status = 'on_leave'
  where residents.org_id = v_resident.org_id and residents.id = v_resident.id;
  return v_leave;
exception when exclusion_violation then
  perform app.raise_error('conflict', 'They were away at that time.', '{"reason": "on_leave"}');
  return null;
end
$$;

comment on function app.start_leave(uuid, public.leave_kind, timestamptz, timestamptz) is
'What public.start_leave does; authorizes for itself.';

create function app.end_leave(p_resident_id uuid, p_returned_at timestamptz) returns public.resident_leaves
language plpgsql volatile
security definer
set search_path = ''
as $$
declare
  v_at constant timestamptz := coalesce(p_returned_at, app.clock());
  v_resident public.residents;
  v_leave public.resident_leaves;
begin
  perform app.require_role('manager', 'care_manager', 'case_manager', 'nurse', 'carer');
  perform app.check_moment('p_returned_at', v_at);
  v_resident := app.require_resident(
    p_resident_id, 'manager', 'care_manager', 'case_manager', 'nurse', 'carer'
  );
  v_leave := app.close_leave(v_resident.org_id, v_resident.id, v_at);
  if v_leave.id is null then
    perform app.raise_error('conflict', 'They are not away.', '{"reason": "not_on_leave"}');
  end if;
  update public.residents set status = 'resident'
  where residents.org_id = v_resident.org_id and residents.id = v_resident.id;
  return v_leave;
end
$$;

comment on function app.end_leave(uuid, timestamptz) is 'What public.end_leave does; authorizes for itself.';

create function app.close_leave(p_org_id uuid, p_resident_id uuid, p_at timestamptz) returns public.resident_leaves
language plpgsql volatile
set search_path = ''
as $$
declare
  v_leave public.resident_leaves;
begin
  select leaves.* into v_leave
  from public.resident_leaves as leaves
  where
    leaves.org_id = p_org_id and leaves.resident_id = p_resident_id and leaves.ends_at = 'infinity'
    and leaves.deleted_at is null;
  perform app.check_input('p_at', coalesce(p_at > v_leave.starts_at, true), 'They left after that.');
  update public.resident_leaves as leaves set away_during = tstzrange(leaves.starts_at, p_at)
  where leaves.org_id = p_org_id and leaves.id = v_leave.id
  returning * into v_leave;
  return v_leave;
end
$$;

comment on function app.close_leave(uuid, uuid, timestamptz) is 'Ends the leave somebody is on; null if they are on none.';

revoke all on function app.transfer_resident(uuid, uuid, timestamptz) from public;
revoke all on function app.extend_stay(uuid, date) from public;
revoke all on function app.start_leave(uuid, public.leave_kind, timestamptz, timestamptz) from public;
revoke all on function app.end_leave(uuid, timestamptz) from public;
revoke all on function app.close_leave(uuid, uuid, timestamptz) from public;
grant execute on function app.transfer_resident(uuid, uuid, timestamptz) to authenticated;
grant execute on function app.extend_stay(uuid, date) to authenticated;
grant execute on function app.start_leave(uuid, public.leave_kind, timestamptz, timestamptz) to authenticated;
grant execute on function app.end_leave(uuid, timestamptz) to authenticated;
