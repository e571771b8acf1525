-- Nadia changes within a day how far she takes part, forth and back: the day has one check-in of hers, the last one, and
-- is counted once.
begin;
select plan(13);

create temporary table story as
select
  lakeside,
  tests.make_person(lakeside, 'nurse', 'Nadia') as nadia,
  tests.make_person(lakeside, 'care_manager', 'Cora') as cora
from (select tests.make_org('lakeside') as lakeside) as orgs;
grant select on story to public;
create temporary table team as
select tests.make_person((select lakeside from story), 'nurse', 'Nurse' || ordinal) as nurse
from generate_series(1, 4) as ordinal;
grant select on team to public;

create function pg_temp.rows_there() returns integer[] language sql security definer as $$
  select array[
    (select count(*) from public.provider_daily_checkins)::integer,
    (select count(*) from app.provider_anonymous_checkins)::integer
  ]
$$;
create function pg_temp.checks_in(p_level public.participation_level, p_stress integer) returns integer[]
language plpgsql as $$
begin
  perform public.give_resilience_consent(app.newest_policy_version(), p_level);
  perform public.submit_daily_checkin('clinic', p_stress, 5);
  return pg_temp.rows_there();
end
$$;

select tests.freeze_clock('2026-03-10 15:00+00');
select tests.act_as((select nadia from story));
select is(pg_temp.checks_in('aggregate_only', 3), '{1,0}', 'named');
select is(pg_temp.checks_in('anonymous', 4), '{0,1}', 'then anonymous: the named one gave way');
select results_eq(
  'select stress_level::integer, is_anonymous from public.get_my_checkins()', 'values (4, true)', 'she has one'
);
select is(pg_temp.checks_in('may_be_contacted', 5), '{1,0}', 'then named again: the anonymous one gave way');
select results_eq(
  'select stress_level::integer, is_anonymous from public.get_my_checkins()', 'values (5, false)', 'she has one'
);
select is(pg_temp.checks_in('anonymous', 6), '{0,1}', 'anonymous');
select lives_ok('select public.withdraw_resilience_consent()', 'withdrawn');
select is((select public.give_resilience_consent(app.newest_policy_version()) is not null), true, 'and given again');
select lives_ok(
  $$ insert into public.provider_daily_checkins (work_setting, stress_level, energy_level) values ('clinic', 7, 5) $$,
  'by the table''s own endpoint'
);
select is(pg_temp.rows_there(), '{1,0}', 'it is the same');
select is(pg_temp.checks_in('anonymous', 8), '{0,1}', 'the last word of the day is anonymous');

-- Four colleagues, two of them anonymous: with her they are five.
select tests.act_as_system();
do $$
declare
  v_nurse record;
begin
  for v_nurse in select nurse, row_number() over () as ordinal from team loop
    perform tests.give_consent(
      (select lakeside from story), v_nurse.nurse,
      case when v_nurse.ordinal <= 2 then 'anonymous' else 'aggregate_only' end::public.participation_level
    );
    perform tests.act_as(v_nurse.nurse);
    perform public.submit_daily_checkin('clinic', 3, 5);
    perform tests.act_as_system();
  end loop;
end
$$;
select tests.freeze_clock('2026-03-11 15:00+00');
select tests.close_days(lakeside) from story;
select tests.act_as((select cora from story));
select results_eq(
  $$ select people_count, average_stress_level from public.get_team_checkin_summary('2026-03-10', '2026-03-10') $$,
  'values (5, 4.0)', 'the day counts five people, named and anonymous alike'
);
select tests.act_as((select nadia from story));
select is(pg_temp.checks_in('aggregate_only', 2), '{3,3}', 'the next day is another one; hers of yesterday stays');

select * from finish();
rollback;
