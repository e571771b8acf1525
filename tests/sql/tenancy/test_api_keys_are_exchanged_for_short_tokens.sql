-- Lakeside's telephone system has a key. Whoever holds it gets a token of a quarter of an hour; whoever holds anything
-- else gets one and the same refusal.
begin;
select plan(24);

create temporary table story as
select lakeside, tests.make_person(lakeside, 'admin', 'Ada') as ada
from (select tests.make_org('lakeside') as lakeside) as orgs;
grant select on story to public;
create temporary table keys (label text, api_key_id uuid, api_key text, prefix text, expires_at timestamptz);
grant all on keys to public;
create temporary table tokens (access_token text, token_type text, expires_in integer, expires_at timestamptz);
grant all on tokens to public;

select tests.freeze_clock('2026-11-20 12:00:00.5+00');
select tests.act_as((select ada from story));
insert into keys select 'good', made.* from public.create_api_key('good', p_exchanges_per_minute => 3) as made;
insert into keys select 'short', made.* from public.create_api_key('short', '{}', 1) as made;
insert into keys select 'revoked', made.* from public.create_api_key('revoked') as made;
do $$ begin perform public.revoke_api_key((select api_key_id from keys where label = 'revoked')); end $$;

-- Without the secret nothing is signed, and the refusal says what is missing.
select tests.act_as_anonymous();
select is(
  tests.refusal($$ select public.exchange_api_key((select api_key from keys where label = 'good')) $$), '55000',
  'no secret in the vault, no token'
);
select tests.act_as_system();
do $$ begin perform vault.create_secret('a secret of this test alone, long enough', 'carebase_jwt_secret'); end $$;

select tests.act_as_anonymous();
insert into tokens select issued.* from public.exchange_api_key((select api_key from keys where label = 'good')) as issued;
select is((select token_type from tokens), 'bearer', 'a bearer token');
select is((select expires_in from tokens), 900, 'for a quarter of an hour');
select is((select expires_at from tokens), '2026-11-20 12:15:00+00', 'that is, until then');

create function pg_temp.part(p_number integer) returns text
language sql stable as $$
  select convert_from(
    decode(rpad(translate(part, '-_', '+/'), (length(part) + 3) / 4 * 4, '='), 'base64'), 'UTF8'
  )
  from (select split_part(access_token, '.', p_number) as part from tokens) as parts
$$;
select tests.act_as_system();
select is(pg_temp.part(1)::jsonb, '{"alg": "HS256", "typ": "JWT"}', 'signed with HS256');
select is(
  pg_temp.part(2)::jsonb,
  (
    select jsonb_build_object(
      'iss', 'carebase', 'aud', 'authenticated', 'role', 'authenticated', 'aal', 'aal1', 'sub', api_key_id,
      'api_key_id', api_key_id, 'iat', 1795176000, 'exp', 1795176900
    )
    from keys where label = 'good'
  ),
  'it says which key it is, and until when; not what it may do'
);
select is(
  (select split_part(access_token, '.', 3) from tokens),
  (
    select translate(encode(extensions.hmac(
      split_part(access_token, '.', 1) || '.' || split_part(access_token, '.', 2),
      'a secret of this test alone, long enough', 'sha256'
    ), 'base64'), E'+/=\n', '-_') from tokens
  ),
  'with the secret of the vault'
);
select is((select last_used_at from public.api_keys where name = 'good'), '2026-11-20 12:00:00.5+00', 'the use is noted');

-- RFC 7515, appendix A.1: the standard's own example, signed by us.
select is(
  app.base64url(extensions.hmac(
    convert_to('eyJ0eXAiOiJKV1QiLA0KICJhbGciOiJIUzI1NiJ9.eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ', 'UTF8'),
    decode('0323354b2b0fa5bc837e0665777ba68f5ab328e6f054c928a90f84b2d2502ebfd3fb5a92d20647ef968ab4c377623d223d2e2172052e4f08c0cd9af567d080a3', 'hex'),
    'sha256'
  )),
  'dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk', 'HS256 as the standard has it'
);

-- Where the gateway knows several keys, the token says which one it is signed with.
do $$ begin perform vault.create_secret('3a18cfe2', 'carebase_jwt_key_id'); end $$;
select is(
  (
    select convert_from(decode(rpad(head, (length(head) + 3) / 4 * 4, '='), 'base64'), 'UTF8')::jsonb
    from split_part(app.sign_jwt('{}'), '.', 1) as head
  ),
  '{"alg": "HS256", "typ": "JWT", "kid": "3a18cfe2"}', 'the key''s id is in the header where there is one'
);

-- One refusal
create function pg_temp.refusal_text(p_key text) returns text
language plpgsql as $$
begin
  perform public.exchange_api_key(p_key);
  return null;
exception when sqlstate 'PGRST' then
  return sqlerrm;
end
$$;
grant execute on function pg_temp.refusal_text(text) to public;
select tests.freeze_clock('2026-11-21 12:00:01+00');
select tests.act_as_anonymous();
select is(pg_temp.refusal_text(wrong) ::jsonb ->> 'code', 'not_authenticated', label)
from (
  values
  ('no key at all', null), ('an empty one', ''), ('not a key', 'cb_hello'),
  ('an unknown prefix', 'cb_000000000000_' || repeat('0', 64)),
  ('a right prefix', (select 'cb_' || prefix || '_' || repeat('0', 64) from keys where label = 'good')),
  ('one letter more', (select api_key || '0' from keys where label = 'good')),
  ('a hash instead of the key', (select encode(sha256(convert_to(api_key, 'UTF8')), 'hex') from keys where label = 'good')),
  ('expired', (select api_key from keys where label = 'short')),
  ('revoked', (select api_key from keys where label = 'revoked')),
  ('a very long text', repeat('cb_', 100000))
) as wrongs (label, wrong);
select is(
  count(distinct pg_temp.refusal_text(wrong)), 1::bigint, 'and the text is the same, letter by letter'
)
from (
  values
  (null), (''), ((select 'cb_' || prefix || '_' || repeat('0', 64) from keys where label = 'good')),
  ((select api_key from keys where label = 'short')), ((select api_key from keys where label = 'revoked'))
) as wrongs (wrong);

-- Its rate
do $$
begin
  perform public.exchange_api_key((select api_key from keys where label = 'good')) from generate_series(1, 3);
end
$$;
select is(
  tests.refusal($$ select public.exchange_api_key((select api_key from keys where label = 'good')) $$),
  'rate_limited', 'not more often than was said'
);

-- A token does not outlive its key.
select tests.act_as_system();
update public.api_keys set expires_at = '2026-11-21 12:05:00+00' where name = 'good';
select tests.freeze_clock('2026-11-21 12:02:00+00');
select tests.act_as_anonymous();
select is(
  (select expires_in from public.exchange_api_key((select api_key from keys where label = 'good'))), 180,
  'it ends with the key'
);

select is(tests.refusal('select app.jwt_secret()'), '42501', 'the secret is nobody''s to read');

select * from finish();
rollback;
