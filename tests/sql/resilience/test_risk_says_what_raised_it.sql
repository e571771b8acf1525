-- Nadia, a nurse of Lakeside, looks at her risk: she sees each thing that raised it and by how much, and their sum.
begin;
select plan(17);

create temporary table story as
select lakeside from (select tests.make_org('lakeside', true, 'UTC') as lakeside) as orgs;
create temporary table people as
select
  tests.make_person(lakeside, 'nurse', 'Nadia') as nadia,
  tests.make_person(lakeside, 'nurse', 'Nora') as nora,
  tests.make_person(lakeside, 'admin', 'Ada') as ada
from story;
create temporary table panel as select n, gen_random_uuid() as patient from generate_series(1, 10) as n;
grant select on story, people, panel to public;
insert into public.patients (id) select patient from panel;
insert into public.org_patients (org_id, patient_id) select lakeside, patient from story, panel;
select tests.freeze_clock('2026-03-31 12:00+00');

create function tests.kinds() returns text language sql as $$
  select string_agg(parts.kind || ':' || parts.points, ' ' order by parts.kind)
  from jsonb_to_recordset((select contributions from public.get_my_risk())) as parts (kind text, points numeric)
$$;
create function tests.claim(p_count integer, p_on date) returns text language sql as $$
  insert into public.nurse_questions (org_id, question_text, claimed_by, claimed_at)
  select lakeside, app.plain('x'), nadia, p_on + time '12:00' from story, people, generate_series(1, p_count);
  select ''
$$;

select tests.act_as((select nadia from people));
select results_eq(
  'select composite, level from public.get_my_risk()', $$ values (20::numeric, 'low'::public.burnout_risk_level) $$,
  'without anything known the risk is low, and says so'
);
select is(tests.kinds(), 'no_assessment:20', 'because there is no assessment');

-- More than 20 questions on five days in a row; 20 are not more, four days are not five.
select tests.act_as_system();
select tests.claim(21, day::date) from generate_series(date '2026-03-20', date '2026-03-23', interval '1 day') as day;
select tests.claim(20, '2026-03-24');
select tests.claim(21, day::date) from generate_series(date '2026-03-25', date '2026-03-28', interval '1 day') as day;
select tests.act_as((select nadia from people));
select is((select question_days_over_20 from public.get_my_workload()), 4, 'a day of 20 ends the run');
select is(tests.kinds(), 'no_assessment:20', 'and four days raise nothing');
select tests.act_as_system();
select tests.claim(1, '2026-03-24');
select tests.act_as((select nadia from people));
select is((select question_days_over_20 from public.get_my_workload()), 9, 'one more joins both runs');
select is(tests.kinds(), 'no_assessment:20 question_volume:20', 'and raises the risk');
select is((select level::text from public.get_my_risk()), 'moderate', 'to moderate');

-- A panel of ten: four at high risk are 40 %, five are more. The latest score counts.
select tests.act_as_system();
delete from public.nurse_questions;
insert into public.encounters (org_id, patient_id, provider_id, status, class_code, date_of_service)
select lakeside, patient, tests.practitioner_of(nadia), 'finished', 'AMB', '2026-03-02' from story, people, panel, generate_series(1, 2);
insert into public.patient_risk_scores (org_id, patient_id, risk_level, assessed_on)
select lakeside, patient, case when n <= 4 then 'high' else 'low' end::public.patient_risk_level, '2026-02-01' from story, panel;
insert into public.patient_risk_scores (org_id, patient_id, risk_level, assessed_on)
select lakeside, patient, 'high', '2025-02-01' from story, panel where n > 4;
select tests.act_as((select nadia from people));
select is((select high_risk_patient_percent from public.get_my_workload()), 40.00, 'four of ten are 40 %');
select is(tests.kinds(), 'no_assessment:20', '40 % is not more than 40 %');
select tests.act_as_system();
insert into public.patient_risk_scores (org_id, patient_id, risk_level, assessed_on)
select lakeside, patient, 'high', '2026-03-30' from story, panel where n = 5;
select tests.act_as((select nadia from people));
select is(tests.kinds(), 'high_risk_panel:10 no_assessment:20', 'five of ten are');
select is((select count(*) from public.patient_risk_scores), 17::bigint, 'nurses read the scores');

-- Workload and stress together reach "high" by themselves, and an intervention is due.
select tests.act_as_system();
insert into public.encounters (org_id, patient_id, provider_id, status, class_code, date_of_service)
select lakeside, patient, tests.practitioner_of(nadia), 'finished', 'AMB', '2026-03-03' from story, people, panel, generate_series(1, 14);
insert into public.provider_daily_checkins (org_id, user_id, practitioner_id, checkin_date, work_setting, stress_level, energy_level)
select lakeside, nadia, tests.practitioner_of(nadia), '2026-03-30', 'clinic', 8, 4 from story, people;
select tests.act_as((select nadia from people));
select is(
  tests.kinds(), 'high_risk_panel:10 no_assessment:20 stress:15 workload:25', 'all that raised it is in the list'
);
select results_eq(
  'select composite, level from public.get_my_risk()', $$ values (70::numeric, 'high'::public.burnout_risk_level) $$,
  'and the sum of the points is the composite'
);
select ok(public.check_intervention_needed(), 'she should be offered help');

-- Nobody else's.
select tests.act_as((select nora from people));
select is(tests.kinds(), 'no_assessment:20', 'a colleague sees her own');
select tests.act_as((select ada from people));
select is(tests.refusal('select * from public.get_my_risk()'), 'permission_denied', 'an administrator has none');
select is_empty('select * from public.patient_risk_scores', 'and reads no patient''s');

select * from finish();
rollback;
