create temporary table import_practitioner_roles on commit drop as
select
  import_stage.seq,
  import_stage.fhir_id,
  run.org_id,
  coalesce(link.local_id, app.uuid_v7()) as local_id,
  link.local_id is null as is_unlinked,
  practitioner.local_id as practitioner_id,
  nullif(organization.local_id, run.org_id) as external_organization_id,
  fields.role_code,
  fields.role_display,
  fields.specialties,
  fields.is_active,
  period.active_during,
  case
    when practitioner.local_id is null then 'practitioner_unknown'
    when period.is_reversed then 'period_reversed'
  end as refusal,
  array_remove(
    array[
      case
        when import_stage.targets ? 'organization' and organization.local_id is null then 'organization_unknown'
      end,
      case when present.deleted_at is not null then 'removed' end
    ],
    null
  ) as warnings
from pg_temp.import_stage
cross join pg_temp.import_run as run
cross join lateral jsonb_to_record(import_stage.fields) as fields (
  role_code text,
  role_display text,
  specialties text [],
  is_active boolean,
  start_at timestamptz,
  start_day timestamp,
  end_at timestamptz,
  end_day timestamp
)
cross join lateral (
  select
    coalesce(fields.start_at, fields.start_day at time zone run.time_zone) as lower,
    coalesce(fields.end_at, fields.end_day at time zone run.time_zone) as upper
) as bound
cross join lateral (
  -- An instant ends the period after it; the midnight after the last day, before it.
  select
    bound.lower > bound.upper or (bound.lower = bound.upper and fields.end_at is null) as is_reversed,
    case
      when coalesce(bound.lower, bound.upper) is not null and not coalesce(bound.lower > bound.upper, false)
        then tstzrange(bound.lower, bound.upper, case when fields.end_at is null then '[)' else '[]' end)
    end as active_during
) as period
left join pg_temp.import_known as practitioner
  on import_stage.seq = practitioner.seq and practitioner.role = 'practitioner'
left join pg_temp.import_known as organization
  on import_stage.seq = organization.seq and organization.role = 'organization'
left join app.fhir_links as link
  on
    run.org_id = link.org_id
    and import_stage.resource_type = link.resource_type
    and import_stage.fhir_id = link.fhir_id
left join public.practitioner_roles as present on run.org_id = present.org_id and link.local_id = present.id
where import_stage.resource_type = 'PractitionerRole';
