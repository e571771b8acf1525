-- Nadia takes part anonymously. Everybody of her organization, the service role and a colleague who is anonymous too try
-- to find out what she wrote or that it was she: by columns, orders, joins, ids, the trail, moments, and by counting.
begin;
select plan(51);

create temporary table story as
select
  lakeside, harbor,
  tests.make_person(lakeside, 'nurse', 'Nadia') as nadia,
  tests.make_person(lakeside, 'nurse', 'Nora') as nora,
  tests.make_person(harbor, 'nurse', 'Hana') as hana
from (select tests.make_org('lakeside') as lakeside, tests.make_org('harbor') as harbor) as orgs;
create temporary table snoopers as
select role, tests.make_person((select lakeside from story), role, 'Snooper') as snooper
from unnest(enum_range(null::public.app_role)) as role
where role not in ('service', 'super_admin', 'nurse');
grant select on story, snoopers to public;

select tests.freeze_clock('2026-03-10 15:00+00');
select tests.give_consent(lakeside, nadia, 'anonymous') from story;
select tests.give_consent(lakeside, nora, 'anonymous') from story;
create temporary table trail as select count(*) as events from public.audit_events;

select tests.act_as((select nadia from story));
create temporary table written as select * from public.submit_daily_checkin('clinic', 9, 2, 12, 3, 1.25, true);
grant select on written to public;
select results_eq(
  $$ select
       checkin_date, work_setting::text, stress_level::integer, energy_level::integer, overtime_hours, is_shared,
       is_anonymous
     from written $$,
  $$ values ('2026-03-10'::date, 'clinic', 9, 2, 1.25, false, true) $$,
  'she checks in'
);
select is(
  (select num_nonnulls(user_id, practitioner_id, created_at, updated_at, version) from written), 0,
  'and gets nothing back that names or times it'
);
select is((public.submit_daily_checkin('clinic', 8, 2)).id, (select id from written), 'again: the same check-in');
select results_eq(
  'select stress_level::integer, is_anonymous from public.get_my_checkins()', 'values (8, true)', 'which she reads'
);
select is_empty('select * from public.provider_daily_checkins', 'no named one was written');
select is(
  tests.refusal($$ select public.submit_daily_checkin('clinic', 8, 2, p_is_shared => true) $$), 'invalid_input',
  'she shares nothing'
);
select is(
  tests.refusal($$ insert into public.provider_daily_checkins (work_setting, stress_level, energy_level)
    values ('clinic', 1, 1) $$),
  'conflict', 'and does not name herself by mistake'
);

select tests.act_as((select nora from story));
select is_empty('select * from public.get_my_checkins()', 'a colleague who is anonymous too does not get it');
select isnt(
  (public.submit_daily_checkin('clinic', 1, 9)).id, (select id from written), 'and writes her own, not over hers'
);
select results_eq('select stress_level::integer from public.get_my_checkins()', 'values (1)', 'and reads her own');

