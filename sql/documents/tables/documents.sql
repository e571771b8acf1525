-- Papers that not everybody at a site may read: evidence of an incident, a certificate or a check of a member of staff.
-- Each says what it belongs to (entity_type, entity_id); what it looks like is in its versions. About a resident, it
-- follows them.
create table public.documents (
  org_id uuid not null default app.current_org(),
  id uuid not null default app.uuid_v7(),
  site_id uuid,
  resident_id uuid,
  user_id uuid,
  entity_type text not null,
  entity_id uuid,
  title bytea not null,
  version_no integer not null default 1,
  expires_on date,
  archived_at timestamptz,
  created_at timestamptz not null default now(),
  created_by uuid,
  updated_at timestamptz not null default now(),
  updated_by uuid,
  version integer not null default 1,
  deleted_at timestamptz,
  constraint documents_pkey primary key (org_id, id),
  constraint documents_org_id_fkey foreign key (org_id) references public.organizations (id),
  constraint documents_resident_fkey foreign key (org_id, resident_id, site_id)
  references public.residents (org_id, id, site_id) on update cascade,
  constraint documents_site_fkey foreign key (org_id, site_id) references public.sites (org_id, id),
  constraint documents_user_id_fkey foreign key (org_id, user_id)
  references public.staff_members (org_id, user_id),
  -- What versions point at, so that they are where their document is.
  constraint documents_site_key unique (org_id, id, site_id),
  constraint documents_resident_has_site check (resident_id is null or site_id is not null),
  constraint documents_entity_type_form check (entity_type ~ '^[a-z][a-z0-9_]{1,62}$'),
  constraint documents_title_sealed check (app.is_sealed(title, 881)),
  constraint documents_version_no_positive check (version_no >= 1)
);

create index documents_resident_id_idx on public.documents (org_id, resident_id, site_id);
create index documents_site_id_idx on public.documents (org_id, site_id, id);
create index documents_user_id_idx on public.documents (org_id, user_id);
create index documents_entity_idx on public.documents (org_id, entity_type, entity_id);
create index documents_expires_on_idx on public.documents (org_id, expires_on) where archived_at is null;

create trigger _200_guard
before insert or update on public.documents
for each row execute function app.guard_document();

comment on table public.documents is 'Restricted documents of sites, residents and members of staff, in versions.';
comment on column public.documents.org_id is 'The organization.';
comment on column public.documents.id is 'Key within the organization.';
comment on column public.documents.site_id is 'The site it is of; follows the resident. Null: the organization''s.';
comment on column public.documents.resident_id is 'The resident it is about, if it is about one.';
comment on column public.documents.user_id is
'The member of staff whose paper it is (staff_members.user_id); null: nobody''s.';
comment on column public.documents.entity_type is 'What it belongs to, such as incident or training_record.';
comment on column public.documents.entity_id is 'Which one; null: none in particular.';
comment on column public.documents.title is
'What it is called, 1 to 200 characters. Sealed with the organization''s key.';
comment on column public.documents.version_no is 'Its newest version.';
comment on column public.documents.expires_on is 'The last day on which it holds; null without an end.';
comment on column public.documents.archived_at is 'When it was put away; null while it is in use.';
comment on column public.documents.created_at is 'When the row was made.';
comment on column public.documents.created_by is 'Who made it (auth.users), null for the system.';
comment on column public.documents.updated_at is 'When it was last changed.';
comment on column public.documents.updated_by is 'Who changed it last, null for the system.';
comment on column public.documents.version is
'Counts the writes; send back the one you read to learn of a change by another.';
comment on column public.documents.deleted_at is 'When it was removed; a removed row is invisible through the API.';
