-- Compiled from sql/audit/room.toml by `carebase db compile`. Do not edit: change the matrix instead.
alter table public.audit_events enable row level security;
alter table public.audit_events force row level security;

revoke all on public.audit_events from public, anon, authenticated, service_role;
grant select (
  org_id,
  id,
  occurred_at,
  action,
  outcome,
  is_concealed,
  actor_id,
  actor_roles,
  session_id,
  api_key_id,
  database_role,
  ip_address,
  user_agent,
  request_id,
  table_name,
  row_key,
  operation,
  changes,
  subject_ids,
  purpose,
  consent_id
) on public.audit_events to authenticated;
grant select on public.audit_events to service_role;

create policy floor_organization on public.audit_events
as restrictive for all to anon, authenticated
using (
  org_id = (select app.current_org())
)
with check (
  org_id = (select app.current_org())
);
comment on policy floor_organization on public.audit_events is
'Whatever else is allowed: only rows of the active organization.';

create policy select_organization on public.audit_events
for select to authenticated
using (
  org_id = (select app.current_org())
  and (select app.has_role('org_owner', 'admin', 'compliance_lead'))
);
comment on policy select_organization on public.audit_events is
'org_owner, admin, compliance_lead: every row of the active organization.';

create trigger _200_append_only
before update or delete on public.audit_events
for each row execute function app.refuse_change();

create trigger _200_append_only_truncate
before truncate on public.audit_events
for each statement execute function app.refuse_change();
