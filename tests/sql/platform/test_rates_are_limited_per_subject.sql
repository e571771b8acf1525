-- Nadia and Nora each do something that is allowed three times an hour; nobody names the other.
begin;
select plan(15);

select tests.freeze_clock('2026-03-01 10:20:00+00');

create function pg_temp.try(p_subject uuid, p_limit integer default 3) returns text
language sql as $$
  select tests.refusal(
    format('select app.limit_rate(%L, %L, %s, %L)', 'knock', p_subject, p_limit, interval '1 hour')
  )
$$;
create temporary table people as select gen_random_uuid() as nadia, gen_random_uuid() as nora;

select is(pg_temp.try(nadia), null, 'once') from people;
select is(pg_temp.try(nadia), null, 'twice') from people;
select is(pg_temp.try(nadia), null, 'three times') from people;
select is(pg_temp.try(nadia), 'rate_limited', 'and no more') from people;
select is(hit_count, 3, 'a refused call does not count') from app.rate_limits;
select is(pg_temp.try(nora), null, 'somebody else is not concerned') from people;

create function pg_temp.answer() returns table (body jsonb, head jsonb)
language plpgsql as $$
declare
  v_message text;
  v_detail text;
begin
  perform app.limit_rate('knock', (select nadia::text from people), 3, '1 hour');
exception when sqlstate 'PGRST' then
  get stacked diagnostics v_message = message_text, v_detail = pg_exception_detail;
  return query select v_message::jsonb, v_detail::jsonb;
end
$$;
select is(
  (body ->> 'details')::jsonb, '{"action": "knock", "limit": 3, "retry_after": 2400}', 'details for machines'
) from pg_temp.answer();
select is(
  head, '{"status": 429, "headers": {"Retry-After": "2400"}}', '429, and when to come back'
) from pg_temp.answer();

select tests.freeze_clock('2026-03-01 11:00:00+00');
select is(pg_temp.try(nadia), null, 'the next window') from people;

select is(
  tests.refusal(
    format('select app.limit_rate(%L, %L, 1, %L)', 'knock', (select nadia from people), interval '1 day')
  ),
  null, 'the same action over a day is another count'
);

-- What is over goes, a few rows at a time.
insert into app.rate_limits (action, subject, ends_at)
select 'knock', gen_random_uuid()::text, '2026-03-01 09:00+00' from generate_series(1, 25);
select is(pg_temp.try(gen_random_uuid()), null, 'a new window clears in passing');
select is(
  (select count(*) from app.rate_limits where ends_at = '2026-03-01 09:00+00'), 15::bigint, 'ten old ones at most'
);
select is(
  (select count(*) from app.rate_limits where ends_at = '2026-03-01 11:00+00'), 2::bigint,
  'and none that ended within the hour'
);

select is(
  tests.refusal($$ select app.limit_rate('knock', 'nadia@example.com', 3, '1 hour') $$), '23514',
  'a subject is never an address'
);
select tests.act_as_anonymous();
select is(
  has_function_privilege('authenticated', 'app.limit_rate(text, text, integer, interval)', 'execute'), false,
  'no caller names a subject: only the definers of RPCs do'
);

select * from finish();
rollback;
