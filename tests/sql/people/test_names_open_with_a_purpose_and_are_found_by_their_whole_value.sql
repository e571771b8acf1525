-- Lakeside knows Ida and two called Moss; Harbor knows Hal Moss. Nadia (nurse) opens her list, Sid (front desk) looks
-- people up, Bo (billing) makes out an invoice; Hana (nurse of Harbor), Pam (a patient) and strangers get nothing of it.
begin;
select plan(31);

create temporary table story as
select
  lakeside, harbor,
  tests.make_person(lakeside, 'nurse', 'Nadia') as nadia,
  tests.make_person(lakeside, 'scheduler', 'Sid') as sid,
  tests.make_person(lakeside, 'billing', 'Bo') as bo,
  tests.make_person(lakeside, 'patient', 'Pam') as pam,
  tests.make_person(harbor, 'nurse', 'Hana') as hana,
  gen_random_uuid() as ida_id, gen_random_uuid() as ada_id, gen_random_uuid() as max_id, gen_random_uuid() as hal_id
from (select tests.make_org('lakeside') as lakeside, tests.make_org('harbor') as harbor) as orgs;
grant select on story to public;

insert into public.patients (id, family_name, given_names, birth_date, gender)
select
  people.id, app.plain(people.family), app.plain(jsonb_build_array(people.given)), app.plain(people.born),
  app.plain('other'::text)
from story cross join lateral (values
  (ida_id, 'Birch', 'Ida', date '1950-02-03'), (ada_id, 'Moss', 'Ada', '1950-02-03'),
  (max_id, 'Moss', 'Max', '1961-07-08'), (hal_id, 'Moss', 'Hal', '1950-02-03')
) as people (id, family, given, born);
insert into public.org_patients (org_id, patient_id, medical_record_number)
select lakeside, patient_id, app.plain('L-' || number)
from story, unnest(array[ida_id, ada_id, max_id]) with ordinality as known (patient_id, number);
insert into public.org_patients (org_id, patient_id) select harbor, hal_id from story;

create temporary table team as
select roles.name, tests.make_person(lakeside, roles.name::public.app_role, initcap(roles.name)) as person
from story, unnest(array[
  'admin', 'billing', 'care_manager', 'carer', 'case_manager', 'clinician', 'manager', 'scheduler'
]) as roles (name);
grant select on team to public;
create function pg_temp.found_by(p_person uuid) returns bigint language plpgsql as $$
begin
  perform tests.act_as(p_person);
  return (select count(*) from public.find_org_patients_by_medical_record_number('L-2', 'treatment'));
end
$$;

create function pg_temp.opened() returns setof text language sql as $$
  select concat_ws(' ', given_names ->> 0, family_name, birth_date, gender)
  from public.open_patients(array(select id from public.patients), 'treatment') order by 1
$$;
create function pg_temp.called(p_name text) returns setof text language sql as $$
  select given_names ->> 0 from public.find_patients_by_family_name(p_name, 'operations') order by 1
$$;
create function pg_temp.born(p_day text) returns setof text language sql as $$
  select given_names ->> 0 from public.find_patients_by_birth_date(p_day, 'operations') order by 1
$$;
create function pg_temp.openings() returns setof record language sql security definer as $$
  select
    org_id, actor_id, table_name, purpose, changes ->> 'opened',
    (select array_agg(subject order by subject) from unnest(subject_ids) as subject)
  from public.audit_events where operation = 'open' and outcome = 'success' order by occurred_at, id
$$;
create function pg_temp.refusals() returns setof record language sql security definer as $$
  select org_id, actor_id, table_name, purpose, changes
  from public.audit_events where operation = 'open' and outcome = 'failure' order by occurred_at, id
$$;

select tests.act_as((select nadia from story));
select results_eq(
  'select * from pg_temp.opened()',
  array['Ada Moss 1950-02-03 other', 'Ida Birch 1950-02-03 other', 'Max Moss 1961-07-08 other'],
  'a nurse opens the list of her organization'
);
select results_eq(
  'select * from pg_temp.openings() as e (org uuid, who uuid, what text, why text, opened text, whose uuid[])',
  $$ select lakeside, nadia, 'public.patients', 'treatment', '3',
       (select array_agg(id order by id) from unnest(array[ida_id, ada_id, max_id]) as id) from story $$,
  'which leaves one event: who, what for, and whose names it were'
);
select ok(
  (select bool_and(app.is_sealed(family_name) and app.is_sealed(given_names) and app.is_sealed(birth_date))
   from public.patients),
  'a plain select gives ciphertext'
);
select is(tests.refusal('select gender from public.patients'), '42501', 'or nothing');
select is(tests.refusal('select family_name_index from public.patients'), '42501', 'and indexes to nobody');
select is(
  tests.refusal('select from public.open_patients(array(select id from public.patients), null)'),
  'invalid_input', 'without a purpose nothing opens'
);

