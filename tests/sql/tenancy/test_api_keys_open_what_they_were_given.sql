-- Ada administers Lakeside and makes a key for its telephone system. The key reads what its scopes reach, as a machine
-- and not as a person, until it expires or is revoked; Harbor's administrator cannot so much as tell that it exists.
begin;
select plan(43);

create temporary table story as
select
  lakeside, harbor, gen_random_uuid() as house, gen_random_uuid() as harbor_house,
  tests.make_person(lakeside, 'admin', 'Ada') as ada,
  tests.make_person(lakeside, 'org_owner', 'Olga') as olga,
  tests.make_person(lakeside, 'manager', 'Mia') as mia,
  tests.make_person(harbor, 'admin', 'Hugo') as hugo
from (select tests.make_org('lakeside') as lakeside, tests.make_org('harbor') as harbor) as orgs;
insert into public.sites (org_id, id, kind, name) select lakeside, house, 'house', 'Maple House' from story;
insert into public.sites (org_id, id, kind, name) select harbor, harbor_house, 'house', 'Pier House' from story;
grant select on story to public;
do $$ begin perform vault.create_secret('a secret of this test alone, long enough', 'carebase_jwt_secret'); end $$;

create temporary table keys (label text, api_key_id uuid, api_key text, prefix text, expires_at timestamptz);
grant all on keys to public;

-- From here on the transaction is a request with a token of this key.
create function pg_temp.act_as_key(p_label text) returns void
language plpgsql as $$
declare
  v_id uuid := (select api_key_id from keys where label = p_label);
begin
  perform set_config('role', 'authenticated', true);
  perform set_config(
    'request.jwt.claims',
    jsonb_build_object('sub', v_id, 'role', 'authenticated', 'aal', 'aal1', 'api_key_id', v_id)::text, true
  );
  perform set_config('carebase.opened_for', '', true);
end
$$;
grant execute on function pg_temp.act_as_key(text) to public;

select tests.freeze_clock('2026-11-20 12:00:00+00');

-- Making one
select tests.act_as((select ada from story));
insert into keys select 'phone', made.* from public.create_api_key('Telephone system', '{service,scheduler}', 30) as made;
insert into keys select 'plain', made.* from public.create_api_key(' Website ', p_site_id => (select house from story)) as made;
select matches((select api_key from keys where label = 'phone'), '^cb_[0-9a-f]{12}_[0-9a-f]{64}$', 'the key is told once');
select is(
  (select split_part(api_key, '_', 2) from keys where label = 'phone'),
  (select prefix from keys where label = 'phone'), 'and begins with its prefix'
);
select results_eq(
  $$ select name, roles, site_id, created_by, expires_at, last_used_at, revoked_at from public.get_api_keys() order by name desc $$,
  $$ select 'Website', '{service}'::public.app_role[], house, ada, timestamptz '2027-02-18 12:00:00+00',
       null::timestamptz, null::timestamptz from story
     union all
     select 'Telephone system', '{scheduler,service}', null, ada, '2026-12-20 12:00:00+00', null, null from story $$,
  'the list says what each is for, what it may do, who made it and until when it works'
);
select is(
  (select count(*) from information_schema.columns where table_schema = 'public' and column_name ~ 'hash|secret'),
  0::bigint, 'no column of the API is a hash or a secret'
);
select is(tests.refusal('select * from app.api_key_hashes'), '42501', 'an administrator cannot read the hashes');

select is(
  tests.refusal(format('select public.create_api_key(%L, %L)', 'x', wish)), 'invalid_input', 'no key is ' || wish
)
from unnest(array['{org_owner}', '{admin}', '{super_admin}', '{manager}', '{nurse}', '{clinician}', '{null}']) as wish;
select is(tests.refusal($$ select public.create_api_key(' ') $$), 'invalid_input', 'nor nameless');
select is(tests.refusal($$ select public.create_api_key('x', '{}', 0) $$), 'invalid_input', 'nor dead at birth');
select is(tests.refusal($$ select public.create_api_key('x', '{}', 367) $$), 'invalid_input', 'nor older than a year');
select is(
  tests.refusal($$ select public.create_api_key('x', p_site_id => (select harbor_house from story)) $$),
  'not_found', 'nor for a site of another organization'
);
select is(
  tests.refusal($$ select public.create_api_key('x', '{billing}', p_site_id => (select house from story)) $$),
  'invalid_input', 'nor does it keep the books of one site'
);

