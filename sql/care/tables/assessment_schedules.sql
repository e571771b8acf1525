-- When a resident is next to be assessed by an instrument. Each assessment moves it by the rule of its band; what
-- somebody set for this resident can make that sooner and never later.
create table public.assessment_schedules (
  org_id uuid not null default app.current_org(),
  id uuid not null default app.uuid_v7(),
  resident_id uuid not null,
  site_id uuid not null,
  instrument_code text not null,
  repeat_after interval,
  last_assessed_at timestamptz,
  next_due_at timestamptz,
  is_active boolean not null default true,
  created_at timestamptz not null default now(),
  created_by uuid,
  updated_at timestamptz not null default now(),
  updated_by uuid,
  version integer not null default 1,
  deleted_at timestamptz,
  ended_at timestamptz,
  constraint assessment_schedules_pkey primary key (org_id, id),
  constraint assessment_schedules_org_id_fkey foreign key (org_id) references public.organizations (id),
  constraint assessment_schedules_resident_fkey foreign key (org_id, resident_id, site_id)
  references public.residents (org_id, id, site_id) on update cascade,
  constraint assessment_schedules_once_key unique (org_id, resident_id, instrument_code),
  constraint assessment_schedules_instrument_code_form check (instrument_code ~ '^[a-z][a-z0-9_]{0,62}$'),
  constraint assessment_schedules_ended_not_active check (ended_at is null or not is_active),
  constraint assessment_schedules_repeat_after_range check (
    repeat_after >= interval '15 minutes' and repeat_after <= interval '1 year'
  )
);

create index assessment_schedules_resident_id_idx on public.assessment_schedules (org_id, resident_id, site_id);
-- What is due at a home, the longest due first.
create index assessment_schedules_due_idx on public.assessment_schedules (org_id, site_id, next_due_at) where is_active;

comment on table public.assessment_schedules is 'When residents are next to be assessed, one row for each instrument.';
comment on column public.assessment_schedules.org_id is 'The organization that houses the resident.';
comment on column public.assessment_schedules.id is 'Key within the organization.';
comment on column public.assessment_schedules.resident_id is 'The resident it is about.';
comment on column public.assessment_schedules.site_id is 'Where the resident lives; follows them.';
comment on column public.assessment_schedules.instrument_code is 'The instrument.';
comment on column public.assessment_schedules.repeat_after is
'How often at least, for this resident, 15 minutes to a year; null: as often as the rule of the last band says. PHI.';
comment on column public.assessment_schedules.last_assessed_at is
'When they were last assessed by it; null: never. PHI.';
comment on column public.assessment_schedules.next_due_at is 'When they are next to be; null: not by any rule. PHI.';
comment on column public.assessment_schedules.is_active is 'False while this resident is not assessed by it.';
comment on column public.assessment_schedules.ended_at is
'When it ended because the resident left or had died; null again once they are back and assessed.';
comment on column public.assessment_schedules.created_at is 'When the row was made.';
comment on column public.assessment_schedules.created_by is 'Who made it (auth.users), null for the system.';
comment on column public.assessment_schedules.updated_at is 'When it was last changed.';
comment on column public.assessment_schedules.updated_by is 'Who changed it last, null for the system.';
comment on column public.assessment_schedules.version is
'Counts the writes; send back the one you read to learn of a change by another.';
comment on column public.assessment_schedules.deleted_at is
'When it was removed; a removed row is invisible through the API.';
