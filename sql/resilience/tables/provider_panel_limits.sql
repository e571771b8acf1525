-- How much one provider can carry: set by those who plan, and what a proposal to hand over patients never exceeds.
-- Somebody without a row is handed nothing. A patient who needs somebody now is put on a panel beyond it all the same:
-- the limit is for plans, not against people.
create table public.provider_panel_limits (
  org_id uuid not null default app.current_org(),
  practitioner_id uuid not null,
  max_patients smallint not null,
  max_acuity_points numeric(6, 1) not null,
  created_at timestamptz not null default now(),
  created_by uuid,
  updated_at timestamptz not null default now(),
  updated_by uuid,
  version integer not null default 1,
  deleted_at timestamptz,
  constraint provider_panel_limits_pkey primary key (org_id, practitioner_id),
  constraint provider_panel_limits_org_id_fkey foreign key (org_id) references public.organizations (id),
  constraint provider_panel_limits_practitioner_id_fkey foreign key (practitioner_id)
  references public.fhir_practitioners (id),
  constraint provider_panel_limits_practitioner_fkey foreign key (org_id, practitioner_id)
  references public.org_practitioners (org_id, practitioner_id),
  constraint provider_panel_limits_max_patients_range check (max_patients between 0 and 1000),
  constraint provider_panel_limits_max_acuity_points_range check (max_acuity_points between 0 and 5000)
);

create index provider_panel_limits_person_idx on public.provider_panel_limits (practitioner_id);

create trigger _200_guard
before insert or update on public.provider_panel_limits
for each row execute function app.guard_panel_limits();

comment on table public.provider_panel_limits is
'How many patients, and of what acuity together, a provider can carry.';
comment on column public.provider_panel_limits.org_id is 'The organization.';
comment on column public.provider_panel_limits.practitioner_id is 'The provider.';
comment on column public.provider_panel_limits.max_patients is 'How many patients at most, 0 to 1000.';
comment on column public.provider_panel_limits.max_acuity_points is
'How many points of acuity of all patients together at most, 0 to 5000.';
comment on column public.provider_panel_limits.created_at is 'When the row was made.';
comment on column public.provider_panel_limits.created_by is 'Who made it (auth.users), null for the system.';
comment on column public.provider_panel_limits.updated_at is 'When it was last changed.';
comment on column public.provider_panel_limits.updated_by is 'Who changed it last, null for the system.';
comment on column public.provider_panel_limits.version is
'Counts the writes; send back the one you read to learn of a change by another.';
comment on column public.provider_panel_limits.deleted_at is
'When it was removed; a removed row is invisible through the API.';
