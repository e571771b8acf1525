-- What belongs into a handover of a site, from every room that has something to tell: one branch of the union each. A
-- new one gives the kind of record (handover_source), its id, the resident (null for the site as a whole), how much it
-- matters, when it happened. Runs as the owner of the tables for app.build_handover(), which has asked who calls;
-- granted to nobody.
--
-- By when it was entered and not by when it happened: periods that follow one another then leave nothing out.
create function app.handover_events(p_org_id uuid, p_site_id uuid, p_from timestamptz, p_to timestamptz) returns table (
  source public.handover_source,
  source_id uuid,
  resident_id uuid,
  priority public.handover_priority,
  occurred_at timestamptz
)
language sql stable
set search_path = ''
as $$
  select
    'daily_note'::public.handover_source, notes.id, notes.resident_id, 'important'::public.handover_priority,
    notes.occurred_at
  from public.daily_notes as notes
  where
    notes.org_id = p_org_id
    and notes.site_id = p_site_id
    and notes.is_for_handover
    and notes.recorded_at >= p_from
    and notes.recorded_at < p_to
    and not exists (
      select from public.daily_notes as later
      where later.org_id = notes.org_id and later.corrects_id = notes.id and later.resident_id = notes.resident_id
    )
  union all
  select
    'assessment', assessments.id, assessments.resident_id,
    case when assessments.severity >= 2 then 'urgent' else 'important' end::public.handover_priority,
    assessments.assessed_at
  from public.assessments
  where
    assessments.org_id = p_org_id
    and assessments.site_id = p_site_id
    and assessments.recorded_at >= p_from
    and assessments.recorded_at < p_to
    and assessments.severity >= 1
    and not exists (
      select from public.assessments as later
      where
        later.org_id = assessments.org_id and later.corrects_id = assessments.id
        and later.resident_id = assessments.resident_id and later.instrument_code = assessments.instrument_code
    )
  union all
  -- Whatever is still open, however old: late or grave first.
  select
    'assessment_follow_up', follow_ups.id, follow_ups.resident_id,
    case
      when follow_ups.severity >= 2 or follow_ups.due_at <= p_to then 'urgent' else 'important'
    end::public.handover_priority,
    follow_ups.due_at
  from public.assessment_follow_ups as follow_ups
  where
    follow_ups.org_id = p_org_id
    and follow_ups.site_id = p_site_id
    and follow_ups.done_at is null
    and follow_ups.cancelled_at is null
  union all
  -- Of the site as a whole: it may be about several residents. Restricted ones are told to those whom they are for.
  select
    'incident', incidents.id, null,
    case when incidents.severity >= 'severe' then 'urgent' else 'important' end::public.handover_priority,
    incidents.occurred_at
  from public.incidents
  where
    incidents.org_id = p_org_id
    and incidents.site_id = p_site_id
    and not incidents.is_restricted
    and incidents.reported_at >= p_from
    and incidents.reported_at < p_to
    and incidents.deleted_at is null
  union all
  -- What was not given, and is not told anew since.
  select
    'medication', administrations.id, administrations.resident_id, 'important', administrations.occurred_at
  from public.medication_administrations as administrations
  where
    administrations.org_id = p_org_id
    and administrations.site_id = p_site_id
    and administrations.status not in ('given', 'awaiting_witness')
    and administrations.superseded_at is null
    and administrations.created_at >= p_from
    and administrations.created_at < p_to
  union all
  select 'care_task', tasks.id, tasks.resident_id, 'routine', tasks.due_at
  from public.care_plan_task_occurrences as tasks
  where
    tasks.org_id = p_org_id
    and tasks.site_id = p_site_id
    and tasks.status = 'missed'
    and tasks.missed_at >= p_from
    and tasks.missed_at < p_to
$$;

comment on function app.handover_events(uuid, uuid, timestamptz, timestamptz) is
'What a handover of a site from one moment up to another has to tell, from every room.';

revoke all on function app.handover_events(uuid, uuid, timestamptz, timestamptz) from public;
