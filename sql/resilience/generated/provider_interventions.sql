-- Compiled from sql/resilience/room.toml by `carebase db compile`. Do not edit: change the matrix instead.
alter table public.provider_interventions enable row level security;
alter table public.provider_interventions force row level security;

revoke all on public.provider_interventions from public, anon, authenticated, service_role;
grant select on public.provider_interventions to authenticated;
grant select, insert, update, delete on public.provider_interventions to service_role;

create policy floor_organization on public.provider_interventions
as restrictive for all to anon, authenticated
using (
  org_id = (select app.current_org())
)
with check (
  org_id = (select app.current_org())
);
comment on policy floor_organization on public.provider_interventions is
'Whatever else is allowed: only rows of the active organization.';

create policy select_own on public.provider_interventions
for select to authenticated
using (
  org_id = (select app.current_org())
  and (select app.is_staff())
  and user_id = (select app.my_id())
);
comment on policy select_own on public.provider_interventions is
'anyone who works for the active organization: their own rows.';

create trigger _100_stamp
before insert or update on public.provider_interventions
for each row execute function app.stamp_row();

create trigger _800_audit
after insert or update or delete on public.provider_interventions
for each row execute function app.audit_row(
  'org_id', 'org_id,id', '*', 'user_id'
);
