-- Morphine comes for Ruth and is counted. Nora signs for both, and Nell says that she saw neither. Mona manages the
-- Elms, Olive the Oaks.
begin;
select plan(8);

create temporary table story as
select lakeside, tests.make_site(lakeside, 'The Elms') as elms, tests.make_site(lakeside, 'The Oaks') as oaks
from (select tests.make_org('lakeside') as lakeside) as orgs;
create temporary table people as
select
  tests.make_staff(lakeside, 'nurse', 'Nora', elms) as nora, tests.make_staff(lakeside, 'nurse', 'Nell', elms) as nell,
  tests.make_staff(lakeside, 'manager', 'Mona', elms) as mona, tests.make_staff(lakeside, 'manager', 'Olive', oaks) as olive
from story;
create temporary table ruth as select tests.make_resident(lakeside, elms, 'Ruth') as id from story;
grant select on story, people, ruth to public;

create function pg_temp.told() returns setof uuid language sql security definer as $$
  select recipient_id from public.notification_queue
  where template_key = 'medication.not_witnessed' and channel = 'in_app' order by recipient_id
$$;
create function pg_temp.those(p_times integer) returns setof uuid language sql security definer as $$
  select unnest(array[nora, nell, mona]) as id from people cross join generate_series(1, p_times) order by id
$$;

select tests.act_as((select nora from people));
create temporary table morphine as
select (public.create_medication_stock((select id from ruth), 'Morphine 10 mg', 'tablet', true)).id;
create temporary table signed as
select
  (public.record_stock_movement((select id from morphine), 'received', gen_random_uuid(), 5)).id as delivery,
  (public.record_stock_count((select id from morphine), 5, gen_random_uuid())).id as count;
grant select on morphine, signed to public;

select is_empty('select pg_temp.told()', 'nobody is told of what waits');
select tests.act_as((select nell from people));
select is(
  (public.witness_stock_movement((select delivery from signed), false)).status::text, 'declined', 'she did not see it come'
);
select results_eq('select pg_temp.told()', 'select pg_temp.those(1)', 'the manager and the nurses of the home are told');
select is(
  (public.witness_stock_movement((select delivery from signed), false)).status::text, 'declined', 'asked again, it is so'
);
select results_eq('select pg_temp.told()', 'select pg_temp.those(1)', 'and told once');
select is((public.witness_stock_count((select count from signed), false)).status::text, 'declined', 'nor the count');
select results_eq('select pg_temp.told()', 'select pg_temp.those(2)', 'which is told, too');

select tests.act_as_system();
select is_empty(
  $$ select id from public.notification_queue
     where template_key = 'medication.not_witnessed' and payload::text ~* 'morphine|ruth' $$, 'a link and no name'
);
select * from finish();
rollback;
