-- Nadia has had a week of stress and Nora has not; each is recommended what helps her. (beyond 4)
begin;
select plan(11);

create temporary table story as
select
  lakeside,
  tests.make_person(lakeside, 'nurse', 'Nadia') as nadia,
  tests.make_person(lakeside, 'nurse', 'Nora') as nora
from (select tests.make_org('lakeside', p_time_zone => 'UTC') as lakeside) as orgs;
grant select on story to public;
delete from public.resilience_training_modules;
insert into public.resilience_training_modules (title, category, content_type, evidence_based, evidence, is_active)
values
('Loss', 'grief', 'article', true, 'A study.', true),
('Slow breath', 'stress_management', 'exercise', false, null, true),
('Long walk', 'stress_management', 'exercise', true, 'A study.', true),
('Old one', 'stress_management', 'exercise', true, 'A study.', false),
('No', 'boundaries', 'worksheet', false, null, true);
select tests.give_consent(lakeside, nadia, 'anonymous') from story;
insert into public.provider_daily_checkins
  (org_id, user_id, practitioner_id, checkin_date, work_setting, stress_level, energy_level)
select lakeside, person, tests.practitioner_of(person), current_date - age, 'clinic', stress, 5
from story
cross join lateral (
  values
  (nadia, 0, 6), (nadia, 6, 6),
  -- Eight days ago is not this week.
  (nadia, 7, 1), (nora, 0, 5), (nora, 7, 10)
) as days (person, age, stress);

select tests.act_as((select nadia from story));
select is(app.my_worst_dimension(), 'stress', 'a week of stress stands out');
select results_eq(
  'select title, for_dimension from public.get_recommended_modules()',
  $$ values
  ('Long walk', 'stress'::public.resilience_dimension), ('Slow breath', 'stress'), ('No', 'stress'), ('Loss', null) $$,
  'what helps with it first, with evidence before without; nothing that is not offered'
);
select is((select count(*) from public.get_recommended_modules(2)), 2::bigint, 'no more than asked for');
do $$ begin
  perform public.track_module_completion(id) from public.get_recommended_modules(1);
end $$;
select results_eq(
  'select title from public.get_recommended_modules()', array['Slow breath', 'No', 'Loss', 'Long walk'],
  'what she has finished comes last'
);
select is(tests.refusal('select public.get_recommended_modules(0)'), 'invalid_input', 'one at least');
select is(tests.refusal('select public.get_recommended_modules(501)'), 'invalid_input', 'and 500 at most');

select tests.act_as((select nora from story));
select is(app.my_worst_dimension(), null, 'nothing stands out for Nora');
select results_eq(
  'select title from public.get_recommended_modules()', array['Long walk', 'Loss', 'Slow breath', 'No'],
  'she gets what has evidence'
);
select is(
  (select count(*) from public.get_recommended_modules() where for_dimension is not null), 0::bigint,
  'recommended for nothing in particular'
);

select tests.act_as_system();
select tests.give_consent(lakeside, nora) from story;
select tests.act_as((select nora from story));
select is(
  (select risk_level::text from public.submit_burnout_assessment(50, 20, 10)), 'moderate', 'until she assesses herself'
);
select is(
  app.my_worst_dimension(), 'personal_accomplishment', 'of the three subscales the one with the heaviest burden'
);

select * from finish();
rollback;
