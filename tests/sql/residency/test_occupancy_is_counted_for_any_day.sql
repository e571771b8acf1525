-- Mia manages the Elms (Chicago), Otto the Oaks (Kiritimati, a day ahead). Two beds each. Olga owns Lakeside, Ada
-- administers it; Fay is family, Hugo is of Harbor.
begin;
select plan(26);
select tests.freeze_clock('2026-04-01 15:00+00');

create temporary table story as
select lakeside, harbor, tests.make_site(lakeside, 'The Elms') as elms, tests.make_site(lakeside, 'The Oaks') as oaks,
  gen_random_uuid() as bed, gen_random_uuid() as other_bed, gen_random_uuid() as ann, gen_random_uuid() as bob
from (select tests.make_org('lakeside') as lakeside, tests.make_org('harbor') as harbor) as orgs;
update public.sites set time_zone = 'Pacific/Kiritimati' where id = (select oaks from story);
with rooms as (
  insert into public.rooms (org_id, site_id, name)
  select lakeside, unnest(array[elms, oaks]), '1' from story returning org_id, site_id, id
)
insert into public.beds (org_id, site_id, room_id, id, name)
select rooms.org_id, rooms.site_id, rooms.id, made.id, made.name
from story
cross join lateral (
  values (elms, bed, 'a'), (elms, other_bed, 'b'), (oaks, gen_random_uuid(), 'a'), (oaks, gen_random_uuid(), 'b')
) as made (site_id, id, name)
inner join rooms on rooms.site_id = made.site_id;
-- The beds of a story are there from its beginning.
alter table public.beds disable trigger _100_stamp;
update public.beds set created_at = '2026-03-01';
alter table public.beds enable trigger _100_stamp;
create temporary table people as
select
  tests.make_person(lakeside, 'manager', 'Mia', elms) as mia, tests.make_person(lakeside, 'manager', 'Otto', oaks) as otto,
  tests.make_person(lakeside, 'org_owner', 'Olga') as olga, tests.make_person(lakeside, 'admin', 'Ada') as ada,
  tests.make_person(lakeside, 'family', 'Fay') as fay, tests.make_person(harbor, 'manager', 'Hugo') as hugo
from story;
insert into public.patients (id, family_name) select unnest(array[ann, bob]), app.plain('Moss') from story;
insert into public.org_patients (org_id, patient_id, site_id) select lakeside, unnest(array[ann, bob]), elms from story;
grant select on story, people to public;

create function pg_temp.live() returns text language sql as $$
  select format('%s of %s, %s away, %s kept, %s free, %s late', occupied_count, bed_count, on_leave_count, reserved_count, vacant_count, overstay_count)
  from public.get_occupancy_figures()
$$;
create function pg_temp.on_day(p_site uuid, p_on date) returns text language sql as $$
  select format('%s of %s, %s away, %s in, %s out', occupied_count, bed_count, on_leave_count, admission_count, discharge_count)
  from public.calculate_occupancy_snapshot(p_site, p_on)
$$;
create function pg_temp.refused(p_statement text) returns text language sql as $$ select tests.refusal(p_statement) $$;

select tests.act_as((select mia from people));
do $$ begin
  perform public.admit_resident(bed, p_patient_id => ann) from story;
  perform public.reserve_bed(other_bed, '2026-04-03', p_patient_id => bob, p_planned_until => '2026-04-06') from story;
end $$;
select is(pg_temp.live(), '1 of 2, 0 away, 1 kept, 0 free, 0 late', 'live: one is there, one is to come');
select is(pg_temp.on_day((select elms from story), '2026-03-31'), '0 of 2, 0 away, 0 in, 0 out', 'the day before, nobody');
select is(pg_temp.on_day((select elms from story), '2026-04-01'), '1 of 2, 0 away, 1 in, 0 out', 'today, as of now');
select is(
  pg_temp.refused(format('select public.calculate_occupancy_snapshot(%L, ''2026-04-02'')', (select elms from story))),
  'invalid_input', 'nobody knows tomorrow'
);
select tests.freeze_clock('2026-04-03 16:00+00');
select tests.act_as((select mia from people));
do $$ begin
  perform public.admit_resident(p_patient_id => bob) from story;
  perform public.start_leave(ann, 'hospital') from story;
