-- Compiled from sql/tenancy/room.toml by `carebase db compile`. Do not edit: change the matrix instead.
alter table public.api_keys enable row level security;
alter table public.api_keys force row level security;

revoke all on public.api_keys from public, anon, authenticated, service_role;
grant select on public.api_keys to authenticated;
grant select, insert, update, delete on public.api_keys to service_role;

create policy floor_organization on public.api_keys
as restrictive for all to anon, authenticated
using (
  org_id = (select app.current_org())
)
with check (
  org_id = (select app.current_org())
);
comment on policy floor_organization on public.api_keys is
'Whatever else is allowed: only rows of the active organization.';

create policy select_organization on public.api_keys
for select to authenticated
using (
  org_id = (select app.current_org())
  and (select app.has_role('org_owner', 'admin'))
);
comment on policy select_organization on public.api_keys is
'org_owner, admin: every row of the active organization.';
