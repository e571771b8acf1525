-- What a provider can learn. The same for everybody, like a library: nothing in it is about a person. A module that
-- claims evidence says which: the word alone would be advertising.
create table public.resilience_training_modules (
  id uuid not null default app.uuid_v7(),
  title text not null,
  description text,
  category public.resilience_category not null,
  content_type public.training_content_type not null,
  content_url text,
  duration_minutes smallint,
  evidence_based boolean not null default false,
  evidence text,
  is_active boolean not null default true,
  created_at timestamptz not null default now(),
  created_by uuid,
  updated_at timestamptz not null default now(),
  updated_by uuid,
  version integer not null default 1,
  deleted_at timestamptz,
  search_document tsvector not null generated always as (app.search_document(title, description)) stored,
  constraint resilience_training_modules_pkey primary key (id),
  constraint resilience_training_modules_texts_short check (
    length(title) between 1 and 200 and length(description) <= 4000 and length(evidence) between 1 and 1000
  ),
  constraint resilience_training_modules_evidence_named check (not evidence_based or evidence is not null),
  constraint resilience_training_modules_content_url_form check (
    content_url ~ '^https://' and length(content_url) <= 2000
  ),
  constraint resilience_training_modules_duration_range check (duration_minutes between 1 and 600)
);

create index resilience_training_modules_category_idx on public.resilience_training_modules (category, title);
create index resilience_training_modules_search_idx on public.resilience_training_modules using gin (search_document);

comment on table public.resilience_training_modules is 'Training modules of the resilience library.';
comment on column public.resilience_training_modules.id is 'Key.';
comment on column public.resilience_training_modules.title is 'Name for people, 1 to 200 characters.';
comment on column public.resilience_training_modules.description is 'What it teaches.';
comment on column public.resilience_training_modules.category is 'What it helps with.';
comment on column public.resilience_training_modules.content_type is 'How it is taken.';
comment on column public.resilience_training_modules.content_url is 'Where it is, https only.';
comment on column public.resilience_training_modules.duration_minutes is 'How long it takes, 1 to 600 minutes.';
comment on column public.resilience_training_modules.evidence_based is 'Whether published evidence supports it.';
comment on column public.resilience_training_modules.evidence is
'That evidence, as citations; never missing where evidence_based is true.';
comment on column public.resilience_training_modules.is_active is 'Whether it is offered now.';
comment on column public.resilience_training_modules.created_at is 'When the row was made.';
comment on column public.resilience_training_modules.created_by is 'Who made it (auth.users), null for the system.';
comment on column public.resilience_training_modules.updated_at is 'When it was last changed.';
comment on column public.resilience_training_modules.updated_by is 'Who changed it last, null for the system.';
comment on column public.resilience_training_modules.version is 'Counts the writes; send back the one you read to learn of a change by another.';
comment on column public.resilience_training_modules.deleted_at is 'When it was removed; a removed row is invisible through the API.';
comment on column public.resilience_training_modules.search_document is
'Title and description as they are searched: whole words as they are and by their English stems, the title first.';
