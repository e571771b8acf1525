-- Compiled from sql/care/room.toml by `carebase db compile`. Do not edit: change the matrix instead.
alter table public.training_courses enable row level security;
alter table public.training_courses force row level security;

revoke all on public.training_courses from public, anon, authenticated, service_role;
grant select on public.training_courses to authenticated;
grant insert (
  code,
  title,
  description,
  validity_months,
  is_active
) on public.training_courses to authenticated;
grant update (
  title,
  description,
  validity_months,
  is_active
) on public.training_courses to authenticated;
grant select, insert, update, delete on public.training_courses to service_role;

create policy floor_organization on public.training_courses
as restrictive for all to anon, authenticated
using (
  org_id = (select app.current_org())
)
with check (
  org_id = (select app.current_org())
);
comment on policy floor_organization on public.training_courses is
'Whatever else is allowed: only rows of the active organization.';

create policy select_organization on public.training_courses
for select to authenticated
using (
  org_id = (select app.current_org())
  and deleted_at is null
  and (select app.is_staff())
);
comment on policy select_organization on public.training_courses is
'anyone who works for the active organization: every row of the active organization.';

create policy insert_organization on public.training_courses
for insert to authenticated
with check (
  org_id = (select app.current_org())
  and (select app.has_role('admin', 'compliance_lead'))
);
comment on policy insert_organization on public.training_courses is
'admin, compliance_lead: every row of the active organization.';

create policy update_organization on public.training_courses
for update to authenticated
using (
  org_id = (select app.current_org())
  and deleted_at is null
  and (select app.has_role('admin', 'compliance_lead'))
)
with check (
  org_id = (select app.current_org())
  and deleted_at is null
  and (select app.has_role('admin', 'compliance_lead'))
);
comment on policy update_organization on public.training_courses is
'admin, compliance_lead: every row of the active organization.';

create trigger _100_stamp
before insert or update on public.training_courses
for each row execute function app.stamp_row();

create trigger _800_audit
after insert or update or delete on public.training_courses
for each row execute function app.audit_row(
  'org_id', 'org_id,id', '', ''
);
