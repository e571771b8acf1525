-- Training and checks that are about to expire, told to the person and to who manages them: 90, 60, 30, 14 and 7 days
-- before, and on the last day. One message for each record and step: the key of the outbox. Of steps that were missed
-- only the last is told. What has been renewed is not spoken of. Quiet hours are the outbox's.
create function app.training_step(p_expires_on date, p_on date) returns integer
language sql immutable
return (
  case
    when p_expires_on < p_on - 7 then null
    when p_expires_on <= p_on then 0
    when p_expires_on <= p_on + 7 then 7
    when p_expires_on <= p_on + 14 then 14
    when p_expires_on <= p_on + 30 then 30
    when p_expires_on <= p_on + 60 then 60
    when p_expires_on <= p_on + 90 then 90
  end
);

comment on function app.training_step(date, date) is
'Which reminder a record is at: so many days before it expires, 0 from its last day on; null: none, or none any more.';

create function app.due_training_reminders(p_org_id uuid, p_on date, p_limit integer)
returns table (record_id uuid, user_id uuid, code text, expires_on date, step integer)
language plpgsql stable
set search_path = ''
set plan_cache_mode = force_custom_plan
as $$
begin
  return query
  select due.id, due.user_id, due.code, due.expires_on, app.training_step(due.expires_on, p_on)
  from (
    select records.id, records.user_id, courses.code, records.expires_on
    from public.training_records as records
    inner join public.training_courses as courses
      on courses.org_id = records.org_id and courses.id = records.course_id
    where
      records.org_id = p_org_id and records.status = 'completed' and courses.is_active
      and records.expires_on >= p_on - 7 and records.expires_on <= p_on + 90
    union all
    select checks.id, checks.user_id, checks.kind::text, checks.expires_on
    from public.staff_checks as checks
    where
      checks.org_id = p_org_id and checks.status = 'clear'
      and checks.expires_on >= p_on - 7 and checks.expires_on <= p_on + 90
  ) as due
  inner join public.staff_members as staff
    on
      staff.org_id = p_org_id and staff.user_id = due.user_id and staff.employed_during @> p_on
      and staff.deleted_at is null
  -- Nothing holds longer: it has not been renewed.
  where
    not exists (
      select from app.training_held(p_org_id, p_on, array[due.user_id], array[due.code]) as held
      where held.valid_until > due.expires_on
    )
    and not exists (
      select from public.notification_queue as told
      where
        told.org_id = p_org_id
        and told.dedupe_key = app.training_reminder_key(due.id, app.training_step(due.expires_on, p_on), due.user_id)
    )
  order by due.expires_on, due.id
  limit p_limit;
end
$$;

comment on function app.due_training_reminders(uuid, date, integer) is
'Training and checks of people who are employed that reached a step of reminding and were not told of in it.';

create function app.training_reminder_key(p_record_id uuid, p_step integer, p_recipient uuid) returns text
language sql immutable
return 'care.training_expiring:' || p_record_id::text || ':' || p_step::text || ':' || p_recipient::text;

comment on function app.training_reminder_key(uuid, integer, uuid) is
'The key under which the outbox holds one reminder: a record, a step, a recipient.';

create function app.managers_of(p_org_id uuid, p_user_id uuid, p_on date) returns setof uuid
language sql stable
set search_path = ''
as $$
  select distinct managers.user_id
  from app.staff_posts(p_org_id, p_on) as managers
  where
    managers.role = 'manager'
    and managers.user_id <> p_user_id
    and exists (
      select from app.staff_posts(p_org_id, p_on, p_user_id) as posts
      where
        managers.site_id is null
        or managers.site_id = posts.site_id
        or (posts.site_id is null and posts.role in ('case_manager', 'nurse', 'clinician', 'carer', 'scheduler'))
    )
$$;

comment on function app.managers_of(uuid, uuid, date) is 'Who manages a site at which somebody works on a day.';

create function app.job_remind_training(p_org_id uuid, p_limit integer) returns integer
language plpgsql volatile
set search_path = ''
as $$
declare
  v_on constant date := app.organization_day(p_org_id);
  v_due record;
  v_recipient uuid;
  v_count integer := 0;
begin
  if not app.has_care_homes(p_org_id) then
    return 0;
  end if;
  perform app.ensure_words(
    p_org_id, 'care.training_expiring', 'Training or a check is about to expire',
    'What is about to expire: {{ code }}, on {{ expires_on }}. See {{ link }}',
    '{"code": "code", "expires_on": "date", "days": "number", "person": "id", "link": "link"}'
  );
  for v_due in select due.* from app.due_training_reminders(p_org_id, v_on, p_limit) as due loop
    for v_recipient in
      select v_due.user_id
      union
      select managers.user_id from app.managers_of(p_org_id, v_due.user_id, v_on) as managers (user_id)
    loop
      perform app.enqueue_notification(
        p_org_id, channels.name, v_recipient, 'care.training_expiring',
        jsonb_build_object(
          'code', v_due.code, 'expires_on', v_due.expires_on, 'days', v_due.step, 'person', v_due.user_id,
          'link', '/training/' || v_due.user_id
        ),
        p_dedupe_key => app.training_reminder_key(v_due.record_id, v_due.step, v_recipient)
          || case channels.name when 'email' then ':email' else '' end
      )
      from unnest(array['email', 'in_app']::public.notification_channel[]) as channels (name);
    end loop;
    v_count := v_count + 1;
  end loop;
  return v_count;
end
$$;

comment on function app.job_remind_training(uuid, integer) is
'Scheduled: reminds people of an organization, and who manages them, of training and checks that are about to expire, each
once in each step, p_limit at a time. Idempotent: yes.';

revoke all on function app.training_step(date, date) from public;
revoke all on function app.due_training_reminders(uuid, date, integer) from public;
revoke all on function app.training_reminder_key(uuid, integer, uuid) from public;
revoke all on function app.managers_of(uuid, uuid, date) from public;
revoke all on function app.job_remind_training(uuid, integer) from public;
