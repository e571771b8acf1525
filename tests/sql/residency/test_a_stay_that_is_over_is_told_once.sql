-- Ruth stays at the Elms until 10 May, Rose until 12 May. Mia manages the Elms, Otto the Oaks. Bea waits for a bed, then
-- Carla. Nobody says that Ruth left.
begin;
select plan(21);
select tests.freeze_clock('2026-05-04 09:00+00');

create temporary table story as
select lakeside, tests.make_site(lakeside, 'The Elms') as elms, tests.make_site(lakeside, 'The Oaks') as oaks,
  gen_random_uuid() as bed, gen_random_uuid() as other, gen_random_uuid() as ruth, gen_random_uuid() as rose
from (select tests.make_org('lakeside', true, 'UTC') as lakeside) as orgs;
with rooms as (
  insert into public.rooms (org_id, site_id, name) select lakeside, elms, '1' from story returning org_id, site_id, id
)
insert into public.beds (org_id, site_id, room_id, id, name)
select rooms.org_id, rooms.site_id, rooms.id, beds.id, beds.name
from rooms cross join story cross join lateral (values (story.bed, 'a'), (story.other, 'b')) as beds (id, name);
create temporary table people as
select
  tests.make_person(lakeside, 'manager', 'Mia', elms) as mia, tests.make_person(lakeside, 'manager', 'Otto', oaks) as otto
from story;
insert into public.patients (id, family_name)
select people.id, app.plain('Moss') from story cross join lateral (values (ruth), (rose)) as people (id);
insert into public.org_patients (org_id, patient_id, site_id)
select lakeside, people.id, elms from story cross join lateral (values (ruth), (rose)) as people (id);
create temporary table enquiries (who text, id uuid);
grant all on story, people, enquiries to public;
create function pg_temp.offered() returns text language sql security definer as $$
  select string_agg(enquiries.who || ' ' || beds.name, ', ' order by beds.name)
  from public.bed_offers as offers
  inner join public.waitlist_entries as entries on entries.id = offers.entry_id
  inner join enquiries on enquiries.id = entries.enquiry_id
  inner join public.beds on beds.id = offers.bed_id
  where offers.status = 'open'
$$;
create function pg_temp.told() returns bigint language sql security definer as $$
  select count(*) from public.notification_queue where template_key = 'residency.stay_over'
$$;
create function pg_temp.looks(p_at timestamptz) returns integer language plpgsql as $$
begin
  perform tests.act_as_system();
  perform tests.freeze_clock(p_at);
  return (select app.job_tell_overstays(lakeside, 100) from story);
end
$$;

select tests.act_as((select mia from people));
do $$ begin
  perform public.admit_resident(bed, p_patient_id => ruth, p_planned_until => '2026-05-10') from story;
  perform public.admit_resident(other, p_patient_id => rose, p_planned_until => '2026-05-12') from story;
end $$;
insert into enquiries (who, id)
select who, public.create_enquiry((select elms from story), 'phone', '{"name": "x"}', jsonb_build_object('family_name', who))
from unnest(array['Bea', 'Carla']) as who;
do $$ begin
  perform public.move_enquiry(id, 'assessment') from enquiries;
  perform public.join_waitlist(id, case who when 'Bea' then 1 else 2 end) from enquiries;
end $$;

select is(pg_temp.looks('2026-05-10 11:59+00'), 0, 'until noon of that day it is hers');
select is(pg_temp.looks('2026-05-10 12:30+00'), 1, 'then it is over');
select is(pg_temp.told(), 1::bigint, 'one person is told');
select is(
  (select recipient_id from public.notification_queue where template_key = 'residency.stay_over'), (select mia from people),
  'the manager of the home'
);
select is(pg_temp.offered(), 'Bea a', 'the bed is offered to the next who waits');
select is(
  (select status::text from public.residents where id = (select ruth from story)), 'resident', 'Ruth is a resident as before'
);
select ok(
  (select discharged_at is null from public.admissions where resident_id = (select ruth from story)), 'nobody has discharged her'
);
select is(pg_temp.looks('2026-05-10 13:00+00'), 0, 'looked at again, nothing is new');
select is(pg_temp.looks('2026-05-11 13:00+00'), 0, 'nor the next day');
select is(pg_temp.told(), 1::bigint, 'Mia was told once');

-- She stays on.
select tests.act_as((select mia from people));
select lives_ok($$ select public.extend_stay(ruth, '2026-05-20') from story $$, 'Mia says that Ruth stays until the 20th');
select is(pg_temp.offered(), null, 'her bed is on offer no more');
select is(
  (select count(*) from public.waitlist_entries where status = 'waiting'), 2::bigint, 'Bea waits on'
);
select is(pg_temp.looks('2026-05-12 12:05+00'), 1, 'on the 12th it is Rose''s that is over');
select is(pg_temp.offered(), 'Bea b', 'which goes to Bea');
select tests.act_as((select mia from people));
select lives_ok($$ select public.discharge_resident(rose, 'end_of_stay', 'own_home') from story $$, 'Rose left');
select is(pg_temp.offered(), 'Bea b', 'the bed is offered already, once');
select is(pg_temp.looks('2026-05-20 12:05+00'), 1, 'the new end of Ruth''s stay passes');
select is(pg_temp.told(), 3::bigint, 'and is told, too');

-- One who was moved has not overstayed where they were.
select tests.act_as((select mia from people));
select lives_ok($$ select public.discharge_resident(ruth, 'own_choice', 'own_home') from story $$, 'Ruth leaves');
select is(pg_temp.looks('2026-06-20 12:05+00'), 0, 'who has left stays nowhere');
select * from finish();
rollback;
