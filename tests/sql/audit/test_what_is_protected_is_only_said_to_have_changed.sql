-- Nadia checks in and writes to her circle without her name. Carl, the compliance lead, learns neither what nor who.
begin;
select plan(12);

create temporary table story as
select lakeside, gen_random_uuid() as circle from (select tests.make_org('lakeside') as lakeside) as orgs;
create temporary table people as
select
  tests.make_person(lakeside, 'admin', 'Ada') as ada,
  tests.make_person(lakeside, 'compliance_lead', 'Carl') as carl,
  tests.make_person(lakeside, 'nurse', 'Nadia') as nadia,
  tests.make_person(lakeside, 'nurse', 'Nora') as nora,
  tests.make_person(lakeside, 'nurse', 'Nils') as nils
from story;
grant select on story, people to public;
insert into public.provider_support_circles (org_id, id, name, meeting_frequency)
select lakeside, circle, 'Night shift', 'weekly' from story;
select tests.give_consent(lakeside, nadia) from story, people;
select tests.act_as((select ada from people));
select
  public.add_support_circle_member(circle, nadia),
  public.add_support_circle_member(circle, nora),
  public.add_support_circle_member(circle, nils)
from story, people;

select tests.act_as((select nadia from people));
select public.submit_daily_checkin(p_work_setting => 'home_health', p_stress_level => 7, p_energy_level => 3);
select public.write_reflection(circle, 'Nobody is to know', true) from story;

select tests.act_as_system();
select results_eq(
  $$ select table_name, is_concealed, actor_id, session_id, row_key, occurred_at = date_trunc('hour', occurred_at)
     from public.audit_events
     where table_name in ('public.provider_daily_checkins', 'public.provider_support_reflections') order by 1 $$,
  $$ values
       ('public.provider_daily_checkins', true, null::uuid, null::uuid, null::jsonb, true),
       ('public.provider_support_reflections', true, null, null, null, true) $$,
  'that it happened is kept, in the hour, without who and which'
);
select is_empty(
  $$ select 1 from public.audit_events as e, people
     where e.table_name like 'public.provider\_%' and e::text like '%' || nadia || '%' $$,
  'her id is in no event about them'
);
select is_empty(
  $$ select 1 from public.audit_events as e, people
     where e.table_name like 'public.provider\_%' and e::text like '%' || tests.practitioner_of(nadia) || '%' $$,
  'nor is the practitioner''s'
);
select is_empty($$ select 1 from public.audit_events as e where e::text like '%Nobody is to know%' $$, 'nor the text');
select is_empty(
  $$ select 1 from public.audit_events as e
     where e.is_concealed and exists (select from jsonb_each(e.changes) as c where c.value <> '"changed"') $$,
  'nor any value'
);
select isnt(
  (select substring(id::text from 15 for 1) from public.audit_events where is_concealed limit 1), '7',
  'the id of the event tells no time'
);

select tests.act_as((select carl from people));
select is_empty('select 1 from public.audit_events where is_concealed', 'a compliance lead does not see that it was');
select tests.act_as((select ada from people));
select is_empty('select 1 from public.audit_events where is_concealed', 'nor does an administrator');

-- Somebody else's hand in it is named.
select tests.act_as_system();
select set_config('request.jwt.claims', jsonb_build_object('sub', ada, 'role', 'service_role')::text, true) from people;
update public.provider_support_reflections set deleted_at = now();
select tests.act_as((select carl from people));
select results_eq(
  $$ select action::text, actor_id, changes from public.audit_events
     where table_name = 'public.provider_support_reflections' $$,
  $$ select 'delete', ada, '{"deleted_at": "changed"}'::jsonb from people $$,
  'who removes another''s reflection is named; whose it was is not'
);

-- Columns that not everybody who sees the row may read.
select tests.act_as_system();
insert into public.patients (id, family_name, birth_date) values (gen_random_uuid(), 'Moss', '1950-01-02');
select results_eq(
  $$ select changes -> 'family_name', changes -> 'birth_date', changes ? 'created_at'
     from public.audit_events where table_name = 'public.patients' $$,
  $$ values ('"changed"'::jsonb, '"changed"'::jsonb, false) $$,
  'of health data it says that they changed'
);
update public.provider_support_circles set deleted_at = now();
update public.provider_support_circles set deleted_at = null;
select results_eq(
  $$ select action::text from public.audit_events where table_name = 'public.provider_support_circles' order by occurred_at $$,
  $$ values ('insert'), ('delete'), ('restore') $$, 'removed and restored by mark'
);
select is_empty(
  $$ select c.relname from pg_class as c
     inner join pg_trigger as stamp on stamp.tgrelid = c.oid and stamp.tgname = '_100_stamp'
     where not exists (select from pg_trigger as g where g.tgrelid = c.oid and g.tgname = '_800_audit') $$,
  'every table that is stamped is audited'
);

select * from finish();
rollback;
