-- Nadia and Nora are nurses of Lakeside, who report how their shifts were staffed; Nora takes no part in anything. Ada
-- (admin), Mia (manager) and Cora (care manager) lead and answer; Wanda (wellness officer) and Odo (owner) read.
begin;
select plan(46);

create temporary table story as
select
  lakeside, harbor, gen_random_uuid() as site, gen_random_uuid() as elsewhere,
  tests.make_person(lakeside, 'nurse', 'Nadia') as nadia,
  tests.make_person(lakeside, 'nurse', 'Nora') as nora,
  tests.make_person(lakeside, 'admin', 'Ada') as ada,
  tests.make_person(lakeside, 'manager', 'Mia') as mia,
  tests.make_person(lakeside, 'care_manager', 'Cora') as cora,
  tests.make_person(lakeside, 'wellness_officer', 'Wanda') as wanda,
  tests.make_person(lakeside, 'org_owner', 'Odo') as odo,
  tests.make_person(lakeside, 'scheduler', 'Sven') as sven,
  tests.make_person(harbor, 'admin', 'Hugo') as hugo
from (
  select tests.make_org('lakeside', true, 'America/Chicago') as lakeside, tests.make_org('harbor') as harbor
) as orgs;
grant select on story to public;
insert into public.sites (org_id, id, name, kind, time_zone)
select lakeside, site, 'Ward', 'care_home'::public.site_kind, 'America/Chicago' from story
union all select harbor, elsewhere, 'Pier', 'care_home', 'America/Chicago' from story;
-- Three in the morning in Chicago: the night began on the tenth.
select tests.freeze_clock('2026-03-11 08:00+00');

select tests.act_as((select nadia from story));
create temporary table reports as
select (public.submit_shift_report(
  'night', 9, 5, '{too_few_nurses,missed_breaks,too_few_nurses}', 27, 3, '2026-03-10', site
)).*
from story;
grant all on reports to public;
select results_eq(
  'select shift_date, patient_count::integer, acuity::integer, unsafe_reasons::text, is_unsafe, answer::text from reports',
  $$ values (date '2026-03-10', 9, 5, '{too_few_nurses,missed_breaks}', true, null::text) $$,
  'she reports the night that began the day before, each reason once'
);
select is((public.submit_shift_report('day', 4, 2)).is_unsafe, false, 'and a shift of today that was safe');
select is(
  (public.submit_shift_report('night', 10, 5, '{too_few_nurses}', 27, 3, '2026-03-10', site)).id, id, 'she mends it'
) from reports, story;
select is((select count(*) from public.shift_reports), 2::bigint, 'which leaves one for each shift');
select is((public.submit_shift_report('evening', 0, 1, null)).is_unsafe, false, 'no list of reasons is an empty one');

-- What is refused.
select is(tests.refusal($$ select public.submit_shift_report(null, 4, 2) $$), 'invalid_input', 'which shift is needed');
select is(tests.refusal($$ select public.submit_shift_report('day', null, 2) $$), 'invalid_input', 'so are patients');
select is(tests.refusal($$ select public.submit_shift_report('day', 201, 2) $$), 'invalid_input', 'of a number that can be');
select is(tests.refusal($$ select public.submit_shift_report('day', 4, 6) $$), 'invalid_input', 'acuity ends at 5');
select is(tests.refusal($$ select public.submit_shift_report('day', 4, 0) $$), 'invalid_input', 'and begins at 1');
select is(
  tests.refusal($$ select public.submit_shift_report('day', 4, 2, p_unit_nurse_count => 0) $$), 'invalid_input',
  'she is one of the nurses'
);
select is(
  tests.refusal($$ select public.submit_shift_report('day', 4, 2, p_unit_patient_count => 1001) $$), 'invalid_input',
  'a unit has an end'
);
select is(
  tests.refusal($$ select public.submit_shift_report('day', 4, 2, array[null]::public.unsafe_staffing_reason[]) $$),
  'invalid_input', 'null is no reason'
);
select is(
  tests.refusal($$ select public.submit_shift_report('day', 4, 2, p_shift_date => '2026-03-09') $$), 'invalid_input',
  'the day before yesterday is over'
);
select is(
  tests.refusal($$ select public.submit_shift_report('day', 4, 2, p_shift_date => '2026-03-12') $$), 'invalid_input',
  'tomorrow has not begun'
);
select is(
  tests.refusal($$ select public.submit_shift_report('day', 4, 2, p_site_id => elsewhere) from story $$),
  tests.refusal($$ select public.submit_shift_report('day', 4, 2, p_site_id => gen_random_uuid()) $$),
  'a site of another organization is none'
);
select is(
  tests.refusal($$ update public.shift_reports set answer = 'no_change' $$), '42501', 'she does not answer herself'
);
select is(
  tests.refusal($$ update public.shift_reports set shift_date = '2026-03-11' $$), '42501', 'nor moves a shift'
);
select is(tests.refusal('delete from public.shift_reports'), '42501', 'nor deletes one');
select is(
  tests.refusal($$ insert into public.shift_reports (shift_date, shift, patient_count, acuity)
    values ('2026-03-01', 'day', 1, 1) $$),
  'invalid_input', 'the table''s own endpoint has the same rules'
);
select is(
  tests.refusal($$ select public.answer_shift_report(id, 'no_change') from reports $$), 'permission_denied',
  'a nurse does not answer'
);