-- What is there, as its owner sees it.
select tests.act_as_system();
select results_eq(
  $$ select column_name::text from information_schema.columns
     where table_schema = 'app' and table_name = 'provider_anonymous_checkins'
       and data_type ~ 'timestamp|time' $$,
  array[]::text[], 'no column keeps a moment'
);
select set_eq(
  $$ select column_name::text from information_schema.columns
     where table_schema = 'app' and table_name = 'provider_anonymous_checkins' and data_type in ('uuid', 'bytea') $$,
  array['org_id', 'id', 'author_tag'], 'nor points at anybody'
);
select is_empty(
  $$ select from pg_trigger where tgrelid = 'app.provider_anonymous_checkins'::regclass and not tgisinternal $$,
  'no trigger tells of it'
);
select is(
  (select count(*) from public.audit_events), (select events from trail), 'the trail holds nothing about any of it'
);
select is(
  (select count(*) from public.notification_queue) + (select count(*) from app.claimed_requests)
  + (select count(*) from app.rate_limits), 0::bigint, 'nor do messages, repeated requests and limits'
);
select is(
  (select array_agg(distinct (get_byte(uuid_send(id), 6) >> 4)) from app.provider_anonymous_checkins), '{4}',
  'ids are random and not ordered by time'
);
select is((select count(distinct author_tag) from app.provider_anonymous_checkins), 2::bigint, 'one tag per person');
select is_empty(
  $$
    select from app.provider_anonymous_checkins as rows, story
    where author_tag in (
      sha256(uuid_send(lakeside) || uuid_send(nadia) || int4send(checkin_date - date '2000-01-01')),
      extensions.hmac(
        'carebase:1:checkin:'::bytea || uuid_send(lakeside) || uuid_send(nadia)
        || int4send(checkin_date - date '2000-01-01'),
        (select secret from app.anonymity_keys), 'sha256'
      )
    )
  $$,
  'which cannot be made from what a row or a stolen table shows: the secret is sealed'
);

-- Everybody of her organization. None of these may be so much as planned: no order, no join, no place of a row.
create function pg_temp.tries() returns text[]
language sql as $$
  select array_agg(distinct tests.refusal(attempt) order by tests.refusal(attempt))
  from unnest(array[
    'select * from app.provider_anonymous_checkins',
    'select count(*) from app.provider_anonymous_checkins',
    'select checkin_date from app.provider_anonymous_checkins order by ctid',
    'select xmin from app.provider_anonymous_checkins',
    'select s.* from public.user_sessions as s inner join app.provider_anonymous_checkins as c on c.xmin = s.xmin',
    'select from app.provider_anonymous_checkins where id = (select id from written)',
    'update app.provider_anonymous_checkins set stress_level = 1',
    'delete from app.provider_anonymous_checkins',
    'select secret from app.anonymity_keys',
    'select app.anonymity_secret(lakeside) from story',
    'select app.author_tags(lakeside, nadia) from story',
    'select app.author_tag(''x'', lakeside, nadia, ''2026-03-10'') from story',
    'select app.anonymous_checkins_of(lakeside, nadia) from story',
    'select app.forget_anonymous_checkins(lakeside, nadia) from story',
    'select app.close_checkin_days(lakeside, ''2026-03-11'', 9) from story'
  ]) as attempt
$$;
-- What may be called, and finds nothing of hers.
create function pg_temp.finds() returns bigint
language plpgsql as $$
declare
  v_found bigint;
begin
  select count(*) into v_found from app.my_anonymous_checkins(null, null);
  v_found := v_found + (select count(*) from public.get_my_checkins());
  v_found := v_found + (select count(*) from public.provider_daily_checkins);
  v_found := v_found + (select count(*) from public.provider_consents);
  v_found := v_found + (select count(*) from public.audit_events where table_name like '%checkin%');
  return v_found;
end
$$;

create function pg_temp.snoop(p_snooper uuid, out refusals text[], out hits bigint)
language plpgsql as $$
begin
  perform tests.act_as(p_snooper);
  refusals := pg_temp.tries();
  hits := pg_temp.finds();
  perform tests.act_as_system();
end
$$;
create temporary table snooped as
select snoopers.role, tried.refusals, tried.hits from snoopers cross join lateral pg_temp.snoop(snooper) as tried;
select is(refusals, '{42501}', role || ' is refused whatever they try') from snooped order by role;
select is(hits, 0::bigint, role || ' finds nothing with what they may call') from snooped order by role;

set local role service_role;
select is(pg_temp.tries(), '{42501}', 'nor does the service role');
reset role;
select tests.act_as((select hana from story));
select is(pg_temp.tries(), '{42501}', 'nor another organization');
select is((select count(*) from public.export_my_resilience_data() as e, jsonb_path_query(e, '$.tables.*[*]')), 0::bigint,
  'an export of somebody else holds nothing of it');

select * from finish();
rollback;
