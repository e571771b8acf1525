-- Months of days, kept ready for whoever compares years: private, as a materialized view has no policies.
create materialized view app.occupancy_history as
select
  days.org_id,
  days.site_id,
  date_trunc('month', days.snapshot_date::timestamp)::date as month,
  count(*)::integer as day_count,
  sum(days.bed_count)::integer as bed_days,
  sum(days.occupied_count)::integer as occupied_bed_days,
  sum(days.on_leave_count)::integer as leave_days,
  sum(days.admission_count)::integer as admission_count,
  sum(days.discharge_count)::integer as discharge_count
from public.occupancy_snapshots as days
group by days.org_id, days.site_id, date_trunc('month', days.snapshot_date::timestamp)::date;

create unique index occupancy_history_key on app.occupancy_history (org_id, site_id, month);

comment on materialized view app.occupancy_history is
'Occupancy of sites month by month, from the days that are counted; read by get_occupancy_history().';
comment on column app.occupancy_history.org_id is 'The organization.';
comment on column app.occupancy_history.site_id is 'The site.';
comment on column app.occupancy_history.month is 'The first day of the month.';
comment on column app.occupancy_history.day_count is 'How many of its days are counted.';
comment on column app.occupancy_history.bed_days is 'Beds, summed over these days.';
comment on column app.occupancy_history.occupied_bed_days is 'Beds that somebody had, summed over these days.';
comment on column app.occupancy_history.leave_days is 'Those of them whose resident was on leave.';
comment on column app.occupancy_history.admission_count is 'Admissions of these days.';
comment on column app.occupancy_history.discharge_count is 'Discharges of these days, deaths included.';

revoke all on app.occupancy_history from public, anon, authenticated, service_role;
