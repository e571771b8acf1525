-- Lakeside: Odile owns it, Ada and Axel administer it, Mia manages the house, Nadia nurses everywhere, Cara at the
-- house. Hugo administers Harbor.
begin;
select plan(39);

select tests.freeze_clock('2026-03-02 09:00:00+00');
create temporary table story as
select lakeside, harbor, gen_random_uuid() as house, gen_random_uuid() as court
from (select tests.make_org('lakeside') as lakeside, tests.make_org('harbor') as harbor) as orgs;
insert into public.sites (org_id, id, kind, name)
select lakeside, unnest(array[house, court]), 'house', 'A house' from story;
create temporary table people as
select
  tests.make_person(lakeside, 'org_owner', 'Odile') as odile,
  tests.make_person(lakeside, 'admin', 'Ada') as ada,
  tests.make_person(lakeside, 'admin', 'Axel') as axel,
  tests.make_person(lakeside, 'manager', 'Mia', house) as mia,
  tests.make_person(lakeside, 'nurse', 'Nadia') as nadia,
  tests.make_person(lakeside, 'carer', 'Cara', house) as cara,
  tests.make_person(harbor, 'admin', 'Hugo') as hugo
from story;
create temporary table held as select id, org_id, user_id, role from public.role_assignments;
grant select on story, people, held to public;

create function pg_temp.grant_to(p_user_id uuid, p_role text, p_rest text default '') returns text
language plpgsql as $$
begin
  return coalesce(tests.refusal(format('select public.grant_role(%L, %L %s)', p_user_id, p_role, p_rest)), 'granted');
end
$$;
create function pg_temp.revoke_from(p_user_id uuid) returns text
language plpgsql as $$
begin
  return coalesce(
    tests.refusal(format('select public.revoke_role(%L)', (select id from held where user_id = p_user_id))), 'revoked'
  );
end
$$;
create function pg_temp.at(p_site_id uuid) returns text
language sql as $$ select format(', %L', p_site_id) $$;

-- Giving.
select tests.act_as((select ada from people));
select is(pg_temp.grant_to(nadia, 'case_manager'), 'granted', 'an administrator gives a second role') from people;
select is(pg_temp.grant_to(nadia, 'case_manager'), 'granted', 'twice is once') from people;
select is(
  (select count(*) from public.role_assignments where user_id = nadia and role = 'case_manager'), 1::bigint, 'one row'
) from people;
select is(pg_temp.grant_to(nadia, 'admin'), 'granted', 'her own role is hers to share') from people;
select is(pg_temp.grant_to(nadia, 'org_owner'), 'permission_denied', 'the one above is not') from people;
select is(pg_temp.grant_to(ada, 'billing'), 'permission_denied', 'nobody gives themselves a role') from people;
select is(pg_temp.grant_to(nadia, 'service'), 'permission_denied', 'nobody is a machine') from people;
select is(pg_temp.grant_to(nadia, 'super_admin'), 'permission_denied', 'or runs the platform') from people;
select is(pg_temp.grant_to(hugo, 'nurse'), 'not_found', 'another organization''s people are strangers') from people;
select is(pg_temp.grant_to(gen_random_uuid(), 'nurse'), 'not_found', 'just as those who never were');
select is(pg_temp.grant_to(nadia, 'billing', pg_temp.at(house)), 'invalid_input', 'no books of one house')
from people, story;
select is(pg_temp.grant_to(nadia, 'nurse', ', null, ''2026-03-01'''), 'invalid_input', 'no role in the past') from people;
select is(
  pg_temp.grant_to(nadia, 'billing', ', null, ''2026-05-01'', ''2026-04-01'''), 'invalid_input', 'or ending before it begins'
) from people;
select is(
  pg_temp.grant_to(nadia, 'billing', ', null, ''2026-04-01'', ''2026-05-01'''), 'granted', 'one in the future'
) from people;
select is(pg_temp.grant_to(nadia, 'billing'), 'granted', 'and the same from now on') from people;
select results_eq(
  $$ select valid_during from public.role_assignments, people where user_id = nadia and role = 'billing'
     order by valid_during $$,
  $$ values
    (tstzrange('2026-03-02 09:00+00', '2026-04-01')), (tstzrange('2026-04-01', '2026-05-01')),
    (tstzrange('2026-05-01', null)) $$,
  'adds what was missing and leaves what was there'
);

