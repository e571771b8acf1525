-- People who receive care, a batch of them; what they are called is sealed on its way in. The row of somebody who
-- claimed it, or whom another organization knows, is left alone; the number and the standing that this organization
-- gives them are its own.
with own as materialized (
  select app.aead_schedule(%(key)s) as schedule
),

source as materialized (
  select
    resource.seq,
    resource.fhir_id,
    resource.org_id,
    resource.linked_id,
    resource.local_id,
    resource.may_change,
    resource.is_changed,
    resource.is_renumbered,
    app.plain(fields.family_name) as family_name,
    app.plain(nullif(fields.given_names, '[]')) as given_names,
    app.plain(fields.birth_date) as birth_date,
    fields.birth_date_precision,
    app.plain(fields.gender) as gender,
    fields.is_deceased,
    app.plain(fields.deceased_at) as deceased_at,
    app.plain(fields.medical_record_number) as medical_record_number,
    fields.is_active
  from pg_temp.import_patients as resource
  inner join pg_temp.import_stage on resource.seq = import_stage.seq
  cross join own
  cross join lateral jsonb_to_record(
    convert_from(app.aead_open(own.schedule, %(context)s, import_stage.sealed), 'UTF8')::jsonb
  ) as fields (
    family_name text,
    given_names jsonb,
    birth_date date,
    birth_date_precision text,
    gender text,
    is_deceased boolean,
    deceased_at timestamptz,
    medical_record_number text,
    is_active boolean
  )
  where
    import_stage.resource_type = 'Patient' and resource.seq > %(after)s and resource.seq <= %(upto)s
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
  where person.id = source.local_id and source.is_changed and source.may_change and person.user_id is null
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
    medical_record_number =
    case when source.is_renumbered then source.medical_record_number else member.medical_record_number end,
    is_active = coalesce(source.is_active, member.is_active)
  from source
  where
    member.org_id = source.org_id
    and member.patient_id = source.local_id
    and (source.is_renumbered or member.is_active <> source.is_active)
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
