-- Carl (carer at the Elms) says that Ruth was turned, and it was Rose. He takes it back within his shift; later Nora (nurse)
-- or Mona (manager) do. Cleo is a carer there, too, Otto at the Oaks.
begin;
select plan(27);

select tests.freeze_clock('2026-06-10 07:55-05');
create temporary table story as
select lakeside, tests.make_site(lakeside, 'The Elms') as elms, tests.make_site(lakeside, 'The Oaks') as oaks
from (select tests.make_org('lakeside') as lakeside) as orgs;
create temporary table people as
select
  tests.make_staff(lakeside, 'nurse', 'Nora', elms) as nora, tests.make_staff(lakeside, 'manager', 'Mona', elms) as mona,
  tests.make_staff(lakeside, 'carer', 'Carl', elms) as carl, tests.make_staff(lakeside, 'carer', 'Cleo', elms) as cleo,
  tests.make_staff(lakeside, 'carer', 'Otto', oaks) as otto, tests.make_person(lakeside, 'nurse', 'Nina', elms) as nina
from story;
create temporary table ruth as select tests.make_resident(lakeside, elms, 'Ruth') as id from story;
grant all on story, people, ruth to public;
create function pg_temp.task(p_time time) returns uuid language sql security definer as $$
  select id from public.care_plan_task_occurrences where due_on = '2026-06-10' and due_time = p_time
$$;
create function pg_temp.undoes(p_time time, p_reason text default 'It was Rose') returns text language sql as $$
  select (public.undo_task(pg_temp.task(p_time), p_reason)).status::text
$$;

select tests.act_as((select nora from people));
select lives_ok(
  $$ select public.add_care_plan_task(
    (public.start_care_plan((select id from ruth), 'skin', 'high')).care_plan_id, 'repositioning', 'Turn her', '2026-06-10',
    '08:00', 'FREQ=DAILY;BYHOUR=8,10,12', p_assigned_to => (select carl from people)) $$, 'Carl is to turn Ruth'
);
select tests.act_as((select carl from people));
select is(tests.refusal($$ select pg_temp.undoes('08:00') $$), 'conflict', 'what nobody signed is not taken back');
select is((public.complete_task(pg_temp.task('08:00'), 'On her left')).status::text, 'completed', 'he says he did');

select tests.act_as((select cleo from people));
select is(tests.refusal($$ select pg_temp.undoes('08:00') $$), 'permission_denied', 'a colleague does not take it back');
select tests.act_as((select otto from people));
select is(tests.refusal($$ select pg_temp.undoes('08:00') $$), 'not_found', 'nor who works elsewhere');
select tests.act_as((select nina from people));
select is(tests.refusal($$ select pg_temp.undoes('08:00') $$), 'permission_denied', 'nor who is not employed');
select tests.act_as((select carl from people));
select is(tests.refusal($$ select pg_temp.undoes('08:00', '  ') $$), 'invalid_input', 'not without a reason');
select is(pg_temp.undoes('08:00'), 'due', 'he does: it is to be done again');
select is(pg_temp.undoes('08:00'), 'due', 'asked again it is the same');
select results_eq(
  $$ select completed_at, completed_by, note from public.care_plan_task_occurrences where id = pg_temp.task('08:00') $$,
  $$ values (null::timestamptz, null::uuid, null::bytea) $$, 'nobody has done it'
);
select results_eq(
  $$ select former_status::text, former_completed_by, former_completed_at, corrected_by
     from public.care_plan_task_corrections $$,
  $$ select 'completed', carl, '2026-06-10 07:55-05'::timestamptz, carl from people $$, 'once, it is written down who had said what'
);
select results_eq(
  $$ select reason, former_note from public.open_care_plan_task_corrections(
    array(select id from public.care_plan_task_corrections), 'treatment') $$,
  $$ values ('It was Rose', 'On her left') $$, 'in which words, and why not'
);
select is(
  (select count(*) from public.care_plan_task_corrections where encode(reason, 'escape') ~ 'Rose'), 0::bigint,
  'in no clear text'
);
select tests.act_as_system();
select tests.freeze_clock('2026-06-10 07:58-05');
select tests.act_as((select carl from people));
select is((public.complete_task(pg_temp.task('08:00'))).status::text, 'completed', 'then he does turn her');

-- By tables nothing is undone that is not written down.
select tests.act_as_system();
select is(
  tests.refusal($$ update public.care_plan_task_occurrences
    set status = 'due', completed_at = null, completed_by = null where id = pg_temp.task('08:00') $$), 'conflict',
  'the table refuses it'
);
select is(tests.refusal('delete from public.care_plan_task_corrections'), 'conflict', 'and what is written down stays');

-- Skipped, and missed before.
select tests.freeze_clock('2026-06-10 11:30-05');
do $$ begin perform app.job_resolve_overdue_tasks((select lakeside from story), 100); end $$;
select tests.act_as((select carl from people));
select is((public.skip_task(pg_temp.task('10:00'), 'asleep')).status::text, 'skipped', 'late, he says why it was not done');
select is(pg_temp.undoes('10:00', 'She was awake'), 'missed', 'taken back, it was missed, as before');
select ok(
  (select missed_at is not null and skip_reason is null from public.care_plan_task_occurrences
   where id = pg_temp.task('10:00')), 'which stays'
);
select is(
  (select former_skip_reason::text from public.care_plan_task_corrections where former_status = 'skipped'), 'asleep',
  'and what he had said'
);

-- After the shift.
select tests.act_as_system();
select tests.freeze_clock('2026-06-10 20:00-05');
select tests.act_as((select carl from people));
select is(tests.refusal($$ select pg_temp.undoes('08:00') $$), 'permission_denied', 'in the evening it is too late for him');
select tests.act_as((select mona from people));
select is(pg_temp.undoes('08:00', 'He told me'), 'due', 'not for Mona');
select tests.act_as_system();
do $$ begin perform app.job_resolve_overdue_tasks((select lakeside from story), 100); end $$;
select is(
  (select status::text from public.care_plan_task_occurrences where id = pg_temp.task('08:00')), 'missed',
  'its time is over: it was missed'
);
select tests.act_as((select nora from people));
select is((public.complete_task(pg_temp.task('08:00'))).status::text, 'completed', 'unless somebody knows better');
select is(
  (select count(*) from public.care_plan_task_corrections where occurrence_id = pg_temp.task('08:00')), 2::bigint,
  'twice it was taken back'
);
select is(pg_temp.undoes('08:00', 'No'), 'missed', 'Nora takes it back, too');
select tests.act_as((select otto from people));
select is_empty('select id from public.care_plan_task_corrections', 'the other home reads nothing of it');
select * from finish();
rollback;
