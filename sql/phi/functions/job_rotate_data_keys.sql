-- A key that is older than the moment of the run is one that this run has not made yet: so the next batch goes on where
-- the last one ended, and a repeated run does nothing.
create function app.job_rotate_data_keys(p_limit integer, p_due_at timestamptz) returns integer
language sql volatile
set search_path = ''
as $$
  select app.rotate_data_keys(null, p_due_at, p_limit)
$$;

comment on function app.job_rotate_data_keys(integer, timestamptz) is
'Scheduled: gives every owner of a data key a new one, p_limit at a time; `carebase keys reseal` moves what older keys
sealed. Idempotent: yes.';

revoke all on function app.job_rotate_data_keys(integer, timestamptz) from public;
