-- How helpful people found a module, in figures that never change. Each is over five people or more who said so in
-- calendar months that no other figure is over; where fewer did, they wait for the months after. So no two figures of a
-- module have an answer in common, and subtracting them says nothing about anybody.
create table public.resilience_module_helpfulness (
  module_id uuid not null,
  month_date date not null,
  people_count integer not null,
  helpful_count integer not null,
  created_at timestamptz not null default now(),
  created_by uuid,
  constraint resilience_module_helpfulness_pkey primary key (module_id, month_date),
  constraint resilience_module_helpfulness_module_id_fkey foreign key (module_id)
  references public.resilience_training_modules (id),
  constraint resilience_module_helpfulness_month_first check (extract(day from month_date) = 1),
  constraint resilience_module_helpfulness_five_people check (people_count >= 5),
  constraint resilience_module_helpfulness_helpful_count_range check (helpful_count between 0 and people_count)
);

-- A row that was gone would be counted anew, from answers that have changed since.
create trigger _200_frozen
before update or delete on public.resilience_module_helpfulness
for each row execute function app.refuse_change();

comment on table public.resilience_module_helpfulness is
'How many people found each training module helpful, per months that are over.';
comment on column public.resilience_module_helpfulness.module_id is 'The module.';
comment on column public.resilience_module_helpfulness.month_date is
'The first day of the last month it is over, in UTC; it begins after the module''s figure before.';
comment on column public.resilience_module_helpfulness.people_count is
'How many people of all organizations said whether it helped, five at least.';
comment on column public.resilience_module_helpfulness.helpful_count is 'How many of them said that it did.';
comment on column public.resilience_module_helpfulness.created_at is 'When it was counted.';
comment on column public.resilience_module_helpfulness.created_by is 'Who made it (auth.users), null for the system.';
