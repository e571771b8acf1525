-- SECURITY DEFINER because the matrix asks for roles and requirements of everybody; bound to one person, whom the
-- caller may read.
create function app.compliance_of(p_user_id uuid)
returns table (
  code text, title text, standing public.training_standing, expires_on date, blocks_rostering boolean
)
language plpgsql stable
security definer
set search_path = ''
as $$
declare
  v_org_id uuid;
begin
  perform app.require_feature('care_homes');
  if not app.may_read_staff(p_user_id) then
    perform app.raise_error('not_found', 'There is no such member of staff among those you answer for.');
  end if;
  v_org_id := app.current_org();
  return query
  select
    cells.code, max(courses.title), (array_agg(cells.standing))[1], max(nullif(cells.valid_until, 'infinity')),
    bool_or(cells.blocks_rostering)
  from app.training_cells(v_org_id, app.today(), p_user_id) as cells
  left join public.training_courses as courses on courses.org_id = v_org_id and courses.code = cells.code
  group by cells.code
  order by cells.code;
end
$$;

comment on function app.compliance_of(uuid) is
'What is required of a person whom the caller may read, and how they stand.';

create function public.get_staff_compliance(p_user_id uuid default null)
returns table (
  code text, title text, standing public.training_standing, expires_on date, blocks_rostering boolean
)
language plpgsql stable
set search_path = ''
as $$
begin
  perform app.require_feature('care_homes');
  perform app.require_person();
  return query select line.* from app.compliance_of(coalesce(p_user_id, app.my_id())) as line;
end
$$;

comment on function public.get_staff_compliance(uuid) is
'What is required of a member of staff today, course by course and check by check, and how they stand.
p_user_id: who: the caller (null), or as a manager somebody of their sites, as an owner or compliance lead anybody; any
other is not_found.
Never null: code, standing, blocks_rostering.
Errors: feature_disabled, permission_denied, not_found.';

revoke all on function app.compliance_of(uuid) from public;
grant execute on function app.compliance_of(uuid) to authenticated;
revoke all on function public.get_staff_compliance(uuid) from public, anon, authenticated, service_role;
grant execute on function public.get_staff_compliance(uuid) to authenticated;
