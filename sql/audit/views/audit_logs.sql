-- The name under which the trail was known in the systems before; the policies are those of the table.
create view public.audit_logs
with (security_invoker = true) as
select
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
from public.audit_events;

comment on view public.audit_logs is 'The audit trail, as audit_events.';

revoke all on public.audit_logs from public, anon, authenticated, service_role;
grant select on public.audit_logs to authenticated, service_role;
