-- Ruth lives at the Elms (Chicago time). Carl (carer) and Mona (manager) work there, Oscar (carer) at the Oaks; Ola owns
-- Lakeside; Finn (Ruth's son) may know of daily notes, Fay (her niece) of documents only; Ruth signs in herself; Hugo manages
-- Harbor. Notes are corrected by notes; relatives read what is shared and not who wrote it.
begin;
select plan(48);

create temporary table story as
select lakeside, harbor, tests.make_site(lakeside, 'The Elms') as elms, tests.make_site(lakeside, 'The Oaks') as oaks
from (select tests.make_org('lakeside') as lakeside, tests.make_org('harbor') as harbor) as orgs;
create temporary table people as
select
  tests.make_person(lakeside, 'carer', 'Carl', elms) as carl,
  tests.make_person(lakeside, 'manager', 'Mona', elms) as mona,
  tests.make_person(lakeside, 'carer', 'Oscar', oaks) as oscar,
  tests.make_person(lakeside, 'org_owner', 'Ola') as ola,
  tests.make_person(lakeside, 'family', 'Finn') as finn,
  tests.make_person(lakeside, 'family', 'Fay') as fay,
  tests.make_person(lakeside, 'resident', 'Ruth') as ruth_user,
  tests.make_person(harbor, 'manager', 'Hugo') as hugo
from story;
create temporary table ruth as
select tests.make_resident(lakeside, elms, 'Ruth', ruth_user) as id from story cross join people;
select tests.share_resident(lakeside, ruth.id, finn, 'daily_notes') from story cross join people cross join ruth;
select tests.share_resident(lakeside, ruth.id, fay, 'documents') from story cross join people cross join ruth;
grant select on story, people, ruth to public;
select tests.freeze_clock('2026-03-02 18:00+00');

create function pg_temp.note(
  p_kind public.daily_note_kind, p_note text default null, p_value numeric default null, p_at timestamptz default null,
  p_is_shared boolean default false, p_corrects uuid default null
) returns uuid language sql as $$
  select public.record_daily_note(
    (select id from ruth), p_kind, p_note, p_value, p_at, p_is_shared, p_corrects_id => p_corrects
  )
$$;
create function pg_temp.reads() returns text language sql as $$
  select string_agg(concat_ws(' ', kind, measured_value::float, unit, note), '; ' order by occurred_at, id)
  from public.list_resident_notes((select id from ruth), 'treatment')
$$;
create temporary table known (words text, id uuid);
grant select, insert on known to public;
create function pg_temp.named(p_words text) returns uuid language sql security definer as $$
  select id from pg_temp.known where words = p_words
$$;

select tests.act_as((select carl from people));
insert into known values
('wash', pg_temp.note('personal_care')),
('tea', pg_temp.note('fluid_intake', 'Tea', 200, '2026-03-02 14:00+00', true)),
('walk', pg_temp.note('activity', 'In the garden', null, '2026-03-02 15:00+00', true)),
('weight', pg_temp.note('weight', null, 61.4, '2026-03-02 13:00+00'));
select is(
  pg_temp.reads(), 'weight 61.4 kg; fluid_intake 200 mL Tea; activity In the garden; personal_care',
  'a carer writes notes and reads them'
);
select is((select recorded_by from public.list_resident_notes((select id from ruth), 'treatment', '{weight}')), (select carl from people), 'and who wrote them');
select is(
  (select octet_length(note) > 80 and position('Tea'::bytea in note) = 0 from public.daily_notes where id = pg_temp.named('tea')),
  true, 'the words are stored sealed'
);

-- A value is what its kind takes.
create temporary table wrong (kind public.daily_note_kind, value numeric, words text);
insert into wrong values
('fluid_intake', null, 'Tea'), ('fluid_intake', 0, null), ('fluid_intake', 5001, null), ('fluid_output', 1.5, null),
('food', 101, null), ('food', -1, null), ('weight', 9.99, null), ('weight', 500.01, null), ('bowel', 0, null),
('bowel', 8, null), ('bowel', null, 'Soft'), ('sleep', 1441, null), ('activity', 0, 'Chess'), ('mood', 3, 'Well'),
('mood', null, null), ('general', null, null), ('sleep', null, null);
create temporary table right_ones (kind public.daily_note_kind, value numeric, words text);
insert into right_ones values
('fluid_intake', 1, null), ('fluid_output', 5000, null), ('food', 0, null), ('food', 100, null), ('weight', 10, null),
('weight', 500, null), ('bowel', 1, null), ('bowel', 7, null), ('sleep', 1440, null), ('sleep', null, 'Restless'),
('activity', 1, null), ('mood', null, 'Well'), ('repositioning', null, null), ('night_check', null, null);
grant select on wrong, right_ones to public;
select is(
  (select array_agg(format('%s %s', kind, value)) from wrong
   where tests.refusal(format('select pg_temp.note(%L, %L, %L)', kind, words, value)) is distinct from 'invalid_input'),
  null, 'what no kind takes is refused'
);
select is(
  (select array_agg(format('%s %s', kind, value)) from wrong
   where tests.refusal(format(
     'insert into public.daily_notes (resident_id, site_id, kind, occurred_at, measured_value, note)
      select ruth.id, elms, %L, app.clock(), %L, app.plain(%L::text) from ruth cross join story', kind, value, words
   )) is null),
  null, 'also past the RPC'
);
savepoint many;
select is(
  (select array_agg(format('%s %s', kind, value)) from right_ones
   where tests.refusal(format('select pg_temp.note(%L, %L, %L)', kind, words, value)) is not null),
  null, 'the edges of what they take are kept'
);
rollback to savepoint many;
select is(
  tests.refusal($$ select pg_temp.note('mood', 'Will be well', null, '2026-03-02 18:06+00') $$), 'invalid_input',
  'nothing of the future'
);
select is(tests.refusal($$ select pg_temp.note('mood', repeat('x', 4001)) $$), 'invalid_input', 'no novel');

-- Days are those of the home: 05:59 and 06:00 of Greenwich are two days in Chicago.
select lives_ok(
  $$ select pg_temp.note('fluid_intake', null, 150, '2026-03-02 05:59+00'), pg_temp.note('fluid_intake', null, 250, '2026-03-02 06:00+00'),
    pg_temp.note('fluid_output', null, 300, '2026-03-02 17:00+00') $$, 'more is drunk and passed'
);
select is(
  (select array_agg(concat_ws(' ', day, intake_ml, output_ml, balance_ml, intake_count, output_count))
   from public.get_fluid_balance((select id from ruth), '2026-02-28', '2026-03-02')),
  array['2026-02-28 0 0 0 0 0', '2026-03-01 150 0 150 1 0', '2026-03-02 450 300 150 2 1'], 'summed up by day'
);
select is(
  tests.refusal($$ select public.get_fluid_balance((select id from ruth), '2026-01-01', '2026-04-03') $$), 'invalid_input',
  'of 92 days at most'
);

-- Corrections.
insert into known values ('more tea', pg_temp.note('fluid_intake', 'A mug of tea', 300, '2026-03-02 14:00+00', false, pg_temp.named('tea')));
select is(
  (select intake_ml from public.get_fluid_balance((select id from ruth), '2026-03-02')), 550::bigint,
  'a correction counts instead of what it corrects'
);
select is(
  tests.refusal($$ select pg_temp.note('fluid_intake', null, 1, null, false, pg_temp.named('tea')) $$), 'conflict',
  'a note is corrected once'
);
select is(
  tests.refusal($$ select pg_temp.note('fluid_intake', null, 1, null, false, gen_random_uuid()) $$), 'not_found',
  'only what is there is corrected'
);
select is((select is_shared from public.daily_notes where id = pg_temp.named('more tea')), true, 'it is shared as that was');
select tests.act_as_system();
select is(
  tests.refusal($$ update public.daily_notes set measured_value = 1 where kind = 'weight' $$), 'conflict',
  'nobody rewrites a note'
);
select is(tests.refusal($$ delete from public.daily_notes $$), 'conflict', 'nor removes one');
select tests.act_as((select carl from people));
select is(
  tests.refusal($$ update public.daily_notes set measured_value = 1 $$), '42501', 'through the API least of all'
);
select ok(public.retract_daily_note(pg_temp.named('wash')) is not null, 'what was entered in error is retracted');
select ok(pg_temp.reads() not like '%personal_care%', 'and listed no more');
select is(
  (select array_agg(is_retraction order by recorded_at, id) from public.list_resident_notes(
    (select id from ruth), 'treatment', '{personal_care}', p_with_corrected => true
  )), array[false, true], 'unless asked for, both'
);
select is(
  tests.refusal($$ select public.retract_daily_note(pg_temp.named('wash')) $$), 'conflict', 'once'
);

-- Pages and filters.
select is(
  (select array_agg(measured_value::integer order by occurred_at desc) from public.list_resident_notes(
    (select id from ruth), 'treatment', '{fluid_intake}', p_limit => 2, p_before => pg_temp.named('more tea')
  )), array[250, 150], 'the next page'
);
select is(
  (select array_agg(measured_value::integer) from public.list_resident_notes(
    (select id from ruth), 'treatment', '{fluid_intake}', '2026-03-02 06:00+00', '2026-03-02 14:00+00'
  )), array[250], 'from a moment on, before another'
);

-- Relatives and Ruth herself.
select tests.act_as((select finn from people));
select is(pg_temp.reads(), 'fluid_intake 300 mL A mug of tea; activity In the garden', 'a relative reads what is shared');
select is(
  (select count(recorded_by) from public.list_resident_notes((select id from ruth), 'treatment')), 0::bigint,
  'and not who wrote it'
);
select is(tests.refusal('select recorded_by from public.daily_notes'), '42501', 'nowhere');
select is(
  (select count(*) from public.get_daily_notes_restricted(array[pg_temp.named('more tea')])), 0::bigint, 'nowhere at all'
);
select is((select count(*) from public.daily_notes where not is_shared), 0::bigint, 'nothing that is not shared');
select is(tests.refusal($$ select pg_temp.note('mood', 'Sad') $$), 'permission_denied', 'writes nothing');
select is(
  tests.refusal($$ select public.get_fluid_balance((select id from ruth), '2026-03-02') $$), 'permission_denied',
  'sums are not for relatives: they see a part'
);
select tests.act_as((select fay from people));
select is(pg_temp.reads(), null, 'who may know of documents reads no notes');
select tests.act_as((select ruth_user from people));
select is(pg_temp.reads(), 'fluid_intake 300 mL A mug of tea; activity In the garden', 'Ruth reads her own');
select tests.act_as((select carl from people));
select is(
  tests.refusal($$ update public.daily_notes set is_shared = false where id = pg_temp.named('walk') $$), null, 'a carer'
);
select is((select is_shared from public.daily_notes where id = pg_temp.named('walk')), true, 'takes nothing back');
select tests.act_as((select mona from people));
select lives_ok(
  $$ update public.daily_notes set is_shared = false where id = pg_temp.named('more tea') $$, 'a manager does'
);
select tests.act_as((select finn from people));
select is(pg_temp.reads(), 'activity In the garden', 'what is taken back is gone for relatives');
select is((select count(*) from public.daily_notes), 1::bigint, 'with what it corrected');

-- Others.
select tests.act_as((select oscar from people));
select is(tests.refusal($$ select pg_temp.note('mood', 'Sad') $$), 'not_found', 'a carer of another home writes nothing');
select is(pg_temp.reads(), null, 'and reads nothing');
select is(
  tests.refusal($$ select public.retract_daily_note(pg_temp.named('walk')) $$), 'not_found', 'and retracts nothing'
);
select is(
  tests.refusal($$ select public.get_fluid_balance((select id from ruth), '2026-03-02') $$), 'not_found', 'nor sums up'
);
select tests.act_as((select hugo from people));
select is(tests.refusal($$ select pg_temp.note('mood', 'Sad') $$), 'not_found', 'nor does another organization');
select is(pg_temp.reads(), null, 'reads nothing');
select tests.act_as((select ola from people));
select ok(pg_temp.reads() like 'fluid_intake 150 mL;%weight 61.4 kg%', 'the owner reads');
select is(tests.refusal($$ select pg_temp.note('mood', 'Sad') $$), 'permission_denied', 'and writes nothing');
select is(
  tests.refusal($$ select public.list_resident_notes((select id from ruth), null) $$), 'invalid_input',
  'nobody opens for nothing'
);
select is(
  tests.refusal($$ select public.list_resident_notes((select id from ruth), 'treatment', p_before => app.uuid_v7()) $$),
  'not_found', 'nor reads on from a note that there is not'
);

select * from finish();
rollback;
