-- Which human each Patient of a batch is: the one its id was linked to before, else somebody new. Nothing else about a
-- patient is sure enough to take two for one. What is stored of them is opened and compared as the bytes that would be
-- written; of whom a key was destroyed stays as they are.
insert into pg_temp.import_patients (
  seq, fhir_id, org_id, linked_id, local_id, may_change, is_changed, is_renumbered, warnings
)
with own as materialized (
  select app.aead_schedule(%(key)s) as schedule
),

read as materialized (
  select
    import_stage.seq,
    import_stage.fhir_id,
    fields.*,
    run.org_id,
    link.local_id as linked_id
  from pg_temp.import_stage
  cross join pg_temp.import_run as run
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
    medical_record_number text
  )
  left join app.fhir_links as link
    on
      run.org_id = link.org_id
      and import_stage.resource_type = link.resource_type
      and import_stage.fhir_id = link.fhir_id
  where
    import_stage.resource_type = 'Patient' and import_stage.seq > %(after)s and import_stage.seq <= %(upto)s
),

-- Each stored value, the context it was sealed for, and what it would be now.
stored as materialized (
  select read.seq, read.linked_id, each.*
  from read
  inner join public.patients as person on read.linked_id = person.id
  left join public.org_patients as member on read.org_id = member.org_id and read.linked_id = member.patient_id
  cross join lateral (
    values
    ('patients:family_name', null::uuid, person.id, person.family_name, app.plain(read.family_name)),
    ('patients:given_names', null, person.id, person.given_names, app.plain(nullif(read.given_names, '[]'))),
    ('patients:birth_date', null, person.id, person.birth_date, app.plain(read.birth_date)),
    ('patients:gender', null, person.id, person.gender, app.plain(read.gender)),
    ('patients:deceased_at', null, person.id, person.deceased_at, app.plain(read.deceased_at)),
    (
      'org_patients:medical_record_number', read.org_id, null, member.medical_record_number,
      app.plain(read.medical_record_number)
    )
  ) as each (place, org_id, subject_id, value, wanted)
),

keys as materialized (
  select unwrapped.tag, unwrapped.schedule
  from app.unwrap_keys(array(select substr(stored.value, 2, 16) from stored where stored.value is not null)) as unwrapped
),

opened as (
  select
    stored.*,
    stored.place like 'org_patients%%' as is_number,
    stored.value is not null and keys.tag is null as is_destroyed,
    case
      when keys.tag is not null
        then coalesce(
          app.open_value(
            keys.schedule,
            app.sealed_context(
              convert_to('carebase:1:public.' || stored.place || ':', 'UTF8'), stored.org_id, stored.subject_id
            ),
            stored.value
          ),
          convert_to(app.refuse_damaged('public.' || stored.place, stored.linked_id), 'UTF8')
        )
    end as plain
  from stored
  left join keys on substr(stored.value, 2, 16) = keys.tag
),

compared as (
  select
    opened.seq,
    bool_or(opened.is_destroyed) as is_destroyed,
    bool_or(not opened.is_number and opened.plain is distinct from opened.wanted) as is_changed,
    bool_or(opened.is_number and opened.wanted is not null and opened.plain is distinct from opened.wanted)
      as is_renumbered
  from opened
  group by opened.seq
)

select
  read.seq,
  read.fhir_id,
  read.org_id,
  read.linked_id,
  coalesce(read.linked_id, app.uuid_v7()),
  decided.may_change,
  decided.is_changed,
  coalesce(compared.is_renumbered and not compared.is_destroyed, false),
  array_remove(
    array[
      case when compared.is_destroyed then 'erased' end,
      case when decided.is_changed and not decided.may_change then 'person_shared' end,
      case when person.deleted_at is not null or member.deleted_at is not null then 'removed' end
    ],
    null
  )
from read
left join compared on read.seq = compared.seq
left join public.patients as person on read.linked_id = person.id
left join public.org_patients as member on read.org_id = member.org_id and read.linked_id = member.patient_id
cross join lateral (
  select
    person.user_id is null
    and not exists (
      select from public.org_patients as elsewhere
      where elsewhere.patient_id = person.id and elsewhere.org_id <> read.org_id
    ) as may_change,
    person.id is not null
    and not compared.is_destroyed
    and (
      compared.is_changed
      or person.birth_date_precision <> read.birth_date_precision
      or person.is_deceased <> read.is_deceased
    ) as is_changed
) as decided;
