-- What happened. Appended without waiting for anyone; sealed afterwards (app.audit_seals). Never a protected value in
-- clear: of such a column it says only that it changed.
--
-- No foreign keys: an event outlives whom and what it tells of. Events of no organization carry the nil uuid.
--
-- What somebody did with a row that is their own, in a table that nobody reads across the organization, is told
-- without a name: no person, session, address or key of the row, a random id, and the hour instead of the time,
-- for whoever sees sessions knows who was there at a moment. Nobody reads such an event through the API.
--
-- Only functions of ours write it: they cut texts (app.audit); keys, changes and subjects are those of rows and pages
-- that are bounded themselves.
--
-- Partitions by month live in schema app, made ahead by app.make_audit_partitions(). The default one takes in what
-- no partition was made for: audit is never the reason why an allowed change fails.
create table public.audit_events (
  org_id uuid not null,
  id uuid not null default app.uuid_v7(),
  occurred_at timestamptz not null default clock_timestamp(),
  transaction_id xid8 not null default pg_current_xact_id(),
  action public.audit_action not null,
  outcome public.audit_outcome not null default 'success',
  is_concealed boolean not null default false,
  actor_id uuid,
  actor_roles public.app_role[] not null default '{}',
  session_id uuid,
  api_key_id uuid,
  database_role text not null,
  ip_address text,
  user_agent text,
  request_id text,
  table_name text,
  row_key jsonb,
  operation text,
  changes jsonb,
  subject_ids uuid[],
  purpose text,
  consent_id uuid,
  constraint audit_events_pkey primary key (org_id, id, occurred_at),
  constraint audit_events_concealed_unnamed check (
    not is_concealed or (
      num_nonnulls(actor_id, session_id, ip_address, user_agent, request_id, row_key, subject_ids) = 0
      and occurred_at = date_trunc('hour', occurred_at, 'UTC')
    )
  )
) partition by range (occurred_at);

create table app.audit_events_default partition of public.audit_events default;
comment on table app.audit_events_default is 'Events that no partition was made for.';
alter table app.audit_events_default enable row level security;
alter table app.audit_events_default force row level security;
revoke all on app.audit_events_default from public, anon, authenticated, service_role;

create trigger _200_append_only_truncate
before truncate on app.audit_events_default
for each statement execute function app.refuse_change();

create index audit_events_occurred_at_idx on public.audit_events (org_id, occurred_at);
create index audit_events_actor_id_idx on public.audit_events (org_id, actor_id, occurred_at);
create index audit_events_table_name_idx on public.audit_events (org_id, table_name, occurred_at);
-- Sealing finds what is new by transaction.
create index audit_events_transaction_id_idx on public.audit_events (transaction_id);

create policy floor_told on public.audit_events
as restrictive for select to authenticated
using (not is_concealed);
comment on policy floor_told on public.audit_events is
'Whatever else is allowed: what somebody did with rows of their own is told to nobody.';

comment on table public.audit_events is 'The audit trail: append-only, sealed in a chain per organization.';
comment on column public.audit_events.org_id is
'The organization it concerns: the row''s, else the one that the person acted in; the nil uuid for none.';
comment on column public.audit_events.id is 'Key.';
comment on column public.audit_events.occurred_at is 'When it happened; of a concealed event the hour only.';
comment on column public.audit_events.transaction_id is
'The transaction that did it, for sealing; no role of the API reads it.';
comment on column public.audit_events.action is 'What was done.';
comment on column public.audit_events.outcome is 'Whether it succeeded.';
comment on column public.audit_events.is_concealed is
'Whether somebody did it with a row of their own that is nobody else''s to see: told without a name, and to nobody.';
comment on column public.audit_events.actor_id is 'The person who did it; null for the system and for an API key.';
comment on column public.audit_events.actor_roles is 'Their roles in the active organization at that moment.';
comment on column public.audit_events.session_id is 'The session of the auth layer.';
comment on column public.audit_events.api_key_id is 'The API key, if a machine did it.';
comment on column public.audit_events.database_role is 'The role of the database connection.';
comment on column public.audit_events.ip_address is 'The address that the gateway saw.';
comment on column public.audit_events.user_agent is 'The program that the gateway saw, 300 characters at most.';
comment on column public.audit_events.request_id is 'The gateway''s id of the request.';
comment on column public.audit_events.table_name is 'The table, with its schema.';
comment on column public.audit_events.row_key is 'Primary key of the row.';
comment on column public.audit_events.operation is 'The RPC or job, where no single row was changed.';
comment on column public.audit_events.changes is
'Column to [old, new], a protected column to "changed"; only columns that changed.';
comment on column public.audit_events.subject_ids is 'The patients or residents whose data were read.';
comment on column public.audit_events.purpose is 'Why protected data were read, 200 characters at most.';
comment on column public.audit_events.consent_id is 'The consent it was done under.';
