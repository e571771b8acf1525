-- The versions of restricted documents: which file was the document, from when on. Nothing is replaced; a new version
-- is a new row.
create table public.document_versions (
  org_id uuid not null default app.current_org(),
  id uuid not null default app.uuid_v7(),
  document_id uuid not null,
  site_id uuid,
  user_id uuid,
  version_no integer not null,
  file_id uuid not null,
  added_at timestamptz not null default now(),
  added_by uuid default auth.uid(),
  constraint document_versions_pkey primary key (org_id, id),
  constraint document_versions_org_id_fkey foreign key (org_id) references public.organizations (id),
  constraint document_versions_document_fkey foreign key (org_id, document_id)
  references public.documents (org_id, id),
  constraint document_versions_place_fkey foreign key (org_id, document_id, site_id)
  references public.documents (org_id, id, site_id) on update cascade,
  constraint document_versions_site_fkey foreign key (org_id, site_id) references public.sites (org_id, id),
  constraint document_versions_user_id_fkey foreign key (org_id, user_id)
  references public.staff_members (org_id, user_id),
  constraint document_versions_file_fkey foreign key (org_id, file_id) references public.file_uploads (org_id, id),
  constraint document_versions_version_key unique (org_id, document_id, version_no),
  constraint document_versions_version_no_positive check (version_no >= 1)
);

create unique index document_versions_file_id_key on public.document_versions (org_id, file_id);
create index document_versions_place_idx on public.document_versions (org_id, document_id, site_id);
create index document_versions_site_id_idx on public.document_versions (org_id, site_id);
create index document_versions_user_id_idx on public.document_versions (org_id, user_id);

comment on table public.document_versions is 'Versions of restricted documents.';
comment on column public.document_versions.org_id is 'The organization.';
comment on column public.document_versions.id is 'Key within the organization.';
comment on column public.document_versions.document_id is 'The document.';
comment on column public.document_versions.site_id is 'The site of the document; follows it.';
comment on column public.document_versions.user_id is 'The member of staff whose paper it is, as the document says.';
comment on column public.document_versions.version_no is '1 for the first.';
comment on column public.document_versions.file_id is 'Its file (file_uploads.id).';
comment on column public.document_versions.added_at is 'When it was added.';
comment on column public.document_versions.added_by is 'Who added it (auth.users).';