-- Nobody has agreed to anything, and nothing of it is in anybody's risk.
select is((public.get_my_participation()).level::text, null, 'it takes no agreement');
select is(
  (select count(*) from jsonb_path_query((public.get_my_risk()).contributions, '$[*] ? (@.kind <> "no_assessment")')),
  0::bigint, 'and is no part of her risk'
);

select tests.act_as_system();
select set_eq(
  $$ select recipient_id, channel::text, payload from public.notification_queue where template_key = 'staffing.unsafe' $$,
  $$ select leads.id, channels.name, jsonb_build_object('link', '/staffing/' || reports.id)
     from story cross join reports
     cross join unnest(array[ada, mia, cora]) as leads (id)
     cross join unnest(array['email', 'in_app']) as channels (name) $$,
  'those who plan the work are told, once, and the message says nothing but where'
);
select is_empty(
  $$ select from public.notification_templates where template_key = 'staffing.unsafe' and org_id <> (select lakeside from story) $$,
  'nobody elsewhere'
);

-- Others.
select tests.act_as((select nora from story));
select is_empty('select * from public.shift_reports', 'a colleague reads none of hers');
select is_empty('select * from public.get_shift_workload()', 'nor figures of them');
select lives_ok($$ select public.submit_shift_report('day', 6, 3, p_unit_patient_count => 12, p_unit_nurse_count => 4) $$,
  'she has her own');
select tests.act_as((select sven from story));
select is(
  tests.refusal($$ select public.submit_shift_report('day', 4, 2) $$), 'permission_denied', 'the front desk nurses nobody'
);
select tests.act_as((select hugo from story));
select is_empty('select * from public.shift_reports', 'another organization sees nothing');
select is(
  tests.refusal($$ select public.answer_shift_report(id, 'no_change') from reports $$),
  tests.refusal($$ select public.answer_shift_report(gen_random_uuid(), 'no_change') $$),
  'and cannot tell one of Lakeside from none'
);

select tests.act_as((select wanda from story));
select is((select count(*) from public.shift_reports), 4::bigint, 'a wellness officer reads all');
select is(
  tests.refusal($$ select public.answer_shift_report(id, 'no_change') from reports $$), 'permission_denied',
  'and does not answer for those who plan'
);
select tests.act_as((select odo from story));
select results_eq(
  $$ select week, shift::text, report_count, average_patient_count, average_acuity, patients_per_nurse, unsafe_count,
     unanswered_count from public.get_shift_workload() $$,
  $$ values
    (date '2026-03-09', 'day', 2, 5.0, 2.5, 3.0, 0, 0),
    ('2026-03-09', 'evening', 1, 0.0, 1.0, null, 0, 0),
    ('2026-03-09', 'night', 1, 10.0, 5.0, 9.0, 1, 1) $$,
  'the owner sees weeks and shifts: of the ratio, those that say both'
);
select is(
  (select sum(report_count) from story cross join lateral public.get_shift_workload(p_site_id => site)), 1::bigint,
  'or one site'
);
select is(
  tests.refusal($$ select * from public.get_shift_workload('2026-03-02', '2026-03-01') $$), 'invalid_input',
  'a range that ends before it begins is none'
);
select is(
  tests.refusal($$ select * from public.get_shift_workload('2025-01-01', '2026-03-01') $$), 'invalid_input',
  'a year at most'
);

select tests.act_as((select mia from story));
select is(
  (public.answer_shift_report(id, 'staff_added')).answer::text, 'staff_added', 'the manager says what was done'
) from reports;
select lives_ok($$ select public.answer_shift_report(id, 'staff_added') from reports $$, 'again is no error');
select is(
  tests.refusal($$ select public.answer_shift_report(id, 'no_change') from reports $$), 'conflict', 'something else is'
);
select is(
  tests.refusal($$ select public.answer_shift_report(id, 'no_change') from public.shift_reports where shift = 'day' limit 1 $$),
  'conflict', 'a safe shift wants no answer'
);

select tests.act_as((select nadia from story));
select is(
  (select array[answer::text, answered_by::text] from public.shift_reports where is_unsafe),
  array['staff_added', mia::text], 'who reported it reads the answer, and whose it is'
) from story;
select is(
  tests.refusal($$ select public.submit_shift_report('night', 1, 1, '{}', p_shift_date => '2026-03-10') $$), 'conflict',
  'and leaves it as it is'
);

-- A care manager who worked the shift, too.
select tests.act_as((select cora from story));
create temporary table own as select (public.submit_shift_report('day', 12, 4, '{skill_mix}')).id;
select is(tests.refusal('select public.answer_shift_report(id, ''no_change'') from own'), 'conflict', 'nobody answers themselves');

select tests.act_as_system();
select is(
  (select count(*) from public.audit_events
   where table_name = 'public.shift_reports' and actor_id = (select nadia from story) and not is_concealed),
  4::bigint, 'the trail knows by whom: it was said by name'
);
update public.organization_feature_flags set is_enabled = false where feature_key = 'resilience_hub';
select tests.act_as((select nadia from story));
select is(tests.refusal($$ select public.submit_shift_report('day', 4, 2) $$), 'feature_disabled', 'the hub can be off');

select * from finish();
rollback;
