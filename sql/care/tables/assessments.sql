-- What an instrument found of a resident: NEWS2, a falls checklist, a score of MUST. What was answered or measured is
-- sealed; total and band stay in clear, because lists and alarms choose rows by them. What was recorded is never
-- rewritten: a correction is an assessment of its own that names the one it corrects. Written by record_assessment()
-- only, which scores.
create table public.assessments (
  org_id uuid not null default app.current_org(),
  id uuid not null default app.uuid_v7(),
  resident_id uuid not null,
  site_id uuid not null,
  instrument_id uuid not null,
  instrument_code text not null,
  assessed_at timestamptz not null,
  recorded_at timestamptz not null default app.clock(),
  total numeric(8, 2) not null,
  band text,
  severity smallint,
  spo2_scale smallint,
  answers bytea,
  note bytea,
  corrects_id uuid,
  created_at timestamptz not null default now(),
  created_by uuid,
  updated_at timestamptz not null default now(),
  updated_by uuid,
  version integer not null default 1,
  constraint assessments_pkey primary key (org_id, id),
  constraint assessments_org_id_fkey foreign key (org_id) references public.organizations (id),
  constraint assessments_resident_fkey foreign key (org_id, resident_id, site_id)
  references public.residents (org_id, id, site_id) on update cascade,
  constraint assessments_instrument_id_fkey foreign key (instrument_id) references public.instruments (id),
  -- What follows from an assessment, and what corrects it, is about the same resident and the same instrument.
  constraint assessments_resident_key unique (org_id, id, resident_id),
  constraint assessments_instrument_key unique (org_id, id, resident_id, instrument_code),
  constraint assessments_corrects_fkey foreign key (org_id, corrects_id, resident_id, instrument_code)
  references public.assessments (org_id, id, resident_id, instrument_code),
  constraint assessments_instrument_code_form check (instrument_code ~ '^[a-z][a-z0-9_]{0,62}$'),
  constraint assessments_total_range check (total > -10000 and total < 10000),
  constraint assessments_band_form check (band ~ '^[a-z][a-z0-9_]{0,62}$'),
  constraint assessments_severity_range check (severity between 0 and 9),
  constraint assessments_spo2_scale_known check (spo2_scale in (1, 2)),
  constraint assessments_answers_sealed check (app.is_sealed(answers, 50000)),
  -- 2000 characters, of up to four bytes each.
  constraint assessments_note_sealed check (app.is_sealed(note, 8081))
);

create index assessments_resident_site_idx on public.assessments (org_id, resident_id, site_id);
-- Those of a resident by one instrument, newest first.
create index assessments_resident_id_idx
on public.assessments (org_id, resident_id, instrument_code, assessed_at desc, id desc);
-- The same by all instruments.
create index assessments_assessed_at_idx on public.assessments (org_id, resident_id, assessed_at desc, id desc);
-- What a home found lately, for its handover and its lists.
create index assessments_site_id_idx on public.assessments (org_id, site_id, recorded_at desc);
create index assessments_instrument_id_idx on public.assessments (instrument_id);
-- One correction each: a second one corrects the first.
create unique index assessments_corrects_key on public.assessments (org_id, corrects_id, resident_id, instrument_code);

create trigger _200_guard
before insert on public.assessments
for each row execute function app.guard_assessed();

create trigger _210_keep
before update or delete on public.assessments
for each row execute function app.keep_record();

comment on table public.assessments is 'What instruments found of residents.';
comment on column public.assessments.org_id is 'The organization that houses the resident.';
comment on column public.assessments.id is 'Key within the organization.';
comment on column public.assessments.resident_id is 'The resident it is about.';
comment on column public.assessments.site_id is 'Where the resident lives; follows them.';
comment on column public.assessments.instrument_id is 'The version of the instrument.';
comment on column public.assessments.instrument_code is 'Its code in all versions.';
comment on column public.assessments.assessed_at is 'When the resident was looked at. PHI.';
comment on column public.assessments.recorded_at is 'When it was entered.';
comment on column public.assessments.total is
'The score; of an instrument of several scales that of the worst, the others being in assessment_scores. PHI.';
comment on column public.assessments.band is
'What the authors call it, a code of the instrument; null where it has no bands. PHI.';
comment on column public.assessments.severity is 'How bad that is: 0 nothing to note, up to 9. PHI.';
comment on column public.assessments.spo2_scale is
'NEWS2 only: by which scale of oxygen saturation, 1 or 2 (target of 88 to 92 %). The next one goes by it, too. PHI.';
comment on column public.assessments.answers is
'What was answered and measured, as score_instrument() takes it; null where only the score is known. PHI, sealed.';
comment on column public.assessments.note is 'What else was seen, 1 to 2000 characters. PHI, sealed.';
comment on column public.assessments.corrects_id is 'The assessment that this one replaces; null for one of its own.';
comment on column public.assessments.created_at is 'When the row was made.';
comment on column public.assessments.created_by is 'Who made it (auth.users), null for the system.';
comment on column public.assessments.updated_at is 'When it was last changed.';
comment on column public.assessments.updated_by is 'Who changed it last, null for the system.';
comment on column public.assessments.version is
'Counts the writes; send back the one you read to learn of a change by another.';
