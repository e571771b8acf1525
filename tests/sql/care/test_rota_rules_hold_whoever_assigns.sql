-- Mona manages the Elms, Oda the Oaks. Carl and Cleo are carers of the Elms, Nora is a nurse there, Zoe cooks without a
-- role. Hugo is of Harbor. Each rule is broken once, alone.
begin;
select plan(37);

create temporary table story as
select lakeside, harbor, tests.make_site(lakeside, 'The Elms') as elms, tests.make_site(lakeside, 'The Oaks') as oaks
from (
  select tests.make_org('lakeside', p_time_zone => 'Europe/London') as lakeside, tests.make_org('harbor') as harbor
) as orgs;
insert into public.organization_feature_flags (org_id, feature_key, is_enabled)
select unnest(array[lakeside, harbor]), 'care_homes', true from story;
create temporary table people as
select
  tests.make_person(lakeside, 'manager', 'Mona', elms) as mona,
  tests.make_person(lakeside, 'manager', 'Oda', oaks) as oda,
  tests.make_staff(lakeside, 'carer', 'Carl', elms) as carl,
  tests.make_staff(lakeside, 'carer', 'Cleo', elms) as cleo,
  tests.make_staff(lakeside, 'nurse', 'Nora', elms) as nora,
  tests.make_staff(lakeside, 'carer', 'Zoe', oaks) as zoe,
  tests.make_person(lakeside, 'carer', 'Pia', elms) as pia,
  tests.make_staff(harbor, 'manager', 'Hugo') as hugo
from story;
-- Carl works at the Oaks, too.
insert into public.role_assignments (org_id, user_id, role, site_id, valid_during)
select lakeside, carl, 'carer', oaks, tstzrange('2020-01-01', '2026-03-09') from story cross join people;
grant select on story, people to public;

-- A shift at the Elms in London time; its id by a name of the story's own.
create temporary table named (name text primary key, id uuid);
grant all on named to public;
create function pg_temp.add_shift(
  p_name text, p_from text, p_to text, p_skill public.staff_skill default 'care', p_needed integer default 2,
  p_at text default 'elms'
) returns text language sql as $$
  with made as (
    insert into public.shifts (org_id, site_id, starts_at, ends_at, skill, needed_count)
    select lakeside, case p_at when 'elms' then elms else oaks end, p_from::timestamptz, p_to::timestamptz, p_skill, p_needed
    from story
    returning id
  )
  insert into named select p_name, id from made returning ''
$$;
create function pg_temp.assign(p_shift text, p_user_id uuid) returns text language plpgsql as $$
declare
  v_message text;
begin
  perform public.assign_shift((select id from named where name = p_shift), p_user_id);
  return 'assigned';
exception when sqlstate 'PGRST' then
  get stacked diagnostics v_message = message_text;
  return coalesce((v_message::jsonb ->> 'details')::jsonb ->> 'reason', v_message::jsonb ->> 'code');
end
$$;
create function pg_temp.asks(p_shift text, p_user_id uuid) returns text language sql as $$
  select coalesce(string_agg(reason::text, ' ' order by reason), '')
  from public.check_assignment((select id from named where name = p_shift), p_user_id)
$$;
select tests.freeze_clock('2026-03-01 12:00+00');
select
  pg_temp.add_shift('mon', '2026-03-02 07:00+00', '2026-03-02 19:00+00'),
  pg_temp.add_shift('mon late', '2026-03-02 14:00+00', '2026-03-02 22:00+00'),
  pg_temp.add_shift('tue 05', '2026-03-03 05:59+00', '2026-03-03 14:00+00'),
  pg_temp.add_shift('tue 06', '2026-03-03 06:00+00', '2026-03-03 18:00+00'),
  pg_temp.add_shift('tue oaks', '2026-03-03 17:00+00', '2026-03-03 23:00+00', 'care', 2, 'oaks'),
  pg_temp.add_shift('wed', '2026-03-04 07:00+00', '2026-03-04 19:00+00'),
  pg_temp.add_shift('thu', '2026-03-05 07:00+00', '2026-03-05 19:00+00'),
  pg_temp.add_shift('fri', '2026-03-06 07:00+00', '2026-03-06 07:30+00'),
  pg_temp.add_shift('sun night', '2026-03-08 20:00+00', '2026-03-09 08:00+00'),
  pg_temp.add_shift('nursing', '2026-03-04 07:00+00', '2026-03-04 19:00+00', 'nursing', 1);

