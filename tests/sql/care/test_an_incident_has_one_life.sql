-- A severe fall at the Elms: Carl (carer) reports it, Nina (nurse) takes it on, Mona (manager) reviews, closes and
-- reopens it; Ola (owner) reads and does not; Hugo of Harbor finds nothing.
begin;
select plan(44);

create temporary table story as
select lakeside, harbor, tests.make_site(lakeside, 'The Elms') as elms, tests.make_site(lakeside, 'The Oaks') as oaks
from (select tests.make_org('lakeside') as lakeside, tests.make_org('harbor') as harbor) as orgs;
create temporary table people as
select
  tests.make_staff(lakeside, 'carer', 'Carl', elms) as carl,
  tests.make_staff(lakeside, 'nurse', 'Nina', elms) as nina,
  tests.make_staff(lakeside, 'manager', 'Mona', elms) as mona,
  tests.make_staff(lakeside, 'carer', 'Oda', oaks) as oda,
  tests.make_staff(lakeside, 'org_owner', 'Ola') as ola,
  tests.make_staff(harbor, 'manager', 'Hugo') as hugo
from story;
create temporary table fall (id uuid);
create temporary table task (id uuid);
grant select on story, people to public;
grant all on fall, task to public;
insert into public.integration_configs (org_id, kind, name) select lakeside, 'teams', 'Nurses' from story;
insert into public.webhooks (org_id, url, event_types, description) select lakeside, 'https://example.com/hook', '{*}', 'All' from story;

create function pg_temp.refused(p_call text) returns text language sql as $$
  select tests.refusal(format(p_call, (select id from fall)))
$$;
create function pg_temp.waits_for() returns text language sql as $$
  select string_agg(board.step::text, ' ' order by board.step) from public.get_sla_board() as board
$$;

select tests.act_as((select carl from people));
insert into fall select public.report_incident(elms, 'fall', 'severe', app.clock(), 'Hip.') from story;
select is(pg_temp.waits_for(), 'acknowledge act review close', 'its clocks run');
select is(pg_temp.refused('select public.acknowledge_incident(%L)'), 'permission_denied', 'a carer does not take it on');
select is(pg_temp.refused('select public.close_incident(%L, ''x'')'), 'permission_denied', 'nor closes it');
select is(pg_temp.refused('select public.review_incident(%L, ''x'')'), 'permission_denied', 'nor reviews it');
select lives_ok(format('select public.add_incident_followup(%L, %L)', (select id from fall), 'She sleeps.'), 'but adds a note');
select lives_ok(
  format('select public.record_incident_person(%L, %L, p_name => %L)', (select id from fall), 'informed', 'Her son'),
  'and whom they told'
);
select tests.act_as_system();
select results_eq(
  $$ select channel::text, template_key, payload ?& array['link'] from public.notification_queue
     where template_key like 'incident.%' order by 1, 2 $$,
  $$ values ('chat', 'incident.severe', true), ('email', 'incident.severe', true), ('in_app', 'incident.severe', true),
       ('webhook', 'incident.reported', true), ('webhook', 'incident.severe', true) $$,
  'chat, the manager and webhooks hear of it at once'
);
select is_empty(
  $$ select * from public.notification_queue where payload::text ~* 'hip|fall|severe"|lakeside' $$,
  'of a link, not of what happened'
);

select tests.act_as((select hugo from people));
select is(pg_temp.refused('select public.acknowledge_incident(%L)'), 'not_found', 'another organization finds nothing');
select is(pg_temp.refused('select public.add_incident_followup(%L, ''x'')'), 'not_found', 'to add to');
select is_empty('select * from public.get_sla_board()', 'and its board is empty');

