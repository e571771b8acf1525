-- What an organization has decided. Which tables are purged at all, what holds without a decision and between which
-- bounds one may be made is declared with the table and compiled (app.purged_tables()): a row can only move the term,
-- and one that is out of bounds, whoever wrote it, counts as the bound.
create table public.retention_policies (
  org_id uuid not null default app.current_org(),
  table_name text not null,
  keep_for interval not null,
  created_at timestamptz not null default now(),
  created_by uuid,
  updated_at timestamptz not null default now(),
  updated_by uuid,
  version integer not null default 1,
  deleted_at timestamptz,
  constraint retention_policies_pkey primary key (org_id, table_name),
  constraint retention_policies_org_id_fkey foreign key (org_id) references public.organizations (id),
  constraint retention_policies_table_name_form check (table_name ~ '^[a-z][a-z0-9_]{0,62}$'),
  constraint retention_policies_keep_for_positive check (keep_for > interval '0')
);

comment on table public.retention_policies is
'How long an organization keeps removed rows of a table, where it has decided so; get_retention() says what holds.';
comment on column public.retention_policies.org_id is 'The organization.';
comment on column public.retention_policies.table_name is 'The table.';
comment on column public.retention_policies.keep_for is 'From removing a row until it is deleted for good.';
comment on column public.retention_policies.created_at is 'When the row was made.';
comment on column public.retention_policies.created_by is 'Who made it (auth.users), null for the system.';
comment on column public.retention_policies.updated_at is 'When it was last changed.';
comment on column public.retention_policies.updated_by is 'Who changed it last, null for the system.';
comment on column public.retention_policies.version is 'Counts the writes; send back the one you read to learn of a change by another.';
comment on column public.retention_policies.deleted_at is
'When the organization went back to the default; a removed row is invisible through the API.';
