-- What holds for every way to write a record of training. Only a withdrawal changes how one ended.
create function app.guard_training_record() returns trigger
language plpgsql
set search_path = ''
as $$
begin
  if tg_op = 'INSERT' then
    perform app.check_input(
      'completed_on', auth.role() is distinct from 'authenticated' or coalesce(new.completed_on <= app.today(), true),
      'Nobody has done it before the day has come.'
    );
    perform app.check_input('status', new.status is distinct from 'withdrawn', 'A record is made of what somebody did.');
  elsif new.status <> old.status and new.status <> 'withdrawn' then
    perform app.raise_error(
      'conflict', 'How it ended stays as it was recorded.', p_hint => 'Withdraw it, and record what is right.'
    );
  end if;
  return new;
end
$$;

comment on function app.guard_training_record() is
'Trigger _200_guard: nothing is completed in the future, and a record changes by being withdrawn only.';

-- Until when it holds, strictest first: what is required of this person now, else what the course says. Whoever brings
-- history (imports, seeds) says it themselves.
-- SECURITY DEFINER because whoever records does not see the person's roles; it sets one column of the new row.
create function app.derive_training_expiry() returns trigger
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_months smallint;
begin
  if new.status <> 'completed' then
    new.expires_on := null;
    return new;
  end if;
  if new.expires_on is not null and auth.role() is distinct from 'authenticated' then
    return new;
  end if;
  select coalesce(min(required.validity_months), min(courses.validity_months)) into v_months
  from public.training_courses as courses
  left join app.staff_posts(new.org_id, app.organization_day(new.org_id), new.user_id) as posts on true
  left join public.training_requirements as required
    on
      required.org_id = new.org_id
      and required.course_id = courses.id
      and required.deleted_at is null
      and required.validity_months is not null
      and (required.role is null or required.role = posts.role)
      and (required.job_title is null or lower(required.job_title) = lower(posts.job_title))
      and posts.user_id is not null
  where courses.org_id = new.org_id and courses.id = new.course_id;
  new.expires_on := (new.completed_on + make_interval(months => v_months))::date;
  return new;
end
$$;

comment on function app.derive_training_expiry() is
'Trigger _500_expiry: until when the training holds, by the training matrix, else by its course.';

revoke all on function app.guard_training_record() from public;
revoke all on function app.derive_training_expiry() from public;
