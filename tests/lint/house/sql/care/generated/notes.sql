alter table public.notes enable row level security;
alter table public.notes force row level security;
revoke all on public.notes from public, anon, authenticated, service_role;
grant select on public.notes to authenticated;
grant insert (body) on public.notes to authenticated;
grant update (body) on public.notes to authenticated;
grant select, insert, update, delete on public.notes to service_role;

create policy floor_organization on public.notes
as restrictive for all to anon, authenticated
using (org_id = (select app.current_org()))
with check (org_id = (select app.current_org()));
comment on policy floor_organization on public.notes is 'Only the active organization.';

create policy select_organization on public.notes
for select to authenticated
using (org_id = (select app.current_org()) and deleted_at is null);
comment on policy select_organization on public.notes is 'Nurses see the notes of the organization.';

create policy insert_organization on public.notes
for insert to authenticated
with check (org_id = (select app.current_org()));
comment on policy insert_organization on public.notes is 'Nurses write notes.';

create policy update_organization on public.notes
for update to authenticated
using (org_id = (select app.current_org()))
with check (org_id = (select app.current_org()));
comment on policy update_organization on public.notes is 'Nurses correct notes.';

create trigger _100_stamp
before insert or update on public.notes
for each row execute function app.stamp_row();

create trigger _800_audit
after insert or update or delete on public.notes
for each row execute function app.audit_row();
