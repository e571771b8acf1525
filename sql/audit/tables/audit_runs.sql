-- How far sealing has come, and what each run sealed. A run takes what has been committed since the run before: the two
-- snapshots say exactly what that is, so a transaction that stays open for hours holds nobody else's events back, and
-- none slips in behind. The runs are a chain of their own over all organizations: cutting the end off one
-- organization's chain leaves a run that tells of more.
create table app.audit_runs (
  number bigint not null,
  snapshot pg_snapshot not null,
  cluster_id bigint not null,
  era_began_at timestamptz not null,
  seals_digest bytea not null,
  key_version smallint not null,
  previous_code bytea not null,
  code bytea not null,
  sealed_at timestamptz not null,
  constraint audit_runs_pkey primary key (number),
  constraint audit_runs_number_counts check (number >= 1),
  constraint audit_runs_codes_whole check (
    octet_length(seals_digest) = 32 and octet_length(previous_code) = 32 and octet_length(code) = 32
  )
);

create index audit_runs_sealed_at_idx on app.audit_runs (sealed_at);

comment on table app.audit_runs is 'Each run of sealing.';
comment on column app.audit_runs.number is 'From 1 on, without gaps.';
comment on column app.audit_runs.snapshot is 'Events of transactions that it sees are sealed.';
comment on column app.audit_runs.cluster_id is 'The Postgres cluster, whose transactions are meant.';
comment on column app.audit_runs.era_began_at is
'Since when transactions are counted as now; later than the first event only where the database was restored.';
comment on column app.audit_runs.seals_digest is 'SHA-256 over the codes of the seals that it made.';
comment on column app.audit_runs.key_version is 'Which key the code was made with.';
comment on column app.audit_runs.previous_code is 'The code of the run before it; zeros for the first.';
comment on column app.audit_runs.code is 'HMAC-SHA-256 over all of the above.';
comment on column app.audit_runs.sealed_at is 'When it was made.';
