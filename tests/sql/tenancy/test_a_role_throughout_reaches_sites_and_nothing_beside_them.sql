-- Cara manages care throughout Lakeside, Mia manages one house of it, Nadia nurses in two, Olga manages one and nurses in
-- the other: who has a role throughout reaches what is at any site, is compared with no list of them, and reaches
-- nothing that is at none.
begin;
select plan(13);

create temporary table story as
select lakeside, gen_random_uuid() as house, gen_random_uuid() as other_house
from (select tests.make_org('lakeside') as lakeside) as orgs;
insert into public.sites (org_id, id, kind, name)
select lakeside, unnest(array[house, other_house]), 'care_home', 'A home' from story;
create temporary table people as
select
  tests.make_person(lakeside, 'care_manager', 'Cara') as cara,
  tests.make_person(lakeside, 'manager', 'Mia', house) as mia,
  tests.make_person(lakeside, 'nurse', 'Nadia', house) as nadia,
  tests.make_person(lakeside, 'manager', 'Olga', house) as olga
from story;
insert into public.role_assignments (org_id, user_id, role, site_id, valid_during)
select story.lakeside, nurses.id, 'nurse', story.other_house, tstzrange(now() - interval '1 day', null)
from story cross join people cross join lateral (values (people.nadia), (people.olga)) as nurses (id);
create temporary table known as
select gen_random_uuid() as here, gen_random_uuid() as there, gen_random_uuid() as nowhere;
insert into public.patients (id) select unnest(array[here, there, nowhere]) from known;
insert into public.org_patients (org_id, patient_id, site_id)
select story.lakeside, places.id, places.site_id
from story cross join known
cross join lateral (
  values (known.here, story.house), (known.there, story.other_house), (known.nowhere, null)
) as places (id, site_id);
insert into public.residents (org_id, id, site_id, status)
select story.lakeside, places.id, places.site_id, 'resident'
from story cross join known
cross join lateral (values (known.here, story.house), (known.there, story.other_house)) as places (id, site_id);
grant select on story, people, known to public;

select tests.act_as((select cara from people));
select is(app.org_throughout('manager', 'care_manager'), (select lakeside from story), 'Cara has a role throughout');
select is(app.my_named_sites('manager', 'care_manager'), '{}'::uuid[], 'which names no site');
select is(app.org_throughout('manager', 'nurse'), null, 'and not the roles that she does not have');
select is((select count(*) from public.residents), 2::bigint, 'she sees the residents of every home');

select tests.act_as((select mia from people));
select is(app.org_throughout('manager', 'care_manager'), null, 'Mia has no role throughout');
select is(app.my_named_sites('manager', 'care_manager'), (select array[house] from story), 'hers is at her house');
select is((select count(*) from public.residents), 1::bigint, 'whose resident she sees');

select tests.act_as((select nadia from people));
select is(cardinality(app.my_named_sites('nurse')), 2, 'Nadia works at two sites by name');
select is((select count(*) from public.residents), 2::bigint, 'and sees who lives there');

select tests.act_as((select olga from people));
select is(app.my_named_sites('manager'), (select array[house] from story), 'Olga manages one house');
select is(app.my_named_sites('carer', 'nurse'), (select array[other_house] from story), 'nurses in the other');
select is(
  app.my_sites('nurse', 'carer', 'manager'), (select array[other_house, house] from story), 'and works in both'
);
select is(app.my_sites('carer'), '{}'::uuid[], 'as a carer she works nowhere');

select * from finish();
rollback;
