-- Asking providers how they are, once a day after their work: in the hour that they chose, or in the evening of the
-- organization. Only who takes part is asked, and:
-- * a message says that there is something to read, and nothing else. Its template begins with `private.`, so that the
--   administrators who watch the outbox do not see it. In the application only: a mailbox at work is the employer's.
-- * whoever takes part anonymously is asked after each shift, also when they have checked in: asking only who has not
--   would tell who has. The other two speak of a person's own figures, which an anonymous participant has none of.
-- * one prompt per occurrence, by the key of provider_prompts; two on one day only if one is about an assessment.
create function app.job_prompt_providers(p_org_id uuid, p_limit integer, p_due_at timestamptz) returns integer
language plpgsql volatile
set search_path = ''
as $$
declare
  v_today constant date := app.organization_day(p_org_id, p_due_at);
  v_hour integer;
  v_made integer;
  v_count integer := 0;
begin
  if not app.is_hub_on(p_org_id) then
    return 0;
  end if;
  perform app.ensure_template(
    p_org_id, 'private.resilience', 'in_app', 'A moment for you',
    'How are you? There is something for you here: {{ link }}', '{"link": "link"}'
  );
  foreach v_hour in array app.hours_begun(p_org_id, p_due_at) loop
    with made as (
      insert into public.provider_prompts (
        org_id, practitioner_id, user_id, kind, occurrence_on, prompted_on, question_count, counted_on
      )
      select
        p_org_id, due.practitioner_id, due.user_id, due.kind, due.occurrence_on, v_today, due.question_count,
        due.counted_on
      from app.due_prompts(p_org_id, v_today, v_hour) as due
      order by due.user_id, due.kind
      limit p_limit - v_count
      on conflict (org_id, user_id, kind, occurrence_on) do nothing
      returning id, user_id, kind
    )
    select count(*) into v_made from made where app.tell_of_prompt(p_org_id, made.id, made.user_id, made.kind);
    v_count := v_count + v_made;
  end loop;
  -- How many were asked is kept by job_runs, and the fewer they are the more it tells: whole batches only.
  return case when v_count >= p_limit then p_limit else 0 end;
end
$$;

comment on function app.job_prompt_providers(uuid, integer, timestamptz) is
'Scheduled: asks providers of an organization who take part how they are, in their own hour, where a rule says so,
p_limit at a time.
Idempotent: yes.';

-- One hour as a rule. Where clocks go forward the hour that is left out begins with the next, and where they go back
-- the hour that comes twice begins once: whoever chose it is asked once on each day of the year.
create function app.hours_begun(p_org_id uuid, p_at timestamptz) returns integer[]
language sql stable
set search_path = ''
as $$
  select coalesce(array_agg(extract(hour from hours.hour)::integer order by hours.hour), '{}')
  from public.organizations as orgs
  cross join lateral generate_series(
    date_trunc('hour', (p_at - interval '1 hour') at time zone orgs.time_zone) + interval '1 hour',
    date_trunc('hour', p_at at time zone orgs.time_zone),
    interval '1 hour'
  ) as hours (hour)
  where orgs.id = p_org_id
$$;

comment on function app.hours_begun(uuid, timestamptz) is
'The hours, 0 to 23, that have begun on an organization''s clock in the hour before a moment.';

-- Few choose an hour of their own: where nobody did, the others are not even read.
create function app.prompted_at(p_org_id uuid, p_hour integer)
returns table (practitioner_id uuid, user_id uuid, level public.participation_level)
language plpgsql stable
set search_path = ''
set plan_cache_mode = force_custom_plan
as $$
begin
  if p_hour <> 19 and not exists (
    select from public.notification_preferences as chosen
    where chosen.org_id = p_org_id and chosen.prompt_hour = p_hour
  ) then
    return;
  end if;
  return query
  select people.practitioner_id, people.user_id, people.level
  from app.participants(p_org_id) as people
  left join public.notification_preferences as chosen
    on chosen.org_id = p_org_id and chosen.user_id = people.user_id
  where coalesce(chosen.prompt_hour, 19) = p_hour;
end
$$;

comment on function app.prompted_at(uuid, integer) is
'Who of an organization takes part and is asked in this hour of its clock: who chose it, at 19 also who chose none.';

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

