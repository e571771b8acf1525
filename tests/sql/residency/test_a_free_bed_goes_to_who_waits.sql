-- Mia manages the Elms, where Ruth has the only bed. Anna (priority 1, from June on), Bea (2) and Carla (3) wait for it.
-- Otto manages the Oaks, Nora nurses at the Elms, Hugo is of Harbor.
begin;
select plan(33);
select tests.freeze_clock('2026-05-04 09:00+00');

create temporary table story as
select lakeside, harbor, tests.make_site(lakeside, 'The Elms') as elms, tests.make_site(lakeside, 'The Oaks') as oaks,
  gen_random_uuid() as bed, gen_random_uuid() as ruth
from (select tests.make_org('lakeside') as lakeside, tests.make_org('harbor') as harbor) as orgs;
with rooms as (
  insert into public.rooms (org_id, site_id, name) select lakeside, elms, '1' from story returning org_id, site_id, id
)
insert into public.beds (org_id, site_id, room_id, id, name)
select rooms.org_id, rooms.site_id, rooms.id, story.bed, 'a' from rooms cross join story;
create temporary table people as
select
  tests.make_person(lakeside, 'manager', 'Mia', elms) as mia, tests.make_person(lakeside, 'manager', 'Otto', oaks) as otto,
  tests.make_person(lakeside, 'nurse', 'Nora', elms) as nora, tests.make_person(harbor, 'manager', 'Hugo') as hugo
from story;
create temporary table enquiries (who text, id uuid, entry uuid);
insert into public.patients (id, family_name) select ruth, app.plain('Moss') from story;
insert into public.org_patients (org_id, patient_id, site_id) select lakeside, ruth, elms from story;
grant select on story, people to public;
grant all on enquiries to public;

create function pg_temp.says(p_statement text, variadic p_values text[] default '{}') returns text language sql as $$
  select tests.refusal(format(p_statement, variadic p_values))
$$;
create function pg_temp.entry(p_who text) returns text language sql as $$ select entry from enquiries where who = p_who $$;
create function pg_temp.offer() returns text language sql as $$
  select id::text from public.bed_offers where status = 'open'
$$;
create function pg_temp.offered() returns text language sql as $$
  select enquiries.who from public.bed_offers as offers inner join enquiries on enquiries.entry = offers.entry_id
  where offers.status = 'open'
$$;

select tests.act_as((select mia from people));
select lives_ok('select public.admit_resident(bed, p_patient_id => ruth) from story', 'Ruth has the bed');
insert into enquiries (who, id)
select
  who,
  public.create_enquiry((select elms from story), 'phone', '{"name": "x"}', jsonb_build_object('family_name', who))
from unnest(array['Anna', 'Bea', 'Carla']) as who;
select is(
  pg_temp.says('select public.join_waitlist(%L)', (select id::text from enquiries where who = 'Bea')), 'conflict',
  'nobody waits who was not assessed'
);
do $$ begin perform public.move_enquiry(id, 'assessment') from enquiries; end $$;
update enquiries set entry = (
  select joined.id from public.join_waitlist(
    enquiries.id, case who when 'Anna' then 1 when 'Bea' then 2 else 3 end,
    case who when 'Anna' then date '2026-06-01' end
  ) as joined
);
select is(
  pg_temp.says('select public.join_waitlist(%L)', (select id::text from enquiries where who = 'Bea')), 'conflict', 'or twice'
);
select is(pg_temp.says('select public.offer_bed(%L)', (select bed::text from story)), 'conflict', 'a bed that is had is not offered');
select tests.act_as((select otto from people));
select is_empty('select * from public.waitlist_entries', 'another home does not see who waits here');
select is(pg_temp.says('select public.leave_waitlist(%L)', pg_temp.entry('Bea')), 'not_found', 'nor takes them off the list');
select tests.act_as((select nora from people));
select is(pg_temp.says('select public.offer_bed(%L)', (select bed::text from story)), 'permission_denied', 'who gives care offers no beds');
select is_empty('select * from public.waitlist_entries', 'and does not need to know who waits');

