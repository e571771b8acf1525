-- What other systems sign in with. A key belongs to the organization, not to who made it: it outlives their job, and
-- ends by its date, by revoking, or after the overlap of a rotation. What it may do is said by roles like a person's,
-- from a short list of those that a machine can answer for.
-- The secret is nowhere; its hash is in a table of its own (api_key_hashes), so that no select here can show it.
-- No stamp columns: nobody edits a key. It is made, replaced and revoked, each by its function, and being used must
-- not count as a change.
create table public.api_keys (
  org_id uuid not null default app.current_org(),
  id uuid not null default app.uuid_v7(),
  name text not null,
  prefix text not null,
  roles public.app_role[] not null default '{service}',
  site_id uuid,
  exchanges_per_minute integer not null default 30,
  created_at timestamptz not null default now(),
  created_by uuid,
  expires_at timestamptz not null,
  last_used_at timestamptz,
  replaced_by uuid,
  revoked_at timestamptz,
  revoked_by uuid,
  constraint api_keys_pkey primary key (org_id, id),
  constraint api_keys_org_id_fkey foreign key (org_id) references public.organizations (id),
  constraint api_keys_site_fkey foreign key (org_id, site_id) references public.sites (org_id, id),
  constraint api_keys_replaced_by_fkey foreign key (org_id, replaced_by) references public.api_keys (org_id, id),
  constraint api_keys_name_length check (length(name) between 1 and 100),
  constraint api_keys_prefix_form check (prefix ~ '^[0-9a-f]{12}$'),
  -- Whatever writes here: no key governs an organization, and every key is recognizable as a machine.
  constraint api_keys_roles_safe check (
    roles <@ '{scheduler,billing,service}'::public.app_role[]
    and 'service' = any(roles)
    and array_position(roles, null) is null
  ),
  -- As for people (role_assignments): billing is over the whole organization or not at all.
  constraint api_keys_site_roles check (site_id is null or not 'billing' = any(roles)),
  constraint api_keys_lives_a_year_at_most check (
    expires_at >= created_at and expires_at <= created_at + interval '366 days'
  ),
  constraint api_keys_exchanges_bounded check (exchanges_per_minute between 1 and 600)
);

-- A token names its key by this alone: two keys of one id would make one organization's token open the other.
create unique index api_keys_id_key on public.api_keys (id);
create index api_keys_prefix_idx on public.api_keys (prefix);
create index api_keys_site_id_idx on public.api_keys (org_id, site_id);
create index api_keys_replaced_by_idx on public.api_keys (org_id, replaced_by);

comment on table public.api_keys is 'API keys of an organization''s other systems; the keys themselves are not kept.';
comment on column public.api_keys.org_id is 'The organization that the key is of.';
comment on column public.api_keys.id is 'Key of the row, and subject of the tokens that the API key is exchanged for.';
comment on column public.api_keys.name is 'What it is for, for people, 1 to 100 characters.';
comment on column public.api_keys.prefix is 'The part of the key that may be shown: cb_<prefix>_….';
comment on column public.api_keys.roles is 'What it may do: service, and what else it was given.';
comment on column public.api_keys.site_id is 'The one site that its roles are limited to; null for the whole organization.';
comment on column public.api_keys.exchanges_per_minute is 'How often a minute it can be exchanged for a token.';
comment on column public.api_keys.created_at is 'When it was made.';
comment on column public.api_keys.created_by is 'Who made it (auth.users), null for the system.';
comment on column public.api_keys.expires_at is 'When it ends, at most 366 days after it was made.';
comment on column public.api_keys.last_used_at is
'Last exchange or request that could write, to the minute; null: never.';
comment on column public.api_keys.replaced_by is 'The key that took its place, while both work or afterwards.';
comment on column public.api_keys.revoked_at is 'When it was revoked, at once; null: it was not.';
comment on column public.api_keys.revoked_by is 'Who revoked it (auth.users), null for the system.';
