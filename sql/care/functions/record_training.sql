create function public.record_training(
  p_user_id uuid,
  p_course_id uuid,
  p_completed_on date,
  p_status public.training_record_status default 'completed',
  p_evidence_document_id uuid default null
)
returns public.training_records
language plpgsql volatile
set search_path = ''
as $$
declare
  v_record public.training_records;
begin
  perform app.require_feature('care_homes');
  perform app.require_role('compliance_lead');
  perform app.check_input('p_completed_on', p_completed_on >= '1950-01-01', 'Say on which day it was completed.');
  perform app.check_input(
    'p_status', p_status in ('completed', 'failed'), 'A course is completed or failed; a record is withdrawn later.'
  );
  if not exists (
    select from public.staff_members as staff
    where staff.org_id = (select app.current_org()) and staff.user_id = p_user_id
  ) then
    perform app.raise_error('not_found', 'There is no such member of staff.', '{"field": "p_user_id"}');
  end if;
  if not exists (
    select from public.training_courses as courses
    where courses.org_id = (select app.current_org()) and courses.id = p_course_id
  ) then
    perform app.raise_error('not_found', 'There is no such course.', '{"field": "p_course_id"}');
  end if;
  insert into public.training_records (user_id, course_id, status, completed_on, evidence_document_id)
  values (p_user_id, p_course_id, p_status, p_completed_on, p_evidence_document_id)
  returning * into v_record;
  return v_record;
end
$$;

comment on function public.record_training(uuid, uuid, date, public.training_record_status, uuid) is
'Records that a member of staff did a course. Until when it holds follows from what the training matrix requires of them,
else from the course.
p_user_id: who. p_course_id: the course. p_completed_on: the day, today or before.
p_status: completed or failed.
p_evidence_document_id: the certificate, a paper of this person from attach_document().
Errors: feature_disabled, permission_denied, not_found, invalid_input.';

revoke all on function public.record_training(uuid, uuid, date, public.training_record_status, uuid)
from public, anon, authenticated, service_role;
grant execute on function public.record_training(uuid, uuid, date, public.training_record_status, uuid)
to authenticated;
