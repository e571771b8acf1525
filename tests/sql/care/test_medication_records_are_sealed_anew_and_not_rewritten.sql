-- Nora (nurse) and Mona (manager) write words about Ruth's medicine and about a homely remedy. The job makes new keys;
-- the same words are sealed with them, and still nobody changes one.
begin;
select plan(9);

create temporary table story as select lakeside, tests.make_site(lakeside, 'The Elms') as elms
from (select tests.make_org('lakeside') as lakeside) as orgs;
create temporary table people as
select
  tests.make_staff(lakeside, 'nurse', 'Nora', elms) as nora, tests.make_staff(lakeside, 'manager', 'Mona', elms) as mona
from story;
create temporary table ruth as select tests.make_resident(lakeside, elms, 'Ruth') as id from story;
grant select on story, people, ruth to public;

select tests.act_as((select nora from people));
create temporary table syrup as
select (public.create_medication_stock(null, 'Simple linctus', 'ml', p_site_id => elms)).id from story;
select lives_ok(
  $$ select public.create_medication_order(
    (select id from ruth), 'Senna 7.5 mg', 'One tablet', 'oral', 1, 'tablet', 'Dr Hale', gen_random_uuid(),
    p_times_of_day => '{22:00}', p_reason => 'Asked for it') $$, 'Nora orders, and says why'
);
select lives_ok(
  $$ select public.record_stock_movement((select id from syrup), 'received', gen_random_uuid(), 200, 'Batch 7') $$,
  'she notes what was delivered for everybody'
);
select lives_ok(
  $$ select public.record_stock_count((select id from syrup), 150, gen_random_uuid()) $$, 'and counts less'
);
select tests.act_as((select mona from people));
select lives_ok(
  $$ select public.resolve_medication_discrepancy(id, 'explained', 'Spilt') from public.medication_discrepancies $$,
  'Mona explains it'
);

select tests.act_as_system();
create temporary table before as
select (select details from public.medication_orders) as details, (select reason from public.medication_order_events) as reason,
  (select note from public.medication_stock_movements) as note, (select explanation from public.medication_discrepancies) as words;
do $$ begin
  perform app.job_rotate_data_keys(1000, now() + interval '1 second');
  perform app.reseal_rows(tables.name, null, null, 100)
  from app.sealed_tables() as tables where tables.name like 'public.medication%';
end $$;
select is(
  (select count(*) from before where before.details = (select details from public.medication_orders)
    or before.reason = (select reason from public.medication_order_events)
    or before.note = (select note from public.medication_stock_movements)
    or before.words = (select explanation from public.medication_discrepancies)), 0::bigint, 'all is sealed anew'
);
select is(
  tests.refusal($$ update public.medication_order_events set reason = app.plain('No reason') $$), 'conflict',
  'nobody writes other words'
);
select tests.act_as((select mona from people));
select is(
  (select details ->> 'name' from public.open_medication_orders(array(select id from public.medication_orders), 'treatment')),
  'Senna 7.5 mg', 'the words are those that were written'
);
select is(
  (select reason from public.open_medication_order_events(
    array(select id from public.medication_order_events), 'treatment')), 'Asked for it', 'of the order'
);
select is(
  (select string_agg(words, ', ') from (
    select note as words from public.open_medication_stock_movements(
      array(select id from public.medication_stock_movements), 'operations')
    union all
    select explanation from public.open_medication_discrepancies(
      array(select id from public.medication_discrepancies), 'operations')
  ) as opened), 'Batch 7, Spilt', 'and of what is nobody''s'
);
select * from finish();
rollback;
