-- Ruth has morphine. Carl (carer) and Nora (nurse) sign for it; Dora (carer) is her daughter, too; the carers have
-- learnt to give medicines; Vera has a role and no employment, Otto works at the Oaks, Mona manages the Elms, Ola owns,
-- Hugo is of Harbor.
begin;
select plan(48);

create temporary table story as
select lakeside, harbor, tests.make_site(lakeside, 'The Elms') as elms, tests.make_site(lakeside, 'The Oaks') as oaks
from (select tests.make_org('lakeside') as lakeside, tests.make_org('harbor') as harbor) as orgs;
create temporary table people as
select
  tests.make_staff(lakeside, 'nurse', 'Nora', elms) as nora, tests.make_staff(lakeside, 'carer', 'Carl', elms) as carl,
  tests.make_staff(lakeside, 'carer', 'Dora', elms) as dora, tests.make_person(lakeside, 'carer', 'Vera', elms) as vera,
  tests.make_staff(lakeside, 'carer', 'Otto', oaks) as otto, tests.make_staff(lakeside, 'manager', 'Mona', elms) as mona,
  tests.make_staff(lakeside, 'org_owner', 'Ola') as ola, tests.make_staff(harbor, 'nurse', 'Hugo') as hugo
from story;
insert into public.training_courses (org_id, code, title) select lakeside, 'medication', 'Giving medicines' from story;
insert into public.training_records (org_id, user_id, course_id, completed_on)
select org_id, unnest(array[carl, dora, otto]), id, '2026-09-01' from public.training_courses cross join people;
create temporary table ruth as select tests.make_resident(lakeside, elms, 'Ruth') as id from story;
do $$ begin
  perform tests.share_resident((select lakeside from story), (select id from ruth), (select dora from people), 'profile');
end $$;
grant select on story, people, ruth to public;
select tests.freeze_clock('2027-02-01 07:30-06');

create function pg_temp.newest(p_table regclass) returns uuid language plpgsql security definer as $$
declare
  v_id uuid;
begin
  execute format('select id from %s order by id desc limit 1', p_table) into v_id;
  return v_id;
end
$$;
create function pg_temp.gives(p_due timestamptz) returns text language sql as $$
  select (public.record_administration(doses.id, 'given', gen_random_uuid())).status::text
  from public.medication_doses as doses where doses.due_at = p_due
$$;
create function pg_temp.witnesses(p_confirms boolean default true) returns text language sql as $$
  select (public.witness_administration(pg_temp.newest('public.medication_administrations'), p_confirms)).status::text
$$;
create function pg_temp.left_over() returns text language sql as $$
  select quantity || ' ' || awaiting_witness from public.list_medication_stock((select elms from story), 'treatment')
$$;

select tests.act_as((select nora from people));
create temporary table morphine as
select (public.create_medication_stock((select id from ruth), 'Morphine 10 mg', 'tablet', true)).id;
grant select on morphine to public;
select is(
  tests.refusal($$ select public.create_medication_order(
    (select id from ruth), 'Morphine 10 mg', 'One', 'oral', 1, 'tablet', 'Dr Hale', gen_random_uuid(),
    p_times_of_day => '{08:00}', p_is_controlled => true) $$), 'invalid_input', 'none without a register'
);
select is(
  tests.refusal($$ select public.create_medication_order(
    (select id from ruth), 'Morphine 10 mg', 'One', 'oral', 1, 'tablet', 'Dr Hale', gen_random_uuid(),
    p_times_of_day => '{08:00}', p_stock_id => (select id from morphine)) $$), 'invalid_input',
  'nor as if it were not controlled'
);
select lives_ok(
  $$ select public.create_medication_order(
    (select id from ruth), 'Morphine 10 mg', 'One', 'oral', 1, 'tablet', 'Dr Hale', gen_random_uuid(),
    p_times_of_day => '{08:00,20:00}', p_stock_id => (select id from morphine), p_is_controlled => true) $$,
  'Nora orders it'
);

