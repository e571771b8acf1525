-- One row per batch in a worker's hands, not one per message. A worker that is alive prolongs it; when it ends, what
-- was not settled becomes claimable again.
-- No stamp columns: written by workers only. It belongs to nobody: a batch is of many organizations.
create table app.notification_leases (
  id uuid not null default app.uuid_v7(),
  worker text not null,
  ends_at timestamptz not null,
  org_ids uuid[] not null,
  notification_ids uuid[] not null,
  attempt_counts smallint[] not null,
  constraint notification_leases_pkey primary key (id),
  constraint notification_leases_worker_length check (length(worker) between 1 and 200),
  constraint notification_leases_batch_size check (cardinality(notification_ids) between 1 and 10000),
  constraint notification_leases_same_size check (
    cardinality(org_ids) = cardinality(notification_ids) and cardinality(attempt_counts) = cardinality(notification_ids)
  )
) with (fillfactor = 50);

comment on table app.notification_leases is 'Batches of messages that workers have claimed.';
comment on column app.notification_leases.id is 'Key.';
comment on column app.notification_leases.worker is 'Who has it: machine and process.';
comment on column app.notification_leases.ends_at is 'Until when, unless it is prolonged.';
comment on column app.notification_leases.org_ids is 'The organization of each message.';
comment on column app.notification_leases.notification_ids is 'The messages.';
comment on column app.notification_leases.attempt_counts is
'How many attempts each had when it was claimed: one that has more since has been dealt with.';
