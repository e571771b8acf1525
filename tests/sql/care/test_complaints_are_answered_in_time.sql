-- Mona manages the Elms and answers complaints there, Ola (owner) and Cora (compliance lead) everywhere; Carl (carer) and
-- Max (manager of the Oaks) see none of them; Hugo of Harbor neither.
begin;
select plan(26);

create temporary table story as
select lakeside, harbor, tests.make_site(lakeside, 'The Elms') as elms, tests.make_site(lakeside, 'The Oaks') as oaks
from (select tests.make_org('lakeside') as lakeside, tests.make_org('harbor') as harbor) as orgs;
create temporary table people as
select
  tests.make_staff(lakeside, 'manager', 'Mona', elms) as mona,
  tests.make_staff(lakeside, 'manager', 'Max', oaks) as max,
  tests.make_staff(lakeside, 'carer', 'Carl', elms) as carl,
  tests.make_staff(lakeside, 'org_owner', 'Ola') as ola,
  tests.make_staff(lakeside, 'compliance_lead', 'Cora') as cora,
  tests.make_staff(harbor, 'manager', 'Hugo') as hugo
from story;
create temporary table ruth as select tests.make_resident(lakeside, elms, 'Ruth') as id from story;
create temporary table cold (id uuid);
grant select on story, people, ruth to public;
grant all on cold to public;
insert into public.incident_calendars (org_id, holidays) select lakeside, '{2026-03-16}' from story;
-- Thursday, 19:30 in Chicago.
select tests.freeze_clock('2026-03-13 00:30+00');

create function pg_temp.refused(p_call text) returns text language sql as $$
  select tests.refusal(format(p_call, (select id from cold)))
$$;

select tests.act_as((select mona from people));
insert into cold select public.record_complaint(elms, 'complaint', 'relative', 'Cold soup.', p_complainant => 'Finn', p_resident_id => ruth.id)
from story cross join ruth;
select results_eq(
  'select received_on, acknowledge_due_on, respond_due_on from public.complaints',
  $$ values (date '2026-03-12', date '2026-03-18', date '2026-04-09') $$,
  'three working days, without the weekend and Monday off, and 28 days'
);
select is(
  (select opened.details || ' ' || opened.complainant
   from public.open_complaints(array(select id from cold), 'operations') as opened), 'Cold soup. Finn', 'it opens for her'
);
select is(
  pg_temp.refused('select public.respond_complaint(%L, ''Sorry.'')'), 'invalid_input', 'a complaint has an outcome'
);
select is(
  pg_temp.refused('select public.respond_complaint(%L, repeat(''x'', 4001), ''upheld'')'), 'invalid_input',
  'an answer has an end'
);
select is(
  tests.refusal($$ select public.record_complaint(elms, 'complaint', 'relative', repeat('x', 4001)) from story $$),
  'invalid_input', 'and so a complaint'
);
select is(
  tests.refusal($$ select public.record_complaint(
    elms, 'complaint', 'relative', 'x', p_complainant => repeat('x', 501)
  ) from story $$), 'invalid_input', 'and a name'
);
select lives_ok(format('select public.acknowledge_complaint(%L)', (select id from cold)), 'she acknowledges');
select tests.freeze_clock('2026-03-14 00:30+00');
select tests.act_as((select mona from people));
select is(
  (select public.acknowledge_complaint(id) from cold), '2026-03-13 00:30+00'::timestamptz, 'twice is once'
);
select tests.act_as((select cora from people));
select lives_ok(
  format('select public.respond_complaint(%L, %L, %L)', (select id from cold), 'Sorry.', 'upheld'), 'the compliance lead answers'
);
select is(pg_temp.refused('select public.respond_complaint(%L, ''x'', ''upheld'')'), 'conflict', 'once');
select tests.act_as((select ola from people));
select lives_ok(
  $$ select public.record_complaint((select elms from story), 'compliment', 'resident', 'Kind.') $$, 'the owner writes down praise'
);
select is(
  (select num_nonnulls(acknowledge_due_on, respond_due_on) from public.complaints where kind = 'compliment'), 0,
  'which is due to nobody'
);
select lives_ok(
  $$ select public.respond_complaint(id, 'Thanks.') from public.complaints where kind = 'compliment' $$, 'and may be answered'
);
select lives_ok(
  $$ insert into public.complaint_policies (acknowledge_working_days, respond_days) values (1, 20) $$, 'sets a policy'
);
select tests.act_as((select mona from people));
select lives_ok($$ select public.record_complaint((select elms from story), 'complaint', 'anonymous', 'Noise.') $$, 'which holds');
select results_eq(
  $$ select acknowledge_due_on, respond_due_on from public.complaints where source = 'anonymous' $$,
  $$ values (date '2026-03-17', date '2026-04-02') $$, 'from then on'
);
select is(
  tests.refusal($$ select public.record_complaint((select oaks from story), 'complaint', 'staff', 'x') $$), 'not_found',
  'a manager writes down nothing about another home'
);
select is(
  tests.refusal($$ insert into public.complaint_policies (respond_days) values (365) $$), '42501', 'nor the policy'
);
select tests.act_as((select max from people));
select is_empty('select * from public.complaints', 'managers of other homes see none');
select is(pg_temp.refused('select public.acknowledge_complaint(%L)'), 'not_found', 'nor do anything');
select is(
  tests.refusal(format(
    'select public.record_complaint(%L, %L, %L, %L, p_resident_id => %L)',
    (select oaks from story), 'complaint', 'staff', 'x', (select id from ruth)
  )), 'not_found', 'nor write about who lives there'
);
select tests.act_as((select carl from people));
select is_empty('select * from public.complaints', 'carers neither');
select is(
  tests.refusal($$ select public.record_complaint((select elms from story), 'complaint', 'staff', 'x') $$), 'permission_denied',
  'nor do they write'
);
select tests.act_as((select hugo from people));
select is_empty('select * from public.complaints', 'another organization sees none');
select is(pg_temp.refused('select public.respond_complaint(%L, ''x'', ''upheld'')'), 'not_found', 'and answers none');
select is(
  tests.refusal(format('select public.record_complaint(%L, %L, %L, %L)', (select elms from story), 'complaint', 'staff', 'x')),
  'not_found', 'nor about a home that is not theirs'
);

select * from finish();
rollback;