-- What comes in.
select is(
  (public.record_stock_movement((select id from morphine), 'received', gen_random_uuid(), 2)).status::text,
  'awaiting_witness', 'what was delivered waits for a second signature'
);
select is(
  tests.refusal($$ select public.witness_stock_movement(pg_temp.newest('public.medication_stock_movements')) $$),
  'permission_denied', 'which is not her own'
);
select tests.act_as((select otto from people));
select is(
  tests.refusal($$ select public.witness_stock_movement(pg_temp.newest('public.medication_stock_movements')) $$), 'not_found',
  'nor that of another home'
);
select tests.act_as((select carl from people));
select is(
  tests.refusal($$ select pg_temp.gives('2027-02-01 08:00-06') $$), 'conflict', 'until then there is nothing to give'
);
select results_eq(
  $$ select status::text, entry_number, quantity_after
     from public.witness_stock_movement(pg_temp.newest('public.medication_stock_movements')) $$,
  $$ values ('confirmed', 1, 2.000) $$, 'Carl signs: the first line of the register'
);

-- What is given.
select is(pg_temp.gives('2027-02-01 08:00-06'), 'awaiting_witness', 'he gives one, which does not count yet');
select is(pg_temp.left_over(), '2.000 -1.000', 'it is out of the cupboard, and not in the register');
select is(tests.refusal('select pg_temp.witnesses()'), 'permission_denied', 'he does not witness himself');
select tests.act_as((select dora from people));
select is(tests.refusal('select pg_temp.witnesses()'), 'permission_denied', 'nor does her daughter, who works here, too');
select tests.act_as((select vera from people));
select is(tests.refusal('select pg_temp.witnesses()'), 'permission_denied', 'nor who is not employed');
select tests.act_as((select ola from people));
select is(tests.refusal('select pg_temp.witnesses()'), 'permission_denied', 'nor the owner, who gives no care');
select tests.act_as((select otto from people));
select is(tests.refusal('select pg_temp.witnesses()'), 'not_found', 'nor a carer of another home');
select tests.act_as((select hugo from people));
select is(tests.refusal('select pg_temp.witnesses()'), 'not_found', 'nor a nurse of another organization');

-- No way around it, for whatever writes the table.
select tests.act_as_system();
select is(
  tests.refusal($$ update public.medication_administrations set status = 'given' $$), '23514',
  'the table itself refuses one signature'
);
select is(
  tests.refusal($$ update public.medication_administrations
    set status = 'given', witnessed_by = administered_by, witnessed_at = now() $$), '23514', 'and twice the same'
);
select is(
  tests.refusal($$ update public.medication_administrations set is_controlled = false, status = 'given' $$), 'conflict',
  'and that it were no controlled drug'
);
select is(
  tests.refusal($$ insert into public.medication_administrations
    (org_id, resident_id, site_id, order_id, is_controlled, status, quantity, occurred_at, administered_by)
    select org_id, resident_id, site_id, id, false, 'given', 1, now(), (select carl from people)
    from public.medication_orders $$), '23503', 'of a new one, too'
);
select is(
  tests.refusal($$ update public.medication_stock_movements set status = 'confirmed' where kind = 'administered' $$), '23514',
  'the register refuses one signature'
);

select tests.act_as((select nora from people));
select is(pg_temp.witnesses(), 'given', 'Nora saw it: now it was given');
select is(pg_temp.witnesses(), 'given', 'asked again, it still was');
select is(pg_temp.left_over(), '1.000 0', 'and the register says what is left');
select results_eq(
  $$ select entry_number, quantity, quantity_after, recorded_by = (select carl from people),
       witnessed_by = (select nora from people) from public.medication_stock_movements where kind = 'administered' $$,
  $$ values (2, -1.000, 1.000, true, true) $$, 'line by line, with both who signed'
);
select is((select status::text from public.medication_doses where due_at = '2027-02-01 08:00-06'), 'given', 'the round, too');
select tests.act_as_system();
select is(
  tests.refusal($$ update public.medication_stock_movements set quantity_after = 5 $$), 'conflict', 'no line changes'
);
select is(tests.refusal('delete from public.medication_stock_movements'), 'conflict', 'and none goes');