-- Before noon it is the day before that is over, for whoever works nights or would rather look back in the morning. A
-- shift that went past midnight is known by what was done after it, and is one occurrence with its last day.
-- Planned for the organization that is asked about, which may be a hundred thousand times as large as another.
create function app.due_prompts(p_org_id uuid, p_today date, p_hour integer)
returns table (
  practitioner_id uuid, user_id uuid, kind public.provider_prompt_kind, occurrence_on date, question_count integer,
  counted_on date
)
language plpgsql stable
set search_path = ''
set plan_cache_mode = force_custom_plan
as $$
declare
  v_over_on constant date := p_today - (p_hour < 12)::integer;
begin
  return query
  with people as materialized (
    select asked.* from app.prompted_at(p_org_id, p_hour) as asked
  ),
  busy as materialized (
    select asked.*
    from app.due_question_prompts(p_org_id, v_over_on, p_hour) as asked
    where not exists (
      select from public.provider_prompts as prompts
      where
        prompts.org_id = p_org_id and prompts.user_id = asked.user_id and prompts.kind = 'question_volume'
        and prompts.occurrence_on = asked.run_from and prompts.prompted_on < p_today
    )
  ),
  shifts as (
    select people.practitioner_id, people.user_id, people.level, max(live.day) as worked_on
    from people
    inner join app.provider_workload_live as live
      on live.org_id = p_org_id and live.practitioner_id = people.practitioner_id
    where live.day >= v_over_on and live.day <= p_today and live.encounters > 0
    group by people.practitioner_id, people.user_id, people.level
  ),
  due as (
    select
      busy.practitioner_id, busy.user_id, 'question_volume'::public.provider_prompt_kind as kind,
      busy.run_from as occurrence_on, busy.questions as question_count, v_over_on as counted_on
    from busy
    union all
    select shifts.practitioner_id, shifts.user_id, 'after_shift', shifts.worked_on, null, null
    from shifts
    where
      (
        shifts.level = 'anonymous' or not exists (
          select from public.provider_daily_checkins as checkins
          where
            checkins.org_id = p_org_id and checkins.user_id = shifts.user_id
            and checkins.checkin_date >= shifts.worked_on and checkins.checkin_date <= p_today
        )
      )
      -- Asked once a day how they are.
      and not exists (select from busy where busy.user_id = shifts.user_id)
    union all
    select
      people.practitioner_id, people.user_id, 'reassessment',
      app.reassess_on(burnout.assessment_date, burnout.composite), null, null
    from people
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

comment on function app.due_prompts(uuid, date, integer) is
'Whom of an organization to ask how they are in an hour of a day, why, and what for, unless they have been asked.';

-- The rule's fifth day, or a later one where nobody asked on the fifth. First the few of those whose hour it is who had
-- five such days; then when their run began.
-- Planned for the organization that is asked about, which may be a hundred thousand times as large as another.
create function app.due_question_prompts(p_org_id uuid, p_day date, p_hour integer)
returns table (practitioner_id uuid, user_id uuid, run_from date, questions integer)
language plpgsql stable
set search_path = ''
set plan_cache_mode = force_custom_plan
as $$
begin
  return query
  with busy as materialized (
    select
      people.practitioner_id, people.user_id, max(live.questions) filter (where live.day = p_day) as questions
    from app.prompted_at(p_org_id, p_hour) as people
    inner join app.provider_workload_live as live
      on live.org_id = p_org_id and live.practitioner_id = people.practitioner_id
    where
      live.day > p_day - 5 and live.day <= p_day and live.questions > 20 and people.level <> 'anonymous'
    group by people.practitioner_id, people.user_id
    having count(*) = 5
  )
  select busy.practitioner_id, busy.user_id, runs.current_from, busy.questions
  from busy
  inner join app.question_runs(
    p_org_id, array(select busy.practitioner_id from busy), p_day - 366, p_day
  ) as runs on runs.practitioner_id = busy.practitioner_id;
end
$$;

comment on function app.due_question_prompts(uuid, date, integer) is
'Who of an organization, of those who take part by name and are asked in this hour, has had more than 20 questions on each
of five days and more in a row that end on a day; since when, and how many on that day.';

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

revoke all on function app.job_prompt_providers(uuid, integer, timestamptz) from public;
revoke all on function app.hours_begun(uuid, timestamptz) from public;
revoke all on function app.prompted_at(uuid, integer) from public;
revoke all on function app.tell_of_prompt(uuid, uuid, uuid, public.provider_prompt_kind) from public;
revoke all on function app.due_prompts(uuid, date, integer) from public;
revoke all on function app.due_question_prompts(uuid, date, integer) from public;
revoke all on function app.reassess_on(date, numeric) from public;
