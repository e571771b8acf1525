-- Olga owns Lakeside, which has a standard licence. She switches off what her people do not want, and on again; she
-- cannot switch on what was not sold or has not reached her. Sam runs the platform and overrides. Harbor sees nothing.
begin;
select plan(45);

create temporary table story as
select
  lakeside, harbor,
  tests.make_person(lakeside, 'org_owner', 'Olga') as olga,
  tests.make_person(lakeside, 'nurse', 'Nadia') as nadia,
  tests.make_person(harbor, 'admin', 'Hugo') as hugo,
  (
    select tests.make_person(organizations.id, 'super_admin', 'Sam') from public.organizations
    where organizations.kind = 'platform'
  ) as sam
from (select tests.make_org('lakeside', false) as lakeside, tests.make_org('harbor', false) as harbor) as orgs;
grant select on story to public;

create function pg_temp.is_on(p_key text) returns boolean
language sql as $$ select public.is_feature_enabled(p_key) $$;
grant execute on function pg_temp.is_on(text) to public;

-- The menu
select tests.act_as((select nadia from story));
select results_eq(
  'select * from public.get_my_features()',
  $$ values
    ('brain_generator', 'Nurse Brain Generator', false, true, false),
    ('care_homes', 'Care Homes', true, true, true),
    ('command_center', 'Nurse Command Center', true, true, true),
    ('documents', 'Documents', true, true, true),
    ('medication_guardian', 'Medication Guardian', false, true, false),
    ('patient_modules', 'Patients and Community', true, true, true),
    ('residency', 'Residents and Beds', true, true, true),
    ('resilience_hub', 'Emotional Resilience Hub', false, true, false) $$,
  'a nurse''s menu: what is on and what is off'
);
select is(
  tests.refusal($$ select public.set_my_organization_feature('command_center', false) $$), 'permission_denied',
  'she switches nothing'
);

-- The owner's switch
select tests.act_as((select olga from story));
select is(public.set_my_organization_feature('command_center', false), false, 'the owner switches a feature off');
select is(public.set_my_organization_feature('command_center', false), false, 'twice is as once');
select tests.act_as((select nadia from story));
select ok(not pg_temp.is_on('command_center'), 'it is off for her people');
select results_eq(
  $$ select is_available, is_wanted, is_enabled from public.get_my_features() where feature_key = 'command_center' $$,
  'values (true, false, false)', 'and the menu says why'
);
select tests.act_as((select hugo from story));
select ok(pg_temp.is_on('command_center'), 'and on at Harbor');
select is_empty('select * from public.organization_feature_flags', 'which sees nothing of it');
select tests.act_as((select olga from story));
select is(public.set_my_organization_feature('command_center', true), true, 'she switches it on again');
select is(
  tests.refusal($$ select public.set_my_organization_feature('resilience_hub', true) $$), 'feature_disabled',
  'what is not for all yet she cannot switch on'
);
select is(
  tests.refusal($$ select public.set_my_organization_feature('medication_guardian', true) $$), 'feature_disabled',
  'nor what her licence does not include'
);
select is(
  tests.refusal($$ select public.set_my_organization_feature('no_such_feature', true) $$), 'not_found', 'nor nothing'
);
select is(tests.refusal('select public.set_my_organization_feature(null, true)'), 'not_found', 'nor null');
select is(
  tests.refusal($$ select public.set_my_organization_feature('command_center', null) $$), 'invalid_input',
  'and she has to say which way'
);
select is(
  tests.refusal($$ insert into public.organization_feature_flags (feature_key, is_enabled) values ('resilience_hub', true) $$),
  '42501', 'past the RPC she writes no override'
);
select is(
  tests.refusal($$ update public.organization_feature_flags set is_enabled = true $$), '42501', 'and changes none'
);
select is(
  tests.refusal($$ insert into public.organization_feature_flags (org_id, feature_key, is_wanted)
                   select harbor, 'command_center', false from story $$),
  '42501', 'nor another organization''s wishes'
);

