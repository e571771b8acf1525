create function public.get_shift_workload(
  p_from date default null,
  p_to date default null,
  p_site_id uuid default null
) returns table (
  week date,
  shift public.work_shift,
  report_count integer,
  average_patient_count numeric,
  average_acuity numeric,
  patients_per_nurse numeric,
  unsafe_count integer,
  unanswered_count integer
)
language plpgsql stable
set search_path = ''
as $$
declare
  v_to constant date := coalesce(p_to, app.today());
  v_from constant date := coalesce(p_from, v_to - 55);
begin
  perform app.require_feature('resilience_hub');
  perform app.require_member();
  perform app.check_input('p_to', v_from <= v_to, 'The range ends before it begins.');
  perform app.check_input('p_from', v_to - v_from <= 366, 'The range is at most 366 days.');

  return query
  select
    date_trunc('week', reports.shift_date)::date as week_begin,
    reports.shift,
    count(*)::integer,
    round(avg(reports.patient_count), 1),
    round(avg(reports.acuity), 1),
    round(
      sum(reports.unit_patient_count) filter (where reports.unit_nurse_count is not null)::numeric
      / nullif(sum(reports.unit_nurse_count) filter (where reports.unit_patient_count is not null), 0), 1
    ),
    (count(*) filter (where reports.is_unsafe))::integer,
    (count(*) filter (where reports.is_unsafe and reports.answer is null))::integer
  from public.shift_reports as reports
  where
    reports.org_id = (select app.current_org())
    and reports.shift_date >= v_from and reports.shift_date <= v_to
    and (p_site_id is null or reports.site_id = p_site_id)
  group by week_begin, reports.shift
  order by week_begin, reports.shift;
end
$$;

comment on function public.get_shift_workload(date, date, uuid) is
'Workload by week and shift, from the reports that the caller may read: all of the organization''s for those who lead,
one''s own for everybody else. Oldest first.
p_from, p_to: first and last day on which shifts began, both included; by default the last 56 days. At most 366 days.
p_site_id: shifts at this site only.
week: its Monday. average_patient_count, average_acuity: of the reports. patients_per_nurse: of those that say both
how many patients and how many nurses were on the unit. unsafe_count: reported as not staffed safely; unanswered_count:
of these, those that nobody has answered.
Never null: week, shift, report_count, average_patient_count, average_acuity, unsafe_count, unanswered_count.
Errors: feature_disabled, permission_denied, invalid_input.';

revoke all on function public.get_shift_workload(date, date, uuid) from public, anon, authenticated, service_role;
grant execute on function public.get_shift_workload(date, date, uuid) to authenticated;
