-- Nora (nurse of the Elms) reviews Ruth's plan; Ada (admin) says how soon; Mona (manager) is told; Carl (carer) reads.
begin;
select plan(19);

select tests.freeze_clock('2026-01-31 12:00-06');
create temporary table story as
select lakeside, harbor, tests.make_site(lakeside, 'The Elms') as elms
from (select tests.make_org('lakeside') as lakeside, tests.make_org('harbor') as harbor) as orgs;
create temporary table people as
select
  tests.make_staff(lakeside, 'nurse', 'Nora', elms) as nora,
  tests.make_staff(lakeside, 'manager', 'Mona', elms) as mona,
  tests.make_staff(lakeside, 'carer', 'Carl', elms) as carl,
  tests.make_person(lakeside, 'admin', 'Ada') as ada,
  tests.make_staff(harbor, 'nurse', 'Hugo') as hugo
from story;
create temporary table ruth as select tests.make_resident(lakeside, elms, 'Ruth') as id from story;
grant all on story, people, ruth to public;
create function pg_temp.reviews() returns text language sql as $$
  select string_agg(concat_ws(' ', status, risk_level, due_on, outcome), ', ' order by id) from public.care_plan_reviews
$$;
create function pg_temp.publish(p_risk text) returns void language sql as $$
  select public.save_care_plan_draft(id, jsonb_build_object('risk_level', p_risk), p_base_version => version)
  from public.care_plan_versions where status = 'draft';
  select public.publish_care_plan(id, version) from public.care_plan_versions where status = 'draft'
$$;

select tests.act_as((select nora from people));
do $do$ begin perform public.start_care_plan((select id from ruth), 'falls', 'low', '{"needs": "n", "goals": "g", "interventions": "i"}'); end $do$;
select is(pg_temp.reviews(), null, 'a draft is not reviewed');
do $do$ begin perform pg_temp.publish('low'); end $do$;
select is(pg_temp.reviews(), 'scheduled low 2026-02-28', 'what is published is reviewed in a month');
select is(
  tests.refusal($$ insert into public.care_plan_review_intervals (risk_level, review_days) values ('high', 7) $$), '42501',
  'nurses do not say how soon'
);
select tests.act_as((select ada from people));
select lives_ok(
  $$ insert into public.care_plan_review_intervals (risk_level, review_days) values ('high', 7), ('low', 90) $$, 'administrators do'
);
select tests.act_as((select nora from people));
do $do$ begin perform public.draft_care_plan(care_plan_id) from public.care_plan_versions; end $do$;
do $do$ begin perform pg_temp.publish('high'); end $do$;
select is(pg_temp.reviews(), 'scheduled high 2026-02-07', 'a higher risk brings the review forward');
do $do$ begin perform public.draft_care_plan(care_plan_id) from public.care_plan_versions where status = 'active'; end $do$;
do $do$ begin perform pg_temp.publish('low'); end $do$;
select is(pg_temp.reviews(), 'scheduled low 2026-02-07', 'and publishing again puts it off never');

select tests.act_as_system();
select is(app.job_tell_care_reviews(lakeside, 100), 0, 'before its day nobody is told') from story;
select tests.freeze_clock('2026-02-07 12:00-06');
select is(app.job_tell_care_reviews(lakeside, 100), 1, 'on its day') from story;
select is(app.job_tell_care_reviews(lakeside, 100), 0, 'once') from story;
select is(
  (select array_agg(distinct concat_ws(' ', display_name, payload ->> 'link')) from public.notification_queue inner join public.profiles on profiles.id = recipient_id),
  array[(select 'Mona /care/due_reviews/' || elms from story)], 'the manager is, and of nobody by name'
);

select tests.act_as((select carl from people));
select is(
  tests.refusal($$ select public.complete_care_plan_review(id, 'unchanged') from public.care_plan_reviews $$),
  'permission_denied', 'carers do not review'
);
select tests.act_as_system();
create temporary table review as select id from public.care_plan_reviews;
grant select on review to public;
select tests.act_as((select hugo from people));
select is(
  tests.refusal($$ select public.complete_care_plan_review(id, 'unchanged') from review $$), 'not_found', 'nor do others'
);
select tests.act_as((select nora from people));
select lives_ok(
  $$ select public.complete_care_plan_review(id, 'unchanged', 'Walks well') from review $$, 'a nurse does'
);
select is(
  pg_temp.reviews(), 'completed low 2026-02-07 unchanged, scheduled low 2026-05-08', 'the next one is scheduled by its risk'
);
select is(
  tests.refusal($$ select public.complete_care_plan_review(id, 'changed') from review $$), 'conflict', 'what is done is done once'
);
select is(
  (select note from public.open_care_plan_reviews(array(select id from review), 'treatment')), 'Walks well', 'what was found is kept sealed'
);
select lives_ok(
  $$ select public.complete_care_plan_review(id, 'ended') from public.care_plan_reviews where status = 'scheduled' $$,
  'a review may end the plan'
);
select is(
  pg_temp.reviews(), 'completed low 2026-02-07 unchanged, completed low 2026-05-08 ended', 'then no review follows'
);
select is(
  (select (string_agg(distinct versions.status::text, ', '), count(distinct plans.ended_at))::text from public.care_plan_versions as versions, public.care_plans as plans),
  '(superseded,1)', 'and nothing is followed any more'
);

select * from finish();
rollback;
