-- Site by site, exact at this moment, for whoever may know.
create view public.occupancy
with (security_invoker = true) as
select
  counted.site_id,
  counted.bed_count,
  counted.closed_count,
  counted.occupied_count,
  counted.on_leave_count,
  counted.reserved_count,
  counted.vacant_count,
  counted.overstay_count,
  counted.waiting_count
from app.my_occupancy() as counted;

comment on view public.occupancy is
'How full each site is whose occupancy the caller may know, at this moment; what the counts mean: get_occupancy_figures().';

revoke all on public.occupancy from public, anon, authenticated, service_role;
grant select on public.occupancy to authenticated;
