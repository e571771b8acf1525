create table public.ward_boards (
  org_id uuid not null default app.current_org(),
  id uuid not null default app.uuid_v7(),
  house_id uuid not null,
  title text not null,
  created_at timestamptz not null default now(),
  created_by uuid,
  updated_at timestamptz not null default now(),
  updated_by uuid,
  version integer not null default 1,
  deleted_at timestamptz,
  constraint ward_boards_pkey primary key (org_id, id),
  constraint ward_boards_org_id_fkey foreign key (org_id) references public.organizations (id)
);

comment on table public.ward_boards is 'Made up for tests: ward_boards.';
