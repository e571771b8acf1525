create function public.get_fluid_balance(p_resident_id uuid, p_from date, p_to date default null) returns table (
  day date,
  intake_ml bigint,
  output_ml bigint,
  balance_ml bigint,
  intake_count bigint,
  output_count bigint
)
language plpgsql stable
set search_path = ''
as $$
declare
  v_zone text;
  v_to constant date := coalesce(p_to, p_from);
begin
  perform app.require_feature('care_homes');
  perform app.require_role('org_owner', 'compliance_lead', 'manager', 'care_manager', 'nurse', 'clinician', 'carer');
  perform app.check_input('p_from', p_from is not null, 'Say from which day on.');
  perform app.check_input('p_to', v_to - p_from between 0 and 91, 'The range has 1 to 92 days.');
  select app.site_zone(residents.org_id, residents.site_id) into v_zone
  from public.residents
  where residents.org_id = (select app.current_org()) and residents.id = p_resident_id;
  if v_zone is null then
    perform app.raise_error('not_found', 'There is no such resident at your sites.');
  end if;

  return query
  with counted as (
    select (notes.occurred_at at time zone v_zone)::date as on_day, notes.kind, notes.measured_value
    from public.daily_notes as notes
    where
      notes.org_id = (select app.current_org())
      and notes.resident_id = p_resident_id
      and notes.kind in ('fluid_intake', 'fluid_output')
      and notes.occurred_at >= p_from::timestamp at time zone v_zone
      and notes.occurred_at < (v_to + 1)::timestamp at time zone v_zone
      and not notes.is_retraction
      and not exists (
        select from public.daily_notes as later
        where
          later.org_id = notes.org_id and later.corrects_id = notes.id and later.resident_id = notes.resident_id
      )
  )
  select
    days.day,
    sums.intake, sums.output, sums.intake - sums.output, sums.intakes, sums.outputs
  from (select p_from + place as day from generate_series(0, v_to - p_from) as place) as days
  cross join lateral (
    select
      coalesce(sum(counted.measured_value) filter (where counted.kind = 'fluid_intake'), 0)::bigint as intake,
      coalesce(sum(counted.measured_value) filter (where counted.kind = 'fluid_output'), 0)::bigint as output,
      count(*) filter (where counted.kind = 'fluid_intake') as intakes,
      count(*) filter (where counted.kind = 'fluid_output') as outputs
    from counted
    where counted.on_day = days.day
  ) as sums
  order by days.day;
end
$$;

comment on function public.get_fluid_balance(uuid, date, date) is
'What a resident drank and passed, day by day, where the site is; also days without a note. Corrected notes count once.
p_from, p_to: first and last day, both included, at most 92; p_to null: one day.
intake_ml, output_ml: sums. balance_ml: intake less output. intake_count, output_count: how many notes; 0 is nothing
entered, which is not nothing drunk.
Never null: day, intake_ml, output_ml, balance_ml, intake_count, output_count.
Protected: intake_ml, output_ml, balance_ml, intake_count, output_count.
Errors: feature_disabled, permission_denied, invalid_input, not_found.';

revoke all on function public.get_fluid_balance(uuid, date, date) from public, anon, authenticated, service_role;
grant execute on function public.get_fluid_balance(uuid, date, date) to authenticated;
