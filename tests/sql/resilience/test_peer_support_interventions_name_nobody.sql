-- Nora has lost a patient and asks for a colleague; Nils asks, too, and lets it be known that it is him. Wanda and Will
-- are wellness officers, Cara leads the care team, Bill does the billing. Harbor has nobody to tell, Quiet not the hub.
begin;
select plan(34);
select tests.freeze_clock('2026-03-02 22:00+00');

create temporary table story as
select
  lakeside,
  tests.make_person(lakeside, 'nurse', 'Nora') as nora,
  tests.make_person(lakeside, 'nurse', 'Nils') as nils,
  tests.make_person(lakeside, 'wellness_officer', 'Wanda') as wanda,
  tests.make_person(lakeside, 'wellness_officer', 'Will') as will,
  tests.make_person(lakeside, 'care_manager', 'Cara') as cara,
  tests.make_person(lakeside, 'billing', 'Bill') as bill,
  tests.make_person(harbor, 'nurse', 'Hana') as hana,
  tests.make_person(dockside, 'nurse', 'Dina') as dina,
  tests.make_person(dockside, 'care_manager', 'Dora') as dora,
  tests.make_person(quiet, 'nurse', 'Quinn') as quinn
from (
  select tests.make_org('lakeside') as lakeside, tests.make_org('harbor') as harbor,
    tests.make_org('dockside') as dockside, tests.make_org('quiet', false) as quiet
) as orgs;
grant select on story to public;

select tests.act_as((select nora from story));
create temporary table asked as select * from public.request_peer_support('patient_death', false);
grant select on asked to public;
select results_eq(
  'select due_on, is_shared, told_count from asked', $$ values ('2026-03-03'::date, false, 2) $$,
  'within a day; both wellness officers were told'
);
select results_eq(
  $$ select kind::text, status::text, occasion::text, opened_by_rule, shared_at from public.get_my_interventions() $$,
  $$ values ('peer_support', 'open', 'patient_death', null::text, null::timestamptz) $$, 'it is a case of hers, open at once'
);
select results_eq(
  $$ select intervention_id, told_count from public.request_peer_support('patient_death', false) $$,
  $$ select intervention_id, 2 from asked $$, 'asked again it is the same'
);
select is(tests.refusal('select public.request_peer_support(null, false)'), 'invalid_input', 'after what');
select is(tests.refusal($$ select public.request_peer_support('error', null) $$), 'invalid_input', 'known or not');

select tests.act_as((select wanda from story));
select results_eq(
  $$ select channel::text, template_key, payload, created_by from public.notification_queue order by channel::text $$,
  $$ values ('email', 'peer_support.wanted', '{"link": "/peer-support"}'::jsonb, null::uuid),
    ('in_app', 'peer_support.wanted', '{"link": "/peer-support"}', null) $$,
  'Wanda hears once, in two ways, that somebody asks; not who'
);
select is(
  (select count(*) from public.list_interventions(p_purpose => 'operations')), 0::bigint, 'nor does she find out'
);
select is(tests.refusal($$ select public.get_intervention(intervention_id, 'operations') from asked $$), 'not_found', 'by its id');

-- Nor where she may be contacted otherwise: this once she asked to stay unnamed.
select tests.act_as_system();
select tests.give_consent(lakeside, nora, 'may_be_contacted') from story;
select tests.assess(lakeside, nora, '2026-03-02', 80) from story;
select tests.act_as((select wanda from story));
select is(
  (select count(*) from public.list_interventions(p_purpose => 'operations')), 0::bigint,
  'also where Nora may be contacted otherwise'
);
select is(tests.refusal($$ select public.get_intervention(intervention_id, 'operations') from asked $$), 'not_found', 'by no way');
select is(tests.refusal($$ select public.assign_intervention(intervention_id) from asked $$), 'not_found', 'nor takes it on');
select is(
  (select array_agg(has_open_case) from public.get_providers_needing_help('operations')), '{false}',
  'that she needs help is known, and not that she has asked'
);
select tests.act_as_system();
delete from public.provider_consents where user_id = (select nora from story);

