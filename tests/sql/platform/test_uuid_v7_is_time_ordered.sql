-- The database makes an id: it says version 7, carries the time, and sorts by it.
begin;
select plan(4);

select matches(app.uuid_v7()::text, '^.{14}7.{4}[89ab]', 'version 7, RFC 9562 variant');

select ok(
  abs(
    ('x' || lpad(left(replace(app.uuid_v7()::text, '-', ''), 12), 16, '0'))::bit(64)::bigint
    - extract(epoch from clock_timestamp()) * 1000
  ) < 2000,
  'its first 48 bits are the time in milliseconds'
);

create temporary table ids as
select ordinal, app.uuid_v7() as id
from generate_series(1, 50) as ordinal
cross join lateral pg_sleep(0.002 + 0 * ordinal) as pause;

select results_eq(
  'select ordinal from ids order by id', 'select generate_series(1, 50)', 'later ids sort after earlier ones'
);
select is((select count(distinct id) from ids), 50::bigint, 'no two are the same');

select * from finish();
rollback;
