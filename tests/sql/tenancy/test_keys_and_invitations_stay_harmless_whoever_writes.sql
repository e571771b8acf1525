-- Olga owns the database and writes by hand, past every function: what a key or an invitation may never be, it is
-- not for her either.
begin;
select plan(6);

create temporary table story as
select lakeside, tests.make_person(lakeside, 'admin', 'Ada') as ada, gen_random_uuid() as house
from (select tests.make_org('lakeside') as lakeside) as orgs;
insert into public.sites (org_id, id, kind, name) select lakeside, house, 'house', 'A house' from story;

create function pg_temp.invite(p_role public.app_role, p_site_id uuid) returns void language sql as $$
  insert into app.invitations (org_id, email, role, site_id, token_hash, invited_by, invited_at, expires_at)
  select lakeside, 'somebody@example.com', p_role, p_site_id, sha256('x'), ada, now(), now() + interval '7 days'
  from story
$$;
create function pg_temp.make_key(p_roles public.app_role[], p_site_id uuid) returns void language sql as $$
  insert into public.api_keys (org_id, name, prefix, roles, site_id, created_at, expires_at)
  select lakeside, 'By hand', left(md5(random()::text), 12), p_roles, p_site_id, now(), now() + interval '30 days'
  from story
$$;

select lives_ok($$ select pg_temp.invite('nurse', house) from story $$, 'a nurse is invited to a house');
select throws_matching($$ select pg_temp.invite('service', null) $$, 'invitations_role_for_people', 'a machine is not');
select throws_matching(
  $$ select pg_temp.invite('admin', house) from story $$, 'invitations_site_roles', 'nor an administrator to one house'
);

select lives_ok($$ select pg_temp.make_key('{service,scheduler}', house) from story $$, 'a key schedules for a house');
select throws_matching(
  $$ select pg_temp.make_key('{service,nurse}', null) $$, 'api_keys_roles_safe', 'none gives care'
);
select throws_matching(
  $$ select pg_temp.make_key('{service,billing}', house) from story $$, 'api_keys_site_roles',
  'none bills for one house'
);

select * from finish();
rollback;
