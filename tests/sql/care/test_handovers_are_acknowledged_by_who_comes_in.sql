-- Ruth and Saul live at the Elms. Carl (carer, by day), Nora (nurse, by night), Mona (manager) and Tess (carer, not employed)
-- have roles there, Oscar (carer) at the Oaks; Ola owns Lakeside, Finn is Ruth's son and may know all that can be shared; Hugo
-- manages Harbor. The day is handed over to the night: what it tells is found, completed, read and signed for.
begin;
select plan(42);

create temporary table story as
select lakeside, harbor, tests.make_site(lakeside, 'The Elms') as elms, tests.make_site(lakeside, 'The Oaks') as oaks
from (select tests.make_org('lakeside') as lakeside, tests.make_org('harbor') as harbor) as orgs;
create temporary table people as
select
  tests.make_staff(lakeside, 'carer', 'Carl', elms) as carl,
  tests.make_staff(lakeside, 'nurse', 'Nora', elms) as nora,
  tests.make_staff(lakeside, 'manager', 'Mona', elms) as mona,
  tests.make_person(lakeside, 'carer', 'Tess', elms) as tess,
  tests.make_staff(lakeside, 'carer', 'Oscar', oaks) as oscar,
  tests.make_person(lakeside, 'org_owner', 'Ola') as ola,
  tests.make_person(lakeside, 'family', 'Finn') as finn,
  tests.make_staff(harbor, 'manager', 'Hugo') as hugo
from story;
create temporary table residents as
select tests.make_resident(lakeside, elms, 'Ruth') as ruth, tests.make_resident(lakeside, elms, 'Saul') as saul from story;
select tests.share_resident(
  lakeside, ruth, finn, variadic enum_range(null::public.resident_topic)
) from story cross join people cross join residents;
grant select on story, people, residents to public;

create function pg_temp.note(p_note text, p_is_for_handover boolean default true, p_corrects uuid default null)
returns uuid language sql as $$
  select public.record_daily_note(
    (select ruth from residents), 'general', p_note, null, app.clock() - case when p_corrects is null then interval '1 hour' else interval '30 minutes' end, false, p_is_for_handover, p_corrects
  )
$$;
create function pg_temp.pulse(p_pulse integer) returns uuid language sql as $$
  select (public.record_assessment((select saul from residents), 'news2', '[
    {"link_id": "respiration_rate", "value": 16}, {"link_id": "spo2", "value": 98},
    {"link_id": "air_or_oxygen", "code": "air"}, {"link_id": "systolic_blood_pressure", "value": 120},
    {"link_id": "consciousness", "code": "alert"}, {"link_id": "temperature", "value": 37.0}
  ]' || jsonb_build_object('link_id', 'pulse', 'value', p_pulse)
  )).id
$$;
create function pg_temp.built(p_from timestamptz default null, p_to timestamptz default null) returns uuid language sql as $$
  select (public.build_handover((select elms from story), p_from, p_to)).id
$$;
create function pg_temp.told(p_id uuid) returns text language sql as $$
  select string_agg(concat_ws(' ', items.source, items.priority, case items.resident_id when ruth then 'Ruth' when saul then 'Saul' end, items.note), '; ' order by place)
  from public.list_handover_items(p_id, 'treatment') with ordinality as items (
    id, resident_id, source, source_id, priority, occurred_at, note, created_by, place
  )
  cross join residents
$$;
create temporary table known (words text, id uuid);
grant select, insert on known to public;
create function pg_temp.named(p_words text) returns uuid language sql security definer as $$
  select id from pg_temp.known where words = p_words
$$;

-- The day.
select tests.freeze_clock('2026-03-02 07:00+00');
select tests.act_as((select carl from people));
insert into known values ('before', pg_temp.built());
select tests.freeze_clock('2026-03-02 12:00+00');
select tests.act_as((select carl from people));
insert into known values
('slept', pg_temp.note('Slept badly')), ('nothing', pg_temp.note('Nothing to tell', false)), ('wrong', pg_temp.note('Wong')),
('calm', pg_temp.pulse(70)), ('fast', pg_temp.pulse(95)), ('faster', pg_temp.pulse(131));
select tests.freeze_clock('2026-03-02 12:05+00');
select tests.act_as((select carl from people));
insert into known values ('right', pg_temp.note('Wrong no more', true, pg_temp.named('wrong')));
select tests.act_as((select nora from people));
select lives_ok(
  $$ select public.complete_assessment_follow_up(id) from public.assessment_follow_ups where kind = 'inform_nurse' $$, 'one thing is done'
);

