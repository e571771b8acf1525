-- Which human each Practitioner is: the one its id was linked to before; else whoever holds its NPI, in whatever
-- organization; else the one whom this run gives that NPI; else somebody new.
create temporary table import_practitioners on commit drop as
with read as (
  select
    import_stage.seq,
    import_stage.fhir_id,
    import_stage.last_updated,
    fields.*,
    run.org_id,
    link.local_id as linked_id
  from pg_temp.import_stage
  cross join pg_temp.import_run as run
  cross join lateral jsonb_to_record(import_stage.fields) as fields (
    npi text,
    family_name text,
    given_names text [],
    name_prefix text,
    name_suffix text,
    gender public.administrative_gender,
    specialties text [],
    is_active boolean
  )
  left join app.fhir_links as link
    on
      run.org_id = link.org_id
      and import_stage.resource_type = link.resource_type
      and import_stage.fhir_id = link.fhir_id
  where import_stage.resource_type = 'Practitioner'
),

holders as (
  select person.npi, person.id
  from public.fhir_practitioners as person
  where person.npi in (select read.npi from read)
),

-- NPIs that nobody holds yet. Somebody linked before who has none takes it, or else one new person for each.
takers as materialized (
  select
    unheld.npi,
    coalesce(
      (array_agg(person.id order by unheld.fhir_id) filter (where person.id is not null))[1],
      app.uuid_v7()
    ) as id
  from read as unheld
  left join public.fhir_practitioners as person on unheld.linked_id = person.id and person.npi is null
  where unheld.npi is not null and not exists (select from holders where holders.npi = unheld.npi)
  group by unheld.npi
),

identified as (
  select
    read.*,
    coalesce(holders.id, takers.id) as npi_id,
    coalesce(read.linked_id, holders.id, takers.id, app.uuid_v7()) as local_id
  from read
  left join holders on read.npi = holders.npi
  left join takers on read.npi = takers.npi
),

-- One person may be several resources; what the latest of them says is what counts.
spoken_for as (
  select
    identified.*,
    max(identified.npi) filter (where identified.npi_id = identified.local_id)
      over (partition by identified.local_id) as own_npi,
    row_number() over (
      partition by identified.local_id order by identified.last_updated desc nulls last, identified.seq desc
    ) = 1 as is_source
  from identified
)

select
  spoken_for.*,
  compared.may_change,
  compared.differs,
  null::text as refusal,
  array_remove(
    array[
      case when spoken_for.npi is not null and person.npi <> spoken_for.npi then 'npi_differs' end,
      case when person.npi is null and spoken_for.npi_id <> spoken_for.local_id then 'npi_taken' end,
      case when compared.differs and not compared.may_change and spoken_for.is_source then 'person_shared' end,
      case when person.deleted_at is not null or member.deleted_at is not null then 'removed' end
    ],
    null
  ) as warnings
from spoken_for
left join public.fhir_practitioners as person on spoken_for.local_id = person.id
left join public.org_practitioners as member
  on spoken_for.org_id = member.org_id and spoken_for.local_id = member.practitioner_id
cross join lateral (
  select
    person.user_id is null
    and not exists (
      select from public.org_practitioners as elsewhere
      where elsewhere.practitioner_id = person.id and elsewhere.org_id <> spoken_for.org_id
    ) as may_change,
    person.id is not null
    and (
      person.npi,
      person.family_name,
      person.given_names,
      person.name_prefix,
      person.name_suffix,
      person.gender,
      person.specialties
    ) is distinct from (
      coalesce(person.npi, spoken_for.own_npi),
      spoken_for.family_name,
      spoken_for.given_names,
      spoken_for.name_prefix,
      spoken_for.name_suffix,
      spoken_for.gender,
      spoken_for.specialties
    ) as differs
) as compared;
