-- Nadia (nurse of Lakeside, takes part) assesses herself with several instruments; Nora (nurse, does not take part),
-- Ada (admin, no practitioner) and Hana (nurse of Harbor, where the feature is off) are refused.
begin;
select plan(33);

create temporary table story as
select
  lakeside,
  tests.make_person(lakeside, 'nurse', 'Nadia') as nadia,
  tests.make_person(lakeside, 'nurse', 'Nora') as nora,
  tests.make_person(lakeside, 'admin', 'Ada') as ada,
  tests.make_person(harbor, 'nurse', 'Hana') as hana
from (
  select tests.make_org('lakeside') as lakeside, tests.make_org('harbor', p_has_resilience_hub => false) as harbor
) as orgs;
grant select on story to public;
select tests.give_consent(lakeside, nadia, 'anonymous') from story;

-- 03:30 UTC on the 10th is 22:30 on the 9th in Chicago.
select tests.freeze_clock('2026-03-10 03:30+00');
select tests.act_as((select nadia from story));
create function pg_temp.kept() returns setof text language sql as $$
  select concat_ws(
    ' ', assessment_date, code, emotional_exhaustion_score, depersonalization_score, personal_accomplishment_score,
    headline_score, headline_band, composite_burnout_score, risk_level
  )
  from public.get_burnout_assessments() as kept inner join public.instruments on instruments.id = kept.instrument_id
  order by 1
$$;
create function pg_temp.scores() returns setof text language sql as $$
  select concat_ws(' ', code, scale_code, score, band, severity)
  from public.provider_assessment_scores as scores
  inner join public.provider_burnout_assessments as kept on kept.id = scores.assessment_id
  inner join public.instruments on instruments.id = kept.instrument_id
  order by 1
$$;
create function pg_temp.olbi(p_answers text) returns jsonb language sql as $$
  select jsonb_agg(jsonb_build_object(
    'link_id', digits.place::text,
    'code', (array['strongly_agree', 'agree', 'disagree', 'strongly_disagree'])[digits.digit::integer]
  ))
  from regexp_split_to_table(p_answers, '') with ordinality as digits (digit, place)
$$;

select results_eq(
  $$ select assessment_date, composite_burnout_score, risk_level::text, intervention_triggered, answers, version
     from public.submit_burnout_assessment(85, 75, 20) $$,
  $$ values ('2026-03-09'::date, 80.50, 'critical', false, null::bytea, 1) $$, 'on the organization''s day'
);
select results_eq(
  'select * from pg_temp.kept()', array['2026-03-09 mbi 85.00 75.00 20.00 80.50 critical'], 'kept'
);
select results_eq(
  'select * from pg_temp.scores()',
  array['mbi depersonalization 75.00 high 2', 'mbi emotional_exhaustion 85.00 high 2', 'mbi personal_accomplishment 20.00 low 2'],
  'with its scales'
);
select is((public.submit_burnout_assessment(10, 20, 90)).version, 2, 'again on the same day: the same row');
select results_eq(
  'select * from pg_temp.kept()', array['2026-03-09 mbi 10.00 20.00 90.00 13.00 low'], 'with the new results: 4 + 6 + 3'
);
select results_eq(
  'select * from pg_temp.scores()',
  array['mbi depersonalization 20.00 not_high 0', 'mbi emotional_exhaustion 10.00 not_high 0', 'mbi personal_accomplishment 90.00 not_low 0'],
  'and scales'
);

-- The headline is the worst scale, as percent of its range; it is the composite, too.
select results_eq(
  $$ select headline_score, headline_band, composite_burnout_score, risk_level::text
     from public.submit_instrument_assessment('olbi', pg_temp.olbi('2333232332332323')) $$,
  $$ values (41.67, 'high', 41.67, 'moderate') $$, 'exhaustion 2.25 of 1 to 4'
);
select results_eq(
  $$ select headline_score, headline_band, composite_burnout_score, risk_level::text
     from public.submit_instrument_assessment('olbi', pg_temp.olbi('3333232332332222')) $$,
  $$ values (37.50, 'high', 37.50, 'low') $$, 'disengagement 2.125'
);
select results_eq(
  $$ select headline_score, headline_band, composite_burnout_score, risk_level::text
     from public.submit_instrument_assessment('single_item_burnout', '[{"link_id": "1", "code": "4"}]') $$,
  $$ values (75.00, 'burned_out', 75.00, 'critical') $$, 'the single item'
);
select is((select count(*) from pg_temp.kept()), 3::bigint, 'one of each');
select is(
  (select count(*) from pg_temp.scores() as score where score like 'olbi %'), 2::bigint, 'scales are replaced, not added'
);

