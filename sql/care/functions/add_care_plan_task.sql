create function public.add_care_plan_task(
  p_care_plan_id uuid,
  p_task_kind public.care_task_kind,
  p_instructions text,
  p_first_on date,
  p_first_time time,
  p_rule text default null,
  p_grace_minutes integer default 60,
  p_assigned_to uuid default null
)
returns public.care_plan_tasks
language plpgsql volatile
set search_path = ''
as $$
declare
  v_task public.care_plan_tasks;
begin
  perform app.require_feature('care_homes');
  perform app.require_role('manager', 'care_manager', 'nurse', 'clinician');
  perform app.check_input('p_care_plan_id', p_care_plan_id is not null, 'Say which care plan.');
  perform app.check_input('p_task_kind', p_task_kind is not null, 'Say what kind of care it is.');
  perform app.check_input(
    'p_instructions', length(p_instructions) between 1 and 2000,
    'Instructions have 1 to 2,000 characters.'
  );
  perform app.check_input(
    'p_first_on', p_first_on >= date '2000-01-01' and p_first_on < date '2200-01-01',
    'Say on which day it begins.'
  );
  perform app.check_input(
    'p_first_time', extract(second from p_first_time) = 0,
    'Say at what time of day it begins, in whole minutes.'
  );
  perform app.check_input(
    'p_grace_minutes', p_grace_minutes between 0 and 1440,
    'The grace period is 0 to 1440 minutes.'
  );
  v_task.care_plan_id := p_care_plan_id;
  v_task.task_kind := p_task_kind;
  v_task.instructions := app.plain(p_instructions);
  v_task.first_on := p_first_on;
  v_task.first_time := p_first_time;
  v_task.rule := p_rule;
  v_task.grace_minutes := p_grace_minutes;
  v_task.assigned_to := p_assigned_to;
  return app.add_care_plan_task(v_task);
end
$$;

comment on function public.add_care_plan_task(uuid, public.care_task_kind, text, date, time, text, integer, uuid) is
'Adds to a care plan what is to be done, once or by a rule; what is due until the day after tomorrow is there at once. For
managers, care managers, nurses and clinicians of the site.
p_care_plan_id: the plan; conflict once it has ended.
p_task_kind: what kind of care. p_instructions: what to do, 1 to 2000 characters. PHI.
p_first_on, p_first_time: when it begins, by the clocks of the site.
p_rule: when it comes again: a rule as RFC 5545 writes it, such as FREQ=DAILY;BYHOUR=8,20, with lines EXDATE:20261225 below
it; null: once. The beginning is due only if it fits the rule. At most 96 times a day.
p_grace_minutes: so many minutes after it was due it is missed, 0 to 1440.
p_assigned_to: a member of staff who gives care at the site (else not_found); null: the shift.
Errors: feature_disabled, permission_denied, not_found, conflict, invalid_input.';

revoke all on function public.add_care_plan_task(
  uuid, public.care_task_kind, text, date, time, text, integer, uuid
) from public, anon, authenticated, service_role;
grant execute on function public.add_care_plan_task(
  uuid, public.care_task_kind, text, date, time, text, integer, uuid
) to authenticated;
