-- A provider who wants no more patients for a while says so here, without a reason, and nobody else reads it. Beside
-- relief it gives cover: whoever is not proposed as a receiver may have asked for that themselves.
create table public.provider_panel_pauses (
  org_id uuid not null default app.current_org(),
  practitioner_id uuid not null default app.my_practitioner(),
  user_id uuid not null default auth.uid(),
  until_date date,
  created_at timestamptz not null default now(),
  created_by uuid,
  updated_at timestamptz not null default now(),
  updated_by uuid,
  version integer not null default 1,
  constraint provider_panel_pauses_pkey primary key (org_id, practitioner_id),
  constraint provider_panel_pauses_org_id_fkey foreign key (org_id) references public.organizations (id),
  constraint provider_panel_pauses_practitioner_id_fkey foreign key (practitioner_id)
  references public.fhir_practitioners (id),
  constraint provider_panel_pauses_practitioner_fkey foreign key (org_id, practitioner_id)
  references public.org_practitioners (org_id, practitioner_id),
  constraint provider_panel_pauses_user_id_fkey foreign key (user_id) references auth.users (id) on delete cascade,
  constraint provider_panel_pauses_user_key unique (org_id, user_id)
);

create index provider_panel_pauses_person_idx on public.provider_panel_pauses (practitioner_id);
create index provider_panel_pauses_user_id_idx on public.provider_panel_pauses (user_id);

create trigger _200_guard
before insert or update on public.provider_panel_pauses
for each row execute function app.guard_panel_pause();

comment on table public.provider_panel_pauses is 'Until when a provider wants to be handed no more patients.';
comment on column public.provider_panel_pauses.org_id is 'The organization.';
comment on column public.provider_panel_pauses.practitioner_id is 'The provider as a practitioner.';
comment on column public.provider_panel_pauses.user_id is 'The provider as a signed-in person; the owner of the row.';
comment on column public.provider_panel_pauses.until_date is
'The last day of it, at most 90 days ahead; null, or a day that is over: none.';
comment on column public.provider_panel_pauses.created_at is 'When the row was made.';
comment on column public.provider_panel_pauses.created_by is 'Who made it (auth.users), null for the system.';
comment on column public.provider_panel_pauses.updated_at is 'When it was last changed.';
comment on column public.provider_panel_pauses.updated_by is 'Who changed it last, null for the system.';
comment on column public.provider_panel_pauses.version is
'Counts the writes; send back the one you read to learn of a change by another.';
