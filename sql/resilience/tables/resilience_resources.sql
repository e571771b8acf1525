-- Where to turn: crisis lines, services, things to read. The same for everybody.
create table public.resilience_resources (
  id uuid not null default app.uuid_v7(),
  title text not null,
  description text,
  kind public.resilience_resource_kind not null,
  category public.resilience_category not null,
  url text,
  telephone text,
  country_code text,
  is_crisis boolean generated always as (kind = 'crisis_line') stored,
  is_active boolean not null default true,
  created_at timestamptz not null default now(),
  created_by uuid,
  updated_at timestamptz not null default now(),
  updated_by uuid,
  version integer not null default 1,
  deleted_at timestamptz,
  search_document tsvector not null generated always as (app.search_document(title, description)) stored,
  constraint resilience_resources_pkey primary key (id),
  constraint resilience_resources_texts_short check (length(title) between 1 and 200 and length(description) <= 4000),
  constraint resilience_resources_url_form check (url ~ '^https://' and length(url) <= 2000),
  constraint resilience_resources_telephone_form check (telephone ~ '^[0-9+][0-9 +-]{2,30}$'),
  constraint resilience_resources_country_code_form check (country_code ~ '^[A-Z]{2}$'),
  -- A crisis line that cannot be reached is worse than none.
  constraint resilience_resources_reachable check (url is not null or telephone is not null)
);

create index resilience_resources_category_idx on public.resilience_resources (category, title);
create index resilience_resources_search_idx on public.resilience_resources using gin (search_document);

comment on table public.resilience_resources is 'Places to turn to, of the resilience library.';
comment on column public.resilience_resources.id is 'Key.';
comment on column public.resilience_resources.title is 'Name for people, 1 to 200 characters.';
comment on column public.resilience_resources.description is 'What it offers.';
comment on column public.resilience_resources.kind is 'What it is.';
comment on column public.resilience_resources.category is 'What it helps with.';
comment on column public.resilience_resources.url is 'Where it is, https only.';
comment on column public.resilience_resources.telephone is 'Number to call or text.';
comment on column public.resilience_resources.is_crisis is
'For people in danger now: get_resilience_resources() shows it first and never leaves it out.';
comment on column public.resilience_resources.country_code is 'ISO 3166-1 alpha-2 code of where it serves; null for everywhere.';
comment on column public.resilience_resources.is_active is 'Whether it is offered now.';
comment on column public.resilience_resources.created_at is 'When the row was made.';
comment on column public.resilience_resources.created_by is 'Who made it (auth.users), null for the system.';
comment on column public.resilience_resources.updated_at is 'When it was last changed.';
comment on column public.resilience_resources.updated_by is 'Who changed it last, null for the system.';
comment on column public.resilience_resources.version is 'Counts the writes; send back the one you read to learn of a change by another.';
comment on column public.resilience_resources.deleted_at is 'When it was removed; a removed row is invisible through the API.';
comment on column public.resilience_resources.search_document is
'Title and description as they are searched: whole words as they are and by their English stems, the title first.';
