-- What was done with or seen of a resident, hour by hour. Never rewritten: a correction is a note of its own that
-- names the one it corrects, and a retraction is a correction that says nothing but that. Amounts stay in clear,
-- because days are summed up by them; the words are sealed.
create table public.daily_notes (
  org_id uuid not null default app.current_org(),
  id uuid not null default app.uuid_v7(),
  resident_id uuid not null,
  site_id uuid not null,
  kind public.daily_note_kind not null,
  occurred_at timestamptz not null,
  recorded_at timestamptz not null default app.clock(),
  recorded_by uuid default auth.uid(),
  measured_value numeric(8, 2),
  unit text generated always as (
    case
      when measured_value is null then null
      when kind in ('fluid_intake', 'fluid_output') then 'mL'
      when kind = 'food' then '%'
      when kind = 'weight' then 'kg'
      when kind = 'bowel' then '{bristol}'
      else 'min'
    end
  ) stored,
  note bytea,
  is_shared boolean not null default false,
  is_for_handover boolean not null default false,
  corrects_id uuid,
  is_retraction boolean not null default false,
  created_at timestamptz not null default now(),
  created_by uuid,
  updated_at timestamptz not null default now(),
  updated_by uuid,
  version integer not null default 1,
  constraint daily_notes_pkey primary key (org_id, id),
  constraint daily_notes_org_id_fkey foreign key (org_id) references public.organizations (id),
  constraint daily_notes_resident_fkey foreign key (org_id, resident_id, site_id)
  references public.residents (org_id, id, site_id) on update cascade,
  -- What corrects a note is about the same resident.
  constraint daily_notes_resident_key unique (org_id, id, resident_id),
  constraint daily_notes_corrects_fkey foreign key (org_id, corrects_id, resident_id)
  references public.daily_notes (org_id, id, resident_id),
  constraint daily_notes_value_of_kind check (is_retraction or app.daily_note_fault(kind, measured_value) is null),
  constraint daily_notes_says_something check (
    is_retraction or measured_value is not null or note is not null
    or kind in ('personal_care', 'repositioning', 'night_check')
  ),
  constraint daily_notes_retraction_says_nothing check (
    not is_retraction or (corrects_id is not null and num_nonnulls(measured_value, note) = 0)
  ),
  -- 4000 characters, of up to four bytes each.
  constraint daily_notes_note_sealed check (app.is_sealed(note, 16081))
);

create index daily_notes_resident_site_idx on public.daily_notes (org_id, resident_id, site_id);
-- Those of a resident, newest first.
create index daily_notes_resident_id_idx on public.daily_notes (org_id, resident_id, occurred_at desc, id desc);
create index daily_notes_site_id_idx on public.daily_notes (org_id, site_id, occurred_at desc, id desc);
-- What a home hands over.
create index daily_notes_handover_idx on public.daily_notes (org_id, site_id, recorded_at) where is_for_handover;
-- One correction each: a second one corrects the first.
create unique index daily_notes_corrects_key on public.daily_notes (org_id, corrects_id, resident_id);

create trigger _200_guard
before insert or update on public.daily_notes
for each row execute function app.guard_daily_note();

-- The unit is generated, and not there yet when a trigger looks.
create trigger _210_keep
before update or delete on public.daily_notes
for each row execute function app.keep_record('is_shared', 'unit');

comment on table public.daily_notes is 'Daily notes about residents.';
comment on column public.daily_notes.org_id is 'The organization that houses the resident.';
comment on column public.daily_notes.id is 'Key within the organization.';
comment on column public.daily_notes.resident_id is 'The resident it is about.';
comment on column public.daily_notes.site_id is 'Where the resident lives; follows them.';
comment on column public.daily_notes.kind is 'What it is about. PHI.';
comment on column public.daily_notes.occurred_at is 'When it happened; not in the future. PHI.';
comment on column public.daily_notes.recorded_at is 'When it was entered.';
comment on column public.daily_notes.recorded_by is
'Who entered it (auth.users); not for residents and relatives.';
comment on column public.daily_notes.measured_value is
'What was measured, in the unit of the kind: fluids 1 to 5000 mL, food 0 to 100 % eaten, weight 10 to 500 kg, bowel
Bristol type 1 to 7, sleep and activity 1 to 1440 min or nothing; null for other kinds. PHI.';
comment on column public.daily_notes.unit is 'The unit of the measured value (UCUM); null without one.';
comment on column public.daily_notes.note is 'What is to be said, 1 to 4000 characters. PHI, sealed.';
comment on column public.daily_notes.is_shared is
'Whether the resident, and relatives whom they let know, may read it. A correction is shared as what it corrects.';
comment on column public.daily_notes.is_for_handover is 'Whether it goes into the next handover of the site.';
comment on column public.daily_notes.corrects_id is 'The note that this one replaces; null for one of its own.';
comment on column public.daily_notes.is_retraction is
'It says that the note it corrects was entered in error, and nothing else.';
comment on column public.daily_notes.created_at is 'When the row was made.';
comment on column public.daily_notes.created_by is 'Who made it (auth.users), null for the system.';
comment on column public.daily_notes.updated_at is 'When it was last changed.';
comment on column public.daily_notes.updated_by is 'Who changed it last, null for the system.';
comment on column public.daily_notes.version is
'Counts the writes; send back the one you read to learn of a change by another.';
