-- Ruth lives at the Elms; Carl (carer) and Nora (nurse) work there, Dora is a nurse at the Oaks and a carer at the Elms.
-- The scale by which Ruth's oxygen saturation counts is decided by a nurse and then holds; scores of instruments whose items
-- are not ours are kept as they were found.
begin;
select plan(20);

create temporary table story as
select lakeside, tests.make_site(lakeside, 'The Elms') as elms, tests.make_site(lakeside, 'The Oaks') as oaks
from (select tests.make_org('lakeside') as lakeside) as orgs;
create temporary table people as
select
  tests.make_staff(lakeside, 'carer', 'Carl', elms) as carl,
  tests.make_staff(lakeside, 'nurse', 'Nora', elms) as nora,
  tests.make_staff(lakeside, 'carer', 'Dora', elms) as dora
from story;
insert into public.role_assignments (org_id, user_id, role, site_id, valid_during)
select lakeside, dora, 'nurse', oaks, tstzrange('2020-01-01', null) from story cross join people;
create temporary table ruth as select tests.make_resident(lakeside, elms, 'Ruth') as id from story;
grant select on story, people, ruth to public;

create function pg_temp.saturated(p_scale text default null) returns text language sql as $$
  select concat_ws(' ', made.total::integer, 'scale', made.spo2_scale)
  from public.record_assessment((select id from ruth), 'news2', (
    select jsonb_agg(jsonb_build_object(
      'link_id', each.key, case when jsonb_typeof(each.value) = 'number' then 'value' else 'code' end, each.value
    ))
    from jsonb_each(
      '{"respiration_rate": 16, "spo2": 90, "air_or_oxygen": "air", "systolic_blood_pressure": 120, "pulse": 70,
        "consciousness": "alert", "temperature": 37.0}'
      || case when p_scale is null then '{}' else jsonb_build_object('spo2_scale', p_scale) end
    ) as each
  )) as made
$$;

select tests.act_as((select carl from people));
select is(pg_temp.saturated(), '3 scale 1', 'at first it is scale 1');
select is(tests.refusal($$ select pg_temp.saturated('scale_2') $$), 'permission_denied', 'a carer does not change it');
select tests.act_as((select dora from people));
select is(
  tests.refusal($$ select pg_temp.saturated('scale_2') $$), 'permission_denied', 'nor who is a nurse elsewhere'
);
select tests.act_as((select nora from people));
select is(pg_temp.saturated('scale_2'), '0 scale 2', 'a nurse of the home does');
select tests.act_as((select carl from people));
select is(pg_temp.saturated(), '0 scale 2', 'and it holds');
select is(pg_temp.saturated('scale_2'), '0 scale 2', 'also when it is said');
select is(tests.refusal($$ select pg_temp.saturated('scale_1') $$), 'permission_denied', 'back is a decision, too');
select is(tests.refusal($$ select pg_temp.saturated('scale_7') $$), 'invalid_input', 'no such scale');
select is(
  tests.refusal($$ select public.record_assessment((select id from ruth), 'news2', '{"pulse": 70}') $$), 'invalid_input',
  'something else than answers'
);

-- What is about nurses is not asked of residents, and the other way round.
select is(
  tests.refusal($$ select public.record_assessment((select id from ruth), 'single_item_burnout', '[{"link_id": "1", "code": "1"}]') $$),
  'not_found', 'a questionnaire about nurses'
);
select tests.act_as_system();
select tests.give_consent(lakeside, nora) from story cross join people;
select tests.act_as((select nora from people));
select is(
  tests.refusal($$ select public.submit_instrument_assessment('falls_checklist', (
    select jsonb_agg(jsonb_build_object('link_id', item ->> 'linkId', 'code', 'yes'))
    from jsonb_array_elements(public.get_questionnaire('falls_checklist') -> 'item') as item
  )) $$), 'invalid_input', 'what is about residents is no burnout'
);

-- MUST: its score, and nothing of its items.
select is(
  (select concat_ws(' ', total::integer, band, severity, answers is null)
   from public.record_assessment((select id from ruth), 'must', p_scores => '{"overall_risk": 1}')),
  '1 medium 1 t', 'a score of one is a medium risk'
);
select is(
  (select concat_ws(' ', total::integer, band, severity)
   from public.record_assessment((select id from ruth), 'must', p_scores => '{"overall_risk": 2}')),
  '2 high 2', 'two is a high one'
);
select is(
  (select concat_ws(' ', total::integer, band, severity)
   from public.record_assessment((select id from ruth), 'must', p_scores => '{"overall_risk": 0}')),
  '0 low 0', 'none is a low one'
);
select is(
  tests.refusal($$ select public.record_assessment((select id from ruth), 'must', p_scores => '{"overall_risk": 7}') $$),
  'invalid_input', 'seven there is not'
);
select is(
  tests.refusal($$ select public.record_assessment((select id from ruth), 'must', '[]') $$), 'invalid_input',
  'it takes no answers'
);
select is(
  tests.refusal($$ select public.record_assessment((select id from ruth), 'news2', p_scores => '{"aggregate": 0}') $$),
  'invalid_input', 'and what has items takes no score'
);
select is(
  (select extract(day from next_due_at - last_assessed_at) between 28 and 31 from public.assessment_schedules
   where instrument_code = 'must'), true, 'it is due again in a month'
);

-- The falls checklist: each factor counts one.
select is(
  (select concat_ws(' ', made.total::integer, made.band)
   from public.record_assessment((select id from ruth), 'falls_checklist', (
     select jsonb_agg(jsonb_build_object(
       'link_id', item ->> 'linkId', 'code', case when item ->> 'linkId' in ('fallen', 'sight') then 'yes' else 'no' end
     ))
     from jsonb_array_elements(public.get_questionnaire('falls_checklist') -> 'item') as item
   )) as made),
  '2 found', 'two factors'
);
select is(
  (select array_agg(kind::text) from public.assessment_follow_ups as f
   inner join public.assessments as a on a.id = f.assessment_id where a.instrument_code = 'falls_checklist'),
  array['review_care_plan'], 'the care plan is to be looked at'
);

select * from finish();
rollback;
