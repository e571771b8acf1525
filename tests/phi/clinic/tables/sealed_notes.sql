create table public.sealed_notes (
  org_id uuid not null default app.current_org(),
  id uuid not null default app.uuid_v7(),
  resident_id uuid not null,
  note bytea not null,
  created_at timestamptz not null default now(),
  created_by uuid,
  updated_at timestamptz not null default now(),
  updated_by uuid,
  version integer not null default 1,
  deleted_at timestamptz,
  constraint sealed_notes_pkey primary key (org_id, id),
  constraint sealed_notes_org_id_fkey foreign key (org_id) references public.organizations (id),
  constraint sealed_notes_note_sealed check (app.is_sealed(note))
);

comment on table public.sealed_notes is 'Made up for tests: sealed_notes.';
