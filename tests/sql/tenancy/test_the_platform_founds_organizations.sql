-- Sam runs the platform and founds Brook for Olga. He gets no foot into it.
begin;
select plan(24);

create temporary table story as
select id as platform, tests.make_org('lakeside') as lakeside from public.organizations where kind = 'platform';
create temporary table people as
select
  tests.make_person(platform, 'super_admin', 'Sam') as sam,
  tests.make_person(platform, 'admin', 'Pia') as pia,
  tests.make_person(lakeside, 'org_owner', 'Odile') as odile
from story;
create function pg_temp.sign_up(p_email text) returns uuid
language sql as $$
  insert into auth.users (id, email, aud, role, email_confirmed_at)
  values (gen_random_uuid(), p_email, 'authenticated', 'authenticated', now()) returning id
$$;
create temporary table newcomers as
select pg_temp.sign_up('olga@example.com') as olga, pg_temp.sign_up('oskar@example.com') as oskar;
update auth.users set email = 'sam@example.com' where id = (select sam from people);
grant select on story, people, newcomers to public;

create function pg_temp.found(
  p_slug text default 'brook', p_kind text default 'care_home', p_zone text default 'Europe/Vienna',
  p_email text default 'olga@example.com', p_name text default 'Brook'
) returns text
language plpgsql as $$
begin
  return coalesce(
    tests.refusal(format(
      'select public.create_organization(%L, %L, %L, ''standard'', %L, %L)', p_name, p_slug, p_kind, p_zone, p_email
    )),
    'founded'
  );
end
$$;

select tests.act_as((select odile from people));
select is(pg_temp.found(), 'permission_denied', 'an owner founds no organization');
select is(
  tests.refusal(format('select public.invite_owner(%L, ''olga@example.com'')', lakeside)), 'permission_denied',
  'nor appoints owners'
) from story;
select tests.act_as((select pia from people));
select is(pg_temp.found(), 'permission_denied', 'nor does an administrator of the platform');

select tests.act_as((select sam from people));
select is(pg_temp.found('Brook'), 'invalid_input', 'a short name is for addresses');
select is(pg_temp.found('brook', 'platform'), 'invalid_input', 'there is one platform');
select is(pg_temp.found('brook', 'care_home', 'Vienna'), 'invalid_input', 'a time zone is one of the database''s');
select is(pg_temp.found('brook', 'care_home', 'Europe/Nowhere'), 'invalid_input', 'which is known');
select is(pg_temp.found('brook', 'care_home', 'UTC', 'olga'), 'invalid_input', 'an owner has an address');
select is(pg_temp.found('brook', 'care_home', 'UTC', 'sam@example.com'), 'permission_denied', 'which is not his own');
select is(pg_temp.found('brook', 'care_home', 'UTC', 'olga@example.com', ''), 'invalid_input', 'a name is not empty');
select is(pg_temp.found('lakeside'), 'conflict', 'a short name is taken once');
create temporary table made as
select * from public.create_organization('Brook', 'brook', 'care_home', 'basic', 'Europe/Vienna', 'Olga@example.com');
select is(
  tests.refusal(format('select public.switch_organization(%L)', (select org_id from made))), 'not_found',
  'the founder has no role there'
);
select is_empty($$ select * from public.organizations where slug = 'brook' $$, 'and does not see it');

create temporary table again as
select invitation.* from made, public.invite_owner(made.org_id, 'oskar@example.com') as invitation;
select tests.act_as((select olga from newcomers));
select is(
  tests.refusal(format('select public.accept_invitation(%L)', (select token from made))), 'not_found',
  'another owner invited: the first invitation is void'
);
select tests.act_as((select oskar from newcomers));
select lives_ok(format('select public.accept_invitation(%L)', (select token from again)), 'Oskar accepts');
select tests.act_as((select oskar from newcomers));
select is(app.my_roles(), '{org_owner}'::public.app_role[], 'and owns Brook');
select is(
  (select time_zone from public.organizations)::text, 'Europe/Vienna', 'which he sees, and nothing else'
);
select lives_ok($$ select public.invite_member('olga@example.com', 'admin') $$, 'he does the rest');

select tests.act_as((select sam from people));
select is(
  tests.refusal(format('select public.invite_owner(%L, ''olga@example.com'')', (select org_id from made))), 'conflict',
  'who has an owner is left alone'
);
select is(
  tests.refusal($$ select public.invite_owner(gen_random_uuid(), 'olga@example.com') $$), 'not_found', 'no such one'
);
select tests.act_as_system();
delete from auth.users where id = (select oskar from newcomers);
select tests.act_as((select sam from people));
create temporary table third as
select invitation.* from made, public.invite_owner(made.org_id, 'olga@example.com') as invitation;
select isnt_empty('select * from third', 'an orphan gets an owner again');
select tests.act_as_system();
insert into public.role_assignments (org_id, user_id, role) select org_id, odile, 'org_owner' from made, people;
select tests.act_as((select olga from newcomers));
select is(
  tests.refusal(format('select public.accept_invitation(%L)', (select token from third))), 'not_found',
  'unless somebody else took it over meanwhile'
);
select tests.act_as((select sam from people));

-- The platform's own people go by the same ladder.
select lives_ok($$ select public.invite_member('olga@example.com', 'super_admin') $$, 'a super_admin makes another');
select tests.act_as((select pia from people));
select is(
  tests.refusal($$ select public.invite_member('oskar@example.com', 'super_admin') $$), 'permission_denied',
  'an administrator of the platform does not'
);

select * from finish();
rollback;
