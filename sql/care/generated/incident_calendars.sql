-- Compiled from sql/care/room.toml by `carebase db compile`. Do not edit: change the matrix instead.
alter table public.incident_calendars enable row level security;
alter table public.incident_calendars force row level security;

revoke all on public.incident_calendars from public, anon, authenticated, service_role;
grant select on public.incident_calendars to authenticated;
grant insert (
  site_id,
  working_days,
  day_begins,
  day_ends,
  holidays
) on public.incident_calendars to authenticated;
grant update (
  working_days,
  day_begins,
  day_ends,
  holidays
) on public.incident_calendars to authenticated;
grant select, insert, update, delete on public.incident_calendars to service_role;

create policy floor_organization on public.incident_calendars
as restrictive for all to anon, authenticated
using (
  org_id = (select app.current_org())
)
with check (
  org_id = (select app.current_org())
);
comment on policy floor_organization on public.incident_calendars is
'Whatever else is allowed: only rows of the active organization.';

create policy select_organization on public.incident_calendars
for select to authenticated
using (
  org_id = (select app.current_org())
  and deleted_at is null
  and (select app.is_staff())
);
comment on policy select_organization on public.incident_calendars is
'anyone who works for the active organization: every row of the active organization.';

create policy insert_organization on public.incident_calendars
for insert to authenticated
with check (
  org_id = (select app.current_org())
  and (select app.has_role('org_owner', 'compliance_lead', 'admin'))
);
comment on policy insert_organization on public.incident_calendars is
'org_owner, compliance_lead, admin: every row of the active organization.';

create policy update_organization on public.incident_calendars
for update to authenticated
using (
  org_id = (select app.current_org())
  and deleted_at is null
  and (select app.has_role('org_owner', 'compliance_lead', 'admin'))
)
with check (
  org_id = (select app.current_org())
  and deleted_at is null
  and (select app.has_role('org_owner', 'compliance_lead', 'admin'))
);
comment on policy update_organization on public.incident_calendars is
'org_owner, compliance_lead, admin: every row of the active organization.';

create trigger _100_stamp
before insert or update on public.incident_calendars
for each row execute function app.stamp_row();

create trigger _800_audit
after insert or update or delete on public.incident_calendars
for each row execute function app.audit_row(
  'org_id', 'org_id,id', '', ''
);
