-- A room of a site in which people live or are treated. Its beds are what is given to somebody.
create table public.rooms (
  org_id uuid not null default app.current_org(),
  id uuid not null default app.uuid_v7(),
  site_id uuid not null,
  name text not null,
  floor text,
  is_active boolean not null default true,
  created_at timestamptz not null default now(),
  created_by uuid,
  updated_at timestamptz not null default now(),
  updated_by uuid,
  version integer not null default 1,
  deleted_at timestamptz,
  constraint rooms_pkey primary key (org_id, id),
  constraint rooms_org_id_fkey foreign key (org_id) references public.organizations (id),
  constraint rooms_site_fkey foreign key (org_id, site_id) references public.sites (org_id, id),
  -- What beds point at, so that a bed is always at the site of its room.
  constraint rooms_site_key unique (org_id, site_id, id),
  constraint rooms_name_length check (length(name) between 1 and 100),
  constraint rooms_floor_length check (length(floor) between 1 and 50)
);

create unique index rooms_name_key on public.rooms (org_id, site_id, name) where deleted_at is null;

comment on table public.rooms is 'Rooms of a site.';
comment on column public.rooms.org_id is 'The organization of the site.';
comment on column public.rooms.id is 'Key within the organization.';
comment on column public.rooms.site_id is 'The site it is in.';
comment on column public.rooms.name is 'Its number or name on the door, 1 to 100 characters; once per site.';
comment on column public.rooms.floor is 'The floor or wing it is on, 1 to 50 characters.';
comment on column public.rooms.is_active is 'False while nobody can live in it.';
comment on column public.rooms.created_at is 'When the row was made.';
comment on column public.rooms.created_by is 'Who made it (auth.users), null for the system.';
comment on column public.rooms.updated_at is 'When it was last changed.';
comment on column public.rooms.updated_by is 'Who changed it last, null for the system.';
comment on column public.rooms.version is
'Counts the writes; send back the one you read to learn of a change by another.';
comment on column public.rooms.deleted_at is 'When it was removed; a removed row is invisible through the API.';