-- Nothing but answers is kept.
select is(
  (public.submit_instrument_assessment('single_item_burnout', '[{"link_id": "1", "code": "2", "note": "about Mr Moss"}]')).version,
  2, 'something beside an answer'
);
select is(
  (select o.answers from public.provider_burnout_assessments as k
   cross join lateral public.open_provider_burnout_assessments(array[k.id], 'patient_request') as o
   where k.headline_band = 'not_burned_out'),
  '[{"link_id": "1", "code": "2"}]', 'is left out'
);

-- After midnight.
select tests.freeze_clock('2026-03-10 05:30+00');
select is((public.submit_burnout_assessment(50, 50, 50)).assessment_date, '2026-03-10'::date, 'another day');
select is((select count(*) from pg_temp.kept()), 4::bigint, 'another row');
select results_eq(
  'select distinct assessment_date from public.get_burnout_assessments(1)', array['2026-03-10'::date], 'newest first'
);
create temporary table pages (id uuid, page integer);
insert into pages select id, 1 from public.get_burnout_assessments(2);
insert into pages select id, 2 from public.get_burnout_assessments(2, (
  select id from public.get_burnout_assessments(2) offset 1
));
select is((select count(distinct id) from pages), 4::bigint, 'two pages of two, though three are of one day');
select is(tests.refusal('select public.get_burnout_assessments(0)'), 'invalid_input', 'no page of none');
select is(tests.refusal('select public.get_burnout_assessments(501)'), 'invalid_input', 'nor of all');
select is(tests.refusal('select public.get_burnout_assessments(5, gen_random_uuid())'), 'not_found', 'before what?');

select is(tests.refusal('select public.submit_burnout_assessment(1, 1, 101)'), 'invalid_input', 'out of range');
select is(tests.refusal('select public.submit_burnout_assessment(1, null, 1)'), 'invalid_input', 'one result missing');
select is(tests.refusal($$ select public.submit_instrument_assessment('nothing', '[]') $$), 'not_found', 'no such instrument');
select is(tests.refusal($$ select public.submit_instrument_assessment('mbi', '[]') $$), 'invalid_input', 'it has no items here');
select is(tests.refusal($$ select public.submit_instrument_assessment('olbi', '[]') $$), 'invalid_input', 'nothing answered');
select is((select count(*) from pg_temp.kept()), 4::bigint, 'nothing of that was kept');

-- Who does not take part, is no practitioner, or has not the feature.
select tests.act_as((select nora from story));
select is(tests.refusal('select public.submit_burnout_assessment(1, 1, 1)'), 'consent_required', 'nothing without consent');
select is_empty('select * from public.get_burnout_assessments()', 'and nothing was kept');
select tests.act_as((select ada from story));
select is(
  tests.refusal('select public.submit_burnout_assessment(1, 1, 1)'), 'permission_denied', 'who is no practitioner'
);
select tests.act_as((select hana from story));
select is(tests.refusal('select public.submit_burnout_assessment(1, 1, 1)'), 'feature_disabled', 'the feature is off');

-- A closed day stays as it was, even for a function of ours that acts for her.
select tests.act_as_system();
create function pg_temp.as_nadia(p_statement text) returns text language plpgsql as $$
begin
  perform set_config('request.jwt.claims', jsonb_build_object(
    'sub', (select nadia from story), 'role', 'authenticated', 'aal', 'aal2',
    'session_id', tests.open_session((select nadia from story))
  )::text, true);
  return tests.refusal(p_statement);
end
$$;
select is(
  pg_temp.as_nadia($$ update public.provider_burnout_assessments set headline_score = 1 where assessment_date = '2026-03-09' and headline_score is not null $$),
  'invalid_input', 'yesterday is closed'
);
select is(
  pg_temp.as_nadia($$ update public.provider_burnout_assessments set intervention_triggered = true where assessment_date = '2026-03-09' $$),
  null, 'that an intervention began is noted any day'
);
update public.provider_consents set withdrawn_at = now() where user_id = (select nadia from story);
select tests.act_as((select nadia from story));
select is(
  tests.refusal('select public.submit_burnout_assessment(1, 1, 1)'), 'consent_required', 'a withdrawal acts at once'
);

select * from finish();
rollback;
