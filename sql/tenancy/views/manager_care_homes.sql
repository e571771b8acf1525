-- Who runs which care home, for the whole organization or the one. Who
-- sees which row is what role_assignments says: one's own; all of them for those who administer the organization.
create view public.manager_care_homes
with (security_invoker = true) as
select
  roles.org_id,
  roles.id as role_assignment_id,
  roles.user_id,
  homes.id as care_home_id,
  roles.valid_during
from public.role_assignments as roles
inner join public.sites as homes
  on roles.org_id = homes.org_id and (roles.site_id = homes.id or roles.site_id is null)
where
  roles.role = 'manager'
  and roles.valid_during @> app.clock()
  and roles.deleted_at is null
  and homes.kind = 'care_home'
  and homes.deleted_at is null;

comment on view public.manager_care_homes is
'Managers and the care homes that they run now.';
comment on column public.manager_care_homes.org_id is 'The organization.';
comment on column public.manager_care_homes.role_assignment_id is 'The role that says so.';
comment on column public.manager_care_homes.user_id is 'Who (auth.users).';
comment on column public.manager_care_homes.care_home_id is 'The care home (a site).';
comment on column public.manager_care_homes.valid_during is 'From when to when the role holds.';

revoke all on public.manager_care_homes from public, anon, authenticated, service_role;
grant select on public.manager_care_homes to authenticated, service_role;
