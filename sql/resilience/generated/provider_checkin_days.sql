-- Compiled from sql/resilience/room.toml by `carebase db compile`. Do not edit: change the matrix instead.
alter table public.provider_checkin_days enable row level security;
alter table public.provider_checkin_days force row level security;

revoke all on public.provider_checkin_days from public, anon, authenticated, service_role;
grant select on public.provider_checkin_days to authenticated;
grant select, insert, update, delete on public.provider_checkin_days to service_role;

create policy floor_organization on public.provider_checkin_days
as restrictive for all to anon, authenticated
using (
  org_id = (select app.current_org())
)
with check (
  org_id = (select app.current_org())
);
comment on policy floor_organization on public.provider_checkin_days is
'Whatever else is allowed: only rows of the active organization.';

create policy select_organization on public.provider_checkin_days
for select to authenticated
using (
  org_id = (select app.current_org())
  and (select app.has_role('org_owner', 'admin', 'manager', 'care_manager', 'wellness_officer'))
);
comment on policy select_organization on public.provider_checkin_days is
'org_owner, admin, manager, care_manager, wellness_officer: every row of the active organization.';
