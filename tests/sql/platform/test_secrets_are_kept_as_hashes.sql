-- Whoever is given a secret can show it; whoever reads the table cannot.
begin;
select plan(5);

create temporary table secrets as select app.make_token() as token from generate_series(1, 1000);

select ok(bool_and(token ~ '^[A-Za-z0-9_-]{43}$'), 'fit for an address as they are') from secrets;
select is(count(distinct token), 1000::bigint, 'no two are the same') from secrets;
select is(
  app.hash_token('abc'), '\xba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad', 'SHA-256 (FIPS 180-2)'
);
select ok(
  bool_and(abs(bits.ones - 128000) < 2000), 'every bit is as often one as zero'
) from (
  select sum(bit_count(decode(translate(token, '-_', '+/') || '=', 'base64'))) as ones from secrets
) as bits;
select is(
  has_function_privilege('authenticated', 'app.hash_token(text)', 'execute')
  or has_function_privilege('authenticated', 'app.make_token()', 'execute'),
  false, 'neither is for callers'
);

select * from finish();
rollback;
