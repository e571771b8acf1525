-- What is said of one feature for one organization, by two who may not do each other's part. The platform overrides:
-- a beta before the global switch, or a feature withheld (is_enabled). The organization's own administrators switch
-- off what they do not want, and on again (is_wanted); wanting never gives what the platform withholds.
create table public.organization_feature_flags (
  org_id uuid not null default app.current_org(),
  id uuid not null default app.uuid_v7(),
  feature_key text not null,
  is_enabled boolean,
  reason text,
  created_at timestamptz not null default now(),
  created_by uuid,
  updated_at timestamptz not null default now(),
  updated_by uuid,
  version integer not null default 1,
  is_wanted boolean not null default true,
  constraint organization_feature_flags_pkey primary key (org_id, id),
  constraint organization_feature_flags_org_id_fkey foreign key (org_id) references public.organizations (id),
  constraint organization_feature_flags_feature_key_fkey foreign key (feature_key)
  references public.nurseos_feature_flags (feature_key) on update cascade,
  constraint organization_feature_flags_org_feature_key unique (org_id, feature_key),
  constraint organization_feature_flags_reason_short check (length(reason) <= 500)
);

create index organization_feature_flags_feature_key_idx on public.organization_feature_flags (feature_key);

comment on table public.organization_feature_flags is
'Per organization and feature: the platform''s override of the flag, and whether the organization wants it.';
comment on column public.organization_feature_flags.org_id is 'The organization it is for.';
comment on column public.organization_feature_flags.id is 'Key within the organization.';
comment on column public.organization_feature_flags.feature_key is 'The feature.';
comment on column public.organization_feature_flags.is_enabled is
'The platform''s override, before global switch, licence and rollout; null: none.';
comment on column public.organization_feature_flags.reason is 'Why it was overridden, for those who come later.';
comment on column public.organization_feature_flags.created_at is 'When the row was made.';
comment on column public.organization_feature_flags.created_by is 'Who made it (auth.users), null for the system.';
comment on column public.organization_feature_flags.updated_at is 'When it was last changed.';
comment on column public.organization_feature_flags.updated_by is 'Who changed it last, null for the system.';
comment on column public.organization_feature_flags.version is 'Counts the writes; send back the one you read to learn of a change by another.';
comment on column public.organization_feature_flags.is_wanted is
'False where the organization''s administrators have switched it off.';
