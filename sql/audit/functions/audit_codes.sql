-- What digests and codes are over. The text of a row is that of its columns in their order, with commas and quotes that
-- leave no doubt where one ends: a column that is added later comes in with a new version of the digest, which goes on
-- to write this one as row(…)::text for what was sealed before. Whoever calls it sets time zone and date style.
create function app.audit_digest(p_event public.audit_events) returns bytea
language sql stable
return sha256(convert_to(p_event::text, 'UTF8'));

comment on function app.audit_digest(public.audit_events) is 'SHA-256 over an event as it is stored.';

create function app.audit_contents_digest(p_event_ids uuid[], p_event_digests bytea) returns bytea
language sql immutable
return sha256(convert_to(p_event_ids::text, 'UTF8') || p_event_digests);

comment on function app.audit_contents_digest(uuid[], bytea) is 'SHA-256 over what a seal is over.';

create function app.audit_seal_code(p_seal app.audit_seals, p_key bytea) returns bytea
language sql immutable
return extensions.hmac(
  convert_to(
    row(
      'carebase seal 1', (p_seal).org_id, (p_seal).number, (p_seal).run_number, (p_seal).month_date - date '2000-01-01',
      (p_seal).event_count, encode((p_seal).contents_digest, 'hex'), (p_seal).key_version,
      encode((p_seal).previous_code, 'hex'), extract(epoch from (p_seal).sealed_at)
    )::text,
    'UTF8'
  ),
  p_key, 'sha256'
);

comment on function app.audit_seal_code(app.audit_seals, bytea) is 'The code that a seal must have.';

create function app.audit_run_code(p_run app.audit_runs, p_key bytea) returns bytea
language sql immutable
return extensions.hmac(
  convert_to(
    row(
      'carebase run 1', (p_run).number, (p_run).snapshot, (p_run).cluster_id,
      extract(epoch from (p_run).era_began_at), encode((p_run).seals_digest, 'hex'), (p_run).key_version,
      encode((p_run).previous_code, 'hex'), extract(epoch from (p_run).sealed_at)
    )::text,
    'UTF8'
  ),
  p_key, 'sha256'
);

comment on function app.audit_run_code(app.audit_runs, bytea) is 'The code that a run must have.';

create function app.audit_drop_code(p_month app.audit_dropped_months, p_key bytea) returns bytea
language sql immutable
return extensions.hmac(
  convert_to(
    row(
      'carebase drop 1', (p_month).month_date - date '2000-01-01', (p_month).event_count, (p_month).run_number,
      (p_month).key_version, extract(epoch from (p_month).dropped_at)
    )::text,
    'UTF8'
  ),
  p_key, 'sha256'
);

comment on function app.audit_drop_code(app.audit_dropped_months, bytea) is 'The code that a dropped month must have.';

create function app.audit_month(p_at timestamptz) returns date
language sql immutable
return date_trunc('month', p_at at time zone 'UTC')::date;

comment on function app.audit_month(timestamptz) is 'First day of the month of a moment, in UTC.';

revoke all on function app.audit_digest(public.audit_events) from public;
revoke all on function app.audit_contents_digest(uuid[], bytea) from public;
revoke all on function app.audit_seal_code(app.audit_seals, bytea) from public;
revoke all on function app.audit_run_code(app.audit_runs, bytea) from public;
revoke all on function app.audit_drop_code(app.audit_dropped_months, bytea) from public;
revoke all on function app.audit_month(timestamptz) from public;
