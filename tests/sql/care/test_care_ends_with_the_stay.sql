-- Ruth and Rose live at the Elms; Mona manages the Elms and the Oaks, Nora (nurse) works at both. Ruth moves to the Oaks and
-- is given what she was; then she goes home, and comes back. Rose dies.
begin;
select plan(37);
select tests.freeze_clock('2026-03-02 09:00+00');

create temporary table story as
select lakeside, tests.make_site(lakeside, 'The Elms') as elms, tests.make_site(lakeside, 'The Oaks') as oaks,
  gen_random_uuid() as elm, gen_random_uuid() as oak, gen_random_uuid() as other, gen_random_uuid() as ruth,
  gen_random_uuid() as rose
from (select tests.make_org('lakeside', true, 'UTC') as lakeside) as orgs;
with rooms as (
  insert into public.rooms (org_id, site_id, name)
  select lakeside, unnest(array[elms, oaks]), '1' from story returning org_id, site_id, id
)
insert into public.beds (org_id, site_id, room_id, id, name)
select rooms.org_id, rooms.site_id, rooms.id, beds.id, beds.name
from rooms cross join story
cross join lateral (
  values (story.elms, story.elm, 'a'), (story.elms, story.other, 'b'), (story.oaks, story.oak, 'a')
) as beds (site_id, id, name)
where beds.site_id = rooms.site_id;
create temporary table people as
select
  tests.make_staff(lakeside, 'nurse', 'Nora') as nora,
  -- She manages, and nobody entered her employment.
  tests.make_person(lakeside, 'manager', 'Mona') as mona
from story;
insert into public.patients (id, family_name)
select people.id, app.plain('Moss') from story cross join lateral (values (ruth), (rose)) as people (id);
insert into public.org_patients (org_id, patient_id, site_id)
select lakeside, people.id, elms from story cross join lateral (values (ruth), (rose)) as people (id);
grant select on story, people to public;

create function pg_temp.doses(p_who uuid, p_status text) returns bigint language sql security definer as $$
  select count(*) from public.medication_doses where resident_id = p_who and status = p_status::public.medication_dose_status
$$;
create function pg_temp.tasks(p_who uuid, p_status text) returns bigint language sql security definer as $$
  select count(*) from public.care_plan_task_occurrences where resident_id = p_who and status = p_status::public.care_task_status
$$;
create function pg_temp.order_for(p_who uuid) returns uuid language sql as $$
  select (public.create_medication_order(
    p_who, 'Paracetamol 500 mg', 'Two', 'oral', 2, 'tablet', 'Dr Hale', gen_random_uuid(),
    p_times_of_day => '{09:00,12:00,20:00}')).id
$$;
create function pg_temp.plan_for(p_who uuid) returns void language plpgsql as $$
declare
  v_version public.care_plan_versions;
begin
  v_version := public.start_care_plan(p_who, 'skin', 'high', '{"needs": "x", "goals": "y", "interventions": "z"}');
  perform public.publish_care_plan(v_version.id, v_version.version);
  perform public.add_care_plan_task(
    v_version.care_plan_id, 'repositioning', 'Turn her', app.today(), '08:45', 'FREQ=DAILY;BYHOUR=8,10,14'
  );
end
$$;

select tests.act_as((select mona from people));
do $$ begin
  perform public.admit_resident(elm, p_patient_id => ruth) from story;
  perform public.admit_resident(other, p_patient_id => rose) from story;
end $$;
select tests.act_as((select nora from people));
create temporary table orders as select pg_temp.order_for(ruth) as ruth, pg_temp.order_for(rose) as rose from story;
grant select on orders to public;
do $$ begin
  perform pg_temp.plan_for(ruth), pg_temp.plan_for(rose) from story;
  perform public.schedule_assessment(ruth, 'falls_checklist', '1 day'), public.schedule_assessment(rose, 'falls_checklist', '1 day')
  from story;
end $$;
select lives_ok(
  $$ select public.change_medication_order_status((select rose from orders), 'paused', 'Sick') $$, 'Rose''s order is paused'
);
select is(
  (public.record_administration(
    (select id from public.medication_doses where resident_id = (select ruth from story) order by due_at limit 1),
    'given', gen_random_uuid())).status::text, 'given', 'Ruth is given her tablets of nine o''clock'
);

-- To another home of the organization.
create temporary table before as
select pg_temp.doses(ruth, 'planned') as doses, pg_temp.tasks(ruth, 'due') as tasks from story;
grant select on before to public;
select ok((select doses >= 5 and tasks >= 6 from before), 'there is much ahead');
select tests.act_as_system();
select tests.freeze_clock('2026-03-02 09:05+00');
select tests.act_as((select mona from people));
select lives_ok('select public.transfer_resident(ruth, oak) from story', 'Ruth moves to the Oaks');
select results_eq(
  $$ select pg_temp.doses(ruth, 'planned'), pg_temp.tasks(ruth, 'due') from story $$, 'select doses, tasks from before',
  'nothing that was ahead is lost'
);
select results_eq(
  $$ select orders.status::text, orders.site_id from public.medication_orders as orders where id = (select ruth from orders) $$,
  $$ select 'active', oaks from story $$, 'her order goes with her'
);
select ok(
  (select ended_at is null from public.care_plans where resident_id = (select ruth from story)), 'and her care plan'
);
select ok(
  (select is_active and next_due_at is not null from public.assessment_schedules where resident_id = (select ruth from story)),
  'and when she is assessed next'
);

