-- Nadia, Nora and Nils are in a circle that Cora, care manager, set up. What they say there is theirs: Cora, Ada the
-- administrator and everyone else at Lakeside know that it exists, and Harbor not even that. (A-057)
begin;
select plan(48);

create temporary table story as
select
  lakeside, harbor,
  tests.make_person(lakeside, 'nurse', 'Nadia') as nadia,
  tests.make_person(lakeside, 'nurse', 'Nora') as nora,
  tests.make_person(lakeside, 'carer', 'Nils') as nils,
  tests.make_person(lakeside, 'nurse', 'Otto') as otto,
  tests.make_person(lakeside, 'admin', 'Ada') as ada,
  tests.make_person(lakeside, 'care_manager', 'Cora') as cora,
  tests.make_person(lakeside, 'wellness_officer', 'Wanda') as wanda,
  tests.make_person(lakeside, 'org_owner', 'Olga') as olga,
  tests.make_person(lakeside, 'resident', 'Rex') as rex,
  tests.make_person(harbor, 'nurse', 'Hana') as hana,
  tests.make_person(harbor, 'care_manager', 'Hal') as hal
from (select tests.make_org('lakeside') as lakeside, tests.make_org('harbor') as harbor) as orgs;
grant select on story to public;

select tests.act_as((select cora from story));
select lives_ok(
  $$ insert into public.provider_support_circles (name, meeting_frequency, max_members, facilitator_id)
     select 'Tuesday circle', 'weekly', 3, nadia from story $$,
  'a care manager sets a circle up'
);
select tests.act_as_system();
create temporary table circles as select id as circle, org_id from public.provider_support_circles where name = 'Tuesday circle';
grant select on circles to public;
select is(
  (select facilitator_practitioner_id from public.provider_support_circles inner join circles on circle = id),
  (select tests.practitioner_of(nadia) from story), 'led by a practitioner'
);

select tests.act_as((select cora from story));
select lives_ok($$ select public.add_support_circle_member(circle, nadia) from circles, story $$, 'adds its first member');
select tests.act_as((select ada from story));
select lives_ok($$ select public.add_support_circle_member(circle, nora) from circles, story $$, 'an administrator another');
select tests.act_as((select nadia from story));
select lives_ok($$ select public.add_support_circle_member(circle, nils) from circles, story $$, 'the facilitator a third');

select is(
  (select (r).author_name from (select public.write_reflection(circle, 'A long week.') as r from circles) as w), 'Nadia',
  'a member writes and signs'
);
select tests.act_as((select nils from story));
select results_eq(
  'select reflection_text, author_name from public.support_circle_reflections',
  $$ values ('A long week.', 'Nadia') $$, 'another member reads it, and who wrote it'
);
select is((select count(*) from public.provider_support_circle_members), 3::bigint, 'sees who is in the circle');
select results_eq(
  'select name, meeting_frequency::text from public.provider_support_circles', $$ values ('Tuesday circle', 'weekly') $$,
  'and the circle'
);

-- Those who set it up.
select tests.act_as((select cora from story));
select results_eq('select name from public.provider_support_circles', array['Tuesday circle'], 'Cora sees that it exists');
select is_empty('select id from public.provider_support_circle_members', 'not who is in it');
select is_empty('select id from public.provider_support_reflections', 'nor what is said');
select is_empty('select id from public.support_circle_reflections', 'by neither way');
select is(
  tests.refusal($$ select public.write_reflection(circle, 'From above') from circles $$), 'not_found', 'she does not write'
);
select is(
  tests.refusal($$ insert into public.provider_support_reflections (circle_id, reflection_text)
    select circle, 'From above' from circles $$),
  '42501', 'not even past the function'
);
select is(
  tests.refusal($$ select public.add_support_circle_member(circle, cora) from circles, story $$), 'permission_denied',
  'and does not let herself in'
);
select results_eq(
  $$ update public.provider_support_circles set name = 'Wednesday circle' returning version $$, 'select 2',
  'but names it anew'
);
select tests.act_as((select ada from story));
select results_eq('select name from public.provider_support_circles', array['Wednesday circle'], 'so does Ada');
select is_empty('select id from public.provider_support_circle_members', 'who sees no members');
select is_empty('select id from public.support_circle_reflections', 'and reads nothing');
select is(tests.refusal('delete from public.provider_support_circles'), '42501', 'and deletes nothing');
select tests.act_as((select wanda from story));
select results_eq('select name from public.provider_support_circles', array['Wednesday circle'], 'nor Wanda');
select is_empty('select id from public.support_circle_reflections', 'who reads nothing either');

