-- One check-in per person and day in the organization's own time zone, values checked, today only, and only while
-- the feature is on.
begin;
select plan(23);

create temporary table story as
select
  lakeside, harbor,
  tests.make_person(lakeside, 'nurse', 'Nadia') as nadia,
  tests.make_person(lakeside, 'admin', 'Ada') as ada,
  tests.make_person(harbor, 'nurse', 'Hana') as hana
from (
  select tests.make_org('lakeside') as lakeside, tests.make_org('harbor', p_has_resilience_hub => false) as harbor
) as orgs;
grant select on story to public;

-- 03:30 UTC on the 10th is 22:30 on the 9th in Chicago.
select tests.freeze_clock('2026-03-10 03:30+00');
select tests.give_consent(lakeside, nadia) from story;
select tests.act_as((select nadia from story));
select is(
  (public.submit_daily_checkin('clinic', 5, 5)).checkin_date, '2026-03-09'::date, 'the day is the organization''s'
);
select is((public.submit_daily_checkin('telehealth', 9, 2, 12, 3, 1.5, true)).version, 2, 'again: the same row');
select results_eq(
  $$ select work_setting::text, stress_level::integer, energy_level::integer, patients_contacted_today::integer,
       difficult_patient_calls::integer, overtime_hours, missed_break
     from public.get_my_checkins() $$,
  $$ values ('telehealth', 9, 2, 12, 3, 1.5::numeric, true) $$,
  'with the new values'
);

select tests.freeze_clock('2026-03-10 05:30+00');
select is(
  (public.submit_daily_checkin('clinic', 4, 6)).checkin_date, '2026-03-10'::date, 'after midnight: another day'
);
select is((select count(*) from public.get_my_checkins()), 2::bigint, 'two days, two rows');
select is((select count(*) from public.get_my_checkins(p_limit => 1)), 1::bigint, 'the limit limits');
select is(
  (select array_agg(checkin_date) from public.get_my_checkins()), '{2026-03-10,2026-03-09}'::date[], 'newest first'
);
select is(
  (select array_agg(checkin_date) from public.get_my_checkins('2026-03-09', '2026-03-09')), '{2026-03-09}'::date[],
  'from and to are included'
);
select is(
  tests.refusal($$ update public.provider_daily_checkins set stress_level = 1 where checkin_date = '2026-03-09' $$),
  'invalid_input', 'yesterday is closed'
);
select is(
  tests.refusal($$ insert into public.provider_daily_checkins (checkin_date, work_setting, stress_level, energy_level)
    values ('2026-03-01', 'clinic', 1, 1) $$),
  '42501', 'and no other day can be named'
);

select is(tests.refusal($$ select public.submit_daily_checkin('clinic', 0, 5) $$), 'invalid_input', 'stress 0');
select is(tests.refusal($$ select public.submit_daily_checkin('clinic', 11, 5) $$), 'invalid_input', 'stress 11');
select is(tests.refusal($$ select public.submit_daily_checkin('clinic', 5, null) $$), 'invalid_input', 'no energy');
select is(tests.refusal($$ select public.submit_daily_checkin(null, 5, 5) $$), 'invalid_input', 'no setting');
select is(tests.refusal($$ select public.submit_daily_checkin('clinic', 5, 5, -1) $$), 'invalid_input', 'fewer than no patients');
select is(
  tests.refusal($$ select public.submit_daily_checkin('clinic', 5, 5, 1, 1, 24.5) $$), 'invalid_input', 'a day has 24 hours'
);
select is(
  tests.refusal($$ select public.submit_daily_checkin('clinic', 5, 5, 1, 1, 'NaN') $$), 'invalid_input', 'not a number'
);
select is(tests.refusal($$ select public.get_my_checkins(p_limit => 0) $$), 'invalid_input', 'limit 0');
select is(
  tests.refusal($$ select public.get_my_checkins('2026-03-02', '2026-03-01') $$), 'invalid_input', 'a range backwards'
);

select tests.act_as((select ada from story));
select is(
  tests.refusal($$ select public.submit_daily_checkin('clinic', 5, 5) $$), 'permission_denied',
  'who is no practitioner does not check in'
);

select tests.act_as((select hana from story));
select is(
  tests.refusal($$ select public.submit_daily_checkin('clinic', 5, 5) $$), 'feature_disabled', 'the feature is off'
);
select is(
  tests.refusal($$ insert into public.provider_daily_checkins (work_setting, stress_level, energy_level)
    values ('clinic', 1, 1) $$),
  'feature_disabled', 'also for the table itself'
);

select tests.act_as_anonymous();
select is(
  tests.refusal($$ select public.submit_daily_checkin('clinic', 5, 5) $$), '42501', 'anonymous: refused'
);

select * from finish();
rollback;
