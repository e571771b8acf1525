create function public.calculate_occupancy_snapshot(p_site_id uuid, p_on date)
returns table (
  bed_count integer, occupied_count integer, on_leave_count integer, admission_count integer, discharge_count integer
)
language plpgsql stable
set search_path = ''
as $$
begin
  perform app.require_feature('residency');
  perform app.require_role(
    'org_owner', 'admin', 'compliance_lead', 'manager', 'care_manager', 'case_manager', 'nurse', 'clinician', 'carer'
  );
  perform app.check_input('p_site_id', p_site_id is not null, 'Say which site.');
  perform app.check_input('p_on', p_on is not null, 'Say which day.');

  return query select taken.* from app.occupancy_snapshot(p_site_id, p_on) as taken;
end
$$;

comment on function public.calculate_occupancy_snapshot(uuid, date) is
'How full a site was at the end of a day, counted anew from beds, stays and leaves; one row. What the table
occupancy_snapshots holds of a day that is over. For all who give care, managers, owners, administrators and compliance
leads.
p_site_id: one of the caller''s sites.
p_on: the day, by the clocks of the site; today is counted as of now.
Never null: bed_count, occupied_count, on_leave_count, admission_count, discharge_count.
Errors: feature_disabled, permission_denied, not_authenticated, not_found, invalid_input.';

revoke all on function public.calculate_occupancy_snapshot(uuid, date)
from public, anon, authenticated, service_role;
grant execute on function public.calculate_occupancy_snapshot(uuid, date) to authenticated;
