-- Ruth lives at the Elms. Carl (carer), Nora (nurse), Mona (manager) and Cleo (clinician) work there, Nils (nurse) for the
-- whole organization, Oscar (carer) at the Oaks; Ola owns Lakeside, Ada administers it, Finn is Ruth's son and may know all
-- that can be shared; Hugo manages Harbor. What NEWS2 finds is scored, kept, followed up and told to who can act.
begin;
select plan(51);

create temporary table story as
select lakeside, harbor, tests.make_site(lakeside, 'The Elms') as elms, tests.make_site(lakeside, 'The Oaks') as oaks
from (select tests.make_org('lakeside') as lakeside, tests.make_org('harbor') as harbor) as orgs;
create temporary table people as
select
  tests.make_staff(lakeside, 'carer', 'Carl', elms) as carl,
  tests.make_staff(lakeside, 'nurse', 'Nora', elms) as nora,
  tests.make_staff(lakeside, 'manager', 'Mona', elms) as mona,
  tests.make_person(lakeside, 'clinician', 'Cleo', elms) as cleo,
  tests.make_staff(lakeside, 'nurse', 'Nils') as nils,
  tests.make_staff(lakeside, 'carer', 'Oscar', oaks) as oscar,
  tests.make_person(lakeside, 'org_owner', 'Ola') as ola,
  tests.make_person(lakeside, 'admin', 'Ada') as ada,
  tests.make_person(lakeside, 'family', 'Finn') as finn,
  tests.make_staff(harbor, 'manager', 'Hugo') as hugo
from story;
create temporary table ruth as select tests.make_resident(lakeside, elms, 'Ruth') as id from story;
select tests.share_resident(
  lakeside, ruth.id, people.finn, variadic enum_range(null::public.resident_topic)
) from story cross join people cross join ruth;
grant select on story, people, ruth to public;
select tests.freeze_clock('2026-03-02 08:00+00');

-- At rest, all counting nothing; changed by what is given.
create function pg_temp.measured(p_changed jsonb default '{}') returns jsonb language sql as $$
  select jsonb_agg(jsonb_build_object(
    'link_id', each.key, case when jsonb_typeof(each.value) = 'number' then 'value' else 'code' end, each.value
  ))
  from jsonb_each(
    '{"respiration_rate": 16, "spo2": 98, "air_or_oxygen": "air", "systolic_blood_pressure": 120, "pulse": 70,
      "consciousness": "alert", "temperature": 37.0}' || p_changed
  ) as each
$$;
create function pg_temp.news2(p_changed jsonb default '{}', p_at timestamptz default null, p_corrects uuid default null)
returns text language sql as $$
  select concat_ws(' ', made.total::integer, made.band, made.severity, 'scale', made.spo2_scale)
  from public.record_assessment(
    (select id from ruth), 'news2', pg_temp.measured(p_changed), p_assessed_at => p_at, p_corrects_id => p_corrects
  ) as made
$$;
create function pg_temp.due() returns text language sql security definer as $$
  select to_char(next_due_at at time zone 'UTC', 'DD HH24:MI') from public.assessment_schedules
  where instrument_code = 'news2'
$$;
create function pg_temp.asked() returns text language sql security definer as $$
  select string_agg(
    kind || ' ' || to_char(due_at at time zone 'UTC', 'HH24:MI')
    || case when done_at is not null then ' done' when cancelled_at is not null then ' cancelled' else '' end,
    ', ' order by id
  )
  from public.assessment_follow_ups
$$;
-- Who was told since the last time this was asked.
create function pg_temp.told() returns text language plpgsql security definer as $$
declare
  v_told text;
begin
  select string_agg(distinct profiles.display_name, ', ') into v_told
  from public.notification_queue as queue
  inner join public.profiles on profiles.id = queue.recipient_id
  where queue.template_key = 'care.assessment' and queue.priority = 'urgent' and queue.dedupe_key not like 'told:%';
  update public.notification_queue set dedupe_key = 'told:' || id where template_key = 'care.assessment';
  return v_told;
end
$$;
create function pg_temp.newest() returns uuid language sql security definer as $$
  select id from public.assessments order by id desc limit 1
$$;

