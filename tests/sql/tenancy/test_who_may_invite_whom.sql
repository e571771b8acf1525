-- Lakeside: Odile owns it, Ada administers it, Mia manages the house, Nadia nurses. Harbor is another organization.
begin;
select plan(31);

create temporary table story as
select lakeside, harbor, gen_random_uuid() as house, gen_random_uuid() as court, gen_random_uuid() as pier
from (select tests.make_org('lakeside') as lakeside, tests.make_org('harbor') as harbor) as orgs;
insert into public.sites (org_id, id, kind, name)
select lakeside, unnest(array[house, court]), 'house'::public.site_kind, 'A house' from story
union all select harbor, pier, 'house', 'The pier' from story;
create temporary table people as
select
  tests.make_person(lakeside, 'org_owner', 'Odile') as odile,
  tests.make_person(lakeside, 'admin', 'Ada') as ada,
  tests.make_person(lakeside, 'manager', 'Mia', house) as mia,
  tests.make_person(lakeside, 'nurse', 'Nadia') as nadia,
  tests.make_person(harbor, 'admin', 'Hugo') as hugo
from story;
grant select on story, people to public;

-- What became of an invitation, and nothing of it stays.
create function pg_temp.invite(p_role public.app_role, p_site_id uuid default null, p_email text default 'new@example.com')
returns text
language plpgsql as $$
declare
  v_message text;
  v_state text;
begin
  perform public.invite_member(p_email, p_role, p_site_id);
  raise exception sqlstate 'UNDO1';
exception when others then
  get stacked diagnostics v_message = message_text, v_state = returned_sqlstate;
  return case v_state when 'UNDO1' then 'invited' when 'PGRST' then v_message::jsonb ->> 'code' else v_state end;
end
$$;
-- All roles that the caller can offer.
create function pg_temp.offers(p_site_id uuid default null) returns setof public.app_role
language sql as $$
  select role from unnest(enum_range(null::public.app_role)) as role where pg_temp.invite(role, p_site_id) = 'invited'
$$;

select tests.act_as((select odile from people));
select set_eq(
  'select * from pg_temp.offers()',
  $$ select unnest(enum_range(null::public.app_role)) except values ('super_admin'::public.app_role), ('service') $$,
  'an owner offers every role but the platform''s and a machine''s'
);
select tests.act_as((select odile from people), 'aal1');
select is(pg_temp.invite('nurse'), 'mfa_required', 'and none without a second factor');

select tests.act_as((select ada from people));
select set_eq(
  'select * from pg_temp.offers()',
  $$ select unnest(enum_range(null::public.app_role))
     except values ('super_admin'::public.app_role), ('service'), ('org_owner') $$,
  'an administrator offers those below owner'
);
select set_eq(
  'select * from pg_temp.offers((select court from story))',
  $$ values ('manager'::public.app_role), ('case_manager'), ('nurse'), ('clinician'), ('carer'), ('scheduler'),
     ('resident'), ('family') $$,
  'at one site only what a site can have'
);
select is(pg_temp.invite('billing', (select court from story)), 'invalid_input', 'the books are not one site''s');

select tests.act_as((select mia from people));
select set_eq(
  'select * from pg_temp.offers((select house from story))',
  $$ values ('nurse'::public.app_role), ('carer'), ('scheduler'), ('resident'), ('family') $$,
  'a manager fills the house'
);
select is_empty('select * from pg_temp.offers((select court from story))', 'but not the next one');
select is_empty('select * from pg_temp.offers()', 'nor the organization');
select is(pg_temp.invite('carer', (select court from story)), 'permission_denied', 'the next one is there, and not hers');
select is(pg_temp.invite('carer', (select pier from story)), 'not_found', 'another organization''s is not');
select is(pg_temp.invite('carer', gen_random_uuid()), 'not_found', 'just as one that never was');

select tests.act_as((select nadia from people));
select is_empty('select * from pg_temp.offers()', 'a nurse offers nothing');
select is(
  tests.refusal('select public.get_invitations()'), 'permission_denied', 'and does not see who is invited'
);
select tests.act_as_anonymous();
select is(tests.refusal($$ select public.invite_member('x@example.com', 'carer') $$), '42501', 'nor does a passer-by');

select tests.act_as_system();
create temporary table addresses as select email as ada from auth.users where id = (select ada from people);
grant select on addresses to public;
select tests.act_as((select ada from people));
select is(pg_temp.invite('billing', null, upper(ada)), 'permission_denied', 'nobody invites themselves') from addresses;
select is(pg_temp.invite('carer', null, 'somebody'), 'invalid_input', 'nor anybody without an address');
select is(
  tests.refusal($$ select public.invite_member('a@example.com', 'carer', null, 31) $$), 'invalid_input',
  'nor for longer than a month'
);

create temporary table made as
select * from public.invite_member(' New@Example.com ', 'carer', (select house from story));
select is(email, 'new@example.com', 'addresses are lower case') from made;
select matches(token, '^[A-Za-z0-9_-]{43}$', 'the token is shown') from made;
select is(pg_temp.invite('carer', (select house from story)), 'conflict', 'the same is not offered twice');
select is(pg_temp.invite('carer', (select court from story)), 'invited', 'another site is another offer');
select results_eq(
  $$ select email, role, accepted_at from public.get_invitations() $$,
  $$ values ('new@example.com', 'carer'::public.app_role, null::timestamptz) $$,
  'who is invited is there to see'
);
create temporary table others as
select * from public.invite_member('court@example.com', 'carer', (select court from story));
insert into others select * from public.invite_member('books@example.com', 'billing');
select tests.act_as_system();
select is(
  position((select token from made) in (select jsonb_agg(to_jsonb(invitations)) from app.invitations)::text), 0,
  'the token is not'
);

select tests.act_as((select hugo from people));
select is_empty('select * from public.get_invitations()', 'another organization sees none of it');
select is(
  tests.refusal(format('select public.revoke_invitation(%L)', (select invitation_id from made))), 'not_found',
  'and revokes none'
);
select is_empty(
  $$ select tests.refusal(format('select public.revoke_invitation(%L)', invitation_id)) from others
     except values ('not_found') $$,
  'wherever they lead to'
);
select tests.act_as((select mia from people));
select results_eq(
  'select email from public.get_invitations()', array['new@example.com'], 'the house''s manager sees whom it invites'
);
select is_empty(
  $$ select tests.refusal(format('select public.revoke_invitation(%L)', invitation_id)) from others
     except values ('permission_denied') $$,
  'and takes back no other'
);
select is(
  tests.refusal(format('select public.revoke_invitation(%L)', (select invitation_id from made))), null,
  'but those, whoever made them'
);
select tests.act_as((select odile from people));
create temporary table owners as select * from public.invite_member('owner@example.com', 'org_owner');
select tests.act_as((select ada from people));
select is(
  tests.refusal(format('select public.revoke_invitation(%L)', (select invitation_id from owners))), 'permission_denied',
  'an administrator takes back no owner''s'
);
select is((select count(*) from public.get_invitations()), 3::bigint, 'but sees every open one');

select * from finish();
rollback;
