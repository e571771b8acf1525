-- Ada rotates the key of the website: for two days both work, then only the new one.
begin;
select plan(17);

create temporary table story as
select
  lakeside, gen_random_uuid() as house, tests.make_person(lakeside, 'admin', 'Ada') as ada,
  tests.make_person(lakeside, 'nurse', 'Nadia') as nadia
from (select tests.make_org('lakeside') as lakeside) as orgs;
insert into public.sites (org_id, id, kind, name) select lakeside, house, 'house', 'Maple House' from story;
grant select on story to public;
create temporary table keys (label text, api_key_id uuid, api_key text, prefix text, expires_at timestamptz);
grant all on keys to public;

select tests.freeze_clock('2026-11-20 12:00:00+00');
select tests.act_as((select ada from story));
insert into keys
select 'old', made.*
from public.create_api_key('Website', '{scheduler}', 100, (select house from story), 7) as made;
select tests.freeze_clock('2026-12-01 12:00:00+00');
insert into keys
select 'new', made.* from public.rotate_api_key((select api_key_id from keys where label = 'old'), 48) as made;

select isnt(
  (select api_key from keys where label = 'new'), (select api_key from keys where label = 'old'), 'a new key'
);
select results_eq(
  $$ select name, roles, site_id, exchanges_per_minute, expires_at from public.api_keys
     where id = (select api_key_id from keys where label = 'new') $$,
  $$ select 'Website', '{scheduler,service}'::public.app_role[], house, 7, timestamptz '2027-03-11 12:00:00+00'
     from story $$,
  'for the same, as long as the old one was made for'
);
select results_eq(
  $$ select replaced_by, expires_at from public.api_keys where id = (select api_key_id from keys where label = 'old') $$,
  $$ select api_key_id, timestamptz '2026-12-03 12:00:00+00' from keys where label = 'new' $$,
  'the old one says what took its place, and works for two more days'
);

select tests.act_as_system();
select is((select count(*) from app.resolve_api_key(api_key_id)), 1::bigint, label || ' works during the overlap') from keys;
select tests.freeze_clock('2026-12-03 12:00:00+00');
select is(
  (select count(*) from app.resolve_api_key((select api_key_id from keys where label = 'old'))), 0::bigint,
  'the old one has ended'
);
select is(
  (select count(*) from app.resolve_api_key((select api_key_id from keys where label = 'new'))), 1::bigint,
  'the new one goes on'
);

select tests.act_as((select ada from story));
select is(
  tests.refusal($$ select public.rotate_api_key((select api_key_id from keys where label = 'old')) $$), 'conflict',
  'a key is replaced once'
);
select is(
  tests.refusal(format('select public.rotate_api_key(%L, %s)', (select api_key_id from keys where label = 'new'), hours)),
  'invalid_input', 'no overlap of ' || hours || ' hours'
)
from unnest(array['-1', '721', 'null']) as hours;
select is(tests.refusal('select public.rotate_api_key(null)'), 'not_found', 'nor of no key');

-- At once, where the old one has leaked
insert into keys
select 'newest', made.* from public.rotate_api_key((select api_key_id from keys where label = 'new'), 0) as made;
select tests.act_as_system();
select is(
  (select count(*) from app.resolve_api_key((select api_key_id from keys where label = 'new'))), 0::bigint,
  'without overlap the old one ends at once'
);
select tests.act_as((select ada from story));
select is((select count(*) from public.get_api_keys()), 1::bigint, 'the list shows the one that works');
select is((select count(*) from public.get_api_keys(true)), 3::bigint, 'or all of them');
do $$ begin perform public.revoke_api_key((select api_key_id from keys where label = 'newest')); end $$;
select is(
  tests.refusal($$ select public.rotate_api_key((select api_key_id from keys where label = 'newest')) $$), 'conflict',
  'a revoked key is not replaced'
);

select tests.act_as((select nadia from story));
select is(
  tests.refusal($$ select public.rotate_api_key((select api_key_id from keys where label = 'newest')) $$),
  'permission_denied', 'and a nurse replaces none'
);

select * from finish();
rollback;
