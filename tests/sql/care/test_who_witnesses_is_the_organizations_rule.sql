-- Nora (nurse) gives a controlled drug at the Elms. Carl (carer) has no training in medication, Tess (carer) has, Mona
-- manages, Lou left last week, Dee is no longer a nurse. Ola (owner) says who witnesses; Hugo owns Harbor.
begin;
select plan(27);

create temporary table story as
select lakeside, harbor, tests.make_site(lakeside, 'The Elms') as elms
from (select tests.make_org('lakeside') as lakeside, tests.make_org('harbor') as harbor) as orgs;
create temporary table people as
select
  tests.make_staff(lakeside, 'nurse', 'Nora', elms) as nora, tests.make_staff(lakeside, 'carer', 'Carl', elms) as carl,
  tests.make_staff(lakeside, 'carer', 'Tess', elms) as tess, tests.make_staff(lakeside, 'manager', 'Mona', elms) as mona,
  tests.make_staff(lakeside, 'nurse', 'Lou', elms) as lou, tests.make_staff(lakeside, 'nurse', 'Dee', elms) as dee,
  tests.make_staff(lakeside, 'org_owner', 'Ola') as ola, tests.make_staff(harbor, 'org_owner', 'Hugo') as hugo
from story;
create temporary table ruth as select tests.make_resident(lakeside, elms, 'Ruth') as id from story;
grant select on story, people, ruth to public;
select tests.freeze_clock('2027-02-01 07:30-06');
update public.staff_members set employed_during = '[2020-01-01,2027-01-25)' where user_id = (select lou from people);
update public.role_assignments set valid_during = tstzrange(lower(valid_during), '2027-01-30')
where user_id = (select dee from people);
insert into public.training_courses (org_id, code, title, validity_months)
select lakeside, unnest(array['medication', 'controlled_drugs']), 'Giving medicines', 12 from story;
create function pg_temp.learns(p_user_id uuid, p_code text, p_on date) returns void language sql security definer as $$
  insert into public.training_records (org_id, user_id, course_id, completed_on)
  select org_id, p_user_id, id, p_on from public.training_courses where code = p_code
$$;
do $$ begin perform pg_temp.learns(tess, 'medication', '2026-06-01') from people; end $$;
do $$ begin perform pg_temp.learns(carl, 'medication', '2025-06-01') from people; end $$;

select tests.act_as((select nora from people));
create temporary table stock as
select (public.create_medication_stock((select id from ruth), 'Morphine 10 mg', 'tablet', true)).id;
grant select on stock to public;
create function pg_temp.receive() returns text language sql as $$
  select (public.record_stock_movement((select id from stock), 'received', gen_random_uuid(), 2)).status::text
$$;
create function pg_temp.newest() returns uuid language sql security definer as $$
  select id from public.medication_stock_movements order by id desc limit 1
$$;
create function pg_temp.witness() returns text language sql as $$
  select (public.witness_stock_movement(pg_temp.newest())).status::text
$$;

-- Where nobody has said anything.
select is(pg_temp.receive(), 'awaiting_witness', 'Nora takes a delivery');
select tests.act_as((select carl from people));
select is(tests.refusal('select pg_temp.witness()'), 'permission_denied', 'Carl''s training is over: he does not witness');
select is(
  tests.refusal($$ select public.witness_stock_movement(pg_temp.newest(), false) $$), 'permission_denied',
  'nor does he decline'
);
select tests.act_as((select lou from people));
select is(tests.refusal('select pg_temp.witness()'), 'permission_denied', 'nor who left');
select tests.act_as((select dee from people));
select is(tests.refusal('select pg_temp.witness()'), 'permission_denied', 'nor who is no nurse any more');
select tests.act_as((select tess from people));
select is(pg_temp.witness(), 'confirmed', 'Tess does: hers is current');
select is(pg_temp.receive(), 'awaiting_witness', 'she takes the next one');
select is(tests.refusal('select pg_temp.witness()'), 'permission_denied', 'which she does not witness herself');
select tests.act_as((select mona from people));
select is(pg_temp.witness(), 'confirmed', 'Mona does, as the manager');

