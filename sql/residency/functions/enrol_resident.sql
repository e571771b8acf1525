-- Giving a bed to somebody, and making a resident of whoever comes. For definers only, which have locked the bed.
create function app.place_resident(
  p_bed public.beds, p_admission_id uuid, p_resident public.residents, p_during tstzrange, p_is_reserved boolean,
  p_enquiry_id uuid default null
) returns public.bed_stays
language plpgsql volatile
set search_path = ''
as $$
declare
  v_stay public.bed_stays;
  v_constraint text;
begin
  if exists (
    select from public.bed_offers as offers
    inner join public.waitlist_entries as entries on entries.org_id = offers.org_id and entries.id = offers.entry_id
    where
      offers.org_id = p_bed.org_id and offers.bed_id = p_bed.id and offers.status = 'open'
      and offers.expires_at > app.clock() and entries.enquiry_id is distinct from p_enquiry_id
  ) then
    perform app.raise_error(
      'conflict', 'The bed is on offer to somebody who waits.', jsonb_build_object('reason', 'bed_offered')
    );
  end if;
  insert into public.bed_stays (
    org_id, resident_id, site_id, admission_id, bed_id, bed_site_id, stays_during, is_reserved
  )
  values (
    p_bed.org_id, p_resident.id, p_resident.site_id, p_admission_id, p_bed.id, p_bed.site_id, p_during, p_is_reserved
  )
  returning * into v_stay;
  return v_stay;
exception when exclusion_violation then
  get stacked diagnostics v_constraint = constraint_name;
  perform app.refuse_stay(v_constraint);
  return null;
end
$$;

comment on function app.place_resident(public.beds, uuid, public.residents, tstzrange, boolean, uuid) is
'Gives a bed to a resident for a time; conflict if either has another then, or the bed is on offer to somebody else.';

create function app.refuse_stay(p_constraint text) returns void
language plpgsql stable
set search_path = ''
as $$
begin
  if p_constraint = 'bed_stays_bed_once' then
    perform app.raise_error('conflict', 'The bed is taken at that time.', jsonb_build_object('reason', 'bed_taken'));
  end if;
  perform app.raise_error(
    'conflict', 'They have another bed at that time.', jsonb_build_object('reason', 'resident_has_bed')
  );
end
$$;

comment on function app.refuse_stay(text) is 'Ends the request with conflict: the bed is taken, or the person has one.';

-- Locks whoever comes, and brings them to the site, unless they live at another one still.
create function app.enrol_resident(p_patient_id uuid, p_site_id uuid, p_preferred_name text default null)
returns public.residents
language plpgsql volatile
set search_path = ''
as $$
declare
  v_org_id constant uuid := app.current_org();
  v_resident public.residents;
begin
  select residents.* into v_resident
  from public.residents
  where residents.org_id = v_org_id and residents.id = p_patient_id
  for update;
  if v_resident.id is null then
    -- Two who enrol one person at once: the second sees here what the first has made.
    insert into public.org_patients (org_id, patient_id, site_id) values (v_org_id, p_patient_id, p_site_id)
    on conflict (org_id, patient_id) do nothing;
    perform 1 from public.org_patients as known
    where known.org_id = v_org_id and known.patient_id = p_patient_id
    for update;
    select residents.* into v_resident
    from public.residents
    where residents.org_id = v_org_id and residents.id = p_patient_id
    for update;
  end if;
  if v_resident.id is null then
    update public.org_patients as known set site_id = p_site_id
    where
      known.org_id = v_org_id and known.patient_id = p_patient_id and known.site_id is distinct from p_site_id;
    insert into public.residents (org_id, id, site_id, preferred_name)
    values (v_org_id, p_patient_id, p_site_id, app.plain(p_preferred_name))
    returning * into v_resident;
  end if;
  if v_resident.status = 'deceased' then
    perform app.raise_error('conflict', 'The person has died.', jsonb_build_object('reason', 'deceased'));
  end if;
  if v_resident.status in ('expected', 'discharged') then
    update public.org_patients as known set site_id = p_site_id, is_active = true
    where
      known.org_id = v_org_id and known.patient_id = p_patient_id
      and (known.site_id is distinct from p_site_id or not known.is_active);
    update public.residents set status = 'expected', deleted_at = null
    where
      residents.org_id = v_org_id and residents.id = p_patient_id
      and (residents.status <> 'expected' or residents.deleted_at is not null);
    select residents.* into v_resident
    from public.residents where residents.org_id = v_org_id and residents.id = p_patient_id;
  end if;
  return v_resident;
