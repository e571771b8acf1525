-- Compiled from sql/resilience/room.toml by `carebase db compile`. Do not edit: change the matrix instead.
alter table public.provider_intervention_contacts enable row level security;
alter table public.provider_intervention_contacts force row level security;

revoke all on public.provider_intervention_contacts from public, anon, authenticated, service_role;
grant select on public.provider_intervention_contacts to authenticated;
grant select, insert, update, delete on public.provider_intervention_contacts to service_role;

create policy floor_organization on public.provider_intervention_contacts
as restrictive for all to anon, authenticated
using (
  org_id = (select app.current_org())
)
with check (
  org_id = (select app.current_org())
);
comment on policy floor_organization on public.provider_intervention_contacts is
'Whatever else is allowed: only rows of the active organization.';

create policy select_own on public.provider_intervention_contacts
for select to authenticated
using (
  org_id = (select app.current_org())
  and (select app.is_staff())
  and user_id = (select app.my_id())
);
comment on policy select_own on public.provider_intervention_contacts is
'anyone who works for the active organization: their own rows.';
