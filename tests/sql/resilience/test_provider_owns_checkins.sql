-- Nadia checks in. The row is hers: colleagues, managers and other organizations neither see nor touch it unless
-- she shares it, and then administrators and care managers read it and nothing more.
begin;
select plan(20);

create temporary table story as
select
  lakeside, harbor,
  tests.make_person(lakeside, 'nurse', 'Nadia') as nadia,
  tests.make_person(lakeside, 'nurse', 'Nora') as nora,
  tests.make_person(lakeside, 'admin', 'Ada') as ada,
  tests.make_person(lakeside, 'care_manager', 'Cora') as cora,
  tests.make_person(lakeside, 'org_owner', 'Olga') as olga,
  tests.make_person(harbor, 'nurse', 'Hana') as hana,
  tests.make_person(harbor, 'admin', 'Hugo') as hugo
from (select tests.make_org('lakeside') as lakeside, tests.make_org('harbor') as harbor) as orgs;
grant select on story to public;

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
select is_empty('select * from public.provider_daily_checkins', 'an administrator does not see it');
select tests.act_as((select cora from story));
select is_empty('select * from public.provider_daily_checkins', 'nor a care manager');

select tests.act_as((select nadia from story));
select lives_ok(
  $$ select public.submit_daily_checkin('home_health', 8, 3, p_is_shared => true) $$, 'she asks for help: shares it'
);
select tests.act_as((select ada from story));
select results_eq(
  'select stress_level::integer from public.provider_daily_checkins', 'select 8', 'now the administrator reads it'
);
select is_empty(
  'update public.provider_daily_checkins set stress_level = 1 returning 1', 'but cannot change it'
);
select is(
  tests.refusal($$ insert into public.provider_daily_checkins (work_setting, stress_level, energy_level)
    values ('clinic', 1, 1) $$),
  'permission_denied', 'nor add one'
);
select is(tests.refusal('delete from public.provider_daily_checkins'), '42501', 'nor delete it');
select tests.act_as((select cora from story));
select results_eq(
  'select stress_level::integer from public.provider_daily_checkins', 'select 8', 'and so does the care manager'
);
select tests.act_as((select olga from story));
select is_empty('select * from public.provider_daily_checkins', 'the owner of the business does not');
select tests.act_as((select nora from story));
select is_empty('select * from public.provider_daily_checkins', 'nor does a colleague');

select tests.act_as((select hana from story));
select is_empty('select * from public.provider_daily_checkins', 'another organization''s nurse sees nothing');
select tests.act_as((select hugo from story));
select is_empty('select * from public.provider_daily_checkins', 'nor its administrator, shared or not');

select tests.act_as_anonymous();
select is(tests.refusal('select * from public.provider_daily_checkins'), '42501', 'anonymous: refused');

select * from finish();
rollback;
