-- Asking providers how they are, once a day in the evening of the organization. Only who takes part is asked, and:
-- * a message says that there is something to read, and nothing else. Its template begins with `private.`, so that the
--   administrators who watch the outbox do not see it. In the application only: a mailbox at work is the employer's.
-- * whoever takes part anonymously is asked after each shift, also when they have checked in: asking only who has not
--   would tell who has. The other two speak of a person's own figures, which an anonymous participant has none of.
-- * one prompt per occurrence, by the key of provider_prompts; two on one evening only if one is about an assessment.
create function app.job_prompt_providers(p_org_id uuid, p_limit integer) returns integer
language plpgsql volatile
set search_path = ''
as $$
declare
  v_today constant date := app.organization_day(p_org_id);
  v_count integer;
begin
  if not app.is_hub_on(p_org_id) then
    return 0;
  end if;
  perform app.ensure_template(
    p_org_id, 'private.resilience', 'in_app', 'A moment for you',
    'How are you? There is something for you here: {{ link }}', '{"link": "link"}'
  );
  with made as (
    insert into public.provider_prompts (
      org_id, practitioner_id, user_id, kind, occurrence_on, prompted_on, question_count
    )
    select p_org_id, due.practitioner_id, due.user_id, due.kind, due.occurrence_on, v_today, due.question_count
    from app.due_prompts(p_org_id, v_today) as due
    order by due.user_id, due.kind
    limit p_limit
    on conflict (org_id, user_id, kind, occurrence_on) do nothing
    returning id, user_id, kind
  )
  select count(*) into v_count from made where app.tell_of_prompt(p_org_id, made.id, made.user_id, made.kind);
  -- How many were asked is kept by job_runs, and the fewer they are the more it tells: whole batches only.
  return case when v_count >= p_limit then p_limit else 0 end;
end
$$;

comment on function app.job_prompt_providers(uuid, integer) is
'Scheduled: asks providers of an organization who take part how they are, where a rule says so, p_limit at a time.
Idempotent: yes.';

-- Quiet hours hold back mail and not what is shown in the application, so they are kept here. A prompt of today does
-- not wait for tomorrow, when it would speak of the wrong day; it is there to be read then, too.
create function app.tell_of_prompt(
  p_org_id uuid, p_prompt_id uuid, p_user_id uuid, p_kind public.provider_prompt_kind
) returns boolean
language plpgsql volatile
set search_path = ''
as $$
declare
  v_zone text;
  v_expires_at timestamptz;
  v_trigger_at timestamptz;
begin
  select orgs.time_zone into v_zone from public.organizations as orgs where orgs.id = p_org_id;
  v_expires_at := (
    app.organization_day(p_org_id) + case p_kind when 'reassessment' then 14 else 1 end
  )::timestamp at time zone v_zone;
  select app.quiet_until(
    app.wall_clock(), coalesce(preferences.time_zone, v_zone), preferences.quiet_from, preferences.quiet_until,
    preferences.quiet_days
  ) into v_trigger_at
  from public.notification_preferences as preferences
  where preferences.org_id = p_org_id and preferences.user_id = p_user_id;

  if coalesce(v_trigger_at < v_expires_at, true) then
    perform app.enqueue_notification(
      p_org_id, 'in_app', p_user_id, 'private.resilience', '{"link": "/resilience/prompts"}', v_trigger_at,
      p_dedupe_key => 'private.resilience:' || p_prompt_id, p_expires_at => v_expires_at
    );
  end if;
  return true;
end
$$;

comment on function app.tell_of_prompt(uuid, uuid, uuid, public.provider_prompt_kind) is
'Schedules the message that there is a prompt, at the end of the person''s quiet hours; none where that is too late.';

