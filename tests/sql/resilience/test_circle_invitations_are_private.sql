-- Fay leads a circle of Lakeside and Wanda looks after all of them; Nora, Nils and Nell are invited; Ada administers;
-- Hana is a nurse of Harbor. Who is asked, and what they answer, stays between those two. (beyond: circles)
begin;
select plan(51);

create temporary table story as
select
  lakeside, gen_random_uuid() as circle, gen_random_uuid() as other, gen_random_uuid() as ended,
  tests.make_person(lakeside, 'nurse', 'Fay') as fay,
  tests.make_person(lakeside, 'wellness_officer', 'Wanda') as wanda,
  tests.make_person(lakeside, 'admin', 'Ada') as ada,
  tests.make_person(lakeside, 'billing', 'Bill') as bill,
  tests.make_person(lakeside, 'nurse', 'Nora') as nora,
  tests.make_person(lakeside, 'nurse', 'Nils') as nils,
  tests.make_person(lakeside, 'nurse', 'Nell') as nell,
  tests.make_person(lakeside, 'nurse', 'Nina') as nina,
  tests.make_person(harbor, 'care_manager', 'Hana') as hana
from (select tests.make_org('lakeside') as lakeside, tests.make_org('harbor') as harbor) as orgs;
grant select on story to public;
insert into public.provider_support_circles (org_id, id, name, meeting_frequency, max_members, facilitator_id, is_active)
select lakeside, circle, 'Circle', 'weekly'::public.meeting_frequency, 3, fay, true from story
union all select lakeside, other, 'Other', 'weekly', 3, null, true from story
union all select lakeside, ended, 'Ended', 'weekly', 3, fay, false from story;
insert into public.provider_support_circle_members (org_id, circle_id, practitioner_id, user_id)
select lakeside, circle, tests.practitioner_of(nell), nell from story;

create function pg_temp.invite(p_who uuid, p_circle uuid default null) returns text language sql as $$
  select tests.refusal(format(
    'select public.invite_to_circle(%L, %L)', coalesce(p_circle, (select circle from story)), p_who
  ))
$$;
create function pg_temp.answer(p_accept boolean) returns text language sql as $$
  select coalesce(min(tests.refusal(format('select public.answer_circle_invitation(%L, %L)', id, p_accept))), 'done')
  from public.get_my_circle_invitations()
$$;
create function pg_temp.sent() returns bigint language sql as $$
  select count(*) from public.get_sent_circle_invitations()
$$;

select tests.act_as((select fay from story));
select is(pg_temp.invite(nora), null, 'the facilitator invites') from story;
select is(pg_temp.invite(nora), null, 'twice is once') from story;
select is(pg_temp.invite(nils), null, 'somebody else, too') from story;
select is(pg_temp.invite(nell), null, 'a member cannot be told apart by it') from story;
select is(pg_temp.invite(fay), 'permission_denied', 'nobody invites themselves') from story;
select is(pg_temp.invite(hana), 'not_found', 'nor somebody of another organization') from story;
select is(pg_temp.invite(gen_random_uuid()), 'not_found', 'who is as somebody who is not there') from story;
select is(pg_temp.invite(bill), 'not_found', 'nor who gives no care') from story;
select is(pg_temp.invite(nora, other), 'permission_denied', 'nor to a circle of others') from story;
select is(pg_temp.invite(nora, ended), 'conflict', 'nor to one that has ended') from story;
select is(pg_temp.invite(null), 'invalid_input', 'somebody') from story;
select is(tests.refusal('select public.invite_to_circle(null, nora) from story'), 'invalid_input', 'to some circle') from story;
select is(pg_temp.sent(), 3::bigint, 'she sees the three that she sent');
select is((select count(*) from public.get_sent_circle_invitations(1)), 1::bigint, 'page by page');
select is(tests.refusal('select public.get_sent_circle_invitations(0)'), 'invalid_input', 'of some size');
select is_empty('select * from public.provider_support_circle_invitations', 'but not the rows');

