-- Olga owns Lakeside, Ada administers it, Cora watches its compliance, Nadia is a nurse; Hana owns Harbor.
-- What is removed is gone at once, comes back by whoever may, and is deleted when its term is over: unless it is held,
-- or something refers to it. (D-051, D-076, E-033)
begin;
select plan(63);
select tests.freeze_clock('2026-01-10 12:00:00+00');

create temporary table story as
select
  lakeside,
  harbor,
  tests.make_person(lakeside, 'org_owner', 'Olga') as olga,
  tests.make_person(lakeside, 'admin', 'Ada') as ada,
  tests.make_person(lakeside, 'compliance_lead', 'Cora') as cora,
  tests.make_person(lakeside, 'nurse', 'Nadia') as nadia,
  tests.make_person(harbor, 'org_owner', 'Hana') as hana,
  gen_random_uuid() as house, gen_random_uuid() as annex, gen_random_uuid() as lodge, gen_random_uuid() as building,
  gen_random_uuid() as pier, gen_random_uuid() as circle
from (select tests.make_org('lakeside') as lakeside, tests.make_org('harbor') as harbor) as orgs;
grant select on story to public;
insert into public.properties (org_id, id, name) select lakeside, building, 'Hill' from story;
insert into public.sites (org_id, id, kind, name, property_id)
select lakeside, site.id, 'house', site.name, site.building
from story cross join lateral (
  values (house, 'House', null), (annex, 'Annex', null), (lodge, 'Lodge', building)
) as site (id, name, building);
insert into public.sites (org_id, id, kind, name) select harbor, pier, 'house', 'Pier' from story;
insert into public.provider_support_circles (org_id, id, name, meeting_frequency)
select lakeside, circle, 'Night shift', 'weekly' from story;
insert into public.provider_support_circle_members (org_id, circle_id, user_id, practitioner_id)
select lakeside, circle, nadia, tests.practitioner_of(nadia) from story;

create function pg_temp.stays(p_name text) returns boolean language sql as $$
  select exists (select from public.sites where name = p_name)
$$;
create function pg_temp.purge() returns integer language sql as $$
  select app.job_purge_removed((select lakeside from story), 100)
$$;
create function pg_temp.events(p_action text, p_id uuid) returns bigint language sql as $$
  select count(*) from public.audit_events where action::text = p_action and row_key ->> 'id' = p_id::text
$$;

-- Removing.
select tests.act_as((select nadia from story));
select is(tests.refusal('select public.remove_sites(house) from story'), 'permission_denied', 'a nurse removes no site');
select is(tests.refusal('select public.restore_sites(house) from story'), 'permission_denied', 'restores none');
select is(tests.refusal('select * from public.get_removed_sites()'), 'permission_denied', 'and lists none');
select is(tests.refusal('select * from public.get_retention()'), 'permission_denied', 'nor how long they are kept');
select tests.act_as((select hana from story));
select is(tests.refusal('select public.remove_sites(house) from story'), 'not_found', 'nor does another organization''s owner');
select tests.act_as((select ada from story));
select is(tests.refusal('select public.remove_sites(pier) from story'), 'not_found', 'a row of another organization is as none');
select is(tests.refusal('select public.remove_sites(null)'), 'invalid_input', 'no row is none');
select results_eq('select id, version from story, public.remove_sites(house)', 'select house, 2 from story', 'Ada removes the house');
select results_eq('select version from story, public.remove_sites(house)', array[2], 'once');
select is(pg_temp.stays('House'), false, 'it is gone from her sites');
select is_empty('select from public.houses, story where id = house', 'and from the houses');
select results_eq(
  $$ select row_values ->> 'name', deleted_at, purge_at, is_held from public.get_removed_sites() $$,
  $$ values ('House', '2026-01-10 12:00:00+00'::timestamptz, '2027-01-10 12:00:00+00'::timestamptz, false) $$,
  'she finds it among what was removed, with the day from which on it is gone for good'
);
select is(tests.refusal('select * from public.get_removed_sites(501)'), 'invalid_input', '500 at a time');
select tests.act_as((select hana from story));
select is_empty('select * from public.get_removed_sites()', 'Hana does not');
select is(tests.refusal('select public.restore_sites(house) from story'), 'not_found', 'nor brings it back');

