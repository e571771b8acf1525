-- The triggers that keep compliance_stats, once per statement. SECURITY DEFINER because nobody writes the figures, and
-- whoever writes a record does not see everybody's: they count for the organizations of the rows and answer nothing.
create function app.follow_training() returns trigger
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_org_id uuid;
  v_codes text[];
  v_user_ids uuid[];
begin
  for v_org_id, v_codes, v_user_ids in
    select changed.org_id, array_agg(distinct courses.code), array_agg(distinct changed.user_id)
    from new_rows as changed
    inner join public.training_courses as courses
      on courses.org_id = changed.org_id and courses.id = changed.course_id
    group by changed.org_id
    order by changed.org_id
  loop
    perform app.refresh_compliance_of(v_org_id, v_codes, v_user_ids);
  end loop;
  return null;
end
$$;

comment on function app.follow_training() is 'Triggers _500_compliance_* of training_records: the figures follow.';

create function app.follow_checks() returns trigger
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_org_id uuid;
  v_codes text[];
  v_user_ids uuid[];
begin
  for v_org_id, v_codes, v_user_ids in
    select changed.org_id, array_agg(distinct changed.kind::text), array_agg(distinct changed.user_id)
    from new_rows as changed
    group by changed.org_id
    order by changed.org_id
  loop
    perform app.refresh_compliance_of(v_org_id, v_codes, v_user_ids);
  end loop;
  return null;
end
$$;

comment on function app.follow_checks() is 'Triggers _500_compliance_* of staff_checks: the figures follow.';

-- Requirements and courses change seldom, and with them any line of the organization.
create function app.follow_requirements() returns trigger
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_orgs uuid[];
  v_org_id uuid;
begin
  if tg_op = 'DELETE' then
    v_orgs := array(select distinct old_rows.org_id from old_rows order by 1);
  else
    v_orgs := array(select distinct new_rows.org_id from new_rows order by 1);
  end if;
  foreach v_org_id in array v_orgs loop
    perform app.refresh_compliance(v_org_id);
  end loop;
  return null;
end
$$;

comment on function app.follow_requirements() is
'Triggers _500_compliance_* of training_requirements and training_courses: the figures follow.';

create function app.follow_posts() returns trigger
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_org_id uuid;
  v_places uuid[];
begin
  if tg_op = 'DELETE' then
    for v_org_id, v_places in
      select changed.org_id, array_agg(distinct coalesce(changed.site_id, app.no_place()))
      from old_rows as changed
      where
        app.is_staff_role(changed.role)
        and exists (select from public.training_requirements as required where required.org_id = changed.org_id)
      group by changed.org_id
      order by changed.org_id
    loop
      perform app.refresh_compliance(v_org_id, null, v_places);
    end loop;
    return null;
  end if;
  for v_org_id, v_places in
    select changed.org_id, array_agg(distinct coalesce(changed.site_id, app.no_place()))
    from new_rows as changed
    where
      app.is_staff_role(changed.role)
      and exists (select from public.training_requirements as required where required.org_id = changed.org_id)
    group by changed.org_id
    order by changed.org_id
  loop
    perform app.refresh_compliance(v_org_id, null, v_places);
  end loop;
  return null;
end
$$;

comment on function app.follow_posts() is
'Triggers _510_compliance_* of role_assignments: the figures follow. A role never moves to another site: it ends.';

create function app.follow_staff() returns trigger
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_org_id uuid;
  v_user_ids uuid[];
begin
  if tg_op = 'DELETE' then
    for v_org_id, v_user_ids in
      select changed.org_id, array_agg(changed.user_id) from old_rows as changed
      group by changed.org_id order by changed.org_id
    loop
      perform app.refresh_compliance_of(v_org_id, null, v_user_ids);
    end loop;
    return null;
  end if;
  for v_org_id, v_user_ids in
    select changed.org_id, array_agg(changed.user_id) from new_rows as changed
    group by changed.org_id order by changed.org_id
  loop
    perform app.refresh_compliance_of(v_org_id, null, v_user_ids);
  end loop;
  return null;
end
$$;

comment on function app.follow_staff() is 'Triggers _510_compliance_* of staff_members: the figures follow.';

revoke all on function app.follow_training() from public;
revoke all on function app.follow_checks() from public;
revoke all on function app.follow_requirements() from public;
revoke all on function app.follow_posts() from public;
revoke all on function app.follow_staff() from public;