-- Planned for the organization that is asked about, which may be a hundred thousand times as large as another.
create function app.due_prompts(p_org_id uuid, p_today date)
returns table (
  practitioner_id uuid, user_id uuid, kind public.provider_prompt_kind, occurrence_on date, question_count integer
)
language plpgsql stable
set search_path = ''
set plan_cache_mode = force_custom_plan
as $$
begin
  return query
  with busy as materialized (
    select asked.*
    from app.due_question_prompts(p_org_id, p_today) as asked
    where not exists (
      select from public.provider_prompts as prompts
      where
        prompts.org_id = p_org_id and prompts.user_id = asked.user_id and prompts.kind = 'question_volume'
        and prompts.occurrence_on = asked.run_from and prompts.prompted_on < p_today
    )
  ),
  due as (
    select
      busy.practitioner_id, busy.user_id, 'question_volume'::public.provider_prompt_kind as kind,
      busy.run_from as occurrence_on, busy.questions as question_count
    from busy
    union all
    select people.practitioner_id, people.user_id, 'after_shift', p_today, null
    from app.participants(p_org_id) as people
    inner join app.provider_workload_live as live
      on live.org_id = p_org_id and live.practitioner_id = people.practitioner_id and live.day = p_today
    where
      live.encounters > 0
      and (
        people.level = 'anonymous' or not exists (
          select from public.provider_daily_checkins as checkins
          where
            checkins.org_id = p_org_id and checkins.user_id = people.user_id and checkins.checkin_date = p_today
        )
      )
      -- Asked once an evening how they are.
      and not exists (select from busy where busy.user_id = people.user_id)
    union all
    select
      people.practitioner_id, people.user_id, 'reassessment',
      app.reassess_on(burnout.assessment_date, burnout.composite), null
    from app.participants(p_org_id) as people
    inner join app.latest_burnout_level(p_org_id) as burnout on burnout.user_id = people.user_id
    where people.level <> 'anonymous' and app.reassess_on(burnout.assessment_date, burnout.composite) <= p_today
  )
  select due.*
  from due
  where not exists (
    select from public.provider_prompts as prompts
    where
      prompts.org_id = p_org_id and prompts.user_id = due.user_id and prompts.kind = due.kind
      and prompts.occurrence_on = due.occurrence_on
  );
end
$$;

comment on function app.due_prompts(uuid, date) is
'Whom of an organization to ask how they are on a day, why, and what for, unless they have been asked.';

-- The rule's fifth day, or a later one where nobody asked on the fifth. First the few of those who take part who had
-- five such days; then when their run began.
-- Planned for the organization that is asked about, which may be a hundred thousand times as large as another.
create function app.due_question_prompts(p_org_id uuid, p_today date)
returns table (practitioner_id uuid, user_id uuid, run_from date, questions integer)
language plpgsql stable
set search_path = ''
set plan_cache_mode = force_custom_plan
as $$
begin
  return query
  with busy as materialized (
    select
      people.practitioner_id, people.user_id, max(live.questions) filter (where live.day = p_today) as questions
    from app.participants(p_org_id) as people
    inner join app.provider_workload_live as live
      on live.org_id = p_org_id and live.practitioner_id = people.practitioner_id
    where
      live.day > p_today - 5 and live.day <= p_today and live.questions > 20 and people.level <> 'anonymous'
    group by people.practitioner_id, people.user_id
    having count(*) = 5
  )
  select busy.practitioner_id, busy.user_id, runs.current_from, busy.questions
  from busy
  inner join app.question_runs(
    p_org_id, array(select busy.practitioner_id from busy), p_today - 366, p_today
  ) as runs on runs.practitioner_id = busy.practitioner_id;
end
$$;

comment on function app.due_question_prompts(uuid, date) is
'Who of an organization, of those who take part by name, has had more than 20 questions on each of five days and more in a
row that end today; since when, and how many today.';

create function app.reassess_on(p_assessment_date date, p_composite numeric) returns date
language sql immutable
return p_assessment_date + case app.burnout_level(p_composite)
  when 'critical' then 7
  when 'high' then 14
  when 'moderate' then 30
  else 90
end;

comment on function app.reassess_on(date, numeric) is
'When an assessment is due again: after 7 days where it found a critical risk, 14 high, 30 moderate, 90 low.';

revoke all on function app.job_prompt_providers(uuid, integer) from public;
revoke all on function app.tell_of_prompt(uuid, uuid, uuid, public.provider_prompt_kind) from public;
revoke all on function app.due_prompts(uuid, date) from public;
revoke all on function app.due_question_prompts(uuid, date) from public;
revoke all on function app.reassess_on(date, numeric) from public;