end $$;
select is(pg_temp.live(), '2 of 2, 1 away, 0 kept, 0 free, 0 late', 'both, one of them away');
select tests.freeze_clock('2026-04-06 16:59:59+00');
select tests.act_as((select mia from people));
select is(pg_temp.live(), '2 of 2, 1 away, 0 kept, 0 free, 0 late', 'until noon of the day he is to leave');
select tests.freeze_clock('2026-04-06 17:00+00');
select tests.act_as((select mia from people));
select is(pg_temp.live(), '1 of 2, 1 away, 0 kept, 1 free, 1 late', 'from then on he is there without a bed');
select lives_ok('select public.extend_stay(bob, ''2026-04-08'') from story', 'so his stay is made longer');
select is(pg_temp.live(), '2 of 2, 1 away, 0 kept, 0 free, 0 late', 'and the bed is his');
select tests.freeze_clock('2026-04-08 15:00+00');
select tests.act_as((select mia from people));
do $$ begin
  perform public.discharge_resident(bob, 'end_of_stay', 'own_home', '2026-04-07 15:00+00') from story;
  perform public.end_leave(ann, '2026-04-07 10:00+00') from story;
end $$;
select is(pg_temp.on_day((select elms from story), '2026-04-03'), '2 of 2, 1 away, 1 in, 0 out', 'a past day is as it was');
select is(pg_temp.on_day((select elms from story), '2026-04-06'), '2 of 2, 1 away, 0 in, 0 out', 'each of them');
select is(pg_temp.on_day((select elms from story), '2026-04-07'), '1 of 2, 0 away, 0 in, 1 out', 'also as it was entered later');

select tests.act_as_system();
select is((select app.job_snapshot_occupancy(lakeside, 5) from story), 5, 'days are counted, so many at a time');
select is((select app.job_snapshot_occupancy(lakeside, 5) from story), 2, 'until there is none left');
select is((select app.job_snapshot_occupancy(lakeside, 5) from story), 0, 'and none twice');
select results_eq(
  'select snapshot_date from public.occupancy_snapshots order by 1',
  $$ select '2026-04-01'::date + ahead from generate_series(0, 6) as ahead $$,
  'from the first stay to yesterday, and nothing of a site where nobody was'
);
select tests.freeze_clock('2026-04-09 15:00+00');
select tests.act_as((select mia from people));
select lives_ok(
  'select public.admit_resident(other_bed, p_patient_id => bob, p_admitted_at => ''2026-04-07 20:00+00'') from story',
  'somebody is entered late'
);
select tests.act_as_system();
select is((select app.job_snapshot_occupancy(lakeside, 5) from story), 1, 'with the next day');
select is_empty(
  $$
    select kept.snapshot_date
    from public.occupancy_snapshots as kept
    cross join lateral app.snapshot_of(kept.org_id, kept.site_id, kept.snapshot_date) as anew
    where
      (kept.bed_count, kept.occupied_count, kept.on_leave_count, kept.admission_count, kept.discharge_count)
      is distinct from (anew.bed_count, anew.occupied_count, anew.on_leave_count, anew.admission_count, anew.discharge_count)
  $$, 'what is kept is what is counted anew'
);
do $$ begin perform app.job_refresh_occupancy_history(); end $$;

select tests.act_as((select olga from people));
select results_eq(
  'select occupied_bed_days, bed_days, leave_days, day_count from public.get_occupancy_history(''2026-01-01'', ''2026-12-01'')',
  'values (14, 16, 4, 8)', 'an owner reads the months'
);
select is(pg_temp.live(), '2 of 4, 0 away, 0 kept, 2 free, 0 late', 'and how full all homes are');
select is((select count(*) from public.occupancy), 2::bigint, 'home by home');
select tests.act_as((select otto from people));
select is(pg_temp.live(), '0 of 2, 0 away, 0 kept, 2 free, 0 late', 'a manager their own');
select is(
  pg_temp.refused(format('select public.get_occupancy_figures(%L)', (select elms from story))), 'not_found', 'and no other'
);
select tests.act_as((select fay from people));
select is(pg_temp.refused('select public.get_occupancy_figures()'), 'permission_denied', 'a relative none');
select is_empty('select * from public.occupancy', 'in no way');

select * from finish();
rollback;
