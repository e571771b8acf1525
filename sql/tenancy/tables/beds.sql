-- A place for one person in a room. Who has it, and who had, is in bed_stays; a bed alone says nothing about anybody.
create table public.beds (
  org_id uuid not null default app.current_org(),
  id uuid not null default app.uuid_v7(),
  site_id uuid not null,
  room_id uuid not null,
  name text not null,
  is_active boolean not null default true,
  created_at timestamptz not null default now(),
  created_by uuid,
  updated_at timestamptz not null default now(),
  updated_by uuid,
  version integer not null default 1,
  deleted_at timestamptz,
  constraint beds_pkey primary key (org_id, id),
  constraint beds_org_id_fkey foreign key (org_id) references public.organizations (id),
  constraint beds_room_fkey foreign key (org_id, site_id, room_id) references public.rooms (org_id, site_id, id),
  -- What stays point at, so that whoever has a bed is at its site.
  constraint beds_site_key unique (org_id, site_id, id),
  constraint beds_name_length check (length(name) between 1 and 100)
);

create index beds_room_id_idx on public.beds (org_id, site_id, room_id);
create unique index beds_name_key on public.beds (org_id, room_id, name) where deleted_at is null;

comment on table public.beds is 'Beds of a room: places for one person each.';
comment on column public.beds.org_id is 'The organization of the site.';
comment on column public.beds.id is 'Key within the organization.';
comment on column public.beds.site_id is 'The site of the room.';
comment on column public.beds.room_id is 'The room it is in.';
comment on column public.beds.name is 'What it is called, 1 to 100 characters; once per room.';
comment on column public.beds.is_active is 'False while nobody can have it: under repair, or kept closed.';
comment on column public.beds.created_at is 'When the row was made.';
comment on column public.beds.created_by is 'Who made it (auth.users), null for the system.';
comment on column public.beds.updated_at is 'When it was last changed.';
comment on column public.beds.updated_by is 'Who changed it last, null for the system.';
comment on column public.beds.version is
'Counts the writes; send back the one you read to learn of a change by another.';
comment on column public.beds.deleted_at is 'When it was removed; a removed row is invisible through the API.';
