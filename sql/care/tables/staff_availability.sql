-- What somebody says about when they can work; set by set_my_availability(). Stretches of one person never overlap. It
-- says that and not why: a reason would be about health or family.
create table public.staff_availability (
  org_id uuid not null default app.current_org(),
  id uuid not null default app.uuid_v7(),
  user_id uuid not null,
  kind public.availability_kind not null,
  starts_at timestamptz not null,
  ends_at timestamptz not null,
  created_at timestamptz not null default now(),
  created_by uuid,
  updated_at timestamptz not null default now(),
  updated_by uuid,
  version integer not null default 1,
  deleted_at timestamptz,
  constraint staff_availability_pkey primary key (org_id, id),
  constraint staff_availability_org_id_fkey foreign key (org_id) references public.organizations (id),
  constraint staff_availability_user_fkey foreign key (org_id, user_id)
  references public.staff_members (org_id, user_id),
  constraint staff_availability_ends_after_start check (
    ends_at > starts_at and ends_at - starts_at <= interval '400 days'
  ),
  constraint staff_availability_once exclude using gist (
    org_id with =, user_id with =, tstzrange(starts_at, ends_at) with &&
  ) where (deleted_at is null)
);

create index staff_availability_user_idx on public.staff_availability (org_id, user_id, starts_at);

comment on table public.staff_availability is 'When staff cannot work, and when they would like to.';
comment on column public.staff_availability.org_id is 'The organization they work for.';
comment on column public.staff_availability.id is 'Key within the organization.';
comment on column public.staff_availability.user_id is 'Who says it (a member of staff).';
comment on column public.staff_availability.kind is
'unavailable: they are not assigned. preferred: they are asked first.';
comment on column public.staff_availability.starts_at is 'From when.';
comment on column public.staff_availability.ends_at is 'Until when, at most 400 days later.';
comment on column public.staff_availability.created_at is 'When the row was made.';
comment on column public.staff_availability.created_by is 'Who made it (auth.users), null for the system.';
comment on column public.staff_availability.updated_at is 'When it was last changed.';
comment on column public.staff_availability.updated_by is 'Who changed it last, null for the system.';
comment on column public.staff_availability.version is
'Counts the writes; send back the one you read to learn of a change by another.';
comment on column public.staff_availability.deleted_at is
'When it was removed; a removed row is invisible through the API.';
