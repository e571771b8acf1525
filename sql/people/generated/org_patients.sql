-- Compiled from sql/people/room.toml by `carebase db compile`. Do not edit: change the matrix instead.
alter table public.org_patients enable row level security;
alter table public.org_patients force row level security;

revoke all on public.org_patients from public, anon, authenticated, service_role;
grant select (
  org_id,
  patient_id,
  is_active,
  created_at,
  created_by,
  updated_at,
  updated_by,
  version,
  deleted_at,
  site_id
) on public.org_patients to authenticated;
grant select, insert, update, delete on public.org_patients to service_role;

create policy floor_organization on public.org_patients
as restrictive for all to anon, authenticated
using (
  org_id = (select app.current_org())
)
with check (
  org_id = (select app.current_org())
);
comment on policy floor_organization on public.org_patients is
'Whatever else is allowed: only rows of the active organization.';

create policy select_organization_or_sites on public.org_patients
for select to authenticated
using (
  org_id = (select app.current_org())
  and deleted_at is null
  and (
    org_id = (select app.org_as('care_manager', 'case_manager', 'nurse', 'clinician', 'scheduler', 'billing'))
    or (
      (org_id = (select app.org_throughout('manager', 'carer')) and site_id is not null)
      or site_id = any((select app.my_named_sites('manager', 'carer'))::uuid[])
    )
  )
);
comment on policy select_organization_or_sites on public.org_patients is
'care_manager, case_manager, nurse, clinician, scheduler, billing: every row of the active organization; manager, carer: rows of the sites they are assigned to.';

create trigger _100_stamp
before insert or update on public.org_patients
for each row execute function app.stamp_row();

create trigger _800_audit
after insert or update or delete on public.org_patients
for each row execute function app.audit_row(
  'org_id', 'org_id,patient_id', 'medical_record_number,medical_record_number_index', ''
);

-- Whatever is written to a sealed column is sealed here, before the row is anywhere; nobody can store a sealed value of
-- their own making. Its arguments say what is sealed, for whoever re-seals (app.sealed_tables()).
-- SECURITY DEFINER because keys are nobody's to read; it answers nothing.
create function app.seal_org_patients() returns trigger
language plpgsql volatile
security definer
set search_path = ''
as $$
declare
  v_key record;
  v_index record;
begin
  if tg_op = 'UPDATE' then
    if (new.org_id) is distinct from (old.org_id) then
      perform app.raise_error('conflict', 'A row with sealed values stays with its owner: enter it anew.');
    end if;
    -- Destroying a person's key empties the indexes; nothing else writes them but what follows.
    if current_setting('carebase.resealing', true) is distinct from 'on' then
      new.medical_record_number_index := old.medical_record_number_index;
    end if;
    if (
      new.medical_record_number
    ) is not distinct from (
      old.medical_record_number
    ) then
      return new;
    end if;
    -- The same value under another key is no change that anybody should learn of.
    if current_setting('carebase.resealing', true) = 'on' then
      new.version := old.version;
      new.updated_at := old.updated_at;
      new.updated_by := old.updated_by;
    end if;
  end if;

  v_key := app.sealing_key('seal', new.org_id, null::uuid);
  v_index := app.sealing_key('index', new.org_id, null);
  if tg_op = 'INSERT' or new.medical_record_number is distinct from old.medical_record_number then
    new.medical_record_number_index := app.blind_index(
      v_index.schedule, 'carebase:1:public.org_patients:medical_record_number:', convert_from(new.medical_record_number, 'UTF8')
    );
    new.medical_record_number := app.seal_value(
      v_key.key_id, v_key.schedule,
      app.sealed_context('carebase:1:public.org_patients:medical_record_number:', new.org_id, null::uuid),
      new.medical_record_number
    );
  end if;
  return new;
end
$$;

comment on function app.seal_org_patients() is
'Seals medical_record_number on their way into org_patients.';

revoke all on function app.seal_org_patients() from public, anon, authenticated, service_role;

create trigger _300_seal
before insert or update on public.org_patients
for each row execute function app.seal_org_patients(
  'patient_id',
  'org_id',
  'null::uuid',
  'medical_record_number+'
);

-- SECURITY DEFINER because keys are nobody's to read. The predicate is the authorization: who may select a row may open
-- it, and says what for. One event per call says who opened whose, another what they asked for and do not see.
create function app.open_org_patients(
  p_ids uuid[], p_purpose public.access_purpose, p_asked_ids uuid[] default null
) returns table (
  patient_id uuid,
  medical_record_number text
)
language plpgsql volatile
security definer
set search_path = ''
as $$
#variable_conflict use_column
begin
  perform app.note_refusal(
    p_purpose, 'public.org_patients', array(select unnest(p_asked_ids) except select unnest(p_ids))
  );

  return query
  with found as materialized (
    select
      patient_id as row_id,
      org_id as org_id,
      null::uuid as subject_id,
      patient_id as about_id,
      medical_record_number as value_1
    from public.org_patients
    where
      patient_id = any(p_ids)
      and deleted_at is null
      and org_id = (select app.current_org())
      and (
        (select app.has_role('care_manager', 'case_manager', 'nurse', 'clinician', 'billing'))
        or site_id = any((select app.my_sites('manager'))::uuid[])
      )
  ),

  needed as materialized (
    select
      array(
        select substr(value_1, 2, 16) from found
      ) as tags
  ),

  keys as materialized (
    select unwrapped.tag, unwrapped.schedule from needed cross join lateral app.unwrap_keys(needed.tags) as unwrapped
  ),

  noted as materialized (
    select app.note_access(
      p_purpose, 'public.org_patients', (array_agg(found.org_id))[1], array_agg(distinct found.about_id),
      count(*), (select needed.tags from needed)
    )
    from found
    having count(*) > 0
  ),

  opened as materialized (
    select
      found.row_id,
      found.value_1 is null or key_1.tag is null as is_empty_1,
      app.open_value(
        key_1.schedule, app.sealed_context('carebase:1:public.org_patients:medical_record_number:', found.org_id, found.subject_id),
        found.value_1
      ) as plain_1
    from found
    left join keys as key_1 on key_1.tag = substr(found.value_1, 2, 16)
  )

  select
    opened.row_id,
    (case
      when is_empty_1 then null
      when plain_1 is null then app.refuse_damaged('public.org_patients.medical_record_number', row_id)
      else convert_from(plain_1, 'UTF8')
    end)
  from opened
  cross join noted;
