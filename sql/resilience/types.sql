create type public.work_setting as enum (
  'home_health', 'clinic', 'telehealth', 'skilled_nursing', 'hospital', 'community', 'office', 'other'
);
comment on type public.work_setting is 'Where a provider mainly worked on a day.';
