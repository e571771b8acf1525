-- Wanda, wellness officer, fills a circle of three seats: who may be added, who may add, and what a full, an ended or
-- a left circle answers.
begin;
select plan(29);

create temporary table story as
select
  lakeside, gen_random_uuid() as circle, gen_random_uuid() as ended,
  tests.make_person(lakeside, 'wellness_officer', 'Wanda') as wanda,
  tests.make_person(lakeside, 'nurse', 'Nadia') as nadia,
  tests.make_person(lakeside, 'nurse', 'Nora') as nora,
  tests.make_person(lakeside, 'nurse', 'Nils') as nils,
  tests.make_person(lakeside, 'clinician', 'Carl') as carl,
  tests.make_person(lakeside, 'billing', 'Bill') as bill,
  tests.make_person(lakeside, 'care_manager', 'Cora') as cora,
  tests.make_person(harbor, 'nurse', 'Hana') as hana,
  tests.make_person(quiet, 'care_manager', 'Quinn') as quinn
from (
  select
    tests.make_org('lakeside') as lakeside,
    tests.make_org('harbor') as harbor,
    tests.make_org('quiet', p_has_resilience_hub => false) as quiet
) as orgs;
grant select on story to public;
insert into public.provider_support_circles (org_id, id, name, meeting_frequency, max_members, is_active)
select lakeside, circle, 'Circle', 'weekly'::public.meeting_frequency, 3, true from story
union all
select lakeside, ended, 'Ended', 'weekly', 3, false from story;
insert into public.provider_support_circle_members (org_id, circle_id, practitioner_id, user_id)
select lakeside, ended, tests.practitioner_of(nadia), nadia from story;
insert into public.provider_support_reflections (org_id, circle_id, user_id, author_id, reflection_text)
select lakeside, ended, nadia, tests.practitioner_of(nadia), 'It was good.' from story;

create function pg_temp.add(p_who uuid) returns text language sql as $$
  select tests.refusal(format('select public.add_support_circle_member(%L, %L)', (select circle from story), p_who))
$$;

select tests.act_as((select wanda from story));
select is(pg_temp.add(nadia), null, 'a nurse is added') from story;
select is(pg_temp.add(nadia), null, 'again: nothing happens') from story;
select is(pg_temp.add(nora), null, 'another') from story;
select is(pg_temp.add(hana), 'not_found', 'nobody of another organization') from story;
select is(pg_temp.add(gen_random_uuid()), 'not_found', 'the same answer for nobody at all');
select is(pg_temp.add(bill), 'not_found', 'and for a colleague who gives no care') from story;
select is(pg_temp.add(wanda), 'permission_denied', 'and not oneself') from story;
select is(pg_temp.add(null), 'invalid_input', 'somebody must be named');
select is(
  tests.refusal($$ select public.add_support_circle_member(null, nadia) from story $$), 'invalid_input',
  'and some circle'
);
select is(
  tests.refusal($$ select public.add_support_circle_member(gen_random_uuid(), nadia) from story $$), 'not_found',
  'one that exists'
);
select is(
  tests.refusal($$ select public.add_support_circle_member(ended, nora) from story $$), 'conflict', 'and has not ended'
);
select is(pg_temp.add(nils), null, 'the last seat') from story;
select is(pg_temp.add(carl), 'conflict', 'the circle is full') from story;
select is(pg_temp.add(nora), null, 'who is in it is in it, though it is full') from story;

select tests.act_as((select nora from story));
select is(pg_temp.add(carl), 'permission_denied', 'a member who does not lead adds nobody') from story;
select is(
  tests.refusal($$ update public.provider_support_circle_members set is_active = false $$), '42501', 'nor removes anybody'
);
select lives_ok($$ select public.leave_support_circle(circle) from story $$, 'she leaves');
select is(
  tests.refusal($$ update public.provider_support_circle_members set is_active = true $$), '42501',
  'and does not come back by herself'
);
select tests.act_as((select wanda from story));
select is(pg_temp.add(carl), null, 'her seat is free for another') from story;
select is(pg_temp.add(nora), 'conflict', 'and then it is not') from story;

select tests.act_as_system();
update public.org_practitioners set is_active = false where practitioner_id = (select tests.practitioner_of(carl) from story);
select tests.act_as((select wanda from story));
select is(pg_temp.add(nora), null, 'the seat of somebody who left the organization is free; she is in it again') from story;
select tests.act_as((select nora from story));
select is((select count(*) from public.provider_support_circle_members where user_id = (select nora from story)),
  1::bigint, 'with the seat she had');

select tests.act_as((select nadia from story));
select results_eq(
  'select reflection_text from public.support_circle_reflections', array['It was good.'],
  'an ended circle is still read by its members'
);
select is(
  tests.refusal($$ select public.write_reflection(ended, 'And now?') from story $$), 'conflict', 'but not written to'
);

-- A role that was revoked takes the circle with it, on the next request.
select tests.act_as_system();
update public.role_assignments set deleted_at = now() where user_id = (select nadia from story);
select tests.act_as((select nadia from story));
select is_empty('select id from public.support_circle_reflections', 'without a role: nothing');
select is(
  tests.refusal($$ select public.write_reflection(circle, 'x') from story $$), 'permission_denied', 'and no word'
);

select tests.act_as((select quinn from story));
select is(pg_temp.add(nadia), 'feature_disabled', 'without the feature: no seats') from story;
select is(
  tests.refusal($$ insert into public.provider_support_circles (name, meeting_frequency) values ('Quiet', 'weekly') $$), 'feature_disabled',
  'and no circles, the table''s own endpoint included'
);
select is(
  tests.refusal($$ select public.leave_support_circle(circle) from story $$), 'feature_disabled', 'and nothing to leave'
);

select * from finish();
rollback;
