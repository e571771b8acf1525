-- Ruth and Rose live at the Elms. At four in the morning Carl (carer) signs the wrong line. Cleo is a carer, too, Nora
-- the nurse, Mona the manager, Otto of another home, Ola the owner, Hugo of another organization.
begin;
select plan(43);

create temporary table story as
select lakeside, harbor, tests.make_site(lakeside, 'The Elms') as elms, tests.make_site(lakeside, 'The Oaks') as oaks
from (select tests.make_org('lakeside') as lakeside, tests.make_org('harbor') as harbor) as orgs;
create temporary table people as
select
  tests.make_staff(lakeside, 'nurse', 'Nora', elms) as nora, tests.make_staff(lakeside, 'carer', 'Carl', elms) as carl,
  tests.make_staff(lakeside, 'carer', 'Cleo', elms) as cleo, tests.make_staff(lakeside, 'carer', 'Otto', oaks) as otto,
  tests.make_staff(lakeside, 'manager', 'Mona', elms) as mona, tests.make_person(lakeside, 'org_owner', 'Ola') as ola,
  tests.make_staff(harbor, 'nurse', 'Hugo') as hugo
from story;
create temporary table residents as
select tests.make_resident(lakeside, elms, 'Ruth') as ruth, tests.make_resident(lakeside, elms, 'Rose') as rose from story;
grant select on story, people, residents to public;
select tests.freeze_clock('2027-02-01 03:30-06');

create function pg_temp.account(p_status text default 'given') returns uuid language sql security definer as $$
  select id from public.medication_administrations
  where status = p_status::public.medication_administration_status order by id desc limit 1
$$;
create function pg_temp.gives(p_order uuid, p_due timestamptz, p_status text default 'given', p_reason text default null)
returns text language sql as $$
  select (public.record_administration(
    doses.id, p_status::public.medication_administration_status, gen_random_uuid(), p_reason::public.medication_reason
  )).status::text
  from public.medication_doses as doses where doses.order_id = p_order and doses.due_at = p_due
$$;
create function pg_temp.takes_back(p_reason text, p_is_back boolean default true, p_status text default 'given')
returns text language sql as $$
  select (public.retract_administration(
    pg_temp.account(p_status), p_reason::public.medication_retraction_reason, p_is_back
  )).retraction_reason::text
$$;
create function pg_temp.dose(p_order uuid, p_due timestamptz) returns text language sql security definer as $$
  select status::text from public.medication_doses where order_id = p_order and due_at = p_due
$$;
create function pg_temp.left_over(p_stock uuid) returns numeric language sql security definer as $$
  select confirmed from app.stock_quantity((select lakeside from story), p_stock)
$$;

select tests.act_as((select nora from people));
create temporary table stock as
select
  (public.create_medication_stock((select ruth from residents), 'Amlodipine 5 mg', 'tablet')).id as plain,
  (public.create_medication_stock((select ruth from residents), 'Morphine 10 mg', 'tablet', true)).id as morphine;
grant select on stock to public;
select lives_ok(
  $$ select public.record_stock_movement((select plain from stock), 'received', gen_random_uuid(), 10) $$, 'ten come in'
);
select lives_ok(
  $$ select public.record_stock_movement((select morphine from stock), 'received', gen_random_uuid(), 10) $$,
  'and ten of morphine'
);
select tests.act_as((select mona from people));
select lives_ok(
  $$ select public.witness_stock_movement(id) from public.medication_stock_movements where status = 'awaiting_witness' $$,
  'which the manager has seen, too'
);
select tests.act_as((select nora from people));
create temporary table orders as
select
  (public.create_medication_order(
    (select ruth from residents), 'Amlodipine 5 mg', 'One', 'oral', 1, 'tablet', 'Dr Hale', gen_random_uuid(),
    p_times_of_day => '{04:00,16:00}', p_stock_id => (select plain from stock)
  )).id as plain,
  (public.create_medication_order(
    (select ruth from residents), 'Morphine 10 mg', 'One', 'oral', 1, 'tablet', 'Dr Hale', gen_random_uuid(),
    p_times_of_day => '{04:00,16:00}', p_stock_id => (select morphine from stock), p_is_controlled => true
  )).id as morphine,
  (public.create_medication_order(
    (select rose from residents), 'Paracetamol 500 mg', 'One', 'oral', 1, 'tablet', 'Dr Hale', gen_random_uuid(),
    p_is_as_needed => true, p_indication => 'Pain', p_min_interval_minutes => 240, p_max_quantity_24_hours => 4
  )).id as as_needed;
grant select on orders to public;

