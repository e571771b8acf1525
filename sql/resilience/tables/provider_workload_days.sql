-- How much each practitioner did on each day, as far as it is folded; app.provider_workload_live adds what is not. A
-- single row may be wrong for a moment, even negative: only together with the deltas it means something.
create table app.provider_workload_days (
  org_id uuid not null,
  practitioner_id uuid not null,
  day date not null,
  encounters integer not null default 0,
  questions integer not null default 0,
  constraint provider_workload_days_pkey primary key (org_id, practitioner_id, day),
  constraint provider_workload_days_org_id_fkey foreign key (org_id) references public.organizations (id),
  -- Derived: it never keeps a practitioner from being removed. Encounters and questions do, while there are any.
  constraint provider_workload_days_practitioner_fkey foreign key (org_id, practitioner_id)
  references public.org_practitioners (org_id, practitioner_id) on delete cascade
) with (fillfactor = 80);

-- The days of a whole organization.
create index provider_workload_days_day_idx on app.provider_workload_days (org_id, day);

comment on table app.provider_workload_days is 'Encounters and claimed questions per practitioner and day, folded.';
comment on column app.provider_workload_days.org_id is 'The organization.';
comment on column app.provider_workload_days.practitioner_id is 'Whose workload.';
comment on column app.provider_workload_days.day is 'The day of the work, in the organization''s time zone.';
comment on column app.provider_workload_days.encounters is 'Encounters on that day.';
comment on column app.provider_workload_days.questions is 'Questions claimed on that day.';
