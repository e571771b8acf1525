-- Compiled from sql/care/room.toml by `carebase db compile`. Do not edit: change the matrix instead.
alter table public.training_records enable row level security;
alter table public.training_records force row level security;

revoke all on public.training_records from public, anon, authenticated, service_role;
grant select on public.training_records to authenticated;
grant insert (
  user_id,
  course_id,
  status,
  completed_on,
  evidence_document_id
) on public.training_records to authenticated;
grant update (
  status,
  evidence_document_id
) on public.training_records to authenticated;
grant select, insert, update, delete on public.training_records to service_role;

create policy floor_organization on public.training_records
as restrictive for all to anon, authenticated
using (
  org_id = (select app.current_org())
)
with check (
  org_id = (select app.current_org())
);
comment on policy floor_organization on public.training_records is
'Whatever else is allowed: only rows of the active organization.';

create policy select_own_or_organization on public.training_records
for select to authenticated
using (
  org_id = (select app.current_org())
  and (
    (
      (select app.is_staff())
      and user_id = (select app.my_id())
    )
    or org_id = (select app.org_as('org_owner', 'compliance_lead'))
  )
);
comment on policy select_own_or_organization on public.training_records is
'anyone who works for the active organization: their own rows; org_owner, compliance_lead: every row of the active organization.';

create policy insert_organization on public.training_records
for insert to authenticated
with check (
  org_id = (select app.current_org())
  and (select app.has_role('compliance_lead'))
);
comment on policy insert_organization on public.training_records is
'compliance_lead: every row of the active organization.';

create policy update_organization on public.training_records
for update to authenticated
using (
  org_id = (select app.current_org())
  and (select app.has_role('compliance_lead'))
)
with check (
  org_id = (select app.current_org())
  and (select app.has_role('compliance_lead'))
);
comment on policy update_organization on public.training_records is
'compliance_lead: every row of the active organization.';

create trigger _100_stamp
before insert or update on public.training_records
for each row execute function app.stamp_row();

create trigger _800_audit
after insert or update or delete on public.training_records
for each row execute function app.audit_row(
  'org_id', 'org_id,id', '', ''
);
