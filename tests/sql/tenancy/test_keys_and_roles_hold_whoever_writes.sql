-- Olga owns the database and writes by hand, past every function. What a role, a key or a session may never be is kept
-- by the tables themselves.
begin;
select plan(5);

create temporary table story as
select lakeside, tests.make_person(lakeside, 'nurse', 'Nadia') as nadia
from (select tests.make_org('lakeside') as lakeside) as orgs;

select throws_matching(
  $$ insert into public.api_keys (org_id, name, prefix, roles, created_at, expires_at)
  select lakeside, 'For ever', 'aaaaaaaaaaaa', '{service}', now(), now() + interval '3 years' from story $$,
  'api_keys_lives_a_year_at_most', 'a key lives a year at most'
);
select throws_matching(
  $$ insert into public.role_assignments (org_id, user_id, role, valid_during)
  select lakeside, nadia, 'carer', 'empty' from story $$,
  'role_assignments_valid_during_not_empty', 'a role is valid at some time'
);
select throws_matching(
  $$ insert into public.role_assignments (org_id, user_id, role) select lakeside, nadia, 'nurse' from story $$,
  'role_assignments_once', 'and is not held twice at one time and place'
);
create temporary table opened as select tests.open_session(nadia, 'aal2') from story;
select throws_matching(
  $$ update public.user_sessions set user_id = gen_random_uuid() where user_id = (select nadia from story) $$,
  'user_sessions_user_id_fkey', 'a session is of somebody who is there'
);
select throws_matching(
  $$ update public.user_sessions set user_id = null where user_id = (select nadia from story) $$,
  'null value in column "user_id"', 'and never of nobody'
);

select * from finish();
rollback;
