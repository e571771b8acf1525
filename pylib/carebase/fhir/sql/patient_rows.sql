-- Which human each Patient is: the one its id was linked to before, else somebody new. Nothing else about a
-- patient is sure enough to take two for one.
create temporary table import_patients on commit drop as
select
  import_stage.seq,
  import_stage.fhir_id,
  fields.*,
  run.org_id,
  link.local_id as linked_id,
  coalesce(link.local_id, app.uuid_v7()) as local_id,
  compared.may_change,
  compared.differs,
  null::text as refusal,
  array_remove(
    array[
      case when compared.differs and not compared.may_change then 'person_shared' end,
      case when person.deleted_at is not null or member.deleted_at is not null then 'removed' end
    ],
    null
  ) as warnings
from pg_temp.import_stage
cross join pg_temp.import_run as run
cross join lateral jsonb_to_record(import_stage.fields) as fields (
  family_name text,
  given_names text [],
  birth_date date,
  birth_date_precision text,
  gender public.administrative_gender,
  is_deceased boolean,
  deceased_at timestamptz,
  medical_record_number text,
  is_active boolean
)
left join app.fhir_links as link
  on
    run.org_id = link.org_id
    and import_stage.resource_type = link.resource_type
    and import_stage.fhir_id = link.fhir_id
left join public.patients as person on link.local_id = person.id
left join public.org_patients as member on run.org_id = member.org_id and link.local_id = member.patient_id
cross join lateral (
  select
    person.user_id is null
    and not exists (
      select from public.org_patients as elsewhere
      where elsewhere.patient_id = person.id and elsewhere.org_id <> run.org_id
    ) as may_change,
    person.id is not null
    and (
      person.family_name,
      person.given_names,
      person.birth_date,
      person.birth_date_precision,
      person.gender,
      person.is_deceased,
      person.deceased_at
    ) is distinct from (
      fields.family_name,
      fields.given_names,
      fields.birth_date,
      fields.birth_date_precision,
      fields.gender,
      fields.is_deceased,
      fields.deceased_at
    ) as differs
) as compared
where import_stage.resource_type = 'Patient';
