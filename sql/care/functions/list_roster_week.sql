-- SECURITY DEFINER because names are their owner's, and a rota without names is none. Who sees it is asked as the
-- policies of shifts do: the site is the caller's, or all of them are; drafts are for those who plan.
create function app.list_roster_week(p_site_id uuid, p_week_on date, p_limit integer, p_after uuid)
returns table (
  shift_id uuid, version integer, template_name text, shift_on date, starts_at timestamptz, ends_at timestamptz,
  break_minutes smallint, skill public.staff_skill, needed_count smallint, assigned_count integer,
  open_offer_count integer, is_published boolean, people jsonb
)
language plpgsql stable
security definer
set search_path = ''
as $$
declare
  v_org_id constant uuid := app.current_org();
  v_sees_drafts constant boolean := app.sees_draft_rotas();
  v_sites constant uuid[] := app.my_sites(
    'org_owner', 'admin', 'manager', 'care_manager', 'case_manager', 'nurse', 'clinician', 'carer', 'compliance_lead'
  );
  v_after record;
begin
  perform app.require_role(
    'org_owner', 'admin', 'manager', 'care_manager', 'case_manager', 'nurse', 'clinician', 'carer', 'compliance_lead'
  );
  select last_one.starts_at, last_one.id into v_after
  from public.shifts as last_one
  where
    last_one.org_id = v_org_id and last_one.site_id = p_site_id and last_one.site_id = any(v_sites)
    and last_one.id = p_after and (last_one.is_published or v_sees_drafts);
  perform app.check_cursor('p_after', p_after is null or found);

  return query
  select
    shifts.id, shifts.version, templates.name, shifts.shift_on, shifts.starts_at, shifts.ends_at,
    shifts.break_minutes, shifts.skill, shifts.needed_count, coalesce(jsonb_array_length(crew.people), 0),
    (
      select count(*)::integer from public.shift_offers as offers
      where
        offers.org_id = v_org_id and offers.site_id = p_site_id and offers.shift_id = shifts.id
        and offers.status = 'open' and offers.closes_at > app.clock() and offers.deleted_at is null
    ),
    shifts.is_published, coalesce(crew.people, '[]')
  from public.shifts
  left join public.shift_templates as templates
    on templates.org_id = v_org_id and templates.id = shifts.template_id
  cross join lateral app.roster_crew(v_org_id, shifts.id) as crew (people)
  where
    shifts.org_id = v_org_id and shifts.site_id = p_site_id
    and shifts.site_id = any(v_sites)
    and shifts.rota_week_id = (
      select rotas.id from public.rota_weeks as rotas
      where rotas.org_id = v_org_id and rotas.site_id = p_site_id and rotas.week_on = p_week_on
    )
    and shifts.deleted_at is null
    and (shifts.is_published or v_sees_drafts)
    and (p_after is null or (shifts.starts_at, shifts.id) > (v_after.starts_at, v_after.id))
  order by shifts.starts_at, shifts.id
  limit p_limit;
end
$$;

comment on function app.list_roster_week(uuid, date, integer, uuid) is
'What public.list_roster_week answers; authorizes for itself.';

create function app.roster_crew(p_org_id uuid, p_shift_id uuid) returns jsonb
language sql stable
set search_path = ''
as $$
  select jsonb_agg(
    jsonb_build_object(
      'assignment_id', assignments.id, 'user_id', assignments.user_id, 'name', profiles.display_name,
      'clocked_in_at', attendance.clocked_in_at, 'clocked_out_at', attendance.clocked_out_at,
      'told_minutes', coalesce(attendance.told_minutes, 0)
    ) order by profiles.display_name, assignments.id
  )
  from public.shift_assignments as assignments
  left join public.profiles on profiles.id = assignments.user_id
  left join public.shift_attendance as attendance
    on attendance.org_id = assignments.org_id and attendance.assignment_id = assignments.id
  where
    assignments.org_id = p_org_id and assignments.shift_id = p_shift_id and assignments.deleted_at is null
$$;

comment on function app.roster_crew(uuid, uuid) is
'Who is on a shift, by name, and whether they came; null for nobody.';

create function public.list_roster_week(
  p_site_id uuid, p_week date, p_limit integer default 200, p_after uuid default null
) returns table (
  shift_id uuid, version integer, template_name text, shift_on date, starts_at timestamptz, ends_at timestamptz,
  break_minutes smallint, skill public.staff_skill, needed_count smallint, assigned_count integer,
  open_offer_count integer, is_published boolean, people jsonb
)
language plpgsql stable
set search_path = ''
as $$
begin
  perform app.require_feature('care_homes');
  perform app.check_input('p_site_id', p_site_id is not null, 'Say which site.');
  perform app.check_input('p_week', p_week is not null, 'Say which week.');
  perform app.check_input('p_limit', p_limit between 1 and 500, 'The limit is a number from 1 to 500.');
  return query
  select roster.*
  from app.list_roster_week(
    p_site_id, p_week - (extract(isodow from p_week)::integer - 1), p_limit, p_after
  ) as roster;
end
$$;

comment on function public.list_roster_week(uuid, date, integer, uuid) is
'The rota of a site for a week, shift by shift in the order of their begin, with who is on each. Drafts are for
planners, owners and compliance leads. Empty for a site that is not the caller''s.
p_site_id: the site. p_week: any day of the week. p_limit: at most so many shifts, 1 to 500. p_after: only shifts
after this one, for the next page.
version: of the shift, for merge_shifts(). people: a list of {assignment_id, user_id, name, clocked_in_at,
clocked_out_at, told_minutes}.
Never null: shift_id, version, shift_on, starts_at, ends_at, break_minutes, skill, needed_count, assigned_count,
open_offer_count, is_published, people.
Errors: feature_disabled, not_authenticated, permission_denied, not_found (p_after is no longer there), invalid_input.';

revoke all on function app.list_roster_week(uuid, date, integer, uuid) from public;
revoke all on function app.roster_crew(uuid, uuid) from public;
grant execute on function app.list_roster_week(uuid, date, integer, uuid) to authenticated;
revoke all on function public.list_roster_week(uuid, date, integer, uuid)
from public, anon, authenticated, service_role;
grant execute on function public.list_roster_week(uuid, date, integer, uuid) to authenticated;
