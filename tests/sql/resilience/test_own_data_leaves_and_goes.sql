-- Nadia takes everything that the hub holds about her, anonymous or not, and then has it deleted for good. Nora's stays.
begin;
select plan(30);

create temporary table story as
select
  lakeside, gen_random_uuid() as circle,
  tests.make_person(lakeside, 'nurse', 'Nadia') as nadia,
  tests.make_person(lakeside, 'nurse', 'Nora') as nora,
  tests.make_person(lakeside, 'nurse', 'Nell') as nell,
  tests.make_person(lakeside, 'admin', 'Ada') as ada
from (select tests.make_org('lakeside') as lakeside) as orgs;
grant select on story to public;
insert into public.provider_support_circles (org_id, id, name, meeting_frequency)
select lakeside, circle, '=HYPERLINK("http://example.com")', 'weekly' from story;
insert into public.provider_support_circle_members (org_id, circle_id, practitioner_id, user_id)
select lakeside, circle, tests.practitioner_of(member), member from story, unnest(array[nadia, nora, nell]) as member;

-- Both check in for a week, the last days anonymously, and write to their circle.
create function pg_temp.live(p_who uuid) returns void language plpgsql as $$
begin
  for v_day in 1..7 loop
    perform tests.act_as_system();
    perform tests.freeze_clock(timestamptz '2026-03-01 15:00+00' + v_day * interval '1 day');
    if v_day in (1, 5) then
      perform tests.give_consent(
        (select lakeside from story), p_who,
        case v_day when 1 then 'may_be_contacted' else 'anonymous' end::public.participation_level
      );
    end if;
    perform tests.act_as(p_who);
    perform public.submit_daily_checkin('clinic', v_day, 5, p_is_shared => v_day < 5);
  end loop;
  perform public.write_reflection((select circle from story), 'Named', false);
  perform public.write_reflection((select circle from story), 'Unnamed', true);
  perform public.submit_instrument_assessment('single_item_burnout', '[{"link_id": "1", "code": "4"}]');
  perform public.start_module((select id from public.resilience_training_modules order by id limit 1));
  perform public.request_peer_support('error', true);
  perform public.acknowledge_crisis_contacts();
  perform public.submit_shift_report('night', 9, 5, '{skill_mix}');
  perform tests.act_as_system();
  insert into public.provider_prompts (org_id, practitioner_id, user_id, kind, occurrence_on, prompted_on)
  select lakeside, tests.practitioner_of(p_who), p_who, 'after_shift', '2026-03-07', '2026-03-07' from story;
  insert into public.provider_panel_pauses (org_id, practitioner_id, user_id)
  select lakeside, tests.practitioner_of(p_who), p_who from story;
  insert into public.provider_support_circle_invitations (org_id, circle_id, practitioner_id, user_id, expires_at)
  select lakeside, circle, tests.practitioner_of(p_who), p_who, '2026-04-01' from story;
  insert into public.provider_intervention_contacts (
    org_id, intervention_id, practitioner_id, user_id, contacted_at, contact_method, is_reached
  )
  select cases.org_id, cases.id, cases.practitioner_id, p_who, app.clock(), 'call', true
  from public.provider_interventions as cases where cases.user_id = p_who;
end
$$;
select pg_temp.live(nadia), pg_temp.live(nora) from story;

create function pg_temp.counts(p_export jsonb) returns jsonb language sql as $$
  select jsonb_object_agg(tables.key, jsonb_array_length(tables.value)) from jsonb_each(p_export -> 'tables') as tables
$$;

select tests.act_as((select nadia from story));
create temporary table taken as select public.export_my_resilience_data() as document;
grant select on taken to public;

-- Later tables cannot be forgotten: whatever has a person in it and is about providers is in both.
select tests.act_as_system();
select set_eq(
  $$
    select tables.relname::text
    from pg_class as tables
    inner join pg_attribute as columns on columns.attrelid = tables.oid
    where tables.relkind in ('r', 'p') and tables.relnamespace = 'public'::regnamespace
      and tables.relname like 'provider\_%' and columns.attname = 'user_id' and not columns.attisdropped
  $$,
  $$
    select keys.name from taken, jsonb_object_keys(taken.document -> 'tables') as keys (name)
    where keys.name <> all('{provider_anonymous_checkins,shift_reports}')
  $$,
  'the export has every table of providers with a person in it'
);
select is_empty(
  $$
    select tables.relname
    from pg_class as tables
    inner join pg_attribute as columns on columns.attrelid = tables.oid
    where tables.relkind in ('r', 'p') and tables.relnamespace = 'public'::regnamespace
      and tables.relname like 'provider\_%' and columns.attname = 'user_id' and not columns.attisdropped
      and strpos(
        (select prosrc from pg_proc where proname = 'delete_resilience_data_of_mine'),
        'delete from public.' || tables.relname || ' as '
      ) = 0
  $$,
  'and all of them are deleted from'
);

