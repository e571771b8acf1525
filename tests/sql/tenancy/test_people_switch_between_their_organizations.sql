-- Nadia is a nurse at Lakeside and a scheduler at Harbor. One of them is active in her session; she switches, and
-- nothing of the other is in reach.
begin;
select plan(12);

create temporary table story as
select lakeside, harbor, elsewhere, tests.make_person(lakeside, 'nurse', 'Nadia') as nadia
from (
  select tests.make_org('lakeside') as lakeside, tests.make_org('harbor') as harbor, tests.make_org('elsewhere') as elsewhere
) as orgs;
select tests.give_role(harbor, 'scheduler', 'Nadia', nadia) from story;
update public.role_assignments set valid_during = tstzrange('2021-01-01', null) where role = 'scheduler';
grant select on story to public;

select tests.act_as((select nadia from story));
select is(app.current_org(), (select lakeside from story), 'she begins where she has worked longest');
select results_eq(
  'select slug, roles, is_active_here from public.get_my_organizations()',
  $$ values ('harbor', '{scheduler}'::public.app_role[], false), ('lakeside', '{nurse}'::public.app_role[], true) $$,
  'she sees both, and which is active'
);
select is(
  (select active_org_id from public.switch_organization((select harbor from story))), (select harbor from story),
  'she switches'
);
select is(app.current_org(), (select harbor from story), 'from this statement on');
select is(app.my_roles(), '{scheduler}'::public.app_role[], 'with the role that she has there');
select is((select array_agg(slug) from public.organizations), '{harbor}', 'and sees nothing of Lakeside');

select tests.act_as((select nadia from story));
select is(app.current_org(), (select harbor from story), 'the session remembers');

select is(
  tests.refusal(format('select public.switch_organization(%L)', (select elsewhere from story))), 'not_found',
  'she cannot switch to where she has no role'
);
select is(
  tests.refusal('select public.switch_organization(gen_random_uuid())'), 'not_found',
  'nor to what does not exist, and the answer is the same'
);
select is(tests.refusal('select public.switch_organization(null)'), 'not_found', 'nor to nothing');

-- Harbor lets her go: the session does not slip back to Lakeside by itself, where she might write by mistake.
select tests.act_as_system();
update public.role_assignments set deleted_at = now() where org_id = (select harbor from story);
select tests.act_as((select nadia from story));
select is(app.current_org(), null, 'a role that is revoked leaves her nowhere');
select lives_ok(
  format('select public.switch_organization(%L, true)', (select lakeside from story)), 'until she switches herself'
);

select * from finish();
rollback;
