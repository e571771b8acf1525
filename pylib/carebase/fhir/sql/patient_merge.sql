-- People who receive care. The row of somebody who claimed it, or whom another organization knows, is left alone;
-- the number and the standing that this organization gives them are its own.
with source as (
  select * from pg_temp.import_patients
),

updated as (
  update public.patients as person
  set
    family_name = source.family_name,
    given_names = source.given_names,
    birth_date = source.birth_date,
    birth_date_precision = source.birth_date_precision,
    gender = source.gender,
    is_deceased = source.is_deceased,
    deceased_at = source.deceased_at
  from source
  where person.id = source.local_id and source.differs and source.may_change and person.user_id is null
  returning person.id
),

inserted as (
  insert into public.patients (
    id, family_name, given_names, birth_date, birth_date_precision, gender, is_deceased, deceased_at
  )
  select
    source.local_id,
    source.family_name,
    source.given_names,
    source.birth_date,
    source.birth_date_precision,
    source.gender,
    source.is_deceased,
    source.deceased_at
  from source
  where not exists (select from public.patients as present where present.id = source.local_id)
  order by source.seq
  on conflict (id) do nothing
  returning patients.id
),

renumbered as (
  update public.org_patients as member
  set
    medical_record_number = coalesce(source.medical_record_number, member.medical_record_number),
    is_active = coalesce(source.is_active, member.is_active)
  from source
  where
    member.org_id = source.org_id
    and member.patient_id = source.local_id
    and (member.medical_record_number, member.is_active) is distinct from (
      coalesce(source.medical_record_number, member.medical_record_number),
      coalesce(source.is_active, member.is_active)
    )
  returning member.patient_id as id
),

admitted as (
  insert into public.org_patients (org_id, patient_id, medical_record_number, is_active)
  select source.org_id, source.local_id, source.medical_record_number, coalesce(source.is_active, true)
  from source
  where not exists (
    select from public.org_patients as present
    where present.org_id = source.org_id and present.patient_id = source.local_id
  )
  on conflict (org_id, patient_id) do nothing
),

linked as (
  insert into app.fhir_links (org_id, resource_type, fhir_id, local_id)
  select source.org_id, 'Patient', source.fhir_id, source.local_id
  from source
  where source.linked_id is null
  on conflict (org_id, resource_type, fhir_id) do nothing
),

outcomes as (
  select
    case
      when inserted.id is not null then 'inserted'
      when updated.id is not null or renumbered.id is not null then 'updated'
      else 'unchanged'
    end as outcome
  from source
  left join inserted on source.local_id = inserted.id
  left join updated on source.local_id = updated.id
  left join renumbered on source.local_id = renumbered.id
)

select outcomes.outcome, count(*)
from outcomes
group by outcomes.outcome;
