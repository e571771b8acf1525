-- Olga owns the database and writes by hand: a check-in and a seat in a circle are somebody's, all the same.
begin;
select plan(3);

create temporary table story as
select
  lakeside, tests.make_person(lakeside, 'nurse', 'Nadia') as nadia, gen_random_uuid() as stranger, gen_random_uuid() as circle
from (select tests.make_org('lakeside') as lakeside) as orgs;
insert into public.fhir_practitioners (id) select stranger from story;
insert into public.provider_support_circles (org_id, id, name, meeting_frequency)
select lakeside, circle, 'Night shift', (enum_range(null::public.meeting_frequency))[1] from story;

create function pg_temp.seat(p_user_id uuid) returns void language sql as $$
  insert into public.provider_support_circle_members (org_id, circle_id, practitioner_id, user_id)
  select lakeside, circle, practitioners.id, p_user_id
  from story inner join public.fhir_practitioners as practitioners on practitioners.user_id = nadia
$$;

select throws_matching(
  $$ insert into public.provider_daily_checkins
    (org_id, user_id, practitioner_id, checkin_date, work_setting, stress_level, energy_level)
  select lakeside, nadia, stranger, '2026-03-02', 'home_health', 5, 5 from story $$,
  'provider_daily_checkins_practitioner_fkey', 'no check-in of a practitioner who works elsewhere'
);
select throws_matching(
  $$ select pg_temp.seat(gen_random_uuid()) $$,
  'provider_support_circle_members_user_id_fkey', 'no seat of a person whom nobody knows'
);
select lives_ok($$ select pg_temp.seat(nadia) from story $$, 'but of Nadia');

select * from finish();
rollback;