-- No way around it.
select tests.act_as((select nora from people));
select is(pg_temp.receive(), 'awaiting_witness', 'one more');
select tests.act_as_system();
select is(
  tests.refusal($$ update public.medication_stock_movements
    set status = 'confirmed', witnessed_by = (select carl from people), witnessed_at = now()
    where status = 'awaiting_witness' $$), 'permission_denied', 'the table itself refuses Carl'
);
select tests.freeze_clock('2027-06-03 07:30-05');
select tests.act_as((select tess from people));
select is(tests.refusal('select pg_temp.witness()'), 'permission_denied', 'in June hers is over, too');

-- What the owner says.
select tests.act_as((select nora from people));
select is(
  tests.refusal($$ insert into public.medication_witness_rules (roles) values ('{carer}') $$), '42501',
  'a nurse makes no such rule'
);
select tests.act_as((select ola from people));
select is(
  tests.refusal($$ insert into public.medication_witness_rules (roles) values ('{family}') $$), '23514',
  'a relative never witnesses'
);
select is(
  tests.refusal($$ insert into public.medication_witness_rules (roles) values ('{}') $$), '23514', 'somebody has to'
);
select lives_ok(
  $$ insert into public.medication_witness_rules (roles, course_id)
     select '{manager}', id from public.training_courses where code = 'controlled_drugs' $$,
  'Lakeside wants its managers, and who has learnt about controlled drugs'
);
select tests.act_as((select dee from people));
select is(tests.refusal('select pg_temp.witness()'), 'permission_denied', 'a role is none that is over');
select tests.act_as_system();
do $$ begin perform pg_temp.learns(carl, 'controlled_drugs', '2027-05-01') from people; end $$;
select tests.act_as((select carl from people));
select is(pg_temp.witness(), 'confirmed', 'Carl has learnt it');
select is(pg_temp.receive(), 'awaiting_witness', 'and takes a delivery');
select tests.act_as((select nora from people));
select is(tests.refusal('select pg_temp.witness()'), 'permission_denied', 'nurses as such do not witness any more');

-- At work, both of them.
select tests.act_as((select ola from people));
select lives_ok(
  $$ insert into public.medication_witness_rules (site_id, roles, is_on_duty)
     select elms, '{nurse,carer}', true from story $$, 'the Elms wants both at work'
);
select tests.act_as((select nora from people));
select is(tests.refusal('select pg_temp.witness()'), 'permission_denied', 'Nora is at home');
select tests.act_as_system();
insert into public.rota_weeks (org_id, site_id, week_on) select lakeside, elms, '2027-05-31' from story;
insert into public.shifts (org_id, site_id, rota_week_id, shift_on, starts_at, ends_at, skill)
select lakeside, elms, weeks.id, '2027-06-03', '2027-06-03 07:00-05', '2027-06-03 15:00-05', 'nursing'
from story cross join public.rota_weeks as weeks;
insert into public.shift_assignments (
  org_id, site_id, shift_id, user_id, shift_on, starts_at, ends_at, break_minutes, is_published
)
select lakeside, elms, shifts.id, nora, shift_on, starts_at, ends_at, break_minutes, true
from story cross join people cross join public.shifts;
select tests.act_as((select nora from people));
select is(pg_temp.witness(), 'confirmed', 'on her shift she signs');
select tests.act_as((select carl from people));
select is(tests.refusal('select pg_temp.receive()'), 'permission_denied', 'Carl, at home, does not sign first either');
select is(
  tests.refusal('select public.record_stock_count((select id from stock), 2, gen_random_uuid())'), 'permission_denied',
  'nor counts'
);
select tests.act_as_system();
select tests.freeze_clock('2027-06-03 15:00-05');
select tests.act_as((select nora from people));
select is(tests.refusal('select pg_temp.receive()'), 'permission_denied', 'nor does she when it is over');
select tests.act_as((select hugo from people));
select is_empty('select id from public.medication_witness_rules', 'Harbor does not know the rules of Lakeside');
select * from finish();
rollback;
