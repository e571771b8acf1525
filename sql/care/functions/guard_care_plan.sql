-- What holds of care plans whoever writes them. Sealing anew is no change of what was recorded. That a row stays in its
-- organization is held by policies and references, not here.
create function app.guard_care_plan_version() returns trigger
language plpgsql
set search_path = ''
as $$
declare
  v_moves constant text[] := array['org_id', 'site_id', 'version', 'updated_at', 'updated_by'];
begin
  if current_setting('carebase.resealing', true) = 'on' then
    return new;
  end if;
  if tg_op = 'DELETE' then
    perform app.raise_error('conflict', 'What was written in a care plan stays.');
  end if;
  if tg_op = 'INSERT' or new.content is distinct from old.content then
    perform app.check_care_plan_content(new.content);
  end if;
  if tg_op = 'UPDATE' and not (
    old.status = 'draft'
    or (
      to_jsonb(new) - v_moves - '{status,closed_at}'::text[] = to_jsonb(old) - v_moves - '{status,closed_at}'::text[]
      and (
        (new.status = old.status and new.closed_at is not distinct from old.closed_at)
        or (old.status = 'active' and new.status = 'superseded')
      )
    )
  ) then
    perform app.raise_error(
      'conflict', 'What was published stays as it is.', p_hint => 'Write a draft and publish it as the next version.'
    );
  end if;
  return new;
end
$$;

comment on function app.guard_care_plan_version() is
'Trigger _200_guard: a version that was published stays as it is but for the end of its time.';

create function app.check_care_plan_content(p_content bytea) returns void
language plpgsql stable
set search_path = ''
as $$
declare
  v_content jsonb;
