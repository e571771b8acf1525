-- Five nurses check in, one of them anonymously. Cora reads the day after. Whatever anybody does then (withdraws, deletes
-- everything, leaves; or the owner of the database brings a late check-in) she reads the same.
begin;
select plan(22);

create temporary table story as
select
  lakeside,
  tests.make_person(lakeside, 'care_manager', 'Cora') as cora,
  tests.make_person(lakeside, 'nurse', 'Late') as late
from (select tests.make_org('lakeside') as lakeside) as orgs;
grant select on story to public;
create temporary table team as
select ordinal, tests.make_person((select lakeside from story), 'nurse', 'Nurse' || ordinal) as nurse
from generate_series(1, 5) as ordinal;
grant select on team to public;

create function pg_temp.check_in(p_nurse uuid, p_stress integer, p_level public.participation_level) returns void
language plpgsql as $$
begin
  perform tests.act_as_system();
  perform tests.give_consent((select lakeside from story), p_nurse, p_level);
  perform tests.act_as(p_nurse);
  perform public.submit_daily_checkin('clinic', p_stress, 5);
  perform tests.act_as_system();
end
$$;
create function pg_temp.as_read() returns text language plpgsql as $$
declare
  v_read text;
begin
  perform tests.act_as((select cora from story));
  select string_agg(days::text, E'\n') into v_read from public.get_team_checkin_summary('2026-03-01', '2026-03-10') as days;
  perform tests.act_as_system();
  return v_read;
end
$$;

select tests.freeze_clock('2026-03-09 15:00+00');
select pg_temp.check_in(nurse, ordinal, case when ordinal = 5 then 'anonymous' else 'aggregate_only' end::public.participation_level)
from team;
-- The day is open while it lasts, whoever runs the job.
select tests.close_days(lakeside) from story;
select tests.act_as((select cora from story));
select results_eq(
  $$ select is_open, people_count from public.get_team_checkin_summary('2026-03-09', '2026-03-09') $$,
  'values (true, null::integer)', 'today has no figures'
);

select tests.freeze_clock('2026-03-10 15:00+00');
select tests.act_as((select cora from story));
select results_eq(
  $$ select is_open, is_suppressed, people_count from public.get_team_checkin_summary('2026-03-09', '2026-03-09') $$,
  'values (true, false, null::integer)', 'a day that is over and not counted is still open'
);
select tests.act_as_system();
select is(app.job_close_checkin_days(lakeside, 1), 1, 'the job counts it') from story;
select is(app.job_close_checkin_days(lakeside, 1), 0, 'once') from story;
create temporary table answer as select pg_temp.as_read() as read;
grant select on answer to public;
select tests.act_as((select cora from story));
select results_eq(
  $$ select checkin_date, is_suppressed, people_count, average_stress_level, checkins_per_provider_week
     from public.get_team_checkin_summary('2026-03-08', '2026-03-10') $$,
  $$ values
    ('2026-03-08'::date, true, null::integer, null::numeric, null::numeric),
    ('2026-03-09', false, 5, 3.0, round(5 / 7.0, 2)),
    ('2026-03-10', false, null, null, null) $$,
  'five people, one of them anonymous'
);

select tests.act_as((select nurse from team where ordinal = 1));
select lives_ok('select public.withdraw_resilience_consent()', 'one withdraws');
select is(pg_temp.as_read(), read, 'nothing moves') from answer;
select tests.act_as((select nurse from team where ordinal = 2));
select lives_ok($$ select public.delete_my_resilience_data('delete everything') $$, 'one deletes everything');
select is(pg_temp.as_read(), read, 'nothing moves') from answer;
select tests.act_as((select nurse from team where ordinal = 5));
select lives_ok($$ select public.delete_my_resilience_data('delete everything') $$, 'so does the one who was anonymous');
select is(pg_temp.as_read(), read, 'nothing moves') from answer;
select lives_ok($$ delete from auth.users where id = (select late from story) $$, 'one is gone altogether');
update public.org_practitioners set is_active = false
where practitioner_id = (select tests.practitioner_of(nurse) from team where ordinal = 3);
select is(pg_temp.as_read(), read, 'nothing moves, nor does a rate over people who come and go') from answer;
insert into public.provider_daily_checkins (
  org_id, user_id, practitioner_id, checkin_date, work_setting, stress_level, energy_level
)
select lakeside, nurse, tests.practitioner_of(nurse), day, 'clinic', 10, 1
from story, team, unnest('{2026-03-05,2026-03-09}'::date[]) as day
where day = '2026-03-05' or ordinal = 2;
select tests.close_days(lakeside) from story;
select is(pg_temp.as_read(), read, 'check-ins that are brought late move nothing, whatever day they are for') from answer;

select is(
  tests.refusal('update public.provider_checkin_days set people_count = 6'), '42501',
  'not even the owner of the database changes a row'
);
select is(
  tests.refusal($$ insert into public.provider_checkin_days (
    org_id, checkin_date, provider_count, people_count, average_stress_level, average_energy_level,
    average_patients_contacted, average_overtime_hours, missed_break_percent, frozen_at
  ) select lakeside, '2026-03-11', 9, 4, 1, 1, 1, 1, 1, now() from story $$),
  '23514', 'figures of four have no row'
);
select is(
  tests.refusal($$ insert into public.provider_checkin_days (
    org_id, checkin_date, provider_count, average_stress_level, frozen_at
  ) select lakeside, '2026-03-11', 9, 1, now() from story $$),
  '23514', 'nor has one figure without the number of people'
);
-- Nights on which nothing ran are made up for, without a gap.
select tests.freeze_clock('2026-03-20 15:00+00');
select is(app.job_close_checkin_days(lakeside, 4), 4, 'four days at a time') from story;
select is(app.job_close_checkin_days(lakeside, 1000), 6, 'the rest') from story;
select results_eq(
  'select checkin_date from public.provider_checkin_days order by checkin_date',
  $$ select day::date from generate_series('2026-03-08'::date, '2026-03-19', '1 day') as day $$,
  'each day once, from the day before the job ran first'
);
select is(
  app.job_close_checkin_days(tests.make_org('without', p_has_resilience_hub => false), 5), 0,
  'an organization without the hub has no days'
);

-- A rate is one over five people or more, too, whoever has left since they checked in.
create temporary table few as select tests.make_org('few') as id;
insert into public.provider_checkin_days (
  org_id, checkin_date, provider_count, people_count, average_stress_level, average_energy_level,
  average_patients_contacted, average_overtime_hours, missed_break_percent, frozen_at
)
select id, '2026-03-11', 4, 5, 1, 1, 1, 1, 1, now() from few;
create temporary table lead as select tests.make_person(id, 'wellness_officer', 'Wanda') as id from few;
grant select on lead to public;
select tests.act_as((select id from lead));
select results_eq(
  $$ select people_count, checkins_per_provider_week
     from public.get_team_checkin_summary('2026-03-11', '2026-03-11') $$,
  $$ values (5, null::numeric) $$, 'no rate over four providers'
);

select * from finish();
rollback;
