-- What a reflection may be: a text with something in it, 4000 characters at most, from a practitioner of the circle.
begin;
select plan(13);

create temporary table story as
select
  lakeside, gen_random_uuid() as circle,
  tests.make_person(lakeside, 'nurse', 'Nadia') as nadia,
  tests.make_person(lakeside, 'nurse', 'Otto') as otto,
  tests.make_person(harbor, 'nurse', 'Hana') as hana
from (select tests.make_org('lakeside') as lakeside, tests.make_org('harbor') as harbor) as orgs;
grant select on story to public;
insert into public.provider_support_circles (org_id, id, name, meeting_frequency)
select lakeside, circle, 'Circle', 'weekly' from story;
insert into public.provider_support_circle_members (org_id, circle_id, practitioner_id, user_id)
select lakeside, circle, tests.practitioner_of(nadia), nadia from story;

create function pg_temp.write(p_text text, p_is_anonymous boolean default false) returns text language sql as $$
  select tests.refusal(
    format('select public.write_reflection(%L, %L, %L)', (select circle from story), p_text, p_is_anonymous)
  )
$$;

select tests.act_as((select nadia from story));
select is(pg_temp.write('x'), null, 'one character');
select is(pg_temp.write(repeat('ü', 4000)), null, '4000 characters, whatever their bytes');
select is(pg_temp.write(repeat('x', 4001)), 'invalid_input', 'not 4001');
select is(pg_temp.write(''), 'invalid_input', 'not none');
select is(pg_temp.write(E' \n\t '), 'invalid_input', 'not blanks');
select is(pg_temp.write(null), 'invalid_input', 'not null');
select is(pg_temp.write('x', null), 'invalid_input', 'named or not must be said');
select is(
  tests.refusal($$ select public.write_reflection(null, 'x') $$), 'invalid_input', 'and to which circle'
);
select is(
  tests.refusal($$ insert into public.provider_support_reflections (circle_id, reflection_text)
    select circle, repeat('x', 4001) from story $$),
  '23514', 'the table has the same limit'
);
select is(
  tests.refusal($$ delete from public.provider_support_reflections $$), '42501', 'what was said stays said'
);

select tests.act_as_system();
select is(
  tests.refusal($$ insert into public.provider_support_reflections
      (org_id, circle_id, user_id, author_id, reflection_text)
    select lakeside, circle, otto, tests.practitioner_of(otto), 'x' from story $$),
  '23503', 'whoever writes: nobody speaks in a circle that they were never in'
);
select is(
  tests.refusal($$ insert into public.provider_support_circle_members (org_id, circle_id, practitioner_id, user_id)
    select lakeside, circle, tests.practitioner_of(hana), hana from story $$),
  '23503', 'nor sits in one of another organization'
);

update public.org_practitioners set is_active = false where practitioner_id = (select tests.practitioner_of(nadia) from story);
select tests.act_as((select nadia from story));
select is(pg_temp.write('x'), 'permission_denied', 'a practitioner who has left writes no more');

select * from finish();
rollback;
