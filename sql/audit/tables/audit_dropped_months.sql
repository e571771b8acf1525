-- Which months retention has dropped. The code is made with the key of the chain: who only deletes a month's events
-- cannot make it look like retention.
create table app.audit_dropped_months (
  month_date date not null,
  event_count bigint not null,
  run_number bigint not null,
  key_version smallint not null,
  code bytea not null,
  dropped_at timestamptz not null,
  constraint audit_dropped_months_pkey primary key (month_date),
  constraint audit_dropped_months_code_whole check (octet_length(code) = 32)
);

comment on table app.audit_dropped_months is 'Months whose events retention has dropped.';
comment on column app.audit_dropped_months.month_date is 'First day of the month (UTC).';
comment on column app.audit_dropped_months.event_count is 'How many events it had; all were sealed.';
comment on column app.audit_dropped_months.run_number is 'The last run of sealing before that.';
comment on column app.audit_dropped_months.key_version is 'Which key the code was made with.';
comment on column app.audit_dropped_months.code is 'HMAC-SHA-256 over all of the above.';
comment on column app.audit_dropped_months.dropped_at is 'When it was dropped.';
