-- SECURITY DEFINER because nobody may write somebody else's report; require_role is the authorization, and only the
-- answer is written.
create function app.answer_shift_report(p_id uuid, p_answer public.staffing_answer) returns public.shift_reports
language plpgsql volatile
security definer
set search_path = ''
as $$
declare
  v_report public.shift_reports;
begin
  perform app.require_role('admin', 'manager', 'care_manager');
  select reports.* into v_report
  from public.shift_reports as reports
  where reports.org_id = app.current_org() and reports.id = p_id
  for update;
  if v_report.id is null then
    perform app.raise_error('not_found', 'There is no report of that id.', '{"field": "p_id"}');
  elsif v_report.user_id = app.my_id() then
    perform app.raise_error('conflict', 'Somebody else answers what you reported.');
  elsif not v_report.is_unsafe then
    perform app.raise_error('conflict', 'This shift was not reported as unsafe.');
  elsif v_report.answer <> p_answer then
    perform app.raise_error('conflict', 'This report was answered already.');
  elsif v_report.answer is null then
    update public.shift_reports as reports
    set answer = p_answer, answered_by = app.my_id(), answered_at = app.clock()
    where reports.org_id = v_report.org_id and reports.id = p_id
    returning reports.* into v_report;
  end if;
  return v_report;
end
$$;

comment on function app.answer_shift_report(uuid, public.staffing_answer) is
'What public.answer_shift_report does; authorizes for itself.';

create function public.answer_shift_report(p_id uuid, p_answer public.staffing_answer) returns public.shift_reports
language plpgsql volatile
set search_path = ''
as $$
begin
  perform app.require_feature('resilience_hub');
  perform app.check_input('p_id', p_id is not null, 'Say which report.');
  perform app.check_input('p_answer', p_answer is not null, 'Say what was done.');
  return app.answer_shift_report(p_id, p_answer);
end
$$;

comment on function public.answer_shift_report(uuid, public.staffing_answer) is
'Says what was done about a shift that was reported as not staffed safely; who reported it reads the answer in
shift_reports. For administrators, managers and care managers, and not about a report of their own. Once.
p_id: the report. p_answer: staff_added, patients_moved, admissions_paused, plan_changed, passed_on, no_change.
Errors: feature_disabled, permission_denied, invalid_input, not_found, conflict (answered otherwise, not unsafe, or the
caller''s own).
Idempotent: yes.';

revoke all on function app.answer_shift_report(uuid, public.staffing_answer) from public;
grant execute on function app.answer_shift_report(uuid, public.staffing_answer) to authenticated;
revoke all on function public.answer_shift_report(uuid, public.staffing_answer)
from public, anon, authenticated, service_role;
grant execute on function public.answer_shift_report(uuid, public.staffing_answer) to authenticated;
