-- Fay leads a circle of Nora, Nils, Nell and herself. Nora writes unnamed, Nils and Nell report; Wanda is the wellness
-- officer, Ada administers, Nick is a nurse who is in no circle, Hope is a wellness officer of Harbor.
begin;
select plan(61);

create temporary table story as
select
  lakeside, gen_random_uuid() as circle, gen_random_uuid() as other,
  tests.make_person(lakeside, 'nurse', 'Fay') as fay,
  tests.make_person(lakeside, 'nurse', 'Nora') as nora,
  tests.make_person(lakeside, 'nurse', 'Nils') as nils,
  tests.make_person(lakeside, 'nurse', 'Nell') as nell,
  tests.make_person(lakeside, 'nurse', 'Nick') as nick,
  tests.make_person(lakeside, 'wellness_officer', 'Wanda') as wanda,
  tests.make_person(lakeside, 'admin', 'Ada') as ada,
  tests.make_person(harbor, 'wellness_officer', 'Hope') as hope
from (select tests.make_org('lakeside') as lakeside, tests.make_org('harbor') as harbor) as orgs;
grant select on story to public;
insert into public.provider_support_circles (org_id, id, name, meeting_frequency, facilitator_id)
select lakeside, circle, 'Circle', 'weekly'::public.meeting_frequency, fay from story
union all select lakeside, other, 'Other', 'weekly', nick from story;
insert into public.provider_support_circle_members (org_id, circle_id, practitioner_id, user_id)
select lakeside, circle, tests.practitioner_of(member), member
from story cross join lateral unnest(array[fay, nora, nils, nell]) as members (member);

create function pg_temp.say(p_text text, p_is_anonymous boolean default true) returns uuid language sql as $$
  select (public.write_reflection((select circle from story), p_text, p_is_anonymous)).id
$$;
create function pg_temp.report(p_id uuid, p_reason text) returns text language sql as $$
  select tests.refusal(format('select public.report_reflection(%L, %L)', p_id, p_reason))
$$;
create function pg_temp.review(p_id uuid, p_keep boolean) returns text language sql as $$
  select tests.refusal(format('select public.review_reflection(%L, %L)', p_id, p_keep))
$$;
create function pg_temp.remove(p_id uuid, p_reason text default null) returns text language sql as $$
  select tests.refusal(format('select public.remove_reflection(%L, %L)', p_id, p_reason))
$$;
create function pg_temp.reads(p_id uuid) returns boolean language sql as $$
  select exists (select from public.provider_support_reflections where id = p_id)
    and exists (select from public.support_circle_reflections where id = p_id)
$$;
create function pg_temp.decides() returns text language sql as $$
  select string_agg(reflection_text || ' ' || is_hidden::text || ' ' || reasons::text || report_count, '; ' order by reflection_text)
  from public.get_reported_reflections()
$$;

select tests.act_as((select nora from story));
create temporary table said as select pg_temp.say('One') as one, pg_temp.say('Two') as two, pg_temp.say('Three') as three;
grant select on said to public;
select is(pg_temp.report(one, 'harmful'), 'not_found', 'nobody reports their own') from said;

select tests.act_as((select nils from story));
select is(pg_temp.report(one, 'other'), null, 'a member reports') from said;
select is(pg_temp.report(one, 'harmful'), null, 'once: again counts as the first') from said;
select ok(pg_temp.reads(one), 'one report hides nothing') from said;
select is(tests.refusal('select public.report_reflection(null, ''other'')'), 'invalid_input', 'some reflection');
select is(tests.refusal('select public.report_reflection(one, null) from said'), 'invalid_input', 'some reason');
select is(pg_temp.report(gen_random_uuid(), 'other'), 'not_found', 'of the circle');
select is((select count(*) from public.provider_reflection_reports), 1::bigint, 'he sees his report');
select is(tests.refusal('update public.provider_reflection_reports set is_kept = false'), '42501', 'and decides nothing');
select is(tests.refusal($$ select removal_reason from public.provider_support_reflections $$), '42501', 'nor reads why something went');
select is(pg_temp.decides(), null, 'nor is he asked');
select is(pg_temp.review(one, true), 'not_found', 'in any way') from said;
select is(pg_temp.remove(one, 'other'), 'not_found', 'a member removes nothing of others') from said;

select tests.act_as((select fay from story));
select is(pg_temp.decides(), 'One false {other}1', 'the facilitator is asked from the first report on');
select tests.act_as((select wanda from story));
select is(pg_temp.decides(), null, 'the wellness officer is not');
select is(pg_temp.review(one, false), 'not_found', 'nor may she') from said;

select tests.act_as((select nell from story));
select is(pg_temp.report(one, 'harassment'), null, 'a second member') from said;
select ok(not pg_temp.reads(one), 'and it is hidden') from said;
select ok(pg_temp.reads(two), 'only this one') from said;
select is((select count(*) from public.provider_reflection_reports), 1::bigint, 'she does not see who else reported');
select tests.act_as((select nora from story));
select ok(not pg_temp.reads(one), 'also from its author') from said;
select is_empty('select * from public.provider_reflection_reports', 'who is not told by whom');

