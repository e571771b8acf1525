create function public.schedule_assessment(
  p_resident_id uuid,
  p_instrument_code text,
  p_repeat_after interval default null,
  p_next_due_at timestamptz default null,
  p_is_active boolean default true
) returns public.assessment_schedules
language plpgsql volatile
set search_path = ''
as $$
begin
  perform app.require_feature('care_homes');
  perform app.require_role('manager', 'care_manager', 'nurse', 'clinician');
  perform app.check_input('p_instrument_code', p_instrument_code is not null, 'Say which instrument.');
  perform app.check_input(
    'p_repeat_after',
    coalesce(p_repeat_after >= interval '15 minutes' and p_repeat_after <= interval '1 year', true),
    'The interval is 15 minutes to a year.'
  );
  perform app.check_input(
    'p_next_due_at',
    coalesce(p_next_due_at > app.clock() - interval '1 day' and p_next_due_at < app.clock() + interval '1 year', true),
    'The next assessment is within a year.'
  );
  perform app.check_input('p_is_active', p_is_active is not null, 'Say whether it is wanted.');
  return app.schedule_assessment(p_resident_id, p_instrument_code, p_repeat_after, p_next_due_at, p_is_active);
end
$$;

comment on function public.schedule_assessment(uuid, text, interval, timestamptz, boolean) is
'Says how often this resident is assessed by an instrument, whatever the result: sooner than the rule of the band wants
is possible, later is not. For nurses, clinicians, care managers and managers of the resident''s site.
p_instrument_code: one that is about patients. p_repeat_after: 15 minutes to a year; null: as the rules say.
p_next_due_at: the next one by then; null: as the interval says. p_is_active: false: no more.
Returns the schedule.
Errors: feature_disabled, permission_denied, invalid_input, not_found, conflict (not_admitted: they left).
Idempotent: yes.';

revoke all on function public.schedule_assessment(uuid, text, interval, timestamptz, boolean)
from public, anon, authenticated, service_role;
grant execute on function public.schedule_assessment(uuid, text, interval, timestamptz, boolean) to authenticated;