select tests.act_as((select mona from people));
select is(pg_temp.assign('mon', carl), 'assigned', 'a manager puts a carer on a shift') from people;
select is(pg_temp.asks('mon', carl), '', 'somebody who is on it is asked about as if they were not') from people;
select is(pg_temp.assign('mon late', carl), 'double_booking', 'nobody is at two places at once') from people;
select is(pg_temp.assign('tue 05', carl), 'rest', 'nor after 10 hours 59 minutes') from people;
select is(pg_temp.assign('tue 06', carl), 'assigned', 'but after 11 hours') from people;
select is(pg_temp.assign('tue oaks', carl), 'not_found', 'at the home of another manager nobody is assigned') from people;
select tests.act_as((select oda from people));
select is(pg_temp.assign('tue oaks', carl), 'double_booking', 'a shift at another home counts') from people;
select tests.act_as((select mona from people));
select is(pg_temp.assign('wed', carl), 'assigned', 'the third') from people;
select is(pg_temp.assign('thu', carl), 'assigned', 'the fourth makes 48 hours') from people;
select is(pg_temp.assign('fri', carl), 'weekly_maximum', 'half an hour more is too much') from people;
select is(
  (select details from public.check_assignment((select id from named where name = 'fri'), carl)),
  '{"maximum_minutes": 2880, "planned_minutes": 2880}', 'and it says how much'
) from people;
select is(pg_temp.assign('sun night', carl), 'weekly_maximum', 'a night counts in the week in which it begins') from people;
select is(pg_temp.assign('nursing', cleo), 'skill', 'a carer is no nurse') from people;
select is(pg_temp.assign('nursing', nora), 'assigned', 'a nurse is') from people;
select is(pg_temp.asks('nursing', nora), '', 'as it was said before') from people;
select is(pg_temp.assign('mon', zoe), 'no_role', 'who has no role at the home does not work there') from people;
select is(pg_temp.assign('mon', pia), 'not_employed', 'nor who is not employed') from people;
select is(pg_temp.assign('mon', hugo), 'not_employed', 'nor anybody of another organization') from people;
select is(pg_temp.asks('mon', hugo), 'not_employed no_role skill', 'all reasons at once') from people;
select is(pg_temp.assign('mon', nora), 'assigned', 'a nurse cares, too') from people;
select is(pg_temp.assign('mon', cleo), 'full', 'more than needed are refused') from people;

select tests.act_as((select cleo from people));
select is(
  (
    select string_agg(kind::text || to_char(starts_at at time zone 'UTC', ' DD'), ', ' order by starts_at)
    from public.set_my_availability('2026-03-04 00:00+00', '2026-03-06 00:00+00', 'unavailable')
  ), 'unavailable 04', 'a carer says when she cannot work'
);
select is(
  (
    select string_agg(kind::text || to_char(starts_at at time zone 'UTC', ' DD'), ', ' order by starts_at)
    from public.set_my_availability('2026-03-05 00:00+00', '2026-03-07 00:00+00', 'preferred')
  ), 'unavailable 04, preferred 05', 'what she says later replaces it where they overlap'
);
select is(tests.refusal(format(
  'select public.assign_shift(%L, %L)', (select id from named where name = 'wed'), (select cleo from people)
)), 'permission_denied', 'and assigns nobody, herself neither');
select tests.act_as((select mona from people));
select is(pg_temp.assign('wed', cleo), 'unavailable', 'she is not assigned then') from people;
select is(pg_temp.assign('thu', cleo), 'assigned', 'but when she would like to be') from people;
select is(
  (
    select count(*)::integer
    from public.list_staff_availability((select elms from story), '2026-03-01', '2026-04-01')
  ), 2, 'her manager reads what she said'
);
select tests.act_as((select oda from people));
select is_empty(
  format($$ select * from public.list_staff_availability(%L, '2026-03-01', '2026-04-01') $$, (select oaks from story)),
  'the manager of another home does not'
);

-- A contract says otherwise; training is asked.
select tests.act_as((select mona from people));
select lives_ok($$
  insert into public.staff_contracts (user_id, site_id, holds_during, weekly_maximum_minutes, minimum_rest_minutes, skills)
  select cleo, elms, '[2026-01-01,)', 1200, 720, '{nursing}' from people cross join story
$$, 'a manager writes the contract of somebody at her home');
select is(pg_temp.asks('sun night', cleo), 'skill weekly_maximum', 'the contract is what holds') from people;
select tests.act_as((select oda from people));
select is_empty('select * from public.staff_contracts', 'and is not for the manager of another home');
select tests.act_as((select cleo from people));
select is((select count(*)::integer from public.staff_contracts), 1, 'she reads her own');

-- Whoever writes: the rules hold below the API, too, and when a shift is moved.
select tests.act_as_system();
select is(tests.refusal($$
  insert into public.shift_assignments (org_id, site_id, shift_id, user_id, shift_on, starts_at, ends_at, break_minutes)
  select org_id, site_id, id, (select carl from people), shift_on, starts_at, ends_at, break_minutes
  from public.shifts where id = (select id from named where name = 'mon late')
$$), 'conflict', 'not even the owner of the database books somebody twice');
select tests.act_as((select mona from people));
select is(tests.refusal(format(
  $$ select * from public.merge_shifts(%L, '{"starts_at": "2026-03-03T05:00:00Z"}', p_base_version => 1) $$,
  (select id from named where name = 'tue 06')
)), 'conflict', 'a shift is not moved into the rest of somebody on it');
select is(tests.refusal(format(
  $$ select * from public.merge_shifts(%L, '{"starts_at": "2026-03-03T06:30:00Z"}', p_base_version => 1) $$,
  (select id from named where name = 'tue 06')
)), null, 'and is, where the rules hold');
select is(
  (select assignments.work_minutes from public.shift_assignments as assignments
   where assignments.shift_id = (select id from named where name = 'tue 06')),
  690, 'who is on it moves along'
);
select is(tests.refusal(format(
  $$ select * from public.merge_shifts(%L, '{"needed_count": 1}', p_base_version => 1) $$,
  (select id from named where name = 'mon')
)), 'conflict', 'a shift needs no fewer than are on it');

select * from finish();
rollback;
