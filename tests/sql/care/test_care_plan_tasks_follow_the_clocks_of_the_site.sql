-- The job makes what is due at the Elms (Chicago, the zone of Lakeside) and at the Loch (London) while clocks change;
-- Ruth moves from one to the other. Nora is a nurse of both.
begin;
select plan(15);

select tests.freeze_clock('2026-03-07 12:00-06');
create temporary table story as
select lakeside, tests.make_site(lakeside, 'The Elms') as elms, tests.make_site(lakeside, 'The Loch') as loch
from (select tests.make_org('lakeside') as lakeside) as orgs;
update public.sites set time_zone = 'Europe/London' where name = 'The Loch';
create temporary table people as select tests.make_staff(lakeside, 'nurse', 'Nora') as nora from story;
create temporary table ruth as select tests.make_resident(lakeside, elms, 'Ruth') as id from story;
grant all on story, people, ruth to public;

create function pg_temp.due(p_kind public.care_task_kind, p_on date) returns text language sql as $$
  select string_agg(to_char(due_at at time zone 'UTC', 'DD HH24:MI'), ', ' order by due_at)
  from public.care_plan_task_occurrences where task_kind = p_kind and due_on = p_on and status = 'due'
$$;
create function pg_temp.generate() returns integer language sql as $$
  select app.job_generate_care_tasks((select lakeside from story), 100)
$$;

select is(app.site_zone(lakeside, elms), 'America/Chicago', 'a site has the clocks of its organization') from story;
select is(app.site_zone(lakeside, loch), 'Europe/London', 'or its own') from story;

select tests.act_as((select nora from people));
create temporary table care_plan as
select started.care_plan_id as id from public.start_care_plan((select id from ruth), 'skin', 'low') as started;
grant select on care_plan to public;
do $do$ begin perform public.add_care_plan_task((select id from care_plan), kind, 'x', first_on, first_time, rule)
from (values
  ('repositioning'::public.care_task_kind, date '2026-03-07', time '02:30', 'FREQ=DAILY'),
  ('night_check', '2026-03-07', '00:30', 'FREQ=HOURLY;BYHOUR=0,1,2,3,4'),
  ('skin', '2026-03-07', '09:00', e'FREQ=DAILY;COUNT=3\nEXDATE:20260308T090000'),
  ('activity', '2026-03-09', '14:00', null),
  ('nutrition', '2026-04-01', '12:00', 'FREQ=DAILY')
) as tasks (kind, first_on, first_time, rule); end $do$;

select tests.act_as_system();
select is(pg_temp.due('repositioning', '2026-03-08'), '08 08:30', 'a time that the clocks skip moves forward: 3:30');
select is(
  pg_temp.due('night_check', '2026-03-08'), '08 06:30, 08 07:30, 08 08:30, 08 09:30', 'and is due once where another is due then'
);
select is(pg_temp.due('repositioning', '2026-03-09'), '09 07:30', 'the next day it is 2:30 again');
select is(
  concat_ws(' ', pg_temp.due('skin', '2026-03-07'), pg_temp.due('skin', '2026-03-08'), pg_temp.due('skin', '2026-03-09')),
  '07 15:00 09 14:00', 'what is left out counts'
);
select is(pg_temp.due('activity', '2026-03-09'), '09 19:00', 'what is done once is due once');
select is(pg_temp.generate(), 0, 'the job makes nothing twice');
select is((select count(*) from public.care_plan_task_occurrences where due_on > '2026-03-09'), 0::bigint, 'nor too much ahead');
select is(
  (select count(*) from public.care_plan_tasks where generated_through = '9999-12-31'), 2::bigint, 'what is over is not asked again'
);

-- A day on: what has been made ahead follows Ruth to the other clocks, and what follows is made by them.
select tests.freeze_clock('2026-03-08 00:00-06');
update public.org_patients set site_id = (select loch from story) where patient_id = (select id from ruth);
select is(pg_temp.due('repositioning', '2026-03-09'), '09 02:30', 'half past two is half past two where she is');
select is(pg_temp.generate(), 2, 'and goes on there');
select is(pg_temp.due('repositioning', '2026-03-10'), '10 02:30', 'by the clocks of the new home');

-- In the night in which the clocks show an hour twice.
select tests.freeze_clock('2026-10-24 12:00+01');
do $do$ begin perform pg_temp.generate(); end $do$;
update public.care_plan_task_occurrences set status = 'cancelled' where due_on < '2026-10-24' and status = 'due';
select is(
  pg_temp.due('night_check', '2026-10-25'), '24 23:30, 25 00:30, 25 02:30, 25 03:30, 25 04:30', 'what comes twice is due the first time, once'
);

-- Who has left has nothing due any more.
update public.residents set status = 'discharged';
select tests.freeze_clock('2026-10-25 12:00+00');
do $do$ begin perform pg_temp.generate(); end $do$;
select is(
  (select count(*) from public.care_plan_tasks where ended_at is null and generated_through < '2026-11-01'), 0::bigint,
  'of who has left, tasks end'
);

select * from finish();
rollback;
