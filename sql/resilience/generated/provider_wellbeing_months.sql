-- Compiled from sql/resilience/room.toml by `carebase db compile`. Do not edit: change the matrix instead.
alter table public.provider_wellbeing_months enable row level security;
alter table public.provider_wellbeing_months force row level security;

revoke all on public.provider_wellbeing_months from public, anon, authenticated, service_role;
grant select, insert, update, delete on public.provider_wellbeing_months to service_role;

create policy floor_organization on public.provider_wellbeing_months
as restrictive for all to anon, authenticated
using (
  org_id = (select app.current_org())
)
with check (
  org_id = (select app.current_org())
);
comment on policy floor_organization on public.provider_wellbeing_months is
'Whatever else is allowed: only rows of the active organization.';
