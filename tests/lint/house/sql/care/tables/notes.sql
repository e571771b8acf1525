-- What a nurse writes down about a resident.
create table public.notes (
  org_id uuid not null,
  id uuid not null,
  resident_id uuid not null,
  kind public.note_kind not null,
  body text not null check (length(body) <= 4000),
  written_at timestamptz not null,
  read_on date,
  is_urgent boolean not null default false,
  created_at timestamptz not null default now(),
  created_by uuid,
  updated_at timestamptz not null default now(),
  updated_by uuid,
  version integer not null default 1,
  deleted_at timestamptz,
  constraint notes_pkey primary key (org_id, id),
  constraint notes_resident_fkey foreign key (org_id, resident_id) references public.residents (org_id, id)
);

create index notes_resident_id_idx on public.notes (org_id, resident_id);

comment on table public.notes is 'Notes about residents.';
comment on column public.notes.org_id is 'The organization.';
comment on column public.notes.id is 'Key.';
comment on column public.notes.resident_id is 'About whom.';
comment on column public.notes.kind is 'Which shift.';
comment on column public.notes.body is 'The text.';
comment on column public.notes.written_at is 'When it was written.';
comment on column public.notes.read_on is 'The day it was read.';
comment on column public.notes.is_urgent is 'Whether it cannot wait.';
comment on column public.notes.created_at is 'When the row was made.';
comment on column public.notes.created_by is 'Who made it.';
comment on column public.notes.updated_at is 'When it was changed.';
comment on column public.notes.updated_by is 'Who changed it.';
comment on column public.notes.version is 'Counts the writes.';
comment on column public.notes.deleted_at is 'When it was removed.';
