-- The Elms asks its carers for moving and handling (a year) and a criminal record check, and the rota for both. Cora is a
-- carer there, Otto at the Oaks, Nell a nurse; Lea (compliance lead) keeps the records.
begin;
select plan(24);

create temporary table story as
select lakeside, tests.make_site(lakeside, 'The Elms') as elms, tests.make_site(lakeside, 'The Oaks', 'house') as oaks
from (select tests.make_org('lakeside') as lakeside) as orgs;
create temporary table people as
select
  tests.make_staff(lakeside, 'carer', 'Cora', elms) as cora, tests.make_staff(lakeside, 'carer', 'Otto', oaks) as otto,
  tests.make_staff(lakeside, 'nurse', 'Nell', elms) as nell, tests.make_staff(lakeside, 'compliance_lead', 'Lea') as lea
from story;
grant select on story, people to public;
create function pg_temp.gaps(p_name text, p_on date default '2026-06-15') returns text[]
language sql security definer as $$
  select app.training_gaps(
    lakeside, case p_name when 'cora' then cora when 'otto' then otto when 'nell' then nell end, p_on
  )
  from story cross join people
$$;

-- Times and days are the organization's: noon in Chicago on 15 June 2026.
select tests.freeze_clock('2026-06-15 17:00:00+00');
select is(pg_temp.gaps('cora'), '{}', 'nothing required, nothing missing');

select tests.act_as((select lea from people));
insert into public.training_courses (code, title, validity_months) values
('moving_and_handling', 'Moving and handling', 12), ('food_hygiene', 'Food hygiene', null);
insert into public.training_requirements (course_id, role, site_kind, blocks_rostering)
select id, 'carer', 'care_home', true from public.training_courses where code = 'moving_and_handling';
insert into public.training_requirements (course_id, job_title)
select id, 'CARER' from public.training_courses where code = 'food_hygiene';
insert into public.training_requirements (check_kind, role, blocks_rostering) values ('criminal_record', 'carer', true);
select is(
  tests.refusal($$ insert into public.training_requirements (check_kind, role) values ('criminal_record', 'carer') $$),
  '23505', 'the matrix has each line once'
);
select is(
  tests.refusal($$ insert into public.training_requirements (check_kind) values ('references') $$),
  '23514', 'a line is for somebody'
);
select is(
  tests.refusal($$ insert into public.training_courses (code, title) values ('right_to_work', 'x') $$),
  '23514', 'no course is called like a check'
);

select is(pg_temp.gaps('cora'), '{criminal_record,moving_and_handling}', 'what is missing and blocks, by code');
select is(pg_temp.gaps('otto'), '{criminal_record}', 'a line for care homes is none for a house');
select is(pg_temp.gaps('nell'), '{}', 'and none for another role');

create function pg_temp.record(p_name text, p_on date, p_status text default 'completed', p_code text default null)
returns uuid language sql as $$
  select (public.record_training(
    case p_name when 'cora' then cora when 'nell' then nell end,
    (select id from public.training_courses where code = coalesce(p_code, 'moving_and_handling')), p_on,
    p_status::public.training_record_status
  )).id
  from people
$$;
select is(
  tests.refusal($$ select pg_temp.record('cora', '2026-06-16') $$), 'invalid_input', 'nobody has done it tomorrow'
);
select lives_ok($$ select pg_temp.record('cora', '2026-06-01', 'failed') $$, 'a course can be failed');
select is(pg_temp.gaps('cora'), '{criminal_record,moving_and_handling}', 'which changes nothing');
create temporary table recorded as select pg_temp.record('cora', '2026-03-10') as id;
select is(
  (select expires_on from public.training_records where id = (select id from recorded)), '2027-03-10',
  'it holds as long as the course says'
);
select is(pg_temp.gaps('cora'), '{criminal_record}', 'done is done');
select is(pg_temp.gaps('cora', '2027-03-10'), '{criminal_record}', 'to the last day');
select is(pg_temp.gaps('cora', '2027-03-11'), '{criminal_record,moving_and_handling}', 'and not a day longer');

select lives_ok(
  $$ select public.record_staff_check((select cora from people), 'criminal_record', 'clear', '2026-01-05') $$,
  'a clear check'
);
select is(pg_temp.gaps('cora'), '{}', 'closes its gap');
select lives_ok(
  $$ select public.record_staff_check((select cora from people), 'criminal_record', 'adverse', '2026-06-10') $$,
  'an adverse one'
);
select is(pg_temp.gaps('cora'), '{criminal_record}', 'opens it again');

select lives_ok($$ select public.withdraw_training_record((select id from recorded)) $$, 'a record made in error');
select is(pg_temp.gaps('cora'), '{criminal_record,moving_and_handling}', 'counts for nothing');
select is(
  tests.refusal($$ update public.training_records set status = 'completed' where id = (select id from recorded) $$),
  'conflict', 'and does not come back'
);

-- A line may ask for it more often than the course; what was done before is judged as it was.
update public.training_requirements set validity_months = 6
where course_id = (select id from public.training_courses where code = 'moving_and_handling');
create temporary table sooner as select pg_temp.record('cora', '2026-06-10') as id;
select is(
  (select expires_on from public.training_records where id = (select id from sooner)), '2026-12-10',
  'who is asked for it every six months has it for six'
);
create temporary table later as select pg_temp.record('nell', '2026-06-10') as id;
select is(
  (select expires_on from public.training_records where id = (select id from later)), '2027-06-10',
  'whoever is not, for as long as the course says'
);
select is(
  tests.refusal($$ update public.training_records set completed_on = '2020-01-01' $$), '42501',
  'what was recorded is not rewritten'
);

select * from finish();
rollback;
