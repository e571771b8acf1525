-- Ruth lives at the Elms; Finn (her son) and she see what is published of her plans, if she lets him know; Carl (carer)
-- sees all; Cara is a carer of the Oaks and Ruth's daughter. Drafts and what was followed once are for who gives care.
begin;
select plan(16);

create temporary table story as
select lakeside, harbor, tests.make_site(lakeside, 'The Elms') as elms, tests.make_site(lakeside, 'The Oaks') as oaks
from (select tests.make_org('lakeside') as lakeside, tests.make_org('harbor') as harbor) as orgs;
create temporary table people as
select
  tests.make_staff(lakeside, 'nurse', 'Nora', elms) as nora,
  tests.make_staff(lakeside, 'carer', 'Carl', elms) as carl,
  tests.make_staff(lakeside, 'carer', 'Cara', oaks) as cara,
  tests.make_person(lakeside, 'family', 'Finn') as finn,
  tests.make_person(lakeside, 'resident', 'Ruth') as ruth_user,
  tests.make_person(lakeside, 'org_owner', 'Ola') as ola,
  tests.make_person(lakeside, 'admin', 'Ada') as ada,
  tests.make_person(harbor, 'manager', 'Hugo') as hugo
from story;
insert into public.role_assignments (org_id, user_id, role, valid_during)
select lakeside, cara, 'family', tstzrange('2020-01-01', null) from story, people;
create temporary table ruth as
select tests.make_resident(lakeside, elms, 'Ruth', ruth_user) as id from story cross join people;
create temporary table every_version (id uuid);
grant all on story, people, ruth, every_version to public;

create function pg_temp.sees() returns text language sql as $$
  select string_agg(concat_ws(' ', plan_type, status), ', ' order by id) from public.care_plan_versions
$$;
create function pg_temp.reads() returns text language sql as $$
  select string_agg(opened.content ->> 'goals', ', ' order by opened.id)
  from public.open_care_plan_versions(array(select id from every_version), 'patient_request') as opened
$$;

-- A plan with three versions, and one that was never published.
select tests.act_as((select nora from people));
do $do$ begin perform public.start_care_plan(
  (select id from ruth), 'mobility', 'low', '{"needs": "n", "goals": "first", "interventions": "i"}'
); end $do$;
do $do$ begin perform public.publish_care_plan(id, version) from public.care_plan_versions where status = 'draft'; end $do$;
do $do$ begin perform public.draft_care_plan(care_plan_id) from public.care_plan_versions; end $do$;
do $do$ begin perform public.save_care_plan_draft(id, '{"goals": "second"}', '{"goals": "first"}') from public.care_plan_versions where status = 'draft'; end $do$;
do $do$ begin perform public.publish_care_plan(id, version) from public.care_plan_versions where status = 'draft'; end $do$;
do $do$ begin perform public.draft_care_plan(care_plan_id) from public.care_plan_versions where status = 'active'; end $do$;
do $do$ begin perform public.start_care_plan((select id from ruth), 'end_of_life', 'high'); end $do$;
do $do$ begin perform public.add_care_plan_task(id, 'mobility', 'Walk', current_date, '10:00') from public.care_plans; end $do$;
select tests.act_as_system();
insert into every_version select id from public.care_plan_versions;
select tests.share_resident(lakeside, (select id from ruth), cara, 'care_plan') from story, people;

select tests.act_as((select carl from people));
select is(
  pg_temp.sees(), 'mobility superseded, mobility active, mobility draft, end_of_life draft', 'who gives care sees all'
);
select tests.act_as((select ola from people));
select is(
  pg_temp.sees(), 'mobility superseded, mobility active, mobility draft, end_of_life draft', 'and owners across all homes'
);
select tests.act_as((select ruth_user from people));
select is(pg_temp.sees(), 'mobility active', 'a resident sees what is published and followed now');
select is(pg_temp.reads(), 'second', 'and reads it, and no draft by its id');
select is((select count(*) from public.care_plans), 0::bigint, 'not that another plan is being written');
select is((select count(*) from public.care_plan_tasks), 0::bigint, 'nor tasks');
select tests.act_as((select finn from people));
select is(pg_temp.sees(), null, 'a relative sees nothing without consent');
select tests.act_as_system();
select tests.share_resident(lakeside, (select id from ruth), finn, 'profile', 'medication', 'daily_notes') from story, people;
select tests.act_as((select finn from people));
select is(pg_temp.sees(), null, 'nor with consent to something else');
select tests.act_as_system();
update public.resident_shares set topics = '{care_plan}' where user_id = (select finn from people);
select tests.act_as((select finn from people));
select is(pg_temp.sees(), 'mobility active', 'with it they see what is followed now');
select is(pg_temp.reads(), 'second', 'and read it');
select is((select count(*) from public.care_plan_task_occurrences), 0::bigint, 'and no task');
select is((select count(*) from public.care_plan_acknowledgements), 0::bigint, 'nor who read it');
select is((select count(*) from public.care_plan_reviews), 0::bigint, 'nor when it is reviewed');
select tests.act_as((select cara from people));
select is(pg_temp.sees(), 'mobility active', 'a relative who works in another home sees no more than a relative');
select tests.act_as((select ada from people));
select is(pg_temp.sees(), null, 'administrators need none of it');
select tests.act_as((select hugo from people));
select is(pg_temp.sees(), null, 'another organization never sees anything');

select * from finish();
rollback;
