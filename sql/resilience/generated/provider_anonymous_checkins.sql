-- Compiled from sql/resilience/room.toml by `carebase db compile`. Do not edit: change the matrix instead.
alter table app.provider_anonymous_checkins enable row level security;
alter table app.provider_anonymous_checkins force row level security;

revoke all on app.provider_anonymous_checkins from public, anon, authenticated, service_role;

create policy floor_organization on app.provider_anonymous_checkins
as restrictive for all to anon, authenticated
using (
  org_id = (select app.current_org())
)
with check (
  org_id = (select app.current_org())
);
comment on policy floor_organization on app.provider_anonymous_checkins is
'Whatever else is allowed: only rows of the active organization.';
