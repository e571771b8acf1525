-- Keeping a bed for somebody who comes, and letting them in. SECURITY DEFINER because nobody writes stays; the bed
-- (app.require_bed), the enquiry (app.require_enquiry) and the person (app.newcomer) are asked for one by one.
create function app.reserve_bed(
  p_bed_id uuid, p_expected_on date, p_planned_until date, p_enquiry_id uuid, p_patient_id uuid,
  p_kind public.admission_kind
) returns public.bed_stays
language plpgsql volatile
security definer
set search_path = ''
as $$
declare
  v_bed public.beds;
  v_enquiry public.residency_enquiries;
  v_resident public.residents;
  v_newcomer record;
  v_admission_id uuid;
  v_starts_at timestamptz;
begin
  perform app.require_role('manager', 'care_manager');
  v_bed := app.require_bed(p_bed_id);
  perform app.check_input(
    'p_expected_on', p_expected_on >= app.day_of_site(v_bed.org_id, v_bed.site_id, app.clock()),
    'Nobody is expected on a day that is over.'
  );
  if p_enquiry_id is not null then
    v_enquiry := app.require_enquiry(p_enquiry_id);
  end if;
  v_newcomer := app.newcomer(v_enquiry, p_patient_id);
  v_resident := app.enrol_resident(v_newcomer.patient_id, v_bed.site_id, v_newcomer.name);

  insert into public.admissions (org_id, resident_id, site_id, enquiry_id, kind, expected_on, planned_until)
  values (
    v_bed.org_id, v_resident.id, v_resident.site_id, p_enquiry_id, coalesce(p_kind, v_enquiry.kind, 'permanent'),
    p_expected_on, p_planned_until
  )
  returning id into v_admission_id;
  update public.residency_enquiries as enquiries set resident_id = v_resident.id
  where enquiries.org_id = v_bed.org_id and enquiries.id = p_enquiry_id;

  v_starts_at := app.site_moment(v_bed.org_id, v_bed.site_id, p_expected_on, '12:00');
  return app.place_resident(
    v_bed, v_admission_id, v_resident,
    tstzrange(v_starts_at, app.site_moment(v_bed.org_id, v_bed.site_id, p_planned_until, '12:00')), true, p_enquiry_id
  );
end
$$;

comment on function app.reserve_bed(uuid, date, date, uuid, uuid, public.admission_kind) is
'What public.reserve_bed does; authorizes for itself.';

-- The bed they come to and the one that was kept for them are both locked before anything else.
create function app.admit_resident(
  p_bed_id uuid, p_enquiry_id uuid, p_patient_id uuid, p_kind public.admission_kind, p_admitted_at timestamptz,
  p_planned_until date
) returns public.bed_stays
language plpgsql volatile
security definer
set search_path = ''
as $$
declare
  v_org_id constant uuid := app.current_org();
  v_at constant timestamptz := coalesce(p_admitted_at, app.clock());
  v_bed public.beds;
  v_enquiry public.residency_enquiries;
  v_resident public.residents;
  v_newcomer record;
  v_kept public.bed_stays;
  v_stay public.bed_stays;
begin
  perform app.require_role('manager', 'care_manager');
  perform app.check_moment('p_admitted_at', v_at);
  v_kept := app.kept_bed(p_enquiry_id, p_patient_id);
  perform app.lock_beds(array[p_bed_id, v_kept.bed_id]);
  perform app.check_input(
    'p_bed_id', coalesce(p_bed_id, v_kept.bed_id) is not null, 'Say which bed: none is kept for them.'
  );
  v_bed := app.require_bed(coalesce(p_bed_id, v_kept.bed_id));
  if p_enquiry_id is not null then
    v_enquiry := app.require_enquiry(p_enquiry_id);
  end if;
  v_newcomer := app.newcomer(v_enquiry, p_patient_id);
  v_resident := app.enrol_resident(v_newcomer.patient_id, v_bed.site_id, v_newcomer.name);
  if v_resident.status <> 'expected' then
    perform app.raise_error('conflict', 'They live here already.', jsonb_build_object('reason', 'already_admitted'));
  end if;
  if app.kept_bed(null, v_resident.id) is distinct from v_kept then
    perform app.raise_error('conflict', 'The reservation has just been changed.', '{"reason": "changed"}');
  end if;

  v_stay := app.begin_stay(
    v_bed, v_resident, v_kept, p_enquiry_id, coalesce(p_kind, v_enquiry.kind), v_at, p_planned_until
  );
  update public.residents set status = 'resident' where residents.org_id = v_org_id and residents.id = v_resident.id;
  perform app.settle_enquiry(v_org_id, v_stay.admission_id, v_resident.id);
  if v_kept.bed_id <> v_bed.id then
    perform app.offer_freed_bed(v_org_id, v_kept.bed_id);
  end if;
  return v_stay;
end
$$;

