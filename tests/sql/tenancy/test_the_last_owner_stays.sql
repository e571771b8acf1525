-- Odile and Otto own Lakeside. One of them may go; the last may not, whoever tries, through whatever door.
begin;
select plan(23);

create temporary table story as select tests.make_org('lakeside') as lakeside, tests.make_org('harbor') as harbor;
create temporary table people as
select
  tests.make_person(lakeside, 'org_owner', 'Odile') as odile,
  tests.make_person(lakeside, 'org_owner', 'Otto') as otto,
  tests.make_person(lakeside, 'nurse', 'Nadia') as nadia,
  tests.make_person(harbor, 'org_owner', 'Hedy') as hedy
from story;
create temporary table held as select id, user_id from public.role_assignments;
grant select on story, people, held to public;

create function pg_temp.revoke_from(p_user_id uuid) returns text
language plpgsql as $$
begin
  return coalesce(
    tests.refusal(format('select public.revoke_role(%L)', (select id from held where user_id = p_user_id))), 'revoked'
  );
end
$$;
-- A write past the API: by the owner of the tables, by a worker with the secret key.
create function pg_temp.write(p_statement text) returns text
language plpgsql as $$
begin
  execute p_statement;
  raise exception sqlstate 'UNDO1';
exception
  when sqlstate 'UNDO1' then return 'written';
  when sqlstate 'PGRST' then return sqlerrm::jsonb ->> 'code';
end
$$;
create function pg_temp.of(p_user_id uuid) returns text
language sql as $$ select format('where role = ''org_owner'' and user_id = %L', p_user_id) $$;

select tests.act_as((select odile from people));
select is(pg_temp.revoke_from(otto), 'revoked', 'one owner revokes another') from people;
select is(pg_temp.revoke_from(odile), 'conflict', 'but nobody the last, not even herself') from people;

select tests.act_as_system();
select is(pg_temp.write('update public.role_assignments set ' || change || pg_temp.of(odile)), 'conflict', change)
from people, unnest(array[
  'deleted_at = now() ',
  'valid_during = tstzrange(lower(valid_during), now() + interval ''1 year'') ',
  'valid_during = tstzrange(now() + interval ''1 day'', null) ',
  'role = ''admin'' ',
  'user_id = (select otto from people), valid_during = tstzrange(''2010-01-01'', ''2011-01-01'') ',
  'org_id = (select harbor from story) '
]) as change;
select is(pg_temp.write('delete from public.role_assignments ' || pg_temp.of(odile)), 'conflict', 'deleting') from people;
select is(
  pg_temp.write('update public.role_assignments set deleted_at = now()'), 'conflict', 'all roles of all organizations'
);
select is(
  pg_temp.write('update public.role_assignments set user_id = (select nadia from people) ' || pg_temp.of(odile)),
  'written', 'the role may pass to somebody else'
) from people;
select is(
  pg_temp.write('update public.role_assignments set version = 7 ' || pg_temp.of(odile)), 'written',
  'what takes nothing away is not asked'
) from people;

set local role service_role;
select is(pg_temp.write('delete from public.role_assignments ' || pg_temp.of(odile)), 'conflict', 'by a worker') from people;
select is(
  pg_temp.write($$ delete from public.role_assignments where role = 'nurse' $$), 'written', 'others may go'
);
select tests.act_as_system();

-- Who covers whom.
insert into public.role_assignments (org_id, user_id, role, valid_during)
select lakeside, otto, 'org_owner', tstzrange(now(), now() + interval '1 year') from story, people;
select is(
  pg_temp.write('delete from public.role_assignments ' || pg_temp.of(odile)), 'conflict',
  'an owner for a year is not one without end'
) from people;
insert into public.role_assignments (org_id, user_id, role, valid_during)
select lakeside, nadia, 'org_owner', tstzrange(now() + interval '1 year', null) from story, people;
select is(
  pg_temp.write('delete from public.role_assignments ' || pg_temp.of(odile)), 'written', 'unless somebody follows at once'
) from people;
update public.profiles set is_active = false where id = (select otto from people);
select is(
  pg_temp.write('delete from public.role_assignments ' || pg_temp.of(odile)), 'conflict',
  'who cannot sign in owns nothing'
) from people;
select is(
  pg_temp.write('delete from auth.users where id = (select odile from people)'), 'written',
  'a person may go altogether: the platform finds another owner'
);
select is(
  pg_temp.write($$
    update public.organizations set deleted_at = now() where slug = 'lakeside';
    delete from public.role_assignments where org_id = (select lakeside from story)
  $$),
  'written', 'a removed organization keeps nobody'
);

-- The first owner.
insert into public.organizations (name, slug, kind) values ('Brook', 'brook', 'care_home');
create function pg_temp.own(p_until text) returns text
language sql as $$
  select pg_temp.write(format(
    'insert into public.role_assignments (org_id, user_id, role, valid_during) select id, %L, ''org_owner'', '
    'tstzrange(now(), %s) from public.organizations where slug = ''brook''', (select nadia from people), p_until
  ))
$$;
select is(pg_temp.own('now() + interval ''1 year'''), 'written', 'loads and seeds bring owners as they were');
select set_config('request.jwt.claims', '{"role": "service_role"}', true);
select is(pg_temp.own('now() + interval ''1 year'''), 'conflict', 'the API makes no first owner who runs out');
select is(pg_temp.own('null'), 'written', 'but one who stays');
select tests.act_as_system();

select is(
  pg_temp.write(
    'insert into public.role_assignments (org_id, user_id, role) select lakeside, nadia, ''super_admin'' from story, people'
  ),
  'conflict', 'a tenant has no super administrator'
);

select * from finish();
rollback;