begin
  perform app.check_plain('content', 'jsonb', p_content);
  v_content := convert_from(p_content, 'UTF8')::jsonb;
  perform app.check_words(
    'content',
    length(p_content) <= 131072
    and jsonb_typeof(v_content) = 'object'
    and v_content ?& '{needs,goals,interventions}'
    and v_content - '{needs,goals,interventions}'::text[] = '{}'
    and not exists (
      select from jsonb_each(v_content) as fields
      where jsonb_typeof(fields.value) <> 'string' or length(fields.value #>> '{}') > 10000
    ),
    'A care plan says needs, goals and interventions, each in at most 10,000 characters.'
  );
end
$$;

comment on function app.check_care_plan_content(bytea) is
'Ends the request unless this is what a care plan says.';

create function app.guard_care_plan_task() returns trigger
language plpgsql
set search_path = ''
as $$
declare
  v_moves constant text[] := array[
    'org_id', 'site_id', 'version', 'updated_at', 'updated_by', 'assigned_to', 'generated_through', 'ended_at',
    'deleted_at'
  ];
  v_rule app.recurrence;
begin
  if current_setting('carebase.resealing', true) = 'on' then
    return new;
  end if;
  if tg_op = 'UPDATE' then
    if to_jsonb(new) - v_moves <> to_jsonb(old) - v_moves then
      perform app.raise_error('conflict', 'A task stays as it is.', p_hint => 'Call change_care_plan_task().');
    end if;
    if new.site_id <> old.site_id then
      -- Who was to do it works elsewhere.
      new.assigned_to := null;
    end if;
    return new;
  end if;
  perform app.check_words(
    'instructions', length(convert_from(new.instructions, 'UTF8')) between 1 and 2000,
    'Instructions have 1 to 2,000 characters.'
  );
  if new.rule is not null then
    v_rule := app.read_recurrence(new.rule, app.site_zone(new.org_id, new.site_id));
    perform app.check_recurrence(
      coalesce(cardinality(v_rule.hours), case v_rule.freq when 'HOURLY' then 24 else 1 end)
      * coalesce(cardinality(v_rule.minutes), 1) <= 96,
      'A task is due at most 96 times a day.'
    );
  end if;
  new.generated_through := coalesce(new.generated_through, new.first_on - 1);
  return new;
end
$$;

comment on function app.guard_care_plan_task() is
'Trigger _200_guard: a task has instructions and a rule that is understood, and stays as it is until it is ended.';

create function app.guard_care_task_occurrence() returns trigger
language plpgsql
set search_path = ''
as $$
declare
  v_moves constant text[] := array[
    'org_id', 'site_id', 'version', 'updated_at', 'updated_by', 'status', 'assigned_to', 'completed_at',
    'completed_by', 'skip_reason', 'note', 'missed_at'
  ];
begin
  if current_setting('carebase.resealing', true) = 'on' then
    return new;
  end if;
  if tg_op = 'DELETE' then
    perform app.raise_error('conflict', 'What was due stays.');
  end if;
  if (tg_op = 'INSERT' or new.note is distinct from old.note) and new.note is not null then
    perform app.check_words(
      'note', length(convert_from(new.note, 'UTF8')) between 1 and 1000, 'A note has 1 to 1,000 characters.'
    );
  end if;
  if tg_op = 'UPDATE' and (
    to_jsonb(new) - v_moves <> to_jsonb(old) - v_moves
    or (old.missed_at is not null and new.missed_at is distinct from old.missed_at)
    or (
      old.status in ('completed', 'skipped', 'cancelled')
      and to_jsonb(new) - v_moves[:5] <> to_jsonb(old) - v_moves[:5]
      and not app.is_task_taken_back(to_jsonb(old), to_jsonb(new))
    )
    or (old.status = 'missed' and new.status not in ('missed', 'completed', 'skipped'))
  ) then
    perform app.raise_error('conflict', 'What was recorded of a task stays as it is.');
  end if;
  return new;
end
$$;

comment on function app.guard_care_task_occurrence() is
'Trigger _200_guard: what is due stays planned as it was; done and skipped are taken back only where it is noted what had
been said; cancelled is final, and missed was missed.';

create function app.is_task_taken_back(p_old jsonb, p_new jsonb) returns boolean
language plpgsql stable
set search_path = ''
as $$
begin
  return
    p_old ->> 'status' in ('completed', 'skipped') and p_new ->> 'status' in ('due', 'missed')
    and p_new ->> 'note' is null and p_new -> 'assigned_to' = p_old -> 'assigned_to'
    and exists (
      select from public.care_plan_task_corrections as corrections
      where
        corrections.org_id = (p_old ->> 'org_id')::uuid and corrections.occurrence_id = (p_old ->> 'id')::uuid
        and corrections.former_status::text = p_old ->> 'status'
        and corrections.former_completed_at = (p_old ->> 'completed_at')::timestamptz
        and corrections.former_completed_by = (p_old ->> 'completed_by')::uuid
        -- In this very transaction.
        and corrections.created_at = now()
    );
end
$$;

comment on function app.is_task_taken_back(jsonb, jsonb) is
'Whether a change of an occurrence takes back what was signed for it, and what that was is noted.';

create function app.follow_care_task_occurrence() returns trigger
language plpgsql
set search_path = ''
as $$
declare
  v_grace constant interval := old.overdue_at - old.due_at;
begin
  if new.site_id <> old.site_id and new.status = 'due' then
    new.assigned_to := null;
    if old.due_at > app.clock() then
      new.due_at := app.wall_moment(new.due_on + new.due_time, app.site_zone(new.org_id, new.site_id));
      new.overdue_at := new.due_at + v_grace;
    end if;
  end if;
  return new;
end
$$;

comment on function app.follow_care_task_occurrence() is
'Trigger _500_derive: when the resident moves, what is ahead is the new shift''s, by the clocks of the new site.';

create function app.guard_care_plan_review() returns trigger
language plpgsql
set search_path = ''
as $$
declare
  v_moves constant text[] := array['org_id', 'site_id', 'version', 'updated_at', 'updated_by'];
begin
  if current_setting('carebase.resealing', true) = 'on' then
    return new;
  end if;
  if tg_op = 'DELETE'
    or (tg_op = 'UPDATE' and old.status <> 'scheduled' and to_jsonb(new) - v_moves <> to_jsonb(old) - v_moves) then
    perform app.raise_error('conflict', 'What came of a review stays as it is.');
  end if;
  if (tg_op = 'INSERT' or new.note is distinct from old.note) and new.note is not null then
    perform app.check_words(
      'note', length(convert_from(new.note, 'UTF8')) between 1 and 4000, 'A note has 1 to 4,000 characters.'
    );
  end if;
  return new;
end
$$;

comment on function app.guard_care_plan_review() is 'Trigger _200_guard: a review that was done stays as it is.';

revoke all on function app.guard_care_plan_version() from public;
revoke all on function app.check_care_plan_content(bytea) from public;
revoke all on function app.guard_care_plan_task() from public;
revoke all on function app.guard_care_task_occurrence() from public;
revoke all on function app.is_task_taken_back(jsonb, jsonb) from public;
revoke all on function app.follow_care_task_occurrence() from public;
revoke all on function app.guard_care_plan_review() from public;
