-- Finn (Ruth's son) is let know of incidents, Fay (her niece) of her care plan; Ruth asks herself; Rolf of Harbor has
-- consent of nobody here.
begin;
select plan(11);

create temporary table story as
select lakeside, harbor, tests.make_site(lakeside, 'The Elms') as elms
from (select tests.make_org('lakeside') as lakeside, tests.make_org('harbor') as harbor) as orgs;
create temporary table people as
select
  tests.make_staff(lakeside, 'manager', 'Mona', elms) as mona,
  tests.make_person(lakeside, 'family', 'Finn') as finn,
  tests.make_person(lakeside, 'family', 'Fay') as fay,
  tests.make_person(lakeside, 'resident', 'Ruth') as ruth_user,
  tests.make_person(harbor, 'family', 'Rolf') as rolf
from story;
create temporary table ruth as
select tests.make_resident(lakeside, elms, 'Ruth', ruth_user) as id from story cross join people;
create temporary table rose as select tests.make_resident(lakeside, elms, 'Rose') as id from story;
grant select on story, people, ruth, rose to public;
select tests.share_resident(lakeside, ruth.id, finn, 'incidents'), tests.share_resident(lakeside, ruth.id, fay, 'care_plan')
from story cross join people cross join ruth;

create function pg_temp.knows() returns text language sql as $$
  select string_agg(kind::text || ' ' || occurred_on || ' ' || status, ', ')
  from public.get_resident_incidents((select id from ruth))
$$;
select tests.freeze_clock('2026-03-10 12:00+00');
select tests.act_as((select mona from people));
-- Still the day before in Chicago.
select public.report_incident(
  elms, what.kind::public.incident_kind, 'low', '2026-03-10 04:30+00', 'Something.', p_people => jsonb_build_array(
    jsonb_build_object('role', 'involved', 'resident_id', case what.who when 'ruth' then ruth.id else rose.id end),
    jsonb_build_object('role', what.other, 'resident_id', case what.who when 'ruth' then rose.id else ruth.id end)
  )
)::text
from (values ('fall', 'ruth', 'witness'), ('aggression', 'rose', 'witness'), ('safeguarding', 'ruth', 'witness')) as what (kind, who, other)
cross join story cross join ruth cross join rose;

select tests.act_as((select finn from people));
select is(pg_temp.knows(), 'fall 2026-03-09 reported', 'a relative who may know hears what kind, on which day, how it stands');
select is(
  tests.refusal(format('select * from public.get_resident_incidents(%L)', (select id from rose))), 'not_found', 'of nobody else'
);
select is_empty('select * from public.incidents', 'reads no incident');
select is_empty('select * from public.incident_people', 'nor who was there');
select is_empty('select * from public.get_sla_board()', 'nor how late anything is');
select tests.act_as((select ruth_user from people));
select is(pg_temp.knows(), 'fall 2026-03-09 reported', 'so does the resident');
select tests.act_as((select fay from people));
select is(tests.refusal('select pg_temp.knows()'), 'not_found', 'consent to another topic opens nothing');
select tests.act_as((select rolf from people));
select is(tests.refusal('select pg_temp.knows()'), 'not_found', 'another organization is told nothing');
select tests.act_as((select mona from people));
select is(tests.refusal('select pg_temp.knows()'), 'not_found', 'staff have their own list');
select tests.act_as_system();
update public.resident_shares set withdrawn_at = app.clock() where topics = '{incidents}';
select tests.act_as((select finn from people));
select is(tests.refusal('select pg_temp.knows()'), 'not_found', 'withdrawn, the consent opens nothing');
select is_empty('select * from public.get_sla_board()', 'at all');

select * from finish();
rollback;