comment on function app.admit_resident(uuid, uuid, uuid, public.admission_kind, timestamptz, date) is
'What public.admit_resident does; authorizes for itself.';

-- Volatile, so that it sees what was committed while somebody waited for a lock.
create function app.kept_bed(p_enquiry_id uuid, p_patient_id uuid) returns public.bed_stays
language sql volatile
set search_path = ''
as $$
  select stays.*
  from public.bed_stays as stays
  where
    stays.org_id = app.current_org() and stays.is_reserved and stays.deleted_at is null
    and stays.resident_id = coalesce(p_patient_id, (
      select enquiries.resident_id from public.residency_enquiries as enquiries
      where enquiries.org_id = app.current_org() and enquiries.id = p_enquiry_id
    ))
  order by stays.starts_at
  limit 1
$$;

comment on function app.kept_bed(uuid, uuid) is 'The next bed that is kept for somebody; null if none is.';

-- What was kept becomes theirs, or is given up for the bed they come to.
create function app.begin_stay(
  p_bed public.beds, p_resident public.residents, p_kept public.bed_stays, p_enquiry_id uuid,
  p_kind public.admission_kind, p_at timestamptz, p_planned_until date
) returns public.bed_stays
language plpgsql volatile
set search_path = ''
as $$
declare
  v_admission public.admissions;
  v_ends_at timestamptz;
  v_stay public.bed_stays;
  v_constraint text;
begin
  if p_kept.id is null then
    insert into public.admissions (org_id, resident_id, site_id, enquiry_id, kind, admitted_at, planned_until)
    values (
      p_bed.org_id, p_resident.id, p_resident.site_id, p_enquiry_id, coalesce(p_kind, 'permanent'), p_at,
      p_planned_until
    )
    returning * into v_admission;
  else
    update public.admissions set
      admitted_at = p_at,
      planned_until = coalesce(p_planned_until, admissions.planned_until),
      kind = coalesce(p_kind, admissions.kind),
      enquiry_id = coalesce(admissions.enquiry_id, p_enquiry_id)
    where admissions.org_id = p_bed.org_id and admissions.id = p_kept.admission_id
    returning * into v_admission;
  end if;
  v_ends_at := app.site_moment(p_bed.org_id, p_bed.site_id, v_admission.planned_until, '12:00');
  perform app.check_input('p_planned_until', coalesce(v_ends_at > p_at, true), 'They leave after they came.');

  if p_kept.bed_id = p_bed.id then
    update public.bed_stays as stays set stays_during = tstzrange(p_at, v_ends_at), is_reserved = false
    where stays.org_id = p_bed.org_id and stays.id = p_kept.id
    returning * into v_stay;
    return v_stay;
  end if;
  update public.bed_stays as stays set deleted_at = app.clock()
  where stays.org_id = p_bed.org_id and stays.id = p_kept.id;
  return app.place_resident(
    p_bed, v_admission.id, p_resident, tstzrange(p_at, v_ends_at), false, v_admission.enquiry_id
  );
exception when exclusion_violation then
  get stacked diagnostics v_constraint = constraint_name;
  perform app.refuse_stay(v_constraint);
  return null;
end
$$;

comment on function app.begin_stay(
  public.beds, public.residents, public.bed_stays, uuid, public.admission_kind, timestamptz, date
) is 'Begins a stay in a bed, with what was kept for it, if anything was.';

create function app.settle_enquiry(p_org_id uuid, p_admission_id uuid, p_resident_id uuid) returns void
language plpgsql volatile
set search_path = ''
as $$
begin
  update public.residency_enquiries as enquiries set status = 'admitted', resident_id = p_resident_id
  from public.admissions
  where
    admissions.org_id = p_org_id and admissions.id = p_admission_id and enquiries.org_id = p_org_id
    and enquiries.id = admissions.enquiry_id and enquiries.status = 'offered';
  perform app.end_waiting(p_org_id, admissions.enquiry_id, 'placed')
  from public.admissions
  where admissions.org_id = p_org_id and admissions.id = p_admission_id and admissions.enquiry_id is not null;
end
$$;

comment on function app.settle_enquiry(uuid, uuid, uuid) is
'The enquiry of an admission has come to its end, and nobody waits for it any more.';

revoke all on function app.reserve_bed(uuid, date, date, uuid, uuid, public.admission_kind) from public;
revoke all on function app.admit_resident(uuid, uuid, uuid, public.admission_kind, timestamptz, date) from public;
revoke all on function app.kept_bed(uuid, uuid) from public;
revoke all on function app.begin_stay(
  public.beds, public.residents, public.bed_stays, uuid, public.admission_kind, timestamptz, date
) from public;
revoke all on function app.settle_enquiry(uuid, uuid, uuid) from public;
grant execute on function app.reserve_bed(uuid, date, date, uuid, uuid, public.admission_kind) to authenticated;
grant execute on function app.admit_resident(uuid, uuid, uuid, public.admission_kind, timestamptz, date)
to authenticated;
