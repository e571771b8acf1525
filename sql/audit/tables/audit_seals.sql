-- The chain of an organization. A seal is over up to 1000 events of one month, and over the seal before it: its code is
-- made with a key that no row holds, so that a changed, removed, inserted or moved event does not fit. The events' own
-- digests are in app.audit_contents, which goes with its month when retention drops it; the chain stays whole.
create table app.audit_seals (
  org_id uuid not null,
  number bigint not null,
  run_number bigint not null,
  month_date date not null,
  event_count integer not null,
  contents_digest bytea not null,
  key_version smallint not null,
  previous_code bytea not null,
  code bytea not null,
  sealed_at timestamptz not null,
  constraint audit_seals_pkey primary key (org_id, number),
  constraint audit_seals_number_counts check (number >= 1),
  constraint audit_seals_codes_whole check (
    octet_length(contents_digest) = 32 and octet_length(previous_code) = 32 and octet_length(code) = 32
  )
);

create index audit_seals_run_number_idx on app.audit_seals (run_number, org_id, number);
create index audit_seals_month_date_idx on app.audit_seals (month_date);

comment on table app.audit_seals is 'The chain of each organization; a seal is over some of its events.';
comment on column app.audit_seals.org_id is 'Whose chain; the nil uuid for events of no organization.';
comment on column app.audit_seals.number is 'The place in the chain, from 1 on, without gaps.';
comment on column app.audit_seals.run_number is 'The run of sealing that made it.';
comment on column app.audit_seals.month_date is 'First day of the month (UTC) that its events are of.';
comment on column app.audit_seals.event_count is 'How many events it is over.';
comment on column app.audit_seals.contents_digest is 'SHA-256 over the ids and digests of its events.';
comment on column app.audit_seals.key_version is 'Which key the code was made with.';
comment on column app.audit_seals.previous_code is 'The code of the seal before it; zeros for the first.';
comment on column app.audit_seals.code is 'HMAC-SHA-256 over all of the above.';
comment on column app.audit_seals.sealed_at is 'When it was made.';
