-- Nora (nurse) and Mona (manager) of the Elms write Ruth's care plan; Carl (carer) reads and acknowledges it; Olga (nurse
-- of the Oaks), Ola (owner), Ada (admin) and Hugo of Harbor do not write it.
begin;
select plan(45);

create temporary table story as
select lakeside, harbor, tests.make_site(lakeside, 'The Elms') as elms, tests.make_site(lakeside, 'The Oaks') as oaks
from (select tests.make_org('lakeside') as lakeside, tests.make_org('harbor') as harbor) as orgs;
create temporary table people as
select
  tests.make_staff(lakeside, 'nurse', 'Nora', elms) as nora,
  tests.make_staff(lakeside, 'manager', 'Mona', elms) as mona,
  tests.make_staff(lakeside, 'carer', 'Carl', elms) as carl,
  tests.make_person(lakeside, 'nurse', 'Nell', elms) as nell,
  tests.make_staff(lakeside, 'nurse', 'Olga', oaks) as olga,
  tests.make_staff(lakeside, 'org_owner', 'Ola') as ola,
  tests.make_staff(lakeside, 'admin', 'Ada') as ada,
  tests.make_staff(harbor, 'nurse', 'Hugo') as hugo
from story;
create temporary table ruth as select tests.make_resident(lakeside, elms, 'Ruth') as id from story;
create temporary table kept (name text, id uuid, row_version integer);
grant all on story, people, ruth, kept to public;

create function pg_temp.starts() returns text language sql as $$
  select tests.refusal($call$
    select public.start_care_plan((select id from ruth), 'skin', 'low')
  $call$)
$$;
create function pg_temp.versions() returns text language sql as $$
  select string_agg(concat_ws(' ', status, version_number), ', ' order by id) from public.care_plan_versions
$$;
create function pg_temp.says(p_name text) returns jsonb language sql as $$
  select opened.content from public.open_care_plan_versions(
    array(select id from kept where name = p_name), 'treatment'
  ) as opened
$$;

-- Who begins one.
select tests.act_as((select carl from people));
select is(pg_temp.starts(), 'permission_denied', 'carers do not write care plans');
select tests.act_as((select ada from people));
select is(pg_temp.starts(), 'permission_denied', 'nor do administrators');
select tests.act_as((select ola from people));
select is(pg_temp.starts(), 'permission_denied', 'nor owners');
select tests.act_as((select olga from people));
select is(pg_temp.starts(), 'not_found', 'nor the nurse of another home');
select tests.act_as((select hugo from people));
select is(pg_temp.starts(), 'not_found', 'nor anybody of another organization');

select tests.act_as((select nora from people));
insert into kept
select 'first', started.id, started.version
from public.start_care_plan(
  (select id from ruth), 'mobility', 'medium', '{"needs": "Walks with a frame", "goals": "Walks to lunch"}'
) as started;
select is(pg_temp.versions(), 'draft', 'a nurse of the home begins a draft');
select is(
  tests.refusal($$ select public.start_care_plan((select id from ruth), 'mobility', 'low') $$), 'conflict',
  'of each type there is one plan'
);
select is(
  tests.refusal($$ select public.start_care_plan((select id from ruth), 'skin', 'low', '{"secret": "x"}') $$),
  'invalid_input', 'a plan says needs, goals and interventions and nothing else'
);
select is(
  tests.refusal(format(
    $$ select public.start_care_plan((select id from ruth), 'skin', 'low', '{"needs": "%s"}') $$, repeat('x', 10001)
  )), 'invalid_input', 'in at most 10,000 characters each'
);

-- Two write at once.
select is(
  tests.refusal($$ select public.publish_care_plan(id, row_version) from kept $$), 'conflict',
  'what lacks interventions is not published'
);
select is(
  (
    select (row_values ->> 'interventions', is_changed, conflicts)::text
    from kept, public.save_care_plan_draft(kept.id, '{"interventions": "One carer beside her"}', '{"interventions": ""}')
  ), '("One carer beside her",t,[])', 'a field is saved'
);
select tests.act_as((select mona from people));
select is(
  (
    select (row_values ->> 'interventions', row_values ->> 'goals', conflicts)::text
    from kept, public.save_care_plan_draft(kept.id, '{"goals": "Walks to tea"}', p_base_version => 1, p_base => '{"goals": "Walks to lunch"}')
  ), '("One carer beside her","Walks to tea",[])', 'another field, by somebody who began before, is merged'
);
select is(
  (
    select (row_values ->> 'goals', is_changed, conflicts)::text
    from kept, public.save_care_plan_draft(kept.id, '{"goals": "Walks home"}', '{"goals": "Walks to lunch"}')
  ),
  ('Walks to tea', false, '[{"base": "Walks to lunch", "field": "goals", "yours": "Walks home", "theirs": "Walks to tea"}]'::jsonb)::text,
  'the same field, from what it no longer says, is a conflict and not overwritten'
);
select is(
  (select row_values ->> 'risk_level' from kept, public.save_care_plan_draft(kept.id, '{"risk_level": "high"}', '{"risk_level": "medium"}')),
  'high', 'the risk is merged likewise'
);
select is(
  tests.refusal($$ select public.save_care_plan_draft(id, '{"risk_level": "none"}', '{}') from kept $$), 'invalid_input',
  'and is one that there is'
);
select is(
  tests.refusal($$ select public.save_care_plan_draft(id, '{"status": "active"}', '{}') from kept $$), 'invalid_input',
  'nothing else is changed so'
);
select tests.act_as((select carl from people));
select is(
  tests.refusal($$ select public.save_care_plan_draft(id, '{"goals": "x"}', '{}') from kept $$), 'permission_denied',
  'a carer changes nothing'
);
select is(
  tests.refusal($$ update public.care_plan_versions set status = 'active' $$), '42501', 'nor past the calls'
);
select is(tests.refusal($$ select public.acknowledge_care_plan(id) from kept $$), 'conflict', 'a draft is not acknowledged');

