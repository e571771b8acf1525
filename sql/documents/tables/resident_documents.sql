-- Documents of a resident, one row for each version: the same document_id, counted on. They move with the resident.
-- What is shared is read by the resident, and by relatives whom the resident lets know about documents.
create table public.resident_documents (
  org_id uuid not null default app.current_org(),
  id uuid not null default app.uuid_v7(),
  resident_id uuid not null,
  site_id uuid not null,
  document_id uuid not null,
  version_no integer not null,
  is_current boolean not null default true,
  category public.resident_document_category not null,
  title bytea not null,
  file_id uuid not null,
  is_shared boolean not null default false,
  expires_on date,
  archived_at timestamptz,
  created_at timestamptz not null default now(),
  created_by uuid,
  updated_at timestamptz not null default now(),
  updated_by uuid,
  version integer not null default 1,
  deleted_at timestamptz,
  constraint resident_documents_pkey primary key (org_id, id),
  constraint resident_documents_org_id_fkey foreign key (org_id) references public.organizations (id),
  constraint resident_documents_resident_fkey foreign key (org_id, resident_id, site_id)
  references public.residents (org_id, id, site_id) on update cascade,
  constraint resident_documents_file_fkey foreign key (org_id, file_id) references public.file_uploads (org_id, id),
  constraint resident_documents_version_key unique (org_id, document_id, version_no),
  constraint resident_documents_title_sealed check (app.is_sealed(title, 881)),
  constraint resident_documents_version_no_positive check (version_no >= 1)
);

create unique index resident_documents_current_key on public.resident_documents (org_id, document_id)
where is_current;
create unique index resident_documents_file_id_key on public.resident_documents (org_id, file_id);
create index resident_documents_resident_id_idx on public.resident_documents (org_id, resident_id, site_id);
create index resident_documents_site_id_idx on public.resident_documents (org_id, site_id, id);
create index resident_documents_expires_on_idx on public.resident_documents (org_id, expires_on)
where is_current and archived_at is null;

create trigger _200_guard
before insert or update on public.resident_documents
for each row execute function app.guard_resident_document();

create trigger _500_version
before insert on public.resident_documents
for each row execute function app.number_resident_document();

comment on table public.resident_documents is 'Documents of residents, in versions.';
comment on column public.resident_documents.org_id is 'The organization.';
comment on column public.resident_documents.id is 'Key within the organization.';
comment on column public.resident_documents.resident_id is 'Whose document it is.';
comment on column public.resident_documents.site_id is 'Where the resident lives; follows them.';
comment on column public.resident_documents.document_id is 'The same in all versions: the id of the first one.';
comment on column public.resident_documents.version_no is '1 for the first.';
comment on column public.resident_documents.is_current is 'Whether it is the newest version.';
comment on column public.resident_documents.category is 'What it is.';
comment on column public.resident_documents.title is
'What it is called, 1 to 200 characters. PHI, sealed with the person''s own key.';
comment on column public.resident_documents.file_id is 'Its file (file_uploads.id).';
comment on column public.resident_documents.is_shared is 'Whether the resident, and relatives who may know, read it.';
comment on column public.resident_documents.expires_on is 'The last day on which it holds; null without an end.';
comment on column public.resident_documents.archived_at is 'When it was put away; null while it is in use.';
comment on column public.resident_documents.created_at is 'When the row was made.';
comment on column public.resident_documents.created_by is 'Who made it (auth.users), null for the system.';
comment on column public.resident_documents.updated_at is 'When it was last changed.';
comment on column public.resident_documents.updated_by is 'Who changed it last, null for the system.';
comment on column public.resident_documents.version is
'Counts the writes; send back the one you read to learn of a change by another.';
comment on column public.resident_documents.deleted_at is
'When it was removed; a removed row is invisible through the API.';
