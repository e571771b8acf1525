-- Nadia (nurse of Lakeside) asks what three results come to: weights, bands and their edges, the given case among them.
begin;
select plan(24);

create temporary table story as
select tests.make_person(tests.make_org('lakeside'), 'nurse', 'Nadia') as nadia,
  tests.make_person(tests.make_org('harbor', p_has_resilience_hub => false), 'nurse', 'Hana') as hana;
grant select on story to public;

select tests.act_as((select nadia from story));
create function pg_temp.risk(p_ee numeric, p_dp numeric, p_pa numeric) returns text language sql as $$
  select concat_ws(' ', composite_burnout_score, risk_level) from public.calculate_burnout_risk(p_ee, p_dp, p_pa)
$$;

select is(pg_temp.risk(85, 75, 20), '80.50 critical', 'the given case: 34 + 22.5 + 24');

-- The weights, one at a time.
select is(pg_temp.risk(0, 0, 100), '0.00 low', 'nothing');
select is(pg_temp.risk(100, 0, 100), '40.00 moderate', 'exhaustion weighs 40');
select is(pg_temp.risk(0, 100, 100), '30.00 low', 'depersonalization weighs 30');
select is(pg_temp.risk(0, 0, 0), '30.00 low', 'and so does lack of accomplishment');
select is(pg_temp.risk(100, 100, 0), '100.00 critical', 'everything');

-- The edges of the bands: 0.4 of what exhaustion is over 0, in hundredths.
select is(pg_temp.risk(99.97, 0, 100), '39.99 low', 'below 40');
select is(pg_temp.risk(99.98, 0, 100), '39.99 low', '39.992 is 39.99');
select is(pg_temp.risk(99.99, 0, 100), '40.00 moderate', '39.996 is 40');
select is(pg_temp.risk(74.97, 100, 100), '59.99 moderate', 'below 60');
select is(pg_temp.risk(75, 100, 100), '60.00 high', 'from 60');
select is(pg_temp.risk(100, 100, 83.37), '74.99 high', 'below 75');
select is(pg_temp.risk(100, 100, 83.33), '75.00 critical', 'from 75');

select is(tests.refusal('select public.calculate_burnout_risk(-0.01, 0, 0)'), 'invalid_input', 'below nothing');
select is(tests.refusal('select public.calculate_burnout_risk(0, 100.01, 0)'), 'invalid_input', 'above all');
select is(tests.refusal('select public.calculate_burnout_risk(0, 0, null)'), 'invalid_input', 'unknown');
select is(tests.refusal($$ select public.calculate_burnout_risk(0, 0, 'NaN') $$), 'invalid_input', 'not a number');
select is_empty('select * from public.get_burnout_assessments()', 'nothing is kept of it');

select is(
  (select array_agg(app.burnout_level(score)::text) from unnest(array[0, 39.99, 40, 59.99, 60, 74.99, 75, 100]) as score),
  array['low', 'low', 'moderate', 'moderate', 'high', 'high', 'critical', 'critical'], 'the bands themselves'
);
select is(app.burnout_level(null), null, 'of nothing nothing');
select is(app.burnout_composite(1, null, 1), null, 'of two results none');
select is(
  (select provolatile::text from pg_proc where oid = 'app.burnout_level(numeric)'::regprocedure), 'i',
  'immutable: a column is computed by it'
);

select tests.act_as((select hana from story));
select is(tests.refusal('select public.calculate_burnout_risk(1, 1, 1)'), 'feature_disabled', 'the feature is off');
select tests.act_as_anonymous();
select is(tests.refusal('select public.calculate_burnout_risk(1, 1, 1)'), '42501', 'anonymous: refused');

select * from finish();
rollback;
