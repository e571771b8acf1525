-- Nadia checks in, leaves a week out, then two, and changes to anonymous: her streak counts weeks, is hers alone, and
-- ends nothing.
begin;
select plan(14);

create temporary table story as
select
  lakeside,
  tests.make_person(lakeside, 'nurse', 'Nadia') as nadia,
  tests.make_person(lakeside, 'nurse', 'Nora') as nora,
  tests.make_person(lakeside, 'admin', 'Ada') as ada
from (select tests.make_org('lakeside', true, 'America/Chicago') as lakeside) as orgs;
grant select on story to public;

create function pg_temp.check_in(p_day date) returns void language plpgsql as $$
begin
  perform tests.act_as_system();
  perform tests.freeze_clock(p_day + time '18:00+00');
  perform tests.act_as((select nadia from story));
  perform public.submit_daily_checkin('clinic', 5, 5);
end
$$;

create function pg_temp.streak_on(p_day date) returns text language plpgsql as $$
begin
  perform tests.act_as_system();
  perform tests.freeze_clock(p_day + time '18:00+00');
  perform tests.act_as((select nadia from story));
  return (
    select concat_ws(' ', checkin_count, week_count, current_weeks, longest_weeks, is_this_week_done)
    from public.get_my_checkin_streak()
  );
end
$$;

select tests.freeze_clock('2026-03-02 12:00+00');
select tests.give_consent(lakeside, nadia) from story;
select is(pg_temp.streak_on('2026-03-02'), '0 0 0 0 f', 'nothing yet');

-- Monday is 2 March. Three days of the first week, a Sunday of the second.
select pg_temp.check_in(day) from unnest(array['2026-03-02', '2026-03-03', '2026-03-08']::date[]) as day;
select is(pg_temp.streak_on('2026-03-08'), '3 1 1 1 t', 'a week counts once, from Monday to Sunday');
select is(pg_temp.streak_on('2026-03-15'), '3 1 1 1 f', 'the next week has not been left out before it is over');
select pg_temp.check_in('2026-03-15');
select is(pg_temp.streak_on('2026-03-15'), '4 2 2 2 t', 'on its last day it is the second');

-- The week of 16 March is left out.
select is(pg_temp.streak_on('2026-03-29'), '4 2 2 2 f', 'one week left out ends nothing');
select pg_temp.check_in('2026-03-29');
select is(pg_temp.streak_on('2026-03-29'), '5 3 3 3 t', 'it goes on');

-- The weeks of 30 March and 6 April are left out.
select is(pg_temp.streak_on('2026-04-12'), '5 3 3 3 f', 'the second is not over');
select is(pg_temp.streak_on('2026-04-13'), '5 3 0 3 f', 'two in a row end it, and the longest stays');

-- Anonymous from now on.
select tests.act_as_system();
select tests.give_consent(lakeside, nadia, 'anonymous') from story;
select pg_temp.check_in('2026-04-13');
select is(pg_temp.streak_on('2026-04-13'), '6 4 1 3 t', 'another one begins, with an anonymous check-in');
select pg_temp.check_in('2026-04-20');
select is(pg_temp.streak_on('2026-04-20'), '7 5 2 3 t', 'and grows');

-- New year: weeks do not end with it.
select pg_temp.check_in(day) from unnest(array['2026-12-31', '2027-01-03', '2027-01-04']::date[]) as day;
select is(pg_temp.streak_on('2027-01-04'), '10 7 2 3 t', 'a week is one across a new year');

-- Hers alone.
select tests.act_as((select nora from story));
select results_eq(
  'select week_count, current_weeks from public.get_my_checkin_streak()', 'values (0, 0)', 'a colleague has her own'
);
select tests.act_as((select ada from story));
select results_eq(
  'select week_count, current_weeks from public.get_my_checkin_streak()', 'values (0, 0)', 'and so has an administrator'
);
select tests.act_as_system();
update public.organization_feature_flags set is_enabled = false where feature_key = 'resilience_hub';
select tests.act_as((select nadia from story));
select is(tests.refusal('select * from public.get_my_checkin_streak()'), 'feature_disabled', 'the hub can be off');

select * from finish();
rollback;
