-- Ruth has the only bed of room 1 of the Elms. Mia manages the Elms, Ada administers Lakeside and reads no resident.
-- Harbor has a home with the id of the Elms, and a bed in it.
begin;
select plan(13);
select tests.freeze_clock('2026-05-04 09:00+00');

create temporary table story as
select lakeside, tests.make_site(lakeside, 'The Elms') as elms, gen_random_uuid() as room, gen_random_uuid() as bed,
  gen_random_uuid() as spare, gen_random_uuid() as ruth
from (select tests.make_org('lakeside') as lakeside) as orgs;
insert into public.rooms (org_id, site_id, id, name)
select lakeside, elms, room, '1' from story union all select lakeside, elms, spare, '2' from story;
insert into public.beds (org_id, site_id, room_id, id, name)
select lakeside, elms, room, bed, 'a' from story union all select lakeside, elms, spare, spare, 'a' from story;
create temporary table harbor as
select tests.make_org('harbor') as id, gen_random_uuid() as room, gen_random_uuid() as bed;
insert into public.sites (org_id, id, kind, name) select harbor.id, elms, 'care_home', 'A home' from story cross join harbor;
insert into public.rooms (org_id, site_id, id, name) select harbor.id, elms, harbor.room, '1' from story cross join harbor;
insert into public.beds (org_id, site_id, room_id, id, name) select harbor.id, elms, harbor.room, harbor.bed, 'a'
from story cross join harbor;
create temporary table people as
select tests.make_person(lakeside, 'manager', 'Mia', elms) as mia, tests.make_person(lakeside, 'admin', 'Ada') as ada
from story;
insert into public.patients (id, family_name) select ruth, app.plain('Moss') from story;
insert into public.org_patients (org_id, patient_id, site_id) select lakeside, ruth, elms from story;
grant select on story, people, harbor to public;

select tests.act_as((select mia from people));
select lives_ok('select public.admit_resident(bed, p_patient_id => ruth) from story', 'Ruth has the bed');
select is(
  tests.refusal('update public.beds set is_active = false where id = (select bed from story)'), 'conflict',
  'it is not closed under her'
);
select is(
  tests.refusal('update public.rooms set is_active = false where id = (select room from story)'), 'conflict',
  'nor is her room'
);
select lives_ok('update public.beds set name = $$b$$ where id = (select bed from story)', 'it may have another name');
select lives_ok('update public.beds set is_active = false where id = (select spare from story)', 'a free one is closed');
select lives_ok('update public.beds set is_active = true where id = (select spare from story)', 'and opened');

select tests.act_as((select ada from people));
select is(
  tests.refusal('update public.rooms set is_active = false where id = (select room from story)'), 'conflict',
  'the same for who does not know of her'
);
select is(tests.refusal('select public.remove_beds(bed) from story'), 'conflict', 'nor is it removed');

select tests.freeze_clock('2026-05-04 10:00+00');
select tests.act_as((select mia from people));
select lives_ok(
  'select public.transfer_resident(residents.id, spare) from story inner join public.residents on residents.id = ruth',
  'she moves to the other bed'
);
select lives_ok('update public.beds set is_active = false where id = (select bed from story)', 'then hers is closed');
select is(
  tests.refusal(
    'select public.transfer_resident(residents.id, bed) from story inner join public.residents on residents.id = ruth'
  ), 'conflict', 'and nobody goes back to it'
);
select is(
  tests.refusal(
    'select public.transfer_resident(residents.id, harbor.bed)
     from harbor cross join story inner join public.residents on residents.id = ruth'
  ), 'not_found', 'nor into a bed of another organization'
);
select tests.act_as_system();
select is(
  tests.refusal($$ insert into public.admissions (org_id, resident_id, site_id, kind, admitted_at)
    select org_id, resident_id, site_id, kind, admitted_at from public.admissions $$),
  '23505', 'nobody is admitted who has not left'
);

select * from finish();
rollback;
