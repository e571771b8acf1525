-- Nadia reads the privacy statement and takes part, further, less far, and no longer. Ada, Cora and Olga lead; none of
-- them learns what she chose. Without her consent nothing about her is collected, by whatever way.
begin;
select plan(46);

create temporary table story as
select
  lakeside, harbor,
  tests.make_person(lakeside, 'nurse', 'Nadia') as nadia,
  tests.make_person(lakeside, 'admin', 'Ada') as ada,
  tests.make_person(lakeside, 'care_manager', 'Cora') as cora,
  tests.make_person(lakeside, 'org_owner', 'Olga') as olga,
  tests.make_person(harbor, 'nurse', 'Hana') as hana
from (select tests.make_org('lakeside') as lakeside, tests.make_org('harbor') as harbor) as orgs;
grant select on story to public;
-- She works for both.
select tests.give_role(harbor, 'nurse', 'Nadia', nadia) from story;
insert into public.resilience_policies (version, title, body, effective_on)
values (7001, 'Privacy', 'The first text.', '2026-01-01'), (7002, 'Privacy', 'The second text.', '2026-03-01'),
  (7003, 'Privacy', 'The text of next year.', '2027-01-01');

create function pg_temp.details(p_statement text) returns jsonb
language plpgsql as $$
declare
  v_message text;
begin
  execute p_statement;
  return null;
exception when sqlstate 'PGRST' then
  get stacked diagnostics v_message = message_text;
  return (v_message::jsonb ->> 'details')::jsonb;
end
$$;
create function pg_temp.my_level() returns text language sql as $$
  select level::text from public.get_my_participation()
$$;

select tests.freeze_clock('2026-03-10 15:00+00');
select tests.act_as((select nadia from story));
select results_eq(
  'select level::text, policy_version, newest_policy_version, is_current, given_at from public.get_my_participation()',
  $$ values (null::text, null::integer, 7002, false, null::timestamptz) $$,
  'before she was asked she takes no part, and the text of today is the newest'
);
select is(
  tests.refusal($$ select public.submit_daily_checkin('clinic', 5, 5) $$), 'consent_required', 'no check-in is taken'
);
select is(
  pg_temp.details($$ select public.submit_daily_checkin('clinic', 5, 5) $$), '{"policy_version": 7002}',
  'and she is told which text to read'
);
select is(
  tests.refusal($$ insert into public.provider_daily_checkins (work_setting, stress_level, energy_level)
    values ('clinic', 1, 1) $$),
  'consent_required', 'also by the table''s own endpoint'
);
select is(
  tests.refusal($$ select public.give_resilience_consent(7001) $$), 'conflict', 'she cannot agree to yesterday''s text'
);
select is(tests.refusal($$ select public.give_resilience_consent(7003) $$), 'conflict', 'nor to next year''s');
select is(
  pg_temp.details($$ select public.give_resilience_consent(7001) $$), '{"policy_version": 7002}', 'and learns which it is'
);
select is(tests.refusal($$ select public.give_resilience_consent(null) $$), 'invalid_input', 'nor to none');
select is(tests.refusal($$ select public.give_resilience_consent(7002, null) $$), 'invalid_input', 'nor without a level');
select is(
  tests.refusal($$ insert into public.provider_consents (level, policy_version) values ('anonymous', 7002) $$), '42501',
  'nor past the function'
);

select results_eq(
  $$ select level::text, policy_version, is_current, given_at from public.give_resilience_consent(7002) $$,
  $$ values ('aggregate_only', 7002, true, timestamptz '2026-03-10 15:00+00') $$,
  'unless she says otherwise only figures of five and more'
);
select is(
  (public.submit_daily_checkin('clinic', 5, 5)).checkin_date, '2026-03-10'::date, 'now she checks in'
);
select tests.freeze_clock('2026-03-11 15:00+00');
select is(
  (public.give_resilience_consent(7002)).given_at, timestamptz '2026-03-10 15:00+00', 'saying it again changes nothing'
);
select is(
  (public.give_resilience_consent(7002, 'may_be_contacted')).given_at, timestamptz '2026-03-11 15:00+00',
  'going further begins anew'
);
select results_eq(
  'select level::text, given_at, withdrawn_at from public.provider_consents order by given_at',
  $$ values
    ('aggregate_only', timestamptz '2026-03-10 15:00+00', timestamptz '2026-03-11 15:00+00'),
    ('may_be_contacted', timestamptz '2026-03-11 15:00+00', null) $$,
  'and what held before can be shown'
);
select lives_ok(
  $$ select public.submit_daily_checkin('clinic', 9, 2, p_is_shared => true) $$, 'she shares today''s check-in'
);
select is(
  tests.refusal($$ update public.provider_consents set level = 'anonymous' $$), '42501', 'she does not rewrite history'
);

