create function public.record_staff_check(
  p_user_id uuid,
  p_kind public.staff_check_kind,
  p_status public.staff_check_status,
  p_checked_on date,
  p_expires_on date default null,
  p_reference_number text default null,
  p_evidence_document_id uuid default null
)
returns uuid
language plpgsql volatile
set search_path = ''
as $$
declare
  v_id uuid;
begin
  perform app.require_feature('care_homes');
  perform app.require_role('compliance_lead');
  perform app.check_input('p_kind', p_kind is not null, 'Say what was checked.');
  perform app.check_input(
    'p_status', p_status in ('pending', 'clear', 'adverse'), 'A check is pending, clear or adverse; withdrawn later.'
  );
  perform app.check_input('p_checked_on', p_checked_on >= '1950-01-01', 'Say on which day it was checked.');
  perform app.check_input(
    'p_expires_on', coalesce(p_expires_on >= p_checked_on, true), 'It expires after it was checked.'
  );
  if not exists (
    select from public.staff_members as staff
    where staff.org_id = (select app.current_org()) and staff.user_id = p_user_id
  ) then
    perform app.raise_error('not_found', 'There is no such member of staff.', '{"field": "p_user_id"}');
  end if;
  insert into public.staff_checks as checks (
    user_id, kind, status, reference_number, checked_on, expires_on, evidence_document_id
  )
  values (
    p_user_id, p_kind, p_status, app.plain(p_reference_number), p_checked_on, p_expires_on, p_evidence_document_id
  )
  returning checks.id into v_id;
  return v_id;
end
$$;

comment on function public.record_staff_check(
  uuid, public.staff_check_kind, public.staff_check_status, date, date, text, uuid
) is
'Records a check of a member of staff; its id. An adverse one ends what earlier ones of its kind said.
p_user_id: who. p_kind: what was checked. p_status: pending, clear or adverse.
p_checked_on: the day of the certificate or look-up, today or before.
p_expires_on: the last day on which it holds; null without an end.
p_reference_number: number of the certificate or registration, 1 to 100 characters; sealed.
p_evidence_document_id: a paper of this person from attach_document().
Errors: feature_disabled, permission_denied, not_found, invalid_input.';

revoke all on function public.record_staff_check(
  uuid, public.staff_check_kind, public.staff_check_status, date, date, text, uuid
) from public, anon, authenticated, service_role;
grant execute on function public.record_staff_check(
  uuid, public.staff_check_kind, public.staff_check_status, date, date, text, uuid
) to authenticated;
