-- Nadia takes part and keeps a record of what she learns; Nell works beside her and has not agreed to anything; Ada and
-- Wanda look after the team; Hana works elsewhere. (A-026, A-038, A-054, A-055, A-059)
begin;
select plan(30);

create temporary table story as
select
  lakeside,
  tests.make_person(lakeside, 'nurse', 'Nadia') as nadia,
  tests.make_person(lakeside, 'nurse', 'Nell') as nell,
  tests.make_person(lakeside, 'admin', 'Ada') as ada,
  tests.make_person(lakeside, 'wellness_officer', 'Wanda') as wanda,
  tests.make_person(harbor, 'nurse', 'Hana') as hana,
  gen_random_uuid() as breathing, gen_random_uuid() as nights, gen_random_uuid() as retired
from (select tests.make_org('lakeside') as lakeside, tests.make_org('harbor') as harbor) as orgs;
select tests.give_consent(lakeside, nadia, 'anonymous') from story;
insert into public.resilience_training_modules (id, title, category, content_type, is_active)
select modules.id, modules.title, 'sleep', 'article', modules.is_active
from story
cross join lateral (
  values (breathing, 'Breathing', true), (nights, 'Nights', true), (retired, 'Retired', false)
) as modules (id, title, is_active);
grant select on story to public;

select tests.act_as((select nadia from story));
select is((public.start_module(breathing)).completed_at, null, 'a module begun is not finished') from story;
select tests.freeze_clock(now() + interval '10 minutes');
select is(
  (public.start_module(breathing)).started_at, now(), 'begun again it was begun when it was begun first'
) from story;
select is(
  tests.refusal(format('update public.provider_training_completions set found_helpful = true')), 'invalid_input',
  'nobody says whether it helped before they are through'
);
select is((public.track_module_completion(breathing)).completed_at, app.clock(), 'then it is finished') from story;
select is((select found_helpful from public.get_my_training()), null, 'and need not say whether it helped');
select tests.freeze_clock(now() + interval '20 minutes');
select is((public.track_module_completion(breathing, true)).found_helpful, true, 'may say so later') from story;
select is(
  (public.track_module_completion(breathing)).found_helpful, true, 'and an answer is not lost by saying it without'
) from story;
select is(
  (select (public.track_module_completion(breathing, false)).answered_at from story), app.clock(),
  'an answer may be changed'
);
select is(
  (select completed_at from public.get_my_training()), now() + interval '10 minutes', 'the first completion stays'
);
select is((select count(*) from public.get_my_training()), 1::bigint, 'one row per module');
select lives_ok(
  $$ insert into public.provider_training_completions (module_id, completed_at) select nights, '2001-01-01' from story $$,
  'finished without having been begun, by the table itself'
);
select is((select completed_at from public.get_my_training(1)), app.clock(), 'at a moment that nobody makes up');
update public.provider_training_completions set completed_at = null, found_helpful = null;
select is(
  (select count(*) from public.get_my_training() where completed_at is not null), 2::bigint, 'what is done stays done'
);
select results_eq(
  $$ select title, is_completed from public.get_resilience_modules() where title in ('Breathing', 'Nights') $$,
  $$ values ('Breathing', true), ('Nights', true) $$, 'the library shows it'
);
select results_eq(
  $$ select title from public.get_my_training(10, (select id from public.get_my_training(1))) $$, array['Breathing'],
  'page by page'
);
select is(
  tests.refusal((select format('select public.start_module(%L)', retired) from story)), 'not_found',
  'what is no longer offered'
);
select is(
  tests.refusal('select public.track_module_completion(gen_random_uuid())'), 'not_found', 'and what never was: one answer'
);
select is(tests.refusal('select public.start_module(null)'), 'invalid_input', 'some module it is');
select is(
  tests.refusal('delete from public.provider_training_completions'), '42501', 'nobody deletes single rows'
);
select is(
  tests.refusal($$ update public.provider_training_completions set started_at = '2001-01-01' $$), '42501',
  'or writes when'
);

select tests.act_as((select nell from story));
select is_empty('select * from public.provider_training_completions', 'a colleague reads nothing of it');
select is(
  (select is_completed from public.get_resilience_modules() where title = 'Breathing'), false, 'and has her own library'
);
select is(
  tests.refusal((select format('select public.track_module_completion(%L)', breathing) from story)), 'consent_required',
  'of whom nothing is kept before she agrees'
);
select is(
  tests.refusal((select format('insert into public.provider_training_completions (module_id) values (%L)', breathing)
    from story)), 'consent_required', 'whichever way'
);
select ok((select count(*) >= 2 from public.get_resilience_modules()), 'though she reads what she likes');

select tests.act_as((select ada from story));
select is_empty('select * from public.provider_training_completions', 'an administrator reads nothing of it');
select is(
  tests.refusal((select format('select public.start_module(%L)', breathing) from story)), 'permission_denied',
  'and, being no practitioner, has none'
);
select tests.act_as((select wanda from story));
select is_empty('select * from public.provider_training_completions', 'nor does a wellness officer');
select tests.act_as((select hana from story));
select is_empty('select * from public.provider_training_completions', 'nor anybody elsewhere');
select tests.act_as_anonymous();
select is(tests.refusal('select public.get_my_training()'), '42501', 'anonymous: refused');

select * from finish();
rollback;
