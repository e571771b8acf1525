-- Nadia (nurse of Lakeside) answers each instrument at the edges of its bands; every figure is computed by hand.
begin;
select plan(37);

create temporary table story as
select tests.make_person(tests.make_org('lakeside'), 'nurse', 'Nadia') as nadia;
grant select on story to public;

-- One digit per item, in their order: 5 the answer that is listed first, 1 the last (always … never).
create function pg_temp.cbi(p_personal text, p_work text, p_client text) returns jsonb language sql as $$
  select jsonb_agg(jsonb_build_object(
    'link_id', left(scales.prefix, 1) || digits.place,
    'code', case
      when substr(scales.prefix, digits.place::integer + 1, 1) = 'd'
        then (array['very_low', 'low', 'somewhat', 'high', 'very_high'])[digits.digit::integer]
      else (array['never', 'seldom', 'sometimes', 'often', 'always'])[digits.digit::integer]
    end
  ))
  from (values ('pffffff', p_personal), ('wdddffff', p_work), ('cddddff', p_client)) as scales (prefix, answers)
  cross join lateral regexp_split_to_table(scales.answers, '') with ordinality as digits (digit, place)
$$;
-- 1 strongly agree … 4 strongly disagree.
create function pg_temp.olbi(p_answers text) returns jsonb language sql as $$
  select jsonb_agg(jsonb_build_object(
    'link_id', digits.place::text,
    'code', (array['strongly_agree', 'agree', 'disagree', 'strongly_disagree'])[digits.digit::integer]
  ))
  from regexp_split_to_table(p_answers, '') with ordinality as digits (digit, place)
$$;
create function pg_temp.scored(p_code text, p_answers jsonb) returns text[] language sql as $$
  select array_agg(concat_ws(' ', scored.scale, scored.score, scored.band, scored.severity, scored.percent))
  from public.instruments
  cross join lateral app.score_instrument(instruments.id, p_answers) as scored
  where instruments.code = p_code and instruments.is_active
$$;
create function pg_temp.graded(p_scores jsonb) returns text[] language sql as $$
  select array_agg(concat_ws(' ', graded.scale, graded.score, graded.band, graded.severity, graded.percent))
  from public.instruments
  cross join lateral app.grade_scores(instruments.id, p_scores) as graded
  where instruments.code = 'mbi' and instruments.is_active
$$;

select tests.act_as((select nadia from story));

-- Copenhagen. Item 7 of work is reversed: "always enough energy" counts 0.
select is(
  pg_temp.scored('cbi', pg_temp.cbi('333333', '3333333', '333333')),
  array['personal 50.00 moderate 1 50.00', 'work 50.00 moderate 1 50.00', 'client 50.00 moderate 1 50.00'],
  'fifty is moderate'
);
select is(
  pg_temp.scored('cbi', pg_temp.cbi('333332', '3333334', '233333')),
  array['personal 45.83 low 0 45.83', 'work 46.43 low 0 46.43', 'client 45.83 low 0 45.83'],
  'one answer less is low: 275/6, 325/7'
);
select is(
  pg_temp.scored('cbi', pg_temp.cbi('444444', '4444442', '444444')),
  array['personal 75.00 high 2 75.00', 'work 75.00 high 2 75.00', 'client 75.00 high 2 75.00'], 'seventy-five is high'
);
select is(
  pg_temp.scored('cbi', pg_temp.cbi('444443', '4444443', '444443')),
  array['personal 70.83 moderate 1 70.83', 'work 71.43 moderate 1 71.43', 'client 70.83 moderate 1 70.83'],
  'one answer less is moderate: 425/6, 500/7'
);
select is(
  pg_temp.scored('cbi', pg_temp.cbi('555555', '5555551', '555555')),
  array['personal 100.00 severe 3 100.00', 'work 100.00 severe 3 100.00', 'client 100.00 severe 3 100.00'],
  'a hundred is severe'
);
select is(
  pg_temp.scored('cbi', pg_temp.cbi('455555', '5555552', '555554')),
  array['personal 95.83 high 2 95.83', 'work 96.43 high 2 96.43', 'client 95.83 high 2 95.83'],
  'one answer less is high: 575/6, 675/7'
);
select is(
  pg_temp.scored('cbi', pg_temp.cbi('111111', '1111115', '111111')),
  array['personal 0.00 low 0 0.00', 'work 0.00 low 0 0.00', 'client 0.00 low 0 0.00'], 'and nothing is nothing'
);
select is(
  (pg_temp.scored('cbi', pg_temp.cbi('111111', '1111111', '111111')))[2], 'work 14.29 low 0 14.29',
  'never enough energy counts 100 of 700'
);

