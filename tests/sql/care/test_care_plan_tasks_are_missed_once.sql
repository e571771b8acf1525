-- Tasks of Ruth and Rolf at the Elms are not done in time: Mona (manager there) is told where to look, once; Otis (manager
-- of the Oaks) is not. Carl does one late.
begin;
select plan(16);

select tests.freeze_clock('2026-06-10 08:00-05');
create temporary table story as
select lakeside, tests.make_site(lakeside, 'The Elms') as elms, tests.make_site(lakeside, 'The Oaks') as oaks
from (select tests.make_org('lakeside') as lakeside) as orgs;
create temporary table people as
select
  tests.make_staff(lakeside, 'nurse', 'Nora', elms) as nora,
  tests.make_staff(lakeside, 'manager', 'Mona', elms) as mona,
  tests.make_staff(lakeside, 'manager', 'Otis', oaks) as otis,
  tests.make_staff(lakeside, 'care_manager', 'Cora') as cora,
  tests.make_staff(lakeside, 'carer', 'Carl', elms) as carl
from story;
create temporary table residents as
select tests.make_resident(lakeside, elms, 'Ruth') as ruth, tests.make_resident(lakeside, elms, 'Rolf') as rolf from story;
grant all on story, people, residents to public;

create function pg_temp.resolve() returns integer language sql as $$
  select app.job_resolve_overdue_tasks((select lakeside from story), 100)
$$;
create function pg_temp.told() returns text language sql as $$
  select string_agg(display_name || ' ' || channel, ', ' order by display_name, channel::text)
  from public.notification_queue inner join public.profiles on profiles.id = recipient_id
  where template_key = 'care.missed_tasks'
$$;
create function pg_temp.statuses() returns text language sql as $$
  select string_agg(status::text, ', ' order by due_at, id) from public.care_plan_task_occurrences
$$;

select tests.act_as((select nora from people));
create temporary table plans as
select 'ruth' as who, started.care_plan_id as id
from residents, public.start_care_plan(ruth, 'hydration', 'low') as started
union all
select 'rolf', started.care_plan_id from residents, public.start_care_plan(rolf, 'hydration', 'low') as started;
do $do$ begin perform public.add_care_plan_task(
  plans.id, 'hydration', 'A glass of water', '2026-06-10', task.at, p_grace_minutes => task.grace,
  p_assigned_to => (select carl from people)
)
from (values ('ruth', time '09:00', 30), ('ruth', '09:10', 60), ('rolf', '09:20', 0)) as task (who, at, grace)
inner join plans on plans.who = task.who; end $do$;

select tests.act_as_system();
update public.residents set status = 'on_leave' where id = (select rolf from residents);
select tests.freeze_clock('2026-06-10 09:29-05');
select is(pg_temp.resolve(), 1, 'before its grace period is over nothing is missed');
select is(pg_temp.statuses(), 'due, due, cancelled', 'and nothing at all of who is away');
select is(pg_temp.told(), null, 'so nobody is told');
select tests.freeze_clock('2026-06-10 09:30-05');
select is(pg_temp.resolve(), 1, 'then it is missed');
select is(pg_temp.statuses(), 'missed, due, cancelled', 'that one and no other');
select is(pg_temp.told(), 'Mona email, Mona in_app', 'its manager is told, and no other');
select is(
  (select array_agg(distinct payload) from public.notification_queue),
  array[(select jsonb_build_object('link', '/care/missed_tasks/' || elms) from story)], 'where to look, and nothing else'
);
select is(pg_temp.resolve(), 0, 'it is missed once');
select is((select count(*) from public.notification_queue), 2::bigint, 'and told once');

select tests.act_as((select carl from people));
select lives_ok(
  $$ select public.complete_task(id) from public.care_plan_task_occurrences where status = 'missed' $$, 'it may be done late'
);
select is(
  (select (missed_at, completed_at)::text from public.care_plan_task_occurrences where due_time = '09:00'),
  (timestamptz '2026-06-10 09:30-05', timestamptz '2026-06-10 09:30-05')::text, 'and stays one that was missed'
);
select lives_ok(
  $$ select public.complete_task(id) from public.care_plan_task_occurrences where status = 'due' $$, 'what is done in time'
);
select tests.act_as_system();
select tests.freeze_clock('2026-06-10 12:00-05');
select is(pg_temp.resolve(), 0, 'is not missed');
select is(
  tests.refusal($$ update public.care_plan_task_occurrences set missed_at = null where missed_at is not null $$), 'conflict',
  'nobody takes back that it was'
);
select is(tests.refusal($$ delete from public.care_plan_task_occurrences $$), 'conflict', 'or that it was due');

-- Switched off, nothing happens.
insert into public.organization_feature_flags (org_id, feature_key, is_enabled) select lakeside, 'care_homes', false from story;
select is(app.job_generate_care_tasks(lakeside, 100), 0, 'without care homes no job does anything') from story;

select * from finish();
rollback;
