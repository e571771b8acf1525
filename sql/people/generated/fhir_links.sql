-- Compiled from sql/people/room.toml by `carebase db compile`. Do not edit: change the matrix instead.
alter table app.fhir_links enable row level security;
alter table app.fhir_links force row level security;

revoke all on app.fhir_links from public, anon, authenticated, service_role;

create policy floor_organization on app.fhir_links
as restrictive for all to anon, authenticated
using (
  org_id = (select app.current_org())
)
with check (
  org_id = (select app.current_org())
);
comment on policy floor_organization on app.fhir_links is
'Whatever else is allowed: only rows of the active organization.';
