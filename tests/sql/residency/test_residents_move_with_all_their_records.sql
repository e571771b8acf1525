-- Cora coordinates care in all homes: Ruth moves within the Elms and then to the Oaks, at the same moment out of one bed
-- and into the other. Mia manages the Elms only, Otto the Oaks only; Ben lives at the Oaks.
begin;
select plan(22);
select tests.freeze_clock('2026-05-04 09:00+00');

create temporary table story as
select lakeside, tests.make_site(lakeside, 'The Elms') as elms, tests.make_site(lakeside, 'The Oaks') as oaks,
  gen_random_uuid() as bed, gen_random_uuid() as other_bed, gen_random_uuid() as oaks_bed, gen_random_uuid() as oaks_spare
from (select tests.make_org('lakeside') as lakeside) as orgs;
with rooms as (
  insert into public.rooms (org_id, site_id, name)
  select lakeside, unnest(array[elms, oaks]), '1' from story returning org_id, site_id, id
)
insert into public.beds (org_id, site_id, room_id, id, name)
select rooms.org_id, rooms.site_id, rooms.id, made.id, made.name
from story
cross join lateral (
  values (elms, bed, 'a'), (elms, other_bed, 'b'), (oaks, oaks_bed, 'a'), (oaks, oaks_spare, 'b')
) as made (site_id, id, name)
inner join rooms on rooms.site_id = made.site_id;
create temporary table people as
select
  tests.make_person(lakeside, 'care_manager', 'Cora') as cora, tests.make_person(lakeside, 'manager', 'Mia', elms) as mia,
  tests.make_person(lakeside, 'manager', 'Otto', oaks) as otto
from story;
create temporary table persons as
select gen_random_uuid() as ruth, gen_random_uuid() as ben;
insert into public.patients (id, family_name) select unnest(array[ruth, ben]), app.plain('Moss') from persons;
insert into public.org_patients (org_id, patient_id) select lakeside, unnest(array[ruth, ben]) from persons cross join story;
grant select on story, people, persons to public;

create function pg_temp.admit(p_who uuid, p_bed uuid) returns text language sql as $$
  select tests.refusal(format('select public.admit_resident(%L, p_patient_id => %L)', p_bed, p_who))
$$;
create function pg_temp.transfer(p_bed uuid, p_at timestamptz default null) returns text language sql as $$
  select tests.refusal(format('select public.transfer_resident(%L, %L, %L)', ruth, p_bed, p_at)) from persons
$$;

select tests.act_as((select mia from people));
select is(
  pg_temp.admit((select ruth from persons), (select bed from story)), 'not_found',
  'a manager admits no patient whom their home does not know'
);
select tests.act_as((select cora from people));
select is(pg_temp.admit((select ruth from persons), (select bed from story)), null, 'who coordinates care does');
select is(pg_temp.admit((select ben from persons), (select bed from story)), 'conflict', 'but not into a bed that is taken');
select is(pg_temp.admit((select ben from persons), (select oaks_bed from story)), null, 'into another');
select results_eq('select count(*) from public.residents', array[2::bigint], 'two live here, whoever was refused before');

select tests.freeze_clock('2026-05-06 09:00+00');
select tests.act_as((select mia from people));
select is(pg_temp.transfer((select bed from story)), 'conflict', 'nobody moves to the bed they have');
select is(pg_temp.transfer((select other_bed from story), '2026-05-03 09:00+00'), 'invalid_input', 'nor before they came');
select is(pg_temp.transfer((select other_bed from story), '2026-05-07 09:00+00'), 'invalid_input', 'nor in the future');
select is(pg_temp.transfer((select other_bed from story), '2026-05-05 09:00+00'), null, 'a manager moves her, as of yesterday');
select results_eq(
  'select stays_during from public.bed_stays order by starts_at',
  array[
    tstzrange('2026-05-04 09:00+00', '2026-05-05 09:00+00'), tstzrange('2026-05-05 09:00+00', null)
  ],
  'out of one bed and into the other at one moment'
);
select is(pg_temp.transfer((select oaks_spare from story)), 'not_found', 'but not to a home that is not hers');
select tests.act_as((select otto from people));
select is(pg_temp.transfer((select oaks_spare from story)), 'not_found', 'nor does the other home take her');
select is((select count(*) from public.bed_stays), 1::bigint, 'it knows nothing of her');

select tests.act_as((select cora from people));
select is(pg_temp.transfer((select oaks_bed from story)), 'conflict', 'she does not get Ben''s bed');
select is((select count(*) from public.bed_stays where ends_at = 'infinity'), 2::bigint, 'and keeps hers');
select is(pg_temp.transfer((select oaks_spare from story)), null, 'who has both homes moves her');
select is(
  (select array_agg(distinct site_id) from public.admissions), array[(select oaks from story)], 'her stay moves along'
);
select results_eq(
  format('select bed_site_id = %L from public.bed_stays where resident_id = %L order by starts_at', (select elms from story), (select ruth from persons)),
  array[true, true, false], 'and where she was stays told'
);
select tests.act_as((select mia from people));
select is_empty('select * from public.bed_stays', 'the former home knows her no more');
select is(
  (select array_agg(occupied_count) from public.get_occupancy_figures()), array[0], 'and is empty'
);
select tests.act_as((select otto from people));
select is((select count(*) from public.bed_stays), 4::bigint, 'the new one knows where she was, too');
select tests.act_as_system();
select is(
  tests.refusal(format(
    $$ insert into public.bed_stays (org_id, resident_id, site_id, admission_id, bed_id, bed_site_id, stays_during)
       select org_id, %L, site_id, (select id from public.admissions as theirs where theirs.resident_id = %L), bed_id, bed_site_id, '[2030-01-01, 2030-01-02)'
       from public.bed_stays as stays where stays.resident_id = %L and stays.ends_at = 'infinity' $$,
    (select ben from persons), (select ben from persons), (select ruth from persons)
  )),
  '23P01', 'and whoever writes the table: nobody has a bed that is somebody''s'
);

select * from finish();
rollback;
