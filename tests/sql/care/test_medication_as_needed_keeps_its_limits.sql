-- Ruth may have two tablets of paracetamol every four hours, and eight within any 24. Carl (carer) gives them, Cora
-- (carer) too; Nora (nurse) orders. The home keeps cough syrup for everybody.
begin;
select plan(26);

create temporary table story as
select lakeside, tests.make_site(lakeside, 'The Elms') as elms, tests.make_site(lakeside, 'The Oaks') as oaks
from (select tests.make_org('lakeside') as lakeside) as orgs;
create temporary table people as
select
  tests.make_staff(lakeside, 'nurse', 'Nora', elms) as nora, tests.make_staff(lakeside, 'carer', 'Carl', elms) as carl,
  tests.make_staff(lakeside, 'carer', 'Cora', elms) as cora, tests.make_staff(lakeside, 'nurse', 'Olga', oaks) as olga
from story;
create temporary table ruth as select tests.make_resident(lakeside, elms, 'Ruth') as id from story;
grant select on story, people, ruth to public;

create function pg_temp.orders(p_name text, p_stock uuid default null, p_replaces uuid default null) returns uuid
language sql as $$
  select (public.create_medication_order(
    ruth.id, p_name, 'Two tablets', 'oral', 2, 'tablet', 'Dr Hale', gen_random_uuid(), p_is_as_needed => true,
    p_indication => 'Pain', p_min_interval_minutes => 240, p_max_quantity_24_hours => 8, p_stock_id => p_stock,
    p_replaces_id => p_replaces, p_reason => case when p_replaces is not null then 'Dose' end,
    p_starts_at => '2027-02-01 00:00Z'
  )).id from ruth
$$;
create function pg_temp.gives(
  p_order uuid, p_quantity numeric default null, p_at timestamptz default null, p_key uuid default gen_random_uuid(),
  p_stock uuid default null
) returns numeric language sql as $$
  select (public.record_as_needed(p_order, 'Her knee hurts', p_key, p_quantity, p_at, p_stock)).quantity
$$;
-- Why not, and when it is possible.
create function pg_temp.held(p_order uuid, p_quantity numeric default null, p_at timestamptz default null) returns text
language plpgsql as $$
declare
  v_message text;
begin
  return pg_temp.gives(p_order, p_quantity, p_at)::text;
exception when sqlstate 'PGRST' then
  get stacked diagnostics v_message = message_text;
  return ((v_message::jsonb ->> 'details')::jsonb ->> 'reason') || ' '
    || to_char(((v_message::jsonb ->> 'details')::jsonb ->> 'possible_at')::timestamptz at time zone 'UTC', 'DD HH24:MI');
end
$$;

select tests.freeze_clock('2027-02-01 08:00Z');
select tests.act_as((select nora from people));
select is(
  tests.refusal($$ select public.create_medication_order(
    (select id from ruth), 'X', 'One', 'oral', 1, 'tablet', 'Dr Hale', gen_random_uuid(), p_is_as_needed => true,
    p_indication => 'Pain', p_min_interval_minutes => 240) $$), 'invalid_input', 'as needed without a maximum is no order'
);
select is(
  tests.refusal($$ select public.create_medication_order(
    (select id from ruth), 'X', 'One', 'oral', 1, 'tablet', 'Dr Hale', gen_random_uuid(), p_is_as_needed => true,
    p_min_interval_minutes => 240, p_max_quantity_24_hours => 4) $$), 'invalid_input', 'nor without saying what for'
);
create temporary table orders as select pg_temp.orders('Paracetamol 500 mg') as id;
grant select on orders to public;

select tests.act_as((select carl from people));
select is(
  tests.refusal($$ select pg_temp.gives((select id from orders), 3) $$), 'invalid_input', 'not more than the order says'
);
create temporary table keys as select gen_random_uuid() as id;
select is(pg_temp.gives((select id from orders), null, null, (select id from keys)), 2.000, 'Carl gives two');
select is(pg_temp.gives((select id from orders), null, null, (select id from keys)), 2.000, 'and asks again');
select is((select count(*) from public.medication_administrations), 1::bigint, 'she had them once');
select tests.freeze_clock('2027-02-01 11:59Z');
select tests.act_as((select cora from people));
select is(pg_temp.held((select id from orders)), 'minimum_interval 01 12:00', 'a minute too soon, Cora hears when');
select is(
  pg_temp.held((select id from orders), 1, '2027-02-01 07:00Z'), 'minimum_interval 01 12:00',
  'nor would it have been possible an hour before Carl'
);
select results_eq(
  $$ select details ->> 'name', possible_at, held_back_by
     from public.list_as_needed_orders((select id from ruth), 'treatment') $$,
  $$ values ('Paracetamol 500 mg', '2027-02-01 12:00Z'::timestamptz, 'minimum_interval') $$, 'the list says so, too'
);
select tests.freeze_clock('2027-02-01 12:00Z');
select is(pg_temp.gives((select id from orders)), 2.000, 'at noon she gives two');
select tests.freeze_clock('2027-02-01 16:00Z');
select is(pg_temp.gives((select id from orders), 1), 1.000, 'then one');
select tests.freeze_clock('2027-02-01 20:00Z');
select is(pg_temp.gives((select id from orders), 1), 1.000, 'and one');

