-- Other systems that are told what happens. The secret that signs is in the vault, shown once. A receiver that refuses
-- for days is switched off by whoever looks after it, not by us: what it missed is in the dead letters.
create table public.webhooks (
  org_id uuid not null default app.current_org(),
  id uuid not null default app.uuid_v7(),
  url text not null,
  description text not null default '',
  event_types text[] not null,
  is_active boolean not null default true,
  created_at timestamptz not null default now(),
  created_by uuid,
  updated_at timestamptz not null default now(),
  updated_by uuid,
  version integer not null default 1,
  deleted_at timestamptz,
  constraint webhooks_pkey primary key (org_id, id),
  constraint webhooks_org_id_fkey foreign key (org_id) references public.organizations (id),
  -- No user information: it would be a secret in clear.
  constraint webhooks_url_form check (
    url ~ '^https?://[^/?#@[:space:][:cntrl:]]+([/?][^#[:space:][:cntrl:]]*)?$' and length(url) <= 2000
  ),
  constraint webhooks_description_length check (length(description) <= 500),
  constraint webhooks_event_types_known check (
    cardinality(event_types) between 1 and 100 and app.are_event_types(event_types)
  )
);

comment on table public.webhooks is 'Addresses of other systems, and the events each is told of.';
comment on column public.webhooks.org_id is 'The organization that tells.';
comment on column public.webhooks.id is 'Key within the organization.';
comment on column public.webhooks.url is 'Where events are posted to. It is in the lists that administrators read, so no secret belongs in it.';
comment on column public.webhooks.description is 'What is behind it, for people, up to 500 characters.';
comment on column public.webhooks.event_types is 'Types of events, such as incident.created; a star alone stands for every type.';
comment on column public.webhooks.is_active is 'A paused webhook is told nothing; what is under way to it is cancelled.';
comment on column public.webhooks.created_at is 'When the row was made.';
comment on column public.webhooks.created_by is 'Who made it (auth.users), null for the system.';
comment on column public.webhooks.updated_at is 'When it was last changed.';
comment on column public.webhooks.updated_by is 'Who changed it last, null for the system.';
comment on column public.webhooks.version is
'Counts the writes; send back the one you read to learn of a change by another.';
comment on column public.webhooks.deleted_at is 'When it was removed; a removed row is invisible through the API.';