select tests.act_as((select wanda from story));
select is(pg_temp.decides(), 'One true {harassment,other}2', 'a hidden one the wellness officer may decide about');
select is_empty('select * from public.support_circle_reflections', 'without reading the circle');
select tests.act_as((select ada from story));
select is(pg_temp.decides(), null, 'an administrator may not');
select is(pg_temp.review(one, true), 'not_found', 'in any way') from said;
select is(pg_temp.remove(one, 'other'), 'not_found', 'nor remove it') from said;
select tests.act_as((select nick from story));
select is(pg_temp.report(two, 'harmful'), 'not_found', 'who is not in the circle reports nothing') from said;
select is(pg_temp.decides(), null, 'who leads another one is not asked');
select is(pg_temp.remove(two, 'other'), 'not_found', 'nor removes anything') from said;
select tests.act_as((select hope from story));
select is(pg_temp.decides(), null, 'another organization is not asked');
select is(pg_temp.review(one, true), 'not_found', 'nor decides') from said;
select is(pg_temp.report(one, 'harmful'), 'not_found', 'nor reports') from said;

select tests.act_as((select fay from story));
select is(tests.refusal('select public.review_reflection(one, null) from said'), 'invalid_input', 'it stays or goes');
select is(pg_temp.review(one, true), null, 'the facilitator keeps it') from said;
select is(pg_temp.review(one, true), 'not_found', 'that is decided') from said;
select ok(pg_temp.reads(one), 'the circle reads it again') from said;
select tests.act_as((select nils from story));
select is(pg_temp.report(one, 'harmful'), null, 'who has reported it') from said;
select ok(pg_temp.reads(one), 'does not hide it again') from said;
select is(pg_temp.report(two, 'harmful'), null, 'what is called harmful') from said;
select ok(not pg_temp.reads(two), 'is hidden by one') from said;

select tests.act_as((select wanda from story));
select is(pg_temp.review(two, false), null, 'the wellness officer takes it out') from said;
select tests.act_as((select nell from story));
select ok(not pg_temp.reads(two), 'for good') from said;
select is(pg_temp.report(two, 'other'), 'not_found', 'it is gone') from said;

-- The facilitator's own words.
select tests.act_as((select fay from story));
create temporary table led as select pg_temp.say('Mine') as mine;
grant select on led to public;
select tests.act_as((select nils from story));
select is(pg_temp.report(mine, 'harmful'), null, 'the facilitator''s own is reported') from led;
select tests.act_as((select fay from story));
select is(pg_temp.decides(), null, 'she is not asked about it');
select is(pg_temp.review(mine, true), 'not_found', 'and does not decide') from led;
select tests.act_as((select wanda from story));
select is(pg_temp.decides(), 'Mine true {harmful}1', 'the wellness officer does, and sees what she sees of every other');
select is(pg_temp.review(mine, true), null, 'not who wrote it') from led;

-- Removing.
select tests.act_as((select nora from story));
select is(pg_temp.remove(three), null, 'an unnamed author removes their own') from said;
select is(pg_temp.remove(three), 'not_found', 'once') from said;
select tests.act_as((select fay from story));
select is(pg_temp.remove(one), 'invalid_input', 'the facilitator says why') from said;
select is(pg_temp.remove(one, 'personal_information'), null, 'and removes') from said;
select is(tests.refusal('select public.remove_reflection(null)'), 'invalid_input', 'something');

select is(tests.refusal(format('select public.end_circle_seat(%L, %L)', other, nils)), 'not_found', 'she ends no seat elsewhere') from story;
select is(tests.refusal(format('select public.end_circle_seat(%L, %L)', circle, nils)), null, 'but one in her circle') from story;
select is(tests.refusal(format('select public.end_circle_seat(%L, %L)', circle, nick)), null, 'where nobody sits the answer is the same') from story;
select tests.act_as((select nils from story));
select is_empty('select * from public.support_circle_reflections', 'Nils reads no more');

select tests.act_as_system();
select results_eq(
  $$ select reflection_text, removal_reason::text, deleted_at = date_trunc('hour', deleted_at, 'UTC')
     from public.provider_support_reflections where deleted_at is not null order by 1 $$,
  $$ values ('One', 'personal_information', true), ('Three', null, true), ('Two', 'harmful', true) $$,
  'what was removed says why, and of unnamed ones no closer time than the hour'
);
select is_empty(
  $$ select from public.audit_events
     where table_name = 'public.provider_reflection_reports' and action = 'insert' and not is_concealed $$,
  'the trail does not say who reported'
);
select is(
  (select count(*) from public.audit_events
   where table_name = 'public.provider_support_reflections' and action = 'delete' and not is_concealed
     and actor_id = (select nora from story)), 0::bigint, 'nor which author removed their own'
);

select * from finish();
rollback;
