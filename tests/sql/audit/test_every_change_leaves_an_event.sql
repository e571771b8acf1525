-- Olga owns Lakeside and changes a site; Carl, its compliance lead, reads who did what; others read nothing.
begin;
select plan(14);

create temporary table story as
select lakeside, harbor, gen_random_uuid() as house
from (select tests.make_org('lakeside') as lakeside, tests.make_org('harbor') as harbor) as orgs;
create temporary table people as
select
  tests.make_person(lakeside, 'org_owner', 'Olga') as olga,
  tests.make_person(lakeside, 'compliance_lead', 'Carl') as carl,
  tests.make_person(lakeside, 'nurse', 'Nadia') as nadia,
  tests.make_person(harbor, 'compliance_lead', 'Hana') as hana
from story;
grant select on story, people to public;

insert into public.sites (org_id, id, kind, name) select lakeside, house, 'house', 'Elm' from story;
update public.sites set name = 'Oak' where id = (select house from story);
update public.sites set name = 'Oak' where id = (select house from story);

select tests.act_as((select olga from people));
select set_config(
  'request.headers',
  '{"x-forwarded-for": "203.0.113.9, 10.0.0.1", "user-agent": "Browser", "x-request-id": "r-1"}', true
);
update public.organizations set settings = '{"session_idle_minutes": 30}';

select tests.act_as((select carl from people));
select results_eq(
  $$ select action::text, changes -> 'name', row_key ->> 'id' = (select house::text from story), actor_id is null
     from public.audit_events where table_name = 'public.sites' order by occurred_at $$,
  $$ values ('insert', '[null, "Elm"]'::jsonb, true, true), ('update', '["Elm", "Oak"]', true, true) $$,
  'what was inserted and changed, and nothing where nothing changed'
);
select results_eq(
  $$ select actor_id, actor_roles::text, session_id is not null, ip_address, user_agent, request_id, database_role,
       changes ? 'settings', changes ? 'version'
     from public.audit_events where table_name = 'public.organizations' and action = 'update' $$,
  $$ select olga, '{org_owner}', true, '203.0.113.9', 'Browser', 'r-1', 'authenticated', true, false from people $$,
  'who, in which role, from where, with what; the stamps are left out'
);
select isnt_empty('select 1 from public.audit_logs where table_name = $$public.sites$$', 'under its older name, too');
select is(
  tests.refusal('select transaction_id from public.audit_events'), '42501', 'which transaction it was is nobody''s'
);
select is(tests.refusal('delete from public.audit_events'), '42501', 'a compliance lead deletes nothing');
select is(
  tests.refusal(
    $$ insert into public.audit_events (org_id, action, database_role) select lakeside, 'read', 'x' from story $$
  ), '42501', 'and writes nothing'
);
select tests.act_as((select nadia from people));
select is_empty('select 1 from public.audit_events', 'a nurse does not read the trail');
select tests.act_as((select hana from people));
select is_empty('select 1 from public.audit_events as e inner join story as s on e.org_id = s.lakeside', 'nor does Harbor');

select tests.act_as_system();
set local role service_role;
select is(tests.refusal('update public.audit_events set purpose = null'), '42501', 'service_role updates nothing');
select is(
  tests.refusal(
    $$ insert into public.audit_events (org_id, action, database_role) select lakeside, 'read', 'x' from story $$
  ), '42501', 'and forges nothing'
);
reset role;
set local role postgres;
select is(tests.refusal('update public.audit_events set purpose = null'), '42501', 'the owner updates nothing');
select is(tests.refusal('delete from public.audit_events'), '42501', 'deletes nothing');
select is(tests.refusal('truncate public.audit_events'), '42501', 'truncates nothing');
select is(tests.refusal('truncate app.audit_events_default'), '42501', 'nor a partition by its own name');
reset role;

select * from finish();
rollback;
