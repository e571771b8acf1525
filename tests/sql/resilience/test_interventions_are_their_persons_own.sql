-- Mona may be contacted, Alma takes part unknown, Nick not at all. Wanda is the wellness officer, Cara leads the care
-- team, Ada administers, Otis owns Lakeside, Mia manages a house, Nadia is a nurse; Hope is a wellness officer of
-- Harbor. Who sees a case, and who hears that they did. (A-072, A-083, A-090)
begin;
select plan(56);

create temporary table story as
select
  lakeside, harbor,
  tests.make_person(lakeside, 'nurse', 'Mona') as mona,
  tests.make_person(lakeside, 'nurse', 'Alma') as alma,
  tests.make_person(lakeside, 'nurse', 'Nick') as nick,
  tests.make_person(lakeside, 'nurse', 'Nadia') as nadia,
  tests.make_person(lakeside, 'wellness_officer', 'Wanda') as wanda,
  tests.make_person(lakeside, 'care_manager', 'Cara') as cara,
  tests.make_person(lakeside, 'admin', 'Ada') as ada,
  tests.make_person(lakeside, 'org_owner', 'Otis') as otis,
  tests.make_person(lakeside, 'manager', 'Mia') as mia,
  tests.make_person(harbor, 'wellness_officer', 'Hope') as hope
from (select tests.make_org('lakeside') as lakeside, tests.make_org('harbor') as harbor) as orgs;
grant select on story to public;
select tests.give_consent(lakeside, person, level::public.participation_level)
from story cross join lateral (
  values (mona, 'may_be_contacted'), (alma, 'anonymous'), (cara, 'may_be_contacted')
) as levels (person, level);
create temporary table cases as
select
  app.open_intervention(lakeside, mona, 'peer_support', 'burnout_high', 61) as of_mona,
  app.open_intervention(lakeside, mona, 'check_in_call', 'burnout_high', 61) as second_of_mona,
  app.open_intervention(lakeside, alma, 'workload_reduction', 'burnout_critical', 90) as of_alma,
  app.open_intervention(lakeside, cara, 'peer_support', 'burnout_high', 65) as of_cara
from story;
grant select on cases to public;

create function pg_temp.seen() returns bigint language sql as $$
  select count(*) from public.list_interventions(p_purpose => 'operations')
$$;
create function pg_temp.get(p_id uuid) returns text language sql as $$
  select tests.refusal(format('select public.get_intervention(%L, %L)', p_id, 'operations'))
$$;

-- Whose it is.
select tests.act_as((select mona from story));
select results_eq(
  'select kind::text from public.get_my_interventions()', array['check_in_call', 'peer_support'], 'Mona sees her cases, newest first'
);
select is(
  (select count(*) from public.get_my_interventions(p_before => (select second_of_mona from cases))), 1::bigint, 'page by page'
);
select is(tests.refusal('select public.get_my_interventions(0)'), 'invalid_input', 'of some size');
select is((select count(*) from public.provider_interventions), 2::bigint, 'and no others in the table');
select is(
  tests.refusal($$ update public.provider_interventions set status = 'completed' $$), '42501', 'she writes none of it'
);
select is(
  tests.refusal($$ insert into public.provider_interventions (kind, due_on, rescore_due_on)
    values ('peer_support', '2026-01-01', '2026-01-01') $$), '42501', 'and makes none past the functions'
);
select is(
  tests.refusal($$ select public.accept_intervention(of_alma, true) from cases $$), 'not_found', 'another''s is not there'
);
select is(
  tests.refusal($$ select public.decline_intervention(of_alma) from cases $$), 'not_found', 'to decline, either'
);
select is(pg_temp.get(of_mona), 'permission_denied', 'the helpers'' way is not hers') from cases;
select is(tests.refusal('select pg_temp.seen()'), 'permission_denied', 'nor their list');

select tests.act_as((select nadia from story));
select is_empty('select * from public.provider_interventions', 'a colleague sees nothing');
select is_empty('select * from public.get_my_interventions()', 'and has none');

-- The helpers.
select tests.act_as((select wanda from story));
select is(
  (select array_agg(id) from public.list_interventions(p_purpose => 'operations')),
  (select array[of_cara, second_of_mona, of_mona] from cases),
  'Wanda sees those who may be contacted, the highest score first'
);
select is_empty('select * from public.provider_interventions', 'not past the functions');
select is(
  (select array_agg(id) from public.list_interventions(
    p_purpose => 'operations', p_before => (select of_cara from cases), p_limit => 1)),
  (select array[second_of_mona] from cases), 'page by page'
);
select is(
  (select count(*) from public.list_interventions('completed', 'operations')), 0::bigint, 'by status'
);
select is(tests.refusal('select public.list_interventions()'), 'invalid_input', 'she says what for');
select is(tests.refusal($$ select public.list_interventions(p_purpose => 'operations', p_limit => 501) $$), 'invalid_input', 'and how many');
select is(pg_temp.get(of_mona), null, 'and opens one of them') from cases;
select is(pg_temp.get(of_alma), 'not_found', 'but not that of somebody who stays unknown') from cases;
select is(pg_temp.get(gen_random_uuid()), 'not_found', 'which is as one that is not there');
select is(
  tests.refusal(format('select public.%s', call)), 'not_found', 'and cannot be worked on: ' || call
)
from cases cross join lateral (
  values
    (format('assign_intervention(%L)', of_alma)),
    (format('log_intervention_contact(%L, %L, true)', of_alma, 'call')),
    (format('close_intervention(%L, %L)', of_alma, 'improved')),
    (format('get_intervention_contacts(%L, %L)', of_alma, 'operations'))
) as calls (call);

