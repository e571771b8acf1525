-- A small group of providers who support each other. That there is one, and how often it meets, is for its people and
-- those who look after it; what is said in it is for its members only.
create table public.provider_support_circles (
  org_id uuid not null default app.current_org(),
  id uuid not null default app.uuid_v7(),
  name text not null,
  meeting_frequency public.meeting_frequency not null,
  max_members smallint not null default 12,
  facilitator_id uuid,
  facilitator_practitioner_id uuid,
  is_active boolean not null default true,
  created_at timestamptz not null default now(),
  created_by uuid,
  updated_at timestamptz not null default now(),
  updated_by uuid,
  version integer not null default 1,
  deleted_at timestamptz,
  constraint provider_support_circles_pkey primary key (org_id, id),
  constraint provider_support_circles_org_id_fkey foreign key (org_id) references public.organizations (id),
  constraint provider_support_circles_facilitator_id_fkey foreign key (facilitator_id)
  references auth.users (id) on delete set null,
  constraint provider_support_circles_facilitator_practitioner_id_fkey foreign key (facilitator_practitioner_id)
  references public.fhir_practitioners (id),
  constraint provider_support_circles_facilitator_practitioner_fkey foreign key (org_id, facilitator_practitioner_id)
  references public.org_practitioners (org_id, practitioner_id),
  constraint provider_support_circles_name_length check (length(name) between 1 and 200),
  constraint provider_support_circles_max_members_range check (max_members between 3 and 30)
);

create index provider_support_circles_facilitator_id_idx on public.provider_support_circles (facilitator_id);
create index provider_support_circles_facilitator_practitioner_id_idx
on public.provider_support_circles (org_id, facilitator_practitioner_id);
create index provider_support_circles_facilitator_person_idx
on public.provider_support_circles (facilitator_practitioner_id);

create trigger _200_guard
before insert or update on public.provider_support_circles
for each row execute function app.guard_support_circle();

comment on table public.provider_support_circles is 'Support circles of providers.';
comment on column public.provider_support_circles.org_id is 'The organization it belongs to.';
comment on column public.provider_support_circles.id is 'Key within the organization.';
comment on column public.provider_support_circles.name is 'Name for people, 1 to 200 characters.';
comment on column public.provider_support_circles.meeting_frequency is 'How often it meets.';
comment on column public.provider_support_circles.max_members is 'How many can be in it, 3 to 30.';
comment on column public.provider_support_circles.facilitator_id is
'Who leads it and may add members (auth.users), a practitioner of the organization. Reads it only as a member.';
comment on column public.provider_support_circles.facilitator_practitioner_id is
'The facilitator as a practitioner; follows facilitator_id.';
comment on column public.provider_support_circles.is_active is
'Whether it still meets; else its members read it, and nobody joins or writes.';
comment on column public.provider_support_circles.created_at is 'When the row was made.';
comment on column public.provider_support_circles.created_by is 'Who made it (auth.users), null for the system.';
comment on column public.provider_support_circles.updated_at is 'When it was last changed.';
comment on column public.provider_support_circles.updated_by is 'Who changed it last, null for the system.';
comment on column public.provider_support_circles.version is 'Counts the writes; send back the one you read to learn of a change by another.';
comment on column public.provider_support_circles.deleted_at is 'When it was removed; a removed row is invisible through the API.';
