-- Ruth lives at the Elms: she lets her son Finn know, and takes it back; Mia, who manages the Elms, records what her
-- attorney agreed. Otto manages the Oaks, Carl cares at the Elms, Ben lives there too, Hugo is of Harbor.
begin;
select plan(24);

create temporary table story as
select lakeside, harbor, tests.make_site(lakeside, 'The Elms') as elms, tests.make_site(lakeside, 'The Oaks') as oaks
from (select tests.make_org('lakeside') as lakeside, tests.make_org('harbor') as harbor) as orgs;
create temporary table people as
select
  tests.make_person(lakeside, 'manager', 'Mia', elms) as mia, tests.make_person(lakeside, 'manager', 'Otto', oaks) as otto,
  tests.make_person(lakeside, 'carer', 'Carl', elms) as carl, tests.make_person(lakeside, 'nurse', 'Nora', elms) as nora,
  tests.make_person(lakeside, 'family', 'Finn') as finn, tests.make_person(harbor, 'family', 'Hal') as hal,
  tests.make_person(lakeside, 'resident', 'Ruth') as ruth_user, tests.make_person(lakeside, 'resident', 'Ben') as ben_user
from story;
create temporary table residents_of as
select
  tests.make_resident(lakeside, elms, 'Ruth', ruth_user) as ruth, tests.make_resident(lakeside, elms, 'Ben', ben_user) as ben
from story cross join people;
create temporary table made (contact uuid);
grant select on story, people, residents_of to public;
grant all on made to public;

create function pg_temp.share(p_who uuid, p_user uuid, p_topics text, p_agreed_by text default 'resident') returns text
language sql as $$
  select tests.refusal(format('select public.share_resident(%L, %L, %L, %L)', p_who, p_user, p_topics, p_agreed_by))
$$;
create function pg_temp.knows() returns bigint language sql as $$ select count(*) from public.residents $$;

select tests.act_as((select ruth_user from people));
select is(pg_temp.share(ruth, (select hal from people), '{profile}'), 'not_found', 'nobody shares with a stranger') from residents_of;
select is(pg_temp.share(ben, (select finn from people), '{profile}'), 'not_found', 'nor what is another''s') from residents_of;
select is(
  pg_temp.share(ruth, (select finn from people), '{profile}', 'best_interests'), 'permission_denied',
  'and a resident agrees for themselves'
) from residents_of;
select is(pg_temp.share(ruth, (select finn from people), '{profile,care_plan}'), null, 'Ruth lets Finn know') from residents_of;
select tests.act_as((select finn from people));
select is(pg_temp.knows(), 1::bigint, 'and he knows');
select is_empty('select * from public.bed_stays', 'but not which bed she has');
select is_empty('select * from public.resident_contacts', 'nor whom else the home calls');
select tests.act_as((select carl from people));
select is(pg_temp.share(ruth, (select finn from people), '{incidents}'), 'permission_denied', 'carers do not decide that') from residents_of;
select tests.act_as((select otto from people));
select is(pg_temp.share(ruth, (select finn from people), '{incidents}'), 'not_found', 'nor does another home') from residents_of;

select tests.act_as((select mia from people));
select is(pg_temp.share(ruth, (select finn from people), '{medication}', 'attorney'), null, 'her attorney agrees to something else') from residents_of;
select results_eq(
  'select topics::text, agreed_by, withdrawn_at is null from public.resident_shares order by id',
  $$ values ('{profile,care_plan}', 'resident', false), ('{medication}', 'attorney', true) $$,
  'which holds in place of what held'
);
select tests.act_as((select finn from people));
select is(pg_temp.knows(), 0::bigint, 'Finn knows only that from now on');
select tests.act_as((select ben_user from people));
select is_empty('select * from public.list_my_shares()', 'Ben has shared nothing');
select tests.act_as((select ruth_user from people));
select is((select count(*) from public.list_my_shares()), 2::bigint, 'Ruth reads what was agreed, by whomever');
select tests.act_as((select ben_user from people));
select is(
  tests.refusal(format('select public.withdraw_share(%L)', (select max(id::text) from public.resident_shares))),
  'invalid_input', 'and Ben sees no share to take back'
);
select tests.act_as((select ruth_user from people));
select lives_ok(
  'select public.withdraw_share(id) from public.list_my_shares() where withdrawn_at is null', 'she takes it back'
);
select is_empty('select * from public.list_my_shares() where withdrawn_at is null', 'and nothing holds');

select tests.act_as((select nora from people));
insert into made
select public.save_resident_contact(ruth, 'relative', '{"name": "Dora", "phone": "0123"}', p_is_next_of_kin => true)
from residents_of;
select is(
  (select opened.details ->> 'phone' from made cross join public.open_resident_contacts(array[contact], 'operations') as opened),
  '0123', 'a nurse notes whom to call'
);
select lives_ok(
  'select public.save_resident_contact(ruth, ''relative'', ''{"name": "Dora", "phone": "0456"}'', contact) from residents_of cross join made',
  'and the new number'
);
select is(
  tests.refusal('select public.save_resident_contact(ruth, ''relative'', ''{"phone": "1"}'') from residents_of'),
  'invalid_input', 'a contact has a name'
);
select tests.act_as((select carl from people));
select is(
  (select opened.details ->> 'phone' from made cross join public.open_resident_contacts(array[contact], 'emergency') as opened),
  '0456', 'a carer calls them'
);
select is(
  tests.refusal('select public.save_resident_contact(ruth, ''friend'', ''{"name": "x"}'') from residents_of'),
  'permission_denied', 'and changes nothing'
);
select tests.act_as((select otto from people));
select is_empty('select * from public.resident_contacts', 'another home sees none');
select is(
  tests.refusal('select public.save_resident_contact(ruth, ''friend'', ''{"name": "x"}'') from residents_of'),
  'not_found', 'and notes none'
);

select * from finish();
rollback;
