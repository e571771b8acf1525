-- One thing that the next shift is told. What was built from a record points at it, and the words are there; what was
-- entered by hand has words of its own. An item about a resident follows them when they move; one about the site has
-- none.
create table public.handover_items (
  org_id uuid not null default app.current_org(),
  id uuid not null default app.uuid_v7(),
  handover_id uuid not null,
  resident_id uuid,
  site_id uuid not null,
  source public.handover_source not null,
  source_id uuid,
  priority public.handover_priority not null,
  occurred_at timestamptz not null,
  note bytea,
  created_at timestamptz not null default now(),
  created_by uuid,
  updated_at timestamptz not null default now(),
  updated_by uuid,
  version integer not null default 1,
  constraint handover_items_pkey primary key (org_id, id),
  constraint handover_items_org_id_fkey foreign key (org_id) references public.organizations (id),
  constraint handover_items_resident_fkey foreign key (org_id, resident_id, site_id)
  references public.residents (org_id, id, site_id) on update cascade,
  constraint handover_items_site_fkey foreign key (org_id, site_id) references public.sites (org_id, id),
  constraint handover_items_handover_fkey foreign key (org_id, handover_id) references public.handovers (org_id, id),
  constraint handover_items_source_whole check ((source = 'entered') = (source_id is null)),
  constraint handover_items_entered_has_words check (source <> 'entered' or note is not null),
  -- 2000 characters, of up to four bytes each.
  constraint handover_items_note_sealed check (app.is_sealed(note, 8081))
);

create index handover_items_resident_id_idx on public.handover_items (org_id, resident_id, site_id);
create index handover_items_site_id_idx on public.handover_items (org_id, site_id);
-- In the order in which they are read.
create index handover_items_order_idx on public.handover_items (org_id, handover_id, priority, occurred_at, id);
-- However often a handover is built, each record is in it once.
create unique index handover_items_source_key on public.handover_items (org_id, handover_id, source, source_id);

create trigger _200_guard
before insert on public.handover_items
for each row execute function app.guard_handover_item();

create trigger _210_keep
before update or delete on public.handover_items
for each row execute function app.keep_record();

comment on table public.handover_items is 'What is told in handovers.';
comment on column public.handover_items.org_id is 'The organization of the site.';
comment on column public.handover_items.id is 'Key within the organization.';
comment on column public.handover_items.handover_id is 'The handover it is part of.';
comment on column public.handover_items.resident_id is 'The resident it is about; null for the site as a whole.';
comment on column public.handover_items.site_id is
'Where the resident lives, and follows them; else the site of the handover.';
comment on column public.handover_items.source is 'The kind of record it is from. PHI.';
comment on column public.handover_items.source_id is 'The record; null for what was entered by hand.';
comment on column public.handover_items.priority is 'How much it matters. PHI.';
comment on column public.handover_items.occurred_at is 'When it happened, or was entered. PHI.';
comment on column public.handover_items.note is
'What is to be said, 1 to 2000 characters; null where the record says it. PHI, sealed.';
comment on column public.handover_items.created_at is 'When the row was made.';
comment on column public.handover_items.created_by is 'Who made it (auth.users), null for the system.';
comment on column public.handover_items.updated_at is 'When it was last changed.';
comment on column public.handover_items.updated_by is 'Who changed it last, null for the system.';
comment on column public.handover_items.version is
'Counts the writes; send back the one you read to learn of a change by another.';
