-- Nadia (nurse of Lakeside, may be contacted) has assessed herself. Nobody else reads anything of it: not Nora (nurse),
-- Cara (care manager), Ada (admin), Mia (manager), Wim (wellness officer), Odile (owner), nor Hana (nurse of Harbor).
begin;
select plan(32);

create temporary table story as
select
  lakeside,
  tests.make_person(lakeside, 'nurse', 'Nadia') as nadia,
  tests.make_person(lakeside, 'nurse', 'Nora') as nora,
  tests.make_person(harbor, 'nurse', 'Hana') as hana,
  array[
    tests.make_person(lakeside, 'care_manager', 'Cara'), tests.make_person(lakeside, 'admin', 'Ada'),
    tests.make_person(lakeside, 'manager', 'Mia'), tests.make_person(lakeside, 'wellness_officer', 'Wim'),
    tests.make_person(lakeside, 'org_owner', 'Odile')
  ] as staff
from (select tests.make_org('lakeside') as lakeside, tests.make_org('harbor') as harbor) as orgs;
grant select on story to public;
select tests.give_consent(lakeside, nadia, 'may_be_contacted') from story;

create function pg_temp.openings() returns setof record language sql security definer as $$
  select actor_id, purpose, subject_ids, outcome::text
  from public.audit_events
  where operation = 'open' and table_name = 'public.provider_burnout_assessments'
  order by occurred_at, id
$$;

select tests.act_as((select nadia from story));
create temporary table made as
select * from public.submit_instrument_assessment('single_item_burnout', '[{"link_id": "1", "code": "5"}]');
grant select on made to public;

-- Sealed: in the table, in what the RPC gives back, in the trail.
select is((select get_byte(answers, 0) from public.provider_burnout_assessments), 1, 'a select gives a sealed value');
select ok((select app.is_sealed(answers) from made), 'so does the RPC that took the answers');
select unalike(
  (select encode(answers, 'escape') from public.provider_burnout_assessments), '%link_id%', 'in which nothing can be read'
);
select is_empty('select * from pg_temp.openings() as e (who uuid, why text, whose uuid[], how text)', 'nobody opened it so far');

select is(
  (public.get_questionnaire_response((select id from made))) #>> '{item,0,answer,0,valueCoding,code}', '5', 'its owner opens it'
);
select results_eq(
  'select * from pg_temp.openings() as e (who uuid, why text, whose uuid[], how text)',
  $$ select nadia, 'patient_request', array[nadia], 'success' from story $$, 'which leaves an event'
);
select is(
  (select answers from public.open_provider_burnout_assessments((select array[id] from made), 'treatment')),
  '[{"code": "5", "link_id": "1"}]', 'also by its id'
);
select is(
  tests.refusal('select public.get_questionnaire_response((select id from made), null)'), 'invalid_input', 'say what for'
);
select is(
  tests.refusal('select public.open_provider_burnout_assessments((select array[id] from made), null)'), 'invalid_input',
  'here, too'
);

-- Nobody writes past the RPCs, its owner neither.
select is(tests.refusal('update public.provider_burnout_assessments set headline_score = 1'), '42501', 'no update');
select is(tests.refusal('delete from public.provider_burnout_assessments'), '42501', 'no delete');
select is(
  tests.refusal($$ insert into public.provider_burnout_assessments (instrument_id, headline_score)
    select id, 1 from public.instruments where code = 'olbi' $$), '42501', 'no insert'
);
select is(tests.refusal('update public.provider_assessment_scores set score = 1'), '42501', 'no score');
select is(tests.refusal('delete from public.provider_assessment_scores'), '42501', 'neither');

create function pg_temp.seen() returns text language sql as $$
  select concat_ws(
    ',', (select count(*) from public.provider_burnout_assessments), (select count(*) from public.provider_assessment_scores),
    (select count(*) from public.get_burnout_assessments(500)),
    (select count(*) from public.open_provider_burnout_assessments((select array[id] from made), 'operations')),
    tests.refusal('select public.get_questionnaire_response((select id from made))')
  )
$$;
select is(pg_temp.seen(), '1,1,1,1', 'its owner sees it');
select tests.act_as((select nora from story));
select is(pg_temp.seen(), '0,0,0,0,not_found', 'a colleague does not');
select tests.act_as((select hana from story));
select is(pg_temp.seen(), '0,0,0,0,not_found', 'nor somebody of another organization');
select tests.act_as((select staff[1] from story));
select is(pg_temp.seen(), '0,0,0,0,not_found', 'nor the care manager');
select tests.act_as((select staff[2] from story));
select is(pg_temp.seen(), '0,0,0,0,not_found', 'nor the administrator');
select tests.act_as((select staff[3] from story));
select is(pg_temp.seen(), '0,0,0,0,not_found', 'nor the manager');
select tests.act_as((select staff[4] from story));
select is(pg_temp.seen(), '0,0,0,0,not_found', 'nor the wellness officer');
select tests.act_as((select staff[5] from story));
select is(pg_temp.seen(), '0,0,0,0,not_found', 'nor the owner of the organization');
select tests.act_as_anonymous();
select is(tests.refusal('select * from public.provider_burnout_assessments'), '42501', 'nor anybody');
select is(tests.refusal('select * from public.provider_assessment_scores'), '42501', 'nor its scales');

-- The trail says that it changed, and not what.
select tests.act_as_system();
select is_empty(
  $$ select * from public.audit_events
     where table_name in ('public.provider_burnout_assessments', 'provider_burnout_assessments')
     and (changes::text like '%burned_out%' or changes::text like '%critical%' or changes::text like '%100.00%') $$,
  'no result is in the trail'
);

-- The tables hold what the rule says, whoever writes.
create temporary table tried (statement text, state text);
insert into tried values
('update public.provider_burnout_assessments set emotional_exhaustion_score = 1', '23514'),
('update public.provider_burnout_assessments set headline_score = null, headline_band = null, emotional_exhaustion_score = 1', '23502'),
('update public.provider_burnout_assessments set headline_score = null', '23502'),
('update public.provider_burnout_assessments set headline_score = null, headline_band = null', '23502'),
('update public.provider_burnout_assessments set headline_score = 101', '23514'),
('update public.provider_burnout_assessments set risk_level = $x$low$x$', '428C9'),
('update public.provider_burnout_assessments set composite_burnout_score = 1', '428C9');
select is_empty(
  $$ select statement, tests.refusal(statement) from tried where tests.refusal(statement) is distinct from state $$,
  'part of a result, a result out of range, a level of one''s own'
);
select is(
  tests.refusal($$ update public.provider_assessment_scores set user_id = (select nora from story) $$), '23503',
  'a score is its assessment''s owner''s'
);

-- With the key of the person the answers are gone, and the scores are still theirs to read.
select is(app.destroy_data_keys(lakeside, nadia), 1, 'the key of the person is destroyed') from story;
select tests.act_as((select nadia from story));
select is(
  (select array[r -> 'item', r #> '{extension,0,extension,1,valueDecimal}']
   from public.get_questionnaire_response((select id from made)) as r),
  array[null, '5.00']::jsonb[], 'and her answers with it, but not what they came to'
);
select tests.act_as_system();
select lives_ok($$ delete from auth.users where id = (select nadia from story) $$, 'who is deleted takes them along');
select is_empty('select * from public.provider_burnout_assessments', 'no assessment stays');
select is_empty('select * from public.provider_assessment_scores', 'and no score');

select * from finish();
rollback;
