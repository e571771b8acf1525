-- Ruth lives at the Elms. Carl and Cleo (carers there) do what is theirs, Nora (nurse) and Mona (manager) look after the
-- rest; Otto is a carer of the Oaks, Ola the owner, Hugo of Harbor.
begin;
select plan(35);

select tests.freeze_clock('2026-06-10 08:00-05');
create temporary table story as
select lakeside, harbor, tests.make_site(lakeside, 'The Elms') as elms, tests.make_site(lakeside, 'The Oaks') as oaks
from (select tests.make_org('lakeside') as lakeside, tests.make_org('harbor') as harbor) as orgs;
create temporary table people as
select
  tests.make_staff(lakeside, 'nurse', 'Nora', elms) as nora,
  tests.make_staff(lakeside, 'manager', 'Mona', elms) as mona,
  tests.make_staff(lakeside, 'carer', 'Carl', elms) as carl,
  tests.make_staff(lakeside, 'carer', 'Cleo', elms) as cleo,
  tests.make_staff(lakeside, 'carer', 'Otto', oaks) as otto,
  tests.make_person(lakeside, 'carer', 'Nina', elms) as nina,
  tests.make_staff(lakeside, 'org_owner', 'Ola') as ola,
  tests.make_staff(harbor, 'manager', 'Hugo') as hugo
from story;
create temporary table ruth as select tests.make_resident(lakeside, elms, 'Ruth') as id from story;
grant all on story, people, ruth to public;

create function pg_temp.task(p_time time) returns uuid language sql as $$
  select id from public.care_plan_task_occurrences where due_on = '2026-06-10' and due_time = p_time
$$;
create function pg_temp.stands(p_time time) returns text language sql as $$
  select concat_ws(' ', status, case assigned_to when (select carl from people) then 'Carl' when (select cleo from people) then 'Cleo' end)
  from public.care_plan_task_occurrences where due_on = '2026-06-10' and due_time = p_time
$$;
create function pg_temp.list(p_is_mine boolean default false, p_after uuid default null) returns text language sql as $$
  select string_agg(concat_ws(' ', due_time, instructions), ', ')
  from public.list_shift_tasks(
    (select elms from story), '2026-06-10 07:00-05', '2026-06-10 15:00-05', 'treatment', p_is_mine, 3, p_after
  )
$$;

select tests.act_as((select nora from people));
create temporary table care_plan as
select started.care_plan_id as id from public.start_care_plan((select id from ruth), 'skin', 'high') as started;
grant select on care_plan to public;
select lives_ok(
  $$ select public.add_care_plan_task(
    (select id from care_plan), 'repositioning', 'Turn her', '2026-06-10', '08:00', 'FREQ=DAILY;BYHOUR=8,10,12,14'
  ) $$, 'a nurse plans what is done four times a day'
);
select lives_ok(
  $$ select public.add_care_plan_task(
    (select id from care_plan), 'observation', 'Look at her heel', '2026-06-10', '09:00',
    p_assigned_to => (select carl from people)
  ) $$, 'and once, by Carl'
);
select is(
  tests.refusal($$ select public.add_care_plan_task(
    (select id from care_plan), 'skin', 'x', '2026-06-10', '09:00', p_assigned_to => (select otto from people)
  ) $$), 'not_found', 'not by who works elsewhere'
);
select is(
  tests.refusal($$ select public.add_care_plan_task(
    (select id from care_plan), 'skin', 'x', '2026-06-10', '09:00', 'FREQ=SECONDLY'
  ) $$), 'invalid_input', 'nor by a rule that is not understood'
);
select is(
  tests.refusal($$ select public.add_care_plan_task(
    (select id from care_plan), 'skin', 'x', '2026-06-10', '09:00', 'FREQ=HOURLY;BYMINUTE=0,10,20,30,40'
  ) $$), 'invalid_input', 'nor without a pause'
);
select tests.act_as((select carl from people));
select is(
  tests.refusal($$ select public.add_care_plan_task((select id from care_plan), 'skin', 'x', '2026-06-10', '09:00') $$),
  'permission_denied', 'carers plan nothing'
);

