-- Nadia, a nurse of Lakeside, sees many patients and checks in each day. Her encounters and her stress are counted apart:
-- thirty encounters stay thirty however often she checks in, and she is at high risk above 150 and from 8 on, not at it.
begin;
select plan(16);

create temporary table story as
select lakeside, harbor, gen_random_uuid() as patient, gen_random_uuid() as hers
from (
  select tests.make_org('lakeside', true, 'UTC') as lakeside, tests.make_org('harbor', true, 'UTC') as harbor
) as orgs;
create temporary table people as
select
  tests.make_person(lakeside, 'nurse', 'Nadia') as nadia,
  tests.make_person(lakeside, 'nurse', 'Nora') as nora,
  tests.make_person(lakeside, 'admin', 'Ada') as ada,
  tests.make_person(lakeside, 'patient', 'Paul') as paul,
  tests.make_person(harbor, 'nurse', 'Hana') as hana
from story;
grant select on story, people to public;
select tests.freeze_clock('2026-03-31 12:00+00');

insert into public.patients (id) select patient from story;
insert into public.org_patients (org_id, patient_id) select lakeside, patient from story;

create function tests.see(p_count integer, p_on date, p_status public.encounter_status default 'finished')
returns text language sql as $$
  insert into public.encounters (org_id, patient_id, provider_id, status, class_code, date_of_service)
  select story.lakeside, story.patient, tests.practitioner_of(people.nadia), p_status, 'AMB', p_on
  from story, people, generate_series(1, p_count);
  select ''
$$;

create function tests.feel(p_levels integer[]) returns text language sql as $$
  delete from public.provider_daily_checkins;
  insert into public.provider_daily_checkins (
    org_id, user_id, practitioner_id, checkin_date, work_setting, stress_level, energy_level
  )
  select story.lakeside, people.nadia, tests.practitioner_of(people.nadia), date '2026-03-31' - n::integer + 1, 'clinic', level, 5
  from story, people, unnest(p_levels) with ordinality as given (level, n);
  select ''
$$;

-- The contradiction of the first design: thirty encounters joined with six check-ins are 180.
select tests.see(30, '2026-03-20');
select tests.feel('{8,8,8,8,8,8}');
select tests.act_as((select nadia from people));
select results_eq(
  'select encounters_last_30_days, avg_stress_last_7_days, level from public.get_my_workload()',
  $$ values (30, 8.00, 'normal'::public.workload_level) $$,
  'thirty encounters and six check-ins are thirty encounters'
);

select tests.act_as_system();
select tests.see(120, '2026-03-21');
select tests.act_as((select nadia from people));
select results_eq(
  'select encounters_last_30_days, level from public.get_my_workload()', $$ values (150, 'normal'::public.workload_level) $$,
  '150 encounters are not more than 150'
);
select tests.act_as_system();
select tests.see(1, '2026-03-01');
select tests.act_as((select nadia from people));
select results_eq(
  'select encounters_last_30_days, encounters_this_month, level from public.get_my_workload()',
  $$ values (151, 151, 'high_risk'::public.workload_level) $$, '151 are; thirty days before today still counts'
);
select ok(public.check_intervention_needed(), 'and she should be offered help');

select tests.act_as_system();
-- Ten check-ins in the table, of which eight lie in the last seven days: an average of 7.9 within, 8 would be with all.
select tests.feel('{8,8,8,8,8,8,8,7,10,10}');
select tests.act_as((select nadia from people));
select results_eq(
  'select avg_stress_last_7_days, level from public.get_my_workload()', $$ values (7.88, 'normal'::public.workload_level) $$,
  'an average below 8 is not 8'
);
select ok(not public.check_intervention_needed(), 'and no help is pressed on her');

-- What is not work, not hers or not now.
select tests.act_as_system();
select tests.see(5, '2026-03-30', 'cancelled');
select tests.see(5, '2026-03-30', 'entered-in-error');
select tests.see(5, '2026-02-28');
select tests.see(5, '2026-04-01');
select tests.act_as((select nadia from people));
select is(
  (select encounters_last_30_days from public.get_my_workload()), 151,
  'cancelled, in error, 31 days ago and tomorrow do not count'
);

-- Changes are seen at once, in whatever way they are made.
select tests.act_as_system();
update public.encounters set deleted_at = now() where date_of_service = '2026-03-01';
select tests.act_as((select nadia from people));
select is((select encounters_last_30_days from public.get_my_workload()), 150, 'what is removed counts no more');
select tests.act_as_system();
update public.encounters set provider_id = tests.practitioner_of((select nora from people))
where date_of_service = '2026-03-20';
select tests.act_as((select nadia from people));
select is((select encounters_last_30_days from public.get_my_workload()), 120, 'what was a colleague''s was not hers');
select tests.act_as((select nora from people));
select is((select encounters_last_30_days from public.get_my_workload()), 30, 'but hers');
select tests.act_as_system();
delete from public.encounters where date_of_service = '2026-03-20';
select 'folded' where app.fold_workload() > 0;
select tests.act_as((select nora from people));
select is((select encounters_last_30_days from public.get_my_workload()), 0, 'deleted rows are gone, folded or not');

-- Whose it is.
select tests.act_as((select hana from people));
select is((select encounters_last_30_days from public.get_my_workload()), 0, 'another organization has its own');
select tests.act_as((select ada from people));
select is(tests.refusal('select * from public.get_my_workload()'), 'permission_denied', 'who gives no care has none');
select tests.act_as((select paul from people));
select is(tests.refusal('select * from public.get_my_risk()'), 'permission_denied', 'nor has a patient');
select is(
  tests.refusal('select * from app.provider_workload_live'), '42501', 'and nobody reads the counts themselves'
);
select is(
  tests.refusal('select * from app.provider_workload_metrics'), '42501', 'or what is kept ready'
);

select * from finish();
rollback;
