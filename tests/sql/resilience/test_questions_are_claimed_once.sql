-- Nadia and Nora are nurses of Lakeside, Sven sits at its front desk. A question is open to every nurse until one takes
-- it; then it is hers. How many she takes on is hers to know, and told to others only if she wants to be contacted.
begin;
select plan(33);

create temporary table story as
select lakeside, harbor, gen_random_uuid() as patient, gen_random_uuid() as elsewhere
from (
  select tests.make_org('lakeside', true, 'America/Chicago') as lakeside, tests.make_org('harbor') as harbor
) as orgs;
create temporary table people as
select
  tests.make_person(lakeside, 'nurse', 'Nadia') as nadia,
  tests.make_person(lakeside, 'nurse', 'Nora') as nora,
  tests.make_person(lakeside, 'scheduler', 'Sven') as sven,
  tests.make_person(lakeside, 'admin', 'Ada') as ada,
  tests.make_person(lakeside, 'care_manager', 'Cora') as cora,
  tests.make_person(lakeside, 'manager', 'Mia') as mia,
  tests.make_person(lakeside, 'billing', 'Bill') as bill,
  tests.make_person(harbor, 'nurse', 'Hana') as hana,
  tests.make_person(harbor, 'admin', 'Hugo') as hugo
from story;
grant select on story, people to public;
insert into public.patients (id) select patient from story union all select elsewhere from story;
insert into public.org_patients (org_id, patient_id)
select lakeside, patient from story union all select harbor, elsewhere from story;
-- Ten at night in Chicago is the next day in London.
select tests.freeze_clock('2026-03-11 03:00+00');

select tests.act_as((select sven from people));
create temporary table questions as
select public.ask_nurse_question('May I take both pills at once?', patient) as first from story;
grant select on questions to public;
select is(
  tests.refusal($$ select public.ask_nurse_question('x', elsewhere) from story $$), 'not_found',
  'the front desk takes a question down, but not of a patient of another organization'
);
select is(tests.refusal($$ select public.ask_nurse_question('') $$), 'invalid_input', 'an empty one is none');
select is(
  tests.refusal($$ select public.ask_nurse_question(repeat('x', 2001)) $$), 'invalid_input', 'nor an endless one'
);
select is(tests.refusal('select * from public.get_nurse_questions()'), 'permission_denied', 'and reads none');
select is(
  tests.refusal('select public.claim_nurse_question(first) from questions'), 'permission_denied', 'and answers none'
);

select tests.act_as_system();
select is(
  (
    select question_text is not null and position('pills'::bytea in question_text) = 0
    from public.nurse_questions inner join questions on questions.first = nurse_questions.id
  ),
  true, 'what was asked is stored sealed'
);

select tests.act_as((select nora from people));
select is(tests.refusal('select * from public.nurse_questions'), '42501', 'nobody reads the table');
select is(
  tests.refusal($$ select app.open_nurse_questions(array[first], 'treatment') from questions $$), '42501',
  'or opens what is in it'
);
select is(tests.refusal($$ update public.nurse_questions set claimed_by = null $$), '42501', 'or writes it');
select results_eq(
  'select question_text, patient_id from public.get_nurse_questions()',
  $$ select 'May I take both pills at once?', patient from story $$, 'Nora sees that it is open'
);

select tests.act_as((select nadia from people));
select is(
  (select public.claim_nurse_question(first) from questions), app.clock(), 'Nadia takes it on'
);
select is(
  (select public.claim_nurse_question(first) from questions), app.clock(), 'taking it again changes nothing'
);
select results_eq(
  'select id, claimed_at from public.get_nurse_questions(true)', 'select first, app.clock() from questions',
  'it is among hers'
);
select is((select questions_today from public.get_my_workload()), 1, 'and counts today');

select tests.act_as((select nora from people));
select is_empty('select * from public.get_nurse_questions()', 'Nora sees it no more');
select is(tests.refusal('select public.claim_nurse_question(first) from questions'), 'conflict', 'and cannot take it');
select is(tests.refusal('select public.answer_nurse_question(first) from questions'), 'not_found', 'or answer it');
select is(
  tests.refusal('select public.claim_nurse_question(gen_random_uuid())'), 'not_found', 'nobody takes what is not there'
);
select tests.act_as((select hana from people));
select is(
  tests.refusal('select public.claim_nurse_question(first) from questions'), 'not_found',
  'in another organization it is not there'
);
select is_empty('select * from public.get_nurse_questions()', 'and not seen');

select tests.act_as((select nadia from people));
select is((select public.answer_nurse_question(first) from questions), app.clock(), 'Nadia answers it');
select tests.act_as_system();
select results_eq(
  'select claimed_on, practitioner_id, answered_at is not null from public.nurse_questions',
  $$ select date '2026-03-10', tests.practitioner_of(nadia), true from people $$,
  'the day is the organization''s, and she is known as a practitioner'
);
select ok(
  exists (
    select from public.audit_events
    where
      actor_id = (select nora from people) and table_name = 'public.nurse_questions' and action = 'read'
      and purpose = 'treatment' and subject_ids = array[(select patient from story)]
  ),
  'who looked at whose questions is in the trail'
);
select is_empty(
  $$ select from public.audit_events where changes::text like '%pills%' $$, 'and their words are not'
);

-- The volume.
select tests.act_as((select nadia from people));
select is((select public.get_nurse_question_volume(nadia, 0) from people), 1, 'Nadia asks for herself');
select is(
  (select tests.refusal(format('select public.get_nurse_question_volume(%L, -1)', nadia)) from people),
  'invalid_input', 'not for days to come'
);
select tests.act_as((select cora from people));
create temporary table answers as
select tests.refusal(format('select public.get_nurse_question_volume(%L, 7)', asked.id)) as answer
from people
cross join lateral (values (nadia), (nora), (hana), (gen_random_uuid())) as asked (id);
select is(
  (select array_agg(distinct answer) from answers), '{not_found}',
  'a care manager is told of nobody: who agreed to nothing, is elsewhere or does not exist is one answer'
);
select tests.act_as_system();
select tests.give_consent(lakeside, nadia, 'aggregate_only') from story, people;
select tests.act_as((select cora from people));
select is(
  (select tests.refusal(format('select public.get_nurse_question_volume(%L, 7)', nadia)) from people), 'not_found',
  'who takes part only in figures of many is not told of either'
);
select tests.act_as_system();
update public.provider_consents set level = 'may_be_contacted';
select tests.act_as((select cora from people));
select is((select public.get_nurse_question_volume(nadia, 7) from people), 1, 'who may be contacted is');
select tests.act_as((select mia from people));
select is(
  (select tests.refusal(format('select public.get_nurse_question_volume(%L, 7)', nadia)) from people), 'not_found',
  'but not to those who run her site'
);
select tests.act_as((select hugo from people));
select is(
  (select tests.refusal(format('select public.get_nurse_question_volume(%L, 7)', nadia)) from people), 'not_found',
  'nor to administrators elsewhere'
);
select tests.act_as_system();
select results_eq(
  $$ select actor_id, purpose from public.audit_events where subject_ids = array[(select nadia from people)] $$,
  $$ select cora, 'operations' from people $$, 'each look at her is in the trail'
);
update public.provider_consents set withdrawn_at = now();
select tests.act_as((select cora from people));
select is(
  (select tests.refusal(format('select public.get_nurse_question_volume(%L, 7)', nadia)) from people), 'not_found',
  'and once she withdraws, at once, she is not told of any more'
);

select * from finish();
rollback;