-- Carl measures: what follows is by the published frequency of each band.
select tests.act_as((select carl from people));
select is(pg_temp.news2(), '0 low 0 scale 1', 'a carer measures; it is scored');
select is(pg_temp.due(), '02 20:00', 'nothing counts: again within 12 hours');
select is(pg_temp.asked(), null, 'and nothing else follows');
select is(pg_temp.news2('{"pulse": 91}'), '1 low 0 scale 1', 'something counts');
select is(pg_temp.due(), '02 12:00', 'again within 4 hours');
select is(pg_temp.asked(), 'inform_nurse 12:00', 'and a nurse is to look');
select is(pg_temp.told(), null, 'nobody is alarmed');
select is(pg_temp.news2('{"pulse": 131}'), '3 low_medium 1 scale 1', 'a single 3');
select is(pg_temp.due(), '02 09:00', 'again within the hour');
select is(pg_temp.told(), 'Mona, Nora', 'the nurse and the manager of the home are told at once');
select is(pg_temp.news2('{"pulse": 131, "air_or_oxygen": "oxygen"}'), '5 medium 2 scale 1', 'five');
select is(pg_temp.told(), 'Mona, Nora', 'are told, too');
select is(
  pg_temp.news2('{"pulse": 131, "consciousness": "voice", "temperature": 39.1}'), '8 high 3 scale 1', 'seven and more'
);
select is(pg_temp.due(), '02 08:00', 'are watched without a pause');
select is(pg_temp.told(), 'Cleo, Mona, Nora', 'and the clinician is told, too');
select is(
  pg_temp.asked(),
  'inform_nurse 12:00, urgent_review 09:00, urgent_review 09:00, emergency_response 08:00', 'each asks for its own'
);
select tests.act_as_system();
select is(
  (select array_agg(distinct key || left(value, 18)) from public.notification_queue
   cross join lateral jsonb_each_text(payload)),
  array['link/care/assessments/'], 'a message has a link and no value'
);
select tests.act_as((select nora from people));
select is(pg_temp.news2('{"pulse": 131}'), '3 low_medium 1 scale 1', 'a nurse who measures herself');
select is(pg_temp.told(), 'Mona', 'is not told what she knows');

-- Entered late: what is newer stands.
select is(pg_temp.news2('{"pulse": 131, "consciousness": "pain", "spo2": 90}', '2026-03-02 03:00+00'), '9 high 3 scale 1', 'of the night');
select is(pg_temp.due() || coalesce(pg_temp.told(), ''), '02 09:00', 'moves nothing and alarms nobody');
select is(
  tests.refusal($$ select pg_temp.news2('{}', '2026-03-02 09:00+00') $$), 'invalid_input', 'nothing of the future'
);

-- A correction takes the place of what it corrects, with all that follows.
select is(
  pg_temp.news2('{}', null, (
    select id from public.assessments where assessed_at = app.clock() order by id desc limit 1
  )), '0 low 0 scale 1', 'the last one of 8:00 was somebody else''s'
);
select is(pg_temp.due(), '02 20:00', 'the correction is the newest now');
select ok(pg_temp.asked() like '%urgent_review 09:00 cancelled', 'what the wrong one asked for is cancelled');
select is(
  tests.refusal($$ select pg_temp.news2('{}', null, (select corrects_id from public.assessments where corrects_id is not null)) $$),
  'conflict', 'a second correction corrects the first'
);
select is(
  (select count(*) from public.list_resident_assessments((select id from ruth), 'treatment')), 7::bigint,
  'what was corrected is not listed'
);
select is(
  (select count(*) from public.list_resident_assessments((select id from ruth), 'treatment', p_with_corrected => true)),
  8::bigint, 'unless it is asked for'
);
select is(
  (select array_agg(total::integer) from public.list_resident_assessments(
    (select id from ruth), 'treatment', p_limit => 2,
    p_before => (select id from public.list_resident_assessments((select id from ruth), 'treatment', p_limit => 1))
  )), array[8, 5], 'a page goes on after the last one'
);
select is(
  tests.refusal($$ select public.list_resident_assessments((select id from ruth), null) $$), 'invalid_input',
  'nothing is opened for nothing'
);
select is(
  (select answers @> '[{"link_id": "pulse", "value": 131}]' and not answers::text like '%note%'
   from public.list_resident_assessments((select id from ruth), 'treatment', 'news2') where total = 8),
  true, 'the values open for who may read them'
);

