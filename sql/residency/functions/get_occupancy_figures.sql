create function public.get_occupancy_figures(p_site_id uuid default null)
returns table (
  bed_count integer,
  closed_count integer,
  occupied_count integer,
  on_leave_count integer,
  reserved_count integer,
  vacant_count integer,
  overstay_count integer,
  waiting_count integer,
  occupancy_percent numeric
)
language plpgsql stable
set search_path = ''
as $$
begin
  perform app.require_feature('residency');
  perform app.require_role(
    'org_owner', 'admin', 'compliance_lead', 'manager', 'care_manager', 'case_manager', 'nurse', 'clinician', 'carer'
  );

  return query
  select
    sum(counted.bed_count)::integer, sum(counted.closed_count)::integer, sum(counted.occupied_count)::integer,
    sum(counted.on_leave_count)::integer, sum(counted.reserved_count)::integer, sum(counted.vacant_count)::integer,
    sum(counted.overstay_count)::integer, sum(counted.waiting_count)::integer,
    round(100.0 * sum(counted.occupied_count) / nullif(sum(counted.bed_count), 0), 1)
  from app.my_occupancy(p_site_id) as counted
  having count(*) > 0;
  if not found then
    perform app.raise_error('not_found', 'There is no such site among yours.');
  end if;
end
$$;

comment on function public.get_occupancy_figures(uuid) is
'How full a site is, or all the caller''s sites together, exact at this moment; one row. Site by site: the view occupancy.
For all who give care, managers, owners, administrators and compliance leads. Each bed is counted once: it is closed,
occupied, reserved or vacant.
p_site_id: one of the caller''s sites; null: all of them.
closed_count: nobody can have it now. occupied_count: somebody has it, on_leave_count of them being away.
reserved_count: kept for somebody or on offer. vacant_count: to be given.
overstay_count: who lives here after the day they were to leave, and has no bed any more: extend_stay() or
discharge_resident(). waiting_count: who waits for a bed. occupancy_percent: occupied of all beds; null without beds.
Never null: bed_count, closed_count, occupied_count, on_leave_count, reserved_count, vacant_count, overstay_count,
waiting_count.
Errors: feature_disabled, permission_denied, not_authenticated, not_found.';

revoke all on function public.get_occupancy_figures(uuid) from public, anon, authenticated, service_role;
grant execute on function public.get_occupancy_figures(uuid) to authenticated;
