-- Who gives which role, written out by hand from the rule and not from the code.
begin;
select plan(9);

create temporary table everyone as select enum_range(null::public.app_role) as roles;

select set_eq(
  $$ select unnest(app.grantable_roles('org_owner')) $$,
  $$ values ('org_owner'::public.app_role), ('admin'), ('manager'), ('care_manager'), ('case_manager'), ('nurse'),
     ('clinician'), ('carer'), ('compliance_lead'), ('wellness_officer'), ('billing'), ('scheduler'), ('resident'),
     ('patient'), ('family'), ('referral_partner') $$,
  'an owner: every role of the organization, owners included'
);
select set_eq(
  $$ select unnest(app.grantable_roles('admin')) $$,
  $$ values ('admin'::public.app_role), ('manager'), ('care_manager'), ('case_manager'), ('nurse'), ('clinician'),
     ('carer'), ('compliance_lead'), ('wellness_officer'), ('billing'), ('scheduler'), ('resident'), ('patient'),
     ('family'), ('referral_partner') $$,
  'an administrator: every role below owner'
);
select set_eq(
  $$ select unnest(app.grantable_roles('manager')) $$,
  $$ values ('nurse'::public.app_role), ('carer'), ('scheduler'), ('resident'), ('family') $$,
  'a manager: who lives and works at a site'
);
select set_eq(
  $$ select role from everyone, unnest(roles) as role where 'super_admin' = any(app.grantable_roles(role)) $$,
  $$ values ('super_admin'::public.app_role) $$,
  'only super administrators make super administrators'
);
select is_empty(
  $$ select role from everyone, unnest(roles) as role
     where cardinality(app.grantable_roles(role)) > 0 and role not in ('super_admin', 'org_owner', 'admin', 'manager') $$,
  'nobody else gives any'
);
select is_empty(
  $$ select role from everyone, unnest(roles) as role where 'service' = any(app.grantable_roles(role)) $$,
  'a machine''s role is given to no person'
);

select is_empty(
  $$ select role from everyone, unnest(roles) as role
     where app.is_site_role(role) <> exists (
       select from pg_constraint
       where conname = 'role_assignments_site_roles' and pg_get_constraintdef(oid) like '%''' || role || '''%'
     ) $$,
  'which roles a site can have: the function and the check say the same'
);
select results_eq(
  $$ select app.may_pass_on('{manager}', place.held, 'carer', place.wanted)
     from (values
       (1, '{"manager": ["11111111-1111-4111-8111-111111111111"]}'::jsonb, '11111111-1111-4111-8111-111111111111'::uuid),
       (2, '{"manager": ["11111111-1111-4111-8111-111111111111"]}', '22222222-2222-4222-8222-222222222222'),
       (3, '{"manager": ["11111111-1111-4111-8111-111111111111"]}', null),
       (4, '{"manager": null}', '22222222-2222-4222-8222-222222222222'),
       (5, '{"manager": null}', null)
     ) as place (number, held, wanted) order by number $$,
  array[true, false, false, true, false],
  'a manager names a site, and one of their own; a manager of all sites names any'
);
select is(app.may_pass_on('{}', '{}', 'family', null), false, 'without a role nothing is given');

select * from finish();
rollback;
