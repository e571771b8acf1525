-- A dose that is to be given at a time: made ahead by a job. What became of it is in medication_administrations, which
-- is audited; its status here says the same in short, so that a round and the missed ones are found by an index.
create table public.medication_doses (
  org_id uuid not null default app.current_org(),
  id uuid not null default app.uuid_v7(),
  resident_id uuid not null,
  site_id uuid not null,
  order_id uuid not null,
  due_on date not null,
  due_time time not null,
  due_at timestamptz not null,
  window_starts_at timestamptz not null,
  window_ends_at timestamptz not null,
  status public.medication_dose_status not null default 'planned',
  constraint medication_doses_pkey primary key (org_id, id),
  constraint medication_doses_org_id_fkey foreign key (org_id) references public.organizations (id),
  constraint medication_doses_resident_fkey foreign key (org_id, resident_id, site_id)
  references public.residents (org_id, id, site_id) on update cascade,
  constraint medication_doses_order_fkey foreign key (org_id, order_id)
  references public.medication_orders (org_id, id),
  -- However often and by however many it is planned: one dose for each time on the clock of the site, and never two at
  -- one moment, which two times would be in the hour that clocks skip.
  constraint medication_doses_due_at_key unique (org_id, order_id, due_at),
  constraint medication_doses_due_on_key unique (org_id, order_id, due_on, due_time),
  constraint medication_doses_due_within_window check (window_starts_at <= due_at and window_ends_at > due_at)
);

create index medication_doses_resident_idx on public.medication_doses (org_id, resident_id, site_id, due_at);
-- A round, in its order.
create index medication_doses_site_id_idx on public.medication_doses (org_id, site_id, due_at, id);
-- What the job looks for: few rows, however many there have been.
create index medication_doses_open_idx on public.medication_doses (org_id, window_ends_at) where status = 'planned';

create trigger _200_keep
before update or delete on public.medication_doses
for each row execute function app.keep_record('org_id', 'status');

comment on table public.medication_doses is 'Doses that are to be given, planned ahead.';
comment on column public.medication_doses.org_id is 'The organization that houses the resident.';
comment on column public.medication_doses.id is 'Key within the organization.';
comment on column public.medication_doses.resident_id is 'Who is to be given it.';
comment on column public.medication_doses.site_id is 'Where the resident lives; follows them.';
comment on column public.medication_doses.order_id is 'By which order.';
comment on column public.medication_doses.due_on is 'On which day by the calendar of the site. PHI.';
comment on column public.medication_doses.due_time is 'At which time by its clocks. PHI.';
comment on column public.medication_doses.due_at is 'The moment that is. PHI.';
comment on column public.medication_doses.window_starts_at is 'Not to be given before.';
comment on column public.medication_doses.window_ends_at is 'Missed after, unless somebody has said what became of it.';
comment on column public.medication_doses.status is 'What became of it. PHI.';
