-- Compiled from sql/documents/room.toml by `carebase db compile`. Do not edit: change the matrix instead.
alter table public.policy_documents enable row level security;
alter table public.policy_documents force row level security;

revoke all on public.policy_documents from public, anon, authenticated, service_role;
grant select on public.policy_documents to authenticated;
grant update (
  archived_at
) on public.policy_documents to authenticated;
grant select, insert, update, delete on public.policy_documents to service_role;

create policy floor_organization on public.policy_documents
as restrictive for all to anon, authenticated
using (
  org_id = (select app.current_org())
)
with check (
  org_id = (select app.current_org())
);
comment on policy floor_organization on public.policy_documents is
'Whatever else is allowed: only rows of the active organization.';

create policy select_organization on public.policy_documents
for select to authenticated
using (
  org_id = (select app.current_org())
  and deleted_at is null
  and (select app.is_staff())
);
comment on policy select_organization on public.policy_documents is
'anyone who works for the active organization: every row of the active organization.';

create policy update_organization on public.policy_documents
for update to authenticated
using (
  org_id = (select app.current_org())
  and deleted_at is null
  and (select app.has_role('org_owner', 'compliance_lead'))
)
with check (
  org_id = (select app.current_org())
  and deleted_at is null
  and (select app.has_role('org_owner', 'compliance_lead'))
);
comment on policy update_organization on public.policy_documents is
'org_owner, compliance_lead: every row of the active organization.';

create trigger _100_stamp
before insert or update on public.policy_documents
for each row execute function app.stamp_row();

create trigger _800_audit
after insert or update or delete on public.policy_documents
for each row execute function app.audit_row(
  'org_id', 'org_id,id', '', ''
);
