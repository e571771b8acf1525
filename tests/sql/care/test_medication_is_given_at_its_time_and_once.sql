-- Ruth lives at the Elms. Nora (nurse) orders, Carl (carer there) gives, Otto (carer at the Oaks) does not, Mona (manager
-- of the Elms) and Ola (owner) look; Finn (Ruth's son) hears names; Vera works here and is nobody's employee; Hugo is of
-- Harbor.
begin;
select plan(48);

create temporary table story as
select lakeside, harbor, tests.make_site(lakeside, 'The Elms') as elms, tests.make_site(lakeside, 'The Oaks') as oaks
from (select tests.make_org('lakeside') as lakeside, tests.make_org('harbor') as harbor) as orgs;
create temporary table people as
select
  tests.make_staff(lakeside, 'nurse', 'Nora', elms) as nora,
  tests.make_staff(lakeside, 'carer', 'Carl', elms) as carl,
  tests.make_staff(lakeside, 'carer', 'Otto', oaks) as otto,
  tests.make_staff(lakeside, 'manager', 'Mona', elms) as mona,
  tests.make_person(lakeside, 'carer', 'Vera', elms) as vera,
  tests.make_person(lakeside, 'org_owner', 'Ola') as ola,
  tests.make_person(lakeside, 'family', 'Finn') as finn,
  tests.make_staff(harbor, 'manager', 'Hugo') as hugo
from story;
create temporary table ruth as select tests.make_resident(lakeside, elms, 'Ruth') as id from story;
create temporary table keys as
select gen_random_uuid() as ordering, gen_random_uuid() as giving, gen_random_uuid() as refusing,
  gen_random_uuid() as late;
grant select on story, people, ruth, keys to public;
select tests.freeze_clock('2027-02-01 07:30-06');

create function pg_temp.order_it() returns uuid language sql as $$
  select (public.create_medication_order(
    ruth.id, 'Amlodipine 5 mg', 'One tablet', 'oral', 1, 'tablet', 'Dr Hale', keys.ordering,
    p_times_of_day => '{08:00,20:00}', p_instructions => 'With water'
  )).id from ruth cross join keys
$$;
create function pg_temp.dose(p_due timestamptz) returns uuid language sql security definer as $$
  select id from public.medication_doses where due_at = p_due
$$;
create function pg_temp.round() returns bigint language sql as $$
  select count(*) from public.list_medication_round(
    (select elms from story), '2027-02-01 00:00-06', '2027-02-02 00:00-06', 'treatment'
  )
$$;
create function pg_temp.give(p_due timestamptz, p_key uuid, p_status text default 'given', p_reason text default null)
returns text language sql as $$
  select (public.record_administration(
    pg_temp.dose(p_due), p_status::public.medication_administration_status, p_key,
    p_reason::public.medication_reason
  )).status::text
$$;

select tests.act_as((select carl from people));
select is(tests.refusal('select pg_temp.order_it()'), 'permission_denied', 'a carer orders nothing');
select tests.act_as((select hugo from people));
select is(tests.refusal('select pg_temp.order_it()'), 'not_found', 'nor does a manager of another organization');
select tests.act_as((select nora from people));
select lives_ok('select pg_temp.order_it()', 'a nurse orders');
select lives_ok('select pg_temp.order_it()', 'and asks again, having lost her connection');
select is((select count(*) from public.medication_orders), 1::bigint, 'which makes no second order');
select is(
  (select array_agg(due_at order by due_at) from public.medication_doses),
  array[
    '2027-02-01 08:00-06', '2027-02-01 20:00-06', '2027-02-02 08:00-06', '2027-02-02 20:00-06'
  ]::timestamptz[],
  'the doses of two days are planned, by the clocks of the home'
);
select is(
  (select details ->> 'name' from public.open_medication_orders(array(select id from public.medication_orders), 'treatment')),
  'Amlodipine 5 mg', 'what it is opens for whoever gives care here'
);
select ok(
  (select position('Amlodipine'::bytea in details) = 0 from public.medication_orders), 'and is stored sealed'
);

select tests.act_as((select carl from people));
select results_eq(
  $$ select preferred_name, details ->> 'name', due_at, status::text from public.list_medication_round(
       (select elms from story), '2027-02-01 00:00-06', '2027-02-01 12:00-06', 'treatment') $$,
  $$ values ('Ruth', 'Amlodipine 5 mg', '2027-02-01 08:00-06'::timestamptz, 'planned') $$,
  'a round says who is to be given what'
);
select is(pg_temp.round(), 2::bigint, 'all of the day');
select is(
  (select count(*) from public.list_medication_round(
    (select elms from story), '2027-02-01 00:00-06', '2027-02-02 00:00-06', 'treatment', 1,
    pg_temp.dose('2027-02-01 08:00-06'))), 1::bigint, 'page by page'
);
select is(
  tests.refusal($$ select pg_temp.give('2027-02-01 20:00-06', gen_random_uuid()) $$), 'conflict',
  'nothing is given hours before its time'
);
select is(pg_temp.give('2027-02-01 08:00-06', (select giving from keys)), 'given', 'the carer gives it');
select is(pg_temp.give('2027-02-01 08:00-06', (select giving from keys)), 'given', 'and asks again under the same key');
select is(
  (select count(*) from public.medication_administrations), 1::bigint, 'it was given once'
);
select is(
  tests.refusal($$ select pg_temp.give('2027-02-01 08:00-06', gen_random_uuid()) $$), 'conflict',
  'a second time it is not given'
);
select is(
  tests.refusal($$ select pg_temp.give('2027-02-01 20:00-06', (select giving from keys)) $$), 'conflict',
  'nor does a key serve for another dose'
);
select is((select administered_by from public.medication_administrations), (select carl from people), 'it is signed');

select tests.act_as((select otto from people));
select is(pg_temp.round(), 0::bigint, 'a carer of another home sees no round');
select is(
  tests.refusal($$ select pg_temp.give('2027-02-01 20:00-06', gen_random_uuid()) $$), 'not_found', 'and gives nothing'
);
select tests.act_as((select vera from people));
select is(
  tests.refusal($$ select pg_temp.give('2027-02-01 20:00-06', gen_random_uuid()) $$), 'permission_denied',
  'nor does somebody who is not employed'
);
select tests.act_as((select ola from people));
select is(pg_temp.round(), 2::bigint, 'the owner looks');
select is(
  tests.refusal($$ select pg_temp.give('2027-02-01 20:00-06', gen_random_uuid()) $$), 'permission_denied', 'and signs for nothing'
);
select tests.act_as((select hugo from people));
select is(pg_temp.round(), 0::bigint, 'another organization sees nothing');
select is(
  tests.refusal($$ select pg_temp.give('2027-02-01 20:00-06', gen_random_uuid()) $$), 'not_found', 'and gives nothing'
);

-- Names for relatives.
create function pg_temp.heard() returns text language sql as $$
  select string_agg(medication_name, ', ') from public.list_linked_medication((select id from ruth), 'treatment')
$$;
select tests.act_as_system();
select tests.share_resident(lakeside, (select id from ruth), (select finn from people), 'profile') from story;
select tests.act_as((select finn from people));
select is(pg_temp.heard(), null, 'a relative whom she did not let know of it hears nothing');
select tests.act_as_system();
update public.resident_shares set topics = '{medication}';
select tests.act_as((select finn from people));
select is(pg_temp.heard(), 'Amlodipine 5 mg', 'one whom she let hears the name');
select is_empty('select * from public.medication_orders', 'and sees no order');
select is_empty('select * from public.medication_administrations', 'nor who gave it');
select is(tests.refusal('select pg_temp.round()'), 'permission_denied', 'nor a round');

-- The evening dose is missed, told, and told better.
select tests.act_as_system();
select tests.freeze_clock('2027-02-01 21:00-06');
select is(app.job_mark_missed_doses((select lakeside from story), 100), 1, 'the evening dose was missed');
select is(app.job_mark_missed_doses((select lakeside from story), 100), 0, 'which is found once');
select is(
  (select array_agg(distinct recipient_id order by recipient_id) from public.notification_queue),
  (select array_agg(id order by id) from (select nora as id from people union select mona from people) as told),
  'the nurse and the manager of the home are told'
);
select is(
  (select count(*) from public.notification_queue where payload::text ~ 'Amlo|Ruth' or payload - 'link' <> '{}'),
  0::bigint, 'by a link and nothing else'
);
select tests.act_as((select carl from people));
select is(
  pg_temp.give('2027-02-01 20:00-06', (select refusing from keys), 'refused', 'declined'), 'refused',
  'the carer says that she had refused it'
);
select results_eq(
  $$ select status::text, superseded_at is null, replaces_id is null from public.medication_administrations
     where dose_id = pg_temp.dose('2027-02-01 20:00-06') order by id $$,
  $$ values ('missed', false, true), ('refused', true, false) $$, 'both accounts stay, and the later one holds'
);
select tests.act_as_system();
select is(
  tests.refusal($$ update public.medication_administrations set reason_code = 'asleep' where status = 'refused' $$), 'conflict',
  'nobody rewrites an account'
);
select is(tests.refusal('delete from public.medication_administrations'), 'conflict', 'or takes it away');
select is(
  tests.refusal($$ update public.medication_orders set dose_quantity = 2 $$), 'conflict', 'nor an order'
);

-- A change is a new order.
select tests.act_as((select nora from people));
select lives_ok(
  $$ select public.create_medication_order(
       (select id from ruth), 'Amlodipine 10 mg', 'One tablet', 'oral', 1, 'tablet', 'Dr Hale', gen_random_uuid(),
       p_times_of_day => '{08:00}', p_replaces_id => (select id from public.medication_orders), p_reason => 'Pressure') $$,
  'the nurse changes the dose'
);
select results_eq(
  $$ select status::text from public.medication_orders order by id $$, $$ values ('stopped'), ('active') $$,
  'the former order stopped'
);
select is(
  (select count(*) from public.medication_doses where due_at = '2027-02-02 08:00-06' and status = 'planned'), 1::bigint,
  'and tomorrow one dose is due'
);
select lives_ok(
  $$ select public.change_medication_order_status(id, 'paused', 'Low pressure') from public.medication_orders
     where status = 'active' $$, 'she pauses it'
);
select is((select count(*) from public.medication_doses where status = 'planned'), 0::bigint, 'nothing is due');
select lives_ok(
  $$ select public.change_medication_order_status(id, 'active', 'Better') from public.medication_orders
     where status = 'paused' $$, 'and resumes it'
);
select is((select count(*) from public.medication_doses where status = 'planned'), 2::bigint, 'and it is due again');

-- She moves, and her record with her.
select tests.act_as_system();
update public.org_patients set site_id = (select oaks from story) where patient_id = (select id from ruth);
select tests.act_as((select carl from people));
select is(
  (select count(*) from public.medication_doses) + (select count(*) from public.medication_administrations)
  + (select count(*) from public.medication_order_events), 0::bigint,
  'when she moves, her record goes with her'
);
-- What is over is not what she is given now.
select tests.act_as_system();
update public.medication_orders set ends_at = app.clock();
select tests.act_as((select finn from people));
select is(pg_temp.heard(), null, 'a relative hears of no medicine that is over');

select * from finish();
rollback;