-- Restoring.
select tests.act_as((select olga from story));
select results_eq('select id, version from story, public.restore_sites(house)', 'select house, 3 from story', 'Olga brings it back');
select results_eq('select version from story, public.restore_sites(house)', array[3], 'once');
select is(pg_temp.stays('House'), true, 'it is there again');
select tests.act_as_system();
select is(pg_temp.events('delete', (select house from story)), 1::bigint, 'the trail tells of the removal');
select is(pg_temp.events('restore', (select house from story)), 1::bigint, 'and of the return');
select is(
  (select actor_id from public.audit_events where action = 'restore' and row_key ->> 'id' = (select house::text from story)),
  (select olga from story), 'and whose doing it was'
);
create unique index sites_name_key on public.sites (org_id, name) where deleted_at is null;
select tests.act_as((select ada from story));
select lives_ok('select public.remove_sites(annex) from story', 'the annex is removed');
select tests.act_as_system();
insert into public.sites (org_id, kind, name) select lakeside, 'house', 'Annex' from story;
select tests.act_as((select ada from story));
select is(tests.refusal('select public.restore_sites(annex) from story'), 'conflict', 'another one has taken its place');
select tests.act_as_system();
drop index public.sites_name_key;

-- A circle: its rooms' flag, and what is in it.
select tests.act_as((select nadia from story));
select isnt_empty('select from public.provider_support_circle_members', 'Nadia is in a circle');
select tests.act_as((select ada from story));
select lives_ok('select public.remove_provider_support_circles(circle) from story', 'which Ada removes');
select tests.act_as((select nadia from story));
select is_empty('select from public.provider_support_circles', 'it is gone for her');
select is_empty('select from public.provider_support_circle_members', 'with what was in it');
select tests.act_as_system();
update public.organization_feature_flags set is_enabled = false where org_id = (select lakeside from story);
select tests.act_as((select ada from story));
select is(tests.refusal('select public.restore_provider_support_circles(circle) from story'), 'feature_disabled', 'where the hub is off nothing is restored');

-- Terms.
select is(tests.refusal($$ select public.set_retention_policy('organizations', '1 year') $$), 'invalid_input', 'not every table is purged');
select is(tests.refusal($$ select public.set_retention_policy('sites', '29 days') $$), 'invalid_input', 'a term is not shorter');
select is(tests.refusal($$ select public.set_retention_policy('sites', '11 years') $$), 'invalid_input', 'nor longer than the table says');
select is(public.set_retention_policy('sites', '60 days'), interval '60 days', 'Ada decides on sixty days');
select is(public.set_retention_policy('sites'), interval '1 year', 'goes back to the default');
select is(public.set_retention_policy('sites', '60 days'), interval '60 days', 'and decides again');
select tests.act_as_system();
insert into public.retention_policies (org_id, table_name, keep_for) select lakeside, 'properties', '1 second' from story;
select is(app.retention_term((select lakeside from story), 'properties'), interval '30 days', 'whatever is stored, the bound holds');
select is(app.retention_term((select harbor from story), 'sites'), interval '1 year', 'another organization has its own');

-- Holds.
select tests.act_as((select ada from story));
select is(tests.refusal($$ select public.place_legal_hold('litigation') $$), 'permission_denied', 'an administrator places no hold');
select is(tests.refusal($$ insert into public.legal_holds (reason_code) values ('other') $$), '42501', 'and writes none');
select tests.act_as((select cora from story));
select is(tests.refusal($$ select public.place_legal_hold('litigation', 'organizations') $$), 'invalid_input', 'a hold is on what is purged');
select is(tests.refusal($$ select public.place_legal_hold('litigation', null, gen_random_uuid()) $$), 'invalid_input', 'a row is of a table');
select is(tests.refusal($$ select public.place_legal_hold('litigation', 'sites', pier) from story $$), 'not_found', 'a row is one of hers');
select is(tests.refusal($$ select public.place_legal_hold('litigation', p_subject_id => hana) from story $$), 'not_found', 'and so is a person');
create temporary table held as
select
  public.place_legal_hold('litigation', 'sites', annex, p_reference => 'M-17') as row_hold,
  public.place_legal_hold('regulator', p_subject_id => nadia) as person_hold
