-- Nora's newest assessment is critical, Nils' high, Nell's moderate; Nick takes no part, Nina is critical and sits in a
-- circle. Time opens the cases that the rules say, once per assessment. (A-045, A-076, A-088)
begin;
select plan(32);
select tests.freeze_clock('2026-03-02 15:00+00');

create temporary table story as
select
  lakeside, gen_random_uuid() as full_circle, gen_random_uuid() as busy, gen_random_uuid() as calm,
  gen_random_uuid() as ended,
  tests.make_person(lakeside, 'nurse', 'Nora') as nora,
  tests.make_person(lakeside, 'nurse', 'Nils') as nils,
  tests.make_person(lakeside, 'nurse', 'Nell') as nell,
  tests.make_person(lakeside, 'nurse', 'Nick') as nick,
  tests.make_person(lakeside, 'nurse', 'Nina') as nina,
  tests.make_person(lakeside, 'nurse', 'Noel') as noel,
  tests.make_person(harbor, 'nurse', 'Hana') as hana,
  harbor
from (select tests.make_org('lakeside') as lakeside, tests.make_org('harbor') as harbor) as orgs;
grant select on story to public;
select tests.give_consent(lakeside, person, level::public.participation_level)
from story
cross join lateral (
  values (nora, 'anonymous'), (nils, 'aggregate_only'), (nell, 'may_be_contacted'), (nina, 'aggregate_only'),
    (noel, 'aggregate_only')
) as levels (person, level);
select tests.give_consent(harbor, hana) from story;

create function pg_temp.assess(p_who uuid, p_on date, p_score numeric) returns void language plpgsql as $$
begin
  perform tests.assess(case when p_who = hana then harbor else lakeside end, p_who, p_on, p_score) from story;
end
$$;
create function pg_temp.cases_of(p_who uuid) returns text language sql as $$
  select string_agg(concat_ws(' ', kind, status, opened_by_rule, score_before), ', ' order by kind)
  from public.provider_interventions where user_id = p_who
$$;
create function pg_temp.open() returns integer language sql as $$
  select app.job_open_interventions((select lakeside from story), 100)
$$;
create function pg_temp.follow() returns void language plpgsql as $$
begin
  perform app.job_follow_interventions((select lakeside from story), 100);
end
$$;

select pg_temp.assess(nora, '2026-02-01', 30), pg_temp.assess(nora, '2026-03-01', 80.5),
  pg_temp.assess(nils, '2026-03-01', 62), pg_temp.assess(nell, '2026-02-01', 90),
  pg_temp.assess(nell, '2026-03-01', 45), pg_temp.assess(nick, '2026-03-01', 90),
  pg_temp.assess(nina, '2026-03-01', 76), pg_temp.assess(hana, '2026-03-01', 90)
from story;

-- Three seats in each: one is full, one has two members, one has one.
insert into public.provider_support_circles (org_id, id, name, meeting_frequency, max_members, is_active, facilitator_id)
select lakeside, full_circle, 'Full', 'weekly'::public.meeting_frequency, 3, true, null::uuid from story
union all select lakeside, busy, 'Busy', 'weekly', 3, true, null from story
union all select lakeside, calm, 'Calm', 'weekly', 4, true, null from story
union all select lakeside, ended, 'Ended', 'weekly', 9, false, null from story
union all select lakeside, gen_random_uuid(), 'Hers', 'weekly', 9, true, nora from story;
insert into public.provider_support_circle_members (org_id, circle_id, practitioner_id, user_id)
select lakeside, circle, tests.practitioner_of(person), person
from story cross join lateral (
  values (full_circle, nell), (full_circle, nick), (full_circle, nina), (busy, nell), (busy, nick), (calm, nell)
) as seats (circle, person);

select is(pg_temp.open(), 3, 'three are offered help');
select is(
  pg_temp.cases_of(nora),
  'circle_invitation proposed burnout_critical 80.50, peer_support proposed burnout_critical 80.50, '
  'workload_reduction proposed burnout_critical 80.50',
  'critical: a circle, peer support and less work'
) from story;
select is(
  pg_temp.cases_of(nils),
  'circle_invitation proposed burnout_high 62.00, peer_support proposed burnout_high 62.00',
  'high: a circle and peer support'
) from story;
select is(pg_temp.cases_of(nell), null, 'the newest assessment counts, not an older one') from story;
select is(pg_temp.cases_of(nick), null, 'nothing is collected of who takes no part') from story;
select is(
  pg_temp.cases_of(nina),
  'peer_support proposed burnout_critical 76.00, workload_reduction proposed burnout_critical 76.00',
  'who sits in a circle is not asked to another'
) from story;
select is(pg_temp.cases_of(hana), null, 'a job of one organization opens nothing in another') from story;
select results_eq(
  $$ select bool_and(intervention_triggered), bool_or(user_id = (select nell from story))
     from public.provider_burnout_assessments where intervention_triggered $$,
  $$ values (true, false) $$, 'the assessments that led to it say so'
);
select is(
  (select c.name from public.provider_support_circle_invitations as i
   inner join public.provider_support_circles as c on c.id = i.circle_id where i.user_id = nora),
  'Calm', 'who leads the emptiest circle is asked to the next'
) from story;
select is(
  (select c.name from public.provider_support_circle_invitations as i
   inner join public.provider_support_circles as c on c.id = i.circle_id where i.user_id = nils),
  'Hers', 'the emptiest circle that meets and has room'
) from story;
select results_eq(
  $$ select due_on, rescore_due_on from public.provider_interventions where user_id = (select nils from story) order by kind $$,
  $$ values ('2026-03-16'::date, '2026-04-27'::date), ('2026-03-09', '2026-03-30') $$, 'due and to be scored again by kind'
);
select is(pg_temp.open(), 0, 'a second run finds nothing to do');

