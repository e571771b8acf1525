-- Twenty nurses of Lakeside are assessed in April, nineteen in May. Each sees in which quarter of April their own score
-- is; nobody sees a rank, a name or a quarter of fewer than five.
begin;
select plan(14);

create temporary table story as
select
  lakeside, harbor,
  tests.make_person(lakeside, 'admin', 'Ada') as ada,
  tests.make_person(lakeside, 'nurse', 'Nadia') as nadia,
  tests.make_person(harbor, 'nurse', 'Hana') as hana
from (select tests.make_org('lakeside') as lakeside, tests.make_org('harbor') as harbor) as orgs;
grant select on story to public;
select tests.freeze_clock('2026-05-05 12:00+00');
create temporary table nurses as
select number, tests.make_person(lakeside, 'nurse', 'Nurse' || number) as user_id
from story, generate_series(1, 20) as number;
grant select on nurses to public;
select tests.give_consent(lakeside, user_id) from story, nurses;
update public.provider_consents set given_at = '2026-03-02 12:00+00';

-- Nineteen in March, at 50 all of them; in April the scores are 4, 8 … 80.
select tests.assess(lakeside, user_id, '2026-03-10', 50) from story, nurses where number <= 19;
select tests.assess(lakeside, user_id, '2026-04-10', number * 4) from story, nurses;
select is(app.job_close_wellbeing_months(lakeside), 2, 'the months that are over are closed') from story;
select results_eq(
  $$ select month, assessed_count, lower_quartile::integer, median_burnout::integer, upper_quartile::integer
     from public.provider_wellbeing_months where team_id is null order by month $$,
  $$ values (date '2026-03-01', 19, null::integer, 50, null::integer), ('2026-04-01', 20, 23, 42, 61) $$,
  'quarters are of twenty and more'
);
select is(
  tests.refusal($$ insert into public.provider_wellbeing_months (org_id, month, provider_count, assessed_count, lower_quartile)
    select lakeside, '2026-01-01', 30, 19, 1 from story $$),
  '23514', 'which the table itself holds'
);

create function pg_temp.quarter_of(p_number integer) returns text language plpgsql as $$
begin
  perform tests.act_as((select user_id from nurses where number = p_number));
  return (
    select concat_ws(' ', score, month, assessed_count, lower_quartile, median_burnout, upper_quartile, quarter)
    from public.get_my_benchmark()
  );
end
$$;

select is(pg_temp.quarter_of(1), '4.00 2026-04-01 20 23 42 61 lowest', 'the lowest score');
select is(pg_temp.quarter_of(5), '20.00 2026-04-01 20 23 42 61 lowest', 'the last of the lowest quarter');
select is(pg_temp.quarter_of(6), '24.00 2026-04-01 20 23 42 61 second', 'the first of the second');
select is(pg_temp.quarter_of(10), '40.00 2026-04-01 20 23 42 61 second', 'the lower half');
select is(pg_temp.quarter_of(11), '44.00 2026-04-01 20 23 42 61 third', 'the upper half');
select is(pg_temp.quarter_of(15), '60.00 2026-04-01 20 23 42 61 third', 'below the highest quarter');
select is(pg_temp.quarter_of(16), '64.00 2026-04-01 20 23 42 61 highest', 'the highest quarter');

-- Others.
select tests.act_as((select nadia from story));
select is_empty('select * from public.get_my_benchmark()', 'who has no score of their own is told nothing');
select tests.act_as((select ada from story));
select is(
  tests.refusal('select * from public.get_my_benchmark()'), 'permission_denied', 'it is for those who give care'
);

-- Another organization, where nobody else was assessed.
select tests.act_as_system();
select tests.assess(harbor, hana, '2026-05-01', 70) from story;
select tests.act_as((select hana from story));
select results_eq(
  'select score, month, median_burnout::integer, quarter::text from public.get_my_benchmark()',
  $$ values (70.00, null::date, null::integer, null::text) $$, 'without a month of twenty there is only one''s own score'
);
select tests.act_as_system();
update public.organization_feature_flags set is_enabled = false where feature_key = 'resilience_hub';
select tests.act_as((select hana from story));
select is(tests.refusal('select * from public.get_my_benchmark()'), 'feature_disabled', 'the hub can be off');

select * from finish();
rollback;
