-- A count that did not fit. It is an incident of the home at once; open until somebody explains or reports it.
create table public.medication_discrepancies (
  org_id uuid not null default app.current_org(),
  id uuid not null default app.uuid_v7(),
  site_id uuid not null,
  resident_id uuid,
  stock_id uuid not null,
  is_controlled boolean not null,
  count_id uuid not null,
  difference numeric(12, 3) not null,
  status public.discrepancy_status not null default 'open',
  explanation bytea,
  resolved_at timestamptz,
  resolved_by uuid,
  incident_id uuid,
  created_at timestamptz not null default now(),
  created_by uuid,
  updated_at timestamptz not null default now(),
  updated_by uuid,
  version integer not null default 1,
  constraint medication_discrepancies_pkey primary key (org_id, id),
  constraint medication_discrepancies_org_id_fkey foreign key (org_id) references public.organizations (id),
  constraint medication_discrepancies_site_fkey foreign key (org_id, site_id) references public.sites (org_id, id),
  constraint medication_discrepancies_resident_fkey foreign key (org_id, resident_id, site_id)
  references public.residents (org_id, id, site_id) on update cascade,
  constraint medication_discrepancies_stock_fkey foreign key (org_id, stock_id, is_controlled)
  references public.medication_stock (org_id, id, is_controlled),
  constraint medication_discrepancies_count_fkey foreign key (org_id, count_id)
  references public.medication_stock_counts (org_id, id),
  constraint medication_discrepancies_incident_fkey foreign key (org_id, incident_id)
  references public.incidents (org_id, id),
  constraint medication_discrepancies_resolved_by_fkey foreign key (org_id, resolved_by)
  references public.staff_members (org_id, user_id),
  constraint medication_discrepancies_difference_some check (difference <> 0),
  constraint medication_discrepancies_open_until_resolved check ((status = 'open') = (resolved_at is null)),
  constraint medication_discrepancies_explained_in_words check (status <> 'explained' or explanation is not null),
  -- 2,000 characters, of up to four bytes each.
  constraint medication_discrepancies_explanation_sealed check (app.is_sealed(explanation, 8081))
);

create index medication_discrepancies_resident_idx on public.medication_discrepancies (org_id, resident_id, site_id);
create index medication_discrepancies_site_id_idx on public.medication_discrepancies (org_id, site_id, status, id);
create index medication_discrepancies_stock_idx on public.medication_discrepancies (org_id, stock_id, is_controlled);
create unique index medication_discrepancies_count_key on public.medication_discrepancies (org_id, count_id);
create unique index medication_discrepancies_incident_key on public.medication_discrepancies (org_id, incident_id);
create index medication_discrepancies_resolved_by_idx on public.medication_discrepancies (org_id, resolved_by);

create trigger _200_keep
before update or delete on public.medication_discrepancies
for each row execute function app.keep_record(
  'org_id', 'status', 'explanation', 'resolved_at', 'resolved_by', 'incident_id'
);
-- What was reported can still be explained, once the incident is closed; what was explained stays.
create trigger _210_keep_explained
before update on public.medication_discrepancies
for each row when (old.status = 'explained') execute function app.keep_record('org_id', 'incident_id');
create trigger _230_guard
before insert or update on public.medication_discrepancies
for each row execute function app.guard_medication_words('explanation');

comment on table public.medication_discrepancies is
'Counts that differed from what should have been there, and what explained it.';
comment on column public.medication_discrepancies.org_id is 'The organization that houses the resident.';
comment on column public.medication_discrepancies.id is 'Key within the organization.';
comment on column public.medication_discrepancies.site_id is 'Where it is kept; follows the resident whose it is.';
comment on column public.medication_discrepancies.resident_id is 'Whose it is; null for a homely remedy of the site.';
comment on column public.medication_discrepancies.stock_id is 'Of what.';
comment on column public.medication_discrepancies.is_controlled is 'As the stock says. PHI.';
comment on column public.medication_discrepancies.count_id is 'The count that found it.';
comment on column public.medication_discrepancies.difference is
'Counted less expected, in the unit of the stock; below zero: something is missing. PHI.';
comment on column public.medication_discrepancies.status is 'open, explained or reported.';
comment on column public.medication_discrepancies.explanation is
'What explains it, 1 to 2,000 characters. PHI, sealed with the organization''s key.';
comment on column public.medication_discrepancies.resolved_at is
'When it was explained or reported; null while it is open.';
comment on column public.medication_discrepancies.resolved_by is 'Who did.';
comment on column public.medication_discrepancies.incident_id is 'The incident that it is; null only where it was found before each had one.';
comment on column public.medication_discrepancies.created_at is 'When the row was made.';
comment on column public.medication_discrepancies.created_by is 'Who made it (auth.users), null for the system.';
comment on column public.medication_discrepancies.updated_at is 'When it was last changed.';
comment on column public.medication_discrepancies.updated_by is 'Who changed it last, null for the system.';
comment on column public.medication_discrepancies.version is
'Counts the writes; send back the one you read to learn of a change by another.';