end
$$;

comment on function app.enrol_resident(uuid, uuid, text) is
'Locks a resident, made from a patient if need be; expected at this site, unless they live at another still.';

-- Who comes: a person the organization knows, or whom an enquiry is about. Whose record follows to another site, the
-- caller must reach where it is now.
create function app.newcomer(
  p_enquiry public.residency_enquiries, p_patient_id uuid, out patient_id uuid, out name text
)
language plpgsql volatile
set search_path = ''
as $$
declare
  v_details jsonb;
begin
  patient_id := coalesce(p_patient_id, p_enquiry.resident_id);
  if patient_id is not null then
    if p_enquiry.resident_id <> patient_id then
      perform app.raise_error('conflict', 'The enquiry is about somebody else.');
    end if;
    if not exists (
      select from public.org_patients as known
      where
        known.org_id = app.current_org() and known.patient_id = newcomer.patient_id and known.deleted_at is null
        and (
          known.site_id = any(app.my_sites('manager', 'care_manager'))
          or known.site_id is null and app.has_role('care_manager')
        )
    ) then
      perform app.raise_error('not_found', 'There is no such person at your sites.');
    end if;
    return;
  end if;
  select opened.details -> 'person' into v_details
  from app.open_residency_enquiries(array[p_enquiry.id], 'operations') as opened;
  if v_details ->> 'family_name' is null then
    perform app.raise_error('conflict', 'The enquiry does not say who would come.');
  end if;
  insert into public.patients (family_name, given_names, birth_date)
  values (
    app.plain(v_details ->> 'family_name'),
    case when v_details ? 'given_names' then app.plain(jsonb_build_array(v_details -> 'given_names')) end,
    app.plain((v_details ->> 'birth_date')::date)
  )
  returning patients.id into patient_id;
  name := v_details ->> 'preferred_name';
end
$$;

comment on function app.newcomer(public.residency_enquiries, uuid) is
'The patient who comes: the one that is named, of the enquiry before, or made from what the enquiry says.';

create function app.require_enquiry(p_enquiry_id uuid) returns public.residency_enquiries
language plpgsql volatile
set search_path = ''
as $$
declare
  v_enquiry public.residency_enquiries;
begin
  select enquiries.* into v_enquiry
  from public.residency_enquiries as enquiries
  where
    enquiries.org_id = app.current_org() and enquiries.id = p_enquiry_id and enquiries.deleted_at is null
    and enquiries.site_id = any(app.my_sites('manager', 'care_manager'))
  for update;
  if v_enquiry.id is null then
    perform app.raise_error('not_found', 'There is no such enquiry at your sites.');
  end if;
  if v_enquiry.status <> 'offered' then
    perform app.raise_error(
      'conflict', 'A bed is taken once a place is offered.', jsonb_build_object('reason', 'enquiry_not_offered')
    );
  end if;
  return v_enquiry;
end
$$;

comment on function app.require_enquiry(uuid) is
'Locks an enquiry at a site where the caller admits people; conflict unless a place is offered.';

revoke all on function app.place_resident(public.beds, uuid, public.residents, tstzrange, boolean, uuid) from public;
revoke all on function app.refuse_stay(text) from public;
revoke all on function app.enrol_resident(uuid, uuid, text) from public;
revoke all on function app.newcomer(public.residency_enquiries, uuid) from public;
revoke all on function app.require_enquiry(uuid) from public;
