-- Three messages of one line and one of another: each waits until the one before it is settled, through its retries.
begin;
select plan(11);

create temporary table story as
select lakeside, tests.make_person(lakeside, 'nurse', 'Nadia') as nadia
from (select tests.make_org('lakeside') as lakeside) as orgs;
insert into public.notification_templates (org_id, template_key, channel, body, payload_keys)
select lakeside, 'step', 'email', 'Hello', '{"n": "number"}' from story;
select tests.freeze_clock('2026-11-21 12:00+00');
create temporary table sent as select app.enqueue_notification(
  lakeside, 'email', nadia, 'step', jsonb_build_object('n', n), p_line_key => line
) as id from story, (values (1, 'a'), (2, 'a'), (3, 'a'), (4, 'b')) as steps (n, line);

create temporary table claims (claim jsonb);
create function pg_temp.claim(p_cursor jsonb default null) returns integer[] language plpgsql as $$
declare
  v_claim jsonb := app.claim_notifications('w', 10, '1 minute', p_cursor)::jsonb;
begin
  insert into claims values (v_claim);
  return array(
    select (message #>> '{payload,n}')::integer from jsonb_array_elements(v_claim -> 'messages') as message order by 1
  );
end
$$;
create function pg_temp.settle(p_is_sent boolean) returns void language plpgsql as $$
begin
  perform app.settle_notifications(
    (claim ->> 'lease_id')::uuid, '{}', '{}', (
      select jsonb_agg(jsonb_build_object(
        'org_id', message ->> 'org_id', 'id', message ->> 'id', 'attempt', (message ->> 'attempt')::integer,
        'is_sent', p_is_sent, 'error', 'refused'
      )) from jsonb_array_elements(claim -> 'messages') as message
    )
  ) from claims;
  truncate claims;
end
$$;

select is(pg_temp.claim(), '{1,4}', 'the first of each line goes out');
select is(pg_temp.claim(), '{}'::integer[], 'the next ones wait');
delete from claims where claim -> 'messages' = '[]';
select pg_temp.settle(false);
select is(pg_temp.claim(), '{}'::integer[], 'while the first one is tried again');
truncate claims;
select tests.freeze_clock('2026-11-21 12:01+00');
select is(pg_temp.claim(), '{1,4}', 'it comes first');
create temporary table seen as select claim -> 'cursor' as cursor from claims;
select tests.freeze_clock('2026-11-21 12:01:30+00');
select pg_temp.settle(true);
select tests.freeze_clock('2026-11-21 12:02+00');
select is(pg_temp.claim(cursor), '{2}', 'then the second, for a worker that had passed it by too') from seen;
select is((select count(*) from app.notification_lines), 2::bigint, 'two stand in line');
update public.notification_queue set max_attempts = 1;
select pg_temp.settle(false);
select is((select count(*) from public.notification_queue where status = 'dead'), 1::bigint, 'the second is given up');
select is(pg_temp.claim(), '{3}', 'and holds nobody up');
select pg_temp.settle(true);
select is((select count(*) from app.notification_lines), 0::bigint, 'the lines are empty');
select is((select count(*) from app.notification_tasks), 0::bigint, 'nothing waits');
select is((select count(*) from app.notification_leases), 0::bigint, 'and nobody holds anything');

select * from finish();
rollback;