select tests.act_as((select cora from story));
select is((select count(*) from public.get_shared_checkins('operations')), 1::bigint, 'the care manager reads it');
select is_empty('select * from public.provider_consents', 'and does not see who takes part');
select is((select app.consent_level(lakeside, nadia)::text from story), null, 'nor how far she does');
select is(pg_temp.my_level(), null, 'nor takes part herself by looking');
select tests.act_as((select olga from story));
select is_empty('select * from public.provider_consents', 'nor does the owner');
select tests.act_as((select ada from story));
select is_empty('select * from public.provider_consents', 'nor an administrator');
select is(
  tests.refusal($$ select public.give_resilience_consent(7002) $$), 'permission_denied',
  'who is no practitioner has nothing to agree to'
);
select is(
  tests.refusal('select app.require_participation()'), 'permission_denied', 'and is told so by what collects'
);

-- The next day she goes a step back: what was shared is un-shared, also that of the closed day.
select tests.freeze_clock('2026-03-12 15:00+00');
select tests.act_as((select nadia from story));
select is((public.give_resilience_consent(7002)).level::text, 'aggregate_only', 'a step back');
select is((select bool_or(is_shared) from public.get_my_checkins()), false, 'nothing is shared any more');
select is((public.give_resilience_consent(7002, 'may_be_contacted')).level::text, 'may_be_contacted', 'forth again');
select is((select bool_or(is_shared) from public.get_my_checkins()), false, 'does not share it by itself');
select lives_ok(
  $$ select public.submit_daily_checkin('clinic', 7, 3, p_is_shared => true) $$, 'she shares another one'
);

-- The day after she withdraws.
select tests.freeze_clock('2026-03-13 15:00+00');
select is((public.withdraw_resilience_consent()).level::text, null, 'she takes part no longer');
select is((select bool_or(is_shared) from public.get_my_checkins()), false, 'yesterday''s check-in is un-shared');
select is(
  tests.refusal($$ select public.submit_daily_checkin('clinic', 5, 5) $$), 'consent_required', 'nothing is collected'
);
select is(
  tests.refusal('update public.provider_daily_checkins set stress_level = 1'), 'consent_required', 'nor changed'
);
select is((select count(*) from public.get_my_checkins()), 3::bigint, 'what she wrote is still hers to read');
select is((public.withdraw_resilience_consent()).is_current, false, 'withdrawing twice is no error');
select tests.act_as((select cora from story));
select is_empty($$ select * from public.get_shared_checkins('operations') $$, 'the care manager reads nothing any more');

-- Another organization is another choice.
select tests.act_as((select nadia from story));
select lives_ok($$ select public.switch_organization(harbor) from story $$, 'in the other organization');
select is(pg_temp.my_level(), null, 'she was never asked');
select is((public.give_resilience_consent(7002, 'anonymous')).level::text, 'anonymous', 'and answers for it alone');
select lives_ok($$ select public.switch_organization(lakeside) from story $$, 'back');
select is(pg_temp.my_level(), null, 'she still takes no part');

-- A new text asks again, and what was agreed to holds until then.
select tests.act_as((select hana from story));
select is((public.give_resilience_consent(7002)).is_current, true, 'Hana agreed to the text of 2026');
select tests.freeze_clock('2027-01-02 15:00+00');
select tests.act_as((select hana from story));
select results_eq(
  'select level::text, policy_version, newest_policy_version, is_current from public.get_my_participation()',
  $$ values ('aggregate_only', 7002, 7003, false) $$,
  'in 2027 she is asked again'
);

select tests.act_as_system();
select is(
  (select count(*) from public.audit_events where action = 'update' and table_name = 'public.provider_daily_checkins'),
  2::bigint, 'each un-sharing was one event, and what shared nothing left none'
);

select tests.act_as_anonymous();
select is(
  array[
    tests.refusal('select public.get_my_participation()'), tests.refusal('select public.give_resilience_consent(7001)'),
    tests.refusal('select public.withdraw_resilience_consent()'),
    tests.refusal('select public.export_my_resilience_data()'),
    tests.refusal($$ select public.delete_my_resilience_data('delete everything') $$),
    tests.refusal($$ select public.get_shared_checkins('operations') $$)
  ],
  array_fill('42501'::text, array[6]), 'anonymous: refused everywhere'
);

select * from finish();
rollback;