select tests.act_as((select wanda from story));
select is(pg_temp.invite(nina), null, 'a wellness officer invites') from story;
select is(pg_temp.invite(nina, gen_random_uuid()), 'not_found', 'to a circle that is there') from story;
select is(pg_temp.invite(nora), null, 'also whom another has asked') from story;
select is(pg_temp.sent(), 2::bigint, 'and sees her own, not Fay''s');
select tests.act_as((select ada from story));
select is(pg_temp.sent(), 0::bigint, 'an administrator sees none');
select is_empty('select * from public.provider_support_circle_invitations', 'in no way');
select tests.act_as((select nell from story));
select is(pg_temp.invite(nils), 'permission_denied', 'a member invites nobody') from story;
select is(pg_temp.sent(), 0::bigint, 'and sees nobody invited');
select tests.act_as((select hana from story));
select is(pg_temp.invite(nora), 'not_found', 'another organization''s people are not there') from story;
select tests.act_as_anonymous();
select is(tests.refusal('select pg_temp.sent()'), '42501', 'anonymous: refused');
select is(tests.refusal('select * from public.provider_support_circle_invitations'), '42501', 'everywhere');

select tests.act_as((select nora from story));
select is((select count(*) from public.get_my_circle_invitations()), 2::bigint, 'Nora is asked twice');
create temporary table hers as select id from public.get_my_circle_invitations();
grant select on hers to public;
select is_empty('select * from public.support_circle_reflections', 'and reads nothing yet');
select is(
  (select (public.answer_circle_invitation(max(id::text)::uuid, true)).status from hers), 'accepted', 'she says yes'
);
select ok((select circle = any(app.my_circles()) from story), 'and is in it');
select is((select count(*) from public.get_my_circle_invitations()), 0::bigint, 'both are answered');
select is(
  (select (public.answer_circle_invitation(max(id::text)::uuid, true)).status from hers), 'accepted', 'yes again changes nothing'
);
select is(
  tests.refusal('select public.answer_circle_invitation(max(id::text)::uuid, false) from hers'), 'conflict',
  'and cannot become no'
);
select is(tests.refusal('select public.answer_circle_invitation(null, true)'), 'invalid_input', 'some invitation');
select is(tests.refusal('select public.answer_circle_invitation(max(id::text)::uuid, null) from hers'), 'invalid_input', 'some answer');
select tests.act_as((select nils from story));
select is(tests.refusal('select public.answer_circle_invitation(max(id::text)::uuid, true) from hers'), 'not_found', 'another''s is not there');
select is(
  tests.refusal($$ update public.provider_support_circle_invitations set status = 'accepted' $$), '42501', 'nor one''s own past the function'
);

select tests.act_as((select nina from story));
select is(pg_temp.answer(true), 'done', 'Nina takes the last seat');
select tests.act_as((select nils from story));
select is(pg_temp.answer(true), 'conflict', 'for Nils the circle is full');
select is((select count(*) from public.get_my_circle_invitations()), 1::bigint, 'his invitation stays');
select tests.act_as((select nina from story));
select lives_ok('select public.leave_support_circle(circle) from story', 'Nina leaves');
select tests.act_as((select nils from story));
select is(pg_temp.answer(true), 'done', 'and then there is a seat');

select tests.act_as((select fay from story));
select is(
  (select count(*) from public.get_sent_circle_invitations() where user_id in (select nora from story union all select nils from story)),
  0::bigint, 'how they answered the facilitator is not told'
);
select lives_ok('select public.invite_to_circle(circle, nina) from story', 'she asks Nina again');
select tests.act_as((select nina from story));
select is(pg_temp.answer(false), 'done', 'who says no');
select tests.act_as((select fay from story));
select is(pg_temp.sent(), 1::bigint, 'which looks like a yes, or like nothing: only Nell''s is left');

-- Over.
select lives_ok('select public.invite_to_circle(circle, nina) from story', 'once more');
create temporary table late as
select id from public.get_sent_circle_invitations() where user_id = (select nina from story);
grant select on late to public;
select tests.act_as_system();
update public.provider_support_circle_invitations set expires_at = now() - interval '1 second' where id = (select id from late);
select tests.act_as((select nina from story));
select is(tests.refusal('select public.answer_circle_invitation(id, true) from late'), 'conflict', 'after fourteen days it is over');

-- What the trail says.
select tests.act_as_system();
select is_empty(
  $$ select from public.audit_events
     where table_name = 'public.provider_support_circle_invitations' and action = 'update'
       and (actor_id is not null and not is_concealed) and actor_id not in (select fay from story) $$,
  'answers are in the audit trail without a name'
);
select is_empty(
  $$ select from public.notification_queue $$, 'and in no message that administrators could read'
);

select * from finish();
rollback;
