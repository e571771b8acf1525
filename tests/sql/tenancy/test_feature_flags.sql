-- A feature is on if the organization says so, else if it is on for all and the licence includes it; anything
-- missing is off. The four features of the first release are there, and the one that standalone organizations hide.
begin;
select plan(14);

select results_eq(
  $$ select feature_key, feature_name, is_enabled_globally, required_license_tier::text
     from public.nurseos_feature_flags order by feature_key $$,
  $$ values
    ('brain_generator', 'Nurse Brain Generator', false, 'standard'),
    ('care_homes', 'Care Homes', true, 'standard'),
    ('command_center', 'Nurse Command Center', true, 'basic'),
    ('documents', 'Documents', true, 'basic'),
    ('medication_guardian', 'Medication Guardian', false, 'premium'),
    ('patient_modules', 'Patients and Community', true, 'basic'),
    ('residency', 'Residents and Beds', true, 'basic'),
    ('resilience_hub', 'Emotional Resilience Hub', false, 'standard') $$,
  'the reference flags'
);

create temporary table story as
select lakeside, tests.make_person(lakeside, 'nurse', 'Nadia') as nadia
from (select tests.make_org('lakeside', false) as lakeside) as orgs;
grant select on story to public;

select tests.act_as((select nadia from story));
select ok(not public.is_feature_enabled('resilience_hub'), 'off for all');
select ok(public.is_feature_enabled('command_center'), 'on for all');
select ok(not public.is_feature_enabled('no_such_feature'), 'unknown');
select ok(not public.is_feature_enabled(null), 'null');

select tests.act_as_system();
insert into public.organization_feature_flags (org_id, feature_key, is_enabled)
select lakeside, 'resilience_hub', true from story;
select tests.act_as((select nadia from story));
select ok(public.is_feature_enabled('resilience_hub'), 'on for one organization before it is on for all');

select tests.act_as_system();
insert into public.organization_feature_flags (org_id, feature_key, is_enabled)
select lakeside, 'command_center', false from story;
select tests.act_as((select nadia from story));
select ok(not public.is_feature_enabled('command_center'), 'withheld from one organization');

select tests.act_as_system();
update public.nurseos_feature_flags set is_enabled_globally = true where feature_key = 'medication_guardian';
select tests.act_as((select nadia from story));
select ok(not public.is_feature_enabled('medication_guardian'), 'on for all, but the licence does not include it');

select tests.act_as_system();
update public.organizations set license_tier = 'enterprise' where id = (select lakeside from story);
select tests.act_as((select nadia from story));
select ok(public.is_feature_enabled('medication_guardian'), 'a higher licence includes the lower ones');

select is_empty(
  $$ update public.nurseos_feature_flags set is_enabled_globally = true returning 1 $$, 'a nurse changes no flag'
);
select is(
  tests.refusal($$ insert into public.nurseos_feature_flags (feature_key, feature_name) values ('x_y', 'X') $$),
  '42501', 'and adds none'
);

select tests.act_as_system();
create temporary table platform_story as
select tests.make_person(id, 'super_admin', 'Sam') as sam from public.organizations where kind = 'platform';
grant select on platform_story to public;
select tests.act_as((select sam from platform_story));
select results_eq(
  $$ update public.nurseos_feature_flags set is_enabled_globally = true where feature_key = 'brain_generator'
     returning 1 $$,
  'select 1', 'a super_admin does'
);

select tests.act_as_anonymous();
select is(tests.refusal($$ select public.is_feature_enabled('command_center') $$), '42501', 'anonymous: refused');
select is(tests.refusal('select * from public.nurseos_feature_flags'), '42501', 'and reads no flag');

select * from finish();
rollback;
