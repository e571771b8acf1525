-- Somebody who lives, lived or is about to live at a site. The key is the person's (patients): one row for each
-- organization and human, however often they come back. Each stay is an admission of its own.
--
-- Everything about a resident carries resident_id and site_id and points at both here, `on update cascade`: records
-- move with the resident; who works at the new site reads them from that moment on, and who does not no longer does.
create table public.residents (
  org_id uuid not null default app.current_org(),
  id uuid not null,
  site_id uuid not null,
  status public.resident_status not null default 'expected',
  preferred_name bytea,
  created_at timestamptz not null default now(),
  created_by uuid,
  updated_at timestamptz not null default now(),
  updated_by uuid,
  version integer not null default 1,
  deleted_at timestamptz,
  constraint residents_pkey primary key (org_id, id),
  constraint residents_org_id_fkey foreign key (org_id) references public.organizations (id),
  constraint residents_site_fkey foreign key (org_id, site_id) references public.sites (org_id, id),
  -- The site is that of org_patients, which says who may know the person at all.
  constraint residents_patient_fkey foreign key (org_id, id, site_id)
  references public.org_patients (org_id, patient_id, site_id) on update cascade,
  constraint residents_site_key unique (org_id, id, site_id),
  -- 100 characters, of up to four bytes each.
  constraint residents_preferred_name_sealed check (app.is_sealed(preferred_name, 481))
);

-- With the id and whether it is removed, counts and first pages of all homes read the index alone.
create index residents_site_id_idx on public.residents (org_id, site_id, status) include (id, deleted_at);

create trigger _200_guard
before insert or update on public.residents
for each row execute function app.guard_resident();

create trigger _510_history
after insert or update of status on public.residents
for each row execute function app.note_resident_status();

comment on table public.residents is 'People who live at a site, lived there or are about to.';
comment on column public.residents.org_id is 'The organization that houses them.';
comment on column public.residents.id is 'The person (patients.id).';
comment on column public.residents.site_id is 'Where they live now, or lived last. Their records follow it.';
comment on column public.residents.status is 'Where they are in their stay.';
comment on column public.residents.preferred_name is
'What they want to be called, 1 to 100 characters. PHI, sealed with the person''s own key.';
comment on column public.residents.created_at is 'When the row was made.';
comment on column public.residents.created_by is 'Who made it (auth.users), null for the system.';
comment on column public.residents.updated_at is 'When it was last changed.';
comment on column public.residents.updated_by is 'Who changed it last, null for the system.';
comment on column public.residents.version is
'Counts the writes; send back the one you read to learn of a change by another.';
comment on column public.residents.deleted_at is 'When it was removed; a removed row is invisible through the API.';
