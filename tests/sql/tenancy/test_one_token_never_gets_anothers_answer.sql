-- Two people in one transaction, as a pooled connection might serve them in a row: each gets their own answer.
begin;
select plan(4);

create temporary table story as
select
  lakeside, harbor,
  tests.make_person(lakeside, 'nurse', 'Nadia') as nadia,
  tests.make_person(harbor, 'admin', 'Hugo') as hugo
from (select tests.make_org('lakeside') as lakeside, tests.make_org('harbor') as harbor) as orgs;
grant select on story to public;

select tests.act_as((select nadia from story));
select is(app.current_org(), (select lakeside from story), 'Nadia is at Lakeside');
select tests.act_as((select hugo from story));
select is(app.current_org(), (select harbor from story), 'Hugo is at Harbor');
select is(app.my_roles(), '{admin}'::public.app_role[], 'with his own role');
select tests.act_as((select nadia from story));
select is(app.my_roles(), '{nurse}'::public.app_role[], 'and Nadia still has hers');

select * from finish();
rollback;
