-- Pat is a patient of Lakeside. Care staff of Lakeside see Pat; its front desk sees whom to book and no more; its
-- property manager, another organization and anonymous callers see nobody; Pat sees Pat.
begin;
select plan(13);

create temporary table story as
select
  lakeside, harbor,
  tests.make_person(lakeside, 'nurse', 'Nadia') as nadia,
  tests.make_person(lakeside, 'scheduler', 'Sid') as sid,
  tests.make_person(lakeside, 'manager', 'Mia') as mia,
  tests.make_person(harbor, 'nurse', 'Hana') as hana,
  tests.make_person(lakeside, 'patient', 'Pat') as pat,
  gen_random_uuid() as pat_id
from (select tests.make_org('lakeside') as lakeside, tests.make_org('harbor') as harbor) as orgs;
grant select on story to public;

insert into public.patients (id, user_id, family_name) select pat_id, pat, app.plain('Pat'::text) from story;
insert into public.org_patients (org_id, patient_id) select lakeside, pat_id from story;
insert into public.encounters (org_id, patient_id, status, class_code)
select lakeside, pat_id, 'finished', 'AMB' from story;

select tests.act_as((select nadia from story));
select is((select count(*) from public.patients), 1::bigint, 'a nurse of Lakeside sees the patient');
select is((select count(*) from public.encounters), 1::bigint, 'and the encounter');
select is(
  tests.refusal('update public.patients set family_name = null'), '42501', 'reading is all that she may'
);

select tests.act_as((select sid from story));
select ok(
  (select app.is_sealed(family_name) and position('Pat'::bytea in family_name) = 0 from public.patients),
  'the front desk gets the name sealed'
);
select is((select count(*) from public.encounters), 1::bigint, 'and that there was an encounter');
select is(tests.refusal('select gender from public.patients'), '42501', 'but not what it does not need');
select is(tests.refusal('select id from public.patients where is_deceased'), '42501', 'nor may it search by that');

select tests.act_as((select mia from story));
select is((select count(*) from public.patients), 0::bigint, 'a property manager does not see the patient');
select is((select count(*) from public.encounters), 0::bigint, 'nor the encounter');

select tests.act_as((select hana from story));
select is((select count(*) from public.patients), 0::bigint, 'another organization does not');

select tests.act_as((select pat from story));
select is((select count(*) from public.patients), 1::bigint, 'the patient does');

select tests.act_as_anonymous();
select is(tests.refusal('select * from public.patients'), '42501', 'anonymous: refused');

select tests.act_as_system();
select throws_ok(
  $$ insert into public.encounters (org_id, patient_id, status, class_code)
     select harbor, pat_id, 'finished', 'AMB' from story $$,
  '23503', null, 'not even the system can file an encounter of another organization with a patient it does not know'
);

select * from finish();
rollback;
