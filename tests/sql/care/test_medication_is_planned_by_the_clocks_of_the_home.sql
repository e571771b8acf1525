-- Nora (nurse) orders for Ruth in Denver, where clocks go forward at two on 14 March and back on 7 November 2027; the
-- organization is in Chicago. The job plans on, however often it runs, and after a day on which it did not.
begin;
select plan(16);

create temporary table story as select lakeside, tests.make_site(lakeside, 'The Elms') as elms
from (select tests.make_org('lakeside') as lakeside) as orgs;
update public.sites set time_zone = 'America/Denver' where id = (select elms from story);
create temporary table people as select tests.make_staff(lakeside, 'nurse', 'Nora', elms) as nora from story;
create temporary table ruth as select tests.make_resident(lakeside, elms, 'Ruth') as id from story;
grant select on story, people, ruth to public;

create function pg_temp.orders(
  p_name text, p_times time[], p_weekdays smallint[] default null, p_every smallint default null,
  p_until timestamptz default null
) returns uuid language sql as $$
  select (public.create_medication_order(
    ruth.id, p_name, 'One', 'oral', 1, 'tablet', 'Dr Hale', gen_random_uuid(), p_times_of_day => p_times,
    p_weekdays => p_weekdays, p_every_days => p_every, p_ends_at => p_until
  )).id from ruth
$$;
create function pg_temp.due(p_order uuid) returns text language sql security definer as $$
  select string_agg(to_char(due_at at time zone 'UTC', 'DD HH24:MI'), ', ' order by due_at)
  from public.medication_doses where order_id = p_order
$$;

select tests.freeze_clock('2027-03-13 12:00-07');
select tests.act_as((select nora from people));
create temporary table spring as
select
  pg_temp.orders('A', '{02:30,08:00}') as skipped, pg_temp.orders('B', '{02:30,03:30}') as twice,
  pg_temp.orders('C', '{08:00}', '{7}') as sundays, pg_temp.orders('D', '{08:00}', null, 3::smallint) as third_days,
  pg_temp.orders('E', '{08:00}', null, null, '2027-03-14 12:00-06') as short;
select is(
  pg_temp.due((select skipped from spring)), '14 09:30, 14 14:00, 15 08:30, 15 14:00',
  'a time in the hour that is skipped is due after the skip, and eight o''clock stays eight o''clock'
);
select is(
  pg_temp.due((select twice from spring)), '14 09:30, 15 08:30, 15 09:30', 'two times at one moment are one dose'
);
select is(pg_temp.due((select sundays from spring)), '14 14:00', 'on Sundays');
select is(pg_temp.due((select third_days from spring)), null, 'every third day from the day it starts: not yet');
select is(pg_temp.due((select short from spring)), '14 14:00', 'not after its end');

select tests.act_as_system();
create temporary table before as select count(*) as doses from public.medication_doses;
select is(app.job_plan_medication_doses((select lakeside from story), 100), 0, 'nothing is to be planned yet');
select tests.freeze_clock('2027-03-14 12:00-06');
select is(app.job_plan_medication_doses((select lakeside from story), 2), 2, 'a day later it plans on, a few at a time');
select is(app.job_plan_medication_doses((select lakeside from story), 100), 3, 'then the rest');
select is(app.job_plan_medication_doses((select lakeside from story), 100), 0, 'and nothing more');
select is(
  pg_temp.due((select skipped from spring)), '14 09:30, 14 14:00, 15 08:30, 15 14:00, 16 08:30, 16 14:00',
  'one dose for each time of each day'
);
select is(pg_temp.due((select short from spring)), '14 14:00', 'what ended is planned no more');
select is(pg_temp.due((select third_days from spring)), '16 14:00', 'and the third day has come');
create temporary table after as select count(*) as doses from public.medication_doses;
update app.medication_plans set planned_until_at = '2027-03-13 12:00-07';
select lives_ok($$ select app.job_plan_medication_doses((select lakeside from story), 100) $$, 'planned anew,');
select is((select count(*) from public.medication_doses), (select doses from after), 'no dose comes twice');

select tests.freeze_clock('2027-11-06 12:00-06');
select tests.act_as((select nora from people));
create temporary table autumn as select pg_temp.orders('F', '{01:30,08:00}') as twice;
select is(
  pg_temp.due((select twice from autumn)), '07 08:30, 07 15:00, 08 08:30, 08 15:00',
  'in the hour that comes twice one dose is due'
);

-- Who died is given nothing, and misses nothing.
select tests.act_as_system();
update public.residents set status = 'deceased';
select tests.freeze_clock('2027-11-07 12:00-07');
do $$ begin perform app.job_mark_missed_doses((select lakeside from story), 500); end $$;
select is(
  (select count(*) from public.medication_doses where status = 'missed'), 0::bigint, 'nobody who died misses a dose'
);
select * from finish();
rollback;
