-- The hashes of API keys, apart from what administrators may read of them. Private even to service_role: only the
-- functions that make and exchange a key come here.
-- SHA-256 and no salt or stretching: a key is 256 random bits, which no list of guesses contains.
create table app.api_key_hashes (
  org_id uuid not null,
  api_key_id uuid not null,
  key_hash bytea not null,
  constraint api_key_hashes_pkey primary key (org_id, api_key_id),
  constraint api_key_hashes_key_fkey foreign key (org_id, api_key_id)
  references public.api_keys (org_id, id) on delete cascade,
  constraint api_key_hashes_sha256 check (length(key_hash) = 32)
);

comment on table app.api_key_hashes is 'SHA-256 of each API key; never readable through the API.';
comment on column app.api_key_hashes.org_id is 'The organization of the key.';
comment on column app.api_key_hashes.api_key_id is 'The key.';
comment on column app.api_key_hashes.key_hash is 'SHA-256 of the whole key, as it was shown once.';
