create function app.guard_admission() returns trigger
language plpgsql
set search_path = ''
as $$
begin
  if new.discharge_note is distinct from old.discharge_note and new.discharge_note is not null then
    perform app.check_words(
      'discharge_note', length(convert_from(new.discharge_note, 'UTF8')) between 1 and 2000,
      'A note has 1 to 2,000 characters.'
    );
  end if;
  if tg_op = 'UPDATE' and (
    new.resident_id <> old.resident_id
    or old.admitted_at is not null and new.admitted_at is distinct from old.admitted_at
    or old.discharged_at is not null and new.discharged_at is distinct from old.discharged_at
    or old.cancelled_at is not null and new.cancelled_at is distinct from old.cancelled_at
  ) then
    perform app.raise_error('conflict', 'What happened in a stay is not changed afterwards.');
  end if;
  return new;
end
$$;

comment on function app.guard_admission() is
'Trigger _200_guard: a stay begins and ends once; its note has 1 to 2,000 characters.';

-- A bed that somebody had is not taken back: only its end changes, and what was only kept for them may be given up.
create function app.guard_bed_stay() returns trigger
language plpgsql
set search_path = ''
as $$
begin
  if (new.resident_id, new.admission_id, new.bed_id, new.bed_site_id)
    is distinct from (old.resident_id, old.admission_id, old.bed_id, old.bed_site_id)
    or not old.is_reserved and (new.is_reserved or new.deleted_at is not null or lower(new.stays_during) <> lower(old.stays_during))
  then
    perform app.raise_error('conflict', 'Who had a bed, and from when, stays as it is.');
  end if;
  return new;
end
$$;

comment on function app.guard_bed_stay() is
'Trigger _200_guard: of a bed that somebody has only the end changes; one that was kept may be taken or given up.';

-- Somebody is offered a bed whose needs are known.
create function app.guard_waitlist_entry() returns trigger
language plpgsql
set search_path = ''
as $$
begin
  -- Of an enquiry that the caller does not see, policy and key see to.
  if exists (
    select from public.residency_enquiries as enquiries
    where
      enquiries.org_id = new.org_id and enquiries.id = new.enquiry_id
      and (enquiries.status not in ('assessment', 'offered') or enquiries.deleted_at is not null)
  ) then
    perform app.raise_error('conflict', 'Who waits for a bed has been assessed and is not admitted yet.');
  end if;
  return new;
end
$$;

comment on function app.guard_waitlist_entry() is
'Trigger _200_guard: who waits is assessed, and neither admitted nor lost.';

create function app.guard_resident_contact() returns trigger
language plpgsql
set search_path = ''
as $$
begin
  if new.details is distinct from old.details then
    perform app.check_details(new.details, '{
      "name": -200, "relationship": 100, "phone": 50, "email": 320, "address": 500, "note": 500
    }');
  end if;
  if tg_op = 'UPDATE' and new.resident_id <> old.resident_id then
    perform app.raise_error('conflict', 'A contact stays the contact of one resident.');
  end if;
  return new;
end
$$;

comment on function app.guard_resident_contact() is
'Trigger _200_guard: a contact has a name, stays with its resident, and its document has its form.';

-- SECURITY DEFINER because nobody writes the history; it notes what it is called for and answers nothing.
create function app.note_resident_status() returns trigger
language plpgsql
security definer
set search_path = ''
as $$
begin
  if tg_op = 'INSERT' then
    insert into public.resident_status_history (org_id, resident_id, site_id, status, changed_at)
    values (new.org_id, new.id, new.site_id, new.status, app.clock());
  elsif new.status <> old.status then
    insert into public.resident_status_history (org_id, resident_id, site_id, former_status, status, changed_at)
    values (new.org_id, new.id, new.site_id, old.status, new.status, app.clock());
  end if;
  return null;
end
$$;

comment on function app.note_resident_status() is 'Trigger _510_history of residents: notes each change of status.';

revoke all on function app.guard_admission() from public;
revoke all on function app.guard_bed_stay() from public;
revoke all on function app.guard_waitlist_entry() from public;
revoke all on function app.guard_resident_contact() from public;
revoke all on function app.note_resident_status() from public;
