-- Deltas become days. Deleting a row and adding it to its day is one statement: a kill leaves nothing half done, and
-- what another transaction has not committed is not there to be taken; it is folded later. No transaction's number is
-- compared, so a database that was restored elsewhere and counts transactions anew folds as before.
--
-- Two at once skip each other's rows. Days are written in the order of their key, so that neither waits for the other
-- while the other waits for it.
create function app.fold_workload(p_limit integer default 10000) returns integer
language plpgsql volatile
set search_path = ''
as $$
declare
  v_count integer;
begin
  with taken as materialized (
    delete from app.provider_workload_deltas
    where ctid = any(array(
      select deltas.ctid from app.provider_workload_deltas as deltas
      limit p_limit
      for update skip locked
    ))
    returning org_id, practitioner_id, day, encounters, questions
  ), folded as (
    insert into app.provider_workload_days as days (org_id, practitioner_id, day, encounters, questions)
    select taken.org_id, taken.practitioner_id, taken.day, sum(taken.encounters), sum(taken.questions)
    from taken
    -- Of a practitioner who was removed since, everything that counted is gone too: their deltas add up to nothing.
    inner join public.org_practitioners as known
      on known.org_id = taken.org_id and known.practitioner_id = taken.practitioner_id
    group by taken.org_id, taken.practitioner_id, taken.day
    order by taken.org_id, taken.practitioner_id, taken.day
    on conflict (org_id, practitioner_id, day) do update set
      encounters = days.encounters + excluded.encounters, questions = days.questions + excluded.questions
  )
  select count(*) into v_count from taken;
  return v_count;
end
$$;

comment on function app.fold_workload(integer) is
'Adds changes of the workload to their days, p_limit at a time; how many. The live figure stays the same.';

create function app.job_fold_workload(p_limit integer) returns integer
language sql volatile
set search_path = ''
as $$
  select app.fold_workload(p_limit)
$$;

comment on function app.job_fold_workload(integer) is
'Scheduled: adds changes of the workload to their days, p_limit at a time. Idempotent: yes.';

-- What the live figure would have to be, counted from the rows themselves. One statement sees one moment of all four
-- tables, so a difference is a fault and never a transaction that is under way.
create function app.workload_drift(p_org_id uuid)
returns table (practitioner_id uuid, day date, encounters integer, questions integer)
language sql stable
set search_path = ''
as $$
  select sides.practitioner_id, sides.day, sum(sides.encounters)::integer, sum(sides.questions)::integer
  from (
    select rows.provider_id as practitioner_id, rows.date_of_service as day, 1 as encounters, 0 as questions
    from public.encounters as rows
    where
      rows.org_id = p_org_id
      and app.is_encounter_counted(rows.provider_id, rows.date_of_service, rows.status, rows.deleted_at)
    union all
    select rows.practitioner_id, rows.claimed_on, 0, 1
    from public.nurse_questions as rows
    where
      rows.org_id = p_org_id and app.is_question_counted(rows.practitioner_id, rows.claimed_on, rows.deleted_at)
    union all
    select parts.practitioner_id, parts.day, -parts.encounters, -parts.questions
    from app.provider_workload_parts as parts
    where parts.org_id = p_org_id
  ) as sides
  group by sides.practitioner_id, sides.day
  having sum(sides.encounters) <> 0 or sum(sides.questions) <> 0
$$;

comment on function app.workload_drift(uuid) is
'By how much the live workload of an organization lies below a full recount, where it differs; no row: it is exact.';

-- For rows that were there before the triggers were. Whoever is writing meanwhile goes on: what they write is counted
-- by their own deltas, and was not seen by this statement.
create function app.mend_workload(p_org_id uuid) returns integer
language plpgsql volatile
set search_path = ''
as $$
declare
  v_count integer;
begin
  insert into app.provider_workload_deltas (org_id, practitioner_id, day, encounters, questions)
  select p_org_id, drift.practitioner_id, drift.day, drift.encounters, drift.questions
  from app.workload_drift(p_org_id) as drift;
  get diagnostics v_count = row_count;
  return v_count;
end
$$;

comment on function app.mend_workload(uuid) is
'Makes the live workload of an organization what a full recount gives; how many days differed. Idempotent: yes.';

revoke all on function app.fold_workload(integer) from public;
revoke all on function app.job_fold_workload(integer) from public;
revoke all on function app.workload_drift(uuid) from public;
revoke all on function app.mend_workload(uuid) from public;
