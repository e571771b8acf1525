-- Nora works where the hub is switched off and takes part in nothing; Noel has no role any more; Ada lacks her second
-- factor; Nils' session has ended; Rita is a resident. All of them are shown where to turn. (beyond: crisis path)
begin;
select plan(29);

delete from public.resilience_resources;
insert into public.resilience_resources (title, kind, category, telephone, country_code, is_active, deleted_at)
values
  ('US line', 'crisis_line', 'crisis', '988', 'US', true, null),
  ('GB line', 'crisis_line', 'crisis', '116 123', 'GB', true, null),
  ('Everywhere', 'crisis_line', 'crisis', '112', null, true, null),
  ('Not answered', 'crisis_line', 'crisis', '999', 'US', false, null),
  ('Removed', 'crisis_line', 'crisis', '998', 'US', true, now()),
  ('Sleep', 'service', 'sleep', '111', 'US', true, null);
create temporary table story as
select
  quiet, lakeside,
  tests.make_person(quiet, 'nurse', 'Nora') as nora,
  tests.make_person(quiet, 'nurse', 'Noel') as noel,
  tests.make_person(quiet, 'admin', 'Ada') as ada,
  tests.make_person(quiet, 'nurse', 'Nils') as nils,
  tests.make_person(lakeside, 'resident', 'Rita') as rita,
  tests.make_person(lakeside, 'wellness_officer', 'Wanda') as wanda
from (select tests.make_org('quiet', false) as quiet, tests.make_org('lakeside') as lakeside) as orgs;
grant select on story to public;
update public.role_assignments set deleted_at = now() where user_id = (select noel from story);

create function pg_temp.shown(p_country text default null) returns text language sql as $$
  select string_agg(title, ', ') from public.get_crisis_contacts(p_country)
$$;

select tests.act_as((select nora from story));
select is(tests.refusal('select public.get_resilience_resources()'), 'feature_disabled', 'the library is switched off');
select is(pg_temp.shown(), 'GB line, US line, Everywhere', 'the crisis lines are not');
select is(pg_temp.shown('US'), 'US line, Everywhere', 'those of a country, and those of all');
select is(pg_temp.shown('us'), 'US line, Everywhere', 'however it is written');
select is(pg_temp.shown('FR'), 'GB line, US line, Everywhere', 'a country without one gets all');
select is(pg_temp.shown('not a country'), 'GB line, US line, Everywhere', 'nonsense is no reason to show nothing');
select isnt(public.acknowledge_crisis_contacts(), null, 'she says that she saw them');
select is((select count(*) from public.provider_crisis_acknowledgements), 1::bigint, 'which is written down');
select is(
  (select acknowledged_at >= shown_at from public.provider_crisis_acknowledgements), true, 'as shown and seen'
);
select is(
  tests.refusal('update public.provider_crisis_acknowledgements set acknowledged_at = null'), '42501', 'and stays'
);

-- What a screening does with an answer about self-harm.
select is((select count(*) from app.show_crisis_contacts('US')), 2::bigint, 'a screening shows them in its answer');
select is(
  (select count(*) from public.provider_crisis_acknowledgements where acknowledged_at is null), 1::bigint,
  'and that it did is written down before anybody says that they saw it'
);
select isnt(public.acknowledge_crisis_contacts(), null, 'they say so');
select is(
  (select count(*) filter (where acknowledged_at is null) || ' of ' || count(*) from public.provider_crisis_acknowledgements),
  '0 of 2', 'nothing is left open'
);

select tests.act_as((select noel from story));
select is(pg_temp.shown('GB'), 'GB line, Everywhere', 'without a role');
select is((select count(*) from app.show_crisis_contacts()), 3::bigint, 'in a screening, too');
select is(tests.refusal('select public.acknowledge_crisis_contacts()'), 'permission_denied', 'there is no place to write it down');
select tests.act_as((select ada from story), 'aal1');
select is(pg_temp.shown('GB'), 'GB line, Everywhere', 'without a second factor');
select is((select count(*) from app.show_crisis_contacts()), 3::bigint, 'in a screening, too');
select tests.act_as((select rita from story));
select is(pg_temp.shown('GB'), 'GB line, Everywhere', 'as a resident');
select isnt(public.acknowledge_crisis_contacts(), null, 'who can say that she saw them');
select tests.act_as((select nils from story));
select tests.act_as_system();
delete from auth.sessions where user_id = (select nils from story);
select set_config('role', 'authenticated', true);
select set_config('request.jwt.claims', jsonb_build_object(
  'sub', nils, 'role', 'authenticated', 'aal', 'aal2', 'session_id', gen_random_uuid())::text, true) from story;
select set_config('carebase.opened_for', '', true);
select is(tests.refusal('select app.current_org()'), 'session_expired', 'a session has ended');
select is(pg_temp.shown('GB'), 'GB line, Everywhere', 'which keeps nobody from them');
select is((select count(*) from app.show_crisis_contacts()), 3::bigint, 'in no way');

select tests.act_as((select wanda from story));
select is_empty('select * from public.provider_crisis_acknowledgements', 'nobody reads who was shown them');
select is(
  tests.refusal($$ insert into public.provider_crisis_acknowledgements (user_id) values ((select nora from story)) $$),
  '42501', 'or writes it for another'
);
select tests.act_as_system();
select is_empty(
  $$ select from public.audit_events where table_name = 'public.provider_crisis_acknowledgements' and not is_concealed $$,
  'the trail does not say either'
);
select is_empty('select from public.notification_queue', 'and nothing waits in a queue');
select tests.act_as_anonymous();
select is(tests.refusal('select public.get_crisis_contacts()'), '42501', 'a page without a sign-in brings its own numbers');

select * from finish();
rollback;
