-- Compiled from sql/resilience/room.toml by `carebase db compile`. Do not edit: change the matrix instead.
alter table public.provider_panel_pauses enable row level security;
alter table public.provider_panel_pauses force row level security;

revoke all on public.provider_panel_pauses from public, anon, authenticated, service_role;
grant select on public.provider_panel_pauses to authenticated;
grant insert (
  until_date
) on public.provider_panel_pauses to authenticated;
grant update (
  until_date
) on public.provider_panel_pauses to authenticated;
grant select, insert, update, delete on public.provider_panel_pauses to service_role;

create policy floor_organization on public.provider_panel_pauses
as restrictive for all to anon, authenticated
using (
  org_id = (select app.current_org())
)
with check (
  org_id = (select app.current_org())
);
comment on policy floor_organization on public.provider_panel_pauses is
'Whatever else is allowed: only rows of the active organization.';

create policy select_own on public.provider_panel_pauses
for select to authenticated
using (
  org_id = (select app.current_org())
  and (select app.is_staff())
  and user_id = (select app.my_id())
);
comment on policy select_own on public.provider_panel_pauses is
'anyone who works for the active organization: their own rows.';

create policy insert_own on public.provider_panel_pauses
for insert to authenticated
with check (
  org_id = (select app.current_org())
  and (select app.is_staff())
  and user_id = (select app.my_id())
);
comment on policy insert_own on public.provider_panel_pauses is
'anyone who works for the active organization: their own rows.';

create policy update_own on public.provider_panel_pauses
for update to authenticated
using (
  org_id = (select app.current_org())
  and (select app.is_staff())
  and user_id = (select app.my_id())
)
with check (
  org_id = (select app.current_org())
  and (select app.is_staff())
  and user_id = (select app.my_id())
);
comment on policy update_own on public.provider_panel_pauses is
'anyone who works for the active organization: their own rows.';

create trigger _100_stamp
before insert or update on public.provider_panel_pauses
for each row execute function app.stamp_row();

create trigger _800_audit
after insert or update or delete on public.provider_panel_pauses
for each row execute function app.audit_row(
  'org_id', 'org_id,practitioner_id', '*', 'user_id'
);
