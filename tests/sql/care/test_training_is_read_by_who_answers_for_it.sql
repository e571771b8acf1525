-- Cora (carer at the Elms) has done her training and was checked. Who reads it: she, Mona (manager of the Elms), Lea
-- (compliance lead), Ola (owner); not Otto (carer there), Max (manager of the Oaks), Ada (admin), Fay (family), nor Hugo
-- (compliance lead of Harbor).
begin;
select plan(38);

create temporary table story as
select lakeside, harbor, tests.make_site(lakeside, 'The Elms') as elms, tests.make_site(lakeside, 'The Oaks') as oaks
from (select tests.make_org('lakeside') as lakeside, tests.make_org('harbor') as harbor) as orgs;
create temporary table people as
select
  tests.make_staff(lakeside, 'carer', 'Cora', elms) as cora, tests.make_staff(lakeside, 'carer', 'Otto', elms) as otto,
  tests.make_staff(lakeside, 'manager', 'Mona', elms) as mona, tests.make_staff(lakeside, 'manager', 'Max', oaks) as max,
  tests.make_staff(lakeside, 'compliance_lead', 'Lea') as lea, tests.make_staff(lakeside, 'org_owner', 'Ola') as ola,
  tests.make_staff(lakeside, 'admin', 'Ada') as ada, tests.make_person(lakeside, 'family', 'Fay') as fay,
  tests.make_staff(harbor, 'compliance_lead', 'Hugo') as hugo
from story;
grant select on story, people to public;

select tests.act_as((select lea from people));
insert into public.training_courses (code, title, validity_months) values ('first_aid', 'First aid', 36);
insert into public.training_requirements (course_id, role, blocks_rostering)
select id, 'carer', true from public.training_courses;
select public.record_training((select cora from people), (select id from public.training_courses), current_date - 10);
select public.record_staff_check(
  (select cora from people), 'right_to_work', 'clear', current_date - 10, null, 'W-12345'
)::text;

create function pg_temp.reads() returns text language sql as $$
  select format(
    '%s %s %s %s',
    (select count(*) from public.training_records), (select count(*) from public.staff_checks),
    (select count(*) from public.compliance_stats),
    (select string_agg(opened.reference_number, '') from public.open_staff_checks(
      array(select id from public.staff_checks), 'operations'
    ) as opened)
  )
$$;
create function pg_temp.history() returns bigint language sql as $$
  select count(*) from public.get_staff_training((select cora from people))
$$;
create function pg_temp.matrix() returns text language sql as $$
  select string_agg(format('%s %s', cardinality(rows.gaps), jsonb_array_length(rows.cells)), ', '
    order by cardinality(rows.gaps), jsonb_array_length(rows.cells))
  from public.get_training_matrix((select elms from story)) as rows
$$;

select is(pg_temp.reads(), '1 1 1 W-12345', 'a compliance lead reads records, checks, figures and numbers');
select is(pg_temp.history(), 1::bigint, 'and anybody''s history');
select is(pg_temp.matrix(), '0 0, 0 1, 1 1', 'and any matrix: a manager, who has done it, who has not');

select tests.act_as((select cora from people));
select is(pg_temp.reads(), '1 1 0 W-12345', 'a carer her own');
select is(pg_temp.history(), 1::bigint, 'and her own history');
select results_eq(
  'select code, standing::text from public.get_staff_compliance()', $$ values ('first_aid', 'valid') $$,
  'she sees how she stands'
);
select is(tests.refusal('select pg_temp.matrix()'), 'permission_denied', 'but no matrix of others');
select is(
  tests.refusal('select public.record_training(cora, null, current_date) from people'), 'permission_denied',
  'nor does she record her own training'
);
select is(
  tests.refusal($$ insert into public.training_records (user_id, course_id, completed_on)
    select cora, (select id from public.training_courses), current_date - 1 from people $$),
  '42501', 'by no way'
);

select tests.act_as((select otto from people));
select is(pg_temp.reads(), '0 0 0 ', 'a colleague reads nothing of hers');
select is(tests.refusal('select pg_temp.history()'), 'not_found', 'nor her history');

select tests.act_as((select mona from people));
select is(pg_temp.reads(), '0 0 1 ', 'her manager reads figures of the site, and no numbers');
select is(pg_temp.history(), 1::bigint, 'her history');
select is(pg_temp.matrix(), '0 0, 0 1, 1 1', 'and the matrix of the site');
select results_eq(
  'select standing::text from public.get_staff_compliance((select otto from people))', array['missing'],
  'and how each stands'
);
select is(
  (select compliant_percent from public.get_compliance_figures()), 50.0::numeric, 'half of the carers have it'
);
select is(
  tests.refusal('select public.withdraw_training_record(app.uuid_v7())'), 'permission_denied', 'she records nothing'
);

select tests.act_as((select max from people));
select is(pg_temp.reads(), '0 0 0 ', 'the manager of another site reads nothing');
select is(tests.refusal('select pg_temp.history()'), 'not_found', 'no history');
select is(tests.refusal('select pg_temp.matrix()'), 'not_found', 'no matrix');
select is_empty('select * from public.get_compliance_figures()', 'no figures');

select tests.act_as((select ola from people));
select is(pg_temp.reads(), '1 1 1 W-12345', 'owners read all');
select is(pg_temp.history(), 1::bigint, 'every history');
select is(
  tests.refusal('select public.withdraw_training_record(app.uuid_v7())'), 'permission_denied', 'and record nothing'
);

select tests.act_as((select lea from people));
select is(
  tests.refusal('select public.record_training(cora, gen_random_uuid(), current_date) from people'), 'not_found',
  'nobody did a course that there is not'
);

select tests.act_as((select ada from people));
select is(pg_temp.reads(), '0 0 0 ', 'administrators keep courses and requirements, not records');
select lives_ok($$ update public.training_courses set title = 'First aid at work' $$, 'courses they keep');
select is(tests.refusal('select pg_temp.history()'), 'not_found', 'histories they do not read');

select tests.act_as((select fay from people));
select is(pg_temp.reads(), '0 0 0 ', 'families read nothing');
select is_empty('select * from public.training_courses', 'of courses neither');

select tests.act_as((select hugo from people));
select is(pg_temp.reads(), '0 0 0 ', 'another organization reads nothing');
select is(tests.refusal('select pg_temp.matrix()'), 'not_found', 'no matrix');
select is(
  tests.refusal('select public.record_training(cora, null, current_date) from people'), 'not_found',
  'and knows nobody here'
);

-- Who comes and goes counts at once.
create function pg_temp.share() returns numeric language sql as $$
  select round(100.0 * sum(compliant_count) / nullif(sum(required_count), 0)) from public.compliance_stats
  where org_id = (select lakeside from story) and role = 'carer'
$$;
select tests.act_as_system();
select is(pg_temp.share(), 50::numeric, 'one of two carers has it');
update public.staff_members set employed_during = daterange(lower(employed_during), current_date - 1)
where user_id = (select otto from people);
select is(pg_temp.share(), 100::numeric, 'Otto has left: all');
create temporary table nina as
select tests.make_staff(lakeside, 'carer', 'Nina', elms) as id from story;
select is(pg_temp.share(), 50::numeric, 'Nina has come: half');
delete from public.staff_members where user_id = (select id from nina);
select is(pg_temp.share(), 100::numeric, 'taken back: all');
update public.role_assignments set valid_during = tstzrange(lower(valid_during), now() - interval '1 day')
where user_id = (select cora from people);
select is(pg_temp.share(), null::numeric, 'Cora is no carer any more: nobody');

select * from finish();
rollback;
