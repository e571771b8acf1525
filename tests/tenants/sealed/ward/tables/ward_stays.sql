create table public.ward_stays (
  org_id uuid not null default app.current_org(),
  guest_id uuid not null,
  created_at timestamptz not null default now(),
  created_by uuid,
  updated_at timestamptz not null default now(),
  updated_by uuid,
  version integer not null default 1,
  deleted_at timestamptz,
  constraint ward_stays_pkey primary key (org_id, guest_id),
  constraint ward_stays_org_id_fkey foreign key (org_id) references public.organizations (id),
  constraint ward_stays_guest_id_fkey foreign key (guest_id) references public.sealed_guests (id)
);

comment on table public.ward_stays is 'Made up for tests: ward_stays.';