-- What nobody saw.
select tests.freeze_clock('2027-02-01 20:00-06');
select tests.act_as((select carl from people));
select is(pg_temp.gives('2027-02-01 20:00-06'), 'awaiting_witness', 'in the evening he gives the last one');
select is(
  tests.refusal($$ select public.record_stock_movement((select id from morphine), 'destroyed', gen_random_uuid(), 1) $$),
  'conflict', 'which is not there for anything else'
);
select tests.act_as_system();
select tests.freeze_clock('2027-02-01 20:40-06');
do $$ begin
  perform app.job_remind_medication((select lakeside from story), 10);
  perform app.job_remind_medication((select lakeside from story), 10);
end $$;
select is(
  (select count(*) from public.notification_queue where template_key = 'medication.awaiting_witness'), 2::bigint,
  'nurse and manager are told that a signature is missing, once'
);
select tests.act_as((select nora from people));
select is(pg_temp.witnesses(false), 'not_witnessed', 'Nora did not see it, and says so');
select is(tests.refusal('select pg_temp.witnesses()'), 'conflict', 'that is not taken back');
select is(pg_temp.left_over(), '1.000 0', 'the register has no line of it');
select tests.act_as_system();
select is(
  (select count(*) from public.notification_queue where template_key = 'medication.not_witnessed'), 2::bigint,
  'the manager is told, and the nurse'
);

-- Counting.
select tests.act_as((select carl from people));
create temporary table keys as select gen_random_uuid() as counting;
grant select on keys to public;
select results_eq(
  $$ select status::text, expected_quantity, difference
     from public.record_stock_count((select id from morphine), 0, (select counting from keys)) $$,
  $$ values ('awaiting_witness', 1.000, -1.000) $$, 'Carl counts: one is missing'
);
select lives_ok(
  $$ select public.record_stock_count((select id from morphine), 0, (select counting from keys)) $$, 'and asks again'
);
select results_eq(
  $$ select status::text, difference from public.medication_discrepancies $$, $$ values ('open', -1.000) $$,
  'one discrepancy is open'
);
select is(
  tests.refusal($$ select public.witness_stock_count(pg_temp.newest('public.medication_stock_counts')) $$),
  'permission_denied', 'he does not witness his count'
);
select is(
  tests.refusal($$ select public.resolve_medication_discrepancy(
    pg_temp.newest('public.medication_discrepancies'), 'explained', 'Dropped') $$), 'permission_denied', 'nor explain it'
);
select tests.act_as_system();
select results_eq(
  $$ select recipient_id, priority::text from public.notification_queue where template_key = 'medication.discrepancy' $$,
  $$ select mona, 'urgent' from people $$, 'the manager is told at once'
);
select tests.act_as((select mona from people));
select is(
  (public.witness_stock_count(pg_temp.newest('public.medication_stock_counts'))).status::text, 'confirmed', 'Mona counts, too'
);
select is(
  tests.refusal($$ select public.record_stock_movement((select id from morphine), 'adjusted', gen_random_uuid(),
    p_discrepancy_id => pg_temp.newest('public.medication_discrepancies')) $$), 'conflict', 'nothing is put right yet'
);
select is(
  (public.resolve_medication_discrepancy(pg_temp.newest('public.medication_discrepancies'), 'reported')).status::text,
  'reported', 'she reports it'
);
select is(
  (public.resolve_medication_discrepancy(
    pg_temp.newest('public.medication_discrepancies'), 'explained', 'Given in the evening, unseen')).status::text,
  'explained', 'and knows later why'
);
select is(
  (select explanation from public.open_medication_discrepancies(
    array[pg_temp.newest('public.medication_discrepancies')], 'operations')), 'Given in the evening, unseen', 'in words'
);
select is(
  (public.record_stock_movement((select id from morphine), 'adjusted', gen_random_uuid(),
    p_discrepancy_id => pg_temp.newest('public.medication_discrepancies'))).quantity, -1.000, 'she puts the register right'
);
select tests.act_as((select nora from people));
select results_eq(
  $$ select entry_number, quantity_after
     from public.witness_stock_movement(pg_temp.newest('public.medication_stock_movements')) $$,
  $$ values (3, 0.000) $$, 'and Nora signs with her'
);
select * from finish();
rollback;
