create table public.ward_guests (
  id uuid not null default app.uuid_v7(),
  user_id uuid,
  title text not null,
  blood text,
  created_at timestamptz not null default now(),
  created_by uuid,
  updated_at timestamptz not null default now(),
  updated_by uuid,
  version integer not null default 1,
  deleted_at timestamptz,
  constraint ward_guests_pkey primary key (id)
);

comment on table public.ward_guests is 'Made up for tests: ward_guests.';
