-- Nadia is a nurse of Lakeside. What her token claims is never believed; what the tables say acts at once.
begin;
select plan(14);

create temporary table story as
select lakeside, harbor, tests.make_person(lakeside, 'nurse', 'Nadia') as nadia
from (select tests.make_org('lakeside') as lakeside, tests.make_org('harbor') as harbor) as orgs;
grant select on story to public;

select tests.act_as((select nadia from story));
select is(app.current_org(), (select lakeside from story), 'her organization is the one she has a role in');
select is(app.my_roles(), '{nurse}'::public.app_role[], 'with that role');
select ok(app.has_role('nurse', 'clinician'), 'has_role: one of several is enough');
select ok(not app.has_role('admin'), 'has_role: no other');
select is((select count(*) from public.organizations), 1::bigint, 'she sees her organization and no other');

select set_config(
  'request.jwt.claims',
  (
    current_setting('request.jwt.claims')::jsonb
    || jsonb_build_object('org_id', (select harbor from story), 'app_metadata', '{"role": "admin"}'::jsonb)
  )::text,
  true
);
select is(app.current_org(), (select lakeside from story), 'a claim of another organization changes nothing');
select ok(not app.has_role('admin'), 'nor does a claim of a role');

-- What happens between two requests; the cached answer ends with the transaction, so a new token stands in for
-- the next request here.
create function pg_temp.next_request() returns void
language plpgsql as $$
begin
  perform tests.act_as((select nadia from story));
end
$$;

select tests.act_as_system();
update public.role_assignments set valid_during = tstzrange('2020-01-01', '2020-02-01')
where user_id = (select nadia from story);
select pg_temp.next_request();
select is(app.current_org(), null, 'an expired role ends at once');

select tests.act_as_system();
update public.role_assignments set valid_during = tstzrange('2020-01-01', null)
where user_id = (select nadia from story);
update public.profiles set is_active = false where id = (select nadia from story);
select pg_temp.next_request();
select is(app.current_org(), null, 'so does everything of a deactivated person');

select tests.act_as_system();
update public.profiles set is_active = true where id = (select nadia from story);
update public.organizations set is_active = false where id = (select lakeside from story);
select pg_temp.next_request();
select is(app.current_org(), null, 'and everything in a deactivated organization');

select tests.act_as_system();
update public.organizations set is_active = true, deleted_at = now() where id = (select lakeside from story);
select pg_temp.next_request();
select is(app.current_org(), null, 'and in one that was removed');

select tests.act_as_system();
update public.organizations set deleted_at = null where id = (select lakeside from story);
update public.profiles set deleted_at = now() where id = (select nadia from story);
select pg_temp.next_request();
select is(app.current_org(), null, 'and of a person who was');

select tests.act_as_system();
update public.profiles set deleted_at = null where id = (select nadia from story);
update public.role_assignments set deleted_at = now() where user_id = (select nadia from story);
select pg_temp.next_request();
select is(app.current_org(), null, 'and a removed role');

select tests.act_as_anonymous();
select throws_ok('select app.current_org()', '42501', null, 'an anonymous caller cannot even ask');

select * from finish();
rollback;
