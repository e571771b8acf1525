-- Compiled from sql/resilience/room.toml by `carebase db compile`. Do not edit: change the matrix instead.
alter table public.provider_wellbeing_months enable row level security;
alter table public.provider_wellbeing_months force row level security;

revoke all on public.provider_wellbeing_months from public, anon, authenticated, service_role;
grant select on public.provider_wellbeing_months to service_role;

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

create trigger _200_append_only
before update or delete on public.provider_wellbeing_months
for each row execute function app.refuse_change();

create trigger _200_append_only_truncate
before truncate on public.provider_wellbeing_months
for each statement execute function app.refuse_change();