select tests.freeze_clock('2026-05-06 09:00+00');
select tests.act_as((select mia from people));
select lives_ok('select public.discharge_resident(ruth, ''own_choice'', ''own_home'') from story', 'Ruth leaves');
select is(pg_temp.offered(), 'Bea', 'the next who wants it now is offered her bed: Anna is not, before June');
select is((select status::text from public.residency_enquiries where id = (select id from enquiries where who = 'Bea')), 'offered', 'which the enquiry says');
select is((select state from public.get_occupancy_board((select elms from story))), 'offered', 'and the board');
select results_eq(
  'select occupied_count, reserved_count, vacant_count, waiting_count from public.get_occupancy_figures()',
  'values (0, 1, 0, 3)', 'and the figures'
);
select is(
  pg_temp.says('select public.admit_resident(%L, p_patient_id => %L)', (select bed::text from story), (select ruth::text from story)),
  'conflict', 'nobody else is given it meanwhile'
);
select is(
  pg_temp.says('select public.move_enquiry(%L, ''lost'', ''funding'')', (select id::text from enquiries where who = 'Bea')),
  'conflict', 'an offer is answered before the enquiry is lost'
);
select tests.act_as_system();
select is(
  (select count(*) from public.notification_queue where recipient_id = (select mia from people) and template_key = 'residency.bed_offer'),
  1::bigint, 'the manager is told'
);
select tests.act_as((select otto from people));
select is_empty('select * from public.bed_offers', 'another manager sees no offer');
select tests.act_as((select hugo from people));
select is_empty('select * from public.bed_offers', 'nor another organization');

select tests.act_as((select mia from people));
select lives_ok(format('select public.decline_bed_offer(%L)', pg_temp.offer()), 'Bea does not want it');
select is(pg_temp.offered(), 'Carla', 'it goes to the next');
select is((select status::text from public.waitlist_entries where id = pg_temp.entry('Bea')::uuid), 'waiting', 'and Bea waits on');
select tests.freeze_clock('2026-05-08 10:00+00');
select tests.act_as((select mia from people));
select is(
  pg_temp.says('select public.accept_bed_offer(%L, ''2026-05-09'')', pg_temp.offer()), 'conflict',
  'after two days it is too late'
);
select tests.act_as_system();
select is((select app.job_expire_bed_offers(lakeside, 100) from story), 1, 'the offer expires');
select is((select app.job_expire_bed_offers(lakeside, 100) from story), 0, 'once');
select is_empty('select pg_temp.offer() where pg_temp.offer() is not null', 'nobody is asked twice for one bed');

select tests.freeze_clock('2026-06-02 09:00+00');
select tests.act_as((select mia from people));
select lives_ok('select public.offer_bed(bed) from story', 'in June it is offered again');
select is(pg_temp.offered(), 'Anna', 'to Anna, whose time has come');
select lives_ok(format('select public.accept_bed_offer(%L, ''2026-06-03'', ''2026-06-20'')', pg_temp.offer()), 'who takes it');
select is(
  (select array_agg(status::text order by priority) from public.waitlist_entries), '{placed,waiting,waiting}',
  'and waits no longer'
);
select is(
  (select array_agg((is_reserved, stays_during)::text) from public.bed_stays where is_reserved),
  array[row(true, tstzrange('2026-06-03 17:00+00', '2026-06-20 17:00+00'))::text], 'the bed is kept for her days'
);
select lives_ok(
  format('select public.leave_waitlist(%L)', pg_temp.entry('Carla')), 'Carla no longer waits'
);
select lives_ok(
  'select public.cancel_admission(admission_id) from public.bed_stays where is_reserved', 'Anna does not come after all'
);
select is(pg_temp.offered(), null, 'Bea, who has been asked, is not asked again');

select * from finish();
rollback;