select tests.act_as((select nadia from story));
select is(
  pg_temp.counts(document),
  '{"provider_consents": 2, "provider_daily_checkins": 4, "provider_anonymous_checkins": 3,
    "provider_support_circle_members": 1, "provider_support_reflections": 2, "provider_reflection_reports": 0,
    "provider_burnout_assessments": 1, "provider_assessment_scores": 1, "provider_training_completions": 1,
    "provider_interventions": 1, "provider_intervention_contacts": 1, "provider_support_circle_invitations": 1,
    "provider_prompts": 1, "provider_panel_pauses": 1, "provider_crisis_acknowledgements": 1,
    "shift_reports": 1}',
  'she takes all of it'
) from taken;
select is((document ->> 'user_id')::uuid, nadia, 'as hers') from taken, story;
select is(
  (select array_agg((rows ->> 'stress_level')::integer order by rows ->> 'checkin_date')
   from taken, jsonb_path_query(document, '$.tables.*[*] ? (exists (@.stress_level))') as rows),
  '{1,2,3,4,5,6,7}', 'seven days, whatever their kind'
);
select is(
  (select array_agg(words #>> '{}' order by words #>> '{}')
   from taken, jsonb_path_query(document, '$.tables.provider_support_reflections[*].reflection_text') as words),
  '{Named,Unnamed}', 'her anonymous words among them'
);
select is(
  document #> '{tables,provider_burnout_assessments,0,answers}', '[{"code": "4", "link_id": "1"}]',
  'and her answers, opened'
) from taken;
select tests.act_as_system();
select is(
  (select count(*) from public.audit_events
   where operation = 'open' and table_name = 'public.provider_burnout_assessments' and outcome = 'success'),
  1::bigint, 'which the trail knows'
);
select tests.act_as((select nadia from story));
select is(document::text like '%' || nora || '%', false, 'and nothing of Nora') from taken, story;
-- The same as rows, for a spreadsheet.
create temporary table lines as select * from public.export_my_resilience_rows();
select results_eq(
  'select table_name, max(row_number) from lines group by table_name order by table_name',
  $$ select tables.key, jsonb_array_length(tables.value) from taken, jsonb_each(document -> 'tables') as tables
     where tables.value <> '[]' order by tables.key $$,
  'as rows they are as many'
);
select is(
  (select array_agg(value::integer order by value) from lines where column_name = 'stress_level'), '{1,2,3,4,5,6,7}',
  'with the same values'
);
select is_empty('select from lines where value is null', 'of which none is empty');
select is(
  (select value from lines where column_name = 'circle_name'), '''=HYPERLINK("http://example.com")',
  'and what somebody else named like a formula is none'
);
select is((select count(*) from public.get_my_checkins()), 7::bigint, 'the list of her check-ins has both kinds');
select is(
  (select array_agg(is_anonymous) from public.get_my_checkins('2026-03-05', '2026-03-06')), '{true,false}',
  'in any range'
);
select is((select count(*) from public.get_my_checkins(p_limit => 2)), 2::bigint, 'and up to a limit');

select is(
  tests.refusal($$ select public.delete_my_resilience_data('yes') $$), 'invalid_input', 'deletion wants the words'
);
select is(tests.refusal('select public.delete_my_resilience_data(null)'), 'invalid_input', 'all of them');
select is((select count(*) from public.get_my_checkins()), 7::bigint, 'nothing is gone by mistake');

-- A legal hold keeps all of it.
select tests.act_as_system();
insert into public.legal_holds (org_id, table_name, reason_code)
select lakeside, 'provider_support_reflections', 'litigation' from story;
select tests.act_as((select nadia from story));
select is(
  tests.refusal($$ select public.delete_my_resilience_data('delete everything') $$), 'conflict', 'a legal hold is kept'
);
select is((select count(*) from public.get_my_checkins()), 7::bigint, 'by all of it');
select tests.act_as_system();
update public.legal_holds set released_at = now();

create temporary table trail as select id from public.audit_events;
grant select on trail to public;
select tests.act_as((select nadia from story));
select lives_ok($$ select public.delete_my_resilience_data('delete everything') $$, 'she deletes everything');
select is(
  (select array_agg(key) from jsonb_each_text(pg_temp.counts(public.export_my_resilience_data())) where value <> '0'),
  '{shift_reports}', 'nothing is left but what she said of the workplace'
);
select is((public.get_my_participation()).level::text, null, 'she takes no part any more');
select is(
  tests.refusal($$ select public.submit_daily_checkin('clinic', 5, 5) $$), 'consent_required', 'nothing is collected'
);
select lives_ok($$ select public.delete_my_resilience_data('delete everything') $$, 'again is no error');

select tests.act_as_system();
select results_eq(
  $$ select action::text, is_concealed, actor_id, row_key, changes from public.audit_events
     where id not in (select id from trail) $$,
  $$ values
    ('purge', true, null::uuid, null::jsonb, null::jsonb), ('purge', true, null, null, null) $$,
  'the trail says that somebody did, each time, and neither who nor how much'
);
select is_empty(
  $$ select from public.provider_consents where user_id = (select nadia from story)
     union all select from public.provider_daily_checkins where user_id = (select nadia from story)
     union all select from public.provider_support_reflections where user_id = (select nadia from story) $$,
  'the rows are gone and not hidden'
);
select is((select count(*) from app.provider_anonymous_checkins), 3::bigint, 'the anonymous ones, too; Nora''s are there');

select tests.act_as((select nora from story));
select is(
  pg_temp.counts(public.export_my_resilience_data()), pg_temp.counts(document), 'Nora has everything that she had'
) from taken;

select * from finish();
rollback;
