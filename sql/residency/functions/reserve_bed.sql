create function public.reserve_bed(
  p_bed_id uuid, p_expected_on date, p_enquiry_id uuid default null, p_patient_id uuid default null,
  p_planned_until date default null, p_kind public.admission_kind default null
) returns public.bed_stays
language plpgsql volatile
set search_path = ''
as $$
begin
  perform app.require_feature('residency');
  perform app.check_input('p_bed_id', p_bed_id is not null, 'Say which bed.');
  perform app.check_input('p_expected_on', p_expected_on is not null, 'Say for which day.');
  perform app.check_input(
    'p_enquiry_id', p_enquiry_id is not null or p_patient_id is not null, 'Say for whom: an enquiry or a patient.'
  );
  perform app.check_input(
    'p_planned_until', coalesce(p_planned_until > p_expected_on, true), 'They leave after they came.'
  );
  return app.reserve_bed(p_bed_id, p_expected_on, p_planned_until, p_enquiry_id, p_patient_id, p_kind);
end
$$;

comment on function public.reserve_bed(uuid, date, uuid, uuid, date, public.admission_kind) is
'Keeps a bed for somebody who comes, from noon of a day at the site; they are expected from now on. For managers and care
managers of the site.
p_bed_id: the bed; conflict if it is taken then (details: bed_taken), on offer (bed_offered) or closed (bed_closed).
p_expected_on: the day they come, not before today.
p_enquiry_id: who comes is whom it is about; conflict unless a place is offered (enquiry_not_offered).
p_patient_id: who comes, if the organization knows them; not_found for who is not known at the caller''s sites. Conflict
for who has died (deceased) or has another bed then (resident_has_bed).
p_planned_until: the day they leave, at noon; null: no end.
p_kind: what they come for; null: as the enquiry says, else permanent.
Errors: feature_disabled, permission_denied, not_found, conflict, invalid_input.';

revoke all on function public.reserve_bed(uuid, date, uuid, uuid, date, public.admission_kind)
from public, anon, authenticated, service_role;
grant execute on function public.reserve_bed(uuid, date, uuid, uuid, date, public.admission_kind) to authenticated;
