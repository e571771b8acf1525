-- Nadia has too many patients. Mia, a manager, asks for a proposal, and decides; Nadia and Nora carry; Hana manages
-- elsewhere. (A-050)
begin;
select plan(36);

create temporary table story as
select
  lakeside,
  tests.make_person(lakeside, 'manager', 'Mia') as mia,
  tests.make_person(lakeside, 'nurse', 'Nadia') as nadia,
  tests.make_person(lakeside, 'nurse', 'Nora') as nora,
  tests.make_person(lakeside, 'nurse', 'Nell') as nell,
  tests.make_person(lakeside, 'nurse', 'Nils') as nils,
  tests.make_person(lakeside, 'wellness_officer', 'Wanda') as wanda,
  tests.make_person(harbor, 'manager', 'Hana') as hana
from (select tests.make_org('lakeside') as lakeside, tests.make_org('harbor') as harbor) as orgs;
create temporary table nurses as
select
  tests.practitioner_of(nadia) as nadia, tests.practitioner_of(nora) as nora, tests.practitioner_of(nell) as nell,
  tests.practitioner_of(nils) as nils
from story;
-- Ids in the order of acuity, so that the plan can be written down.
create temporary table panel as
select
  ('00000000-0000-4000-8000-00000000000' || number)::uuid as patient_id, number, acuity
from (values (1, 5.0), (2, 4.0), (3, 3.0), (4, 2.0), (5, 1.0)) as patients (number, acuity);
insert into public.patients (id) select patient_id from panel;
insert into public.org_patients (org_id, patient_id) select lakeside, patient_id from story, panel;
insert into public.provider_panel_patients (org_id, practitioner_id, patient_id, acuity)
select lakeside, nadia, patient_id, acuity from (select lakeside from story) as here, (select nadia from nurses) as whose, panel;
-- Nils has no limits: nothing is known of what he can carry.
insert into public.provider_panel_limits (org_id, practitioner_id, max_patients, max_acuity_points)
select lakeside, nora, 2, 7 from (select lakeside from story) as here, nurses
union all
select lakeside, nell, 5, 6.5 from (select lakeside from story) as here, nurses;
create function pg_temp.plan() returns text language sql as $$
  select string_agg(
    panel.number || ' to ' || case moves.to_practitioner_id when nurses.nora then 'Nora' when nurses.nell then 'Nell'
      else 'somebody' end,
    ', ' order by panel.number
  )
  from public.get_rebalance_proposals('proposed') as proposals
  cross join jsonb_to_recordset(proposals.moves) as moves (patient_id uuid, to_practitioner_id uuid)
  inner join panel using (patient_id)
  cross join nurses
$$;
grant select on story, nurses, panel to public;

select tests.act_as((select mia from story));
select is(
  (select (public.propose_panel_rebalance(nadia, 50)).status from nurses), 'proposed', 'a manager asks for a proposal'
);
-- 7.5 points are to go: 5 to whoever has most room (Nora, 7), then 2 (4 and 3 are more than the 2.5 that are left) to
-- Nell, who has 6.5 then, and last the lightest, so that no more than half stays.
select is(pg_temp.plan(), '1 to Nora, 4 to Nell, 5 to Nell', 'heavy ones first, each to whoever has most room');
select results_eq(
  'select patient_count, acuity_points, target_percent, reason_kind::text from public.get_rebalance_proposals()',
  $$ values (3, 8.0, 50::smallint, 'capacity') $$, 'with capacity as its reason'
);
select is(
  (select count(*) from public.provider_panel_patients join nurses on nadia = practitioner_id where ended_at is null),
  5::bigint, 'nothing has moved'
);
select is(
  tests.refusal((select format('select public.propose_panel_rebalance(%L)', nadia) from nurses)), 'conflict',
  'one open proposal for a panel'
);
select is(
  tests.refusal((select format('select public.propose_panel_rebalance(%L)', nora) from nurses)), 'conflict',
  'and none where there is nothing to hand over'
);
select is(
  tests.refusal((select format('select public.propose_panel_rebalance(%L, 100)', nadia) from nurses)), 'invalid_input',
  'something is to go'
);
select is(
  tests.refusal((select format('select public.propose_panel_rebalance(%L, -1)', nadia) from nurses)), 'invalid_input',
  'not more than there is'
);
select is(
  tests.refusal('select public.propose_panel_rebalance(gen_random_uuid())'), 'not_found', 'by somebody who is there'
);

-- Who may.
create function pg_temp.decide(p_approve boolean) returns text language sql as $$
  select format(
    'select public.decide_rebalance(%L, %L)', (select id from public.provider_rebalance_proposals where status = 'proposed'),
    p_approve
  )
