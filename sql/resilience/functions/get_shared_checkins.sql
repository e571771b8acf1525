-- SECURITY DEFINER because nobody may select the rows of others; require_role is the authorization, the active
-- organization the bound, and how far each owner takes part is asked of every row now. One event per call says who read
-- whose and what for, also where there was nothing.
create function app.read_shared_checkins(
  p_purpose public.access_purpose, p_practitioner_id uuid, p_from date, p_to date, p_limit integer, p_before uuid
) returns setof public.provider_daily_checkins
language plpgsql volatile
security definer
set search_path = ''
as $$
declare
  v_org_id constant uuid := app.current_org();
  v_before record;
  v_rows public.provider_daily_checkins[];
begin
  perform app.require_feature('resilience_hub');
  perform app.require_role('admin', 'care_manager', 'wellness_officer');
  select marks.checkin_date as day, marks.id into v_before
  from public.provider_daily_checkins as marks
  inner join public.provider_consents as consents on consents.org_id = marks.org_id and consents.user_id = marks.user_id
  where
    marks.org_id = v_org_id and marks.id = p_before and marks.is_shared
    and consents.withdrawn_at is null and consents.level = 'may_be_contacted';
  perform app.check_cursor('p_before', p_before is null or found);
  v_rows := array(
    select checkins
    from public.provider_daily_checkins as checkins
    inner join public.provider_consents as consents
      on consents.org_id = checkins.org_id and consents.user_id = checkins.user_id
    where
      checkins.org_id = v_org_id
      and checkins.is_shared
      and checkins.checkin_date >= p_from
      and checkins.checkin_date <= p_to
      and (p_practitioner_id is null or checkins.practitioner_id = p_practitioner_id)
      and consents.withdrawn_at is null
      and consents.level = 'may_be_contacted'
      and (p_before is null or (checkins.checkin_date, checkins.id) < (v_before.day, v_before.id))
    order by checkins.checkin_date desc, checkins.id desc
    limit p_limit
  );
  perform app.note_access(
    p_purpose, 'public.provider_daily_checkins', v_org_id,
    array(select distinct found.practitioner_id from unnest(v_rows) as found),
    cardinality(v_rows), '{}'
  );
  return query select found.* from unnest(v_rows) as found;
end
$$;

comment on function app.read_shared_checkins(public.access_purpose, uuid, date, date, integer, uuid) is
'What public.get_shared_checkins does; authorizes for itself and leaves an event.';

create function public.get_shared_checkins(
  p_purpose public.access_purpose,
  p_practitioner_id uuid default null,
  p_from date default null,
  p_to date default null,
  p_limit integer default 100,
  p_before uuid default null
) returns table (
  id uuid,
  practitioner_id uuid,
  checkin_date date,
  work_setting public.work_setting,
  stress_level smallint,
  energy_level smallint,
  patients_contacted_today smallint,
  difficult_patient_calls smallint,
  overtime_hours numeric,
  missed_break boolean
)
language plpgsql volatile
set search_path = ''
as $$
declare
  v_to constant date := coalesce(p_to, app.today());
  v_from constant date := coalesce(p_from, v_to - 13);
begin
  perform app.require_feature('resilience_hub');
  perform app.require_role('admin', 'care_manager', 'wellness_officer');
  perform app.check_input('p_purpose', p_purpose is not null, 'Say what you read it for.');
  perform app.check_input('p_to', v_from <= v_to, 'The range ends before it begins.');
  perform app.check_input('p_from', v_to - v_from <= 366, 'The range is at most 366 days.');
  perform app.check_input('p_limit', p_limit between 1 and 500, 'The limit is a number from 1 to 500.');

  return query
  select
    shared.id, shared.practitioner_id, shared.checkin_date, shared.work_setting, shared.stress_level,
    shared.energy_level, shared.patients_contacted_today, shared.difficult_patient_calls, shared.overtime_hours,
    shared.missed_break
  from app.read_shared_checkins(p_purpose, p_practitioner_id, v_from, v_to, p_limit, p_before) as shared;
end
$$;

comment on function public.get_shared_checkins(public.access_purpose, uuid, date, date, integer, uuid) is
'Check-ins that their owners share, newest first: of those only who may be contacted now. For administrators, care
managers and wellness officers, so that help can be offered. Each call leaves an event: who read whose, and what for.
p_purpose: what for.
p_practitioner_id: only of this practitioner; of everybody when null.
p_from, p_to: first and last day, both included; by default the last fourteen days. At most 366 days.
p_limit: at most so many, 1 to 500.
p_before: the id of the last one of the former page; not_found if it is no longer shared.
Never null: id, practitioner_id, checkin_date, work_setting, stress_level, energy_level, patients_contacted_today,
difficult_patient_calls, overtime_hours, missed_break.
Protected: stress_level, energy_level, patients_contacted_today, difficult_patient_calls, overtime_hours, missed_break.
Errors: feature_disabled, permission_denied, not_found, invalid_input.';

revoke all on function app.read_shared_checkins(public.access_purpose, uuid, date, date, integer, uuid) from public;
grant execute on function app.read_shared_checkins(public.access_purpose, uuid, date, date, integer, uuid)
to authenticated;
revoke all on function public.get_shared_checkins(public.access_purpose, uuid, date, date, integer, uuid)
from public, anon, authenticated, service_role;
grant execute on function public.get_shared_checkins(public.access_purpose, uuid, date, date, integer, uuid)
to authenticated;