-- The platform's word
select is(
  tests.refusal($$ select public.set_organization_feature((select lakeside from story), 'resilience_hub', true) $$),
  'permission_denied', 'an owner overrides nothing'
);
select is(
  tests.refusal($$ select public.set_feature_flag('resilience_hub', true) $$), 'permission_denied',
  'and switches nothing for all'
);
select tests.act_as((select sam from story));
select is(
  public.set_organization_feature((select lakeside from story), 'resilience_hub', true, 'Pilot'), true,
  'a super_admin begins a beta'
);
select tests.act_as((select nadia from story));
select ok(pg_temp.is_on('resilience_hub'), 'it is on at Lakeside');
select tests.act_as((select hugo from story));
select ok(not pg_temp.is_on('resilience_hub'), 'and nowhere else');
select tests.act_as((select olga from story));
select is(public.set_my_organization_feature('resilience_hub', false), false, 'a beta can be declined');
select tests.act_as((select sam from story));
select is(
  public.set_organization_feature((select lakeside from story), 'resilience_hub', true), false,
  'and the platform does not overrule that'
);
select is(
  public.set_organization_feature((select lakeside from story), 'resilience_hub', null), false,
  'taking the override back'
);
select tests.act_as_system();
select results_eq(
  $$ select is_enabled, is_wanted from public.organization_feature_flags where org_id = (select lakeside from story)
     and feature_key = 'resilience_hub' $$,
  'values (null::boolean, false)', 'leaves what the organization wants'
);
select tests.act_as((select sam from story));
select is(
  public.set_organization_feature((select lakeside from story), 'command_center', false, 'Withheld'), false,
  'a feature is withheld'
);
select tests.act_as((select olga from story));
select is(
  tests.refusal($$ select public.set_my_organization_feature('command_center', true) $$), 'feature_disabled',
  'and the owner cannot take it'
);
select tests.act_as((select sam from story));
select is(
  public.set_organization_feature((select lakeside from story), 'command_center'), true, 'without override it is as for all'
);
select tests.act_as_system();
select is_empty(
  $$ select * from public.organization_feature_flags where org_id = (select lakeside from story)
     and feature_key = 'command_center' $$,
  'and no row is left that says nothing'
);
select tests.act_as((select sam from story));
select is(
  tests.refusal(format('select public.set_organization_feature(%L, %L, true)', org, key)), 'not_found', what
)
from (
  values
  (gen_random_uuid(), 'command_center', 'no such organization'), (null, 'command_center', 'no organization'),
  ((select lakeside from story), 'no_such_feature', 'no such feature'), ((select lakeside from story), null, 'no feature')
) as wrongs (org, key, what);
select is(
  tests.refusal(format(
    'select public.set_organization_feature(%L, %L, true, %L)', (select lakeside from story), 'command_center',
    repeat('x', 501)
  )),
  'invalid_input', 'a reason is a sentence'
);
select is_empty('select * from public.organization_feature_flags where org_id <> app.current_org()', 'he reads no tenant''s rows');

-- For all
select results_eq(
  $$ select is_enabled_globally, rollout_percent, required_license_tier::text
     from public.set_feature_flag('brain_generator', true, 0, 'premium') $$,
  $$ values (true, 0::smallint, 'premium') $$, 'a super_admin switches for all'
);
select results_eq(
  $$ select is_enabled_globally, rollout_percent, required_license_tier::text
     from public.set_feature_flag('brain_generator', p_rollout_percent => 100) $$,
  $$ values (true, 100::smallint, 'premium') $$, 'what is left out stays'
);
select tests.act_as((select nadia from story));
select ok(not pg_temp.is_on('brain_generator'), 'a premium feature is off under a standard licence');
select tests.act_as((select sam from story));
select is(tests.refusal($$ select public.set_feature_flag('brain_generator', true, 101) $$), 'invalid_input', 'no 101 %');
select is(tests.refusal($$ select public.set_feature_flag('brain_generator', true, -1) $$), 'invalid_input', 'no -1 %');
select is(tests.refusal($$ select public.set_feature_flag('no_such_feature', true) $$), 'not_found', 'nor nothing');

-- Standalone
select tests.act_as_system();
update public.organizations set settings = '{"standalone": true}' where id = (select lakeside from story);
select tests.act_as((select nadia from story));
select ok(not pg_temp.is_on('patient_modules'), 'in a standalone organization nothing about patients is on');
select is(
  tests.refusal($$ select app.require_feature('patient_modules') $$), 'feature_disabled', 'and its rooms are refused'
);
select ok(pg_temp.is_on('command_center'), 'what is for nurses stays');

select * from finish();
rollback;
