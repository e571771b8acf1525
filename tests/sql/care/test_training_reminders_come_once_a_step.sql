-- Cora's first aid (carer at the Elms) expires on 1 October 2026. She and Mona (manager of the Elms) are told 90, 60, 30,
-- 14 and 7 days before and on the day; Max (manager of the Oaks) and Hugo of Harbor hear nothing.
begin;
select plan(20);

create temporary table story as
select lakeside, harbor, tests.make_site(lakeside, 'The Elms') as elms, tests.make_site(lakeside, 'The Oaks') as oaks
from (select tests.make_org('lakeside') as lakeside, tests.make_org('harbor') as harbor) as orgs;
create temporary table people as
select
  tests.make_staff(lakeside, 'carer', 'Cora', elms) as cora, tests.make_staff(lakeside, 'manager', 'Mona', elms) as mona,
  tests.make_staff(lakeside, 'manager', 'Max', oaks) as max, tests.make_staff(harbor, 'manager', 'Hugo') as hugo
from story;
insert into public.training_courses (org_id, code, title) select lakeside, 'first_aid', 'First aid' from story;
insert into public.training_records (org_id, user_id, course_id, completed_on, expires_on)
select lakeside, cora, courses.id, '2023-10-01', '2026-10-01'
from story cross join people cross join public.training_courses as courses;

-- How many were told of a new step on this day, in the application.
create function pg_temp.told(p_day text) returns bigint language plpgsql as $$
declare
  v_before constant bigint := (select count(*) from public.notification_queue where channel = 'in_app');
begin
  perform tests.freeze_clock((p_day || ' 17:00:00+00')::timestamptz);
  while (select app.job_remind_training(lakeside, 1) from story) > 0 loop
    null;
  end loop;
  return (select count(*) from public.notification_queue where channel = 'in_app') - v_before;
end
$$;

select is(pg_temp.told('2026-07-02'), 0::bigint, 'ninety-one days before, nothing');
select is(pg_temp.told('2026-07-03'), 2::bigint, 'ninety days before, the person and her manager');
select is(pg_temp.told('2026-07-03'), 0::bigint, 'once');
select is(pg_temp.told('2026-07-20'), 0::bigint, 'not in between');
select is(pg_temp.told('2026-08-02'), 2::bigint, 'sixty days before');
select is(pg_temp.told('2026-09-01'), 2::bigint, 'thirty');
select is(pg_temp.told('2026-09-18'), 2::bigint, 'fourteen, a day late');
select is(pg_temp.told('2026-09-24'), 2::bigint, 'seven');
select is(pg_temp.told('2026-10-01'), 2::bigint, 'on its last day');
select is(pg_temp.told('2026-10-02'), 0::bigint, 'and then no more');
select results_eq(
  $$ select distinct payload ->> 'code', (payload ->> 'days')::integer from public.notification_queue order by 2 $$,
  $$ values ('first_aid', 0), ('first_aid', 7), ('first_aid', 14), ('first_aid', 30), ('first_aid', 60),
     ('first_aid', 90) $$,
  'what is about to expire, and when'
);
select results_eq(
  'select distinct recipient_id from public.notification_queue order by 1',
  'select unnest(array[cora, mona]) from people order by 1', 'nobody else was told'
);

-- A check, found late: only the step it is at.
insert into public.staff_checks (org_id, user_id, kind, status, checked_on, expires_on)
select lakeside, cora, 'right_to_work', 'clear', '2024-01-01', '2026-12-10' from story cross join people;
select is(pg_temp.told('2026-12-01'), 2::bigint, 'checks are spoken of, too');
select is(
  (select min((payload ->> 'days')::integer) from public.notification_queue where payload ->> 'code' = 'right_to_work'),
  14, 'at the step they are at'
);
-- Renewed: the old one is not spoken of.
insert into public.staff_checks (org_id, user_id, kind, status, checked_on, expires_on)
select lakeside, cora, 'right_to_work', 'clear', '2026-12-02', '2028-12-10' from story cross join people;
select is(pg_temp.told('2026-12-05'), 0::bigint, 'what has been renewed is not spoken of');

-- Gone: nobody is reminded.
insert into public.training_records (org_id, user_id, course_id, completed_on, expires_on)
select lakeside, mona, courses.id, '2024-01-01', '2027-03-01'
from story cross join people cross join public.training_courses as courses;
update public.staff_members set employed_during = '[2020-01-01,2026-12-31)' where user_id = (select mona from people);
select is(pg_temp.told('2027-02-20'), 0::bigint, 'whoever has left is not reminded');

-- The digest: counts only.
insert into public.training_requirements (org_id, course_id, role)
select lakeside, courses.id, roles.role
from story cross join public.training_courses as courses
cross join unnest(array['carer', 'manager']::public.app_role[]) as roles (role);
create function pg_temp.digest() returns integer language sql as $$
  select app.job_remind_compliance(lakeside) from story
$$;
select is(pg_temp.digest(), 1, 'managers are told of gaps: Max of his own, Mona has left');
select pg_temp.digest()::text;
select is(
  (select count(*) from public.notification_queue where template_key = 'care.compliance_digest' and channel = 'in_app'),
  1::bigint, 'once a day'
);
select is(
  (select payload - 'on' - 'link' from public.notification_queue
    where template_key = 'care.compliance_digest' and channel = 'in_app'),
  '{"missing": 1, "expired": 0, "expiring": 0}', 'counts, and nobody''s name'
);
update public.organization_feature_flags set is_enabled = false;
insert into public.organization_feature_flags (org_id, feature_key, is_enabled)
select lakeside, 'care_homes', false from story on conflict (org_id, feature_key) do update set is_enabled = false;
select is(pg_temp.digest(), 0, 'where the room is off, nobody is told');

select * from finish();
rollback;
