-- Carl (carer) reports a fall of Ruth at the Elms; Nina (nurse) and Mona (manager) read it there, Ola (owner) and Cora
-- (compliance lead) everywhere; Oda (carer at the Oaks), Wim (wellness officer), Finn (relative) and Hugo of Harbor do not.
begin;
select plan(36);

create temporary table story as
select lakeside, harbor, tests.make_site(lakeside, 'The Elms') as elms, tests.make_site(lakeside, 'The Oaks') as oaks
from (select tests.make_org('lakeside') as lakeside, tests.make_org('harbor') as harbor) as orgs;
create temporary table people as
select
  tests.make_staff(lakeside, 'carer', 'Carl', elms) as carl,
  tests.make_staff(lakeside, 'nurse', 'Nina', elms) as nina,
  tests.make_staff(lakeside, 'manager', 'Mona', elms) as mona,
  tests.make_staff(lakeside, 'carer', 'Oda', oaks) as oda,
  tests.make_staff(lakeside, 'manager', 'Max', oaks) as max,
  tests.make_staff(lakeside, 'wellness_officer', 'Wim') as wim,
  tests.make_staff(lakeside, 'org_owner', 'Ola') as ola,
  tests.make_staff(lakeside, 'compliance_lead', 'Cora') as cora,
  tests.make_person(lakeside, 'family', 'Finn') as finn,
  tests.make_staff(harbor, 'manager', 'Hugo') as hugo
from story;
create temporary table ruth as select tests.make_resident(lakeside, elms, 'Ruth') as id from story;
create temporary table rose as select tests.make_resident(lakeside, oaks, 'Rose') as id from story;
create temporary table reports (name text, id uuid);
grant select on story, people, ruth, rose to public;
grant all on reports to public;

create function pg_temp.sees() returns bigint language sql as $$
  select count(*) from public.incidents where id in (select id from reports)
$$;
create function pg_temp.sees_restricted() returns text language sql as $$
  select concat_ws(' ',
    (select count(*) from public.incidents as i inner join reports as r on r.id = i.id where r.name = 'secret'),
    (select count(*) from public.incident_people as i inner join reports as r on r.id = i.incident_id where r.name = 'secret'),
    (select count(*) from public.incident_timers as i inner join reports as r on r.id = i.incident_id where r.name = 'secret'),
    (select count(*) from public.incident_actions as i inner join reports as r on r.id = i.incident_id where r.name = 'secret'),
    (select count(*) from public.incident_followups as i inner join reports as r on r.id = i.incident_id where r.name = 'secret'),
    (
      select count(*) from public.incident_notifications_of_regulators as i
      inner join reports as r on r.id = i.incident_id where r.name = 'secret'
    ),
    (select count(*) from public.open_incidents(array(select id from reports where name = 'secret'), 'operations'))
  )
$$;
create function pg_temp.report(p_site uuid, p_kind public.incident_kind, p_people jsonb default '[]', p_key uuid default null)
returns uuid language sql as $$
  select public.report_incident(
    p_site, p_kind, 'moderate', app.clock(), 'She fell beside her bed.', 'low',
    '[{"x": 120, "y": 900, "side": "left", "kind": "bruise"}]', p_people, p_request_key => p_key
  )
$$;

select tests.act_as((select carl from people));
insert into reports select 'fall', pg_temp.report(
  elms, 'fall', jsonb_build_array(
    jsonb_build_object('role', 'involved', 'resident_id', ruth.id),
    jsonb_build_object('role', 'witness', 'staff_id', people.carl),
    jsonb_build_object('role', 'informed', 'name', 'Her daughter')
  ), '00000000-0000-4000-8000-000000000001'
) from story cross join ruth cross join people;
select is(
  pg_temp.report(elms, 'fall', '[]', '00000000-0000-4000-8000-000000000001'), (select id from reports),
  'a report that is sent twice is one'
) from story;
select is(pg_temp.sees(), 1::bigint, 'a carer sees what happened where they work');
select is(
  (select status || ' ' || (reported_by = (select carl from people)) from public.incidents), 'reported true',
  'it begins as reported, by whoever asked'
);
select is(
  (select description || ' ' || (body_map -> 0 ->> 'kind') from public.open_incidents(array(select id from reports), 'treatment')),
  'She fell beside her bed. bruise', 'and opens what was written'
);
select is(
  (select opened.other_person from public.open_incident_people(array(select id from public.incident_people), 'treatment') as opened
   where opened.other_person is not null), 'Her daughter', 'also who was told'
);
select ok(
  (select informed_at is not null from public.incident_people where person_role = 'informed'), 'and when'
);
select is(
  (select resident_ids from public.list_incidents()), array[(select id from ruth)], 'the list names who was involved'
);
select is(tests.refusal(format('select pg_temp.report(%L, %L)', (select oaks from story), 'fall')), 'not_found', 'nobody reports where they do not work');
select is(
  tests.refusal(format('select pg_temp.report(%L, %L, %L)', (select elms from story), 'fall', jsonb_build_array(
    jsonb_build_object('role', 'involved', 'resident_id', (select id from rose))))), 'not_found',
  'nor names a resident whom they do not know'
);
select is(
  tests.refusal($$ insert into public.incidents (site_id, kind, severity, occurred_at, description)
    select elms, 'fall', 'low', now(), app.plain('x'::text) from story $$), '42501', 'nor writes the table past the RPC'
);
select is(
  tests.refusal(format('select public.report_incident(%L, %L, %L, now(), %L, p_body_map => %L)', (select elms from story),
    'fall', 'low', 'x', '[{"x": 1001, "y": 1, "side": "left", "kind": "cut"}]')), 'invalid_input', 'a point lies on the body'
);