-- Oldenburg. Counting 2 throughout: agreeing where it is worded well (2), disagreeing where badly (3).
select is(
  pg_temp.scored('olbi', pg_temp.olbi('2333232332332222')),
  array['exhaustion 2.00 low 0 33.33', 'disengagement 2.00 low 0 33.33'], '16/8 is low in both'
);
select is(
  pg_temp.scored('olbi', pg_temp.olbi('2333232332332223')),
  array['exhaustion 2.13 low 0 37.50', 'disengagement 2.00 low 0 33.33'], 'exhaustion 17/8 is low'
);
select is(
  pg_temp.scored('olbi', pg_temp.olbi('2333232332332323')),
  array['exhaustion 2.25 high 2 41.67', 'disengagement 2.00 low 0 33.33'], 'exhaustion 18/8 is high'
);
select is(
  pg_temp.scored('olbi', pg_temp.olbi('3333232332332222')),
  array['exhaustion 2.00 low 0 33.33', 'disengagement 2.13 high 2 37.50'], 'disengagement 17/8 is high'
);
select is(
  pg_temp.scored('olbi', pg_temp.olbi('1111111111111111')),
  array['exhaustion 2.50 high 2 50.00', 'disengagement 2.50 high 2 50.00'],
  'who agrees with everything lands in the middle: four of eight are reversed'
);
select is(
  pg_temp.scored('olbi', pg_temp.olbi('4111414114114444')),
  array['exhaustion 4.00 high 2 100.00', 'disengagement 4.00 high 2 100.00'], 'the worst of both'
);
-- Each reversed item by itself: agreeing more with it is worse, by an eighth.
select is(
  (select array_agg(distinct (pg_temp.scored('olbi', pg_temp.olbi(overlay('2333232332332222' placing '2' from item))))[scale])
   from (values (2, 1), (4, 1), (8, 1), (12, 1)) as reversed (item, scale)),
  array['exhaustion 2.13 low 0 37.50'], 'items 2, 4, 8 and 12 are reversed'
);
select is(
  (select array_agg(distinct (pg_temp.scored('olbi', pg_temp.olbi(overlay('2333232332332222' placing '2' from item))))[scale])
   from (values (3, 2), (6, 2), (9, 2), (11, 2)) as reversed (item, scale)),
  array['disengagement 2.13 high 2 37.50'], 'items 3, 6, 9 and 11 are reversed'
);
select is(
  (select array_agg(distinct (pg_temp.scored('olbi', pg_temp.olbi(overlay('2333232332332222' placing '3' from item))))[scale])
   from (values (5, 1), (10, 1), (14, 1), (16, 1)) as straight (item, scale)),
  array['exhaustion 2.13 low 0 37.50'], 'items 5, 10, 14 and 16 are not'
);
select is(
  (select array_agg(distinct (pg_temp.scored('olbi', pg_temp.olbi(overlay('2333232332332222' placing '3' from item))))[scale])
   from (values (1, 2), (7, 2), (13, 2), (15, 2)) as straight (item, scale)),
  array['disengagement 2.13 high 2 37.50'], 'items 1, 7, 13 and 15 are not'
);

-- The single item.
select is(
  (select array_agg((pg_temp.scored('single_item_burnout', jsonb_build_array(jsonb_build_object('link_id', '1', 'code', code::text))))[1])
   from generate_series(1, 5) as code),
  array[
    'burnout 1.00 not_burned_out 0 0.00', 'burnout 2.00 not_burned_out 0 25.00', 'burnout 3.00 burned_out 2 50.00',
    'burnout 4.00 burned_out 2 75.00', 'burnout 5.00 burned_out 2 100.00'
  ],
  'three and more is burnt out'
);

