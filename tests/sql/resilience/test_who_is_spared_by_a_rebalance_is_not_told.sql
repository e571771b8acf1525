-- Mia plans; Nadia's panel is full. Nora has room and is strained, Nell has room and has asked for a pause: of both
-- Mia sees the same, that they are not proposed. (A-050, A-066, beyond 1)
begin;
select plan(18);

create temporary table story as
select
  lakeside,
  tests.make_person(lakeside, 'manager', 'Mia') as mia,
  tests.make_person(lakeside, 'nurse', 'Nadia') as nadia,
  tests.make_person(lakeside, 'nurse', 'Nora') as nora,
  tests.make_person(lakeside, 'nurse', 'Nell') as nell,
  gen_random_uuid() as patient
from (select tests.make_org('lakeside', p_time_zone => 'UTC') as lakeside) as orgs;
create temporary table nurses as
select
  tests.practitioner_of(nadia) as nadia, tests.practitioner_of(nora) as nora, tests.practitioner_of(nell) as nell
from story;
insert into public.patients (id) select patient from story;
insert into public.org_patients (org_id, patient_id) select lakeside, patient from story;
insert into public.provider_panel_patients (org_id, practitioner_id, patient_id, acuity)
select lakeside, nurses.nadia, patient, 3 from story, nurses;
insert into public.provider_panel_limits (org_id, practitioner_id, max_patients, max_acuity_points)
select lakeside, nurses.nora, 9, 30 from story, nurses;
select tests.give_consent(lakeside, nora, 'aggregate_only') from story;
insert into public.provider_daily_checkins
  (org_id, user_id, practitioner_id, checkin_date, work_setting, stress_level, energy_level)
select lakeside, story.nora, nurses.nora, current_date - 1, 'clinic', 9, 2 from story, nurses;
grant select on story, nurses to public;
create function pg_temp.answer() returns text language plpgsql as $$
declare
  v_proposal public.provider_rebalance_proposals;
begin
  perform tests.act_as((select mia from story));
  v_proposal := public.propose_panel_rebalance((select nadia from nurses), 0);
  raise exception using errcode = 'P0001', message = (
    select case to_practitioner_id when nora then 'Nora' when nell then 'Nell' end
    from public.provider_rebalance_moves, nurses where proposal_id = v_proposal.id
  );
exception
  when raise_exception then
    perform tests.act_as_system();
    return sqlerrm;
  when sqlstate 'PGRST' then
    perform tests.act_as_system();
    return sqlerrm;
end
$$;

select is(pg_temp.answer(), 'Nora', 'figures of somebody who did not agree to that are not used');
update public.provider_consents set level = 'may_be_contacted';
create temporary table answers as select pg_temp.answer() as spared;
select is(
  (select spared::jsonb ->> 'code' from answers), 'conflict', 'whoever agreed to be helped is spared while strained'
);
insert into public.provider_panel_limits (org_id, practitioner_id, max_patients, max_acuity_points)
select lakeside, nurses.nell, 1, 30 from story, nurses;
select is(pg_temp.answer(), 'Nell', 'and the patient goes to somebody else');

select tests.act_as((select nell from story));
select is((public.pause_my_panel(current_date + 90)).until_date, current_date + 90, 'who may ask for a pause');
select is(
  tests.refusal('select public.pause_my_panel(current_date + 91)'), 'invalid_input', 'of 90 days at most'
);
select is(
  tests.refusal('select public.pause_my_panel(current_date - 1)'), 'invalid_input', 'that is not over'
);
select tests.act_as((select mia from story));
select is_empty('select 1 from public.provider_panel_pauses', 'which nobody else reads');
select is(
  tests.refusal('select public.pause_my_panel(current_date)'), 'permission_denied', 'and whoever has no panel needs none'
);
select is(
  tests.refusal($$ select app.is_strained(lakeside, nora) from story $$), '42501', 'nor can anybody ask how she is'
);
select is(
  tests.refusal($$ select app.panel_rooms(lakeside, null, null, 9) from story $$), '42501', 'or who has room'
);
select tests.act_as_system();
select is(pg_temp.answer(), (select spared from answers), 'a pause gives the very answer that strain gives');
update public.provider_panel_limits set max_patients = 0;
select is(pg_temp.answer(), (select spared from answers), 'and so does a full panel');
update public.provider_panel_limits set max_patients = 1;
select tests.freeze_clock(date_trunc('day', now(), 'UTC') + interval '91 days');
select is(pg_temp.answer(), 'Nora', 'a pause is over by itself, and so is a bad week');

-- A rule that sees strain says so to nobody who has not agreed.
select is(
  (select app.propose_relief(lakeside, nadia, 0) from story), null, 'no relief is proposed for who has not agreed'
);
select tests.give_consent(lakeside, nadia, 'may_be_contacted') from story;
select isnt((select app.propose_relief(lakeside, nadia, 0) from story), null, 'it is for who has');
select is((select app.propose_relief(lakeside, nadia, 0) from story), null, 'once');

-- Not stress alone.
select tests.act_as_system();
select tests.give_consent(lakeside, nadia, 'may_be_contacted') from story;
select tests.assess(lakeside, nadia, current_date, 59) from story;
select is(app.is_strained(lakeside, nadia), false, 'nobody is spared for a moderate score') from story;
select tests.assess(lakeside, nadia, current_date, 60) from story;
select is(app.is_strained(lakeside, nadia), true, 'but for a high one') from story;

select * from finish();
rollback;
