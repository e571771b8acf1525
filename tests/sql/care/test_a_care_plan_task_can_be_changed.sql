-- Nora (nurse) changes what Ruth's plan asks for at the Elms, at noon; Carl and Cleo are carers there, Otto at the Oaks;
-- Mona manages. What was done stays done; what is ahead is made anew.
begin;
select plan(25);

select tests.freeze_clock('2026-06-10 07:00-05');
create temporary table story as
select lakeside, tests.make_site(lakeside, 'The Elms') as elms, tests.make_site(lakeside, 'The Oaks') as oaks
from (select tests.make_org('lakeside') as lakeside) as orgs;
create temporary table people as
select
  tests.make_staff(lakeside, 'nurse', 'Nora', elms) as nora, tests.make_staff(lakeside, 'manager', 'Mona', elms) as mona,
  tests.make_staff(lakeside, 'carer', 'Carl', elms) as carl, tests.make_staff(lakeside, 'carer', 'Cleo', elms) as cleo,
  tests.make_staff(lakeside, 'carer', 'Otto', oaks) as otto
from story;
create temporary table ruth as select tests.make_resident(lakeside, elms, 'Ruth') as id from story;
grant all on story, people, ruth to public;
create function pg_temp.on(p_day date default '2026-06-10') returns text language sql as $$
  select string_agg(concat_ws(' ', to_char(due_time, 'HH24:MI'), status), ', ' order by due_at)
  from public.care_plan_task_occurrences where due_on = p_day and status <> 'cancelled'
$$;
create function pg_temp.open_task() returns uuid language sql as $$
  select id from public.care_plan_tasks where ended_at is null
$$;
create function pg_temp.changes(p_changes jsonb) returns uuid language sql as $$
  select (public.change_care_plan_task(pg_temp.open_task(), p_changes)).id
$$;
create function pg_temp.completes(p_time time) returns text language sql as $$
  select (public.complete_task((
    select id from public.care_plan_task_occurrences where due_on = '2026-06-10' and due_time = p_time and status = 'due'
  ))).status::text
$$;

select tests.act_as((select nora from people));
create temporary table first_task as
select (public.add_care_plan_task(
  (public.start_care_plan((select id from ruth), 'skin', 'high')).care_plan_id, 'repositioning', 'Turn her', '2026-06-10',
  '08:00', 'FREQ=DAILY;BYHOUR=8,10,14,18', p_assigned_to => (select carl from people)
)).id;
grant select on first_task to public;
select tests.act_as((select carl from people));
select is(pg_temp.completes('08:00'), 'completed', 'Carl turns her at eight');
select is(tests.refusal($$ select pg_temp.changes('{"rule": "FREQ=DAILY"}') $$), 'permission_denied', 'he does not plan');

select tests.act_as_system();
select tests.freeze_clock('2026-06-10 13:50-05');
select tests.act_as((select carl from people));
select is(pg_temp.completes('14:00'), 'completed', 'at ten to two he does what is due at two');
select is(pg_temp.on(), '08:00 completed, 10:00 due, 14:00 completed, 18:00 due', 'so stands the day');
select tests.act_as((select otto from people));
select is(tests.refusal(format($$ select public.change_care_plan_task(%L, '{"rule": "FREQ=DAILY"}') $$, (select id from first_task))),
  'permission_denied', 'nobody plans from another home');

-- When it is due, and by whom.
select tests.act_as((select nora from people));
select lives_ok(
  $$ select pg_temp.changes('{"rule": "FREQ=DAILY;BYHOUR=9,14,20", "assigned_to": null}') $$, 'Nora changes the times'
);
select is(
  pg_temp.on(), '08:00 completed, 10:00 due, 14:00 completed, 20:00 due',
  'what was done stays, what is due by now too; two is not asked for twice, nine is over'
);
select is(pg_temp.on('2026-06-11'), '09:00 due, 14:00 due, 20:00 due', 'tomorrow has the new times only');
select is_empty(
  $$ select id from public.care_plan_task_occurrences
     where due_at > app.clock() and status = 'due' and assigned_to is not null $$, 'and is the shift''s'
);
select results_eq(
  $$ select series_id, begins_at, rule from public.care_plan_tasks where ended_at is null $$,
  $$ select id, '2026-06-10 13:50-05'::timestamptz, 'FREQ=DAILY;BYHOUR=9,14,20' from first_task $$,
  'the new task is of the same series'
);
select results_eq(
  $$ select rule, ended_at from public.care_plan_tasks where id = (select id from first_task) $$,
  $$ values ('FREQ=DAILY;BYHOUR=8,10,14,18', '2026-06-10 13:50-05'::timestamptz) $$, 'the former says what was asked until then'
);
select is(
  (select instructions from public.open_care_plan_tasks(array[pg_temp.open_task()], 'treatment')), 'Turn her',
  'what to do stays'
);
select is(
  tests.refusal($$ select public.change_care_plan_task((select id from first_task), '{"grace_minutes": 5}') $$), 'conflict',
  'of two who change it the second reads again'
);

-- Once more: what was done under the first of the series is still not asked for again.
select lives_ok(
  $$ select pg_temp.changes(jsonb_build_object('assigned_to', (select cleo from people), 'instructions', 'Turn her left')) $$,
  'now it is Cleo''s'
);
select is(pg_temp.on(), '08:00 completed, 10:00 due, 14:00 completed, 20:00 due', 'the day stays as it is');
select is(
  (select array_agg(distinct assigned_to) from public.care_plan_task_occurrences where due_at > app.clock() and status = 'due'),
  array[(select cleo from people)], 'all of it hers'
);
select is(
  (select instructions from public.open_care_plan_tasks(array[pg_temp.open_task()], 'treatment')), 'Turn her left',
  'with other words'
);
select is(
  tests.refusal($$ select pg_temp.changes(jsonb_build_object('assigned_to', (select otto from people))) $$), 'not_found',
  'not Otto''s, who works elsewhere'
);
select is(tests.refusal($$ select pg_temp.changes('{"rule": "FREQ=SECONDLY"}') $$), 'invalid_input', 'no rule that is none');
select is(tests.refusal($$ select pg_temp.changes('{"task_kind": "skin"}') $$), 'invalid_input', 'no other kind of task');
select is(tests.refusal($$ select pg_temp.changes('{"first_time": "25:00"}') $$), 'invalid_input', 'no time that is none');
select is(tests.refusal($$ select pg_temp.changes('{}') $$), 'invalid_input', 'nothing is no change');

-- The job goes on with the new rule, and nothing comes twice.
select tests.act_as_system();
do $$ begin perform app.job_generate_care_tasks((select lakeside from story), 100); end $$;
select tests.freeze_clock('2026-06-11 08:00-05');
do $$ begin
  perform app.job_generate_care_tasks((select lakeside from story), 100);
  perform app.job_generate_care_tasks((select lakeside from story), 100);
end $$;
select tests.act_as((select mona from people));
select is(pg_temp.on('2026-06-11'), '09:00 due, 14:00 due, 20:00 due', 'the next day is as it was');
select is(pg_temp.on('2026-06-13'), '09:00 due, 14:00 due, 20:00 due', 'and the days after it');
select is(
  (select count(*) from public.care_plan_tasks where ended_at is null), 1::bigint, 'one task of the series holds'
);
select * from finish();
rollback;
