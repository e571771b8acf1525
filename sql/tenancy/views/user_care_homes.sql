-- Who works at which care home: a role for the whole organization is one at each of its homes. Who
-- sees which row is what role_assignments says: one's own; all of them for those who administer the organization.
create view public.user_care_homes
with (security_invoker = true) as
select
  roles.org_id,
  roles.id as role_assignment_id,
  roles.user_id,
  homes.id as care_home_id,
  roles.role,
  roles.valid_during
from public.role_assignments as roles
inner join public.sites as homes
  on roles.org_id = homes.org_id and (roles.site_id = homes.id or roles.site_id is null)
where
  roles.role in ('manager', 'care_manager', 'case_manager', 'nurse', 'clinician', 'carer')
  and roles.valid_during @> app.clock()
  and roles.deleted_at is null
  and homes.kind = 'care_home'
  and homes.deleted_at is null;

comment on view public.user_care_homes is
'People and the care homes where they have a role now, one row for each role and home.';
comment on column public.user_care_homes.org_id is 'The organization.';
comment on column public.user_care_homes.role_assignment_id is 'The role that says so.';
comment on column public.user_care_homes.user_id is 'Who (auth.users).';
comment on column public.user_care_homes.care_home_id is 'The care home (a site).';
comment on column public.user_care_homes.role is 'As what.';
comment on column public.user_care_homes.valid_during is 'From when to when the role holds.';

revoke all on public.user_care_homes from public, anon, authenticated, service_role;
grant select on public.user_care_homes to authenticated, service_role;
