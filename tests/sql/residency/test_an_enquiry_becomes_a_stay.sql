-- Mia manages the Elms: Ruth's daughter asks, Ruth is assessed, offered a bed, comes, is away, and leaves. Carl (carer
-- there) sees who lives there; Otto manages the Oaks and sees nothing of it; Hugo is of Harbor.
begin;
select plan(41);
select tests.freeze_clock('2026-03-10 15:00+00');

create temporary table story as
select
  lakeside, harbor, tests.make_site(lakeside, 'The Elms') as elms, tests.make_site(lakeside, 'The Oaks') as oaks,
  gen_random_uuid() as bed, gen_random_uuid() as other_bed, gen_random_uuid() as closed_bed,
  gen_random_uuid() as oaks_bed
from (select tests.make_org('lakeside') as lakeside, tests.make_org('harbor') as harbor) as orgs;
with rooms as (
  insert into public.rooms (org_id, site_id, name)
  select lakeside, unnest(array[elms, oaks]), '1' from story returning org_id, site_id, id
)
insert into public.beds (org_id, site_id, room_id, id, name, is_active)
select rooms.org_id, rooms.site_id, rooms.id, made.id, made.name, made.name <> 'closed'
from story
cross join lateral (
  values (elms, bed, 'window'), (elms, other_bed, 'door'), (elms, closed_bed, 'closed'), (oaks, oaks_bed, 'window')
) as made (site_id, id, name)
inner join rooms on rooms.site_id = made.site_id;
create temporary table people as
select
  tests.make_person(lakeside, 'manager', 'Mia', elms) as mia, tests.make_person(lakeside, 'carer', 'Carl', elms) as carl,
  tests.make_person(lakeside, 'manager', 'Otto', oaks) as otto, tests.make_person(harbor, 'manager', 'Hugo') as hugo
from story;
create temporary table made (enquiry uuid, ruth uuid, admission uuid);
insert into made default values;
grant select on story, people to public;
grant all on made to public;

create function pg_temp.move(p_to public.enquiry_status, p_why public.enquiry_lost_reason default null) returns text
language sql as $$
  select tests.refusal(format('select public.move_enquiry(%L, %L, %L)', enquiry, p_to, p_why)) from made
$$;
create function pg_temp.admit(p_bed uuid) returns text
language sql as $$
  select tests.refusal(format('select public.admit_resident(%L, %L)', p_bed, enquiry)) from made
$$;

select tests.act_as((select carl from people));
select is(
  tests.refusal(format('select public.create_enquiry(%L, ''phone'', ''{"name": "Dora"}'')', (select elms from story))),
  'permission_denied', 'who gives care takes no enquiries'
);
select tests.act_as((select otto from people));
select is(
  tests.refusal(format('select public.create_enquiry(%L, ''phone'', ''{"name": "Dora"}'')', (select elms from story))),
  'not_found', 'and a manager none for another home'
);
select tests.act_as((select mia from people));
select is(
  tests.refusal(format('select public.create_enquiry(%L, ''phone'', ''{"phone": "1"}'')', (select elms from story))),
  'invalid_input', 'an enquiry says whom to answer'
);
update made set enquiry = (
  select public.create_enquiry(
    elms, 'phone', '{"name": "Dora Moss", "phone": "0123"}',
    '{"family_name": "Moss", "given_names": "Ruth", "birth_date": "1941-02-03", "preferred_name": "Ruthie"}'
  ) from story
);
select is(
  (
    select opened.details -> 'contact' ->> 'phone'
    from made cross join public.open_residency_enquiries(array[enquiry], 'operations') as opened
  ),
  '0123', 'the contact is opened with a purpose'
);
select is(pg_temp.move('offered'), 'conflict', 'nobody is offered a place unassessed');
select is(pg_temp.move('admitted'), 'invalid_input', 'nor admitted by a word');
select is(pg_temp.move('lost'), 'invalid_input', 'an enquiry is lost for a reason');
select is(pg_temp.move('assessment'), null, 'the needs are assessed');
select is(pg_temp.admit((select bed from story)), 'conflict', 'nobody comes before a place is offered');
select is(pg_temp.move('offered'), null, 'a place is offered');
select is(
  tests.refusal('update public.residency_enquiries set status = ''admitted'', resident_id = null'), '42501',
  'who it became is nobody''s to write'
);
select is(
  tests.refusal('update public.residency_enquiries set status = ''admitted'''), 'conflict',
  'and nobody is admitted without coming'
);
select is(pg_temp.admit((select closed_bed from story)), 'conflict', 'a closed bed is not given');
select is(pg_temp.admit((select oaks_bed from story)), 'not_found', 'nor one of another home');
select tests.act_as((select otto from people));
select is(pg_temp.admit((select oaks_bed from story)), 'not_found', 'another manager does not take the enquiry');
select is_empty('select * from public.residency_enquiries', 'nor see it');
select tests.act_as((select hugo from people));
select is(pg_temp.admit((select bed from story)), 'not_found', 'another organization neither');

