create function public.get_team_checkin_summary(
  p_from date default null,
  p_to date default null
) returns table (
  checkin_date date,
  is_open boolean,
  is_suppressed boolean,
  people_count integer,
  average_stress_level numeric,
  average_energy_level numeric,
  average_patients_contacted numeric,
  average_overtime_hours numeric,
  missed_break_percent numeric,
  checkins_per_provider_week numeric
)
language plpgsql stable
set search_path = ''
as $$
declare
  v_to constant date := coalesce(p_to, app.today());
  v_from constant date := coalesce(p_from, v_to - 13);
begin
  perform app.require_feature('resilience_hub');
  perform app.check_input('p_to', v_from <= v_to, 'The range ends before it begins.');
  perform app.check_input('p_from', v_to - v_from <= 366, 'The range is at most 366 days.');

  return query select days.* from app.team_checkin_days(v_from, v_to) as days;
end
$$;

comment on function public.get_team_checkin_summary(date, date) is
'How the team is, day by day, without naming anyone. For owners, administrators, managers, care managers and
wellness officers.
p_from, p_to: first and last day, both included; by default the last fourteen days. At most 366 days.
A day has figures once it is over and was counted (is_open false), which happens soon after midnight, and at least five
people checked in, named or anonymously (is_suppressed false). Figures never change afterwards.
checkins_per_provider_week: check-ins of the seven days up to this one, per provider who could check in on that day.
Never null: checkin_date, is_open, is_suppressed.
Errors: feature_disabled, permission_denied, invalid_input.';

revoke all on function public.get_team_checkin_summary(date, date) from public, anon, authenticated, service_role;
grant execute on function public.get_team_checkin_summary(date, date) to authenticated;