select tests.act_as((select mia from people));
select is(pg_temp.grant_to(nadia, 'carer', pg_temp.at(house)), 'granted', 'a manager gives a role at the house')
from people, story;
select is(pg_temp.grant_to(nadia, 'carer', pg_temp.at(court)), 'permission_denied', 'not at the next')
from people, story;
select is(pg_temp.grant_to(nadia, 'manager', pg_temp.at(house)), 'permission_denied', 'nor her own')
from people, story;
select is(pg_temp.grant_to(nadia, 'nurse'), 'permission_denied', 'nor over the organization') from people;
select is(pg_temp.revoke_from(nadia), 'permission_denied', 'and takes none from there') from people;
select results_eq(
  $$ select display_name, role, site_id, valid_until from public.get_members() order by display_name, role $$,
  $$ select 'Cara', 'carer'::public.app_role, house, null::timestamptz from story
     union all select 'Mia', 'manager', house, null from story
     union all select 'Nadia', 'carer', house, null from story
     order by 1, 2 $$,
  'she sees the people of the house'
);
select is(pg_temp.revoke_from(cara), 'revoked', 'and may send one home') from people;

select tests.act_as((select nadia from people), 'aal1');
select is(pg_temp.revoke_from(mia), 'mfa_required', 'Nadia, an administrator now, needs her second factor') from people;
select tests.act_as((select cara from people));
select is(app.current_org(), null, 'Cara is out on her next request');

-- Taking.
select tests.act_as((select axel from people));
select is(pg_temp.revoke_from(odile), 'permission_denied', 'an administrator revokes no owner') from people;
select is(pg_temp.revoke_from(hugo), 'not_found', 'nor anybody of another organization') from people;
select is(tests.refusal($$ select public.revoke_role(gen_random_uuid()) $$), 'not_found', 'or of none');
select is(pg_temp.revoke_from(ada), 'revoked', 'but another administrator') from people;
select is(pg_temp.revoke_from(ada), 'revoked', 'once more changes nothing') from people;
select results_eq(
  $$ select display_name, role, valid_until from public.get_members(p_is_past => true) order by display_name $$,
  $$ values
    ('Ada', 'admin'::public.app_role, '2026-03-02 09:00+00'::timestamptz), ('Cara', 'carer', '2026-03-02 09:00+00') $$,
  'what has been stays on record'
);
select is(pg_temp.grant_to(ada, 'nurse'), 'granted', 'who once had a role can be given one again') from people;
select isnt_empty('select * from public.get_members() where role = ''billing''', 'three assignments, two of them to come');
do $$ begin perform public.revoke_role(role_assignment_id) from public.get_members(p_role => 'billing'); end $$;
select is_empty(
  $$ select * from public.get_members(p_role => 'billing') $$, 'a role that has not begun is taken too'
);
select is((select count(*) from public.get_members(p_limit => 2)), 2::bigint, 'page by page');
select is_empty(
  $$ with pages as (
       select 1 as page, first.* from public.get_members(p_limit => 2) as first
       union all
       select 2, second.* from public.get_members(
         p_after => (select role_assignment_id from public.get_members(p_limit => 2) offset 1)
       ) as second
     )
     select role_assignment_id from public.get_members()
     except select role_assignment_id from pages $$,
  'nobody falls between two pages'
);

select tests.act_as((select hugo from people));
select results_eq(
  'select display_name from public.get_members()', array['Hugo'], 'another organization sees its own people'
);
select is_empty('select * from public.get_members(p_is_past => true)', 'and its own past');
select tests.act_as((select ada from people));
select is(tests.refusal('select public.get_members()'), 'permission_denied', 'a nurse sees no list of members');

select * from finish();
rollback;
