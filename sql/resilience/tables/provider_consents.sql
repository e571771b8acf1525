-- Who takes part, how far, and which text they agreed to. Opt-in: without a row in force nothing of a person is
-- collected. A change of mind ends one row and begins another, so that what held at any moment can be shown.
create table public.provider_consents (
  org_id uuid not null default app.current_org(),
  id uuid not null default app.uuid_v7(),
  practitioner_id uuid not null default app.my_practitioner(),
  user_id uuid not null default auth.uid(),
  level public.participation_level not null,
  policy_version integer not null,
  given_at timestamptz not null default now(),
  withdrawn_at timestamptz,
  created_at timestamptz not null default now(),
  created_by uuid,
  updated_at timestamptz not null default now(),
  updated_by uuid,
  version integer not null default 1,
  constraint provider_consents_pkey primary key (org_id, id),
  constraint provider_consents_org_id_fkey foreign key (org_id) references public.organizations (id),
  constraint provider_consents_practitioner_id_fkey foreign key (practitioner_id)
  references public.fhir_practitioners (id),
  constraint provider_consents_practitioner_fkey foreign key (org_id, practitioner_id)
  references public.org_practitioners (org_id, practitioner_id),
  constraint provider_consents_user_id_fkey foreign key (user_id) references auth.users (id) on delete cascade,
  constraint provider_consents_policy_version_fkey foreign key (policy_version)
  references public.resilience_policies (version),
  constraint provider_consents_withdrawn_after_given check (withdrawn_at >= given_at)
);

-- One in force per person; also what every write of theirs looks up.
create unique index provider_consents_in_force_key on public.provider_consents (org_id, user_id)
where withdrawn_at is null;
create index provider_consents_practitioner_id_idx on public.provider_consents (org_id, practitioner_id);
create index provider_consents_person_idx on public.provider_consents (practitioner_id);
create index provider_consents_user_id_idx on public.provider_consents (user_id);
create index provider_consents_policy_version_idx on public.provider_consents (policy_version);

comment on table public.provider_consents is 'How far each provider takes part in the resilience hub, and since when.';
comment on column public.provider_consents.org_id is 'The organization it is about.';
comment on column public.provider_consents.id is 'Key within the organization.';
comment on column public.provider_consents.practitioner_id is 'The provider as a practitioner.';
comment on column public.provider_consents.user_id is 'The provider as a signed-in person; the owner of the row.';
comment on column public.provider_consents.level is 'How far they take part.';
comment on column public.provider_consents.policy_version is 'The version of the privacy statement they agreed to.';
comment on column public.provider_consents.given_at is 'From when it holds.';
comment on column public.provider_consents.withdrawn_at is 'Since when it holds no longer; null while it does.';
comment on column public.provider_consents.created_at is 'When the row was made.';
comment on column public.provider_consents.created_by is 'Who made it (auth.users), null for the system.';
comment on column public.provider_consents.updated_at is 'When it was last changed.';
comment on column public.provider_consents.updated_by is 'Who changed it last, null for the system.';
comment on column public.provider_consents.version is
'Counts the writes; send back the one you read to learn of a change by another.';
