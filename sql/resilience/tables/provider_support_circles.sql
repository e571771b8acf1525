-- A small group of providers who support each other. That there is one, and how often it meets, is for its people and
-- those who look after it; what is said in it is for its members only.
create table public.provider_support_circles (
  org_id uuid not null default app.current_org(),
  id uuid not null default app.uuid_v7(),
  name text not null,
  meeting_frequency public.meeting_frequency not null,
  max_members smallint not null default 12,
  is_active boolean not null default true,
  created_at timestamptz not null default now(),
  created_by uuid,
  updated_at timestamptz not null default now(),
  updated_by uuid,
  version integer not null default 1,
  deleted_at timestamptz,
  constraint provider_support_circles_pkey primary key (org_id, id),
  constraint provider_support_circles_org_id_fkey foreign key (org_id) references public.organizations (id),
  constraint provider_support_circles_name_length check (length(name) between 1 and 200),
  constraint provider_support_circles_max_members_range check (max_members between 3 and 30)
);

comment on table public.provider_support_circles is 'Support circles of providers.';
comment on column public.provider_support_circles.org_id is 'The organization it belongs to.';
comment on column public.provider_support_circles.id is 'Key within the organization.';
comment on column public.provider_support_circles.name is 'Name for people, 1 to 200 characters.';
comment on column public.provider_support_circles.meeting_frequency is 'How often it meets.';
comment on column public.provider_support_circles.max_members is 'How many can be in it, 3 to 30.';
comment on column public.provider_support_circles.is_active is 'Whether it still meets.';
comment on column public.provider_support_circles.created_at is 'When the row was made.';
comment on column public.provider_support_circles.created_by is 'Who made it (auth.users), null for the system.';
comment on column public.provider_support_circles.updated_at is 'When it was last changed.';
comment on column public.provider_support_circles.updated_by is 'Who changed it last, null for the system.';
comment on column public.provider_support_circles.version is 'Counts the writes; send back the one you read to learn of a change by another.';
comment on column public.provider_support_circles.deleted_at is 'When it was removed; a removed row is invisible through the API.';