-- What it opens
select pg_temp.act_as_key('phone');
select is(app.current_org(), (select lakeside from story), 'its organization is active');
select is(app.my_roles(), '{scheduler,service}'::public.app_role[], 'with its roles');
select is(app.my_id(), null, 'it is nobody');
select is(app.my_sites('service'), (select array[house] from story), 'a key of the organization is for every site');
select results_eq('select name from public.sites', array['Maple House'], 'it reads the sites, and no other organization''s');
select is_empty('select * from public.api_keys', 'it reads no keys');
select is(tests.refusal('select public.get_api_keys()'), 'permission_denied', 'lists none');
select is(tests.refusal($$ select public.create_api_key('x') $$), 'permission_denied', 'and makes none');
select is(tests.refusal($$ select public.get_my_sessions() $$), 'not_authenticated', 'it has no person''s sessions');
select pg_temp.act_as_key('plain');
select is(app.my_sites('service'), (select array[house] from story), 'a key of one site is for that site');
select ok(not app.has_role('scheduler'), 'and has no role that it was not given');

-- Last use
select tests.freeze_clock('2026-11-20 12:00:30+00');
select pg_temp.act_as_key('phone');
do $$ begin perform app.current_org(); end $$;
select tests.act_as_system();
select is(
  (select last_used_at from public.api_keys where name = 'Telephone system'), '2026-11-20 12:00:00+00',
  'its use is noted to the minute'
);

-- Others
select tests.act_as((select mia from story));
select is_empty('select * from public.api_keys', 'a manager sees no key');
select is(tests.refusal('select public.get_api_keys()'), 'permission_denied', 'nor lists them');
select tests.act_as((select hugo from story));
select is_empty('select * from public.get_api_keys(true)', 'another organization''s administrator sees none');
select is(
  tests.refusal($$ select public.revoke_api_key(api_key_id) from keys where label = 'phone' $$), 'not_found',
  'and cannot revoke one that is not theirs'
);
select is(
  tests.refusal($$ select public.revoke_api_key(gen_random_uuid()) $$), 'not_found', 'which is as if it did not exist'
);
select is(
  tests.refusal($$ select public.rotate_api_key(api_key_id) from keys where label = 'phone' $$), 'not_found',
  'nor replace it'
);

-- The end
select tests.act_as((select olga from story));
select is(
  (select revoked_by from public.revoke_api_key((select api_key_id from keys where label = 'phone'))),
  (select olga from story), 'the owner revokes it'
);
select pg_temp.act_as_key('phone');
select is(tests.refusal('select app.current_org()'), 'session_expired', 'a revoked key opens nothing, at once');
select tests.act_as((select ada from story));
select is(
  (select revoked_by from public.revoke_api_key((select api_key_id from keys where label = 'phone'))),
  (select olga from story), 'revoking again changes nothing'
);
select tests.freeze_clock('2027-02-18 11:59:59+00');
select pg_temp.act_as_key('plain');
select is(app.current_org(), (select lakeside from story), 'a key works until its last second');
select tests.freeze_clock('2027-02-18 12:00:00+00');
select pg_temp.act_as_key('plain');
select is(tests.refusal('select app.current_org()'), 'session_expired', 'and no longer');
select tests.freeze_clock('2026-11-20 13:00:00+00');
select tests.act_as_system();
update public.organizations set is_active = false where id = (select lakeside from story);
select pg_temp.act_as_key('plain');
select is(tests.refusal('select app.current_org()'), 'session_expired', 'a deactivated organization''s keys open nothing');

select tests.act_as_anonymous();
select is(tests.refusal($$ select public.create_api_key('x') $$), '42501', 'nobody makes a key without signing in');
select is(tests.refusal('select * from public.api_keys'), '42501', 'or reads one');

select * from finish();
rollback;
