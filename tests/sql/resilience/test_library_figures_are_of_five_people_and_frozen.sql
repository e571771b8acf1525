-- Nurses of two organizations say whether a module helped; Nadia looks at what the library tells of it month by month.
-- (beyond 2)
begin;
select plan(14);

create temporary table story as
select lakeside, harbor, tests.make_person(lakeside, 'nurse', 'Nadia') as nadia, gen_random_uuid() as module
from (select tests.make_org('lakeside') as lakeside, tests.make_org('harbor') as harbor) as orgs;
delete from public.resilience_training_modules;
insert into public.resilience_training_modules (id, title, category, content_type)
select module, 'Breathing', 'mindfulness', 'exercise' from story;
grant select on story to public;

create temporary table people as
select number, org_id, tests.make_person(org_id, 'nurse', 'Nurse ' || number) as user_id
from (
  select number, case when number % 2 = 0 then lakeside else harbor end as org_id
  from story, generate_series(1, 12) as numbers (number)
) as hired;
select tests.give_consent(org_id, user_id) from people;
create function pg_temp.answer(p_number integer, p_at timestamptz, p_helpful boolean) returns void language sql as $$
  insert into public.provider_training_completions
    (org_id, user_id, practitioner_id, module_id, started_at, completed_at, found_helpful, answered_at)
  select people.org_id, people.user_id, tests.practitioner_of(people.user_id), story.module, p_at, p_at, p_helpful, p_at
  from people, story where people.number = p_number
$$;
create function pg_temp.told() returns integer language plpgsql as $$
declare
  v_percent integer;
begin
  perform tests.act_as((select nadia from story));
  select helpful_percent into v_percent from public.get_resilience_modules();
  perform tests.act_as_system();
  return v_percent;
end
$$;

do $$ begin
  perform pg_temp.answer(number, '2026-03-31 23:59+00', number <> 4) from generate_series(1, 4) as numbers (number);
end $$;
select is(pg_temp.told(), null, 'nothing is told while a month runs');
select is(app.job_count_helpfulness('2026-04-02 05:47+00'), 0, 'four are too few');
select is(pg_temp.told(), null, 'and nothing is told of them');

do $$ begin perform pg_temp.answer(5, '2026-04-01 00:00+00', true); end $$;
select is(app.job_count_helpfulness('2026-04-02 05:47+00'), 0, 'the fifth is of the next month, which is not over');
select is(app.job_count_helpfulness('2026-05-02 05:47+00'), 1, 'when it is, the four have waited for her');
select is(pg_temp.told(), 80, 'four of five');
select is(
  (select (month_date, people_count, helpful_count)::text from public.resilience_module_helpfulness),
  '(2026-04-01,5,4)', 'counted once, with the last month it is over'
);

update public.provider_training_completions set found_helpful = false;
select is(app.job_count_helpfulness('2026-05-02 05:47+00'), 0, 'counted again it stays');
select is(pg_temp.told(), 80, 'whatever they say since');

-- Eleven and twelve answer in May, with three others; twelve withdraws before the month is counted.
do $$ begin
  perform pg_temp.answer(number, '2026-05-10 12:00+00', false) from generate_series(8, 12) as numbers (number);
end $$;
update public.provider_consents set withdrawn_at = now()
where user_id = (select user_id from people where number = 12);
select is(app.job_count_helpfulness('2026-06-02 05:47+00'), 0, 'whoever has withdrawn is not counted, which leaves four');
do $$ begin perform pg_temp.answer(6, '2026-06-10 12:00+00', true); end $$;
select is(app.job_count_helpfulness('2026-07-02 05:47+00'), 1, 'a month later five have gathered');
select is(pg_temp.told(), 50, 'both figures together: five of ten');

select tests.act_as((select nadia from story));
select is(
  tests.refusal('select app.job_count_helpfulness(now())'), '42501', 'nobody counts when they like'
);
select is(
  tests.refusal('delete from public.resilience_module_helpfulness'), '42501', 'or changes what was counted'
);

select * from finish();
rollback;