from story;
grant select on held to public;
select tests.act_as((select ada from story));
select results_eq($$ select row_values ->> 'name', is_held from public.get_removed_sites() $$, $$ values ('Annex', true) $$, 'Ada sees that the annex is held');
select tests.act_as((select hana from story));
select is_empty('select * from public.legal_holds', 'another organization does not');
select is(tests.refusal('select public.release_legal_hold(row_hold) from held'), 'not_found', 'and releases none');

-- Purging.
select tests.act_as((select ada from story));
select lives_ok('select public.remove_sites(house), public.remove_sites(lodge), public.remove_properties(building) from story', 'the house, the lodge and its building are removed');
select tests.act_as_system();
update public.provider_support_circle_members set deleted_at = app.clock() where org_id = (select lakeside from story);
select tests.freeze_clock('2026-03-11 11:59:59+00');
select is(pg_temp.purge(), 0, 'a second too early nothing is purged, the building has a site');
select tests.act_as((select cora from story));
select results_eq(
  $$ select table_name, keep_for, is_default, removed_count, due_count, held_count, referenced_count from public.get_retention()
     where table_name in ('properties', 'sites', 'provider_support_circle_members') $$,
  $$ values
     ('properties', interval '30 days', false, 1::bigint, 1::bigint, 0::bigint, 1::bigint),
     ('provider_support_circle_members', interval '180 days', true, null, null, null, null),
     ('sites', interval '60 days', false, 3, 0, 1, 0) $$,
  'Cora sees how it stands; of people in circles there is no number'
);
select tests.act_as_system();
select tests.freeze_clock('2026-03-11 12:00:01+00');
select is(pg_temp.purge(), 3, 'then house and lodge go, and the building that only the lodge referred to');
select is(pg_temp.purge(), 0, 'once');
select results_eq(
  $$ select name from public.sites, story where org_id = lakeside order by name, deleted_at $$,
  array['Annex', 'Annex'], 'what is held stays, and what was not removed'
);
select is(pg_temp.events('purge', (select house from story)), 1::bigint, 'the trail tells of it');
select is(pg_temp.events('purge', (select building from story)), 1::bigint, 'of each row');
select throws_like('delete from public.sites where id = (select annex from story)', '%legal hold%', 'nor does the owner of the database delete it');
select tests.freeze_clock('2026-12-24 12:00:00+00');
select is(pg_temp.purge(), 0, 'a hold on a person keeps their seat, and the seat its circle');
select throws_like('delete from public.legal_holds', '%never changed or deleted%', 'nobody deletes a hold');
select throws_like('update public.legal_holds set reference = null', '%never changed or deleted%', 'nor changes it');
select tests.act_as((select olga from story));
select lives_ok('select public.release_legal_hold(row_hold), public.release_legal_hold(person_hold) from held', 'Olga releases both');
select lives_ok('select public.release_legal_hold(row_hold) from held', 'and again, which changes nothing');
select results_eq(
  $$ select operation, count(*) from public.audit_events where table_name = 'public.legal_holds' group by 1 order by 1 $$,
  $$ values ('place_legal_hold', 2::bigint), ('release_legal_hold', 2) $$, 'the trail tells of both ends of both'
);
select tests.act_as_system();
select is(app.job_purge_removed((select lakeside from story), 1), 1, 'as many as it is told');
select is(pg_temp.purge(), 2, 'and all that is due: annex, seat, circle');
select is((select count(*) from public.sites, story where id = pier), 1::bigint, 'another organization keeps its own');

select * from finish();
rollback;
