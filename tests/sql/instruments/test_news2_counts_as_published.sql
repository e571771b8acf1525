-- Nadia (nurse of Lakeside) scores NEWS2 at every edge of every range and band of the published chart; every figure is
-- computed by hand. Resting values count 0: respiration 16, saturation 98 on scale 1, air, 120 systolic, pulse 70, alert, 37.0.
begin;
select plan(29);

create temporary table story as
select tests.make_person(tests.make_org('lakeside'), 'nurse', 'Nadia') as nadia;
grant select on story to public;

create function pg_temp.news2(p_changed jsonb) returns text language sql as $$
  select scored.score::integer || ' ' || scored.band || ' ' || scored.severity
  from public.instruments
  cross join lateral app.score_instrument(instruments.id, (
    select jsonb_agg(jsonb_build_object(
      'link_id', each.key, case when jsonb_typeof(each.value) = 'number' then 'value' else 'code' end, each.value
    ))
    from jsonb_each(
      '{"respiration_rate": 16, "spo2_scale": "scale_1", "spo2": 98, "air_or_oxygen": "air",
        "systolic_blood_pressure": 120, "pulse": 70, "consciousness": "alert", "temperature": 37.0}' || p_changed
    ) as each
    where jsonb_typeof(each.value) <> 'null'
  )) as scored
  where instruments.code = 'news2' and instruments.is_active
$$;
-- "value=points …" of one item, as counted.
create function pg_temp.counts(p_item text, p_values numeric[], p_else jsonb default '{}') returns text language sql as $$
  select string_agg(
    each.value || '=' || split_part(pg_temp.news2(p_else || jsonb_build_object(p_item, each.value)), ' ', 1), ' '
    order by each.place
  )
  from unnest(p_values) with ordinality as each (value, place)
$$;
create function pg_temp.refused(p_changed jsonb) returns text language plpgsql as $$
declare
  v_message jsonb;
begin
  perform pg_temp.news2(p_changed);
  return null;
exception when sqlstate 'PGRST' then
  get stacked diagnostics v_message = message_text;
  return concat_ws(' ', v_message ->> 'code', (v_message ->> 'details')::jsonb ->> 'link_id');
end
$$;

select tests.act_as((select nadia from story));

select is(pg_temp.news2('{}'), '0 low 0', 'at rest nothing counts');
select is(
  pg_temp.counts('respiration_rate', '{0,8,9,11,12,20,21,24,25,120}'),
  '0=3 8=3 9=1 11=1 12=0 20=0 21=2 24=2 25=3 120=3', 'respiration rate'
);
select is(
  pg_temp.counts('spo2', '{0,91,92,93,94,95,96,100}'), '0=3 91=3 92=2 93=2 94=1 95=1 96=0 100=0', 'saturation, scale 1'
);
select is(
  pg_temp.counts('spo2', '{91,92,93,94,95,96,97}', '{"air_or_oxygen": "oxygen"}'),
  '91=5 92=4 93=4 94=3 95=3 96=2 97=2', 'scale 1 is the same on oxygen, which counts 2'
);
select is(
  pg_temp.counts('spo2', '{0,83,84,85,86,87,88,92,93,94,95,96,97,100}', '{"spo2_scale": "scale_2"}'),
  '0=3 83=3 84=2 85=2 86=1 87=1 88=0 92=0 93=0 94=0 95=0 96=0 97=0 100=0', 'scale 2 on air'
);
select is(
  pg_temp.counts(
    'spo2', '{83,84,85,86,87,88,92,93,94,95,96,97,100}', '{"spo2_scale": "scale_2", "air_or_oxygen": "oxygen"}'
  ),
  '83=5 84=4 85=4 86=3 87=3 88=2 92=2 93=3 94=3 95=4 96=4 97=5 100=5', 'scale 2 on oxygen, which counts 2'
);
select is(
  pg_temp.counts('systolic_blood_pressure', '{0,90,91,100,101,110,111,219,220,350}'),
  '0=3 90=3 91=2 100=2 101=1 110=1 111=0 219=0 220=3 350=3', 'systolic blood pressure'
);
select is(
  pg_temp.counts('pulse', '{0,40,41,50,51,90,91,110,111,130,131,350}'),
  '0=3 40=3 41=1 50=1 51=0 90=0 91=1 110=1 111=2 130=2 131=3 350=3', 'pulse'
);
select is(
  pg_temp.counts('temperature', '{20,35.0,35.1,36.0,36.1,38.0,38.1,39.0,39.1,45}'),
  '20=3 35.0=3 35.1=1 36.0=1 36.1=0 38.0=0 38.1=1 39.0=1 39.1=2 45=2', 'temperature'
);
select is(
  (select string_agg(
    answer || '=' || split_part(pg_temp.news2(jsonb_build_object('consciousness', answer)), ' ', 1), ' ' order by place
  ) from unnest('{alert,confusion,voice,pain,unresponsive}'::text[]) with ordinality as each (answer, place)),
  'alert=0 confusion=3 voice=3 pain=3 unresponsive=3', 'consciousness'
);