select tests.act_as((select cara from story));
select is_empty('select * from public.notification_queue', 'where there are wellness officers nobody else is told');

select tests.act_as_system();
select is_empty(
  format($$ select from public.audit_events where actor_id = %L and not is_concealed $$, nora),
  'the trail does not name who asked'
) from story;
select is_empty(
  format($$ select from public.notification_templates where created_by = %L or updated_by = %L $$, nora, nora),
  'nor do the words that were made for it'
) from story;
select is((select bool_and(priority = 'urgent') from public.notification_queue), true, 'quiet hours do not hold it up');

-- Later she makes herself known.
select tests.act_as((select nora from story));
select results_eq(
  $$ select intervention_id, is_shared, told_count from public.request_peer_support('patient_death', true) $$,
  $$ select intervention_id, true, 2 from asked $$, 'she lets them know that it is her'
);
select tests.act_as((select wanda from story));
select is(
  (select payload ->> 'link' from public.notification_queue where template_key = 'peer_support.requested' and channel = 'in_app'),
  (select '/interventions/' || intervention_id from asked), 'Wanda is told where it stands'
);
select results_eq(
  $$ select user_id, occasion::text from public.list_interventions(p_purpose => 'operations') $$,
  $$ select nora, 'patient_death' from story $$, 'and reads who it is, and after what'
);

-- Known from the start.
select tests.act_as((select nils from story));
select is((select is_shared from public.request_peer_support('violence', true)), true, 'Nils says at once that it is him');
select tests.act_as((select cara from story));
select is((select count(*) from public.list_interventions('open', 'operations')), 2::bigint, 'a care manager sees both');

-- An offer by rule becomes the request.
select tests.act_as_system();
select is(
  app.open_intervention(lakeside, cara, 'peer_support', 'burnout_high', 66) is not null, true, 'Cara has an offer'
) from story;
select tests.act_as((select cara from story));
select results_eq(
  $$ select due_on, told_count from public.request_peer_support('other', false) $$, $$ values ('2026-03-03'::date, 2) $$,
  'when she asks it is due tomorrow'
);
select results_eq(
  $$ select status::text, opened_by_rule, score_before from public.get_my_interventions() $$,
  $$ values ('open', 'burnout_high', 66.00) $$, 'and still knows where it came from'
);

select tests.act_as((select bill from story));
select is(tests.refusal($$ select public.request_peer_support('error', true) $$), 'permission_denied', 'who gives no care asks elsewhere');
select tests.act_as((select hana from story));
select is((select told_count from public.request_peer_support('error', true)), 0, 'where nobody can be told, it says so');
select is((select count(*) from public.get_my_interventions()), 1::bigint, 'and the case is there all the same');
select is_empty('select * from public.notification_queue', 'another organization''s messages are not');
select tests.act_as((select dina from story));
select is((select told_count from public.request_peer_support('error', false)), 1, 'without wellness officers a care manager is told');
select tests.act_as((select dora from story));
select is((select count(*) from public.notification_queue where template_key = 'peer_support.wanted'), 2::bigint, 'Dora is');
select is((select told_count from public.request_peer_support('error', false)), 0, 'but not of her own request');
select tests.act_as((select quinn from story));
select is(tests.refusal($$ select public.request_peer_support('error', true) $$), 'feature_disabled', 'without the hub: refused');
select tests.act_as_anonymous();
select is(tests.refusal($$ select public.request_peer_support('error', true) $$), '42501', 'anonymous: refused');

select tests.act_as((select nils from story));
select is(
  tests.refusal($$ select public.request_peer_support('other', true) from generate_series(1, 20) $$), 'rate_limited',
  'twenty an hour are enough'
);

select * from finish();
rollback;
