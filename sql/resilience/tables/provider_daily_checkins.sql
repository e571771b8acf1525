-- How a provider's day was, in a minute, once a day. Provider data are kept apart from patient data and belong
-- to the provider: colleagues and administrators see nothing of a row unless its owner shared it, and then only
-- read it; everyone else sees aggregates of five people or more. There is no free text, so that nothing about a
-- patient can slip in.
create table public.provider_daily_checkins (
  org_id uuid not null default app.current_org(),
  id uuid not null default app.uuid_v7(),
  practitioner_id uuid not null default app.my_practitioner(),
  user_id uuid not null default auth.uid(),
  checkin_date date not null default app.today(),
  work_setting public.work_setting not null,
  stress_level smallint not null,
  energy_level smallint not null,
  patients_contacted_today smallint not null default 0,
  difficult_patient_calls smallint not null default 0,
  overtime_hours numeric(4, 2) not null default 0,
  missed_break boolean not null default false,
  is_shared boolean not null default false,
  created_at timestamptz not null default now(),
  created_by uuid,
  updated_at timestamptz not null default now(),
  updated_by uuid,
  version integer not null default 1,
  constraint provider_daily_checkins_pkey primary key (org_id, id),
  constraint provider_daily_checkins_org_id_fkey foreign key (org_id) references public.organizations (id),
  constraint provider_daily_checkins_practitioner_id_fkey foreign key (practitioner_id)
  references public.fhir_practitioners (id),
  constraint provider_daily_checkins_practitioner_fkey foreign key (org_id, practitioner_id)
  references public.org_practitioners (org_id, practitioner_id),
  constraint provider_daily_checkins_user_id_fkey foreign key (user_id) references auth.users (id) on delete cascade,
  -- One a day; also the index of "my check-ins, newest first".
  constraint provider_daily_checkins_user_day_key unique (org_id, user_id, checkin_date),
  constraint provider_daily_checkins_stress_level_scale check (stress_level between 1 and 10),
  constraint provider_daily_checkins_energy_level_scale check (energy_level between 1 and 10),
  constraint provider_daily_checkins_patients_contacted_today_range check (
    patients_contacted_today between 0 and 500
  ),
  constraint provider_daily_checkins_difficult_patient_calls_range check (difficult_patient_calls between 0 and 500),
  constraint provider_daily_checkins_overtime_hours_range check (overtime_hours between 0 and 24)
);

create index provider_daily_checkins_checkin_date_idx on public.provider_daily_checkins (org_id, checkin_date);
-- What was shared, for those it was shared with.
create index provider_daily_checkins_shared_idx on public.provider_daily_checkins (org_id, checkin_date)
where is_shared;
create index provider_daily_checkins_practitioner_id_idx on public.provider_daily_checkins (org_id, practitioner_id);
create index provider_daily_checkins_person_idx on public.provider_daily_checkins (practitioner_id);
create index provider_daily_checkins_user_id_idx on public.provider_daily_checkins (user_id);

-- A provider writes today's check-in and no other: closed days are history, and the team's figures of a closed
-- day never change under those who read them.
create trigger _200_guard
before insert or update on public.provider_daily_checkins
for each row execute function app.guard_checkin();

comment on table public.provider_daily_checkins is 'One short check-in per provider and day.';
comment on column public.provider_daily_checkins.org_id is 'The organization the day was worked for.';
comment on column public.provider_daily_checkins.id is 'Key within the organization.';
comment on column public.provider_daily_checkins.practitioner_id is 'The provider as a practitioner.';
comment on column public.provider_daily_checkins.user_id is 'The provider as a signed-in person; the owner of the row.';
comment on column public.provider_daily_checkins.checkin_date is 'The day, in the organization''s time zone.';
comment on column public.provider_daily_checkins.work_setting is 'Where the provider mainly worked.';
comment on column public.provider_daily_checkins.stress_level is '1 (none) to 10 (extreme). PHI.';
comment on column public.provider_daily_checkins.energy_level is '1 (none) to 10 (full). PHI.';
comment on column public.provider_daily_checkins.patients_contacted_today is 'Patients contacted, 0 to 500.';
comment on column public.provider_daily_checkins.difficult_patient_calls is 'Difficult calls among them, 0 to 500.';
comment on column public.provider_daily_checkins.overtime_hours is 'Hours over the shift, 0 to 24.';
comment on column public.provider_daily_checkins.missed_break is 'Whether a break was missed.';
comment on column public.provider_daily_checkins.is_shared is
'The owner lets administrators and care managers of the organization read this row, to be offered help.';
comment on column public.provider_daily_checkins.created_at is 'When the row was made.';
comment on column public.provider_daily_checkins.created_by is 'Who made it (auth.users), null for the system.';
comment on column public.provider_daily_checkins.updated_at is 'When it was last changed.';
comment on column public.provider_daily_checkins.updated_by is 'Who changed it last, null for the system.';
comment on column public.provider_daily_checkins.version is
'Counts the writes; send back the one you read to learn of a change by another.';
