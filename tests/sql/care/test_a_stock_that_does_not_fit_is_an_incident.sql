-- Carl (carer) counts at the Elms: Ruth's morphine, which is controlled, and her paracetamol, which is not. Mona manages
-- the Elms, Otto is a carer at the Oaks. What does not fit is an incident, without anybody reporting it.
begin;
select plan(22);

create temporary table story as
select lakeside, tests.make_site(lakeside, 'The Elms') as elms, tests.make_site(lakeside, 'The Oaks') as oaks
from (select tests.make_org('lakeside') as lakeside) as orgs;
create temporary table people as
select
  tests.make_staff(lakeside, 'nurse', 'Nora', elms) as nora, tests.make_staff(lakeside, 'carer', 'Carl', elms) as carl,
  tests.make_staff(lakeside, 'carer', 'Otto', oaks) as otto, tests.make_staff(lakeside, 'manager', 'Mona', elms) as mona
from story;
create temporary table ruth as select tests.make_resident(lakeside, elms, 'Ruth') as id from story;
grant select on story, people, ruth to public;
select tests.freeze_clock('2027-02-01 07:30-06');

select tests.act_as((select nora from people));
create temporary table stocks as
select
  (public.create_medication_stock((select id from ruth), 'Morphine 10 mg', 'tablet', true)).id as morphine,
  (public.create_medication_stock((select id from ruth), 'Paracetamol 500 mg', 'tablet')).id as paracetamol;
grant select on stocks to public;
select is(
  (public.record_stock_movement((select paracetamol from stocks), 'received', gen_random_uuid(), 20)).status::text,
  'confirmed', 'twenty tablets came'
);

select tests.act_as((select carl from people));
create temporary table keys as select gen_random_uuid() as once, gen_random_uuid() as again;
grant select on keys to public;
select is(
  (public.record_stock_count((select paracetamol from stocks), 20, gen_random_uuid())).difference, 0.000, 'Carl counts twenty'
);
select is_empty('select id from public.incidents', 'what fits is no incident');

select is(
  (public.record_stock_count((select paracetamol from stocks), 18, (select once from keys))).difference, -2.000,
  'two are missing'
);
select results_eq(
  $$ select kind::text, severity::text, injury_level::text, status::text, site_id, reported_by, is_restricted, occurred_at
     from public.incidents $$,
  $$ select 'medication', 'low', 'none', 'reported', elms, carl, false, '2027-02-01 07:30-06'::timestamptz from story, people $$,
  'an incident of the home, with no controlled drug in it a minor one'
);
select results_eq(
  'select incident_id, status::text from public.medication_discrepancies', $$ select id, 'open' from public.incidents $$,
  'the discrepancy says which; nobody has explained it'
);
select is(
  (public.record_stock_count((select paracetamol from stocks), 18, (select once from keys))).difference, -2.000,
  'sent again, it is the same count'
);
select is((select count(*) from public.incidents), 1::bigint, 'and the same incident');
select results_eq(
  $$ select people.person_role::text, people.resident_id from public.incident_people as people $$,
  $$ select 'involved', id from ruth $$, 'whose medicine it is stands with it'
);
select unalike(
  (select description from public.open_incidents(array[(select id from public.incidents)], 'operations')),
  '%aracetamol%', 'no medicine is named'
);
select is(
  (select count(*) from public.incident_timers where step = 'acknowledge' and stopped_at is null), 1::bigint,
  'its clocks run'
);

-- A controlled drug.
select is(
  (public.record_stock_count((select morphine from stocks), 1, (select again from keys))).difference, 1.000,
  'one of the morphine is too many'
);
select results_eq(
  $$ select incidents.severity::text from public.incidents
     inner join public.medication_discrepancies as found
       on found.incident_id = incidents.id and found.is_controlled $$,
  $$ values ('severe') $$, 'that is a severe incident, before anybody signs with him'
);
select tests.act_as_system();
select results_eq(
  $$ select distinct recipient_id from public.notification_queue where template_key = 'incident.severe' $$,
  'select mona from people', 'Mona is told at once'
);
select is_empty(
  $$ select id from public.notification_queue where payload::text ~* 'morphine|paracetamol' $$, 'and of no medicine by name'
);
select tests.act_as((select otto from people));
select is_empty('select id from public.incidents', 'the other home knows nothing');

-- It is worked like any other; reporting it once more makes no second one.
select tests.act_as((select mona from people));
create temporary table lost as
select id, incident_id from public.medication_discrepancies where is_controlled;
grant select on lost to public;
select lives_ok(
  'select public.acknowledge_incident(incident_id, (select mona from people)) from lost', 'Mona takes it on'
);
select is(
  (public.resolve_medication_discrepancy((select id from lost), 'reported')).incident_id, (select incident_id from lost),
  'reported, it stays the same incident'
);
select is((select count(*) from public.incidents), 2::bigint, 'there are two, one for each discrepancy');

-- What was found before incidents were opened by themselves becomes one when it is reported.
select tests.act_as_system();
update public.medication_discrepancies set incident_id = null where not is_controlled;
select is(
  tests.refusal(
    $$ update public.medication_discrepancies set explanation = app.plain(repeat('x', 2001)) where not is_controlled $$
  ), 'invalid_input', 'an explanation has an end, whoever writes it'
);
select tests.act_as((select mona from people));
select isnt(
  (public.resolve_medication_discrepancy(
    (select id from public.medication_discrepancies where not is_controlled), 'reported')).incident_id,
  null::uuid, 'an older one is opened by who reports it'
);
select is(
  (public.resolve_medication_discrepancy(
    (select id from public.medication_discrepancies where not is_controlled), 'explained', 'Dropped')).status::text,
  'explained', 'and explained, once it is known why'
);
select * from finish();
rollback;
