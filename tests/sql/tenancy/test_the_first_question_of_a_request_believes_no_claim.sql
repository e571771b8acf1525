-- Nobody opened the request beforehand: the first policy does. Whatever organization and roles a token claims by then,
-- under the names that hooks and tutorials use, the answer is what the session may reach.
begin;
select plan(6);

create temporary table story as
select lakeside, harbor, tests.make_person(lakeside, 'nurse', 'Nadia') as nadia
from (select tests.make_org('lakeside') as lakeside, tests.make_org('harbor') as harbor) as orgs;
insert into public.sites (org_id, kind, name) select harbor, 'house', 'A house of Harbor' from story;
grant select on story to public;

create function pg_temp.claim(p_claims jsonb) returns void language plpgsql as $$
begin
  perform tests.act_as((select nadia from story));
  perform set_config('request.jwt.claims', (current_setting('request.jwt.claims')::jsonb || p_claims)::text, true);
end
$$;

select pg_temp.claim(jsonb_build_object('app_metadata', jsonb_build_object('org_id', harbor))) from story;
select is(app.current_org(), (select lakeside from story), 'an organization that app_metadata claims is not believed');
select pg_temp.claim(jsonb_build_object('carebase', jsonb_build_object('org_id', harbor))) from story;
select is(app.current_org(), (select lakeside from story), 'nor one that a hook has put there');
select pg_temp.claim(jsonb_build_object('carebase', jsonb_build_object('org_id', harbor))) from story;
select is_empty($$ select name from public.sites $$, 'and no row of it is read');

select pg_temp.claim('{"app_metadata": {"role": "org_owner"}}');
select is(app.my_roles(), '{nurse}'::public.app_role[], 'a role that app_metadata claims is not believed');
select pg_temp.claim('{"carebase": {"roles": ["org_owner"]}}');
select is(app.my_roles(), '{nurse}'::public.app_role[], 'nor those that a hook has put there');
select pg_temp.claim('{"app_metadata": {"role": "org_owner"}, "carebase": {"roles": ["org_owner"]}}');
select is(app.has_role('org_owner'), false, 'and nothing is opened by them');

select * from finish();
rollback;
