-- Which rows are work. One place, for the triggers and for what checks them.
create function app.is_encounter_counted(
  p_provider_id uuid, p_day date, p_status public.encounter_status, p_deleted_at timestamptz
) returns boolean
language sql immutable
return
p_provider_id is not null and p_day is not null and p_deleted_at is null
and p_status not in ('cancelled', 'entered-in-error');

comment on function app.is_encounter_counted(uuid, date, public.encounter_status, timestamptz) is
'Whether an encounter is somebody''s work on a day: not cancelled, not entered in error, not removed.';

create function app.is_question_counted(p_practitioner_id uuid, p_day date, p_deleted_at timestamptz) returns boolean
language sql immutable
return p_practitioner_id is not null and p_day is not null and p_deleted_at is null;

comment on function app.is_question_counted(uuid, date, timestamptz) is
'Whether a question is somebody''s work on a day: a practitioner claimed it, and it was not removed.';

-- One row per practitioner and day that a statement touched, whatever it was: one encounter or a million copied in.
-- What is written is what is there now less what was there before, so that a change of provider, day, status or
-- removal needs no case of its own.
-- SECURITY DEFINER because nobody writes the deltas. A trigger function: it tells of the change that fired it.
create function app.count_encounters() returns trigger
language plpgsql
security definer
set search_path = ''
as $$
begin
  if tg_op = 'INSERT' then
    insert into app.provider_workload_deltas (org_id, practitioner_id, day, encounters)
    select rows.org_id, rows.provider_id, rows.date_of_service, count(*)
    from new_rows as rows
    where app.is_encounter_counted(rows.provider_id, rows.date_of_service, rows.status, rows.deleted_at)
    group by rows.org_id, rows.provider_id, rows.date_of_service;
  elsif tg_op = 'DELETE' then
    insert into app.provider_workload_deltas (org_id, practitioner_id, day, encounters)
    select rows.org_id, rows.provider_id, rows.date_of_service, -count(*)
    from old_rows as rows
    where app.is_encounter_counted(rows.provider_id, rows.date_of_service, rows.status, rows.deleted_at)
    group by rows.org_id, rows.provider_id, rows.date_of_service;
  else
    insert into app.provider_workload_deltas (org_id, practitioner_id, day, encounters)
    select sides.org_id, sides.provider_id, sides.date_of_service, sum(sides.change)
    from (
      select rows.org_id, rows.provider_id, rows.date_of_service, rows.status, rows.deleted_at, 1 as change
      from new_rows as rows
      union all
      select rows.org_id, rows.provider_id, rows.date_of_service, rows.status, rows.deleted_at, -1
      from old_rows as rows
    ) as sides
    where app.is_encounter_counted(sides.provider_id, sides.date_of_service, sides.status, sides.deleted_at)
    group by sides.org_id, sides.provider_id, sides.date_of_service
    having sum(sides.change) <> 0;
  end if;
  return null;
end
$$;

comment on function app.count_encounters() is
'Trigger _510_count_… of encounters: what a statement changed in the workload, per practitioner and day.';

-- The same for questions. SECURITY DEFINER because nobody writes their deltas either.
create function app.count_questions() returns trigger
language plpgsql
security definer
set search_path = ''
as $$
begin
  if tg_op = 'INSERT' then
    insert into app.provider_workload_deltas (org_id, practitioner_id, day, questions)
    select rows.org_id, rows.practitioner_id, rows.claimed_on, count(*)
    from new_rows as rows
    where app.is_question_counted(rows.practitioner_id, rows.claimed_on, rows.deleted_at)
    group by rows.org_id, rows.practitioner_id, rows.claimed_on;
  elsif tg_op = 'DELETE' then
    insert into app.provider_workload_deltas (org_id, practitioner_id, day, questions)
    select rows.org_id, rows.practitioner_id, rows.claimed_on, -count(*)
    from old_rows as rows
    where app.is_question_counted(rows.practitioner_id, rows.claimed_on, rows.deleted_at)
    group by rows.org_id, rows.practitioner_id, rows.claimed_on;
  else
    insert into app.provider_workload_deltas (org_id, practitioner_id, day, questions)
    select sides.org_id, sides.practitioner_id, sides.claimed_on, sum(sides.change)
    from (
      select rows.org_id, rows.practitioner_id, rows.claimed_on, rows.deleted_at, 1 as change from new_rows as rows
      union all
      select rows.org_id, rows.practitioner_id, rows.claimed_on, rows.deleted_at, -1 from old_rows as rows
    ) as sides
    where app.is_question_counted(sides.practitioner_id, sides.claimed_on, sides.deleted_at)
    group by sides.org_id, sides.practitioner_id, sides.claimed_on
    having sum(sides.change) <> 0;
  end if;
  return null;
end
$$;

comment on function app.count_questions() is
'Trigger _510_count_… of nurse_questions: what a statement changed in the workload, per practitioner and day.';

revoke all on function app.is_encounter_counted(uuid, date, public.encounter_status, timestamptz) from public;
revoke all on function app.is_question_counted(uuid, date, timestamptz) from public;
revoke all on function app.count_encounters() from public;
revoke all on function app.count_questions() from public;
