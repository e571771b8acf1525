-- What refers to a row may be purged itself: the tables are gone through until nothing is left to do.
create function app.job_purge_removed(p_org_id uuid, p_limit integer) returns integer
language plpgsql volatile
set search_path = ''
as $$
declare
  v_name text;
  v_before integer;
  v_count integer := 0;
begin
  loop
    v_before := v_count;
    for v_name in select purged.name from app.purged_tables() as purged loop
      exit when v_count >= p_limit;
      v_count := v_count + app.purge_removed(v_name, p_org_id, p_limit - v_count);
    end loop;
    exit when v_count = v_before or v_count >= p_limit;
  end loop;
  return v_count;
end
$$;

comment on function app.job_purge_removed(uuid, integer) is
'Scheduled: deletes an organization''s removed rows whose term is over, p_limit at a time, each with an audit event; not
what a legal hold covers nor what something refers to. Idempotent: yes.';

revoke all on function app.job_purge_removed(uuid, integer) from public;
