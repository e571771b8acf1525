-- Cora coordinates care and puts patients on panels; Nadia nurses; Mia manages; Ada administers; Bill bills; Sid keeps the
-- front desk; Pia is a patient; Hana works elsewhere. (A-050, A-014)
begin;
select plan(25);

create temporary table story as
select
  lakeside, harbor,
  tests.make_person(lakeside, 'care_manager', 'Cora') as cora,
  tests.make_person(lakeside, 'nurse', 'Nadia') as nadia,
  tests.make_person(lakeside, 'nurse', 'Nora') as nora,
  tests.make_person(lakeside, 'manager', 'Mia') as mia,
  tests.make_person(lakeside, 'admin', 'Ada') as ada,
  tests.make_person(lakeside, 'billing', 'Bill') as bill,
  tests.make_person(lakeside, 'scheduler', 'Sid') as sid,
  tests.make_person(lakeside, 'patient', 'Pia') as pia,
  tests.make_person(harbor, 'care_manager', 'Hana') as hana,
  gen_random_uuid() as ours, gen_random_uuid() as former, gen_random_uuid() as theirs
from (select tests.make_org('lakeside') as lakeside, tests.make_org('harbor') as harbor) as orgs;
insert into public.patients (id) select unnest(array[ours, former, theirs]) from story;
insert into public.org_patients (org_id, patient_id, is_active)
select lakeside, ours, true from story
union all select lakeside, former, false from story
union all select harbor, theirs, true from story;
create function pg_temp.put(p_person uuid, p_patient uuid) returns text language sql as $$
  select format(
    'insert into public.provider_panel_patients (practitioner_id, patient_id, acuity) values (%L, %L, 2.5)',
    tests.practitioner_of(p_person), p_patient
  )
$$;
create temporary table puts as
select
  pg_temp.put(nadia, ours) as ours, pg_temp.put(nora, ours) as again, pg_temp.put(nadia, former) as former,
  pg_temp.put(nadia, theirs) as theirs, pg_temp.put(hana, ours) as elsewhere
from story;
create temporary table nurses as
select tests.practitioner_of(nadia) as nadia, tests.practitioner_of(nora) as nora from story;
grant select on story, puts, nurses to public;

select tests.act_as((select cora from story));
select lives_ok((select ours from puts), 'a care manager puts a patient on a panel');
select is(tests.refusal((select again from puts)), '23505', 'on one at a time');
select is(tests.refusal((select former from puts)), 'not_found', 'nobody who has left');
select is(tests.refusal((select theirs from puts)), 'not_found', 'nobody of another organization');
select is(tests.refusal((select elsewhere from puts)), 'not_found', 'with nobody of another organization');
select is(
  tests.refusal('update public.provider_panel_patients set acuity = 5.1'), '23514', 'acuity is 1 to 5'
);
update public.provider_panel_patients set ended_at = '2001-01-01';
select is((select ended_at from public.provider_panel_patients), app.clock(), 'it ends now, and not when somebody says');
select is(
  tests.refusal('update public.provider_panel_patients set acuity = 1'), 'conflict', 'and is then as it was for good'
);
select lives_ok((select again from puts), 'the patient is free for another panel');
select is(
  tests.refusal($$ update public.provider_panel_patients set practitioner_id = (select nadia from nurses) $$), '42501',
  'nobody rewrites whose a patient was'
);
select lives_ok(
  $$ insert into public.provider_panel_limits (practitioner_id, max_patients, max_acuity_points)
  select nadia, 10, 30 from nurses $$, 'she says how much somebody can carry'
);
select is(
  tests.refusal($$ insert into public.provider_panel_limits (practitioner_id, max_patients, max_acuity_points)
    values (gen_random_uuid(), 10, 30) $$), 'not_found', 'who is somebody of this organization'
);

select tests.act_as((select mia from story));
select lives_ok('update public.provider_panel_limits set max_patients = 12', 'so does a manager');
select is((select count(*) from public.provider_panel_patients), 2::bigint, 'who reads panels');
select is_empty('select patient_id from public.org_patients', 'and not who the patients are');
select is(tests.refusal((select ours from puts)), '42501', 'and puts nobody on one');
select tests.act_as((select ada from story));
select is((select count(*) from public.provider_panel_patients), 2::bigint, 'as an administrator does');

select tests.act_as((select nadia from story));
select is((select count(*) from public.provider_panel_patients), 2::bigint, 'a nurse reads panels');
select is(
  tests.refusal((select ours from puts)), '42501', 'and takes no patient'
);
update public.provider_panel_limits set max_patients = 0;
select is((select max_patients from public.provider_panel_limits), 12::smallint, 'and sets no limit');

select tests.act_as((select bill from story));
select is_empty('select 1 from public.provider_panel_patients', 'billing has no use for panels');
select tests.act_as((select sid from story));
select is_empty('select 1 from public.provider_panel_patients', 'nor has the front desk');
select tests.act_as((select pia from story));
select is_empty('select 1 from public.provider_panel_patients', 'nor have patients');
select tests.act_as((select hana from story));
select is_empty(
  'select 1 from public.provider_panel_patients union all select 1 from public.provider_panel_limits',
  'another organization reads nothing'
);
select tests.act_as_anonymous();
select is(tests.refusal('select 1 from public.provider_panel_patients'), '42501', 'anonymous: refused');

select * from finish();
rollback;
