-- Mona manages the Elms, where Carl, Cleo and Cem are carers and Nora a nurse. Ole works at the Oaks. Hugo is of Harbor.
begin;
select plan(42);

create temporary table story as
select lakeside, harbor, tests.make_site(lakeside, 'The Elms') as elms, tests.make_site(lakeside, 'The Oaks') as oaks
from (select tests.make_org('lakeside') as lakeside, tests.make_org('harbor') as harbor) as orgs;
insert into public.organization_feature_flags (org_id, feature_key, is_enabled)
select unnest(array[lakeside, harbor]), 'care_homes', true from story;
create temporary table people as
select
  tests.make_person(lakeside, 'manager', 'Mona', elms) as mona,
  tests.make_staff(lakeside, 'carer', 'Carl', elms) as carl,
  tests.make_staff(lakeside, 'carer', 'Cleo', elms) as cleo,
  tests.make_staff(lakeside, 'carer', 'Cem', elms) as cem,
  tests.make_staff(lakeside, 'carer', 'Ole', oaks) as ole,
  tests.make_person(harbor, 'manager', 'Hugo') as hugo
from story;
create temporary table kept (name text primary key, id uuid);
grant all on kept to public;
grant select on story, people to public;
create function pg_temp.id_of(p_name text) returns uuid language sql as $$ select id from kept where name = p_name $$;
create function pg_temp.reason(p_call text, variadic p_values text[]) returns text language plpgsql as $$
declare
  v_message text;
begin
  execute 'select ' || format(p_call, variadic p_values);
  return 'done';
exception when sqlstate 'PGRST' then
  get stacked diagnostics v_message = message_text;
  return coalesce((v_message::jsonb ->> 'details')::jsonb ->> 'reason', v_message::jsonb ->> 'code');
end
$$;
create function pg_temp.told(p_user_id uuid) returns text language sql as $$
  select string_agg(template_key, ' ' order by created_at, id) from public.notification_queue where recipient_id = p_user_id
$$;
select tests.freeze_clock('2026-03-01 12:00+00');
with made as (
  insert into public.shifts (org_id, site_id, starts_at, ends_at, skill, needed_count)
  select lakeside, elms, starts_at, starts_at + interval '8 hours', 'care', 1
  from story
  cross join unnest(array['2026-03-02 08:00+00', '2026-03-03 08:00+00', '2026-03-04 08:00+00']::timestamptz[]) as starts_at
  returning id, starts_at
)
insert into kept select to_char(starts_at at time zone 'UTC', 'FMdy'), id from made;
select tests.act_as((select mona from people));
insert into kept select 'carl mon', (public.assign_shift(pg_temp.id_of('mon'), carl)).id from people;
insert into kept select 'cleo tue', (public.assign_shift(pg_temp.id_of('tue'), cleo)).id from people;

-- Offers.
select is(pg_temp.reason('public.offer_shift(%L)', pg_temp.id_of('wed')::text), 'draft', 'a draft is not offered');
select is((public.publish_rota(elms, '2026-03-02')).status::text, 'published', 'the rota is published') from story;
select is(pg_temp.reason('public.offer_shift(%L)', pg_temp.id_of('mon')::text), 'full', 'nor a shift with everybody it needs');
insert into kept select 'offer', (public.offer_shift(pg_temp.id_of('wed'))).id;
select is(pg_temp.reason('public.offer_shift(%L)', pg_temp.id_of('wed')::text), 'full', 'an open place is offered once');
select tests.act_as((select cem from people));
select is((select count(*)::integer from public.shift_offers), 1, 'who works there sees the offer');
select tests.act_as((select ole from people));
select is_empty('select * from public.shift_offers', 'who works elsewhere does not');
select is(pg_temp.reason('public.claim_shift(%L)', pg_temp.id_of('offer')::text), 'not_found', 'and cannot take it');
select tests.act_as((select hugo from people));
select is(pg_temp.reason('public.claim_shift(%L)', pg_temp.id_of('offer')::text), 'not_found', 'nor another organization');
select tests.act_as((select carl from people));
select isnt_empty(
  $$ select * from public.set_my_availability('2026-03-04 10:00+00', '2026-03-04 11:00+00', 'unavailable') $$,
  'Carl has an appointment'
);
select is(
  pg_temp.reason('public.claim_shift(%L)', pg_temp.id_of('offer')::text), 'unavailable', 'the rules hold for a claim, too'
);
select tests.act_as((select cem from people));
select is(pg_temp.reason('public.claim_shift(%L)', pg_temp.id_of('offer')::text), 'done', 'the first who may work it has it');
select tests.act_as((select cleo from people));
select is(pg_temp.reason('public.claim_shift(%L)', pg_temp.id_of('offer')::text), 'taken', 'the second comes too late');
select tests.act_as((select mona from people));
select is(
  (select string_agg(concat_ws(' ', status, claimed_by = (select cem from people)), '') from public.shift_offers),
  'claimed t', 'the manager sees who has it'
);

