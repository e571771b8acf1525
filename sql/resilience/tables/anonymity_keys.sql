-- What makes the tags of anonymous check-ins (docs/resilience/anonymity.md): one random secret per organization, sealed
-- with the organization's data key. It is not the index key, because that one is replaced every quarter and what it
-- indexed is indexed anew: a tag cannot be, for nobody knows whose it is. Sealed, because a stolen copy of the tables
-- would otherwise hold the tags and what makes them. Private, to service_role too.
create table app.anonymity_keys (
  org_id uuid not null,
  id uuid not null default gen_random_uuid(),
  secret bytea not null,
  constraint anonymity_keys_pkey primary key (org_id, id),
  constraint anonymity_keys_org_key unique (org_id),
  constraint anonymity_keys_org_id_fkey foreign key (org_id) references public.organizations (id),
  constraint anonymity_keys_secret_sealed check (app.is_sealed(secret, 200))
);

create trigger _300_seal
before insert or update on app.anonymity_keys
for each row execute function app.seal_anonymity_key('id', 'org_id', 'null::uuid', 'secret');

comment on table app.anonymity_keys is 'What makes the tags of anonymous check-ins, per organization.';
comment on column app.anonymity_keys.org_id is 'The organization.';
comment on column app.anonymity_keys.id is 'Key within the organization.';
comment on column app.anonymity_keys.secret is
'32 random bytes as hexadecimal, sealed with the organization''s key.';