-- The wrong line.
select tests.act_as((select carl from people));
select is(pg_temp.gives((select plain from orders), '2027-02-01 04:00-06'), 'given', 'Carl signs the wrong line');
select is(pg_temp.left_over((select plain from stock)), 9::numeric, 'and the stock says that one is gone');
select tests.act_as((select cleo from people));
select is(
  tests.refusal($$ select pg_temp.takes_back('not_given') $$), 'permission_denied',
  'another carer does not take back what he signed'
);
select tests.act_as((select otto from people));
select is(tests.refusal($$ select pg_temp.takes_back('not_given') $$), 'not_found', 'for another home it is not there');
select tests.act_as((select hugo from people));
select is(tests.refusal($$ select pg_temp.takes_back('not_given') $$), 'not_found', 'nor for another organization');
select tests.act_as((select ola from people));
select is(tests.refusal($$ select pg_temp.takes_back('not_given') $$), 'permission_denied', 'an owner signs for nothing');
select tests.act_as((select carl from people));
select is(
  tests.refusal($$ select public.retract_administration(pg_temp.account(), null) $$), 'invalid_input', 'he has to say why'
);
select is(pg_temp.takes_back('not_given'), 'not_given', 'he takes it back');
select is(pg_temp.takes_back('not_given'), 'not_given', 'and asks again, having lost his connection');
select is(
  tests.refusal($$ select pg_temp.takes_back('wrong_time') $$), 'conflict', 'which is not for another reason, then'
);
select results_eq(
  $$ select status::text, retracted_by, superseded_at is not null from public.medication_administrations $$,
  $$ select 'given', carl, true from people $$, 'what he had signed stays, struck out, with his name'
);
select is(pg_temp.left_over((select plain from stock)), 10::numeric, 'the tablet is in the stock');
select results_eq(
  $$ select kind::text, quantity, entry_number from public.medication_stock_movements
     where stock_id = (select plain from stock) order by entry_number $$,
  $$ values ('received', 10::numeric, 1), ('administered', -1, 2), ('adjusted', 1, 3) $$, 'by a line of its own, once'
);
select is(pg_temp.dose((select plain from orders), '2027-02-01 04:00-06'), 'planned', 'and the dose is to be given');
select tests.act_as_system();
select is(
  (select array_agg(distinct recipient_id order by recipient_id) from public.notification_queue
   where template_key = 'medication.retracted'),
  (select array_agg(id order by id) from (select nora as id from people union select mona from people) as told),
  'the nurse and the manager are told'
);
select is(
  (select count(*) from public.notification_queue where payload::text ~ 'Amlo|Ruth' or payload - 'link' <> '{}'),
  0::bigint, 'by a link and nothing else'
);
select is(
  tests.refusal($$ update public.medication_administrations set retraction_reason = 'wrong_time' $$), 'conflict',
  'and nobody rewrites the reason'
);

-- As it really was.
select tests.act_as((select carl from people));
select is(pg_temp.gives((select plain from orders), '2027-02-01 04:00-06'), 'given', 'then he gives it');
select is(pg_temp.left_over((select plain from stock)), 9::numeric, 'and one is gone');
select tests.act_as((select nora from people));
select is(
  pg_temp.takes_back('wrong_resident', false), 'wrong_resident',
  'to the wrong resident, as the nurse finds: she takes back what others signed'
);
select is(pg_temp.left_over((select plain from stock)), 9::numeric, 'that tablet is gone');

-- Its time is over.
select tests.act_as_system();
select tests.freeze_clock('2027-02-01 06:00-06');
select cmp_ok(app.job_mark_missed_doses((select lakeside from story), 100), '>=', 1, 'nobody gave it in time');
select is(pg_temp.dose((select plain from orders), '2027-02-01 04:00-06'), 'missed', 'so it was missed');
select tests.act_as((select carl from people));
select is(
  tests.refusal($$ select pg_temp.takes_back('not_given', true, 'missed') $$), 'permission_denied',
  'what nobody signed, nobody takes back'
);
select tests.act_as((select nora from people));
select is(
  tests.refusal($$ select pg_temp.takes_back('not_given', true, 'missed') $$), 'conflict', 'not even the nurse'
);

-- Refused, which was another.
select tests.act_as_system();
select tests.freeze_clock('2027-02-01 15:45-06');
select tests.act_as((select carl from people));
select is(
  pg_temp.gives((select plain from orders), '2027-02-01 16:00-06', 'refused', 'declined'), 'refused', 'Ruth refuses'
);
select is(pg_temp.takes_back('wrong_resident', true, 'refused'), 'wrong_resident', 'no: that was Rose');
select is(pg_temp.left_over((select plain from stock)), 9::numeric, 'which changes no stock');

-- A controlled drug.
select is(pg_temp.gives((select morphine from orders), '2027-02-01 16:00-06'), 'awaiting_witness', 'morphine waits');
select is(
  tests.refusal($$ select pg_temp.takes_back('not_given', true, 'awaiting_witness') $$), 'conflict',
  'its witness says that it was not so'
);
select tests.act_as((select nora from people));
select is(
  (public.witness_administration(pg_temp.account('awaiting_witness'))).status::text, 'given', 'but the nurse signs, too'
);
select is(pg_temp.takes_back('not_given'), 'not_given', 'and takes it back, when she sees the tablet');
select is(pg_temp.left_over((select morphine from stock)), 9::numeric, 'the register does not say so yet');
select tests.act_as((select mona from people));
select lives_ok(
  $$ select public.witness_stock_movement(id) from public.medication_stock_movements where status = 'awaiting_witness' $$,
  'until a second person has seen it'
);
select is(pg_temp.left_over((select morphine from stock)), 10::numeric, 'then it does');

-- As needed: what was not given counts towards no limit, and nobody is asked whether it helped.
select tests.act_as((select carl from people));
select lives_ok(
  $$ select public.record_as_needed((select as_needed from orders), 'Headache', gen_random_uuid()) $$, 'Rose has a headache'
);
select is(
  tests.refusal($$ select public.record_as_needed((select as_needed from orders), 'Still', gen_random_uuid()) $$),
  'conflict', 'again only hours later'
);
select is(pg_temp.takes_back('wrong_medicine'), 'wrong_medicine', 'it was something else');
select lives_ok(
  $$ select public.record_as_needed((select as_needed from orders), 'Headache', gen_random_uuid()) $$, 'so this is given'
);
select tests.act_as_system();
select is(
  (select count(*) from public.medication_administrations
   where retracted_by is not null and effect_due_at is not null and reminded_at is null), 0::bigint,
  'nobody is asked whether what was taken back has helped'
);
select * from finish();
rollback;