-- Declined once: not asked again before the next assessment says so.
select tests.act_as((select nils from story));
select is(
  (select status from public.decline_intervention(
    (select id from public.provider_interventions where kind = 'peer_support'))), 'declined', 'Nils declines'
);
select tests.act_as_system();
select is(pg_temp.open(), 0, 'and is left alone');
select pg_temp.assess(nils, '2026-03-02', 64) from story;
select is(pg_temp.open(), 1, 'a new assessment asks anew');
select is(
  pg_temp.cases_of(nils),
  'circle_invitation proposed burnout_high 62.00, peer_support declined burnout_high 62.00, '
  'peer_support proposed burnout_high 64.00',
  'for the kind that is closed; the open one stays the one'
) from story;

-- The effect.
select tests.act_as((select nora from story));
select is(
  (select (public.accept_intervention(id, false)).status from public.provider_interventions
   where kind = 'workload_reduction'),
  'open', 'Nora takes up less work'
);
select tests.act_as_system();
select pg_temp.assess(nora, '2026-03-02', 85) from story;
select is(app.job_follow_interventions((select lakeside from story), 100), 0, 'an assessment of the same day shows no effect');
select tests.freeze_clock('2026-03-12 15:00+00');
select pg_temp.assess(nora, '2026-03-12', 70.25) from story;
select is(app.job_follow_interventions((select lakeside from story), 100), 1, 'a newer one does');
select results_eq(
  $$ select score_before, score_after, effect from public.provider_interventions
     where user_id = (select nora from story) and kind = 'workload_reduction' $$,
  $$ values (80.50, 70.25, -10.25) $$, 'from before to after'
);
select is(
  (select count(*) from public.provider_interventions where score_after is not null), 1::bigint,
  'an offer that nobody took up has none'
);
select is(app.job_follow_interventions((select lakeside from story), 100), 0, 'a second run changes nothing');
select app.end_intervention(lakeside, (
  select id from public.provider_interventions where user_id = nora and kind = 'workload_reduction'
), 'completed', 'improved') from story;
select tests.freeze_clock('2026-03-20 15:00+00');
select pg_temp.assess(nora, '2026-03-20', 50) from story;
select pg_temp.follow();
select is(
  (select effect from public.provider_interventions where user_id = nora and kind = 'workload_reduction'), -30.50,
  'until the day it is due the newest score counts, also of a closed case'
) from story;
select tests.freeze_clock('2026-04-01 15:00+00');
select pg_temp.assess(nora, '2026-04-01', 20) from story;
select pg_temp.follow();
select is(
  (select effect from public.provider_interventions where user_id = nora and kind = 'workload_reduction'), -30.50,
  'from then on the effect stands'
) from story;
select results_eq(
  $$ select distinct status::text from public.provider_support_circle_invitations $$, array['expired'],
  'invitations that nobody answered are over'
);
select is(
  (select string_agg(distinct status::text, ',') from public.provider_interventions where kind = 'circle_invitation'),
  'cancelled', 'and their cases with them'
);
select tests.freeze_clock('2026-05-01 15:00+00');
select pg_temp.follow();
select is(
  (select count(*) from public.provider_interventions where status = 'proposed'), 0::bigint,
  'an offer lapses a month after it was due'
);

-- No circle has room: the offer waits for one.
update public.provider_support_circles set is_active = false;
select pg_temp.assess(noel, '2026-05-01', 61) from story;
select is(pg_temp.open(), 1, 'without a circle');
select is(
  (select count(*) from public.provider_support_circle_invitations where user_id = noel), 0::bigint, 'nobody is invited'
) from story;
update public.provider_support_circles set is_active = true where name = 'Ended';
select is(pg_temp.open(), 1, 'once there is one');
select is(
  (select count(*) from public.provider_support_circle_invitations where user_id = noel and status = 'pending'), 1::bigint,
  'the invitation follows'
) from story;
select is(
  app.open_intervention(lakeside, hana, 'check_in_call', 'a_rule'), null, 'no case for a person of another organization'
) from story;

select * from finish();
rollback;
