-- The figures of a day, counted once after it ended (app.job_close_checkin_days) and never again: whoever checks in
-- late, withdraws or deletes their data afterwards moves none of them, so no two answers differ by one person. Fewer
-- than five people leave a row without figures, and how many they were is nowhere.
--
-- The number of providers stands beside them, so that a rate over it stays as it was when people come and go.
create table public.provider_checkin_days (
  org_id uuid not null,
  checkin_date date not null,
  provider_count integer not null,
  people_count integer,
  average_stress_level numeric(3, 1),
  average_energy_level numeric(3, 1),
  average_patients_contacted numeric(4, 1),
  average_overtime_hours numeric(3, 1),
  missed_break_percent numeric(3, 0),
  frozen_at timestamptz not null,
  constraint provider_checkin_days_pkey primary key (org_id, checkin_date),
  constraint provider_checkin_days_org_id_fkey foreign key (org_id) references public.organizations (id),
  constraint provider_checkin_days_provider_count_positive check (provider_count >= 0),
  constraint provider_checkin_days_five_or_more check (people_count >= 5),
  constraint provider_checkin_days_all_or_nothing check (
    num_nulls(
      people_count, average_stress_level, average_energy_level, average_patients_contacted, average_overtime_hours,
      missed_break_percent
    ) in (0, 6)
  )
);

create trigger _200_frozen
before update or delete on public.provider_checkin_days
for each row execute function app.refuse_change();

comment on table public.provider_checkin_days is 'How the team was on each closed day; figures of five people or more.';
comment on column public.provider_checkin_days.org_id is 'The organization.';
comment on column public.provider_checkin_days.checkin_date is 'The day, in the organization''s time zone.';
comment on column public.provider_checkin_days.provider_count is
'How many providers could have checked in when the day was counted.';
comment on column public.provider_checkin_days.people_count is
'How many checked in, five or more; null if fewer, then all figures are.';
comment on column public.provider_checkin_days.average_stress_level is 'Average stress, 1 to 10.';
comment on column public.provider_checkin_days.average_energy_level is 'Average energy, 1 to 10.';
comment on column public.provider_checkin_days.average_patients_contacted is 'Average of patients contacted.';
comment on column public.provider_checkin_days.average_overtime_hours is 'Average hours over the shift.';
comment on column public.provider_checkin_days.missed_break_percent is 'How many of a hundred missed a break.';
comment on column public.provider_checkin_days.frozen_at is 'When it was counted.';
