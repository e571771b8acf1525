-- Nora writes to her circle without her name. Nadia, who is in it, asks every way there is: the database does not say
-- who it was, nor when, but for the hour.
begin;
select plan(27);

create temporary table story as
select
  lakeside, gen_random_uuid() as circle,
  tests.make_person(lakeside, 'nurse', 'Nadia') as nadia,
  tests.make_person(lakeside, 'nurse', 'Nora') as nora,
  tests.make_person(lakeside, 'nurse', 'Nils') as nils,
  tests.make_person(lakeside, 'admin', 'Ada') as ada
from (select tests.make_org('lakeside') as lakeside) as orgs;
grant select on story to public;
insert into public.provider_support_circles (org_id, id, name, meeting_frequency)
select lakeside, circle, 'Circle', 'weekly' from story;

select tests.act_as((select ada from story));
select public.add_support_circle_member(circle, nora), public.add_support_circle_member(circle, nadia) from story;
select tests.act_as((select nora from story));
select is(
  tests.refusal($$ select public.write_reflection(circle, 'I cried.', true) from story $$), 'conflict',
  'between two nobody is unnamed'
);
select is(
  tests.refusal($$ insert into public.provider_support_reflections (circle_id, reflection_text, is_anonymous)
    select circle, 'I cried.', true from story $$),
  'conflict', 'not even past the function'
);
select tests.act_as((select ada from story));
select public.add_support_circle_member(circle, nils) from story;

select tests.act_as((select nora from story));
create temporary table written as
select (r).* from (select public.write_reflection(circle, 'I cried in the car.', true) as r from story) as w;
grant select on written to public;
select is((select author_name from written), null, 'what she gets back has no name');
select is((select created_at from written), date_trunc('hour', now(), 'UTC'), 'and the hour');
select is((select substr(id::text, 15, 1) from written), '4', 'and an id that tells no time');
select lives_ok($$ select public.write_reflection(circle, 'We were short of staff.') from story $$, 'another she signs');
select lives_ok(
  $$ insert into public.provider_support_reflections (circle_id, reflection_text, is_anonymous)
     select circle, 'Past the function.', true from story $$,
  'and a third she writes to the table itself'
);

select tests.act_as((select nadia from story));
select results_eq(
  'select reflection_text, author_name from public.support_circle_reflections order by reflection_text',
  $$ values ('I cried in the car.', null), ('Past the function.', null), ('We were short of staff.', 'Nora') $$,
  'the circle reads all three, one of them with a name'
);
select is(
  tests.refusal('select author_id from public.provider_support_reflections'), '42501', 'the author cannot be selected'
);
select is(
  tests.refusal('select ' || hidden || ' from public.provider_support_reflections'), '42501', 'nor by ' || hidden
)
from unnest(array['user_id', 'created_by', 'updated_by']) as hidden;
select is_empty(
  $$ select from public.provider_support_reflections
     where is_anonymous and (created_at <> date_trunc('hour', now(), 'UTC') or updated_at <> created_at) $$,
  'no time is closer than the hour'
);
select is(tests.refusal('select * from public.provider_support_reflections'), '42501', 'nor with all the others');
select is(
  tests.refusal('select to_jsonb(reflections) from public.provider_support_reflections as reflections'), '42501',
  'nor as a whole row'
);
select is(
  tests.refusal($$ select id from public.provider_support_reflections where user_id = (select nora from story) $$),
  '42501', 'nor be looked for'
);
select is(
  tests.refusal('select id from public.provider_support_reflections order by user_id'), '42501', 'nor sorted by'
);
select is(
  tests.refusal('select count(*) from public.provider_support_reflections group by user_id'), '42501', 'nor counted by'
);
select is(
  tests.refusal($$ select r.id from public.provider_support_reflections as r
    inner join public.provider_support_circle_members as m on m.user_id = r.user_id $$),
  '42501', 'nor joined with the members'
);
select is(
  tests.refusal('select xmin from public.provider_support_reflections'), '42501', 'nor be told by what was written with it'
);
select is(
  tests.refusal($$ insert into public.provider_support_reflections (circle_id, reflection_text, user_id)
    select circle, 'In her name', nora from story $$),
  '42501', 'nobody writes in another''s name'
);
select is(
  tests.refusal($$ update public.provider_support_reflections set is_anonymous = false $$), '42501',
  'nor takes the mask off'
);
select is(
  tests.refusal($$ insert into public.provider_support_reflections (circle_id, reflection_text, author_name)
    select circle, 'Signed', 'Nora' from story $$),
  '42501', 'nor puts a name under'
);

select tests.act_as((select ada from story));
select is_empty('select id from public.provider_support_reflections', 'an administrator reads nothing at all');
select is(tests.refusal('select author_id from public.provider_support_reflections'), '42501', 'the author least of all');

select tests.act_as_system();
update public.provider_support_reflections set deleted_at = now() where is_anonymous;
select is_empty(
  $$ select from public.provider_support_reflections
     where is_anonymous and updated_at <> date_trunc('hour', now(), 'UTC') $$,
  'whoever changes one: it has no closer time than the hour'
);
select is(
  tests.refusal($$ update public.provider_support_reflections set author_name = 'Nora' where is_anonymous $$),
  '23514', 'and no name'
);

select * from finish();
rollback;
