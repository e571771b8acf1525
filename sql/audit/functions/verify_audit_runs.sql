-- The runs tell of every seal there was: a chain that lacks its end, or is gone, does not fit its run.
create function app.verify_audit_runs(p_since timestamptz) returns table (
  org_id uuid,
  seal_number bigint,
  event_id uuid,
  fault text,
  seal_count bigint,
  event_count bigint
)
language plpgsql stable
set search_path = ''
as $$
declare
  v_run app.audit_runs;
  v_key bytea;
  v_version smallint;
  v_number bigint := 0;
  v_code bytea := decode(repeat('00', 32), 'hex');
begin
  seal_count := 0;
  event_count := 0;
  if p_since is not null then
    select runs.number, runs.code into v_number, v_code
    from app.audit_runs as runs where runs.sealed_at < p_since order by runs.number desc limit 1;
    v_number := coalesce(v_number, 0);
    v_code := coalesce(v_code, decode(repeat('00', 32), 'hex'));
  end if;
  for v_run in
    select runs.* from app.audit_runs as runs where runs.number > v_number order by runs.number
  loop
    v_number := v_number + 1;
    if v_version is distinct from v_run.key_version then
      v_version := v_run.key_version;
      v_key := app.audit_key('00000000-0000-0000-0000-000000000000', v_version);
    end if;
    seal_number := v_number;
    fault := case
      when v_run.number <> v_number then 'missing run'
      when v_run.previous_code <> v_code then 'altered run'
      when v_run.code <> app.audit_run_code(v_run, v_key) then 'altered run'
      when v_run.seals_digest <> app.audit_seals_digest(v_number) then 'seals of this run altered or cut off'
    end;
    exit when fault is not null;
    v_code := v_run.code;
    seal_count := seal_count + 1;
  end loop;
  if fault is null and exists (
    select from app.audit_seals as seals where seals.run_number > v_number
  ) then
    fault := 'missing run';
    seal_number := v_number + 1;
  end if;
  if fault is null then
    select 'dropped month altered: ' || months.month_date into fault
    from app.audit_dropped_months as months
    where
      months.code <> app.audit_drop_code(
        months, app.audit_key('00000000-0000-0000-0000-000000000000', months.key_version)
      )
    order by months.month_date
    limit 1;
  end if;
  return next;
end
$$;

comment on function app.verify_audit_runs(timestamptz) is
'One row: how many runs of sealing were verified, and the first fault among them. seal_number is the run.';

create function app.audit_seals_digest(p_run_number bigint) returns bytea
language sql stable
set search_path = ''
as $$
  select sha256(coalesce(string_agg(seals.code, ''::bytea order by seals.org_id, seals.number), ''::bytea))
  from app.audit_seals as seals
  where seals.run_number = p_run_number
$$;

comment on function app.audit_seals_digest(bigint) is 'SHA-256 over the codes of the seals of a run.';

create function app.is_audit_month_dropped(p_month date) returns boolean
language sql stable
set search_path = ''
as $$
  select exists (select from app.audit_dropped_months as months where months.month_date = p_month)
$$;

comment on function app.is_audit_month_dropped(date) is 'Whether retention has dropped a month.';

revoke all on function app.verify_audit_runs(timestamptz) from public;
revoke all on function app.audit_seals_digest(bigint) from public;
revoke all on function app.is_audit_month_dropped(date) from public;
