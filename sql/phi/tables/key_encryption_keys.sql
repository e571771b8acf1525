-- Which key-encryption keys there are. The key itself is in the vault under carebase_phi_kek_<version>; here is only
-- where it can be had again: a reference for a local file, the ciphertext that AWS KMS gave for KMS. Private.
-- No stamp columns: a version is made, retired and destroyed, and its own columns say when.
create table app.key_encryption_keys (
  version integer not null,
  provider text not null,
  reference text,
  ciphertext bytea,
  created_at timestamptz not null default now(),
  retired_at timestamptz,
  destroyed_at timestamptz,
  constraint key_encryption_keys_pkey primary key (version),
  constraint key_encryption_keys_version_positive check (version > 0),
  constraint key_encryption_keys_provider_known check (provider in ('vault', 'file', 'aws-kms')),
  constraint key_encryption_keys_reference_length check (length(reference) between 1 and 500),
  constraint key_encryption_keys_ciphertext_length check (length(ciphertext) between 1 and 6144),
  constraint key_encryption_keys_destroyed_after_retired check (destroyed_at is null or retired_at is not null)
);

-- One wraps new data keys; the others only open what they wrapped.
create unique index key_encryption_keys_active_key on app.key_encryption_keys ((true)) where retired_at is null;

comment on table app.key_encryption_keys is
'Versions of the key-encryption key and where each can be had again; the keys are in the vault.';
comment on column app.key_encryption_keys.version is 'Counts up from 1; the secret is carebase_phi_kek_<version>.';
comment on column app.key_encryption_keys.provider is
'Who keeps it outside the database: vault (nobody else), file, aws-kms.';
comment on column app.key_encryption_keys.reference is
'What the provider calls it: the id of a KMS key, the fingerprint of a file. Never a secret.';
comment on column app.key_encryption_keys.ciphertext is 'The key as the provider encrypted it; null where it does not.';
comment on column app.key_encryption_keys.created_at is 'Since when it wraps keys.';
comment on column app.key_encryption_keys.retired_at is 'Since when a later one does; null for the one that wraps now.';
comment on column app.key_encryption_keys.destroyed_at is
'When it was taken out of the vault; what only it wrapped is gone.';
