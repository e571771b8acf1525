-- Six nurses of Lakeside work by day, five by night and two in neither team. Ada (admin) and Wanda (wellness officer)
-- look at months: what fewer than five people stand behind they are not told, nor what they could work out by
-- subtraction, and a month that is over never changes. (A-072 to A-077, A-081, A-082, A-064)
begin;
select plan(37);

create temporary table story as
select
  lakeside, harbor,
  tests.make_person(lakeside, 'admin', 'Ada') as ada,
  tests.make_person(lakeside, 'wellness_officer', 'Wanda') as wanda,
  tests.make_person(lakeside, 'nurse', 'Nadia') as nadia,
  tests.make_person(harbor, 'admin', 'Hugo') as hugo,
  gen_random_uuid() as day_team, gen_random_uuid() as night_team
from (select tests.make_org('lakeside') as lakeside, tests.make_org('harbor') as harbor) as orgs;
grant select on story to public;
select tests.freeze_clock('2026-06-15 12:00:00+00');

insert into public.provider_teams (org_id, id, name)
select lakeside, teams.id, teams.name
from story cross join lateral (values (day_team, 'Day'), (night_team, 'Night')) as teams (id, name);

-- The day is at 20, the night at 80, the rest at 50.
create temporary table nurses as
select
  number, tests.make_person(lakeside, 'nurse', 'Nurse' || number) as user_id,
  case when number <= 6 then day_team when number <= 11 then night_team end as team_id,
  case when number <= 6 then 20 when number <= 11 then 80 else 50 end as score
from story, generate_series(1, 13) as number;
alter table nurses add practitioner_id uuid;
update nurses set practitioner_id = tests.practitioner_of(user_id);
grant select on nurses to public;
insert into public.provider_team_members (org_id, practitioner_id, team_id)
select lakeside, tests.practitioner_of(user_id), team_id from story, nurses where team_id is not null;
select tests.give_consent(lakeside, user_id) from story, nurses;
update public.provider_consents set given_at = '2026-04-02 12:00:00+00';

create function pg_temp.assess(p_number integer, p_day date, p_score numeric) returns void language plpgsql as $$
begin
  perform tests.assess(lakeside, user_id, p_day, p_score) from story, nurses where number = p_number;
end
$$;

-- April: all thirteen. May: all of the day team, and four of the night.
select pg_temp.assess(number, '2026-04-10', 5) from nurses;
select pg_temp.assess(number, '2026-04-20', score) from nurses;
select pg_temp.assess(number, '2026-05-05', score) from nurses where number <= 10;
-- Half of ten providers checked in on one day of April, half of twenty on another.
insert into public.provider_checkin_days (
  org_id, checkin_date, provider_count, people_count, average_stress_level, average_energy_level,
  average_patients_contacted, average_overtime_hours, missed_break_percent, frozen_at
)
select lakeside, day, providers, providers / 2, stress, 5, 5, 0, 0, app.clock()
from story cross join lateral (values ('2026-04-10'::date, 10, 4), ('2026-04-11', 20, 7)) as days (day, providers, stress);
select is(app.job_close_wellbeing_months((select lakeside from story)), 2, 'the two months that are over are closed');
select is(app.job_close_wellbeing_months((select lakeside from story)), 0, 'once');

select tests.act_as((select ada from story));
select results_eq(
  $$ select month, provider_count, assessed_count, median_burnout::integer, average_burnout::integer, risk_level::text,
     elevated_percent::integer
     from public.get_wellbeing_months() $$,
  $$ values
    (date '2026-04-01', 14, 13, 50, 48, 'moderate', 38),
    (date '2026-05-01', 14, 10, 20, 44, 'low', null) $$,
  'an administrator sees the last score of each person, and no share of four'
);
select results_eq(
  $$ select team_name, month, is_suppressed, assessed_count, median_burnout::integer, risk_level::text
     from public.get_team_heatmap() $$,
  $$ values
    ('Day', date '2026-04-01', false, 6, 20, 'low'),
    ('Day', date '2026-05-01', true, null::integer, null::integer, null::text),
    ('Night', date '2026-04-01', true, null, null, null),
    ('Night', date '2026-05-01', true, null, null, null) $$,
  'and of the teams only what leaves five people or none'
);
select results_eq(
  $$ select month, median_burnout::integer
     from story cross join lateral public.get_wellbeing_months(6, day_team) as months $$,
  $$ values (date '2026-04-01', 20), (date '2026-05-01', null) $$, 'a team by itself says the same'
);
select results_eq(
  'select month, checkins_per_provider_week, average_stress from public.get_wellbeing_months()',
  $$ values (date '2026-04-01', 0.23, 6.0), (date '2026-05-01', null, null) $$,
  'check-ins are counted over who was there on the day, and nothing is said without a day of five'
);
select is(
  tests.refusal('select * from public.provider_wellbeing_months'), '42501', 'the table itself is not for reading'
);
select is(tests.refusal('select * from public.get_wellbeing_months(25)'), 'invalid_input', 'two years at most');

select tests.act_as((select wanda from story));
select is((select count(*) from public.get_team_heatmap()), 4::bigint, 'a wellness officer sees the same');

-- Others.
select tests.act_as((select nadia from story));
select is(tests.refusal('select * from public.get_wellbeing_months()'), 'permission_denied', 'a nurse does not');
select is(tests.refusal('select * from public.get_team_heatmap()'), 'permission_denied', 'nor teams');
select is(
  tests.refusal($$ select * from public.get_providers_needing_help('operations') $$), 'permission_denied', 'nor people'
);
select tests.act_as((select hugo from story));
select is_empty('select * from public.get_wellbeing_months()', 'another organization sees its own, which is nothing');
select is_empty(
  'select months.* from story cross join lateral public.get_wellbeing_months(6, day_team) as months',
  'also when it asks for a team of Lakeside'
);
select is_empty('select * from public.get_team_heatmap()', 'no team of it');
select is(
  tests.refusal($$ select public.set_provider_team(practitioner_id, day_team)
    from story, nurses where number = 1 $$),
  tests.refusal('select public.set_provider_team(gen_random_uuid(), gen_random_uuid())'),
  'somebody of Lakeside and nobody are the same to it'
);

