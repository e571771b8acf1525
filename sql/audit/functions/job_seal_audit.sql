-- Sealing is best done without pause (`carebase audit seal --follow`); this is what does it where nobody follows.
create function app.job_seal_audit(p_limit integer) returns integer
language sql volatile
set search_path = ''
as $$
  select app.seal_audit(p_limit)
$$;

comment on function app.job_seal_audit(integer) is
'Scheduled: seals events of the audit trail, about p_limit at a time. Idempotent: yes.';

revoke all on function app.job_seal_audit(integer) from public;
