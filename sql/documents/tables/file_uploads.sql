-- A file as the storage knows it: begun, uploaded, looked at by the scanner. Who may read its bytes is decided by the
-- record that it is attached to and not here (app.may_read_object). Its path is made of two ids, so nothing that a
-- path, a log or an address shows says whose file it is.
create table public.file_uploads (
  org_id uuid not null default app.current_org(),
  id uuid not null default app.uuid_v7(),
  bucket_id public.storage_bucket not null,
  object_path text not null generated always as (org_id::text || '/' || id::text) stored,
  file_name bytea not null,
  mime_type text not null,
  byte_size bigint not null,
  sha256 bytea not null,
  resident_id uuid,
  site_id uuid,
  uploaded_by uuid not null default auth.uid(),
  uploaded_at timestamptz,
  scan_status public.scan_status not null default 'pending',
  scanned_at timestamptz,
  created_at timestamptz not null default now(),
  created_by uuid,
  updated_at timestamptz not null default now(),
  updated_by uuid,
  version integer not null default 1,
  deleted_at timestamptz,
  constraint file_uploads_pkey primary key (org_id, id),
  constraint file_uploads_org_id_fkey foreign key (org_id) references public.organizations (id),
  constraint file_uploads_resident_fkey foreign key (org_id, resident_id, site_id)
  references public.residents (org_id, id, site_id) on update cascade,
  constraint file_uploads_site_fkey foreign key (org_id, site_id) references public.sites (org_id, id),
  constraint file_uploads_uploaded_by_fkey foreign key (uploaded_by) references auth.users (id),
  constraint file_uploads_resident_has_site check (resident_id is null or site_id is not null),
  constraint file_uploads_file_name_sealed check (app.is_sealed(file_name, 881)),
  constraint file_uploads_mime_type_length check (length(mime_type) between 3 and 100),
  constraint file_uploads_byte_size_range check (byte_size between 1 and 104857600),
  constraint file_uploads_sha256_length check (length(sha256) = 32),
  constraint file_uploads_scanned_after_upload check (scan_status = 'pending' or uploaded_at is not null),
  constraint file_uploads_scanned_at_known check ((scanned_at is null) = (scan_status = 'pending'))
);

create unique index file_uploads_object_path_key on public.file_uploads (org_id, bucket_id, object_path);
create index file_uploads_resident_id_idx on public.file_uploads (org_id, resident_id, site_id);
create index file_uploads_site_id_idx on public.file_uploads (org_id, site_id);
create index file_uploads_uploaded_by_idx on public.file_uploads (uploaded_by);
-- "My uploads", newest first.
create index file_uploads_person_idx on public.file_uploads (org_id, uploaded_by, id);
-- What the scanner has not seen yet, oldest first.
create index file_uploads_unscanned_idx on public.file_uploads (uploaded_at)
where scan_status = 'pending' and uploaded_at is not null;

create trigger _200_guard
before insert or update on public.file_uploads
for each row execute function app.guard_file_upload();

create trigger _200_place
after insert on public.file_uploads
for each row execute function app.guard_upload_place();

comment on table public.file_uploads is 'Files that were uploaded or are about to be.';
comment on column public.file_uploads.org_id is 'The organization.';
comment on column public.file_uploads.id is 'Key within the organization.';
comment on column public.file_uploads.bucket_id is 'Where it is kept.';
comment on column public.file_uploads.object_path is 'Where in the bucket: <org_id>/<id>.';
comment on column public.file_uploads.file_name is
'What the uploader calls it, 1 to 200 characters. Sealed with the organization''s key.';
comment on column public.file_uploads.mime_type is 'What it is, of the types that its bucket takes.';
comment on column public.file_uploads.byte_size is 'How long it is, in bytes.';
comment on column public.file_uploads.sha256 is
'SHA-256 of its bytes, as the uploader announced it; compared with what arrived.';
comment on column public.file_uploads.resident_id is 'The resident it is about, if it is about one.';
comment on column public.file_uploads.site_id is 'The site it is of; follows the resident. Null: the organization''s.';
comment on column public.file_uploads.uploaded_by is 'Who uploads it (auth.users).';
comment on column public.file_uploads.uploaded_at is 'When all of it had arrived; null before.';
comment on column public.file_uploads.scan_status is 'What the scanner says of it.';
comment on column public.file_uploads.scanned_at is 'When the scanner said so; null before.';
comment on column public.file_uploads.created_at is 'When the row was made.';
comment on column public.file_uploads.created_by is 'Who made it (auth.users), null for the system.';
comment on column public.file_uploads.updated_at is 'When it was last changed.';
comment on column public.file_uploads.updated_by is 'Who changed it last, null for the system.';
comment on column public.file_uploads.version is
'Counts the writes; send back the one you read to learn of a change by another.';
comment on column public.file_uploads.deleted_at is 'When it was removed; a removed row is invisible through the API.';