$$;
create temporary table decisions as select pg_temp.decide(true) as yes, pg_temp.decide(false) as no;
grant select on decisions to public;
select tests.act_as((select nadia from story));
select is(tests.refusal((select yes from decisions)), 'permission_denied', 'the provider does not decide');
select is(tests.refusal('select public.get_rebalance_proposals()'), 'permission_denied', 'nor read them');
select is_empty('select 1 from public.provider_rebalance_moves', 'from the tables neither');
select tests.act_as((select wanda from story));
select is(tests.refusal((select yes from decisions)), 'permission_denied', 'a wellness officer decides nothing');
select tests.act_as((select hana from story));
select is(tests.refusal((select yes from decisions)), 'not_found', 'a manager elsewhere knows no such proposal');
select is_empty('select 1 from public.get_rebalance_proposals()', 'and reads none');
select is(
  tests.refusal((select format('select public.propose_panel_rebalance(%L)', nadia) from nurses)), 'not_found',
  'and asks for none'
);

-- Each change that makes it stale refuses it as a whole.
create function pg_temp.stale(p_change text) returns text language plpgsql as $$
declare
  v_refusal text;
begin
  perform tests.act_as_system();
  execute p_change;
  perform tests.act_as((select mia from story));
  v_refusal := tests.refusal((select yes from decisions));
  raise exception using errcode = 'P0001', message = v_refusal || ' ' || (
    select count(*) from public.provider_panel_patients join nurses on nadia = practitioner_id where ended_at is null
  );
exception when raise_exception then
  return sqlerrm;
end
$$;
select is(pg_temp.stale($$ update public.provider_panel_limits set max_patients = 1 $$), 'conflict 5', 'a limit of patients');
select is(
  pg_temp.stale($$ update public.provider_panel_limits set max_acuity_points = 2.9 $$), 'conflict 5', 'a limit of points'
);
select is(
  pg_temp.stale($$ update public.provider_panel_patients set acuity = 1.5 where acuity = 2 $$), 'conflict 5', 'an acuity'
);
select is(
  pg_temp.stale($$ update public.provider_panel_patients set ended_at = now() where acuity = 1 $$), 'conflict 4',
  'a patient who has left the panel'
);
select is(
  pg_temp.stale($$ update public.org_patients set is_active = false where patient_id in (select patient_id from panel) $$),
  'conflict 5', 'or the organization'
);
select is(
  pg_temp.stale($$ update public.org_practitioners set is_active = false where practitioner_id = (select nell from nurses) $$),
  'conflict 5', 'a receiver who has'
);
select is(
  pg_temp.stale($$ update public.provider_rebalance_proposals set expires_at = app.clock() + '0.001 s', proposed_at = app.clock() - '1 s'::interval;
    select tests.freeze_clock(app.clock() + '1 minute') $$), 'conflict 5', 'its time'
);

select tests.act_as((select mia from story));
select is(
  (select (public.decide_rebalance(id, true)).status from public.get_rebalance_proposals('proposed')), 'applied',
  'approved, it is carried out'
);
select results_eq(
  $$ select panel.number, practitioner_id = nadia, practitioner_id = nora, practitioner_id = nell
  from public.provider_panel_patients inner join panel using (patient_id), nurses where ended_at is null order by 1 $$,
  $$ values (1, false, true, false), (2, true, false, false), (3, true, false, false), (4, false, false, true),
  (5, false, false, true) $$, 'every patient is on one panel'
);
select is(
  (select count(*) from public.provider_panel_patients join nurses on nadia = practitioner_id
    where ended_at is not null), 3::bigint, 'and it is known whose they were'
);
select is(
  (select (decided_by = mia)::text from public.get_rebalance_proposals(), story), 'true', 'who decided is said'
);
select is(tests.refusal((select yes from decisions)), 'conflict', 'nobody decides twice');
select tests.act_as_system();
select results_eq(
  $$ select changes #>> '{status,1}' from public.audit_events where table_name = 'public.provider_rebalance_proposals'
  and action = 'update' and actor_id = (select mia from story) order by changes #>> '{status,1}' desc $$,
  array['approved', 'applied'], 'the trail tells both, and by whom'
);
select is_empty(
  $$ select 1 from public.audit_events where table_name = 'public.provider_panel_patients'
  and changes::text like '%00000000-0000-4000-8000-%' $$, 'and of no patient'
);

-- Rejected and expired ones move nothing and make way for another.
select tests.act_as((select mia from story));
select is(
  (select (public.decide_rebalance((public.propose_panel_rebalance(nadia, 99)).id, false)).status from nurses), 'rejected',
  'rejected'
);
select lives_ok((select format('select public.propose_panel_rebalance(%L, 99)', nadia) from nurses), 'there is another');
select tests.act_as_system();
select tests.freeze_clock(now() + interval '13 days 23 hours');
select is((select app.job_expire_rebalances(lakeside, 10) from story), 0, 'which can be decided for fourteen days');
select tests.freeze_clock(now() + interval '14 days');
select is((select app.job_expire_rebalances(lakeside, 10) from story), 1, 'and then no longer');
select is((select app.job_expire_rebalances(lakeside, 10) from story), 0, 'which is noticed once');
select is(
  (select count(*) from public.provider_panel_patients where ended_at is null and org_id = (select lakeside from story)),
  5::bigint, 'nobody is lost'
);

select * from finish();
rollback;