-- Bands. Two items of 2, or three of 1, are no single 3.
select is(pg_temp.news2('{"pulse": 91}'), '1 low 0', 'one is low');
select is(pg_temp.news2('{"pulse": 91, "temperature": 38.1, "respiration_rate": 9}'), '3 low 0', 'three times 1 is low');
select is(pg_temp.news2('{"pulse": 111, "temperature": 38.1}'), '3 low 0', 'so is 2 and 1');
select is(pg_temp.news2('{"pulse": 131}'), '3 low_medium 1', 'a single 3 is told apart');
select is(pg_temp.news2('{"pulse": 111, "respiration_rate": 21}'), '4 low 0', 'four of 2 and 2 is low');
select is(pg_temp.news2('{"pulse": 131, "temperature": 38.1}'), '4 low_medium 1', 'four with a single 3 is not');
select is(pg_temp.news2('{"pulse": 111, "respiration_rate": 21, "temperature": 38.1}'), '5 medium 2', 'five is medium');
select is(pg_temp.news2('{"pulse": 131, "air_or_oxygen": "oxygen"}'), '5 medium 2', 'five with a 3 is medium, too');
select is(pg_temp.news2('{"pulse": 131, "consciousness": "voice"}'), '6 medium 2', 'six is medium');
select is(
  pg_temp.news2('{"pulse": 131, "consciousness": "voice", "temperature": 36.0}'), '7 high 3', 'seven is high'
);
select is(
  pg_temp.news2(
    '{"respiration_rate": 25, "spo2": 91, "air_or_oxygen": "oxygen", "systolic_blood_pressure": 90, "pulse": 131,
      "consciousness": "pain", "temperature": 35.0}'
  ),
  '20 high 3', 'twenty is the most there is'
);

-- What no item takes is refused by the item, and is not scored as something near.
select is(pg_temp.refused('{"pulse": 351}'), 'invalid_input pulse', 'above what is taken');
select is(pg_temp.refused('{"pulse": -1}'), 'invalid_input pulse', 'below');
select is(pg_temp.refused('{"pulse": 70.5}'), 'invalid_input pulse', 'half a beat');
select is(pg_temp.refused('{"temperature": 37.05}'), 'invalid_input temperature', 'a place too many');
select is(pg_temp.refused('{"pulse": "70"}'), 'invalid_input pulse', 'a text');
select is(pg_temp.refused('{"consciousness": 3}'), 'invalid_input consciousness', 'points instead of what was seen');
select ok(pg_temp.refused('{"spo2_scale": "scale_3"}') ~ '^invalid_input spo2', 'a scale that is not there');
select is(pg_temp.refused('{"pulse": null}'), 'invalid_input pulse', 'a value is missing');

select * from finish();
rollback;
