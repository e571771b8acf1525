-- Nadia is a nurse of Lakeside and an admin of Harbor. Hosted Supabase asks the hook before it issues a token, as the
-- role of its auth layer.
begin;
select plan(9);

create temporary table story as
select lakeside, harbor, tests.make_person(lakeside, 'nurse', 'Nadia') as nadia
from (select tests.make_org('lakeside') as lakeside, tests.make_org('harbor') as harbor) as orgs;
insert into public.role_assignments (org_id, user_id, role, valid_during)
select harbor, nadia, 'admin', tstzrange('2020-01-01', null) from story;
create temporary table session as select tests.open_session(nadia) as id from story;
grant select on story, session to public;

create function pg_temp.issue(p_session_id uuid) returns jsonb language plpgsql as $$
declare
  v_event jsonb;
begin
  set local role supabase_auth_admin;
  v_event := app.custom_access_token(jsonb_build_object(
    'user_id', (select nadia from story), 'authentication_method', 'password',
    'claims', jsonb_build_object(
      'session_id', p_session_id, 'role', 'authenticated', 'app_metadata', '{"provider": "email"}'::jsonb
    )
  ));
  set local role none;
  return v_event;
end
$$;

select is(
  pg_temp.issue((select id from session)) #> '{claims,carebase}',
  (select jsonb_build_object('org_id', lakeside, 'roles', '["nurse"]'::jsonb) from story),
  'the token names her organization and her roles there, and no other'
);
select is(
  pg_temp.issue((select id from session)) #- '{claims,carebase}' #>> '{claims,app_metadata,provider}', 'email',
  'what was in it stays'
);
select is(pg_temp.issue((select id from session)) ->> 'authentication_method', 'password', 'and the event around it');

select tests.act_as((select nadia from story));
select lives_ok('select public.switch_organization((select harbor from story))', 'she switches');
select tests.act_as_system();
select is(
  pg_temp.issue((select id from session)) #> '{claims,carebase}',
  (select jsonb_build_object('org_id', harbor, 'roles', '["admin"]'::jsonb) from story), 'and the next token says so'
);
update public.role_assignments set valid_during = tstzrange('2020-01-01', '2020-02-01') where role = 'admin';
select is(
  pg_temp.issue((select id from session)) #> '{claims,carebase,roles}', '[]'::jsonb, 'a role that ended is in none'
);
select is(
  pg_temp.issue(gen_random_uuid()) #> '{claims,carebase}', '{"org_id": null, "roles": []}'::jsonb,
  'a session that nobody knows has none'
);

-- It would tell everybody's organization to whoever may ask it.
select tests.act_as((select nadia from story));
select throws_ok(
  $$ select app.custom_access_token('{"claims": {}}') $$, '42501', null, 'nobody asks it but the auth layer'
);
select tests.act_as_anonymous();
select throws_ok($$ select app.custom_access_token('{"claims": {}}') $$, '42501', null, 'not even before signing in');
select * from finish();
rollback;