-- Those who are not in it.
select tests.act_as((select otto from story));
select results_eq('select name from public.provider_support_circles', array['Wednesday circle'], 'a colleague may ask to join');
select is_empty('select id from public.provider_support_circle_members', 'and does not see who is in it');
select is_empty('select id from public.support_circle_reflections', 'nor what is said');
select is(
  tests.refusal($$ select public.write_reflection(circle, 'Hello?') from circles $$), 'not_found', 'does not write'
);
select is(
  tests.refusal($$ select public.add_support_circle_member(circle, otto) from circles, story $$), 'permission_denied',
  'does not join uninvited'
);
select is(
  tests.refusal($$ insert into public.provider_support_circle_members (circle_id, practitioner_id, user_id)
    select circle, tests.practitioner_of(otto), otto from circles, story $$),
  '42501', 'not even past the function'
);
select is(
  tests.refusal($$ select public.leave_support_circle(circle) from circles $$), 'not_found', 'and cannot leave either'
);
select is(
  tests.refusal($$ insert into public.provider_support_circles (name, meeting_frequency) values ('Mine', 'weekly') $$), '42501', 'or set one up'
);
select tests.act_as((select olga from story));
select is_empty('select id from public.provider_support_circle_members', 'the owner of the business sees no members');
select is_empty('select id from public.support_circle_reflections', 'and reads nothing');
select tests.act_as((select rex from story));
select is_empty('select id from public.provider_support_circles', 'a resident sees no circle at all');

-- Another organization.
select tests.act_as((select hal from story));
select is_empty('select id from public.provider_support_circles', 'another organization''s care manager sees no circle');
select is(
  tests.refusal($$ select public.add_support_circle_member(circle, hana) from circles, story $$), 'not_found',
  'adds nobody to it'
);
select is_empty('update public.provider_support_circles set name = name returning 1', 'and changes nothing');
select is(
  tests.refusal($$ insert into public.provider_support_circles (name, meeting_frequency, facilitator_id)
    select 'Ours', 'weekly', nadia from story $$),
  'not_found', 'nobody else''s people lead a circle'
);
select is(
  tests.refusal($$ insert into public.provider_support_circles (name, meeting_frequency, facilitator_id)
    values ('Ours', 'weekly', gen_random_uuid()) $$),
  'not_found', 'and nobody at all is the same answer'
);
select tests.act_as((select hana from story));
select is_empty('select id from public.support_circle_reflections', 'its nurse reads nothing');
select is(
  tests.refusal($$ select public.write_reflection(circle, 'x') from circles $$),
  tests.refusal($$ select public.write_reflection(gen_random_uuid(), 'x') $$), 'a strange circle and none: one answer'
);

-- Nor later.
select tests.act_as((select cora from story));
select is(
  tests.refusal($$ update public.provider_support_circles set facilitator_id = hana from story $$),
  'not_found', 'a circle is not handed to somebody of another organization'
);

-- Leaving.
select tests.act_as((select nils from story));
select lives_ok($$ select public.leave_support_circle(circle) from circles $$, 'Nils leaves');
select is_empty('select id from public.provider_support_circle_members', 'and no longer sees who is in it');
select is_empty('select id from public.support_circle_reflections', 'or reads it');
select is(tests.refusal($$ select public.leave_support_circle(circle) from circles $$), 'not_found', 'and leaves once');

select tests.act_as_anonymous();
select is(tests.refusal('select id from public.support_circle_reflections'), '42501', 'anonymous: refused');
select is(tests.refusal('select id from public.provider_support_circles'), '42501', 'everywhere');

select * from finish();
rollback;
