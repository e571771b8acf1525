-- Who is in a circle. Members see each other; nobody else sees who seeks support.
create table public.provider_support_circle_members (
  org_id uuid not null default app.current_org(),
  id uuid not null default app.uuid_v7(),
  circle_id uuid not null,
  practitioner_id uuid not null,
  user_id uuid not null,
  joined_at timestamptz not null default now(),
  is_active boolean not null default true,
  created_at timestamptz not null default now(),
  created_by uuid,
  updated_at timestamptz not null default now(),
  updated_by uuid,
  version integer not null default 1,
  deleted_at timestamptz,
  constraint provider_support_circle_members_pkey primary key (org_id, id),
  constraint provider_support_circle_members_circle_fkey foreign key (org_id, circle_id)
  references public.provider_support_circles (org_id, id),
  constraint provider_support_circle_members_practitioner_id_fkey foreign key (practitioner_id)
  references public.fhir_practitioners (id),
  constraint provider_support_circle_members_practitioner_fkey foreign key (org_id, practitioner_id)
  references public.org_practitioners (org_id, practitioner_id),
  constraint provider_support_circle_members_user_id_fkey foreign key (user_id)
  references auth.users (id) on delete cascade,
  constraint provider_support_circle_members_circle_user_key unique (org_id, circle_id, user_id)
);

-- "My circles" begins here.
create index provider_support_circle_members_user_id_idx on public.provider_support_circle_members (user_id, org_id);
create index provider_support_circle_members_practitioner_id_idx
on public.provider_support_circle_members (org_id, practitioner_id);
create index provider_support_circle_members_person_idx on public.provider_support_circle_members (practitioner_id);

comment on table public.provider_support_circle_members is 'Members of support circles.';
comment on column public.provider_support_circle_members.org_id is 'The organization of the circle.';
comment on column public.provider_support_circle_members.id is 'Key within the organization.';
comment on column public.provider_support_circle_members.circle_id is 'The circle.';
comment on column public.provider_support_circle_members.practitioner_id is 'The member as a practitioner.';
comment on column public.provider_support_circle_members.user_id is 'The member as a signed-in person.';
comment on column public.provider_support_circle_members.joined_at is 'When they joined.';
comment on column public.provider_support_circle_members.is_active is 'False once they left.';
comment on column public.provider_support_circle_members.created_at is 'When the row was made.';
comment on column public.provider_support_circle_members.created_by is 'Who made it (auth.users), null for the system.';
comment on column public.provider_support_circle_members.updated_at is 'When it was last changed.';
comment on column public.provider_support_circle_members.updated_by is 'Who changed it last, null for the system.';
comment on column public.provider_support_circle_members.version is 'Counts the writes; send back the one you read to learn of a change by another.';
comment on column public.provider_support_circle_members.deleted_at is 'When it was removed; a removed row is invisible through the API.';