-- A month that is over.
select tests.act_as_system();
create temporary table before as select * from public.provider_wellbeing_months;
delete from public.provider_burnout_assessments using nurses
where provider_burnout_assessments.user_id = nurses.user_id and number = 1;
update public.provider_consents set withdrawn_at = app.clock() from nurses
where provider_consents.user_id = nurses.user_id and number in (2, 7);
insert into public.provider_teams (org_id, name) select lakeside, 'New' from story;
select is(app.job_close_wellbeing_months((select lakeside from story)), 0, 'is not closed again');
select set_eq('select * from public.provider_wellbeing_months', 'select * from before', 'and never changes');
select is(
  tests.refusal($$ update public.provider_wellbeing_months set frozen_at = now() $$), '42501',
  'not even for the owner of the database'
);
select is(tests.refusal('delete from public.provider_wellbeing_months'), '42501', 'nor goes, to be counted anew');
select is(tests.refusal('delete from public.provider_checkin_days'), '42501', 'no more than a day');

-- June: who has withdrawn is in no figure.
select pg_temp.assess(number, '2026-06-01', 90) from nurses where number between 2 and 13;
select tests.freeze_clock('2026-07-02 12:00:00+00');
select is(app.job_close_wellbeing_months((select lakeside from story)), 1, 'the next month is closed');
select tests.act_as((select ada from story));
select results_eq(
  $$ select assessed_count, median_burnout::integer, elevated_percent::integer, trained_percent::integer
     from public.get_wellbeing_months(1) $$,
  $$ values (10, 90, null::integer, null::integer) $$, 'all ten are at risk, which is not told as a share of all'
);

-- People who need help: only who may be contacted.
select is_empty(
  $$ select * from public.get_providers_needing_help('operations') $$, 'nobody is named who did not agree to it'
);
select tests.act_as_system();
select tests.give_consent(lakeside, user_id, 'may_be_contacted') from story, nurses where number in (3, 9);
select tests.act_as((select wanda from story));
select results_eq(
  $$ select provider_name, composite_burnout_score, risk_level::text, has_open_case
     from public.get_providers_needing_help('operations') order by 1 $$,
  $$ values ('Nurse3', 90.00, 'critical', false), ('Nurse9', 90.00, 'critical', false) $$, 'who did is offered help'
);
select tests.act_as_system();
select is(
  (
    select array_length(subject_ids, 1) from public.audit_events
    where operation = 'open' and table_name = 'public.provider_burnout_assessments'
    order by occurred_at desc, id desc limit 1
  ), 2, 'and the trail keeps who was looked at'
);
select tests.act_as((select wanda from story));
select results_eq(
  $$ with first as materialized (select * from public.get_providers_needing_help('operations', 1)),
     second as materialized (
       select further.* from first
       cross join lateral public.get_providers_needing_help(
         'operations', 1, first.composite_burnout_score, first.user_id
       ) as further
     )
     select provider_name from first union select provider_name from second order by 1 $$,
  array['Nurse3', 'Nurse9'], 'of two of one score each is on one page'
);
select is(
  tests.refusal($$ select * from public.get_providers_needing_help('operations', 1, 90) $$), 'invalid_input',
  'who goes on says after whom'
);
select tests.act_as_system();
update public.provider_consents set withdrawn_at = app.clock() from nurses
where provider_consents.user_id = nurses.user_id and number = 9 and withdrawn_at is null;
select tests.act_as((select wanda from story));
select is(
  (select count(*) from public.get_providers_needing_help('operations')), 1::bigint, 'a withdrawal acts at once'
);

-- Teams.
select tests.act_as((select ada from story));
select lives_ok(
  $$ select public.set_provider_team(practitioner_id, night_team) from story, nurses where number = 1 $$,
  'an administrator moves somebody to another team'
);
select results_eq(
  $$ select team_id from public.provider_team_members
     where practitioner_id = (select practitioner_id from nurses where number = 1) $$,
  'select night_team from story', 'who is then in that one alone'
);
select lives_ok(
  $$ select public.set_provider_team(practitioner_id) from nurses where number = 1 $$, 'or in none'
);
select tests.act_as((select nadia from story));
select is(
  tests.refusal($$ select public.set_provider_team(practitioner_id) from nurses where number = 2 $$),
  'permission_denied', 'a nurse moves nobody'
);

-- Alerts.
select tests.act_as_system();
select pg_temp.assess(number, '2026-07-06', 90) from nurses where number between 4 and 8;
select tests.freeze_clock('2026-07-13 12:00:00+00');
select is(
  app.job_alert_burnout_spike((select lakeside from story)), 0, 'who was critical before is no spike'
);
delete from public.provider_burnout_assessments where assessment_date < '2026-07-01';
select is(
  app.job_alert_burnout_spike((select lakeside from story)), 0,
  'nor are four people: one of the five has withdrawn'
);
select pg_temp.assess(13, '2026-07-07', 90);
select is(app.job_alert_burnout_spike((select lakeside from story)), 2, 'five are: administrator and wellness officer hear');
select is(
  (select count(*) from public.notification_queue where template_key = 'resilience.burnout_spike'), 4::bigint,
  'by mail and in the application'
);

select * from finish();
rollback;
