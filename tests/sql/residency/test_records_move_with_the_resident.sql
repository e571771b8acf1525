-- Ruth lives at the Elms and moves to the Oaks. Carl (carer at the Elms) and Mona (manager of the Oaks) read what is
-- theirs before and after; Finn (Ruth's son) what she lets him know; Ola (owner) always; Hugo of Harbor never.
begin;
select plan(20);

create temporary table story as
select lakeside, harbor, tests.make_site(lakeside, 'The Elms') as elms, tests.make_site(lakeside, 'The Oaks') as oaks
from (select tests.make_org('lakeside') as lakeside, tests.make_org('harbor') as harbor) as orgs;
create temporary table people as
select
  tests.make_person(lakeside, 'carer', 'Carl', elms) as carl,
  tests.make_person(lakeside, 'manager', 'Mona', oaks) as mona,
  tests.make_person(lakeside, 'family', 'Finn') as finn,
  tests.make_person(lakeside, 'resident', 'Ruth') as ruth_user,
  tests.make_person(lakeside, 'org_owner', 'Ola') as ola,
  tests.make_person(harbor, 'manager', 'Hugo') as hugo
from story;
create temporary table ruth as
select tests.make_resident(lakeside, elms, 'Ruth', ruth_user) as id from story cross join people;
grant select on story, people, ruth to public;

create function pg_temp.sees() returns bigint language sql as $$ select count(*) from public.residents $$;
create function pg_temp.opens() returns text language sql as $$
  select string_agg(opened.preferred_name, ', ')
  from public.open_residents(array(select id from ruth), 'treatment') as opened
$$;
create function pg_temp.knows() returns text language sql as $$
  select string_agg(opened.family_name, ', ')
  from public.open_patients(array(select id from ruth), 'treatment') as opened
$$;

select tests.act_as((select carl from people));
select is(pg_temp.sees(), 1::bigint, 'a carer sees who lives at the home');
select is(pg_temp.opens(), 'Ruth', 'and what they want to be called');
select is(pg_temp.knows(), 'Ruth', 'and who they are');
select tests.act_as((select mona from people));
select is(pg_temp.sees(), 0::bigint, 'the manager of another home does not');
select is(pg_temp.opens(), null, 'nor opens anything');
select is(pg_temp.knows(), null, 'of the person neither');
select tests.act_as((select finn from people));
select is(pg_temp.sees(), 0::bigint, 'a relative sees nothing without consent');
select tests.act_as((select ruth_user from people));
select is(pg_temp.sees(), 1::bigint, 'a resident sees themselves');

select tests.act_as_system();
select tests.share_resident(lakeside, (select id from ruth), (select finn from people), 'care_plan') from story;
select tests.act_as((select finn from people));
select is(pg_temp.sees(), 0::bigint, 'consent to another topic opens nothing');
select tests.act_as_system();
update public.resident_shares set topics = '{profile}';
select tests.act_as((select finn from people));
select is(pg_temp.sees(), 1::bigint, 'consent to this one does');

select tests.act_as_system();
update public.org_patients set site_id = (select oaks from story) where patient_id = (select id from ruth);
select is(
  (select array_agg(site_id) from public.residents), array[(select oaks from story)], 'the resident moves'
);
select is((select site_id from public.resident_shares), (select oaks from story), 'and their records with them');

select tests.act_as((select carl from people));
select is(pg_temp.sees(), 0::bigint, 'the carer of the former home sees them no more');
select is(pg_temp.knows(), null, 'and no longer who they are');
select tests.act_as((select mona from people));
select is(pg_temp.sees(), 1::bigint, 'the manager of the new one does');
select is(pg_temp.opens(), 'Ruth', 'and opens what is hers to open');
select tests.act_as((select ola from people));
select is(pg_temp.sees(), 1::bigint, 'owners look across all homes');
select tests.act_as((select hugo from people));
select is(pg_temp.sees(), 0::bigint, 'another organization never sees anything');

select tests.act_as_system();
update public.resident_shares set withdrawn_at = app.clock();
select tests.act_as((select finn from people));
select is(pg_temp.sees(), 0::bigint, 'withdrawn, the consent opens nothing');
select is_empty('select * from public.resident_shares where withdrawn_at is null', 'and none is left');

select * from finish();
rollback;
