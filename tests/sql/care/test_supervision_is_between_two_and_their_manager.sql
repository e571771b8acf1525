-- Nell (nurse at the Elms) supervises Cora (carer there). Cora, Nell and Mona (manager of the Elms) read what was said;
-- Lea (compliance lead) and Ola (owner) that it was held; Otto (carer), Max (manager of the Oaks) and Hugo of Harbor
-- nothing.
begin;
select plan(28);

create temporary table story as
select lakeside, harbor, tests.make_site(lakeside, 'The Elms') as elms, tests.make_site(lakeside, 'The Oaks') as oaks
from (select tests.make_org('lakeside') as lakeside, tests.make_org('harbor') as harbor) as orgs;
create temporary table people as
select
  tests.make_staff(lakeside, 'carer', 'Cora', elms) as cora, tests.make_staff(lakeside, 'carer', 'Otto', elms) as otto,
  tests.make_staff(lakeside, 'nurse', 'Nell', elms) as nell, tests.make_staff(lakeside, 'carer', 'Olga', oaks) as olga,
  tests.make_staff(lakeside, 'manager', 'Mona', elms) as mona, tests.make_staff(lakeside, 'manager', 'Max', oaks) as max,
  tests.make_staff(lakeside, 'compliance_lead', 'Lea') as lea, tests.make_staff(lakeside, 'org_owner', 'Ola') as ola,
  tests.make_staff(harbor, 'manager', 'Hugo') as hugo
from story;
grant select on story, people to public;
create function pg_temp.supervise(p_whom uuid, p_site uuid, p_notes text default 'Lifts well, tires early.')
returns uuid language sql as $$
  select public.record_supervision(
    p_whom, p_site, 'supervision', current_date - 60, p_notes, current_date - 1
  )
$$;
create function pg_temp.reads() returns text language sql as $$
  select format(
    '%s %s', (select count(*) from public.supervisions),
    (select string_agg(opened.notes, '') from public.open_supervisions(
      array(select id from public.supervisions), 'operations'
    ) as opened)
  )
$$;
create function pg_temp.due() returns bigint language sql as $$ select count(*) from public.get_due_supervisions() $$;

select tests.act_as((select nell from people));
select lives_ok($$ select pg_temp.supervise(cora, elms) from people cross join story $$, 'a nurse supervises a carer');
select is(
  tests.refusal($$ select pg_temp.supervise(olga, oaks) from people cross join story $$), 'not_found',
  'not at another site'
);
select is(
  tests.refusal($$ select pg_temp.supervise(olga, elms) from people cross join story $$), 'not_found',
  'nor somebody who does not work at hers'
);
select is(
  tests.refusal($$ select pg_temp.supervise(nell, elms) from people cross join story $$), 'invalid_input',
  'nor herself'
);
select is(
  tests.refusal($$ select pg_temp.supervise(cora, elms, '') from people cross join story $$), 'invalid_input',
  'something was said'
);
select is(pg_temp.reads(), '0 ', 'she is no reader of the site''s supervisions');
select results_eq(
  $$ select notes, user_id from public.get_given_supervisions('operations') $$,
  $$ select 'Lifts well, tires early.', cora from people $$, 'but of those that she held'
);

select tests.act_as((select cora from people));
select is(pg_temp.reads(), '1 Lifts well, tires early.', 'the person reads what was said');
select is(tests.refusal('select pg_temp.supervise(otto, elms) from people cross join story'), 'permission_denied',
  'carers supervise nobody');
select is(
  tests.refusal($$ update public.supervisions set notes = app.plain('Perfect.') $$), '42501', 'nobody rewrites it'
);
create temporary table said as select public.acknowledge_supervision(id) as at from public.supervisions;
select isnt((select at from said), null, 'she says that she has read it');
select lives_ok($$ update public.supervisions set acknowledged_at = '2020-01-01' $$, 'once');
select is((select acknowledged_at from public.supervisions), (select at from said), 'and it stays said');
select is(tests.refusal('select pg_temp.due()'), 'permission_denied', 'whose turn it is, is for who manages');

select tests.act_as((select otto from people));
select is(pg_temp.reads(), '0 ', 'a colleague reads nothing');
select is(
  tests.refusal('select public.acknowledge_supervision(app.uuid_v7())'), 'not_found', 'and acknowledges nothing'
);

select tests.act_as((select mona from people));
select is(pg_temp.reads(), '1 Lifts well, tires early.', 'who manages the site reads it');
select is(pg_temp.due(), 1::bigint, 'and that the next one is overdue');
select is(
  tests.refusal('select public.acknowledge_supervision(id) from public.supervisions'), 'not_found',
  'but does not acknowledge it for the person'
);

select tests.act_as((select max from people));
select is(pg_temp.reads(), '0 ', 'who manages another does not');
select is(pg_temp.due(), 0::bigint, 'nor has anything due');

select tests.act_as((select lea from people));
select is(pg_temp.reads(), '1 ', 'a compliance lead reads that it was held, and not what was said');
select is(pg_temp.due(), 1::bigint, 'and that one is due');
select tests.act_as((select ola from people));
select is(pg_temp.reads(), '1 ', 'owners likewise');

select tests.act_as((select hugo from people));
select is(pg_temp.reads(), '0 ', 'another organization reads nothing');
select is_empty($$ select * from public.get_given_supervisions('operations') $$, 'and has held none of these');

select tests.act_as_system();
select is(
  (select count(*) from public.supervisions where notes like app.plain('%Lifts%')), 0::bigint, 'what was said is sealed'
);
select is(tests.refusal('delete from public.supervisions'), 'conflict', 'and never deleted');

select * from finish();
rollback;
