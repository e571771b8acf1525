-- Mona manages the Elms, Nell nurses and Carl cares there, Nora nurses everywhere. Oda manages the Oaks, Cora watches
-- compliance, Bill keeps the books, Fay is a relative. Hugo is of Harbor.
begin;
select plan(13);

create temporary table story as
select lakeside, harbor, tests.make_site(lakeside, 'The Elms') as elms, tests.make_site(lakeside, 'The Oaks') as oaks
from (select tests.make_org('lakeside') as lakeside, tests.make_org('harbor') as harbor) as orgs;
insert into public.organization_feature_flags (org_id, feature_key, is_enabled)
select unnest(array[lakeside, harbor]), 'care_homes', true from story;
create temporary table people as
select
  tests.make_staff(lakeside, 'manager', 'Mona', elms) as mona,
  tests.make_staff(lakeside, 'nurse', 'Nell', elms) as nell,
  tests.make_staff(lakeside, 'carer', 'Carl', elms) as carl,
  tests.make_staff(lakeside, 'nurse', 'Nora') as nora,
  tests.make_staff(lakeside, 'manager', 'Oda', oaks) as oda,
  tests.make_staff(lakeside, 'compliance_lead', 'Cora') as cora,
  tests.make_person(lakeside, 'billing', 'Bill') as bill,
  tests.make_person(lakeside, 'family', 'Fay') as fay,
  -- A role without employment works nowhere.
  tests.make_person(lakeside, 'carer', 'Gone', elms) as gone,
  tests.make_staff(harbor, 'manager', 'Hugo') as hugo
from story;
grant select on story, people to public;
create function pg_temp.named(p_site_id uuid) returns text[] language sql as $$
  select array_agg(name order by name) from public.list_site_staff(p_site_id)
$$;

select tests.act_as((select carl from people));
select is(
  pg_temp.named((select elms from story)), array['Carl', 'Mona', 'Nell', 'Nora'],
  'who gives care at a site is told who works there, and who works everywhere; not who has left'
);
select is(
  (select roles from public.list_site_staff((select elms from story)) where name = 'Nell'),
  array['nurse']::public.app_role[], 'and as what'
);
select is(
  tests.refusal('select * from public.list_site_staff((select oaks from story))'), 'not_found', 'of another site nothing'
);
select is(
  (
    select count(*)::integer
    from public.list_site_staff((select elms from story), 2) as first
    inner join public.list_site_staff((select elms from story), 500, (
      select last.user_id from public.list_site_staff((select elms from story), 2) as last order by last.user_id desc limit 1
    )) as second on second.user_id = first.user_id
  ),
  0, 'two pages have nobody in common'
);
select tests.act_as((select oda from people));
select is(pg_temp.named((select oaks from story)), array['Nora', 'Oda'], 'each site has its own');
select tests.act_as((select cora from people));
select is(cardinality(pg_temp.named((select elms from story))), 4, 'compliance leads look at any site');
select tests.act_as((select bill from people));
select is(tests.refusal('select * from public.list_site_staff((select elms from story))'), 'permission_denied', 'not the books');
select tests.act_as((select fay from people));
select is(tests.refusal('select * from public.list_site_staff((select elms from story))'), 'permission_denied', 'not a relative');
select tests.act_as((select hugo from people));
select is(
  tests.refusal('select * from public.list_site_staff((select elms from story))'), 'not_found', 'not another organization'
);

select tests.freeze_clock('2031-02-20 12:00+00');

-- The word that says whether a rota changed.
select tests.act_as((select mona from people));
select public.create_shift_template((select elms from story), 'Early', 'care', '07:00', '15:00', '{1}');
select public.plan_rota((select elms from story), '2031-03-05');
create temporary table words as
select array(select state from public.get_rota_state((select elms from story), '2031-03-09')) as planned;
select is(cardinality(planned), 1, 'a week that is planned has one word, asked by any day of it') from words;
select public.assign_shift(
  (select id from public.shifts where site_id = (select elms from story)), (select carl from people)
);
select isnt(
  array(select state from public.get_rota_state((select elms from story), '2031-03-05')), planned,
  'who is put on a shift changes it'
) from words;
select public.unassign_shift((select id from public.shift_assignments where user_id = (select carl from people)));
select is(
  array(select state from public.get_rota_state((select elms from story), '2031-03-05')), planned,
  'and it says nothing by itself: as it was, it reads as it did'
) from words;
select tests.act_as((select oda from people));
select is_empty(
  $$ select * from public.get_rota_state((select elms from story), '2031-03-05') $$, 'nobody of another site asks'
);

select * from finish();
rollback;