select tests.act_as((select cara from story));
select is(pg_temp.seen(), 2::bigint, 'Cara, who leads the care team, sees them, her own not');
select is(pg_temp.get(of_cara), 'not_found', 'nor does she open it as a helper') from cases;
select is((select count(*) from public.get_my_interventions()), 1::bigint, 'it is hers to read as herself');
select tests.act_as((select ada from story));
select is(pg_temp.seen(), 3::bigint, 'Ada, who administers, sees them');
select tests.act_as((select otis from story));
select is(tests.refusal('select pg_temp.seen()'), 'permission_denied', 'the owner does not');
select tests.act_as((select mia from story));
select is(tests.refusal('select pg_temp.seen()'), 'permission_denied', 'nor a manager');
select is(pg_temp.get(of_mona), 'permission_denied', 'one by one') from cases;
select tests.act_as((select hope from story));
select is(pg_temp.seen(), 0::bigint, 'another organization sees none');
select is(pg_temp.get(of_mona), 'not_found', 'and opens none') from cases;
select tests.act_as_anonymous();
select is(tests.refusal('select * from public.provider_interventions'), '42501', 'nor does anybody else');
select is(tests.refusal('select pg_temp.seen()'), '42501', 'in any way');

-- Every reading left an event.
select tests.act_as_system();
select is(
  (select count(*) from public.audit_events
   where org_id = (select lakeside from story) and action = 'read' and table_name = 'public.provider_interventions'
     and actor_id = (select wanda from story) and purpose = 'operations'
     and subject_ids @> array[(select mona from story)]),
  3::bigint, 'each time Wanda saw Mona''s case is written down'
);
select is_empty(
  $$ select changes from public.audit_events
     where table_name like 'public.provider_intervention%' and changes::text ~ 'peer_support|burnout_high|\m(61|90)\.' $$,
  'and nothing of what it says'
);

-- To make oneself known for one case.
select tests.act_as((select alma from story));
select is(tests.refusal('select public.accept_intervention(of_alma, null) from cases'), 'invalid_input', 'it must be said');
select is((public.accept_intervention(of_alma, false)).status, 'open', 'Alma takes it up and stays unknown') from cases;
select tests.act_as((select wanda from story));
select is(pg_temp.get(of_alma), 'not_found', 'to Wanda, too') from cases;
select tests.act_as((select alma from story));
select isnt((public.accept_intervention(of_alma, true)).shared_at, null, 'later she makes herself known') from cases;
select is((public.accept_intervention(of_alma, true)).status, 'open', 'once more: nothing happens') from cases;
select tests.act_as((select wanda from story));
select is(pg_temp.get(of_alma), null, 'and Wanda sees this one case') from cases;
select is((select count(*) from public.notification_queue where template_key = 'intervention.shared' and channel = 'in_app'),
  1::bigint,
  'of which she was told once');
select is((public.assign_intervention(of_alma)).owner_id, wanda, 'she looks after it') from cases, story;
select tests.act_as((select alma from story));
select is((public.decline_intervention(of_alma)).status, 'declined', 'Alma thinks better of it') from cases;
select is((public.decline_intervention(of_alma)).shared_at, null, 'which may be said twice') from cases;
select is(tests.refusal('select public.accept_intervention(of_alma, true) from cases'), 'conflict', 'and is final');
select tests.act_as((select wanda from story));
select is(pg_temp.get(of_alma), 'not_found', 'she is unknown again at once') from cases;

-- Consent is asked anew each time.
select tests.act_as_system();
update public.provider_consents set withdrawn_at = now() where user_id = (select mona from story);
select tests.act_as((select wanda from story));
select is(pg_temp.get(of_mona), 'not_found', 'who takes a consent back is seen no more') from cases;
select is(pg_temp.seen(), 1::bigint, 'in no list');
select tests.act_as((select mona from story));
select is((select count(*) from public.get_my_interventions()), 2::bigint, 'and keeps her own view');

-- A request that needs no consent ends with the end of all participation.
select tests.act_as((select nick from story));
select is((select is_shared from public.request_peer_support('error', true)), true, 'Nick asks, taking no part in anything else');
select tests.act_as((select wanda from story));
select is(pg_temp.seen(), 2::bigint, 'Wanda sees him');
select tests.act_as_system();
insert into public.provider_consents (org_id, practitioner_id, user_id, level, policy_version, given_at, withdrawn_at)
select lakeside, tests.practitioner_of(nick), nick, 'anonymous', 1, now(), now() + interval '1 hour' from story;
select tests.act_as((select wanda from story));
select is(pg_temp.seen(), 1::bigint, 'until he ends everything');

select * from finish();
rollback;
