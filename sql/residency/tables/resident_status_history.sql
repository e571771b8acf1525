-- What status a resident had, and since when. Written by a trigger of residents and by nothing else.
create table public.resident_status_history (
  org_id uuid not null default app.current_org(),
  id uuid not null default app.uuid_v7(),
  resident_id uuid not null,
  site_id uuid not null,
  former_status public.resident_status,
  status public.resident_status not null,
  changed_at timestamptz not null,
  created_at timestamptz not null default now(),
  created_by uuid,
  updated_at timestamptz not null default now(),
  updated_by uuid,
  version integer not null default 1,
  constraint resident_status_history_pkey primary key (org_id, id),
  constraint resident_status_history_org_id_fkey foreign key (org_id) references public.organizations (id),
  constraint resident_status_history_resident_fkey foreign key (org_id, resident_id, site_id)
  references public.residents (org_id, id, site_id) on update cascade,
  constraint resident_status_history_is_a_change check (status is distinct from former_status)
);

create index resident_status_history_resident_id_idx
on public.resident_status_history (org_id, resident_id, site_id);
create index resident_status_history_site_id_idx on public.resident_status_history (org_id, site_id, changed_at);

create trigger _200_keep
before update or delete on public.resident_status_history
for each row execute function app.keep_record();

comment on table public.resident_status_history is 'Each change of a resident''s status.';
comment on column public.resident_status_history.org_id is 'The organization that houses the resident.';
comment on column public.resident_status_history.id is 'Key within the organization; in order of time.';
comment on column public.resident_status_history.resident_id is 'Whose status.';
comment on column public.resident_status_history.site_id is 'Where the resident lives; follows them.';
comment on column public.resident_status_history.former_status is 'What it was; null for the first. PHI.';
comment on column public.resident_status_history.status is 'What it became. PHI.';
comment on column public.resident_status_history.changed_at is 'When it was entered.';
comment on column public.resident_status_history.created_at is 'When the row was made.';
comment on column public.resident_status_history.created_by is 'Who made it (auth.users), null for the system.';
comment on column public.resident_status_history.updated_at is 'When it was last changed.';
comment on column public.resident_status_history.updated_by is 'Who changed it last, null for the system.';
comment on column public.resident_status_history.version is
'Counts the writes; send back the one you read to learn of a change by another.';
