-- At the Elms Carl (carer) hands the day over to the night: a fall, a restricted incident, a refused medicine and a
-- missed task of Ruth's; and what happened the day before, or at the Oaks, which is not told.
begin;
select plan(2);

create temporary table story as
select lakeside, tests.make_site(lakeside, 'The Elms') as elms, tests.make_site(lakeside, 'The Oaks') as oaks
from (select tests.make_org('lakeside') as lakeside) as orgs;
create temporary table people as
select tests.make_staff(lakeside, 'carer', 'Carl', elms) as carl, tests.make_resident(lakeside, elms, 'Ruth') as ruth
from story;
grant select on story, people to public;

insert into public.incidents (org_id, site_id, kind, severity, is_restricted, occurred_at, reported_at, reported_by, description)
select lakeside, site, 'fall', 'severe', is_restricted, '2026-03-02 09:00+00', reported_at, carl, app.plain('Fell.')
from story cross join people cross join lateral (values
  (elms, false, timestamptz '2026-03-02 09:05+00'), (elms, true, '2026-03-02 09:05+00'), (elms, false, '2026-03-01 09:05+00'),
  (oaks, false, '2026-03-02 09:05+00')
) as given (site, is_restricted, reported_at);
-- What other stories show how to come by; here only that it is told.
set local session_replication_role = replica;
insert into public.medication_administrations (
  org_id, resident_id, site_id, order_id, is_controlled, status, reason_code, occurred_at, administered_by, created_at
)
select
  lakeside, ruth, elms, gen_random_uuid(), false, 'refused', (enum_range(null::public.medication_reason))[1],
  '2026-03-02 08:00+00', carl, '2026-03-02 08:00+00'
from story cross join people;
insert into public.care_plan_task_occurrences (
  org_id, care_plan_task_id, resident_id, site_id, task_kind, status, due_on, due_time, due_at, overdue_at, missed_at
)
select
  lakeside, gen_random_uuid(), ruth, elms, (enum_range(null::public.care_task_kind))[1], 'missed', '2026-03-02', '10:00',
  '2026-03-02 10:00+00', '2026-03-02 11:00+00', '2026-03-02 11:05+00'
from story cross join people;
set local session_replication_role = origin;

select tests.freeze_clock('2026-03-02 19:00+00');
select tests.act_as((select carl from people));
create temporary table handover as
select id from public.build_handover((select elms from story), '2026-03-02 07:00+00', '2026-03-02 19:00+00');
select results_eq(
  $$ select source::text, priority::text from public.list_handover_items((select id from handover), 'treatment') $$,
  $$ values ('incident', 'urgent'), ('medication', 'important'), ('care_task', 'routine') $$,
  'what happened by day is told, what matters most first; nothing restricted, older or of another home'
);
select is(
  (select array_agg(resident_id order by source) from public.list_handover_items((select id from handover), 'treatment')),
  array[null, ruth, ruth], 'the site''s own is of no resident'
)
from people;

select * from finish();
rollback;
