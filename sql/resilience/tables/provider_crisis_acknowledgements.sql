-- That somebody was shown where to turn in a crisis, and saw it. Nothing of why. Whoever works here can be shown it,
-- so a practitioner is not needed.
create table public.provider_crisis_acknowledgements (
  org_id uuid not null default app.current_org(),
  id uuid not null default app.uuid_v7(),
  practitioner_id uuid default app.my_practitioner(),
  user_id uuid not null default auth.uid(),
  shown_at timestamptz not null default now(),
  acknowledged_at timestamptz,
  created_at timestamptz not null default now(),
  created_by uuid,
  updated_at timestamptz not null default now(),
  updated_by uuid,
  version integer not null default 1,
  constraint provider_crisis_acknowledgements_pkey primary key (org_id, id),
  constraint provider_crisis_acknowledgements_org_id_fkey foreign key (org_id) references public.organizations (id),
  constraint provider_crisis_acknowledgements_practitioner_id_fkey foreign key (practitioner_id)
  references public.fhir_practitioners (id),
  constraint provider_crisis_acknowledgements_practitioner_fkey foreign key (org_id, practitioner_id)
  references public.org_practitioners (org_id, practitioner_id),
  constraint provider_crisis_acknowledgements_user_id_fkey foreign key (user_id)
  references auth.users (id) on delete cascade,
  constraint provider_crisis_acknowledgements_seen_after_shown check (acknowledged_at >= shown_at)
);

create index provider_crisis_acknowledgements_person_idx
on public.provider_crisis_acknowledgements (org_id, user_id, id);
create index provider_crisis_acknowledgements_user_id_idx on public.provider_crisis_acknowledgements (user_id);
create index provider_crisis_acknowledgements_practitioner_id_idx
on public.provider_crisis_acknowledgements (org_id, practitioner_id);
create index provider_crisis_acknowledgements_practitioner_idx
on public.provider_crisis_acknowledgements (practitioner_id);

comment on table public.provider_crisis_acknowledgements is 'That crisis contacts were shown to somebody, and seen.';
comment on column public.provider_crisis_acknowledgements.org_id is 'The organization that they were working in.';
comment on column public.provider_crisis_acknowledgements.id is 'Key within the organization.';
comment on column public.provider_crisis_acknowledgements.practitioner_id is
'The person as a practitioner; null for somebody who gives no care.';
comment on column public.provider_crisis_acknowledgements.user_id is 'The person; only they read the row.';
comment on column public.provider_crisis_acknowledgements.shown_at is 'When the contacts were shown.';
comment on column public.provider_crisis_acknowledgements.acknowledged_at is
'When the person said that they had seen them; null: not yet.';
comment on column public.provider_crisis_acknowledgements.created_at is 'When the row was made.';
comment on column public.provider_crisis_acknowledgements.created_by is 'Who made it (auth.users), null for the system.';
comment on column public.provider_crisis_acknowledgements.updated_at is 'When it was last changed.';
comment on column public.provider_crisis_acknowledgements.updated_by is 'Who changed it last, null for the system.';
comment on column public.provider_crisis_acknowledgements.version is
'Counts the writes; send back the one you read to learn of a change by another.';
