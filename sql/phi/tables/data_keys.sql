-- The keys that values are sealed with, wrapped: of an organization, of a person within one, of a person whose record
-- no organization owns, or of the installation (neither). Private, to service_role too. Destroying a key empties
-- wrapped_key and keeps the row: what it sealed is unreadable, and that it was destroyed and when stays known.
-- No stamp columns: a key is made, retired and destroyed, and its own columns say when.
create table app.data_keys (
  id uuid not null default gen_random_uuid(),
  purpose public.key_purpose not null,
  org_id uuid,
  subject_id uuid,
  version integer not null,
  kek_version integer not null,
  wrapped_key bytea,
  created_at timestamptz not null default now(),
  retired_at timestamptz,
  destroyed_at timestamptz,
  constraint data_keys_pkey primary key (id),
  constraint data_keys_org_id_fkey foreign key (org_id) references public.organizations (id),
  constraint data_keys_kek_version_fkey foreign key (kek_version) references app.key_encryption_keys (version),
  constraint data_keys_version_positive check (version > 0),
  -- 16 bytes of IV, 64 of key, a block of padding, 32 of tag.
  constraint data_keys_wrapped_length check (length(wrapped_key) = 128),
  constraint data_keys_destroyed_is_gone check ((wrapped_key is null) = (destroyed_at is not null)),
  constraint data_keys_destroyed_after_retired check (destroyed_at is null or retired_at is not null),
  constraint data_keys_index_of_organization check (purpose = 'seal' or subject_id is null)
);

create unique index data_keys_version_key on app.data_keys (
  purpose, coalesce(org_id, '00000000-0000-0000-0000-000000000000'),
  coalesce(subject_id, '00000000-0000-0000-0000-000000000000'), version
);
create unique index data_keys_active_key on app.data_keys (
  purpose, coalesce(org_id, '00000000-0000-0000-0000-000000000000'),
  coalesce(subject_id, '00000000-0000-0000-0000-000000000000')
) where retired_at is null;
create index data_keys_org_id_idx on app.data_keys (org_id);
create index data_keys_subject_id_idx on app.data_keys (subject_id) where subject_id is not null;
create index data_keys_kek_version_idx on app.data_keys (kek_version);

comment on table app.data_keys is 'Data keys by owner and version, wrapped by a key-encryption key.';
comment on column app.data_keys.id is 'Names the key in every value that it sealed. Random: it says nothing of when.';
comment on column app.data_keys.purpose is 'What it is for.';
comment on column app.data_keys.org_id is 'The organization; null for records that no organization owns.';
comment on column app.data_keys.subject_id is 'The person whose record it seals; null for a key of an organization.';
comment on column app.data_keys.version is 'Counts up with each rotation.';
comment on column app.data_keys.kek_version is 'What wraps it.';
comment on column app.data_keys.wrapped_key is
'IV, ciphertext and tag (A256CBC-HS512) of 64 random bytes; null once the key is destroyed.';
comment on column app.data_keys.created_at is 'Since when it seals.';
comment on column app.data_keys.retired_at is 'Since when a later one does; it still opens.';
comment on column app.data_keys.destroyed_at is 'Since when nothing that it sealed can be read.';
