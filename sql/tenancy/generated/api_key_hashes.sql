-- Compiled from sql/tenancy/room.toml by `carebase db compile`. Do not edit: change the matrix instead.
alter table app.api_key_hashes enable row level security;
alter table app.api_key_hashes force row level security;

revoke all on app.api_key_hashes from public, anon, authenticated, service_role;

create policy floor_organization on app.api_key_hashes
as restrictive for all to anon, authenticated
using (
  org_id = (select app.current_org())
)
with check (
  org_id = (select app.current_org())
);
comment on policy floor_organization on app.api_key_hashes is
'Whatever else is allowed: only rows of the active organization.';
