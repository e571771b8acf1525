-- A page goes on from the last row of the one before. That row may be gone by then: the answer is not an empty page, as
-- if there were nothing more to give or to do, but that the list is to be read from its beginning.
begin;
select plan(16);

create temporary table story as
select lakeside, tests.make_site(lakeside, 'The Elms') as elms, tests.make_site(lakeside, 'The Oaks') as oaks
from (select tests.make_org('lakeside') as lakeside) as orgs;
create temporary table people as
select
  tests.make_staff(lakeside, 'nurse', 'Nora', elms) as nora, tests.make_staff(lakeside, 'manager', 'Mona', elms) as mona,
  tests.make_staff(lakeside, 'wellness_officer', 'Wes') as wes
from story;
create temporary table ruth as select tests.make_resident(lakeside, elms, 'Ruth') as id from story;
grant select on story, people, ruth to public;
select tests.freeze_clock('2027-02-01 07:30-06');

create function pg_temp.from_nowhere(p_call text) returns text language sql as $$
  select tests.refusal(format('select public.' || p_call, gen_random_uuid()))
$$;

select tests.act_as((select nora from people));
select is(
  pg_temp.from_nowhere(call || ', p_after => %L)'), 'not_found', left(call, strpos(call, '(') - 1)
) from (
  values
  ('list_medication_round((select elms from story), now(), now() + interval ''8 hours'', ''treatment'''),
  ('list_shift_tasks((select elms from story), now(), now() + interval ''8 hours'', ''treatment'''),
  ('list_roster_week((select elms from story), ''2027-02-01'''),
  ('list_handover_items(gen_random_uuid(), ''treatment''')
) as lists (call);
select is(
  pg_temp.from_nowhere('get_occupancy_board((select elms from story), p_after_bed_id => %L)'), 'not_found',
  'get_occupancy_board'
);
select is(
  pg_temp.from_nowhere(call || ', p_before => %L)'), 'not_found', left(call, strpos(call, '(') - 1)
) from (
  values
  ('list_handovers((select elms from story)'),
  ('list_resident_notes((select id from ruth), ''treatment'''),
  ('list_resident_assessments((select id from ruth), ''treatment''')
) as lists (call);
select is(pg_temp.from_nowhere('get_burnout_assessments(p_before => %L)'), 'not_found', 'get_burnout_assessments');
select is(pg_temp.from_nowhere('get_resilience_modules(p_after => %L)'), 'not_found', 'get_resilience_modules');
select tests.act_as((select mona from people));
select is(pg_temp.from_nowhere('get_sla_board(p_after => %L)'), 'not_found', 'get_sla_board');
select tests.act_as((select wes from people));
select is(pg_temp.from_nowhere('list_interventions(p_purpose => ''operations'', p_before => %L)'), 'not_found', 'list_interventions');
select is(pg_temp.from_nowhere('get_shared_checkins(''operations'', p_before => %L)'), 'not_found', 'get_shared_checkins');

-- Beds of the Oaks are none of Nora's, also as a place to go on from.
select tests.act_as_system();
insert into public.rooms (org_id, site_id, name) select lakeside, unnest(array[elms, oaks]), '1' from story;
insert into public.beds (org_id, site_id, room_id, name)
select org_id, site_id, id, unnest(array['A', 'B']) from public.rooms;
create temporary table bed_of_the_oaks as
select id from public.beds where site_id = (select oaks from story) and name = 'A';
create temporary table bed_of_the_elms as
select id from public.beds where site_id = (select elms from story) and name = 'A';
grant select on bed_of_the_oaks, bed_of_the_elms to public;
select tests.act_as((select nora from people));
select is(
  tests.refusal($$ select public.get_occupancy_board(
    (select oaks from story), p_after_bed_id => (select id from bed_of_the_oaks)) $$),
  'not_found', 'not at a home that is not hers'
);
select is(
  tests.refusal($$ select public.get_occupancy_board(
    (select elms from story), p_after_bed_id => (select id from bed_of_the_oaks)) $$),
  'not_found', 'nor at hers'
);
select is(
  (
    select array_agg(bed_name)
    from public.get_occupancy_board((select elms from story), p_after_bed_id => (select id from bed_of_the_elms))
  ), array['B'], 'there she goes on'
);

select * from finish();
rollback;