-- Maslach: results of the subscales only; less accomplishment is worse.
select is(
  pg_temp.graded('{"emotional_exhaustion": 50, "depersonalization": 33.33, "personal_accomplishment": 68.75}'),
  array[
    'emotional_exhaustion 50.00 high 2 50.00', 'depersonalization 33.33 high 2 33.33',
    'personal_accomplishment 68.75 low 2 31.25'
  ],
  'raw sums of 27, 10 and 33 are burnout'
);
select is(
  pg_temp.graded('{"emotional_exhaustion": 48.15, "depersonalization": 30, "personal_accomplishment": 70.83}'),
  array[
    'emotional_exhaustion 48.15 not_high 0 48.15', 'depersonalization 30.00 not_high 0 30.00',
    'personal_accomplishment 70.83 not_low 0 29.17'
  ],
  '26, 9 and 34 are not'
);

-- What is wrong is named by its item, and what was answered is not repeated.
create function pg_temp.refused(p_code text, p_answers jsonb) returns text language plpgsql as $$
declare
  v_message jsonb;
begin
  perform pg_temp.scored(p_code, p_answers);
  return null;
exception when sqlstate 'PGRST' then
  get stacked diagnostics v_message = message_text;
  return concat_ws(
    ' ', v_message ->> 'code', (v_message ->> 'details')::jsonb ->> 'field', (v_message ->> 'details')::jsonb ->> 'link_id',
    (v_message ->> 'details')::jsonb ->> 'scale'
  );
end
$$;
select is(
  pg_temp.refused('olbi', pg_temp.olbi('233323233233222')), 'invalid_input p_answers 16', 'an item is missing'
);
select is(
  pg_temp.refused('olbi', pg_temp.olbi('23332323323322222')), 'invalid_input p_answers 17', 'an item too many'
);
select is(
  pg_temp.refused('olbi', pg_temp.olbi('2333232332332222') || '[{"link_id": "3", "code": "agree"}]'),
  'invalid_input p_answers 3', 'answered twice'
);
select is(
  pg_temp.refused('olbi', pg_temp.olbi('2333232332332222') || '[{"link_id": "3", "code": "disagree"}]'),
  'invalid_input p_answers 3', 'answered twice alike'
);
select is(
  pg_temp.refused('single_item_burnout', '[{"link_id": "1", "code": "6"}]'), 'invalid_input p_answers 1', 'no such answer'
);
select is(
  pg_temp.refused('cbi', jsonb_set(pg_temp.cbi('333333', '3333333', '333333'), '{6,code}', '"always"')),
  'invalid_input p_answers w1', 'an answer of another set'
);
select is(
  pg_temp.refused('single_item_burnout', '[{"link_id": "1"}]'), 'invalid_input p_answers 1', 'an item without an answer'
);
select is(pg_temp.refused('single_item_burnout', '[{"code": "1"}]'), 'invalid_input p_answers', 'an answer to nothing');
select is(pg_temp.refused('single_item_burnout', '["1"]'), 'invalid_input p_answers', 'a list of something else');
select is(pg_temp.refused('single_item_burnout', '{"1": "1"}'), 'invalid_input p_answers', 'an object hides doubled keys');
select is(pg_temp.refused('single_item_burnout', 'null'), 'invalid_input p_answers', 'null');
select is(pg_temp.refused('single_item_burnout', '[]'), 'invalid_input p_answers 1', 'nothing');
select is(pg_temp.refused('mbi', '[]'), 'invalid_input p_answers', 'an instrument without items takes no answers');
select is(
  tests.refusal($$ select pg_temp.graded('{"emotional_exhaustion": 50, "depersonalization": 33}') $$), 'invalid_input',
  'a scale is missing'
);
select is(
  tests.refusal($$ select pg_temp.graded('{"emotional_exhaustion": 50, "depersonalization": 33, "personal_accomplishment": 100.01}') $$),
  'invalid_input', 'a score out of range'
);
select is(
  tests.refusal($$ select pg_temp.graded('{"emotional_exhaustion": 50, "depersonalization": 33, "personal_accomplishment": 1, "luck": 1}') $$),
  'invalid_input', 'a scale that is not there'
);

select * from finish();
rollback;
