-- When a resident is next to be assessed. All of it runs as the owner of the tables, behind definers.
create function app.lock_assessment_schedule(p_assessment public.assessments) returns uuid
language plpgsql volatile
set search_path = ''
as $$
declare
  v_id uuid;
  v_is_gone constant boolean := app.is_gone(p_assessment.org_id, p_assessment.resident_id);
begin
  insert into public.assessment_schedules (org_id, resident_id, site_id, instrument_code, is_active, ended_at)
  values (
    p_assessment.org_id, p_assessment.resident_id, p_assessment.site_id, p_assessment.instrument_code, not v_is_gone,
    case when v_is_gone then app.clock() end
  )
  on conflict (org_id, resident_id, instrument_code) do nothing;
  -- Who has come back is assessed again.
  if not v_is_gone then
    update public.assessment_schedules as schedules set is_active = true, ended_at = null
    where
      schedules.org_id = p_assessment.org_id and schedules.resident_id = p_assessment.resident_id
      and schedules.instrument_code = p_assessment.instrument_code and schedules.ended_at is not null;
  end if;
  select schedules.id into v_id
  from public.assessment_schedules as schedules
  where
    schedules.org_id = p_assessment.org_id
    and schedules.resident_id = p_assessment.resident_id
    and schedules.instrument_code = p_assessment.instrument_code
  for update;
  return v_id;
end
$$;

comment on function app.lock_assessment_schedule(public.assessments) is
'The schedule of the resident and instrument of an assessment, made if there was none; held until the transaction ends.';

-- By the newest assessment that stands: as soon as its rule or the frequency set for this resident wants, whichever is
-- sooner.
create function app.move_assessment_schedule(p_org_id uuid, p_schedule_id uuid, p_next_due_at timestamptz default null)
returns void
language plpgsql volatile
set search_path = ''
as $$
declare
  v_schedule public.assessment_schedules;
  v_newest public.assessments;
  v_by_rule interval;
begin
  select schedules.* into strict v_schedule
  from public.assessment_schedules as schedules
  where schedules.org_id = p_org_id and schedules.id = p_schedule_id;
  select newest.* into v_newest
  from app.newest_assessment(p_org_id, v_schedule.resident_id, v_schedule.instrument_code) as newest;
  select rules.repeat_after into v_by_rule
  from app.assessment_rule(p_org_id, v_schedule.instrument_code, v_newest.band, v_newest.total) as rules;

  update public.assessment_schedules as schedules
  set
    last_assessed_at = v_newest.assessed_at,
    next_due_at = case when schedules.ended_at is null then least(
      p_next_due_at,
      v_newest.assessed_at + v_by_rule,
      coalesce(v_newest.assessed_at, app.clock()) + v_schedule.repeat_after
    ) end
  where schedules.org_id = p_org_id and schedules.id = p_schedule_id;
end
$$;

comment on function app.move_assessment_schedule(uuid, uuid, timestamptz) is
'Brings a schedule up to its newest assessment. p_next_due_at: not later than this, whatever the rules say.';

-- SECURITY DEFINER because nobody writes the table; it asks for a role at the site of the resident.
create function app.schedule_assessment(
  p_resident_id uuid, p_instrument_code text, p_repeat_after interval, p_next_due_at timestamptz, p_is_active boolean
) returns public.assessment_schedules
language plpgsql volatile
security definer
set search_path = ''
as $$
declare
  v_assessment public.assessments;
  v_id uuid;
  v_made public.assessment_schedules;
begin
  perform app.require_role('manager', 'care_manager', 'nurse', 'clinician');
  v_assessment.org_id := app.current_org();
  v_assessment.resident_id := p_resident_id;
  v_assessment.site_id := app.care_site(p_resident_id);
  if v_assessment.site_id <> all(app.my_sites('manager', 'care_manager', 'nurse', 'clinician')) then
    perform app.raise_error('permission_denied', 'Your role at this site does not allow this.');
  end if;
  v_assessment.instrument_code := p_instrument_code;
  perform app.find_resident_instrument(p_instrument_code);
  if app.is_gone(v_assessment.org_id, p_resident_id) then
    perform app.raise_error('conflict', 'They do not live here any more.', '{"reason": "not_admitted"}');
  end if;

  v_id := app.lock_assessment_schedule(v_assessment);
  update public.assessment_schedules as schedules
  set repeat_after = p_repeat_after, is_active = p_is_active, deleted_at = null
  where schedules.org_id = v_assessment.org_id and schedules.id = v_id;
  perform app.move_assessment_schedule(v_assessment.org_id, v_id, p_next_due_at);
  select schedules.* into v_made
  from public.assessment_schedules as schedules
  where schedules.org_id = v_assessment.org_id and schedules.id = v_id;
  return v_made;
end
$$;

comment on function app.schedule_assessment(uuid, text, interval, timestamptz, boolean) is
'What public.schedule_assessment does; authorizes for itself.';

revoke all on function app.lock_assessment_schedule(public.assessments) from public;
revoke all on function app.move_assessment_schedule(uuid, uuid, timestamptz) from public;
revoke all on function app.schedule_assessment(uuid, text, interval, timestamptz, boolean) from public;
grant execute on function app.schedule_assessment(uuid, text, interval, timestamptz, boolean) to authenticated;
