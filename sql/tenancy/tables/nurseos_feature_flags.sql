-- What is for sale, and whether it is switched on for everyone. What is said for one organization is in
-- organization_feature_flags; app.organization_features() decides.
create table public.nurseos_feature_flags (
  id uuid not null default app.uuid_v7(),
  feature_key text not null,
  feature_name text not null,
  description text,
  is_enabled_globally boolean not null default false,
  required_license_tier public.license_tier not null default 'standard',
  created_at timestamptz not null default now(),
  created_by uuid,
  updated_at timestamptz not null default now(),
  updated_by uuid,
  version integer not null default 1,
  rollout_percent smallint not null default 100,
  is_hidden_when_standalone boolean not null default false,
  constraint nurseos_feature_flags_pkey primary key (id),
  constraint nurseos_feature_flags_feature_key_key unique (feature_key),
  constraint nurseos_feature_flags_feature_key_form check (feature_key ~ '^[a-z][a-z0-9_]{1,62}$'),
  constraint nurseos_feature_flags_texts_short check (
    length(feature_name) between 1 and 200 and length(description) <= 2000
  ),
  constraint nurseos_feature_flags_rollout_percent_range check (rollout_percent between 0 and 100)
);

comment on table public.nurseos_feature_flags is 'Features that can be switched on and off, and the licence each needs.';
comment on column public.nurseos_feature_flags.id is 'Key.';
comment on column public.nurseos_feature_flags.feature_key is 'Stable name that code asks for, such as resilience_hub.';
comment on column public.nurseos_feature_flags.feature_name is 'Name for people.';
comment on column public.nurseos_feature_flags.description is 'What the feature gives.';
comment on column public.nurseos_feature_flags.is_enabled_globally is
'On for every organization whose licence includes it, as far as it is rolled out.';
comment on column public.nurseos_feature_flags.required_license_tier is 'The lowest tier that includes the feature.';
comment on column public.nurseos_feature_flags.created_at is 'When the row was made.';
comment on column public.nurseos_feature_flags.created_by is 'Who made it (auth.users), null for the system.';
comment on column public.nurseos_feature_flags.updated_at is 'When it was last changed.';
comment on column public.nurseos_feature_flags.updated_by is 'Who changed it last, null for the system.';
comment on column public.nurseos_feature_flags.version is 'Counts the writes; send back the one you read to learn of a change by another.';
comment on column public.nurseos_feature_flags.rollout_percent is
'To how many percent of the organizations it is rolled out; a larger figure takes it from nobody who has it.';
comment on column public.nurseos_feature_flags.is_hidden_when_standalone is
'About patients: off in an organization that is standalone by its settings.';
