-- Nadia checks in. The row is hers: colleagues, managers and other organizations neither see nor touch it. What she
-- shares, and may be contacted about, those who can help read by one function that leaves an event; and nothing more.
begin;
select plan(33);

create temporary table story as
select
  lakeside, harbor,
  tests.make_person(lakeside, 'nurse', 'Nadia') as nadia,
  tests.make_person(lakeside, 'nurse', 'Nora') as nora,
  tests.make_person(lakeside, 'admin', 'Ada') as ada,
  tests.make_person(lakeside, 'care_manager', 'Cora') as cora,
  tests.make_person(lakeside, 'wellness_officer', 'Will') as will,
  tests.make_person(lakeside, 'org_owner', 'Olga') as olga,
  tests.make_person(harbor, 'nurse', 'Hana') as hana,
  tests.make_person(harbor, 'admin', 'Hugo') as hugo
from (select tests.make_org('lakeside') as lakeside, tests.make_org('harbor') as harbor) as orgs;
grant select on story to public;
select tests.give_consent(lakeside, nadia, 'may_be_contacted') from story;

create function pg_temp.shared() returns setof integer language sql as $$
  select stress_level::integer from public.get_shared_checkins('operations')
$$;

select tests.act_as((select nadia from story));
select lives_ok($$ select public.submit_daily_checkin('home_health', 7, 4) $$, 'she checks in');
select results_eq(
  'select user_id, practitioner_id, org_id, stress_level::integer from public.provider_daily_checkins',
  'select nadia, tests.practitioner_of(nadia), lakeside, 7 from story',
  'and sees her own row, filed under her own name'
);
select results_eq(
  'update public.provider_daily_checkins set energy_level = 5 returning energy_level::integer', 'select 5',
  'and can correct it'
);

select tests.act_as((select nora from story));
select is_empty('select * from public.provider_daily_checkins', 'a colleague does not see it');
select is_empty('select * from public.get_my_checkins()', 'nor among her own');
select is_empty('update public.provider_daily_checkins set stress_level = 1 returning 1', 'nor changes it');
select is(
  tests.refusal($$ insert into public.provider_daily_checkins (user_id, work_setting, stress_level, energy_level)
    select nadia, 'clinic', 1, 1 from story $$),
  '42501', 'nor writes one in her name'
);

select tests.act_as((select ada from story));
select is_empty('select pg_temp.shared()', 'an administrator does not see it');
select tests.act_as((select cora from story));
select is_empty('select pg_temp.shared()', 'nor a care manager');

select tests.act_as((select nadia from story));
select lives_ok(
  $$ select public.submit_daily_checkin('home_health', 8, 3, p_is_shared => true) $$, 'she asks for help: shares it'
);
select tests.act_as((select ada from story));
select results_eq('select pg_temp.shared()', 'select 8', 'now the administrator reads it');
select is_empty('select * from public.provider_daily_checkins', 'but not past the function');
select is_empty(
  'update public.provider_daily_checkins set stress_level = 1 returning 1', 'cannot change it'
);
select is(
  tests.refusal($$ insert into public.provider_daily_checkins (work_setting, stress_level, energy_level)
    values ('clinic', 1, 1) $$),
  'permission_denied', 'nor add one'
);
select is(tests.refusal('delete from public.provider_daily_checkins'), '42501', 'nor delete it');
select is(
  tests.refusal('select public.get_shared_checkins(null)'), 'invalid_input', 'nor read it without saying what for'
);
select tests.act_as((select cora from story));
select results_eq('select pg_temp.shared()', 'select 8', 'and so does the care manager');
select results_eq(
  $$ select stress_level::integer from story, public.get_shared_checkins('operations', tests.practitioner_of(nadia)) $$,
  'select 8', 'who can ask for her alone'
);
select is_empty(
  $$ select * from story, public.get_shared_checkins('operations', tests.practitioner_of(nora)) $$, 'or for another'
);
select tests.act_as((select will from story));
select results_eq('select pg_temp.shared()', 'select 8', 'and the wellness officer');
select tests.act_as((select olga from story));
select is(tests.refusal('select pg_temp.shared()'), 'permission_denied', 'the owner of the business does not');
select tests.act_as((select nora from story));
select is(tests.refusal('select pg_temp.shared()'), 'permission_denied', 'nor does a colleague');
select is(
  tests.refusal($$ select app.read_shared_checkins('operations', null, '2020-01-01', '2030-01-01', 5, null) $$),
  'permission_denied', 'nor past the front door'
);

select tests.act_as((select hana from story));
select is_empty('select * from public.provider_daily_checkins', 'another organization''s nurse sees nothing');
select tests.act_as((select hugo from story));
select is_empty('select pg_temp.shared()', 'nor its administrator, shared or not');

select tests.act_as_anonymous();
select is(tests.refusal('select * from public.provider_daily_checkins'), '42501', 'anonymous: refused');

select tests.act_as_system();
select results_eq(
  $$
    select actor_id, purpose, subject_ids, (changes ->> 'opened')::integer
    from public.audit_events
    where action = 'read' and table_name = 'public.provider_daily_checkins' and org_id = (select lakeside from story)
    order by id
  $$,
  $$
    select reader, 'operations', subjects, cardinality(subjects)
    from story
    cross join lateral (
      values
      (1, ada, '{}'::uuid[]), (2, cora, '{}'), (3, ada, array[tests.practitioner_of(nadia)]),
      (4, cora, array[tests.practitioner_of(nadia)]), (5, cora, array[tests.practitioner_of(nadia)]), (6, cora, '{}'),
      (7, will, array[tests.practitioner_of(nadia)])
    ) as reads (number, reader, subjects)
    order by number
  $$,
  'every reading left an event: who, what for, whose, of how many rows'
);

-- She changes her mind: not to be contacted any more.
select tests.give_consent(lakeside, nadia) from story;
select tests.act_as((select ada from story));
select is_empty('select pg_temp.shared()', 'what is shared still says so, and nobody reads it');
select tests.act_as((select nadia from story));
select is(
  tests.refusal($$ select public.submit_daily_checkin('home_health', 8, 3, p_is_shared => true) $$), 'invalid_input',
  'whoever may not be contacted does not share'
);
select is(
  tests.refusal('update public.provider_daily_checkins set energy_level = 9'), 'invalid_input',
  'nor goes on sharing'
);
select lives_ok('update public.provider_daily_checkins set is_shared = false', 'but takes it back');
select is(
  tests.refusal('update public.provider_daily_checkins set is_shared = true'), 'invalid_input', 'for good'
);
select lives_ok($$ select public.submit_daily_checkin('home_health', 6, 6) $$, 'and checks in as ever');

select * from finish();
rollback;
