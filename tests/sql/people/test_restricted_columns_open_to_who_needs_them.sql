-- Pat, a patient of Lakeside, is a woman and has died. Nadia (nurse) reads both; Sid (front desk) and Bo (billing)
-- book and bill her without; Hana (nurse of Harbor, which does not know Pat) learns nothing, not even that Pat exists.
begin;
select plan(23);

create temporary table story as
select
  lakeside, harbor,
  tests.make_person(lakeside, 'nurse', 'Nadia') as nadia,
  tests.make_person(lakeside, 'scheduler', 'Sid') as sid,
  tests.make_person(lakeside, 'billing', 'Bo') as bo,
  tests.make_person(harbor, 'nurse', 'Hana') as hana,
  tests.make_person(lakeside, 'patient', 'Pat') as pat,
  gen_random_uuid() as pat_id,
  gen_random_uuid() as visit
from (select tests.make_org('lakeside') as lakeside, tests.make_org('harbor') as harbor) as orgs;
grant select on story to public;

insert into public.patients (id, user_id, family_name, gender, is_deceased, deceased_at)
select pat_id, pat, app.plain('Pat'::text), app.plain('female'::text), true, app.plain('2026-01-02Z'::timestamptz)
from story;
insert into public.org_patients (org_id, patient_id, medical_record_number)
select lakeside, pat_id, app.plain('MRN-1'::text) from story;
insert into public.encounters (org_id, id, patient_id, status, class_code, took_place_during)
select lakeside, visit, pat_id, 'finished', 'EMER', tstzrange('2026-01-01 10:00Z', '2026-01-01 11:00Z') from story;

create function pg_temp.gender() returns text language sql as $$
  select string_agg(concat_ws(' ', sealed.gender, (sealed.deceased_at at time zone 'UTC')::date, is_deceased), '; ')
  from public.open_patients(array(select pat_id from story), 'treatment') as sealed
  left join public.get_patients_restricted(array(select pat_id from story)) as clear using (id)
$$;
create function pg_temp.visit() returns text language sql as $$
  select string_agg(coalesce(class_code, '-') || ' ' || coalesce(upper(took_place_during)::date::text, '-'), '; ')
  from public.get_encounters_restricted(array(select visit from story))
$$;
create function pg_temp.number() returns text language sql as $$
  select string_agg(medical_record_number, '; ')
  from public.open_org_patients(array(select pat_id from story), 'treatment')
$$;

select tests.act_as((select nadia from story));
select is(pg_temp.gender(), 'female 2026-01-02 t', 'a nurse reads what treatment needs');
select is(pg_temp.visit(), 'EMER 2026-01-01', 'what kind of visit it was and when');
select is(pg_temp.number(), 'MRN-1', 'and the record number');
select is(tests.refusal('select * from public.patients'), '42501', 'all columns at once are refused to everyone');

select tests.act_as((select sid from story));
select is(pg_temp.gender(), '', 'the front desk reads none of the patient''s');
select is(pg_temp.visit(), '- 2026-01-01', 'of a visit the time, not the kind');
select is(pg_temp.number(), null, 'nor the record number');

select tests.act_as((select bo from story));
select is(pg_temp.gender(), '', 'billing reads none of the patient''s');
select is(pg_temp.visit(), 'EMER -', 'of a visit the kind, not the time');
select is(pg_temp.number(), 'MRN-1', 'and the record number');

select tests.act_as((select pat from story));
select is(pg_temp.gender(), 'female 2026-01-02 t', 'the patient reads all of herself');
select is(pg_temp.visit(), null, 'what the organization files about her is its own');

select tests.act_as((select hana from story));
select is(pg_temp.gender(), null, 'another organization reads nothing');
select is(pg_temp.visit(), null, 'nor of the visit');
select is_empty(
  $$ select from app.read_patients_restricted(array(select pat_id from story)) $$,
  'not even past the public function'
);
select is_empty(
  $$ select from app.open_patients(array(select pat_id from story), 'treatment') $$, 'of what is sealed neither'
);
select is(
  tests.refusal($$ select from public.get_patients_restricted(array_fill(gen_random_uuid(), array[1001])) $$),
  'invalid_input', 'a thousand ids are enough'
);
select is(
  tests.refusal('select from public.get_patients_restricted(null)'), 'invalid_input', 'none at all is a mistake'
);

select tests.act_as_anonymous();
select is(
  tests.refusal($$ select from public.get_patients_restricted('{}') $$), '42501', 'anonymous: refused'
);

select tests.act_as_system();
update public.org_patients set deleted_at = now() where patient_id = (select pat_id from story);
select tests.act_as((select nadia from story));
select is(pg_temp.gender(), null, 'whom the organization no longer knows is closed to its nurses');
select is(
  (select count(*) from app.read_patients_restricted(array(select pat_id from story))), 0::bigint,
  'in every way'
);
select is_empty(
  $$ select from app.open_patients(array(select pat_id from story), 'treatment') $$, 'sealed or not'
);
select is(pg_temp.number(), null, 'the record number with it');

select * from finish();
rollback;