select tests.freeze_clock('2026-03-02 19:00+00');
select tests.act_as((select carl from people));
insert into known values ('day', pg_temp.built());
select is(
  (select concat_ws(' ', starts_at at time zone 'UTC', ends_at at time zone 'UTC') from public.handovers where id = pg_temp.named('day')),
  '2026-03-02 07:00:00 2026-03-02 19:00:00', 'it begins where the one before ended'
);
select is(
  pg_temp.told(pg_temp.named('day')),
  'assessment_follow_up urgent Saul; daily_note important Ruth Slept badly; daily_note important Ruth Wrong no more; assessment important Saul',
  'flagged notes, what was found, what is overdue; nothing that was corrected, done or not worth telling'
);
select is(pg_temp.built('2026-03-02 07:00+00', '2026-03-02 19:00+00'), pg_temp.named('day'), 'built again it is the same');
select is((select count(*) from public.handover_items where handover_id = pg_temp.named('day')), 4::bigint, 'with nothing twice');
select lives_ok(
  $$ select public.add_handover_item(pg_temp.named('day'), 'The boiler is off', p_priority => 'routine') $$, 'of the house'
);
select lives_ok(
  $$ select public.add_handover_item(pg_temp.named('day'), 'Doctor at nine', (select ruth from residents), 'urgent') $$, 'of Ruth'
);
select is(
  pg_temp.told(pg_temp.named('day')),
  'assessment_follow_up urgent Saul; entered urgent Ruth Doctor at nine; daily_note important Ruth Slept badly; '
  || 'daily_note important Ruth Wrong no more; assessment important Saul; entered routine The boiler is off', 'what matters most comes first'
);
select is(
  (select array_agg(note) from public.list_handover_items(pg_temp.named('day'), 'treatment', p_limit => 1, p_after => (
    select id from public.handover_items where handover_id = pg_temp.named('day') and source = 'assessment'
  ))), array['The boiler is off'], 'a page goes on after the last one'
);
select is(
  tests.refusal($$ select public.add_handover_item(pg_temp.named('day'), '') $$), 'invalid_input', 'nothing is no item'
);
select is(
  tests.refusal($$ select public.add_handover_item(pg_temp.named('day'), 'x', gen_random_uuid()) $$), 'not_found', 'nor is nobody'
);
select is(
  tests.refusal($$ select public.acknowledge_handover(pg_temp.named('day')) $$), 'conflict', 'who hands over does not sign'
);
select is(
  tests.refusal($$ select pg_temp.built('2026-02-01 07:00+00', '2026-03-02 19:00+00') $$), 'invalid_input', 'a month is no shift'
);
select is(
  tests.refusal($$ select pg_temp.built(null, '2026-03-03 19:00+00') $$), 'invalid_input', 'tomorrow is not handed over today'
);
select is(
  tests.refusal($$ select public.list_handover_items(pg_temp.named('day'), null) $$), 'invalid_input', 'nothing is opened for nothing'
);

