-- SECURITY DEFINER because the months are private; bound to the sites whose occupancy the caller may know.
create function app.occupancy_months(p_site_id uuid, p_from_month date, p_until_month date, p_limit integer)
returns table (
  site_id uuid, month date, day_count integer, bed_days integer, occupied_bed_days integer, leave_days integer,
  admission_count integer, discharge_count integer
)
language plpgsql stable
security definer
set search_path = ''
as $$
begin
  return query
  select
    months.site_id, months.month, months.day_count, months.bed_days, months.occupied_bed_days, months.leave_days,
    months.admission_count, months.discharge_count
  from app.occupancy_history as months
  where
    months.org_id = app.current_org() and months.site_id = any(app.occupancy_sites())
    and (p_site_id is null or months.site_id = p_site_id)
    and months.month >= p_from_month and months.month <= p_until_month
  order by months.month desc, months.site_id
  limit p_limit;
end
$$;

comment on function app.occupancy_months(uuid, date, date, integer) is
'What public.get_occupancy_history does; authorizes for itself.';

create function app.job_refresh_occupancy_history() returns bigint
language plpgsql volatile
set search_path = ''
as $$
declare
  v_count bigint;
begin
  if (
    select views.relispopulated from pg_catalog.pg_class as views
    where views.oid = 'app.occupancy_history'::regclass
  ) then
    refresh materialized view concurrently app.occupancy_history;
  else
    refresh materialized view app.occupancy_history;
  end if;
  select count(*) into v_count from app.occupancy_history;
  return v_count;
end
$$;

comment on function app.job_refresh_occupancy_history() is
'Scheduled: brings the months of occupancy up to the days that are counted. Idempotent: yes.';

create function public.get_occupancy_history(
  p_from_month date, p_until_month date, p_site_id uuid default null, p_limit integer default 500
)
returns table (
  site_id uuid, month date, day_count integer, bed_days integer, occupied_bed_days integer, leave_days integer,
  admission_count integer, discharge_count integer
)
language plpgsql stable
set search_path = ''
as $$
begin
  perform app.require_feature('residency');
  perform app.require_role(
    'org_owner', 'admin', 'compliance_lead', 'manager', 'care_manager', 'case_manager', 'nurse', 'clinician', 'carer'
  );
  perform app.check_input('p_from_month', p_from_month <= p_until_month, 'The first month is before the last.');
  perform app.check_input('p_limit', p_limit between 1 and 500, 'The limit is a number from 1 to 500.');

  return query
  select months.* from app.occupancy_months(p_site_id, p_from_month, p_until_month, p_limit) as months;
end
$$;

comment on function public.get_occupancy_history(date, date, uuid, integer) is
'Occupancy month by month and site by site, newest first, from the days that are counted; up to date each morning. The
rate of a month is occupied_bed_days of bed_days. For all who give care, managers, owners, administrators and compliance
leads.
p_from_month, p_until_month: the first days of the first and the last month.
p_site_id: one of the caller''s sites; null: all of them.
p_limit: at most so many rows, 1 to 500.
day_count: how many days of the month are counted.
Never null: site_id, month, day_count, bed_days, occupied_bed_days, leave_days, admission_count, discharge_count.
Errors: feature_disabled, permission_denied, not_authenticated, invalid_input.';

revoke all on function app.occupancy_months(uuid, date, date, integer) from public;
revoke all on function app.job_refresh_occupancy_history() from public;
grant execute on function app.occupancy_months(uuid, date, date, integer) to authenticated;

revoke all on function public.get_occupancy_history(date, date, uuid, integer)
from public, anon, authenticated, service_role;
grant execute on function public.get_occupancy_history(date, date, uuid, integer) to authenticated;
