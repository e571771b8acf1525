create type public.audit_action as enum (
  'insert', 'update', 'delete', 'restore', 'purge', 'read', 'export', 'sign_in', 'refuse', 'break_glass', 'configure'
);
comment on type public.audit_action is
'What an audit event tells of; delete and restore include a row that was marked and unmarked as removed.';

create type public.audit_outcome as enum ('success', 'failure');
comment on type public.audit_outcome is
'Whether it was done or refused (FHIR AuditEvent.outcome, in two values).';
