-- What a seal is over: its events by id, in their order, and the digest of each. Partitions by month, made by sealing
-- itself in schema app, go when the events of their month go.
create table app.audit_contents (
  org_id uuid not null,
  number bigint not null,
  month_date date not null,
  event_ids uuid[] not null,
  event_digests bytea not null,
  constraint audit_contents_pkey primary key (org_id, number, month_date),
  constraint audit_contents_few check (
    cardinality(event_ids) between 1 and 1000 and octet_length(event_digests) = 32 * cardinality(event_ids)
  )
) partition by range (month_date);

-- Sealing makes a month's partition before it writes there; this one stays empty.
create table app.audit_contents_default partition of app.audit_contents default;
comment on table app.audit_contents_default is 'What seals are over, of months that no partition was made for: nothing.';
alter table app.audit_contents_default enable row level security;
alter table app.audit_contents_default force row level security;
revoke all on app.audit_contents_default from public, anon, authenticated, service_role;

create trigger _200_append_only_truncate
before truncate on app.audit_contents_default
for each statement execute function app.refuse_change();

comment on table app.audit_contents is 'The events that each seal is over.';
comment on column app.audit_contents.org_id is 'Whose chain.';
comment on column app.audit_contents.number is 'The seal.';
comment on column app.audit_contents.month_date is 'First day of the month (UTC) that its events are of.';
comment on column app.audit_contents.event_ids is 'The events, in the order of transactions.';
comment on column app.audit_contents.event_digests is 'SHA-256 of each event, 32 bytes each, in the same order.';
