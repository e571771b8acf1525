-- Two workers at one queue: what one has claimed the other does not get; what is sent is settled; what failed comes again
-- later, and in the end lies among the dead until Ada, administrator, has it sent again.
begin;
select plan(32);

create temporary table story as
select
  lakeside,
  tests.make_person(lakeside, 'admin', 'Ada') as ada, tests.make_person(lakeside, 'nurse', 'Nadia') as nadia,
  tests.make_person(lakeside, 'nurse', 'Nora') as nora
from (select tests.make_org('lakeside') as lakeside) as orgs;
grant select on story to public;
insert into public.notification_templates (org_id, template_key, channel, subject, body, payload_keys)
select lakeside, 'task.overdue', 'email', 'A task is overdue', 'See {{ link }}', '{"link": "link"}' from story;

create function pg_temp.send(
  p_who uuid, p_priority public.notification_priority default 'normal', p_dedupe text default null,
  p_max integer default 12, p_at timestamptz default null, p_expires timestamptz default null, p_line text default null
) returns uuid language sql as $$
  select app.enqueue_notification(
    (select lakeside from story), 'email', p_who, 'task.overdue', '{"link": "/tasks/1"}', p_at, p_priority, p_dedupe,
    p_expires, p_line, p_max
  )
$$;
create function pg_temp.claim(p_worker text default 'one', p_limit integer default 10, p_cursor jsonb default null)
returns jsonb language sql as $$
  select app.claim_notifications(p_worker, p_limit, interval '1 minute', p_cursor)::jsonb
$$;
create function pg_temp.status(p_id uuid) returns text language sql as $$
  select status::text from public.notification_queue where id = p_id
$$;

select tests.freeze_clock('2026-11-21 12:00+00');
create temporary table sent as select pg_temp.send(nadia) as normal, pg_temp.send(nora, 'urgent') as urgent from story;
create temporary table claims as select pg_temp.claim() as first;
select is(jsonb_array_length(first -> 'messages'), 2, 'a worker claims both') from claims;
select is(first #>> '{messages,0,id}', urgent::text, 'the urgent one first') from claims, sent;
select is(first #>> '{messages,0,recipient_name}', 'Nora', 'with what it needs: who it is to') from claims;
select matches(first #>> '{messages,0,address}', '^nora-.*@example.com$', 'where') from claims;
select is(first #>> '{messages,0,subject}', 'A task is overdue', 'and the words') from claims;
select is(pg_temp.claim('two') -> 'messages', '[]'::jsonb, 'the other worker gets nothing');
select is((select count(*) from app.notification_tasks), 0::bigint, 'nothing waits any more');
select is((select count(*) from app.notification_leases), 1::bigint, 'one lease holds the batch');

select lives_ok($$
  select app.settle_notifications(
    (first ->> 'lease_id')::uuid, array[lakeside], array[normal],
    jsonb_build_array(jsonb_build_object(
      'org_id', lakeside, 'id', urgent, 'attempt', 1, 'is_sent', false, 'error', 'smtp_451: try later'
    ))
  ) from claims, sent, story
$$, 'one is sent, the other failed');
select is(pg_temp.status(normal), 'sent', 'the first is settled') from sent;
select results_eq(
  $$ select status::text, attempt_count::integer, last_error from public.notification_queue, sent where id = urgent $$,
  $$ values ('pending', 1, 'smtp_451: try later') $$, 'the second keeps its attempt and its error'
);
select is((select count(*) from app.notification_leases), 0::bigint, 'the lease is over');
select ok(
  (select due_at between timestamptz '2026-11-21 12:00:02.5+00' and timestamptz '2026-11-21 12:00:07.5+00'
   from app.notification_tasks),
  'it comes again after five seconds, more or less'
);
select is(pg_temp.claim() -> 'messages', '[]'::jsonb, 'not at once');
select tests.freeze_clock('2026-11-21 12:00:10+00');
truncate claims;
insert into claims select pg_temp.claim();
select is(first #>> '{messages,0,attempt}', '2', 'but then') from claims;

-- The worker dies; its lease ends; this counts as an attempt.
select is(app.recover_leases(), 0, 'a lease that holds is nobody''s to take');
select tests.freeze_clock('2026-11-21 12:02+00');
select is(app.recover_leases(), 1, 'one that ended is');
select is((select attempt_count::integer from public.notification_queue, sent where id = urgent), 2, 'and counts');
-- It had sent it after all, and says so late.
select lives_ok($$
  select app.settle_notifications((first ->> 'lease_id')::uuid, array[lakeside], array[urgent]) from claims, sent, story
$$, 'the worker comes back');
select is(pg_temp.status(urgent), 'sent', 'sent is a fact') from sent;
select tests.freeze_clock('2026-11-21 13:00+00');
select is(pg_temp.claim() -> 'messages', '[]'::jsonb, 'so it does not go out again');

-- Given up, and requeued.
create temporary table doomed as select pg_temp.send(nadia, p_max => 1) as id from story;
grant select on doomed to public;
truncate claims;
insert into claims select pg_temp.claim();
select lives_ok($$
  select app.settle_notifications(
    (first ->> 'lease_id')::uuid, '{}', '{}',
    jsonb_build_array(jsonb_build_object('org_id', lakeside, 'id', id, 'attempt', 1, 'is_sent', false, 'error', 'smtp_550'))
  ) from claims, doomed, story
$$, 'the last attempt fails');
select is(pg_temp.status(id), 'dead', 'it is given up') from doomed;
select tests.act_as((select nadia from story));
select is(
  tests.refusal('select * from public.get_dead_letters()'), 'permission_denied', 'a nurse does not list what was given up'
);
select tests.act_as((select ada from story));
select results_eq(
  'select id, last_error from public.get_dead_letters()', $$ select id, 'smtp_550'::text from doomed $$, 'Ada does'
);
select is(public.requeue_notification(id), true, 'and has it sent again') from doomed;
select is(public.requeue_notification(id), false, 'once') from doomed;
select tests.act_as_system();
select is(pg_temp.claim() #>> '{messages,0,attempt}', '1', 'it has all its attempts again');

-- Keys, expiry, cancelling.
select is(pg_temp.send(nadia, p_dedupe => 'a'), pg_temp.send(nora, p_dedupe => 'a'), 'one key is one message') from story;
create temporary table late as
select
  pg_temp.send(nadia, p_at => '2026-11-21 14:00+00', p_expires => '2026-11-21 14:30+00') as expiring,
  pg_temp.send(nadia, p_at => '2026-11-21 14:00+00') as cancelled
from story;
grant select on late to public;
select tests.act_as((select ada from story));
select is(public.cancel_notification(cancelled), true, 'Ada takes one back') from late;
select tests.act_as_system();
select tests.freeze_clock('2026-11-21 15:00+00');
select is(jsonb_array_length(pg_temp.claim() -> 'messages'), 1, 'only the one with the key goes out');
select is(pg_temp.status(expiring), 'expired', 'the other was too late') from late;

select * from finish();
rollback;
