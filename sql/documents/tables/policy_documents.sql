-- Policies and procedures of the organization, one row for each version: the same code, counted on. What is in force is
-- the newest version whose day has come. What was published is not rewritten: a correction is a version.
create table public.policy_documents (
  org_id uuid not null default app.current_org(),
  id uuid not null default app.uuid_v7(),
  code text not null,
  version_no integer not null,
  title text not null,
  summary text,
  file_id uuid not null,
  effective_on date not null,
  roles public.app_role[],
  read_within_days smallint,
  archived_at timestamptz,
  created_at timestamptz not null default now(),
  created_by uuid,
  updated_at timestamptz not null default now(),
  updated_by uuid,
  version integer not null default 1,
  deleted_at timestamptz,
  constraint policy_documents_pkey primary key (org_id, id),
  constraint policy_documents_org_id_fkey foreign key (org_id) references public.organizations (id),
  constraint policy_documents_file_fkey foreign key (org_id, file_id) references public.file_uploads (org_id, id),
  constraint policy_documents_version_key unique (org_id, code, version_no),
  constraint policy_documents_code_form check (code ~ '^[a-z][a-z0-9_]{1,62}$'),
  constraint policy_documents_version_no_positive check (version_no >= 1),
  constraint policy_documents_title_length check (length(title) between 1 and 200),
  constraint policy_documents_summary_length check (length(summary) between 1 and 2000),
  constraint policy_documents_roles_some check (cardinality(roles) between 1 and 20),
  constraint policy_documents_read_within_days_range check (read_within_days between 1 and 365)
);

create unique index policy_documents_file_id_key on public.policy_documents (org_id, file_id);

create trigger _200_guard
before insert or update on public.policy_documents
for each row execute function app.guard_policy_document();

create trigger _200_keep
before update on public.policy_documents
for each row execute function app.keep_record('org_id', 'archived_at', 'deleted_at');

comment on table public.policy_documents is 'Policies for staff, in versions.';
comment on column public.policy_documents.org_id is 'The organization.';
comment on column public.policy_documents.id is 'Key within the organization.';
comment on column public.policy_documents.code is 'The policy, the same in all versions, such as safeguarding_adults.';
comment on column public.policy_documents.version_no is '1 for the first.';
comment on column public.policy_documents.title is 'What it is called, 1 to 200 characters.';
comment on column public.policy_documents.summary is 'What is new or what matters, 1 to 2,000 characters.';
comment on column public.policy_documents.file_id is 'Its text (file_uploads.id).';
comment on column public.policy_documents.effective_on is 'From which day on it is in force.';
comment on column public.policy_documents.roles is 'Who is to read it, by role; null: everybody who works here.';
comment on column public.policy_documents.read_within_days is
'Within how many days it is to be read and acknowledged, 1 to 365; null: it need not be.';
comment on column public.policy_documents.archived_at is
'When it was taken out of force without a successor; null otherwise.';
comment on column public.policy_documents.created_at is 'When the row was made.';
comment on column public.policy_documents.created_by is 'Who made it (auth.users), null for the system.';
comment on column public.policy_documents.updated_at is 'When it was last changed.';
comment on column public.policy_documents.updated_by is 'Who changed it last, null for the system.';
comment on column public.policy_documents.version is
'Counts the writes; send back the one you read to learn of a change by another.';
comment on column public.policy_documents.deleted_at is
'When it was removed; a removed row is invisible through the API.';