-- Who ticks off.
select ok(
  (select ended.done_by = (select nora from people) from public.assessment_follow_ups as f
   cross join lateral public.complete_assessment_follow_up(f.id) as ended where f.kind = 'inform_nurse'),
  'the nurse has looked'
);
select tests.act_as((select carl from people));
select is(
  tests.refusal($$ select public.complete_assessment_follow_up(id) from public.assessment_follow_ups where kind = 'inform_nurse' $$),
  'conflict', 'nobody else says so again'
);
select tests.act_as((select cleo from people));
select is(
  tests.refusal($$ select public.complete_assessment_follow_up(id) from public.assessment_follow_ups where kind = 'emergency_response' $$),
  'permission_denied', 'who is not employed signs nothing'
);

-- Who sees and who does not.
select tests.act_as((select oscar from people));
select is(tests.refusal('select pg_temp.news2()'), 'not_found', 'a carer of another home measures nobody here');
select is((select count(*) from public.assessments), 0::bigint, 'nor reads');
select is((select count(*) from public.assessment_schedules), 0::bigint, 'nor sees what is due');
select tests.act_as((select finn from people));
select is(
  tests.refusal('select pg_temp.news2()') || ' ' || (select count(*) from public.assessments), 'permission_denied 0',
  'a relative neither'
);
select tests.act_as((select hugo from people));
select is(
  tests.refusal('select pg_temp.news2()') || ' ' || (select count(*) from public.assessments), 'not_found 0',
  'nor another organization'
);
select tests.act_as((select ola from people));
select is((select count(*) from public.assessments), 8::bigint, 'the owner reads');
select is(tests.refusal('select pg_temp.news2()'), 'permission_denied', 'and does not measure');
select is(
  tests.refusal($$ update public.assessments set total = 0 $$), '42501', 'nobody changes a result'
);
select tests.act_as_system();
select is(
  tests.refusal($$ update public.assessments set total = 0 $$), 'conflict', 'the owner of the database neither'
);

-- Rules are data.
select tests.act_as((select mona from people));
select is(
  tests.refusal($$ insert into public.assessment_rules (instrument_code, band) values ('news2', 'high') $$), '42501',
  'a manager does not change what follows'
);
select tests.act_as((select ada from people));
insert into public.assessment_rules (instrument_code, band, from_score, repeat_after, notify_roles, follow_up_kind, due_within)
values ('news2', 'low', 0, '1 day', '{}', null, null), ('news2', 'low', 2, '2 hours', '{nurse}', 'urgent_review', '30 minutes');
select is(
  (select array_agg(from_score::integer || ' ' || repeat_after || ' ' || is_default order by from_score)
   from public.get_assessment_rules('news2') where band = 'low'),
  array['0 1 day false', '1 04:00:00 true', '2 02:00:00 false'], 'an administrator does; the rest stays the default'
);
select tests.freeze_clock('2026-03-02 10:00+00');
select tests.act_as((select carl from people));
select ok(pg_temp.news2() = '0 low 0 scale 1' and pg_temp.due() = '03 10:00', 'the organization''s rule holds');
select ok(
  pg_temp.news2('{"pulse": 111}') = '2 low 0 scale 1' and pg_temp.due() = '02 12:00' and pg_temp.told() = 'Nora',
  'also one for a score within a band'
);
select tests.act_as((select ada from people));
update public.assessment_rules set is_active = false where from_score = 2;
select tests.act_as((select carl from people));
select ok(
  pg_temp.news2('{"pulse": 111}') = '2 low 0 scale 1' and pg_temp.due() is null and pg_temp.told() is null,
  'switched off, nothing follows'
);
-- What is set for one resident makes it sooner and never later.
select tests.act_as((select nora from people));
select is(
  (select to_char(next_due_at at time zone 'UTC', 'DD HH24:MI')
   from public.schedule_assessment((select id from ruth), 'news2', '6 hours')), '02 16:00', 'a nurse wants it sooner'
);
select ok(pg_temp.news2('{"pulse": 91}') = '1 low 0 scale 1' and pg_temp.due() = '02 14:00', 'the sooner of both holds');
select tests.act_as((select carl from people));
select is(
  tests.refusal($$ select public.schedule_assessment((select id from ruth), 'news2', '6 hours') $$), 'permission_denied',
  'how often is not a carer''s to say'
);

select * from finish();
rollback;
