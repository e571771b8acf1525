-- Compiled from sql/tenancy/room.toml by `carebase db compile`. Do not edit: change the matrix instead.
alter table public.organization_feature_flags enable row level security;
alter table public.organization_feature_flags force row level security;

revoke all on public.organization_feature_flags from public, anon, authenticated, service_role;
grant select on public.organization_feature_flags to authenticated;
grant insert (
  feature_key,
  is_wanted
) on public.organization_feature_flags to authenticated;
grant update (
  is_wanted
) on public.organization_feature_flags to authenticated;
grant select, insert, update, delete on public.organization_feature_flags to service_role;

create policy floor_organization on public.organization_feature_flags
as restrictive for all to anon, authenticated
using (
  org_id = (select app.current_org())
)
with check (
  org_id = (select app.current_org())
);
comment on policy floor_organization on public.organization_feature_flags is
'Whatever else is allowed: only rows of the active organization.';

create policy select_organization on public.organization_feature_flags
for select to authenticated
using (
  org_id = (select app.current_org())
);
comment on policy select_organization on public.organization_feature_flags is
'anyone with a valid role in the active organization: every row of the active organization.';

create policy insert_organization on public.organization_feature_flags
for insert to authenticated
with check (
  org_id = (select app.current_org())
  and (select app.has_role('org_owner', 'admin'))
);
comment on policy insert_organization on public.organization_feature_flags is
'org_owner, admin: every row of the active organization.';

create policy update_organization on public.organization_feature_flags
for update to authenticated
using (
  org_id = (select app.current_org())
  and (select app.has_role('org_owner', 'admin'))
)
with check (
  org_id = (select app.current_org())
  and (select app.has_role('org_owner', 'admin'))
);
comment on policy update_organization on public.organization_feature_flags is
'org_owner, admin: every row of the active organization.';

create trigger _100_stamp
before insert or update on public.organization_feature_flags
for each row execute function app.stamp_row();

create trigger _800_audit
after insert or update or delete on public.organization_feature_flags
for each row execute function app.audit_row(
  'org_id', 'org_id,id', '', ''
);
