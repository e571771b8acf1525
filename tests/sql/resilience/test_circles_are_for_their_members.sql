-- Nadia, Nora and Nell are in a circle of Lakeside, Nils is not, Cara leads the care team, Ada administers, Hana is a
-- nurse of Harbor. What is said in the circle, and who is in it, is for its three members. (A-057, A-064)
begin;
select plan(19);

create temporary table story as
select
  lakeside, gen_random_uuid() as circle, gen_random_uuid() as other_circle,
  tests.make_person(lakeside, 'nurse', 'Nadia') as nadia,
  tests.make_person(lakeside, 'nurse', 'Nora') as nora,
  tests.make_person(lakeside, 'nurse', 'Nell') as nell,
  tests.make_person(lakeside, 'nurse', 'Nils') as nils,
  tests.make_person(lakeside, 'care_manager', 'Cara') as cara,
  tests.make_person(lakeside, 'admin', 'Ada') as ada,
  tests.make_person(harbor, 'nurse', 'Hana') as hana
from (select tests.make_org('lakeside') as lakeside, tests.make_org('harbor') as harbor) as orgs;
insert into public.provider_support_circles (org_id, id, name, meeting_frequency)
select lakeside, unnest(array[circle, other_circle]), 'A circle', 'weekly' from story;
insert into public.provider_support_circle_members (org_id, circle_id, practitioner_id, user_id)
select lakeside, circle, tests.practitioner_of(member), member
from story cross join lateral unnest(array[nadia, nora, nell]) as members (member);
insert into public.provider_support_circle_members (org_id, circle_id, practitioner_id, user_id)
select lakeside, other_circle, tests.practitioner_of(nils), nils from story;
grant select on story to public;

create function pg_temp.say(p_text text, p_is_anonymous boolean, p_circle uuid default null) returns void
language sql as $$
  insert into public.provider_support_reflections (circle_id, reflection_text, is_anonymous)
  select coalesce(p_circle, circle), p_text, p_is_anonymous from story
$$;

select tests.act_as((select nadia from story));
select lives_ok($$ select pg_temp.say('A hard week.', true) $$, 'Nadia writes without her name');
select lives_ok($$ select pg_temp.say('Thank you all.', false) $$, 'and with it');
select is(
  tests.refusal(format('select pg_temp.say(%L, true, %L)', 'Hello', (select other_circle from story))), '42501',
  'not in a circle that she is not in'
);
select is((select count(*) from public.provider_support_circle_members), 3::bigint, 'she sees who is in her circle');

select tests.act_as((select nora from story));
select results_eq(
  'select reflection_text, author_name from public.provider_support_reflections order by is_anonymous',
  $$ values ('Thank you all.'::text, 'Nadia'::text), ('A hard week.', null) $$,
  'Nora reads both, and the name of one'
);
select is(tests.refusal('select ' || hidden || ' from public.provider_support_reflections'), '42501', hidden || ' is not told')
from unnest(array['author_id', 'user_id', 'created_by', 'updated_by']) as hidden;
select is(
  tests.refusal('update public.provider_support_reflections set reflection_text = $$x$$'), '42501',
  'nobody rewrites what was shared'
);

select tests.act_as(who) from (select nils as who from story) as person;
select is((select count(*) from public.provider_support_reflections), 0::bigint, 'Nils, of another circle, reads nothing');
select is((select count(*) from public.provider_support_circle_members), 1::bigint, 'and sees his own circle only');

select tests.act_as((select cara from story));
select is((select count(*) from public.provider_support_circles), 2::bigint, 'Cara sees that there are circles');
select is((select count(*) from public.provider_support_circle_members), 0::bigint, 'not who is in them');
select is((select count(*) from public.provider_support_reflections), 0::bigint, 'nor what is said');

select tests.act_as((select ada from story));
select is((select count(*) from public.provider_support_reflections), 0::bigint, 'nor does Ada');

-- Who leaves reads no more, what was said before included.
select tests.act_as_system();
update public.provider_support_circle_members set is_active = false where user_id = (select nora from story);
select tests.act_as((select nora from story));
select is((select count(*) from public.provider_support_reflections), 0::bigint, 'Nora left: she reads no more');

select tests.act_as((select hana from story));
select is((select count(*) from public.provider_support_circles), 0::bigint, 'Hana of Harbor sees no circle');
select is((select count(*) from public.provider_support_reflections), 0::bigint, 'and no reflection');

select * from finish();
rollback;