end
$$;

comment on function app.open_org_patients(uuid[], public.access_purpose, uuid[]) is
'Opens medical_record_number of org_patients, for whom the matrix lets;
behind public.open_org_patients and lists.';

revoke all on function app.open_org_patients(uuid[], public.access_purpose, uuid[])
from public, anon, authenticated, service_role;
grant execute on function app.open_org_patients(uuid[], public.access_purpose, uuid[]) to authenticated;

-- The rows are first found as the caller: whatever else holds a row back holds back what is sealed in it.
create function public.open_org_patients(p_ids uuid[], p_purpose public.access_purpose) returns table (
  patient_id uuid,
  medical_record_number text
)
language plpgsql volatile
set search_path = ''
as $$
begin
  if app.current_org() is null and app.my_id() is null then
    perform app.raise_error('not_authenticated', 'Sign in first.');
  end if;
  perform app.check_input('p_purpose', p_purpose is not null, 'Say what you open it for.');
  perform app.check_input('p_ids', cardinality(p_ids) <= 1000, 'At most 1000 ids at once.');

  return query
  select opened.*
  from app.open_org_patients(
    array(select seen.patient_id from public.org_patients as seen where seen.patient_id = any(p_ids)),
    p_purpose, p_ids
  ) as opened;
end
$$;

comment on function public.open_org_patients(uuid[], public.access_purpose) is
'medical_record_number of org_patients, which are stored sealed.
Each call leaves an event: who opened whose, and what for; another, if ids were asked for that the caller does not see.
A column whose key was destroyed, or that the caller may not read, is null.
p_ids: patient_id of the rows, at most 1000; of rows that the caller does not see nothing comes back.
p_purpose: what for.
Never null: patient_id.
Errors: not_authenticated, invalid_input.';

revoke all on function public.open_org_patients(uuid[], public.access_purpose)
from public, anon, authenticated, service_role;
grant execute on function public.open_org_patients(uuid[], public.access_purpose) to authenticated;

-- SECURITY DEFINER because indexes and their keys are nobody's to read: whoever compared them would learn who is called
-- the same. It only finds ids; app.open_org_patients() decides which of them the caller may open, and what it opens is
-- compared in full, because an index is cut short.
create function app.find_org_patients_by_medical_record_number(
  p_medical_record_number text, p_purpose public.access_purpose
) returns table (
  patient_id uuid,
  medical_record_number text
)
language plpgsql volatile
security definer
set search_path = ''
as $$
#variable_conflict use_column
declare
  v_org_id constant uuid := app.current_org();
begin
  return query
  select opened.*
  from app.open_org_patients(
    array(
      select patient_id
      from public.org_patients
      where
        medical_record_number_index = any(app.blind_indexes(
          v_org_id, 'carebase:1:public.org_patients:medical_record_number:', p_medical_record_number
        ))
        and deleted_at is null
        and org_id = (select app.current_org())
        and (
          (select app.has_role('care_manager', 'case_manager', 'nurse', 'clinician', 'billing'))
          or site_id = any((select app.my_sites('manager'))::uuid[])
        )
      limit 1000
    ),
    p_purpose
  ) as opened
  where app.index_form(opened.medical_record_number::text) = app.index_form(p_medical_record_number);
end
$$;

comment on function app.find_org_patients_by_medical_record_number(text, public.access_purpose) is
'What public.find_org_patients_by_medical_record_number does.';

revoke all on function app.find_org_patients_by_medical_record_number(text, public.access_purpose)
from public, anon, authenticated, service_role;
grant execute on function app.find_org_patients_by_medical_record_number(text, public.access_purpose)
to authenticated;

create function public.find_org_patients_by_medical_record_number(
  p_medical_record_number text, p_purpose public.access_purpose
) returns table (
  patient_id uuid,
  medical_record_number text
)
language plpgsql volatile
set search_path = ''
as $$
begin
  if app.current_org() is null and app.my_id() is null then
    perform app.raise_error('not_authenticated', 'Sign in first.');
  end if;
  perform app.check_input('p_purpose', p_purpose is not null, 'Say what you open it for.');
  perform app.check_input(
    'p_medical_record_number', length(p_medical_record_number) between 1 and 200, 'Say 1 to 200 characters.'
  );

  return query
  select found.* from app.find_org_patients_by_medical_record_number(p_medical_record_number, p_purpose) as found;
end
$$;

comment on function public.find_org_patients_by_medical_record_number(text, public.access_purpose) is
'The rows of org_patients whose medical_record_number is this one, but for case, width and spaces; opened, with an event as
open_org_patients() leaves it.
p_medical_record_number: 1 to 200 characters, the whole value.
p_purpose: what for.
Never null: patient_id.
Errors: not_authenticated, invalid_input.';

revoke all on function public.find_org_patients_by_medical_record_number(text, public.access_purpose)
from public, anon, authenticated, service_role;
grant execute on function public.find_org_patients_by_medical_record_number(text, public.access_purpose)
to authenticated;
