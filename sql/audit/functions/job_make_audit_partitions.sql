create function app.job_make_audit_partitions() returns integer
language sql volatile
set search_path = ''
as $$
  select app.make_audit_partitions()
$$;

comment on function app.job_make_audit_partitions() is
'Scheduled: makes the audit trail''s partitions of this month and the next three. Idempotent: yes.';

revoke all on function app.job_make_audit_partitions() from public;
