-- What in the library helps with what goes badly. Data, so that it can be corrected without a release: an opinion, for
-- which the library's own evidence is the reason.
create table public.resilience_dimension_categories (
  id uuid not null default app.uuid_v7(),
  dimension public.resilience_dimension not null,
  category public.resilience_category not null,
  weight numeric(3, 2) not null,
  created_at timestamptz not null default now(),
  created_by uuid,
  updated_at timestamptz not null default now(),
  updated_by uuid,
  version integer not null default 1,
  deleted_at timestamptz,
  constraint resilience_dimension_categories_pkey primary key (id),
  constraint resilience_dimension_categories_pair_key unique (dimension, category),
  constraint resilience_dimension_categories_weight_range check (weight > 0 and weight <= 1)
);

comment on table public.resilience_dimension_categories is
'Which categories of the library help with which dimension, and how much.';
comment on column public.resilience_dimension_categories.id is 'Key.';
comment on column public.resilience_dimension_categories.dimension is 'What goes badly.';
comment on column public.resilience_dimension_categories.category is 'What helps with it.';
comment on column public.resilience_dimension_categories.weight is
'How much, above 0 up to 1; categories that are not named do not help with it.';
comment on column public.resilience_dimension_categories.created_at is 'When the row was made.';
comment on column public.resilience_dimension_categories.created_by is 'Who made it (auth.users), null for the system.';
comment on column public.resilience_dimension_categories.updated_at is 'When it was last changed.';
comment on column public.resilience_dimension_categories.updated_by is 'Who changed it last, null for the system.';
comment on column public.resilience_dimension_categories.version is
'Counts the writes; send back the one you read to learn of a change by another.';
comment on column public.resilience_dimension_categories.deleted_at is
'When it was removed; a removed row is invisible through the API.';