select tests.act_as((select nina from people));
select is(pg_temp.sees(), 1::bigint, 'so does the nurse');
select tests.act_as((select mona from people));
select is(pg_temp.sees(), 1::bigint, 'and the manager');
select tests.act_as((select ola from people));
select is(pg_temp.sees(), 1::bigint, 'owners look across all homes');
select tests.act_as((select cora from people));
select is(pg_temp.sees(), 1::bigint, 'so do compliance leads');
select tests.act_as((select oda from people));
select is(pg_temp.sees(), 0::bigint, 'who works elsewhere does not');
select tests.act_as((select finn from people));
select is(pg_temp.sees(), 0::bigint, 'nor relatives');
select is(tests.refusal('select * from public.list_incidents()'), null, 'whose list is empty');
select is_empty('select * from public.list_incidents()', 'of incidents');
select tests.act_as((select hugo from people));
select is(pg_temp.sees(), 0::bigint, 'nor another organization');
select is_empty($$ select * from public.open_incidents(array(select id from reports), 'legal') $$, 'which opens nothing');

-- Who has no part in care reports, too, and sees what they reported.
select tests.act_as((select wim from people));
select is(pg_temp.sees(), 0::bigint, 'who does not care sees nothing');
insert into reports select 'door', pg_temp.report(oaks, 'property') from story;
select is(pg_temp.sees(), 1::bigint, 'but their own report');

-- Safeguarding is restricted by itself.
select tests.act_as((select carl from people));
insert into reports select 'secret', pg_temp.report(elms, 'safeguarding', jsonb_build_array(
  jsonb_build_object('role', 'involved', 'staff_id', people.nina))) from story cross join people;
select tests.act_as((select mona from people));
select ok(public.add_incident_action(reports.id, people.mona, 'Speak with her.') is not null, 'something is to be done')
from reports cross join people where reports.name = 'secret';
select ok(public.add_incident_followup(id, 'She was told.') is not null, 'and noted') from reports where name = 'secret';
select tests.act_as_system();
insert into public.incident_notifications_of_regulators (org_id, incident_id, site_id, is_restricted, regulator, due_at)
select org_id, id, site_id, is_restricted, 'Inspectorate', now() from public.incidents
where id = (select id from reports where name = 'secret');
select tests.act_as((select carl from people));
select is(pg_temp.sees_restricted(), '1 0 0 0 0 0 1', 'its reporter sees what they reported, and nothing that followed');
select tests.act_as((select nina from people));
select is(pg_temp.sees_restricted(), '0 0 0 0 0 0 0', 'colleagues, the one it is about too, see nothing of it');
select is(
  tests.refusal(format('select public.acknowledge_incident(%L)', (select id from reports where name = 'secret'))),
  'not_found', 'nor do anything with it'
);
select tests.act_as((select mona from people));
select is(pg_temp.sees_restricted(), '1 1 4 1 1 1 1', 'the manager of the site sees all of it');
select tests.act_as((select cora from people));
select is(pg_temp.sees_restricted(), '1 1 4 1 1 1 1', 'so does the compliance lead');
select tests.act_as((select ola from people));
select is(pg_temp.sees_restricted(), '1 1 4 1 1 1 1', 'and the owner');
select tests.act_as((select max from people));
select is(pg_temp.sees_restricted(), '0 0 0 0 0 0 0', 'the manager of another site does not');
select lives_ok(format('select public.list_incidents(p_limit => 1)'), 'whose list works all the same');
select tests.act_as((select mona from people));
select lives_ok(
  format('select public.restrict_incident(%L, false)', (select id from reports where name = 'secret')), 'a manager opens it'
);
select tests.act_as((select nina from people));
select is(pg_temp.sees_restricted(), '1 1 4 1 1 0 1', 'with all that belongs to it but what a regulator is told');

-- Ruth moves; what happened stays where it happened.
select tests.act_as_system();
update public.org_patients set site_id = (select oaks from story) where patient_id = (select id from ruth);
select is(
  (select site_id from public.incidents where id = (select id from reports where name = 'fall')), (select elms from story),
  'an incident does not follow the resident'
);

select * from finish();
rollback;
