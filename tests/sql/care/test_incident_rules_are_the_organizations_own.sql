-- Ola (owner), Cora (compliance lead) and Ada (administrator) write the rules of Lakeside, Mona (manager) reads them;
-- Hugo (owner of Harbor) has his own.
begin;
select plan(15);

create temporary table story as
select lakeside, harbor, tests.make_site(lakeside, 'The Elms') as elms
from (select tests.make_org('lakeside') as lakeside, tests.make_org('harbor') as harbor) as orgs;
create temporary table people as
select
  tests.make_staff(lakeside, 'manager', 'Mona', elms) as mona,
  tests.make_staff(lakeside, 'org_owner', 'Ola') as ola,
  tests.make_staff(lakeside, 'compliance_lead', 'Cora') as cora,
  tests.make_staff(lakeside, 'admin', 'Ada') as ada,
  tests.make_staff(harbor, 'org_owner', 'Hugo') as hugo
from story;
grant select on story, people to public;
select tests.freeze_clock('2026-03-10 15:00+00');

select tests.act_as((select mona from people));
select set_config('timezone', 'UTC', true);
select is(
  tests.refusal($$ insert into public.incident_sla_policies (severity, step, due_minutes) values ('low', 'act', 5) $$), '42501',
  'a manager does not write the rules'
);
create temporary table r as select public.report_incident(elms, 'fall', 'severe', app.clock(), 'x') as id from story;
select is(
  (select min(due_at)::text from public.get_sla_board()), '2026-03-10 15:30:00+00', 'without any those of all hold'
);
select tests.act_as((select ola from people));
select lives_ok(
  $$ insert into public.incident_sla_policies (severity, step, due_minutes) values ('severe', 'acknowledge', 5), ('severe', 'act', null) $$,
  'an owner does'
);
select is(
  tests.refusal($$ insert into public.incident_sla_policies (severity, step, due_minutes) values ('severe', 'acknowledge', 6) $$),
  '23505', 'once for each step'
);
select tests.act_as((select cora from people));
select lives_ok(
  $$ insert into public.incident_regulator_rules (regulator, min_severity, within_hours) values ('CQC', 'severe', 24) $$,
  'so does a compliance lead'
);
select is(
  tests.refusal($$ insert into public.incident_escalation_steps (level, target, after_minutes) values (1, 'org_owners', 5) $$),
  '23514', 'the first rung is told when it is due'
);
select lives_ok(
  $$ insert into public.incident_escalation_steps (level, target, after_minutes)
     values (1, 'compliance_leads', 0), (2, 'org_owners', 5) $$, 'and says who is told'
);
select tests.act_as((select ada from people));
select lives_ok(
  $$ insert into public.incident_calendars (working_days, holidays) values ('{1,2,3,4,5,6}', '{2026-12-25}') $$, 'an administrator, too'
);
select is(
  tests.refusal($$ insert into public.incident_calendars (working_days) values ('{1}') $$), '23505', 'one calendar for all'
);

select tests.act_as((select mona from people));
select lives_ok($$ select public.report_incident((select elms from story), 'fall', 'severe', app.clock(), 'x') $$, 'from now on');
select results_eq(
  $$ select step::text, due_at::text, regulator from public.get_sla_board()
     where incident_id <> (select id from r) and step in ('acknowledge', 'act', 'notify_regulator') $$,
  $$ values ('acknowledge', '2026-03-10 15:05:00+00', null), ('notify_regulator', '2026-03-11 15:00:00+00', 'CQC') $$,
  'their own rules hold, and a step without a clock has none'
);
select lives_ok(
  $$ select public.record_regulator_notification(id, p_reference => 'CQC-1')
     from public.incident_notifications_of_regulators $$, 'the regulator is told'
);
select is_empty($$ select * from public.get_sla_board() where regulator is not null $$, 'which stops that clock');

select tests.act_as_system();
select tests.freeze_clock('2026-03-10 15:11+00');
select (app.job_fire_incident_timers(100) + app.job_fire_incident_timers(100))::text;
select results_eq(
  $$ select distinct recipient_id from public.notification_queue where template_key = 'incident.late' $$,
  $$ select unnest(array[cora, ola]) from people order by 1 $$, 'and their own chain'
);
select tests.act_as((select hugo from people));
select is_empty('select id from public.incident_sla_policies union all select id from public.incident_regulator_rules
  union all select id from public.incident_calendars union all select id from public.incident_escalation_steps',
  'another organization sees none of it');

select * from finish();
rollback;