-- Publishing.
select tests.act_as((select mona from people));
select is(
  tests.refusal($$ select public.publish_care_plan(id, 1) from kept $$), 'conflict', 'what one has not read is not published'
);
update kept set row_version = (select version from public.care_plan_versions);
select tests.act_as((select nell from people));
select is(
  tests.refusal($$ select public.publish_care_plan(id, row_version) from kept $$), 'permission_denied',
  'who is no member of staff signs nothing'
);
select tests.act_as((select mona from people));
select lives_ok($$ select public.publish_care_plan(id, row_version) from kept $$, 'the manager publishes it');
select is(pg_temp.versions(), 'active 1', 'care follows it');
select is((select published_by from public.care_plan_versions), (select mona from people), 'it says who published it');
select is(
  tests.refusal($$ select public.save_care_plan_draft(id, '{"goals": "x"}', p_base_version => 5) from kept $$), 'conflict',
  'what was published is not changed'
);
select tests.act_as_system();
select is(
  tests.refusal($$ update public.care_plan_versions set content = app.plain('{"needs": "", "goals": "", "interventions": ""}'::jsonb) $$),
  'conflict', 'by nobody'
);
select is(tests.refusal($$ update public.care_plan_versions set risk_level = 'low' $$), 'conflict', 'and in no part');
select is(tests.refusal($$ delete from public.care_plan_versions $$), 'conflict', 'nor deleted');
select is(
  (
    select (events.changes -> 'status', events.actor_id)::text
    from public.audit_events as events
    where
      events.table_name = 'public.care_plan_versions' and events.action = 'update'
      and events.changes -> 'status' = '["draft", "active"]'
  ), ('["draft", "active"]'::jsonb, (select mona from people))::text, 'publishing leaves an event: who, and what became of it'
);
select is_empty(
  $$ select table_name, changes from public.audit_events where changes::text ~ 'Walks|carer beside' $$,
  'and nothing of what the plan says'
);

-- Acknowledging, and the next version.
select tests.act_as((select carl from people));
select is(
  (select acknowledged_by from kept, public.acknowledge_care_plan(kept.id)), (select carl from people), 'a carer acknowledges it'
);
select lives_ok($$ select public.acknowledge_care_plan(id) from kept $$, 'twice is once');
select is((select count(*) from public.care_plan_acknowledgements), 1::bigint, 'for each person and version');
select tests.act_as((select olga from people));
select is(tests.refusal($$ select public.acknowledge_care_plan(id) from kept $$), 'not_found', 'not in another home');
select is(pg_temp.versions(), null, 'where it is not read either');
select tests.act_as((select nora from people));
insert into kept
select 'second', drafted.id, drafted.version
from public.draft_care_plan((select care_plan_id from public.care_plan_versions)) as drafted;
select is(
  pg_temp.says('second'), pg_temp.says('first'), 'the next draft begins with what is followed now'
);
select is(pg_temp.versions(), 'active 1, draft', 'which is followed meanwhile');
select is(
  (select again.id from public.draft_care_plan((select distinct care_plan_id from public.care_plan_versions)) as again),
  (select id from kept where name = 'second'), 'there is one draft at a time'
);
select lives_ok($$ select public.publish_care_plan(id, row_version) from kept where name = 'second' $$, 'published');
select is(pg_temp.versions(), 'superseded 1, active 2', 'it takes the place of the first');
select is((select count(*) from public.care_plan_acknowledgements), 1::bigint, 'what was acknowledged stays acknowledged');
select is(pg_temp.says('first') ->> 'goals', 'Walks to tea', 'and what was published can be read for ever');

-- A new key: what was published is sealed anew and says what it said.
select tests.act_as_system();
create temporary table sealed as select id, content, version from public.care_plan_versions;
select ok(app.rotate_data_keys((select lakeside from story), now() + interval '1 day') > 0, 'keys are renewed');
select is(
  (select resealed_count from app.reseal_rows('public.care_plan_versions', null, null, 100)), 2,
  'what was published is sealed anew'
);
select is_empty(
  $$ select 1 from public.care_plan_versions inner join sealed using (id)
  where care_plan_versions.content = sealed.content or care_plan_versions.version <> sealed.version $$,
  'which is no change of it'
);

select * from finish();
rollback;
