create table public.org_ward_guests (
  org_id uuid not null default app.current_org(),
  guest_id uuid not null,
  created_at timestamptz not null default now(),
  created_by uuid,
  updated_at timestamptz not null default now(),
  updated_by uuid,
  version integer not null default 1,
  deleted_at timestamptz,
  constraint org_ward_guests_pkey primary key (org_id, guest_id),
  constraint org_ward_guests_org_id_fkey foreign key (org_id) references public.organizations (id)
);

comment on table public.org_ward_guests is 'Made up for tests: org_ward_guests.';