-- The nurse changes the order: what was given by the former one counts.
select tests.act_as((select nora from people));
create temporary table changed as select pg_temp.orders('Paracetamol 500 mg', null, (select id from orders)) as id;
grant select on changed to public;
select tests.freeze_clock('2027-02-02 00:00Z');
select tests.act_as((select carl from people));
select is(pg_temp.held((select id from orders)), null, 'the former order gives no more');
select is(pg_temp.gives((select id from changed)), 2.000, 'two more make eight');
select tests.freeze_clock('2027-02-02 05:00Z');
select is(
  pg_temp.held((select id from changed)), 'maximum_24_hours 02 08:00', 'a ninth within 24 hours is refused until eight'
);
select tests.freeze_clock('2027-02-02 08:00Z');
select is(pg_temp.gives((select id from changed)), 2.000, 'at eight it is possible');

-- Whether it helped.
create temporary table given as
select id from public.medication_administrations where occurred_at = '2027-02-02 08:00Z';
grant select on given to public;
select tests.act_as_system();
do $$ begin perform app.job_remind_medication((select lakeside from story), 100); end $$;
select is(
  (select count(*) from public.notification_queue
   where template_key = 'medication.effect' and payload ->> 'link' ~ (select id::text from given)), 0::bigint,
  'nobody is reminded before an hour is over'
);
select tests.freeze_clock('2027-02-02 09:00Z');
do $$ begin perform app.job_remind_medication((select lakeside from story), 100); end $$;
do $$ begin perform app.job_remind_medication((select lakeside from story), 100); end $$;
select is(
  (select array_agg(recipient_id) from public.notification_queue
   where template_key = 'medication.effect' and payload ->> 'link' ~ (select id::text from given)),
  array[(select carl from people)], 'then Carl is, once'
);
select tests.act_as((select olga from people));
select is(
  tests.refusal($$ select public.record_effect((select id from given), 'effective') $$), 'not_found',
  'a nurse of another home does not say whether it helped'
);
select tests.act_as((select cora from people));
select is((public.record_effect((select id from given), 'effective', 'She sleeps')).effect::text, 'effective', 'Cora does');
select is(
  tests.refusal($$ select public.record_effect((select id from given), 'adverse') $$), 'conflict', 'and stays with it'
);
select is(
  tests.refusal($$ select public.record_effect(
    (select id from public.medication_administrations where occurred_at = '2027-02-01 08:00Z'), 'effective') $$),
  'conflict', 'after a day nobody knows'
);

-- A homely remedy.
select tests.act_as((select nora from people));
create temporary table syrup as
select (public.create_medication_stock(null, 'Simple linctus', 'tablet', p_site_id => elms)).id from story;
grant select on syrup to public;
do $$ begin perform public.record_stock_movement((select id from syrup), 'received', gen_random_uuid(), 3); end $$;
create temporary table cough as select pg_temp.orders('Simple linctus') as id;
grant select on cough to public;
select tests.act_as((select carl from people));
select is(pg_temp.gives((select id from cough), 2, null, gen_random_uuid(), (select id from syrup)), 2.000, 'it is given from the home''s');
select results_eq(
  $$ select name, quantity from public.list_medication_stock((select elms from story), 'treatment') $$,
  $$ values ('Simple linctus', 1.000) $$, 'of which one is left'
);
select tests.freeze_clock('2027-02-02 14:00Z');
select is(
  tests.refusal($$ select pg_temp.gives((select id from cough), 2, null, gen_random_uuid(), (select id from syrup)) $$),
  'conflict', 'two more are not there'
);
select tests.act_as((select olga from people));
select is(
  (select count(*) from public.list_medication_stock((select elms from story), 'treatment')), 0::bigint,
  'another home sees nothing of it'
);
select * from finish();
rollback;
