-- Ada of Lakeside invites Nina. Nina accepts, and nobody else, and once; Ivo intercepts the mail.
begin;
select plan(29);

select tests.freeze_clock(now());
create function pg_temp.sign_up(p_name text, p_is_verified boolean default true) returns uuid
language sql as $$
  insert into auth.users (id, email, aud, role, email_confirmed_at, raw_user_meta_data)
  values (
    gen_random_uuid(), p_name || '@Example.com', 'authenticated', 'authenticated',
    case when p_is_verified then now() end, jsonb_build_object('full_name', '  ' || initcap(p_name) || ' Newcomer ')
  )
  returning id
$$;
create temporary table story as
select lakeside, harbor, gen_random_uuid() as house
from (select tests.make_org('lakeside') as lakeside, tests.make_org('harbor') as harbor) as orgs;
insert into public.sites (org_id, id, kind, name) select lakeside, house, 'house', 'The house' from story;
create temporary table people as
select
  tests.make_person(lakeside, 'org_owner', 'Odile') as odile,
  tests.make_person(lakeside, 'admin', 'Ada') as ada,
  tests.make_person(lakeside, 'manager', 'Mia', house) as mia,
  tests.make_person(harbor, 'nurse', 'Hana') as hana,
  pg_temp.sign_up('nina') as nina,
  pg_temp.sign_up('ivo') as ivo,
  pg_temp.sign_up('una', false) as una
from story;
update auth.users set email = 'hana@example.com', email_confirmed_at = now() where id = (select hana from people);
create temporary table tokens (for_what text, token text, invitation_id uuid);
grant select on story, people to public;
grant all on tokens to public;

create function pg_temp.invite(p_for text, p_email text, p_role public.app_role, p_site_id uuid default null)
returns void
language plpgsql as $$
begin
  insert into tokens select p_for, token, invitation_id from public.invite_member(p_email, p_role, p_site_id);
end
$$;
create function pg_temp.accept(p_for text) returns text
language plpgsql as $$
begin
  return coalesce(
    tests.refusal(format('select public.accept_invitation(%L)', (select token from tokens where for_what = p_for))),
    'accepted'
  );
end
$$;

select tests.act_as((select ada from people));
select pg_temp.invite('nina', 'nina@example.com', 'carer', house) from story;
select pg_temp.invite('una', 'una@example.com', 'carer');
select pg_temp.invite('hana', 'hana@example.com', 'nurse');
select pg_temp.invite('revoked', 'nina@example.com', 'billing');
select lives_ok(
  format('select public.revoke_invitation(%L)', (select invitation_id from tokens where for_what = 'revoked')), 'revoked'
);
select lives_ok(
  format('select public.revoke_invitation(%L)', (select invitation_id from tokens where for_what = 'revoked')),
  'once more changes nothing'
);

select tests.act_as((select ivo from people));
select is(pg_temp.accept('nina'), 'not_found', 'a token alone is not enough: it is for another address');
select is(tests.refusal($$ select public.accept_invitation(repeat('x', 43)) $$), 'not_found', 'nor is a made-up one');
select is(tests.refusal($$ select public.accept_invitation('') $$), 'not_found', 'nor none');
select is(tests.refusal($$ select public.accept_invitation(repeat('x', 201)) $$), 'invalid_input', 'nor a long one');
select is(tests.refusal('select public.accept_invitation(null)'), 'invalid_input', 'nor null');

select tests.act_as((select una from people));
select is(pg_temp.accept('una'), 'not_found', 'an address that is not verified is anybody''s');

select tests.act_as((select nina from people));
select is(app.current_org(), null, 'Nina is nobody yet');
select is(pg_temp.accept('revoked'), 'not_found', 'what was taken back is gone');
create temporary table given as
select * from public.accept_invitation((select token from tokens where for_what = 'nina'));
select results_eq(
  'select org_id, user_id, role, site_id, upper_inf(valid_during) from given',
  $$ select lakeside, nina, 'carer'::public.app_role, house, true from story, people $$,
  'she accepts and has the role'
);
select is(app.current_org(), (select lakeside from story), 'in the same request already');
select tests.act_as((select nina from people));
select is(app.current_org(), (select lakeside from story), 'and in the next');
select is(app.my_sites('carer'), (select array[house] from story), 'at the house only');
select is(
  (select display_name from public.profiles where id = (select nina from people)), 'Nina Newcomer',
  'she is called what she signed up as'
);
select is(pg_temp.accept('nina'), 'not_found', 'the token is used up');

select tests.act_as((select hana from people));
select is(pg_temp.accept('hana'), 'accepted', 'Hana works at Harbor too');
select tests.act_as((select hana from people));
select is(app.current_org(), (select harbor from story), 'and stays there until she switches');
select lives_ok(format('select public.switch_organization(%L)', (select lakeside from story)), 'which she can');

select tests.act_as((select ada from people));
select is(
  tests.refusal(
    format('select public.revoke_invitation(%L)', (select invitation_id from tokens where for_what = 'hana'))
  ),
  'conflict', 'what was accepted is a role now'
);
select results_eq(
  $$ select email, role, accepted_by from public.get_invitations(p_is_open => false) where accepted_at is not null
     order by email $$,
  $$ select 'hana@example.com', 'nurse'::public.app_role, hana from people
     union all select 'nina@example.com', 'carer', nina from people $$,
  'and who accepted is there to see'
);

-- What the inviter may not give any more, nobody gets.
select pg_temp.invite('late', 'nina@example.com', 'scheduler');
select pg_temp.invite('hers', 'nina@example.com', 'admin');
select tests.act_as((select mia from people));
select pg_temp.invite('mias', 'nina@example.com', 'nurse', house) from story;
select tests.act_as((select odile from people));
do $$ begin
  perform public.revoke_role(role_assignment_id) from public.get_members(), people where user_id in (ada, mia);
end $$;
select tests.act_as((select nina from people));
select is(pg_temp.accept('hers'), 'not_found', 'an invitation dies with the inviter''s role');
select is(pg_temp.accept('mias'), 'not_found', 'a manager''s too');

select tests.act_as((select odile from people));
do $$ begin perform public.grant_role(ada, 'admin') from people; end $$;
select tests.freeze_clock(now() + interval '7 days' - interval '1 second');
select tests.act_as((select nina from people));
select is(pg_temp.accept('hers'), 'accepted', 'to the last second');
select tests.freeze_clock(now() + interval '7 days');
select tests.act_as((select nina from people));
select is(pg_temp.accept('late'), 'not_found', 'and not after it');
select tests.act_as((select odile from people));
select lives_ok(
  $$ select pg_temp.invite('again', 'nina@example.com', 'scheduler') $$, 'after it has expired the same is offered anew'
);

select tests.act_as_system();
update public.profiles set is_active = false where id = (select nina from people);
select tests.act_as((select nina from people));
select is(pg_temp.accept('again'), 'not_found', 'nobody deactivated accepts');
select tests.act_as_system();
update public.profiles set is_active = true where id = (select nina from people);
update public.organizations set is_active = false where id = (select lakeside from story);
select tests.act_as((select nina from people));
select is(pg_temp.accept('again'), 'not_found', 'nor does a deactivated organization take anybody in');

select tests.act_as_anonymous();
select is(tests.refusal($$ select public.accept_invitation('x') $$), '42501', 'first sign in');

select * from finish();
rollback;