-- Swaps.
select tests.act_as((select carl from people));
select is(
  pg_temp.reason('public.request_swap(%L, %L, %L)', pg_temp.id_of('cleo tue')::text, cem::text, null), 'not_found',
  'nobody gives away what is not theirs'
) from people;
select is(
  pg_temp.reason('public.request_swap(%L, %L)', pg_temp.id_of('carl mon')::text, ole::text), 'not_found',
  'nor to somebody who does not work there'
) from people;
insert into kept
select 'swap', (public.request_swap(pg_temp.id_of('carl mon'), cleo, pg_temp.id_of('cleo tue'))).id from people;
select is(
  pg_temp.reason('public.request_swap(%L, %L)', pg_temp.id_of('carl mon')::text, cem::text), 'requested',
  'a shift is in one swap at a time'
) from people;
select is(pg_temp.reason('public.accept_swap(%L)', pg_temp.id_of('swap')::text), 'not_found', 'nobody agrees with themselves');
select tests.act_as((select mona from people));
select is(pg_temp.reason('public.approve_swap(%L)', pg_temp.id_of('swap')::text), 'status', 'a manager decides what both want');
select tests.act_as((select cem from people));
select is_empty('select * from public.list_my_swaps()', 'others know nothing of it');
select tests.act_as((select cleo from people));
select is((select string_agg(status::text, ' ') from public.list_my_swaps()), 'requested', 'the colleague does');
select is((public.accept_swap(pg_temp.id_of('swap'))).status::text, 'accepted', 'and agrees');
select is(pg_temp.reason('public.approve_swap(%L)', pg_temp.id_of('swap')::text), 'permission_denied', 'which decides nothing');
select tests.act_as((select mona from people));
select is((public.approve_swap(pg_temp.id_of('swap'))).status::text, 'approved', 'the manager carries it out');
select results_eq(
  $$ select user_id from public.shift_assignments where shift_on < '2026-03-04' order by starts_at $$,
  format('values (%L::uuid), (%L)', cleo, carl), 'each has the shift of the other'
) from people;
select tests.act_as_system();
select is(
  pg_temp.told(cleo), 'rota.published shift.offered shift.swap shift.swap', 'who is asked, and what came of it, is told'
) from people;

-- Who comes, and who does not.
insert into kept
select case user_id when carl then 'carl' else 'cleo' end || ' works', id
from public.shift_assignments cross join people
where user_id in (carl, cleo) and deleted_at is null;
select tests.freeze_clock('2026-03-02 06:30+00');
select tests.act_as((select cleo from people));
select is(pg_temp.reason('public.clock_in(%L)', pg_temp.id_of('cleo works')::text), 'early', 'nobody comes hours before');
select is(pg_temp.reason('public.clock_in(%L)', pg_temp.id_of('carl works')::text), 'not_found', 'nor for somebody else');
select tests.act_as_system();
create function pg_temp.watch(p_at timestamptz) returns integer language plpgsql as $$
begin
  perform tests.freeze_clock(p_at);
  return app.job_watch_shifts(100);
end
$$;
delete from public.notification_queue;
select is(pg_temp.watch('2026-03-02 08:14+00'), 0, 'fourteen minutes are nothing');
select is(pg_temp.watch('2026-03-02 08:15+00'), 1, 'fifteen are late');
select is(pg_temp.watch('2026-03-02 08:16+00'), 0, 'once');
select is(pg_temp.told(cleo), 'shift.late', 'the person is told') from people;
select is(pg_temp.watch('2026-03-02 08:30+00'), 1, 'after half an hour again');
select is(pg_temp.watch('2026-03-02 09:00+00'), 1, 'after an hour it is missed');
select is(pg_temp.watch('2026-03-02 09:05+00'), 0, 'and that was the last word');
select is(pg_temp.told(mona), 'shift.late shift.late shift.missed', 'the manager was told of each') from people;
select is(pg_temp.told(cleo), 'shift.late', 'the person of the first') from people;
select is((select told_minutes from public.shift_attendance), 60::smallint, 'it is on record');

select tests.freeze_clock('2026-03-03 07:55+00');
select tests.act_as((select carl from people));
select is(pg_temp.reason('public.clock_out(%L)', pg_temp.id_of('carl works')::text), 'not_clocked_in', 'who did not come cannot leave');
select is((public.clock_in(pg_temp.id_of('carl works'))).clocked_in_at, '2026-03-03 07:55+00', 'Carl comes');
select is((public.clock_out(pg_temp.id_of('carl works'))).clocked_out_at, '2026-03-03 07:55+00', 'and goes');
select tests.act_as_system();
select is(pg_temp.watch('2026-03-03 09:30+00'), 0, 'who came is not told of');
select tests.act_as((select mona from people));
select is(
  pg_temp.reason('public.unassign_shift(%L)', pg_temp.id_of('carl works')::text), 'attended', 'nor taken off the shift'
);

select * from finish();
rollback;
