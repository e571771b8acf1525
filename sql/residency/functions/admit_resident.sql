create function public.admit_resident(
  p_bed_id uuid default null, p_enquiry_id uuid default null, p_patient_id uuid default null,
  p_kind public.admission_kind default null, p_admitted_at timestamptz default null, p_planned_until date default null
) returns public.bed_stays
language plpgsql volatile
set search_path = ''
as $$
begin
  perform app.require_feature('residency');
  perform app.check_input(
    'p_enquiry_id', p_enquiry_id is not null or p_patient_id is not null, 'Say whom: an enquiry or a patient.'
  );
  return app.admit_resident(p_bed_id, p_enquiry_id, p_patient_id, p_kind, p_admitted_at, p_planned_until);
end
$$;

comment on function public.admit_resident(uuid, uuid, uuid, public.admission_kind, timestamptz, date) is
'Somebody moves in: they live at the site of the bed from that moment on, and their records are there. For managers and
care managers of the site.
p_bed_id: the bed, as for reserve_bed(); null: the one that was kept for them. Another one than that gives it up.
p_enquiry_id, p_patient_id: who comes, as for reserve_bed(); conflict if they live here already (already_admitted).
p_kind: what they come for; null: as it was planned.
p_admitted_at: when they arrived, in the last seven days; null: now.
p_planned_until: the day they leave, at noon; null: as it was planned, else no end.
Errors: feature_disabled, permission_denied, not_found, conflict, invalid_input.';

revoke all on function public.admit_resident(uuid, uuid, uuid, public.admission_kind, timestamptz, date)
from public, anon, authenticated, service_role;
grant execute on function public.admit_resident(uuid, uuid, uuid, public.admission_kind, timestamptz, date)
to authenticated;