select tests.act_as((select sid from story));
select results_eq($$ select * from pg_temp.called(' moss') $$, array['Ada', 'Max'], 'the front desk finds by family name');
select results_eq($$ select * from pg_temp.born('1950-02-03') $$, array['Ada', 'Ida'], 'and by birth date');
select is_empty($$ select * from pg_temp.called('Mos') $$, 'not by a part of it');
select is(
  tests.refusal($$ select from public.find_patients_by_birth_date('3.2.1950', 'operations') $$), 'invalid_input',
  'a day that is written in another way is not taken for one that nobody was born on'
);
select results_eq(
  'select * from pg_temp.opened()',
  array['Ada Moss 1950-02-03', 'Ida Birch 1950-02-03', 'Max Moss 1961-07-08'],
  'opens who they are, and not what gender they have'
);
select is_empty(
  $$ select from public.find_org_patients_by_medical_record_number('L-2', 'operations') $$,
  'and does not search by record numbers, which it may not read'
);

select tests.act_as((select bo from story));
select results_eq(
  $$ select concat_ws(' ', given_names ->> 0, family_name, gender)
     from public.open_patients(array(select ada_id from story), 'payment') $$,
  array['Ada Moss'], 'billing opens the name and not the gender'
);
select results_eq(
  $$ select patient_id, medical_record_number
     from public.find_org_patients_by_medical_record_number('l-2', 'payment') $$,
  $$ select ada_id, 'L-2' from story $$, 'finds a patient by the number on a statement'
);
select ok(
  exists (
    select from pg_temp.openings() as e (org uuid, who uuid, what text, why text, opened text, whose uuid[])
    inner join story on (e.org, e.who, e.what, e.why, e.whose)
      = (lakeside, bo, 'public.org_patients', 'payment', array[ada_id])
  ),
  'an event of which names the patient, too'
);

select tests.act_as((select hana from story));
select results_eq($$ select * from pg_temp.called('Moss') $$, array['Hal'], 'a nurse of Harbor finds whom Harbor knows');
select is_empty(
  $$ select from public.open_patients(array(select ada_id from story), 'treatment') $$, 'and opens nobody else'
);
select results_eq(
  'select * from pg_temp.refusals() as e (org uuid, who uuid, what text, why text, changes jsonb)',
  $$ select harbor, hana, 'public.patients', 'treatment', jsonb_build_object('refused', 1, 'ids', array[ada_id])
     from story $$,
  'whom she asked for is in the trail of Harbor'
);
select is_empty(
  $$ select from public.open_patients(array_fill(gen_random_uuid(), array[1000]), 'treatment') $$, 'nobody at all'
);

select tests.act_as((select pam from story));
select is_empty('select * from pg_temp.opened()', 'another patient opens nobody');
select is_empty($$ select * from pg_temp.called('Moss') $$, 'and finds nobody');

select tests.act_as_anonymous();
select is(
  tests.refusal($$ select from public.open_patients('{}', 'treatment') $$), '42501', 'who is signed out opens nothing'
);
select is(
  tests.refusal($$ select from public.find_patients_by_family_name('Moss', 'treatment') $$), '42501', 'and finds nothing'
);

select tests.act_as_system();
update public.patients set deleted_at = now() where id = (select ada_id from story);
select tests.act_as((select nadia from story));
select results_eq($$ select * from pg_temp.called('Moss') $$, array['Max'], 'who was removed is not found');
select is_empty(
  $$ select from app.open_patients(array(select ada_id from story), 'treatment') $$, 'and does not open'
);

select tests.act_as_system();
select is(
  tests.refusal($$ update public.patients set gender = app.plain('martian'::text) $$), 'invalid_input',
  'what cannot be a gender is not sealed as one'
);
select is(
  tests.refusal($$ update public.patients set given_names = app.plain('{"given": "Ada"}'::jsonb) $$), 'invalid_input',
  'nor as given names what is no list of them'
);

-- However it is written, and when.
select tests.act_as_system();
select is(
  tests.refusal($$ update public.org_patients set medical_record_number = app.plain(repeat('9', 101)) $$),
  'invalid_input', 'a record number does not grow endless later'
);
select is(
  tests.refusal($$ update public.patients set gender = app.plain('none of your business'::text) $$),
  'invalid_input', 'nor does gender become any word'
);

select tests.act_as((select nadia from story));
select results_eq(
  $$ select medical_record_number from public.find_org_patients_by_medical_record_number('L-2', 'treatment') $$,
  array['L-2'], 'a nurse finds a patient by the number on their wrist'
);
select results_eq(
  'select name, pg_temp.found_by(person) from team order by name',
  $$ values ('admin', 0::bigint), ('billing', 1), ('care_manager', 1), ('carer', 0), ('case_manager', 1), ('clinician', 1),
       ('manager', 0), ('scheduler', 0) $$,
  'so does whoever may read it of somebody at no site, and nobody else'
);

select * from finish();
rollback;