select is(
  pg_temp.list(), '08:00:00 Turn her, 09:00:00 Look at her heel, 10:00:00 Turn her', 'a carer sees the list of the shift'
);
select is(pg_temp.list(p_after => pg_temp.task('10:00')), '12:00:00 Turn her, 14:00:00 Turn her', 'page by page');
select tests.act_as((select cleo from people));
select is(pg_temp.list(true), '08:00:00 Turn her, 10:00:00 Turn her, 12:00:00 Turn her', 'and what could be theirs');
select tests.act_as((select otto from people));
select is(pg_temp.list(), null, 'a carer of another home sees none of it');
select tests.act_as((select hugo from people));
select is(pg_temp.list(), null, 'nor does another organization');
select tests.act_as_system();
select is(
  (select count(*) from public.audit_events where operation is not null and purpose = 'treatment' and actor_id = (select carl from people)),
  2::bigint, 'each page that was opened left an event'
);

select tests.act_as((select carl from people));
select lives_ok($$ select public.complete_task(pg_temp.task('09:00'), 'No redness') $$, 'he does what is his');
select is(pg_temp.stands('09:00'), 'completed Carl', 'it is done');
select lives_ok($$ select public.complete_task(pg_temp.task('09:00'), 'No redness') $$, 'said twice is once');
select is(
  tests.refusal($$ select public.skip_task(pg_temp.task('09:00'), 'declined') $$), 'conflict', 'what is done was not skipped'
);
select is(tests.refusal($$ select public.complete_task(pg_temp.task('08:00')) $$), 'conflict', 'what nobody has is taken first');
select lives_ok($$ select public.take_task(pg_temp.task('08:00')) $$, 'he takes it');
select tests.act_as((select cleo from people));
select is(tests.refusal($$ select public.take_task(pg_temp.task('08:00')) $$), 'conflict', 'then nobody else does');
select is(
  tests.refusal($$ select public.complete_task(pg_temp.task('08:00')) $$), 'permission_denied', 'nor does it for him'
);
select is(
  tests.refusal($$ select public.reassign_task(pg_temp.task('08:00'), (select cleo from people)) $$), 'permission_denied',
  'nor gives it to herself'
);
select is(
  tests.refusal($$ update public.care_plan_task_occurrences set status = 'completed' $$), '42501', 'nor past the calls'
);
select tests.act_as((select mona from people));
select is(
  tests.refusal($$ select public.reassign_task(pg_temp.task('08:00'), (select otto from people)) $$), 'not_found',
  'a manager gives no work to who works elsewhere'
);
select lives_ok($$ select public.reassign_task(pg_temp.task('08:00'), (select cleo from people)) $$, 'but to her own');
select is(pg_temp.stands('08:00'), 'due Cleo', 'so it is hers');
select tests.act_as((select cleo from people));
select lives_ok($$ select public.skip_task(pg_temp.task('08:00'), 'declined', 'Sleeps on her side') $$, 'she says why not');
select is(
  (select note from public.open_care_plan_task_occurrences(array[pg_temp.task('08:00')], 'treatment')), 'Sleeps on her side',
  'in words that are kept sealed'
);
select tests.act_as((select nina from people));
select is(
  tests.refusal($$ select public.take_task(pg_temp.task('10:00')) $$), 'permission_denied', 'who is no member of staff signs nothing'
);
select tests.act_as((select otto from people));
select is(tests.refusal($$ select public.take_task(pg_temp.task('10:00')) $$), 'invalid_input', 'who does not see it names none');
select tests.act_as_system();
create temporary table next_task as select pg_temp.task('10:00') as id;
grant select on next_task to public;
select tests.act_as((select otto from people));
select is(tests.refusal($$ select public.take_task(id) from next_task $$), 'not_found', 'and knowing it he gets it not');
select tests.act_as((select ola from people));
select is(tests.refusal($$ select public.complete_task(id) from next_task $$), 'permission_denied', 'owners do no care');
select tests.act_as((select nora from people));
select lives_ok($$ select public.complete_task(id) from next_task $$, 'a nurse does what is to be done at the home');

-- The task ends: what is ahead is cancelled, and what was done stays.
select lives_ok(
  $$ select public.end_care_plan_task(id) from public.care_plan_tasks where rule is not null $$, 'a task ends'
);
select is(pg_temp.stands('12:00'), 'cancelled', 'what is ahead of it is cancelled');
select is(pg_temp.stands('10:00'), 'completed', 'and what was done is done');

select * from finish();
rollback;
