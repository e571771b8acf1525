create table public.ward_notes (
  org_id uuid not null default app.current_org(),
  id uuid not null default app.uuid_v7(),
  user_id uuid,
  site_id uuid,
  title text not null,
  is_shared boolean not null default false,
  diagnosis text,
  price numeric(12, 2),
  created_at timestamptz not null default now(),
  created_by uuid,
  updated_at timestamptz not null default now(),
  updated_by uuid,
  version integer not null default 1,
  deleted_at timestamptz,
  constraint ward_notes_pkey primary key (org_id, id),
  constraint ward_notes_org_id_fkey foreign key (org_id) references public.organizations (id)
);

comment on table public.ward_notes is 'Made up for tests: ward_notes.';