select tests.act_as((select mia from people));
select lives_ok(
  format('select public.reserve_bed(%L, ''2026-03-12'', %L)', (select bed from story), (select enquiry from made)),
  'a bed is kept for her'
);
update made set (ruth, admission) = (select id, null::uuid from public.residents);
select results_eq(
  $$ select status::text, preferred_name from public.list_residents((select elms from story), 'treatment', '{expected}') $$,
  $$ values ('expected', 'Ruthie') $$, 'she is expected, by the name she likes'
);
select is(
  (select opened.family_name from made cross join public.open_patients(array[ruth], 'treatment') as opened), 'Moss',
  'and is a patient'
);
select is(pg_temp.move('lost', 'funding'), 'conflict', 'an enquiry is not lost while a bed is kept');
select is(
  (select stays_during from public.bed_stays), tstzrange('2026-03-12 17:00+00', null), 'from noon there'
);
select is(
  (select state || coalesce(resident_id::text, '') from public.get_occupancy_board((select elms from story)) where bed_name = 'window'),
  'reserved', 'the board shows it kept'
);

select tests.freeze_clock('2026-03-12 15:30+00');
select tests.act_as((select mia from people));
select is(pg_temp.admit(null), null, 'she comes early, to the bed that was kept');
select is(
  (select array_agg((status, is_reserved)::text) from public.residents cross join public.bed_stays),
  array['(resident,f)'], 'and lives there'
);
select is((select status::text from public.residency_enquiries), 'admitted', 'the enquiry has come to its end');
select is(pg_temp.move('lost', 'other'), 'conflict', 'and stays there');
select is(
  tests.refusal(format('select public.admit_resident(%L, null, %L)', (select other_bed from story), (select ruth from made))),
  'conflict', 'nobody moves in twice'
);

select tests.act_as((select carl from people));
select is(
  (select room_name || bed_name from public.list_residents((select elms from story), 'treatment')), '1window',
  'a carer finds her'
);
select is_empty('select * from public.residency_enquiries', 'and reads no enquiries');
select is(
  tests.refusal(format('select public.discharge_resident(%L, ''own_choice'', ''own_home'')', (select ruth from made))),
  'permission_denied', 'nor discharges anybody'
);
select tests.freeze_clock('2026-03-13 10:00+00');
select tests.act_as((select carl from people));
select lives_ok(
  format('select public.start_leave(%L, ''hospital'')', (select ruth from made)), 'a carer notes that she is in hospital'
);
select is(
  tests.refusal(format('select public.start_leave(%L, ''family'')', (select ruth from made))), 'conflict', 'once'
);
select tests.act_as((select otto from people));
select is(
  tests.refusal(format('select public.end_leave(%L)', (select ruth from made))), 'not_found',
  'another home does not know her'
);
select is_empty('select * from public.bed_stays', 'nor where she sleeps');
select tests.freeze_clock('2026-03-14 10:00+00');
select tests.act_as((select carl from people));
select lives_ok(format('select public.end_leave(%L)', (select ruth from made)), 'she is back');

select tests.act_as((select mia from people));
select is(
  tests.refusal(format('select public.discharge_resident(%L, ''own_choice'')', (select ruth from made))),
  'invalid_input', 'who leaves goes somewhere'
);
select is(
  tests.refusal(format(
    'select public.discharge_resident(%L, ''own_choice'', ''own_home'', ''2026-03-01 10:00+00'')', (select ruth from made)
  )), 'invalid_input', 'and not before they came'
);
select lives_ok(
  format('select public.discharge_resident(%L, ''died'')', (select ruth from made)), 'she dies'
);
select tests.act_as_system();
select is(
  (
    select array_agg((residents.status, stays.ends_at = '2026-03-14 10:00+00', patients.is_deceased)::text)
    from public.residents
    inner join public.bed_stays as stays on stays.resident_id = residents.id
    inner join public.patients on patients.id = residents.id
  ),
  array['(deceased,t,t)'], 'the bed is free and her record says so'
);
select results_eq(
  'select status::text from public.resident_status_history order by changed_at, id',
  array['expected', 'resident', 'on_leave', 'resident', 'deceased'], 'and how it went'
);

select * from finish();
rollback;