-- The night comes in.
select tests.act_as((select tess from people));
select is(
  tests.refusal($$ select public.acknowledge_handover(pg_temp.named('day')) $$), 'permission_denied', 'who is not employed does not sign'
);
select tests.act_as((select nora from people));
select is(
  (select array_agg(concat_ws(' ', item_count, urgent_count, acknowledged_count, is_acknowledged_by_me, closed_at is null) order by ends_at desc)
   from public.list_handovers((select elms from story))),
  array['6 2 0 f t', '0 0 0 f t'], 'the list says how much there is'
);
select is(
  (select concat_ws(' ', user_id = nora, item_count) from public.acknowledge_handover(pg_temp.named('day')) cross join people),
  't 6', 'the nurse of the night signs for six items'
);
select tests.freeze_clock('2026-03-02 19:30+00');
select tests.act_as((select nora from people));
select is(
  (select acknowledged_at at time zone 'UTC' from public.acknowledge_handover(pg_temp.named('day'))),
  '2026-03-02 19:00'::timestamp, 'once: again it stays as it was'
);
select is(
  (select array_agg(concat_ws(' ', acknowledged_count, is_acknowledged_by_me, closed_at is null) order by ends_at desc)
   from public.list_handovers((select elms from story))),
  array['1 t f', '0 f t'], 'and is closed'
);
select is(
  (select count(*) from public.list_handovers((select elms from story), p_before => pg_temp.named('day'))), 1::bigint, 'a page further'
);
select tests.act_as((select carl from people));
select is(
  tests.refusal($$ select public.add_handover_item(pg_temp.named('day'), 'One more thing') $$), 'conflict', 'nothing is added to it'
);
select is(
  tests.refusal($$ select pg_temp.built('2026-03-02 07:00+00', '2026-03-02 19:00+00') $$), 'conflict', 'nor built into it'
);
select tests.act_as((select mona from people));
select is(
  (select item_count from public.acknowledge_handover(pg_temp.named('day'))), 6, 'others sign for the same'
);
select tests.act_as_system();
select is(tests.refusal('update public.handover_items set priority = $x$routine$x$'), 'conflict', 'nobody rewrites an item');
select is(tests.refusal('delete from public.handover_acknowledgements'), 'conflict', 'or takes a signature away');
select is(tests.refusal('update public.handovers set ends_at = ends_at + interval $x$1 hour$x$'), 'conflict', 'or moves a shift');

-- What was entered late, about a time before, is in the next one.
select tests.freeze_clock('2026-03-02 20:00+00');
select tests.act_as((select nora from people));
insert into known values ('late', pg_temp.note('Said at eight of seven'));
select tests.freeze_clock('2026-03-03 07:00+00');
select tests.act_as((select nora from people));
select ok(pg_temp.told(pg_temp.built()) like '%Said at eight of seven%', 'nothing falls between two handovers');

-- Others.
select tests.act_as((select oscar from people));
select is(tests.refusal('select pg_temp.built()'), 'not_found', 'a carer of another home builds none');
select is(
  tests.refusal($$ select public.acknowledge_handover(pg_temp.named('day')) $$), 'not_found', 'signs none'
);
select is(
  tests.refusal($$ select public.add_handover_item(pg_temp.named('day'), 'x') $$), 'not_found', 'adds nothing'
);
select is((select count(*) from public.list_handovers((select elms from story))), 0::bigint, 'sees none');
select is(pg_temp.told(pg_temp.named('day')), null, 'and nothing in it');
select tests.act_as((select finn from people));
select is(tests.refusal('select pg_temp.built()'), 'permission_denied', 'a relative neither');
select is(
  (select count(*) from public.handovers) + (select count(*) from public.handover_items)
  + (select count(*) from public.handover_acknowledgements), 0::bigint, 'whatever is shared'
);
select tests.act_as((select hugo from people));
select is(tests.refusal('select pg_temp.built()'), 'not_found', 'nor another organization');
select is((select count(*) from public.handover_items), 0::bigint, 'sees anything');
select tests.act_as((select ola from people));
select is((select count(*) from public.list_handovers((select elms from story))), 3::bigint, 'the owner reads');
select is(tests.refusal('select pg_temp.built()'), 'permission_denied', 'and hands nothing over');

-- Ruth moves: what was told of her goes with her.
select tests.act_as_system();
update public.org_patients set site_id = (select oaks from story) where patient_id = (select ruth from residents);
select tests.act_as((select oscar from people));
select is((select count(*) from public.handover_items), (select count(*) from public.handover_items where resident_id = (select ruth from residents)), 'the new home reads of her only');
select ok((select count(*) from public.handover_items) > 0, 'and does');
select tests.act_as((select carl from people));
select ok(pg_temp.told(pg_temp.named('day')) not like '%Ruth%', 'the former one no more');

select * from finish();
rollback;