select tests.act_as((select nina from people));
select is(
  pg_temp.refused('select public.acknowledge_incident(%L, ''' || (select oda from people) || ''')'), 'not_found',
  'who works elsewhere is not given it'
);
select lives_ok(
  format('select public.acknowledge_incident(%L, %L)', (select id from fall), (select nina from people)), 'the nurse takes it on'
);
select lives_ok(format('select public.acknowledge_incident(%L)', (select id from fall)), 'twice is once');
select is(
  (select status || ' ' || (assigned_to = (select nina from people)) from public.incidents), 'acknowledged true', 'it is hers'
);
select is(pg_temp.waits_for(), 'act review close', 'the first clock stands still');
insert into task select public.add_incident_action(fall.id, people.carl, 'Sensor mat', app.clock() + interval '1 day')
from fall cross join people;
select is(
  pg_temp.refused('select public.add_incident_action(%L, ''' || (select carl from people) || ''', ''Again'')'), 'conflict',
  'one task for each of them'
);
select is(
  pg_temp.refused('select public.add_incident_action(%L, ''' || (select hugo from people) || ''', ''x'')'), 'not_found',
  'and none for strangers'
);
select is(tests.refusal(format('select public.complete_incident_action(%L)', (select id from task))), 'not_found', 'nor is it hers to do');
select tests.act_as((select carl from people));
select lives_ok(format('select public.complete_incident_action(%L)', (select id from task)), 'who was asked does it');
select is(pg_temp.waits_for(), 'review close', 'something was done');
select is(
  tests.refusal(format('update public.incident_actions set completed_at = null where id = %L', (select id from task))), '42501',
  'nobody takes it back'
);

select tests.act_as((select mona from people));
select is(pg_temp.refused('select public.close_incident(%L, ''x'')'), 'conflict', 'nothing is closed unreviewed');
select lives_ok(format('select public.review_incident(%L, %L)', (select id from fall), 'The mat was unplugged.'), 'she reviews it');
select is(pg_temp.waits_for(), 'close', 'one clock is left');
select is(pg_temp.refused('select public.close_incident(%L)'), 'invalid_input', 'a severe one teaches something');
select lives_ok(format('select public.close_incident(%L, %L)', (select id from fall), 'Check plugs.'), 'it is closed');
select is(pg_temp.waits_for(), null, 'and all clocks stand still');
select is(pg_temp.refused('select public.review_incident(%L, ''x'')'), 'conflict', 'closed is closed');
select is(pg_temp.refused('select public.add_incident_action(%L, ''' || (select nina from people) || ''', ''x'')'), 'conflict', 'with nothing to do');
select lives_ok(format('select public.reopen_incident(%L, %L)', (select id from fall), 'A fracture was found.'), 'until it is opened again');
select is(pg_temp.waits_for(), 'review close', 'when two clocks run anew');
select is(pg_temp.refused('select public.close_incident(%L, ''x'')'), 'conflict', 'and it is reviewed anew, too');
select lives_ok(format('select public.review_incident(%L, %L)', (select id from fall), 'Fracture.'), 'which it is');
select lives_ok(format('select public.regrade_incident(%L, %L)', (select id from fall), 'low'), 'its severity is corrected');
select lives_ok(format('select public.close_incident(%L)', (select id from fall)), 'a low one teaches nothing');
select is(
  (select string_agg(kind::text, ' ' order by id) from public.incident_followups), 'note review lessons reopening review',
  'all that was written stays, in its order'
);
select is(
  (select string_agg(opened.note, ' ' order by opened.note)
   from public.open_incident_followups(array(select id from public.incident_followups), 'operations') as opened),
  'A fracture was found. Check plugs. Fracture. She sleeps. The mat was unplugged.', 'and opens'
);

select tests.act_as((select ola from people));
select is(pg_temp.refused('select public.reopen_incident(%L, ''x'')'), 'permission_denied', 'owners read and do not act');

-- Whatever writes the table.
select tests.act_as_system();
select is(tests.refusal($$ update public.incidents set site_id = (select oaks from story) $$), 'conflict', 'where it happened stays');
select is(tests.refusal($$ update public.incidents set description = app.plain('Nothing.'::text) $$), 'conflict', 'what was reported stays');
select is(
  tests.refusal($$ update public.incidents set status = 'reported', acknowledged_at = null, closed_at = null $$), 'conflict',
  'nothing goes back to the beginning'
);
select is(tests.refusal($$ delete from public.incident_followups $$), 'conflict', 'entries are not deleted');
select is(
  tests.refusal($$ insert into public.incident_timers (
      org_id, incident_id, site_id, is_restricted, step, notification_id, round, level, step_due_at, fires_at
    )
    select org_id, incident_id, site_id, is_restricted, step, notification_id, round, level, step_due_at, fires_at
    from public.incident_timers limit 1 $$), '23505', 'a clock is there once'
);

select * from finish();
rollback;
