create table public.sealed_guests (
  id uuid not null default app.uuid_v7(),
  user_id uuid,
  guest_name bytea not null,
  guest_name_index bytea,
  story bytea,
  created_at timestamptz not null default now(),
  created_by uuid,
  updated_at timestamptz not null default now(),
  updated_by uuid,
  version integer not null default 1,
  deleted_at timestamptz,
  constraint sealed_guests_pkey primary key (id),
  constraint sealed_guests_user_id_fkey foreign key (user_id) references auth.users (id) on delete set null,
  constraint sealed_guests_guest_name_sealed check (app.is_sealed(guest_name)),
  constraint sealed_guests_story_sealed check (app.is_sealed(story)),
  constraint sealed_guests_index_length check (length(guest_name_index) = 4)
);

create index sealed_guests_guest_name_idx on public.sealed_guests (guest_name_index);

comment on table public.sealed_guests is 'Made up for tests: sealed_guests.';
