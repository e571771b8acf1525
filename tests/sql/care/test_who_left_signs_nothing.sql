-- Nora (nurse) and Carl (carer) left the Elms yesterday; nobody took their roles away. Mona manages there; Ruth lives
-- there.
begin;
select plan(11);
select tests.freeze_clock('2026-06-10 08:00-05');

create temporary table story as
select lakeside, tests.make_site(lakeside, 'The Elms') as elms from (select tests.make_org('lakeside') as lakeside) as orgs;
create temporary table people as
select
  tests.make_staff(lakeside, 'nurse', 'Nora', elms) as nora,
  tests.make_staff(lakeside, 'carer', 'Carl', elms) as carl,
  tests.make_staff(lakeside, 'manager', 'Mona', elms) as mona
from story;
create temporary table ruth as select tests.make_resident(lakeside, elms, 'Ruth') as id from story;
create temporary table made (care_plan uuid, version uuid, incident uuid);
grant all on story, people, ruth, made to public;

create function pg_temp.refused(p_call text, variadic p_values text[] default '{}') returns text language sql as $$
  select tests.refusal(format(p_call, variadic p_values))
$$;

select tests.act_as((select nora from people));
insert into made (care_plan, version)
select started.care_plan_id, started.id
from public.start_care_plan((select id from ruth), 'skin', 'high', '{"needs": "x", "goals": "x", "interventions": "x"}') as started;
select lives_ok(
  $$ select public.add_care_plan_task((select care_plan from made), 'skin', 'Look', '2026-06-10', '09:00') $$,
  'while she worked there, she planned care'
);
create temporary table stock as
select (public.create_medication_stock((select id from ruth), 'Paracetamol 500 mg', 'tablet')).id;
grant select on stock to public;
update made set incident = public.report_incident((select elms from story), 'fall', 'low', app.clock(), 'x');

select tests.act_as_system();
update public.staff_members as staff set employed_during = '[2020-01-01,2026-06-10)'
where staff.user_id in (select unnest(array[nora, carl]) from people);

select tests.act_as((select nora from people));
select is(
  pg_temp.refused('select public.publish_care_plan(%L, 1)', (select version::text from made)), 'permission_denied',
  'who left publishes no plan'
);
select is(
  pg_temp.refused(
    'select public.complete_task(%L)',
    (select id::text from public.care_plan_task_occurrences where due_time = '09:00' limit 1)
  ), 'permission_denied', 'signs no task'
);
select is(
  pg_temp.refused(
    'select public.take_task(%L)',
    (select id::text from public.care_plan_task_occurrences where due_time = '09:00' limit 1)
  ), 'permission_denied', 'takes none'
);
select is(
  pg_temp.refused(
    $$ select public.create_medication_order(%L, 'Paracetamol', '500 mg', 'oral', 1, 'tablet', 'Dr Fern', %L,
       p_times_of_day => '{08:00}') $$,
    (select id::text from ruth), gen_random_uuid()::text
  ), 'permission_denied', 'orders no medicine'
);
select is(
  pg_temp.refused(
    $$ select public.record_stock_movement(%L, 'received', gen_random_uuid(), 20) $$, (select id::text from stock)
  ), 'permission_denied', 'and takes none in'
);
select is(
  pg_temp.refused($$ select public.retract_administration(%L, 'not_given') $$, app.uuid_v7()::text),
  'permission_denied', 'nor takes anything back'
);

select tests.act_as((select mona from people));
select is(
  pg_temp.refused($$ select public.add_care_plan_task(%L, 'skin', 'x', '2026-06-10', '10:00', p_assigned_to => %L) $$,
    (select care_plan::text from made), (select carl::text from people)),
  'not_found', 'who left is given no task'
);
select is(
  pg_temp.refused(
    'select public.add_incident_action(%L, %L, %L)', (select incident::text from made), (select carl::text from people),
    'Talk to her'
  ), 'not_found', 'nor anything to do about an incident'
);
select is(
  pg_temp.refused('select public.acknowledge_incident(%L, %L)', (select incident::text from made), (select nora::text from people)),
  'not_found', 'nor an incident itself'
);
select lives_ok(
  format('select public.acknowledge_incident(%L, %L)', (select incident from made), (select mona from people)),
  'who works there is'
);

select * from finish();
rollback;
