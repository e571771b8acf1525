-- Wanda works on the cases of Mona, who may be contacted: which step is legal from where, and that what is closed stays
-- closed, whoever writes.
begin;
select plan(44);

create temporary table story as
select
  lakeside,
  tests.make_person(lakeside, 'nurse', 'Mona') as mona,
  tests.make_person(lakeside, 'wellness_officer', 'Wanda') as wanda,
  tests.make_person(lakeside, 'admin', 'Ada') as ada,
  tests.make_person(lakeside, 'nurse', 'Nadia') as nadia,
  tests.make_person(harbor, 'wellness_officer', 'Hope') as hope
from (select tests.make_org('lakeside') as lakeside, tests.make_org('harbor') as harbor) as orgs;
grant select on story to public;
select tests.give_consent(lakeside, mona, 'may_be_contacted') from story;
create temporary table cases as
select
  app.open_intervention(lakeside, mona, 'peer_support', 'burnout_high', 61) as support,
  app.open_intervention(lakeside, mona, 'workload_reduction', 'burnout_high', 61) as workload,
  app.open_intervention(lakeside, mona, 'check_in_call', 'burnout_high', 61) as phone
from story;
grant select on cases to public;

select is(
  app.open_intervention(lakeside, mona, 'peer_support', 'another_rule', 99), support, 'opened again, it is the same case'
) from story, cases;
select is((select count(*) from public.provider_interventions), 3::bigint, 'and no other');

select tests.act_as((select wanda from story));
create function pg_temp.try(p_call text) returns text language sql as $$ select tests.refusal('select public.' || p_call) $$;
create function pg_temp.close(p_id uuid, p_outcome text, p_note text default null) returns text language sql as $$
  select pg_temp.try(format('close_intervention(%L, %L, %L)', p_id, p_outcome, p_note))
$$;
create function pg_temp.contact(p_id uuid, p_at timestamptz default null) returns text language sql as $$
  select pg_temp.try(format('log_intervention_contact(%L, %L, false, %L)', p_id, 'call', p_at))
$$;
create function pg_temp.status(p_id uuid) returns text language sql as $$
  select (public.get_intervention(p_id, 'operations')).status::text
$$;

select is(pg_temp.close(support, 'improved'), 'conflict', 'an offer that nobody took up has not improved anything') from cases;
select is(pg_temp.status(support), 'proposed', 'it is still an offer') from cases;
select is(pg_temp.try(format('assign_intervention(%L, %L)', support, nadia)), 'not_found', 'a nurse is no helper') from cases, story;
select is(pg_temp.try(format('assign_intervention(%L, %L)', support, hope)), 'not_found', 'nor is one of another organization') from cases, story;
select is(pg_temp.try(format('assign_intervention(%L, %L)', support, mona)), 'not_found', 'nor she herself') from cases, story;
select is(pg_temp.try(format('assign_intervention(%L, %L)', support, ada)), null, 'an administrator is') from cases, story;
select is(pg_temp.status(support), 'open', 'the case is open then') from cases;
select is((public.get_intervention(support, 'operations')).owner_id, ada, 'and hers') from cases, story;
select is((public.assign_intervention(support)).owner_id, wanda, 'until Wanda takes it') from cases, story;
select is(pg_temp.contact(support, now() + interval '1 hour'), 'invalid_input', 'nobody called in an hour') from cases;
select is(pg_temp.contact(support, now() - interval '31 days'), 'invalid_input', 'nor last year') from cases;
select is(pg_temp.try(format('log_intervention_contact(%L, null, false)', support)), 'invalid_input', 'how must be said') from cases;
select is(pg_temp.try(format('log_intervention_contact(%L, %L, null)', support, 'call')), 'invalid_input', 'and whether it worked') from cases;
select is(pg_temp.contact(support), null, 'she calls and does not reach her') from cases;
select is(pg_temp.status(support), 'in_progress', 'the case is in progress') from cases;
select is(pg_temp.contact(support, now() - interval '1 day'), null, 'yesterday neither') from cases;
select results_eq(
  $$ select contact_method::text, is_reached, contacted_by from public.get_intervention_contacts(
       (select support from cases), 'operations', 1) $$,
  $$ select 'call', false, wanda from story $$, 'the contacts are read, latest first'
);
select is(pg_temp.close(support, null), 'invalid_input', 'to close it she says how it ended') from cases;
select is(pg_temp.close(support, 'improved', repeat('x', 501)), 'invalid_input', 'in few words') from cases;
select is(pg_temp.close(support, 'improved', ' '), 'invalid_input', 'or none, but not in blanks') from cases;
select is(pg_temp.close(support, 'improved', 'Fewer nights.'), null, 'she does') from cases;
select results_eq(
  $$ select status::text, outcome::text, note, closed_at is not null from public.get_intervention((select support from cases), 'operations') $$,
  $$ values ('completed', 'improved', 'Fewer nights.', true) $$, 'it is completed'
);
select is(pg_temp.close(support, 'worse'), 'conflict', 'for good') from cases;
select is(pg_temp.contact(support), 'conflict', 'without contacts') from cases;
select is(pg_temp.try(format('assign_intervention(%L, %L)', support, ada)), 'conflict', 'or another helper') from cases, story;
select is(pg_temp.close(workload, 'declined'), null, 'an offer may be declined on the phone') from cases;
select is(pg_temp.status(workload), 'declined', 'and is') from cases;
select is(pg_temp.contact(phone), null, 'a contact takes up an offer, too') from cases;
select is((public.get_intervention(phone, 'operations')).owner_id, wanda, 'and makes it hers') from cases, story;

select tests.act_as((select mona from story));
select is(
  (select count(*) from public.provider_intervention_contacts), 3::bigint, 'Mona reads who tried to reach her'
);
select results_eq(
  $$ select note from public.get_my_interventions() where note is not null $$, array['Fewer nights.'], 'and what was noted'
);
select is(tests.refusal($$ select public.accept_intervention(support, true) from cases $$), 'conflict', 'what is closed is closed for her');
select is(tests.refusal($$ select public.decline_intervention(support) from cases $$), 'conflict', 'too');
select is(tests.refusal('delete from public.provider_intervention_contacts'), '42501', 'she deletes nothing');
select tests.act_as((select nadia from story));
select is_empty('select * from public.provider_intervention_contacts', 'nor does a colleague read it');

-- Past the functions, as whoever owns the database.
select tests.act_as_system();
create function pg_temp.write(p_set text, p_id uuid) returns text language sql as $$
  select tests.refusal(format('update public.provider_interventions set %s where id = %L', p_set, p_id))
$$;
select is(pg_temp.write($$ status = 'open', outcome = null, closed_at = null $$, support), 'conflict', 'a closed case is not opened again') from cases;
select is(pg_temp.write($$ note = 'Other' $$, support), 'conflict', 'nor written over') from cases;
select is(pg_temp.write($$ status = 'proposed' $$, phone), 'conflict', 'a step back is none') from cases;
select is(pg_temp.write($$ user_id = (select nadia from story) $$, phone), 'conflict', 'nor does a case change its person') from cases;
select is(pg_temp.write($$ status = 'completed' $$, phone), '23514', 'nor end without an outcome') from cases;
select is(pg_temp.write('score_after = 20', support), null, 'the score that a later assessment brings is added') from cases;
delete from auth.users where id = (select wanda from story);
select is((select owner_id from public.provider_interventions where id = support), null, 'and a helper who is gone is forgotten') from cases;

select * from finish();
rollback;
