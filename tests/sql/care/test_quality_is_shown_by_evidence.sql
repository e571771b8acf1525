-- Cora (compliance lead) audits the Elms, Mona (its manager) plans, Carl (carer) does what he was given; Ola (owner) links
-- evidence; Max (manager of the Oaks) and Hugo of Harbor find nothing.
begin;
select plan(22);

create temporary table story as
select lakeside, harbor, tests.make_site(lakeside, 'The Elms') as elms, tests.make_site(lakeside, 'The Oaks') as oaks
from (select tests.make_org('lakeside') as lakeside, tests.make_org('harbor') as harbor) as orgs;
create temporary table people as
select
  tests.make_staff(lakeside, 'manager', 'Mona', elms) as mona,
  tests.make_staff(lakeside, 'manager', 'Max', oaks) as max,
  tests.make_staff(lakeside, 'carer', 'Carl', elms) as carl,
  tests.make_staff(lakeside, 'org_owner', 'Ola') as ola,
  tests.make_staff(lakeside, 'compliance_lead', 'Cora') as cora,
  tests.make_staff(harbor, 'manager', 'Hugo') as hugo
from story;
create temporary table things (name text, id uuid);
grant select on story, people to public;
grant all on things to public;
create function pg_temp.thing(p_name text) returns uuid language sql as $$ select id from things where name = p_name $$;

select tests.act_as((select cora from people));
insert into things select 'audit', public.record_quality_audit(
  elms, 'Hand hygiene', current_date, 'Two of ten did not.', '{safe}', 80, current_date + 90
) from story;
select is(
  (select opened.findings from public.open_quality_audits(array[pg_temp.thing('audit')], 'operations') as opened),
  'Two of ten did not.', 'findings open'
);
select tests.act_as((select mona from people));
insert into things select 'action', public.add_audit_action(pg_temp.thing('audit'), 'Gel at each door.', current_date + 7, carl) from people;
select is((select count(*) from public.quality_audit_actions), 1::bigint, 'the manager plans');
select is(
  tests.refusal(format('select public.add_audit_action(%L, %L, current_date, %L)', pg_temp.thing('audit'), 'x', (select max from people))),
  'not_found', 'who works elsewhere is given nothing'
);
select is(
  tests.refusal(format('select public.record_quality_audit(%L, %L, current_date, %L)', (select oaks from story), 'x', 'x')),
  'not_found', 'nor does she audit another home'
);
insert into things select 'incident', public.report_incident(elms, 'infection', 'low', now(), 'Flu.') from story;
select tests.act_as((select carl from people));
select is_empty('select * from public.quality_audits', 'carers see no audits');
select lives_ok(format('select public.complete_audit_action(%L)', pg_temp.thing('action')), 'but do what they were given');
select is(
  tests.refusal(format('select public.record_quality_audit(%L, %L, current_date, %L)', (select elms from story), 'x', 'x')),
  'permission_denied', 'and audit nothing'
);
select tests.act_as((select mona from people));
select is((select completed_by from public.quality_audit_actions), (select carl from people), 'it is known who did it');

select tests.act_as((select ola from people));
insert into things select 'evidence', public.link_inspection_evidence(
  elms, 'safe', 'quality_audit', pg_temp.thing('audit'), 'Hands are clean', current_date + 365
) from story;
select lives_ok(
  format('select public.link_inspection_evidence(%L, %L, %L, %L, %L)', (select elms from story), kind_of.question, kind_of.kind,
    pg_temp.thing(kind_of.name), 'Learned'), 'evidence: ' || kind_of.kind
)
from (values ('responsive', 'incident', 'incident'), ('well_led', 'audit_action', 'action')) as kind_of (question, kind, name);
select is(
  tests.refusal(format('select public.link_inspection_evidence(%L, %L, %L, %L, %L)', (select elms from story), 'safe',
    'quality_audit', pg_temp.thing('audit'), 'x')), 'conflict', 'one thing answers a question once'
);
select is(
  tests.refusal(format('select public.link_inspection_evidence(%L, %L, %L, %L, %L)', (select elms from story), 'safe',
    'complaint', pg_temp.thing('audit'), 'x')), 'not_found', 'it is what it says'
);
select is(
  tests.refusal(format('select public.link_inspection_evidence(%L, %L, %L, %L, %L)', (select oaks from story), 'safe',
    'incident', pg_temp.thing('incident'), 'x')), 'not_found', 'and of the site that it shows'
);
select tests.act_as_system();
select is(
  tests.refusal($$ insert into public.inspection_evidence (org_id, site_id, key_question, kind, audit_id, title)
    select lakeside, oaks, 'caring', 'quality_audit', pg_temp.thing('audit'), 'x' from story $$), '23503',
  'whoever writes the table'
);

select tests.act_as((select mona from people));
select results_eq(
  $$ select key_question::text from public.inspection_evidence where expires_on is null or expires_on > current_date order by id $$,
  $$ values ('safe'), ('responsive'), ('well_led') $$, 'the manager sees what there is for each question'
);
select lives_ok($$ update public.inspection_evidence set expires_on = current_date - 1 where kind = 'quality_audit' $$, 'and until when');
select is(
  tests.refusal($$ update public.inspection_evidence set kind = 'complaint' $$), '42501', 'but not what it is'
);
select tests.act_as((select max from people));
select is_empty('select id from public.quality_audits union all select id from public.quality_audit_actions
  union all select id from public.inspection_evidence', 'managers of other homes see none of it');
select is(tests.refusal(format('select public.complete_audit_action(%L)', pg_temp.thing('action'))), 'not_found', 'nor do anything');
select tests.act_as((select cora from people));
select lives_ok(format('select public.remove_inspection_evidence(%L)', pg_temp.thing('evidence')), 'a compliance lead removes evidence');
select is((select count(*) from public.inspection_evidence), 2::bigint, 'which is gone');
select tests.act_as((select hugo from people));
select is_empty('select id from public.quality_audits union all select id from public.quality_audit_actions
  union all select id from public.inspection_evidence', 'another organization sees none of it');

select * from finish();
rollback;
