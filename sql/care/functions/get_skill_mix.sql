-- As the caller: shifts, and how many live at the site, are read under its policies.
create function public.get_skill_mix(p_site_id uuid, p_from date, p_to date) returns table (
  starts_at timestamptz, ends_at timestamptz, skill public.staff_skill, needed_count integer, assigned_count integer,
  staff_count integer, resident_count integer, residents_per_staff numeric
)
language plpgsql stable
set search_path = ''
as $$
declare
  v_residents integer;
begin
  perform app.require_feature('care_homes');
  perform app.require_role(
    'org_owner', 'admin', 'manager', 'care_manager', 'case_manager', 'nurse', 'clinician', 'carer', 'compliance_lead'
  );
  perform app.check_input('p_site_id', p_site_id is not null, 'Say which site.');
  perform app.check_input('p_to', p_to - p_from between 0 and 30, 'Ask for 1 to 31 days.');
  select count(*) into v_residents
  from public.residents
  where
    residents.org_id = (select app.current_org()) and residents.site_id = p_site_id and residents.status = 'resident';

  return query
  with crews as (
    select
      shifts.starts_at, shifts.ends_at, shifts.skill, shifts.needed_count,
      (
        select count(*) from public.shift_assignments as assignments
        where
          assignments.org_id = shifts.org_id and assignments.shift_id = shifts.id and assignments.deleted_at is null
      ) as assigned_count
    from public.shifts
    where
      shifts.org_id = (select app.current_org()) and shifts.site_id = p_site_id
      and shifts.week_on between p_from - 7 and p_to and shifts.deleted_at is null
      and shifts.shift_on between p_from - 1 and p_to
    order by shifts.starts_at
    limit 5000
  ),
  slots as (
    select
      crews.starts_at, crews.ends_at, crews.skill, sum(crews.needed_count)::integer as needed,
      sum(crews.assigned_count)::integer as assigned
    from crews
    group by crews.starts_at, crews.ends_at, crews.skill
  )
  select
    slots.starts_at, slots.ends_at, slots.skill, slots.needed, slots.assigned, there.staff, v_residents,
    round(v_residents / nullif(there.staff, 0)::numeric, 2)
  from slots
  cross join lateral (
    select coalesce(sum(others.assigned), 0)::integer as staff
    from slots as others
    where
      others.starts_at <= slots.starts_at and others.ends_at > slots.starts_at
      and others.skill in ('care', 'senior_care', 'nursing', 'medication')
  ) as there
  where exists (
    select from public.shifts
    where
      shifts.org_id = (select app.current_org()) and shifts.site_id = p_site_id
      and shifts.starts_at = slots.starts_at and shifts.ends_at = slots.ends_at and shifts.skill = slots.skill
      and shifts.shift_on between p_from and p_to
  )
  order by slots.starts_at, slots.ends_at, slots.skill;
end
$$;

comment on function public.get_skill_mix(uuid, date, date) is
'What a site needs and has, shift by shift and skill by skill, and how many residents there are for each of those who
care when a shift begins. Drafts count for those who plan.
p_site_id: the site; empty for one that is not the caller''s. p_from, p_to: days by the clock of the site, 1 to 31.
needed_count, assigned_count: people of this skill on shifts of this time. staff_count: everybody assigned who cares
for residents (care, senior_care, nursing, medication) at the moment the shift begins. resident_count: who lives at
the site now.
residents_per_staff: the ratio of the two; null while nobody is assigned.
Never null: starts_at, ends_at, skill, needed_count, assigned_count, staff_count, resident_count.
Errors: feature_disabled, not_authenticated, permission_denied, invalid_input.';

revoke all on function public.get_skill_mix(uuid, date, date) from public, anon, authenticated, service_role;
grant execute on function public.get_skill_mix(uuid, date, date) to authenticated;