-- Home. Entered at one o'clock, that she left at eleven.
select tests.act_as_system();
select tests.freeze_clock('2026-03-02 13:00+00');
select tests.act_as((select mona from people));
select lives_ok(
  $$ select public.discharge_resident(ruth, 'own_choice', 'own_home', '2026-03-02 11:00+00') from story $$, 'Ruth goes home'
);
select is(pg_temp.doses((select ruth from story), 'planned'), 0::bigint, 'no dose is planned, not that of noon either');
select is(pg_temp.doses((select ruth from story), 'given'), 1::bigint, 'what she was given stays');
select results_eq(
  $$ select status::text, ends_at from public.medication_orders where id = (select ruth from orders) $$,
  $$ values ('stopped', '2026-03-02 11:00+00'::timestamptz) $$, 'the order ended when she left'
);
select tests.act_as((select nora from people));
select results_eq(
  $$ select change::text, done_by from public.medication_order_events where order_id = (select ruth from orders) order by id $$,
  $$ values ('created', (select nora from people)), ('stopped', null::uuid) $$, 'and says so'
);
select is_empty(
  $$ select id from public.care_plan_task_occurrences
     where resident_id = (select ruth from story) and status = 'due' and due_at > '2026-03-02 11:00+00' $$,
  'no task is due'
);
select is(
  pg_temp.tasks((select ruth from story), 'due'), 2::bigint, 'that of the morning can still be accounted for'
);
select ok(
  (select ended_at is not null from public.care_plan_tasks where resident_id = (select ruth from story)), 'the task ended'
);
select ok(
  (select ended_at is not null from public.care_plans where resident_id = (select ruth from story)), 'the plan'
);
select is(
  (select status::text from public.care_plan_versions where resident_id = (select ruth from story)), 'superseded',
  'what it said can be read'
);
select is(
  (select status::text from public.care_plan_reviews where resident_id = (select ruth from story)), 'cancelled', 'its review'
);
select is_empty(
  $$ select id from public.assessment_schedules
     where resident_id = (select ruth from story) and (is_active or next_due_at is not null) $$,
  'and she is not to be assessed'
);

-- Nothing begins again.
select tests.act_as_system();
select tests.freeze_clock('2026-03-04 09:00+00');
do $$ begin
  perform app.job_generate_care_tasks(lakeside, 100), app.job_resolve_overdue_tasks(lakeside, 100),
    app.job_plan_medication_doses(lakeside, 100), app.job_mark_missed_doses(lakeside, 100) from story;
end $$;
select is(
  pg_temp.tasks((select ruth from story), 'due') + pg_temp.doses((select ruth from story), 'planned'), 0::bigint,
  'two days later jobs have made nothing'
);
select is(
  pg_temp.tasks((select ruth from story), 'missed') + pg_temp.doses((select ruth from story), 'missed'), 0::bigint,
  'and nothing was missed'
);
select tests.act_as((select nora from people));
select is(tests.refusal('select pg_temp.order_for(ruth) from story'), 'conflict', 'no order for who is gone');
select is(tests.refusal('select pg_temp.plan_for(ruth) from story'), 'conflict', 'no care plan');
select is(
  tests.refusal($$ select public.schedule_assessment(ruth, 'falls_checklist', '1 day') from story $$), 'conflict',
  'no assessment to come'
);
select lives_ok(
  $$ select public.record_assessment(ruth, 'falls_checklist',
    (select jsonb_agg(jsonb_build_object('link_id', item ->> 'linkId', 'code', 'yes'))
     from jsonb_array_elements(public.get_questionnaire('falls_checklist') -> 'item') as item),
    p_assessed_at => '2026-03-02 10:00+00') from story $$, 'what was found before is entered late'
);
select is_empty(
  $$ select id from public.assessment_follow_ups where resident_id = (select ruth from story) $$, 'and asks nothing of anybody'
);
select is_empty(
  $$ select id from public.assessment_schedules where is_active and resident_id = (select ruth from story) $$, 'no next one'
);

-- Rose dies; what was paused does not wait for her.
select tests.act_as((select mona from people));
select lives_ok($$ select public.discharge_resident(rose, 'died') from story $$, 'Rose dies');
select is(
  (select status::text from public.medication_orders where id = (select rose from orders)), 'stopped', 'her order ends'
);
select is(pg_temp.doses((select rose from story), 'planned'), 0::bigint, 'nothing is to be given her');
select is_empty(
  $$ select id from public.care_plan_task_occurrences
     where resident_id = (select rose from story) and status = 'due' and due_at > '2026-03-04 09:00+00' $$,
  'nor done for her from now on'
);

-- Ruth comes back: she is cared for by new orders and plans, beside those that were.
select lives_ok('select public.admit_resident(oak, p_patient_id => ruth) from story', 'Ruth comes back');
select tests.act_as((select nora from people));
select lives_ok('select pg_temp.order_for(ruth) from story', 'and is given what is ordered anew');
select lives_ok('select pg_temp.plan_for(ruth) from story', 'and cared for by a new plan');
select lives_ok(
  $$ select public.schedule_assessment(ruth, 'falls_checklist', '1 day') from story $$, 'and assessed'
);
select is(
  (select count(*) from public.medication_orders where resident_id = (select ruth from story)), 2::bigint,
  'the former order is there to be read'
);
select * from finish();
rollback;
