-- Cora, care manager, looks at her team. A day has figures once it is over and five people checked in; nothing
-- that she can ask for leaves fewer than five.
begin;
select plan(17);

select tests.freeze_clock('2026-03-10 15:00+00');

create temporary table story as
select
  lakeside, harbor,
  tests.make_person(lakeside, 'care_manager', 'Cora') as cora,
  tests.make_person(lakeside, 'nurse', 'Nadia') as nadia,
  tests.make_person(harbor, 'care_manager', 'Hal') as hal
from (select tests.make_org('lakeside') as lakeside, tests.make_org('harbor') as harbor) as orgs;
grant select on story to public;

create temporary table team as
select ordinal, tests.make_person((select lakeside from story), 'nurse', 'Nurse' || ordinal) as nurse
from generate_series(1, 5) as ordinal;
grant select on team to public;

-- The 7th: five people, stress 2 to 6. The 8th: four people. Today: five people.
insert into public.provider_daily_checkins (
  org_id, user_id, practitioner_id, checkin_date, work_setting, stress_level, energy_level, overtime_hours, missed_break
)
select (select lakeside from story), nurse, tests.practitioner_of(nurse), day, 'clinic', 1 + ordinal, 5, 0.5, ordinal = 1
from team, unnest('{2026-03-07,2026-03-08,2026-03-10}'::date[]) as day
where day <> '2026-03-08' or ordinal < 5;

select tests.close_days(org_id) from (select lakeside as org_id from story union all select harbor from story) as orgs;
select tests.give_consent(lakeside, nadia) from story;
select tests.give_consent(lakeside, nurse) from team, story;

select tests.act_as((select cora from story));
create temporary table answer as select * from public.get_team_checkin_summary('2026-03-06', '2026-03-10');

select results_eq(
  'select checkin_date from answer', $$ select day::date from generate_series('2026-03-06'::date, '2026-03-10', '1 day') as day $$,
  'a row for every day, in order'
);
select results_eq(
  $$ select people_count, average_stress_level, average_energy_level, average_overtime_hours, missed_break_percent
     from answer where checkin_date = '2026-03-07' $$,
  $$ values (5, 4.0, 5.0, 0.5, 20::numeric) $$,
  'five people: the averages'
);
select results_eq(
  $$ select is_suppressed, people_count, average_stress_level, average_energy_level, average_patients_contacted,
       average_overtime_hours, missed_break_percent, checkins_per_provider_week
     from answer where checkin_date = '2026-03-08' $$,
  $$ values (true, null::integer, null::numeric, null::numeric, null::numeric, null::numeric, null::numeric,
    null::numeric) $$,
  'four people: nothing, not even how many'
);
select results_eq(
  $$ select is_suppressed, people_count from answer where checkin_date = '2026-03-06' $$,
  $$ values (true, null::integer) $$,
  'nobody looks like four'
);
select results_eq(
  $$ select is_open, is_suppressed, people_count, average_stress_level from answer where checkin_date = '2026-03-10' $$,
  $$ values (true, false, null::integer, null::numeric) $$,
  'today is open: no figures that the next check-in would move'
);
-- Cora, Nadia and the five nurses could have checked in; the suppressed day does not count.
select is(
  (select checkins_per_provider_week from answer where checkin_date = '2026-03-07'), round(5 / 7.0, 2),
  'check-ins per week and provider'
);
select is_empty('select * from public.provider_daily_checkins', 'she sees none of the rows behind it');

select is(
  (select count(*) from public.get_team_checkin_summary()), 14::bigint, 'by default the last fourteen days'
);
select is(
  tests.refusal($$ select public.get_team_checkin_summary('2024-01-01', '2026-01-01') $$), 'invalid_input',
  'two years are too many'
);
select is(
  tests.refusal($$ select public.get_team_checkin_summary('2026-03-02', '2026-03-01') $$), 'invalid_input', 'backwards'
);

select tests.act_as((select nadia from story));
select is(
  tests.refusal('select public.get_team_checkin_summary()'), 'permission_denied', 'a nurse does not look at the team'
);
select is(
  tests.refusal($$ select app.team_checkin_days('2026-03-01', '2026-03-02') $$), 'permission_denied',
  'nor past the front door'
);

select tests.act_as((select hal from story));
select is(
  (select count(people_count) from public.get_team_checkin_summary('2026-03-06', '2026-03-10')), 0::bigint,
  'another organization''s manager sees none of these figures'
);

select tests.act_as_anonymous();
select is(tests.refusal('select public.get_team_checkin_summary()'), '42501', 'anonymous: refused');

-- Two answers differ by a person only if a closed day can still be written.
select tests.act_as((select nadia from story));
select is(
  tests.refusal($$ insert into public.provider_daily_checkins (checkin_date, work_setting, stress_level, energy_level)
    values ('2026-03-08', 'clinic', 9, 1) $$), '42501', 'nobody joins a closed day'
);
select tests.act_as((select nurse from team where ordinal = 1));
select is(
  tests.refusal($$ update public.provider_daily_checkins set stress_level = 9 where checkin_date = '2026-03-07' $$),
  'invalid_input', 'nobody changes one'
);

select tests.act_as((select cora from story));
select results_eq(
  $$ select * from public.get_team_checkin_summary('2026-03-07', '2026-03-07') $$,
  $$ select * from answer where checkin_date = '2026-03-07' $$,
  'a day has the same figures whatever range it is asked in'
);

select * from finish();
rollback;
